"""What a receipt says of a fact: what it is, how it comes about, from which rows, since when."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from markupsafe import Markup, escape

from generator.facts import was
from generator.model import N_, Fact, Past, Record, Text
from generator.present import Language, shown, text_html
from generator.present.page import Page, citer
from generator.views.places import finder

SHOWN = 6  # rows named in a receipt; facts.csv names them all
# What a computed value is; a cell's column says it. A measure that is not here is its formula.
MEASURES = {
    "cells_empty": N_("Empty cells"),
    "decisions_found": N_("Decisions found"),
    "decisions_missing": N_("Decisions not found"),
    "decisions_outcome_not_found": N_("Decisions whose outcome is not found"),
    "feedback_row": N_("Row about the school or campus and the period"),
    "feedback_rows": N_("Rows of feedback"),
    "policy": N_("Least count shown"),
    "roster_status": N_("In the program or not"),
    "rosters_row": N_("Row about the school or campus and the period"),
    "rows": N_("Rows of the table"),
    "schools": N_("Schools listed"),
    "schools_with_record": N_("Schools with a record"),
    "tally": N_("Votes for each option"),
    "terms": N_("Terms"),
    "units": N_("Schools or campuses with any record"),
    "units_with_row": N_("Schools or campuses with a row"),
    "votes_row": N_("Row about the school or campus and the round"),
}
WITH_OUTCOME, DECISIONS = N_("Decisions with this outcome"), "decisions_"

Words = Callable[..., Markup]


def receipt_functions(
    record: Record, language: Language, page: Page
) -> Mapping[str, Callable[..., Any]]:
    """The functions of parts/receipts.j2."""
    return {
        "page_facts": lambda: sorted(page.facts.values(), key=lambda fact: fact.id),
        "what": namer(record, language),
        "proof": prover(record, language, page),
        "since": teller(record, language),
    }


def namer(record: Record, language: Language) -> Words:
    """Says what a value is: its column's title, or what is computed."""
    titles = {
        f"{name}.{column.name}": column.title
        for name, public in record.tables.items()
        for column in public.table.columns
    }

    @cache  # as many as there are columns and measures
    def what(measure: str, formula: str) -> Markup:
        words = titles.get(measure) or MEASURES.get(measure)
        if words is None and measure.startswith(DECISIONS):
            words = WITH_OUTCOME
        return escape(language.translate(words or formula).rstrip("."))

    return lambda fact: what(fact.measure, fact.formula)


def prover(record: Record, language: Language, page: Page) -> Words:
    """Says how a value comes about: the formula in words, the query, the rows with their places
    in the source, the sources."""
    cite, place = citer(page), finder(record)

    @cache
    def formula(words: str) -> Markup:
        return escape(language.translate(words)) if words else Markup("")

    @cache  # the cells of a row follow each other
    def row(address: str) -> str:
        where = place(address)
        found = f" {text_html(Text(where), language)}" if where else ""
        return f" <code>{escape(address)}</code>{found}"

    def proof(fact: Fact) -> Markup:
        is_cell = fact.expression.startswith(f"{fact.measure.partition('.')[0]}[")
        code = escape(fact.expression.removeprefix("sql: "))
        query = "" if is_cell else f" <code>{code}</code>"
        rows = "".join([row(address) for address in fact.inputs[:SHOWN]])
        return Markup(f"{formula(fact.formula)}{query}{rows}{cite(fact.sources[:SHOWN])}")

    return proof


def teller(record: Record, language: Language) -> Words:
    """Says since which release a value is on the site, and what it was before.

    `never` are the words for no release, `same` and `first` those for its first one, `before` those
    for another value in a release.
    """
    kept: dict[str, Markup] = {}  # few releases, many facts

    def since(fact: Fact, never: Markup, same: Words, first: Words, before: Words) -> Markup:
        past = record.past.get(fact.id)
        if not past:
            return never
        release = past[0].release
        others = others_of(record, fact, past)
        if not others:
            if release not in kept:
                kept[release] = same(Text(release))
            return kept[release]
        told = [before(Text(shown(old, language)), Text(when)) for when, old in others]
        return Markup(" ").join([first(Text(release)), *told])

    return since


def others_of(record: Record, fact: Fact, past: tuple[Past, ...]) -> list[tuple[str, Fact]]:
    """(release, the fact as it was) for each value before the one it has now."""
    found = [(one.release, was(record, fact, one)) for one in past]
    _, last = found[-1]
    now = (last.value, last.mark) == (fact.value, fact.mark)
    return found[:-1] if now else found
