"""Records requests: what was asked of which office, by when the law wants an answer, the answer."""

from collections.abc import Callable
from dataclasses import dataclass

from generator.facts import counted, sources_of
from generator.model import N_, Fact, Record, Row
from generator.tables.requests import ANSWERS
from generator.views import Line, line
from generator.views.corrections import Shown, until_sql
from generator.views.days import data_day, days_between

TABLE = "requests"


@dataclass(frozen=True)
class Request:
    """One request. `days` are those from sending to the answer, of an open one to the newest day
    that the tables name; `overdue` those after a day that a law sets, None before it; `covers` are
    the empty cells that it asks for."""

    row: Line
    code: str
    days: Fact
    overdue: Fact | None
    covers: tuple[Shown, ...]


@dataclass(frozen=True)
class AnswerCount:
    """How many requests were answered so."""

    code: str
    count: Fact


@dataclass(frozen=True)
class Requests:
    """All requests, newest first; empty where none is held."""

    counts: tuple[AnswerCount, ...]
    entries: tuple[Request, ...]


def requests(record: Record, where: Callable[[str], Shown]) -> Requests:
    """Every request with its days; `where` finds what it asks for."""
    rows = sorted(
        record.rows.get(TABLE, ()),
        key=lambda row: (str(row["sent_on"]), str(row["request_id"])),
        reverse=True,
    )
    if not rows:
        return Requests((), ())
    counts = tuple(answer_count(record, rows, code) for code in ANSWERS)
    return Requests(counts, tuple(request(record, row, where) for row in rows))


def request(record: Record, row: Row, where: Callable[[str], Shown]) -> Request:
    """One request."""
    until = str(row["answered_on"] or data_day(record))
    waited = days(
        record, row, "days_to_answer", "sent_on", days_between(str(row["sent_on"]), until),
        N_("Days from the request to the answer; while there is none, to the newest day that the"
           " tables name."),
    )  # fmt: skip
    late = days_between(str(row["due_on"]), until) if row["due_on"] else 0
    overdue = days(
        record, row, "days_overdue", "due_on", late,
        N_("Days from the day that the law sets to the answer; while there is none, to the newest"
           " day that the tables name."),
    )  # fmt: skip
    return Request(
        row=line(record.tables[TABLE].table, row),
        code=str(row["answer"]),
        days=waited,
        overdue=overdue if late > 0 else None,
        covers=tuple(where(address) for address in str(row["covers"] or "").split()),
    )


def days(record: Record, row: Row, measure: str, first: str, value: int, formula: str) -> Fact:
    """Days from a day of the request to its answer, or to the newest day of the tables."""
    key = str(row["request_id"])
    subject = f"request/{key}"
    return Fact(
        id=f"{measure}.{subject}.all", subject=subject, measure=measure, period="all", value=value,
        kind="count", formula=formula,
        expression="sql: " + until_sql(record, TABLE, key, first, "answered_on"),
        inputs=(f"{TABLE}/{key}",), sources=sources_of(row),
    )  # fmt: skip


def answer_count(record: Record, rows: list[Row], code: str) -> AnswerCount:
    """How many requests were answered so."""
    same = [row for row in rows if row["answer"] == code]
    count = counted(
        TABLE, f"district/{code}", "all", same, record.tables[TABLE].table,
        f"select count(*) from {TABLE} where answer = '{code}'",
        formula=N_("Requests with this answer."), unit="",
    )  # fmt: skip
    return AnswerCount(code, count)
