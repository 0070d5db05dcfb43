"""The pages beside the schools': what each shows of the record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from generator.facts import cell, counted, text
from generator.model import N_, Fact, Record, Row, Table, Text, to_rows
from generator.tables import TABLES
from generator.tables.terms import CATEGORIES
from generator.views import (
    Line,
    Vote,
    cell_or_text,
    line,
    lines,
    unit_subject,
)
from generator.views.schools import has_gaps
from generator.views.totals import OutcomeCount, Round, stated_row

PROGRAM = {
    "when-police": ("when_police",),
    "security-officers": ("security_officers",),
    "selection": ("selection_criteria",),
    "training": ("training",),
    "roles": (
        "roles_and_responsibilities",
        "supervision_and_accountability",
        "data_and_reporting",
        "roster",
    ),
    "engagement": ("engagement", "voting"),
}


@dataclass(frozen=True)
class Listed:
    """A school in a list: where its page is, and its newest decision if it has a record; whether
    its page names a gap, and whether it names a contradiction."""

    id: str
    name: Text
    letter: str
    area_id: str
    area: Fact | Text | None
    grades: Fact | Text | None
    network: Fact | Text | None
    record: bool
    newest: Vote | None
    gaps: bool
    contested: bool
    longitude: float | None
    latitude: float | None


@dataclass(frozen=True)
class Category:
    """Terms of one category."""

    code: str
    title: str
    rows: tuple[Line, ...]


@dataclass(frozen=True)
class Agreement:
    """A text with its terms by category and the amounts stated for it."""

    text: Line
    count: Fact
    categories: tuple[Category, ...]
    costs: tuple[Line, ...]


@dataclass(frozen=True)
class Card:
    """One number of the home page; `code` picks its words. `unknown` counts, among what it counts,
    what has no outcome."""

    code: str
    fact: Fact
    of: Fact | None
    period: Text
    round: str
    label: Text | None
    unknown: Fact | None = None


@dataclass(frozen=True)
class CostKind:
    """Amounts of one kind."""

    code: str
    title: Fact
    charted: bool
    rows: tuple[Line, ...]


@dataclass(frozen=True)
class Area:
    """Schools of one area; `name` None where a list does not say it."""

    id: str
    name: Text | None
    rows: tuple[Listed, ...]


def listed(
    record: Record,
    decided: Mapping[str, Vote],
    contested: frozenset[str] = frozenset(),
    *,
    all_schools: bool = True,
) -> tuple[Listed, ...]:
    """Every school, or those with a record alone, by name; `decided` are the decisions by their
    ids, `contested` the units that a contradiction is about."""
    table, frame = record.tables["schools"].table, record.tables["schools"].frame
    kept = frame if all_schools else frame[frame["school_id"].isin(list(record.units_of_school))]
    rows = [_listed(record, decided, table, row, contested) for row in to_rows(kept)]
    return tuple(sorted(rows, key=lambda school: (school.name.value.casefold(), school.id)))


def _listed(
    record: Record,
    decided: Mapping[str, Vote],
    table: Table,
    row: Row,
    contested: frozenset[str],
) -> Listed:
    key = str(row["school_id"])
    units = record.units_of_school.get(key, ())
    votes = [vote for unit in units for vote in record.by_unit["votes"].get(unit, ())]
    deciding = [vote for vote in votes if vote["decides"]]
    name = Text(str(row["name"]))
    newest = max(deciding, key=lambda vote: (vote["cycle"], vote["vote_date"] or ""), default=None)
    area, grades, network = (
        cell_or_text(table, row, column, f"school/{key}")
        for column in ("area", "grades", "network")
    )
    return Listed(
        id=key,
        name=name,
        letter=next((c for c in name.value.upper() if c.isalnum()), "other"),
        area_id=str(row["area_id"] or "none"),
        area=area,
        grades=grades,
        network=network,
        record=bool(units),
        newest=decided[str(newest["vote_id"])] if newest else None,
        gaps=has_gaps(record, units),
        contested=not contested.isdisjoint(units),
        longitude=row["longitude"],
        latitude=row["latitude"],
    )


def missing(record: Record) -> tuple[Table, ...]:
    """The tables without a row, of an edition that is at its beginning: no vote is found, and it is
    of no other kind."""
    if record.has_rows("votes") or any(public.table.later for public in record.tables.values()):
        return ()
    return tuple(table for table in TABLES if not (table.optional or record.has_rows(table.name)))


def by_letter(schools: Sequence[Listed]) -> list[tuple[str, list[Listed]]]:
    """Schools by the first letter of their name."""
    ordered = sorted(schools, key=lambda school: school.letter)
    return [(key, list(group)) for key, group in groupby(ordered, key=lambda s: s.letter)]


def by_area(schools: Sequence[Listed]) -> list[Area]:
    """Schools by area, the areas by name, those without an area last."""
    groups: dict[str, list[Listed]] = {}
    for school in schools:
        groups.setdefault(school.area_id, []).append(school)
    areas = [
        Area(key, rows[0].area if isinstance(rows[0].area, Text) else None, tuple(rows))
        for key, rows in groups.items()
    ]
    return sorted(areas, key=lambda area: (area.name is None, area.name.value if area.name else ""))


def agreements(record: Record) -> tuple[Agreement, ...]:
    """Every text with its terms, in the order of their keys."""
    table = record.tables["agreements"].table
    return tuple(_agreement(record, table, row) for row in record.rows["agreements"])


def _agreement(record: Record, table: Table, row: Row) -> Agreement:
    key = str(row["agreement_id"])
    terms = [term for term in record.rows["terms"] if term["agreement_id"] == key]
    costs = [cost for cost in record.rows["costs"] if cost["agreement_id"] == key]
    count = counted(
        "terms", f"agreement/{key}", str(row["school_year"] or "all"), terms,
        record.tables["terms"].table, f"select count(*) from terms where agreement_id = '{key}'",
        formula=N_("Terms of this text that we hold."), unit=N_("terms"),
    )  # fmt: skip
    return Agreement(
        line(table, row), count, categories(record, terms, tuple(CATEGORIES), keep_empty=False),
        lines(record, "costs", costs),
    )  # fmt: skip


def categories(
    record: Record, terms: Sequence[Row], codes: Sequence[str], *, keep_empty: bool
) -> tuple[Category, ...]:
    """Terms by category, the categories as given, the terms by the dates of their texts."""
    dates = {row["agreement_id"]: date_of(row) for row in record.rows["agreements"]}
    ordered = sorted(terms, key=lambda term: (dates[term["agreement_id"]], str(term["term_id"])))
    found = (
        Category(code, CATEGORIES[code], lines(record, "terms", _of(ordered, code)))
        for code in codes
    )
    return tuple(category for category in found if category.rows or keep_empty)


def date_of(agreement: Row) -> str:
    """The first date that a text has, its school year where it has none; undated texts last."""
    names = ("adopted_on", "starts_on", "ends_on", "school_year")
    return next((str(agreement[name]) for name in names if agreement[name]), "9999")


def _of(terms: Sequence[Row], code: str) -> list[Row]:
    return [term for term in terms if term["category"] == code]


def cost_kinds(record: Record) -> tuple[CostKind, ...]:
    """Amounts by kind, the kinds in the declaration's order. Two amounts or more make a picture."""
    table = record.tables["costs"].table
    found = []
    for code in table.column("cost_kind").values:
        rows = [row for row in record.rows["costs"] if row["cost_kind"] == code]
        if rows:
            title = cell(table, rows[0], "cost_kind", unit_subject(rows[0]["unit_id"]))
            charted = code in ("budget", "contract", "paid") and len(rows) > 1
            found.append(CostKind(code, title, charted, lines(record, "costs", rows)))
    return tuple(found)


def cards(record: Record, rounds: Sequence[Round]) -> tuple[Card, ...]:
    """The numbers of the home page: the round with most decisions, then the stated totals."""
    found = []
    main = max(rounds, key=lambda one: int(str(one.found.value)), default=None)
    if main:
        period = Text(main.cycle)
        question = max(main.questions, key=lambda one: int(str(one.found.value)))
        if main.asked:
            unknown = next((one.count for one in question.outcomes if not one.label), None)
            alone = unknown if len(main.questions) == 1 else None
            found.append(Card("found", main.found, main.asked, period, main.cycle, None, alone))
        top = [count for count in question.outcomes if count.label][:2]
        found += [_outcome_card(count, question.found, period) for count in top]
    return (*found, *stated_cards(record))


def _outcome_card(count: OutcomeCount, of: Fact, period: Text) -> Card:
    return Card("outcome", count.count, of, period, period.value, count.label)


def stated_cards(record: Record) -> list[Card]:
    """The stated schools and officers of the last period that had any."""
    rows = [row for row in record.rows["district_counts"] if row["value"]]
    periods = sorted({str(row["period"]) for row in rows if "-" in str(row["period"])})
    found = []
    for topic in ("schools_with_officers", "officers"):
        stated = [(period, stated_row(record, topic, period)) for period in reversed(periods)]
        period, row = next(((p, r) for p, r in stated if r and r["value"]), ("", None))
        if row:
            table = record.tables["district_counts"].table
            fact = cell(table, row, "value", "district", period)
            found.append(Card(topic, fact, None, Text(period), "", text(row, "basis")))
    return found
