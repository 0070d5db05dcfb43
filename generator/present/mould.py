"""What is printed again and again in one shape is printed once; the rest are its values in places.

Most schools of a district have the same short page: the same words around other names and numbers.
So have rows, cards and receipts. A template is run once on a blank view, whose values are places;
where it looks at a value that may differ (compares it, counts with it), there is no mould, and each
page or part of that shape is printed by itself.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from functools import cache
from typing import Any

from markupsafe import Markup
from markupsafe import escape as escape_markup

from generator.model import Fact, Text
from generator.present import Language, plain, shown
from generator.present.places import (
    CLOSE,
    OPEN,
    UNSEEN,
    Form,
    LookedError,
    Place,
    Value,
    place,
    sources_of,
)

Slot = Fact | Text | str | tuple[str, ...]
Key = tuple[object, ...]

PLACES = re.compile(f"{OPEN}(\\d+)([a-z])(\\d+){CLOSE}")
# What a place may not hold, because it would end a line or mean something to MkDocs or to us.
UNFIT = re.compile("[\x00-\x1f\ue000-\uf8ff]|data-search-")
SPECIAL = re.compile("[&<>\"']")
# Values that a template may look at: they belong to the shape.
SEEN = ("category", "flag")
NUMBERS = ("count", "number", "money", "share")
# Fields of views that hold ids of rows, which differ from row to row; and those nobody may print.
IDS = frozenset({"id", "key", "unit_id"})
SOURCES = "sources"
HIDDEN = frozenset({"codes", "path"})


@dataclass(frozen=True)
class Mould:
    """A printed text without its values: `text` has "%s" for each of them.

    `values` are all that differ, each computed from the slots; `order` says which of them stands
    in which gap. `facts` are what the text shows, slots by their numbers; `explained` are the terms
    that it links to the glossary.
    """

    text: str
    values: tuple[Value, ...]
    order: tuple[int, ...]
    facts: tuple[Fact | int, ...]
    explained: frozenset[str] = frozenset()


@dataclass
class Moulds:
    """The moulds of the shapes met so far, None for a shape whose template looks at values."""

    kept: dict[Key, Mould | None] = field(default_factory=dict)
    met: set[Key] = field(default_factory=set)

    def get(self, key: Key, make: Callable[[], Mould]) -> Mould | None:
        """The mould of a shape, made when it comes for the second time: it costs more than what
        it saves the first time."""
        found = self.kept.get(key)  # keys are long: each look costs
        if found or key in self.kept:
            return found
        if key not in self.met:
            self.met.add(key)
            return None
        try:
            self.kept[key] = make()
        except LookedError:
            self.kept[key] = None
        return self.kept[key]


def shape(view: object, *, numbered: bool) -> tuple[Key, list[Slot]] | None:
    """All that a template may look at in a view, and the values in it, each fact once.

    Sources belong to the shape where they are
    `numbered`: in a whole page. None for a text that no place may hold.
    """
    walked = _Walk(numbered)
    walked.walk(view)
    values = [slot.value if isinstance(slot, (Fact, Text)) else slot for slot in walked.slots]
    # One look at all texts is cheaper than one at each.
    fit = fits(" ".join([one for one in values if type(one) is str]))
    return (tuple(walked.key), walked.slots) if fit else None


def fits(value: object) -> bool:
    """False for a text that no place may hold."""
    return type(value) is not str or not UNFIT.search(value)


class _Walk:
    """Goes through a view and notes its shape and its slots."""

    def __init__(self, numbered: bool) -> None:
        self.key: list[object] = []
        self.slots: list[Slot] = []
        self.known: dict[str, int] = {}
        self.numbered = numbered

    def walk(self, value: Any) -> None:
        """Note a value and all in it."""
        kind = type(value)
        if kind is str or kind is bool:  # a code or a choice: most of what is in a view
            self.key.append(value)
        elif kind is Fact:
            before = self.known.setdefault(value.id, len(self.slots))
            if before == len(self.slots):
                self.key += fact_shape(value, self.numbered)
                self.slots.append(value)
            else:
                self.key.append(before)
        elif kind is Text:
            self.key += ("text", not value.value, self.numbered and value.sources, value.lang)
            self.slots.append(value)
        elif kind is Markup:
            self.slots.append(value)
        elif kind is tuple:
            self.key.append(len(value))
            for item in value:
                self.walk(item)
        elif kind is dict:
            for item in value.values():
                self.walk(item)
        elif names := _fields(kind):
            for name in names:
                if name in IDS:
                    self.slots.append(getattr(value, name))
                    self.key.append(not self.slots[-1])
                elif name == SOURCES and not self.numbered:
                    self.slots.append(value.sources)
                else:
                    self.walk(getattr(value, name))
        else:
            self.key.append(value)


def fact_shape(fact: Fact, numbered: bool) -> Key:
    """All that a template may look at in a fact: whatever _Emptying leaves as it is."""
    seen = fact.value if fact.kind in SEEN else fact.value is None
    return (
        fact.measure, fact.kind, fact.unit, fact.label, fact.formula, seen, fact.mark,
        fact.n is None, numbered and fact.sources, len(fact.inputs),
        fact.expression.startswith("sql:"),
    )  # fmt: skip


def _fields_of(kind: type) -> tuple[str, ...]:
    """The fields of a view of this class; none for what is no view."""
    if not is_dataclass(kind):
        return ()
    return tuple(one.name for one in fields(kind) if one.name not in HIDDEN)


_fields: Callable[[type], tuple[str, ...]] = cache(_fields_of)


def blank(view: Any, *, numbered: bool) -> Any:
    """The view with a place for each value, numbered as `shape` numbers its slots."""
    return _Emptying(numbered).emptied(view)


class _Emptying:
    """Goes through a view as _Walk does, and puts places into a copy of it."""

    def __init__(self, numbered: bool) -> None:
        self.facts: dict[str, Fact] = {}
        self.count = 0
        self.numbered = numbered

    def emptied(self, value: Any) -> Any:
        """A value without what differs."""
        if isinstance(value, Fact):
            if value.id not in self.facts:
                self.facts[value.id] = self._fact(value, self._next())
            return self.facts[value.id]
        if isinstance(value, Text):
            number = self._next()
            words = value.value and place(number, "t")
            return replace(value, value=words, sources=self._sources(value.sources, number))
        if isinstance(value, Markup):
            return Markup(place(self._next(), "m"))
        if isinstance(value, tuple):
            return tuple([self.emptied(item) for item in value])
        if isinstance(value, Mapping):
            return {name: self.emptied(item) for name, item in value.items()}
        if not _fields(type(value)):
            return value
        found = {name: self._field(value, name) for name in _fields(type(value))}
        hidden = {one.name: UNSEEN for one in fields(value) if one.name in HIDDEN}
        return replace(value, **found, **hidden)

    def _field(self, view: Any, name: str) -> Any:
        value = getattr(view, name)
        if name in IDS:
            number = self._next()
            return value and place(number, "k")
        if name == SOURCES and not self.numbered:
            return sources_of(self._next())
        return self.emptied(value)

    def _fact(self, fact: Fact, number: int) -> Fact:
        seen = fact.value is None or fact.kind in SEEN
        return replace(
            fact,
            id=place(number, "i"),
            subject=UNSEEN,
            period=UNSEEN,
            value=fact.value if seen else place(number, "v", is_number=fact.kind in NUMBERS),
            n=None if fact.n is None else UNSEEN,
            expression=place(number, "q" if fact.expression.startswith("sql:") else "e"),
            inputs=tuple(place(number, "r", at=at) for at in range(len(fact.inputs))),
            sources=self._sources(fact.sources, number),
        )

    def _sources(self, sources: tuple[str, ...], number: int) -> tuple[str, ...]:
        return sources if self.numbered else sources_of(number)

    def _next(self) -> int:
        self.count += 1
        return self.count - 1


def cast(printed: str, facts: Sequence[Fact], forms: Mapping[str, Form]) -> Mould:
    """The mould of a text that was printed from a blank view, in these forms of values."""
    pieces = PLACES.split(printed)
    gaps = list(zip(pieces[1::4], pieces[2::4], pieces[3::4], strict=True))
    distinct = {gap: at for at, gap in enumerate(dict.fromkeys(gaps))}
    return Mould(
        text="%s".join(piece.replace("%", "%%") for piece in pieces[::4]),
        values=tuple(forms[form](int(number), int(at)) for number, form, at in distinct),
        order=tuple(distinct[gap] for gap in gaps),
        facts=tuple(fact.id.number if isinstance(fact.id, Place) else fact for fact in facts),
    )


def fill(mould: Mould, slots: Sequence[Slot]) -> tuple[str, tuple[Fact, ...]]:
    """The text with its values, and the facts that it shows."""
    values = [value(slots) for value in mould.values]
    facts: list[Any] = [slots[one] if isinstance(one, int) else one for one in mould.facts]
    return mould.text % tuple([values[at] for at in mould.order]), tuple(facts)


def in_form(words: str, form: str) -> str:
    """The words with another form for each value in them."""
    return PLACES.sub(rf"{OPEN}\g<1>{form}0{CLOSE}", words)


def escape(text: object) -> str:
    """The text escaped; most holds nothing to escape, and Markup costs more than looking."""
    words = str(text)
    return str(escape_markup(words)) if SPECIAL.search(words) else words


def forms_of(language: Language) -> dict[str, Form]:
    """The forms of values, by the letter in their places."""
    return {
        "r": lambda number, at: lambda slots: escape(slots[number].inputs[at]),
        "i": lambda number, _: lambda slots: escape(slots[number].id),
        "k": lambda number, _: lambda slots: escape(slots[number]),
        "w": lambda number, _: lambda slots: escape(shown(slots[number], language)),
        "m": lambda number, _: lambda slots: str(slots[number]),
        "v": lambda number, _: lambda slots: escape(plain(slots[number].value)),
        "e": lambda number, _: lambda slots: escape(slots[number].expression),
        "q": lambda number, _: lambda slots: escape(slots[number].expression.removeprefix("sql: ")),
        "t": lambda number, _: lambda slots: escape(slots[number].value),
    }
