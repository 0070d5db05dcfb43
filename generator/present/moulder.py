"""What templates call to print rows, cards and receipts from the moulds of their shapes."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from jinja2.runtime import Macro
from markupsafe import Markup

from generator.model import Fact
from generator.present import Language
from generator.present.mould import (
    Mould,
    Moulds,
    blank,
    cast,
    fact_shape,
    fill,
    fits,
    forms_of,
    shape,
)
from generator.present.page import Page, cited, sources_in
from generator.present.places import Form, Sources, Value


@dataclass(frozen=True)
class Moulder:
    """Prints macros on the page being written. They are imported ones: those stay the same."""

    page: Page
    language: Language
    moulds: Moulds = field(default_factory=Moulds)

    def part(self, macro: Macro, *views: Any) -> Markup:
        """What the macro prints of these views, codes and pieces of markup."""
        page = self.page
        found = None if page.is_blank else shape(views, numbered=False)
        if found is None:
            return Markup(macro(*views))
        # Links depend on the folder, those to receipts on whether they stand on the page, those to
        # the glossary on what has been linked.
        folder = page.path[: page.path.rstrip("/").rfind("/") + 1]
        proofs = page.proofs and "elsewhere"
        key = (macro, folder, proofs, frozenset(page.explained), *found[0])
        mould = self.moulds.get(key, partial(self._make, macro, views))
        if mould is None:
            return Markup(macro(*views))
        html, facts = fill(mould, found[1])
        for fact in facts:
            page.note(fact)
        page.explained.update(mould.explained)
        return Markup(html)

    def each(self, macro: Macro, facts: Iterable[Fact]) -> Markup:
        """What the macro prints of each fact that the page has noted, one below the other."""
        return Markup("\n".join([self._one(macro, fact) for fact in facts]))

    def _one(self, macro: Macro, fact: Fact) -> str:
        if self.page.is_blank or not fits(fact.value):
            return str(macro(fact))
        key = (macro, *fact_shape(fact, numbered=False))
        mould = self.moulds.get(key, partial(self._make, macro, (fact,)))
        return fill(mould, (fact,))[0] if mould else str(macro(fact))

    def _make(self, macro: Macro, views: tuple[Any, ...]) -> Mould:
        with self.page.casting() as citations:
            html = str(macro(*blank(views, numbered=False)))
            found = tuple(citations)
            later: Form = lambda number, _: citing(self.page, *found[number])  # noqa: E731
            proofs: Form = lambda *_: lambda _: self.page.proofs or ""  # noqa: E731
            forms = {**forms_of(self.language), **self.page.forms, "c": later, "a": proofs}
            made = cast(html, list(self.page.facts.values()), forms)
            return replace(made, explained=frozenset(self.page.explained))


def citing(page: Page, groups: Sequence[tuple[str, ...]], most: int | None) -> Value:
    """Cites sources on the page; numbers depend on what it has cited before."""
    places = [group.number if isinstance(group, Sources) else group for group in groups]

    def cite(slots: Sequence[Any]) -> str:
        found = tuple([sources_in(slots[one]) if isinstance(one, int) else one for one in places])
        key = (found, most)
        if key not in page.links:  # once cited, a source keeps its number on the page
            page.links[key] = cited(page, found, most)
        return page.links[key]

    return cite


def moulder(page: Page, language: Language) -> dict[str, Callable[..., Markup]]:
    """The functions of templates: `moulded(macro, …)` and `each(macro, facts)`."""
    made = Moulder(page, language)
    return {"moulded": made.part, "each": made.each}
