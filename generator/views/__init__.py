"""The public record as pages show it: frozen views of Facts and Texts, nothing left to compute.

A `str` in a view is a code that a template may branch on, never one that it prints.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.facts import cell, outcome, row_key, sources_of, text, words
from generator.model import Fact, Record, Row, Table, Text

SIDES = {"yes": "for", "no": "against", "abstain": "abstain"}


@dataclass(frozen=True)
class TallyRow:
    """One option of a tally: its words, its count, and the side that picks its colour: what it
    meant for officers, or for, against, abstain."""

    option: Text
    count: Fact
    side: str


@dataclass(frozen=True)
class Reading:
    """What another source prints for a value, and why the other is preferred."""

    title: str
    printed: Text
    why: Text


@dataclass(frozen=True)
class Vote:
    """One ballot or decision. `decides` is True for the one that stood in its round,
    `only_abstained` where of all votes counted the abstentions alone are told."""

    id: str
    unit: Text
    unit_id: str
    date: Fact
    precision: str
    question: Text | None
    about: Text | None
    wording: Text | None
    question_id: str
    body: Fact
    body_code: str
    body_wording: Text | None
    quorum: Fact
    binding: Fact
    seats: Fact
    outcome: Fact
    effect: str
    unanimous: bool
    tally: tuple[TallyRow, ...]
    only_abstained: bool
    officers_after: Fact
    year: Fact
    cycle: str
    decides: bool
    is_part: bool
    replaced_by: "Vote | None"
    caveat: Text | None
    readings: tuple[Reading, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class RosterYear:
    """What one source says of a unit and a school year."""

    year: Fact
    status: Fact
    status_code: str
    officers: Fact
    officers_kind: Fact
    basis: Fact
    wording: Text | None
    note: Text | None
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """Any other row of a table: its cells by column name, each a Fact or a Text or None."""

    table: str
    key: str
    cells: Mapping[str, Fact | Text | None]
    codes: Mapping[str, str]
    sources: tuple[str, ...]


def unit_subject(unit_id: object) -> str:
    """The subject of facts about a decision unit, or the district where there is none."""
    return f"unit/{unit_id}" if unit_id else "district"


def subject_of(row: Row) -> str:
    """What a row is about: its school, its decision unit, or the district."""
    school = row.get("school_id")
    return f"school/{school}" if school else unit_subject(row.get("unit_id"))


def vote_view(record: Record, row: Row, *, follow: bool = True) -> Vote:
    """The view of one vote; with `follow`, that of the decision that replaced it too."""
    table = record.tables["votes"].table
    subject, key = unit_subject(row["unit_id"]), str(row["vote_id"])
    unit = record.units.get(str(row["unit_id"]))
    question = record.questions.get(str(row["question_id"]))
    later = record.votes.get(str(row["superseded_by"])) if follow else None

    def fact(name: str) -> Fact:
        period = str(row["effective_school_year"] or row["cycle"])
        return cell(table, row, name, subject, period, key)

    tally = tally_view(record, row, subject)
    return Vote(
        id=key,
        unit=Text(str(unit["name"])) if unit else Text(record.edition.place),
        unit_id=str(row["unit_id"] or ""),
        date=fact("vote_date"),
        precision=str(row["vote_date_precision"] or ""),
        question=text(question, "title") if question else None,
        about=text(question, "description") if question else None,
        wording=text(row, "question_wording"),
        question_id=str(row["question_id"] or ""),
        body=fact("body"),
        body_code=str(row["body"] or ""),
        body_wording=text(row, "body_wording"),
        quorum=fact("quorum"),
        binding=fact("binding"),
        seats=fact("seats"),
        outcome=outcome(record, row, subject),
        effect=effect_of(record, row),
        unanimous=row["outcome_basis"] == "unanimous",
        tally=tally,
        only_abstained=bool(tally) and all(one.side == "abstain" for one in tally),
        officers_after=fact("officers_after"),
        year=fact("effective_school_year"),
        cycle=str(row["cycle"]),
        decides=bool(row["decides"]),
        is_part=bool(unit and unit["part_of"]),
        replaced_by=vote_view(record, later, follow=False) if later else None,
        caveat=text(row, "caveat"),
        readings=readings_of(record, row),
        sources=sources_of(row),
    )


def effect_of(record: Record, vote: Row) -> str:
    """What the outcome meant for officers: keep, reduce, remove, none, or "" where not found."""
    option = record.options.get((str(vote["question_id"]), "outcome", str(vote["outcome"])))
    return str(option["effect"]) if option else ""


def tally_view(record: Record, vote: Row, subject: str) -> tuple[TallyRow, ...]:
    """The counts of a vote in the order of its ballot; empty where no count is found."""
    table = record.tables["vote_counts"].table
    rows = []
    for row in record.tallies.get(str(vote["vote_id"]), ()):
        option = record.options[(str(vote["question_id"]), "option", str(row["option"]))]
        count = cell(table, row, "count", subject, str(vote["cycle"]))
        side = SIDES.get(str(row["option"]), str(option["effect"]))
        rows.append(TallyRow(words(option, "label"), count, side))
    return tuple(rows)


def readings_of(record: Record, vote: Row) -> tuple[Reading, ...]:
    """Other readings of the vote's own cells and of its counts."""
    key = str(vote["vote_id"])
    counts = [f"{key}.{row['option']}" for row in record.tallies.get(key, ())]
    places = [("votes", key), *(("vote_counts", count) for count in counts)]
    found = [
        row for table, name in places for row in record.readings.get(name, ())
        if row["table"] == table
    ]  # fmt: skip
    return tuple(
        Reading(
            record.tables[str(row["table"])].table.column(str(row["column"])).title,
            words(row, "printed", sources_of(row)),
            words(row, "why"),
        )
        for row in found
    )


def roster_view(record: Record, row: Row) -> RosterYear:
    """The view of one roster row."""
    table = record.tables["rosters"].table
    key = row_key(table, row)

    def fact(name: str) -> Fact:
        return cell(table, row, name, unit_subject(row["unit_id"]), key=key)

    return RosterYear(
        year=fact("school_year"),
        status=fact("status"),
        status_code=str(row["status"] or "not_found"),
        officers=fact("officers"),
        officers_kind=fact("officers_kind"),
        basis=fact("basis"),
        wording=text(row, "wording"),
        note=text(row, "note"),
        sources=sources_of(row),
    )


def line(
    table: Table, row: Row, subject: str = "district", only: Sequence[str] | None = None
) -> Line:
    """Any row: numbers, dates, categories and empty marked cells as Facts, words as Texts; of all
    columns, or of those named."""
    key = row_key(table, row)
    columns = table.columns if only is None else [table.column(name) for name in only]
    return Line(
        table=table.name,
        key=key,
        cells={
            column.name: cell_or_text(table, row, column.name, subject, key) for column in columns
        },
        codes={
            column.name: str(row[column.name] or "")
            for column in columns
            if column.kind in ("category", "id", "ids", "flag")
        },
        sources=sources_of(row),
    )


def cell_or_text(
    table: Table, row: Row, name: str, subject: str, key: str = ""
) -> Fact | Text | None:
    """A Fact where the cell is a value or its absence has a mark; else its words, else None."""
    column = table.column(name)
    if column.kind in ("text", "id", "ids", "url") and row[name] is not None:
        return text(row, name)
    if row[name] is None and column.empty is None:
        return None
    return cell(table, row, name, subject, key=key)


def lines(record: Record, name: str, rows: Iterable[Row]) -> tuple[Line, ...]:
    """The rows of one table as Lines, in their order."""
    table = record.tables[name].table
    return tuple(line(table, row, subject_of(row)) for row in rows)


def in_time(votes: Sequence[Vote]) -> tuple[Vote, ...]:
    """Votes by round, then date as far as known (an unknown date last), then id."""
    return tuple(
        sorted(votes, key=lambda vote: (vote.cycle, str(vote.date.value or "9999"), vote.id))
    )


def of_units(record: Record, table: str, units: Iterable[str]) -> list[Row]:
    """The rows of a table about any of these units."""
    return [row for unit in units for row in record.by_unit[table].get(unit, ())]


def votes_of(record: Record, units: Sequence[str]) -> tuple[Vote, ...]:
    """Every vote about the units, in order of time."""
    return in_time([vote_view(record, vote) for vote in of_units(record, "votes", units)])
