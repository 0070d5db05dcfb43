"""A page printed once for all schools of one shape; what differs is put into its places.

Most schools of a district have the same short page: the same words around other names and numbers.
Its template is run once, on a view whose values are places; where it looks at a value that may
differ (compares it, counts with it), there is no mould, and each such page is printed by itself.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import Any

from markupsafe import escape

from generator.model import Fact, Text
from generator.present import Language, plain, shown
from generator.present.places import CLOSE, OPEN, UNSEEN, Place, place

Slots = Sequence[Fact | Text]
Key = tuple[object, ...]

PLACES = re.compile(f"{OPEN}(\\d+)([a-z]\\d*){CLOSE}")
# What a place may not hold, because it would end a line or mean something to MkDocs or to us.
UNFIT = re.compile("[\x00-\x1f\ue000-\uf8ff]|data-search-")
# Values that a template may look at: they belong to the shape.
SEEN = ("category", "flag")
# Fields of views that hold the ids of rows: no two schools share them.
IDS = frozenset({"id", "key", "codes"})


Form = Callable[[Any, Language], str]


@dataclass(frozen=True)
class Mould:
    """A printed page without its values: parts[0], a value, parts[1] …, the last part.

    `values` are all that differ, as the number of a slot and the form it is printed in; `order`
    says which of them stands in which gap. `facts` are what the page shows, slots by number.
    """

    parts: tuple[str, ...]
    values: tuple[tuple[int, Form], ...]
    order: tuple[int, ...]
    facts: tuple[Fact | int, ...]


def shape(view: object) -> tuple[Key, list[Fact | Text]] | None:
    """All that a template may look at in a view, and the facts and texts in it, each fact once.

    None for a view with a text that no place may hold.
    """
    key: list[object] = []
    slots: list[Fact | Text] = []
    _walk(view, key, slots, {})
    if any(UNFIT.search(str(slot.value)) for slot in slots):
        return None
    return tuple(key), slots


def _walk(
    value: object, key: list[object], slots: list[Fact | Text], known: dict[str, int]
) -> None:
    kind = type(value)
    if kind is Fact:
        _walk_fact(value, key, slots, known)  # type: ignore[arg-type]
    elif kind is Text:
        key += ("text", not value.value, value.sources, value.lang)  # type: ignore[attr-defined]
        slots.append(value)  # type: ignore[arg-type]
    elif kind is tuple:
        key.append(len(value))  # type: ignore[arg-type]
        for item in value:  # type: ignore[attr-defined]
            _walk(item, key, slots, known)
    elif kind is dict:
        for item in value.values():  # type: ignore[attr-defined]
            _walk(item, key, slots, known)
    elif names := _fields(kind):  # type: ignore[arg-type]
        for name in names:
            _walk(getattr(value, name), key, slots, known)
    else:
        key.append(value)


def _walk_fact(
    fact: Fact, key: list[object], slots: list[Fact | Text], known: dict[str, int]
) -> None:
    before = known.setdefault(fact.id, len(slots))
    if before != len(slots):
        key.append(before)
        return
    slots.append(fact)
    seen = fact.value if fact.kind in SEEN else fact.value is None
    computed = fact.expression.startswith("sql:")
    key += (
        fact.measure, seen, fact.mark, fact.n is None, fact.sources, len(fact.inputs), computed,
        fact.first_release,
    )  # fmt: skip


@cache
def _fields(kind: type) -> tuple[str, ...]:
    """The fields of a view that belong to its shape; none for what is no view."""
    if not is_dataclass(kind):
        return ()
    return tuple(field.name for field in fields(kind) if field.name not in IDS)


def blank(view: Any, slots: Slots) -> Any:
    """The view with a place for each value, numbered as its slots."""
    numbers = {id(slot): number for number, slot in enumerate(slots)}
    by_id = {slot.id: number for number, slot in enumerate(slots) if isinstance(slot, Fact)}

    def emptied(value: Any) -> Any:
        if isinstance(value, Fact):
            return _blank_fact(value, by_id[value.id])
        if isinstance(value, Text):
            return replace(value, value=value.value and place(numbers[id(value)], "t"))
        if isinstance(value, tuple):
            return tuple(emptied(item) for item in value)
        if isinstance(value, Mapping):
            return {name: emptied(item) for name, item in value.items()}
        if is_dataclass(value) and not isinstance(value, type):
            found = {name: emptied(getattr(value, name)) for name in _fields(type(value))}
            ids = {field.name: UNSEEN for field in fields(value) if field.name in IDS}
            return replace(value, **found, **ids)
        return value

    return emptied(view)


def _blank_fact(fact: Fact, number: int) -> Fact:
    seen = fact.value is None or fact.kind in SEEN
    return replace(
        fact,
        id=place(number, "i"),
        subject=UNSEEN,
        period=UNSEEN,
        value=fact.value if seen else place(number, "v"),
        n=None if fact.n is None else UNSEEN,
        expression=UNSEEN if fact.expression.startswith("sql:") else place(number, "e"),
        inputs=tuple(place(number, f"r{at}") for at in range(len(fact.inputs))),
    )


def cast(printed: str, facts: Sequence[Fact], forms: Mapping[str, Form]) -> Mould:
    """The mould of a page that was printed from a blank view; `forms` are more than FORMS."""
    pieces = PLACES.split(printed)
    gaps = list(zip(pieces[1::3], pieces[2::3], strict=True))
    distinct = {gap: at for at, gap in enumerate(dict.fromkeys(gaps))}
    return Mould(
        parts=tuple(pieces[::3]),
        values=tuple((int(number), form_of(code, forms)) for number, code in distinct),
        order=tuple(distinct[gap] for gap in gaps),
        facts=tuple(fact.id.number if isinstance(fact.id, Place) else fact for fact in facts),
    )


def fill(mould: Mould, slots: Slots, language: Language) -> tuple[str, tuple[Fact, ...]]:
    """The page with its values, and the facts that it shows."""
    values = [form(slots[number], language) for number, form in mould.values]
    pieces = [""] * (2 * len(mould.parts) - 1)
    pieces[::2] = mould.parts
    pieces[1::2] = [values[at] for at in mould.order]
    facts = [slots[one] if isinstance(one, int) else one for one in mould.facts]
    return "".join(pieces), tuple(facts)  # type: ignore[arg-type]


def form_of(code: str, forms: Mapping[str, Form]) -> Form:
    """What prints a value in the form of a code; r and a number is one of a fact's input rows."""
    if code[0] == "r":
        at = int(code[1:])
        return lambda fact, _: escape(fact.inputs[at])
    return FORMS.get(code) or forms[code]


def in_form(words: str, form: str) -> str:
    """The words with another form for each value in them."""
    return PLACES.sub(rf"{OPEN}\1{form}{CLOSE}", words)


FORMS: Mapping[str, Form] = MappingProxyType(
    {
        "i": lambda fact, _: escape(fact.id),
        "w": lambda fact, language: escape(shown(fact, language)),
        "v": lambda fact, _: escape(plain(fact.value)),
        "e": lambda fact, _: escape(fact.expression),
        "t": lambda text, _: escape(text.value),
    }
)
