"""The ledger of reported errors: what was reported, what became of it, and how long it took."""

from collections.abc import Callable
from dataclasses import dataclass

from generator.facts import counted, sources_of
from generator.model import N_, Fact, Record, Row
from generator.tables.corrections import DECISIONS
from generator.views import Line, line
from generator.views.days import data_day, data_day_sql, days_between, days_sql

TABLE = "corrections"


@dataclass(frozen=True)
class Shown:
    """What an address names, and where the site shows it: the path of a page, "" for none, and the
    fact as it stands there, None for words and rows. A computed value is in no `table`, a row in no
    column, whose title is `column`."""

    address: str
    path: str
    fact: Fact | None
    table: str
    title: str
    column: str


@dataclass(frozen=True)
class Correction:
    """One report. `code` is that of the decision; `days` are those from its receipt to the
    decision, of one that is open to the newest day that the tables name."""

    row: Line
    code: str
    days: Fact
    about: Shown


@dataclass(frozen=True)
class DecisionCount:
    """How many reports were decided so."""

    code: str
    count: Fact


@dataclass(frozen=True)
class Corrections:
    """The whole ledger, newest first; empty where no report is held."""

    counts: tuple[DecisionCount, ...]
    entries: tuple[Correction, ...]


def corrections(record: Record, where: Callable[[str], Shown]) -> Corrections:
    """Every report; `where` finds what its address names."""
    rows = sorted(
        record.rows.get(TABLE, ()),
        key=lambda row: (str(row["received_on"]), str(row["correction_id"])),
        reverse=True,
    )
    if not rows:
        return Corrections((), ())
    counts = tuple(decision_count(record, rows, code) for code in DECISIONS)
    return Corrections(counts, tuple(correction(record, row, where) for row in rows))


def correction(record: Record, row: Row, where: Callable[[str], Shown]) -> Correction:
    """One report."""
    return Correction(
        row=line(record.tables[TABLE].table, row),
        code=str(row["decision"]),
        days=days_open(record, row),
        about=where(str(row["fact"])),
    )


def decision_count(record: Record, rows: list[Row], code: str) -> DecisionCount:
    """How many reports have this decision."""
    same = [row for row in rows if row["decision"] == code]
    count = counted(
        TABLE, f"district/{code}", "all", same, record.tables[TABLE].table,
        f"select count(*) from {TABLE} where decision = '{code}'",
        formula=N_("Reports with this decision."), unit="",
    )  # fmt: skip
    return DecisionCount(code, count)


def days_open(record: Record, row: Row) -> Fact:
    """Days from the receipt of a report to its decision, or to the newest day of the tables."""
    key, until = str(row["correction_id"]), row["decided_on"] or data_day(record)
    subject = f"correction/{key}"
    return Fact(
        id=f"days_open.{subject}.all", subject=subject, measure="days_open", period="all",
        value=days_between(str(row["received_on"]), str(until)), kind="count",
        formula=N_("Days from the day that it reached us to the decision; while it is open, to the"
                   " newest day that the tables name."),
        expression="sql: " + until_sql(record, TABLE, key, "received_on", "decided_on"),
        inputs=(f"{TABLE}/{key}",), sources=sources_of(row),
    )  # fmt: skip


def until_sql(record: Record, table: str, key: str, first: str, last: str) -> str:
    """The query of the days from one column of a row to another, or to the newest day."""
    column = record.tables[table].table.key[0]
    return (
        f"select {days_sql('first', 'last')} from (select {first} as first,"
        f" coalesce(nullif({last}, ''), ({data_day_sql(record)})) as last"
        f" from {table} where {column} = '{key}')"
    )
