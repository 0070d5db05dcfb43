"""What a receipt says of a fact: what it is, how it comes about, from which rows, since when."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from markupsafe import Markup, escape

from generator.facts import was, words
from generator.model import N_, Fact, Past, Record, Row, Text
from generator.present import Language, plain, shown, text_html
from generator.present.page import Page, citer
from generator.present.places import Place, place
from generator.tables.changes import REASONS
from generator.views.places import finder

SHOWN = 6  # rows named in a receipt; facts.csv names them all
# What a computed value is; a cell's column says it. A measure that is not here is its formula.
MEASURES = {
    "agreements_in_force": N_("Agreements in the school year"),
    "cells_empty": N_("Empty cells"),
    "changes": N_("Changes since the release"),
    "claims_contradicted": N_("Statements contradicted"),
    "claims_supported": N_("Statements supported"),
    "claims_untested": N_("Statements that cannot be tested"),
    "contradictions": N_("Contradictions found by the rule"),
    "decisions_found": N_("Decisions found"),
    "decisions_held": N_("Decisions found"),
    "decisions_matching": N_("Decisions as the statement counts them"),
    "decisions_missing": N_("Decisions not found"),
    "decisions_outcome_not_found": N_("Decisions whose outcome is not found"),
    "clause": N_("Clause beside the text before"),
    "clauses": N_("Clauses"),
    "corrections": N_("Reports of errors"),
    "data_day": N_("Newest day that the tables name"),
    "days_open": N_("Days open"),
    "days_overdue": N_("Days overdue"),
    "days_to_answer": N_("Days without an answer"),
    "days_to_look": N_("Days from the due date to our look"),
    "feedback_row": N_("Feedback about the school or campus in the period"),
    "feedback_rows": N_("Rows of feedback"),
    "leads": N_("Leads found by the rule"),
    "in_force": N_("In force in the school year"),
    "police_not_told": N_("Schools in the collection whose number is blank"),
    "police_officers": N_("Police officers, added up"),
    "police_present": N_("Schools with police officers"),
    "police_told": N_("Schools with a number told"),
    "policy": N_("Least count shown"),
    "promise_status": N_("Status by rule"),
    "promises": N_("Promises"),
    "requests": N_("Records requests"),
    "roster_status": N_("In the program or not"),
    "rosters_row": N_("Officers at the school or campus in the school year"),
    "rows": N_("Rows of the table"),
    "rows_added": N_("Rows added since the release"),
    "schools": N_("Schools listed"),
    "schools_on_map": N_("Schools on the map"),
    "schools_with_record": N_("Schools with a record"),
    "sum_officers": N_("Officers, added up"),
    "sum_schools_with_officers": N_("Schools with officers, added up"),
    "standing": N_("Topic beside earlier agreements"),
    "tally": N_("Votes for each option"),
    "term_amount": N_("Amount in the term"),
    "terms": N_("Terms"),
    "units": N_("Schools or campuses with any record"),
    "units_with_row": N_("Schools or campuses with a row"),
    "verdict": N_("Verdict on the statement"),
    "votes_row": N_("Decision about the school or campus in the round"),
}
WITH_OUTCOME, DECISIONS = N_("Decisions with this outcome"), "decisions_"

Words = Callable[..., Markup]


def receipt_functions(
    record: Record, language: Language, page: Page
) -> Mapping[str, Callable[..., Any]]:
    """The functions of parts/receipts.j2."""
    titles = {
        f"{name}.{column.name}": column.title
        for name, public in record.tables.items()
        for column in public.table.columns
    }
    return {
        "page_facts": lambda: list(page.facts.values()),
        "what": namer(titles, language),
        "proof": prover(record, titles, language, page),
        "since": teller(record, language, page),
    }


def namer(titles: Mapping[str, str], language: Language) -> Words:
    """Says what a value is: its column's title, or what is computed."""

    @cache  # as many as there are columns and measures
    def what(measure: str, formula: str) -> Markup:
        words = titles.get(measure) or MEASURES.get(measure)
        if words is None and measure.startswith(DECISIONS):
            words = WITH_OUTCOME
        return escape(language.translate(words or formula).rstrip("."))

    return lambda fact: what(fact.measure, fact.formula)


def prover(record: Record, titles: Mapping[str, str], language: Language, page: Page) -> Words:
    """Says how a value comes about: the formula in words, the query, the rows with their places
    in the source, the sources."""
    cite, place_of = citer(page), finder(record)

    @cache
    def formula(words: str) -> Markup:
        return escape(language.translate(words)) if words else Markup("")

    @cache  # the cells of a row follow each other
    def row(address: str) -> str:
        where = place_of(address)
        found = f" {text_html(Text(where), language)}" if where else ""
        return f" <code>{escape(address)}</code>{found}"

    def blank_row(address: str) -> str:
        if isinstance(address, Place):
            return place(address.number, "l", at=address.at)
        return row(address)

    def proof(fact: Fact) -> Markup:
        query = "" if fact.measure in titles else f" <code>{escape(code_of(fact))}</code>"
        rows = "".join([blank_row(address) for address in fact.inputs[:SHOWN]])
        return Markup(f"{formula(fact.formula)}{query}{rows}{cite(fact, most=SHOWN)}")

    page.forms["l"] = lambda number, at: lambda slots: row(slots[number].inputs[at])
    return proof


def code_of(fact: Fact) -> str:
    """The query of a computed value."""
    return fact.expression.removeprefix("sql: ")


def teller(record: Record, language: Language, page: Page) -> Words:
    """Says since which release a value is on the site, and what it was before.

    `never` are the words for no release, `same` and `first` those for its first one, `before` those
    for another value in a release, `because` those for the reason why it is that no more.
    """
    kept: dict[str, Markup] = {}  # few releases, many facts
    held: list[Any] = []
    reasons = reasons_of(record)

    def since(fact: Fact, *words: Any) -> Markup:
        if isinstance(fact.id, Place):
            held[:] = words
            return Markup(place(fact.id.number, "s"))
        return told(fact, *words)

    def told(
        fact: Fact, never: Markup, same: Words, first: Words, before: Words, because: Words
    ) -> Markup:
        past = record.past.get(fact.id)
        if not past:
            return never
        release = past[0].release
        others = others_of(record, fact, past)
        if not others:
            if release not in kept:
                kept[release] = same(Text(release))
            return kept[release]
        found = [first(Text(release))]
        for when, old in others:
            found.append(before(Text(shown(old, language)), Text(when)))
            if row := next((one for one in reasons.get(fact.id, ()) if one["since"] >= when), None):
                reason = language.translate(REASONS[str(row["reason"])])
                found.append(because(escape(reason), words(row, "why")))
        return Markup(" ").join(found)

    page.forms["s"] = lambda number, _: lambda slots: str(told(slots[number], *held))
    return since


def reasons_of(record: Record) -> Mapping[str, Sequence[Row]]:
    """The changes with a reason of each fact, by its id, oldest first."""
    found: dict[str, list[Row]] = {}
    for row in sorted(record.rows.get("changelog", ()), key=lambda row: str(row["since"])):
        if row["reason"] and row["kind"] == "value_changed":
            cell = f"{row['table']}.{row['row_key']}.{row['column']}"
            found.setdefault(str(row["row_key"]) if row["table"] == "facts" else cell, []).append(
                row
            )
    return found


def others_of(record: Record, fact: Fact, past: tuple[Past, ...]) -> list[tuple[str, Fact]]:
    """(release, the fact as it was) for each value before the one it has now."""
    found = [(one.release, was(record, fact, one)) for one in past]
    _, last = found[-1]
    now = (last.value, last.mark) == (fact.value, fact.mark)
    return found[:-1] if now else found


def is_released(record: Record, fact: Fact) -> bool:
    """True for a value that the newest release with the fact has too."""
    past = record.past.get(fact.id)
    if not past:
        return False
    if past[-1].value == plain(fact.value) and past[-1].mark == (fact.mark or ""):
        return True
    return len(others_of(record, fact, past)) < len(past)
