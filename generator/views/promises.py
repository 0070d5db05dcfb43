"""The promise ledger: each promise of a school year, its status by rule, and what that rests on."""

from collections.abc import Sequence
from dataclasses import dataclass

from generator.facts import counted, row_key, sources_of
from generator.model import N_, Fact, Record, Row
from generator.views import Line, line
from generator.views.days import days_between, days_sql
from generator.views.site import date_of

MET, PARTLY, NOT_MET = N_("met"), N_("partly met"), N_("not met")
NOT_YET_DUE, NONE_FOUND = N_("not yet due"), N_("none found by us")
CODES = {
    MET: "met", PARTLY: "partly", NOT_MET: "not_met", NOT_YET_DUE: "not_yet_due",
    NONE_FOUND: "none_found",
}  # fmt: skip
# The day for which a row speaks: that of the source, or that on which we looked.
_SEEN = "(case when e.finding = 'nothing' then e.looked_on else e.as_of end)"
STATUS = (
    f"case when e.finding = 'done' then '{MET}' when e.finding = 'part' then '{PARTLY}'"
    f" when e.finding = 'not_done' then '{NOT_MET}'"
    f" when e.due_on > {_SEEN} then '{NOT_YET_DUE}'"
    f" when e.finding = 'nothing' then '{NONE_FOUND}' else '{NOT_MET}' end"
)


@dataclass(frozen=True)
class Promise:
    """One promise in one school year. `code` is that of its status; `past_due` are the days from
    its due date to the day for which the row speaks, where a source says the first."""

    row: Line
    term: Line
    status: Fact
    code: str
    past_due: Fact | None
    due_source: tuple[str, ...]
    looked_in: tuple[str, ...]


@dataclass(frozen=True)
class TextPromises:
    """The promises of one text in the order of school years, and how many there are."""

    text: Line
    count: Fact
    promises: tuple[Promise, ...]


@dataclass(frozen=True)
class StatusCount:
    """How many promises have a status."""

    code: str
    status: str
    count: Fact


@dataclass(frozen=True)
class Promises:
    """The whole ledger: counts by status, and texts by date. Both empty where no row is held."""

    counts: tuple[StatusCount, ...]
    texts: tuple[TextPromises, ...]


def promises(record: Record) -> Promises:
    """Every promise with evidence, or with where and when we looked for some."""
    rows = record.rows.get("evidence", ())
    if not rows:
        return Promises((), ())
    terms = {str(row["term_id"]): row for row in record.rows["terms"]}
    own: dict[str, list[Row]] = {}
    for row in rows:
        own.setdefault(str(terms[str(row["term_id"])]["agreement_id"]), []).append(row)
    texts = sorted(
        (row for row in record.rows["agreements"] if row["agreement_id"] in own),
        key=lambda row: (date_of(row), str(row["agreement_id"])),
    )
    return Promises(
        tuple(status_count(record, rows, status) for status in CODES),
        tuple(text_promises(record, row, own[str(row["agreement_id"])]) for row in texts),
    )


def text_promises(record: Record, text: Row, rows: Sequence[Row]) -> TextPromises:
    """The promises of one text."""
    key = str(text["agreement_id"])
    count = counted(
        "promises", f"agreement/{key}", "all", rows, record.tables["evidence"].table,
        "select count(*) from evidence where term_id in"
        f" (select term_id from terms where agreement_id = '{key}')",
        formula=N_("Promises of this text, each in one school year."), unit="",
    )  # fmt: skip
    ordered = sorted(rows, key=lambda row: (str(row["school_year"]), str(row["term_id"])))
    found = tuple(promise(record, row) for row in ordered)
    return TextPromises(line(record.tables["agreements"].table, text), count, found)


def promise(record: Record, row: Row) -> Promise:
    """One row of the ledger with the term that promises it."""
    table, term_id = record.tables["evidence"].table, str(row["term_id"])
    (term,) = (one for one in record.rows["terms"] if one["term_id"] == term_id)
    words = status_of(row)
    due = row["due_source_id"]
    return Promise(
        row=line(table, row),
        term=line(record.tables["terms"].table, term),
        status=computed(
            record, row, "promise_status", words, STATUS,
            N_("The status that follows by rule from what sources say, and from the due date."),
        ),
        code=CODES[words],
        past_due=past_due(record, row),
        due_source=(str(due),) if due else (),
        looked_in=tuple(str(row["looked_in"] or "").split()),
    )  # fmt: skip


def status_of(row: Row) -> str:
    """The status of a row by rule; `STATUS` says the same in SQL.

    A promise that is not yet due is neither kept nor broken, whatever is missing.
    """
    due, finding = row["due_on"] or "", str(row["finding"])
    if finding in ("done", "part"):
        return MET if finding == "done" else PARTLY
    if finding == "not_done":
        return NOT_MET
    if due > seen(row):
        return NOT_YET_DUE
    return NONE_FOUND if finding == "nothing" else NOT_MET


def seen(row: Row) -> str:
    """The day for which the row speaks: that of its source, or that on which we looked."""
    return str(row["looked_on"] if row["finding"] == "nothing" else row["as_of"])


def past_due(record: Record, row: Row) -> Fact | None:
    """Days since the due date: overdue where a source says that it was not met, else only how long
    after it we looked. None without a sourced due date, and before it."""
    status = status_of(row)
    if not row["due_on"] or status not in (NOT_MET, NONE_FOUND):
        return None
    days = days_between(str(row["due_on"]), seen(row))
    if days <= 0:
        return None
    measure, formula = (
        ("days_overdue", N_("Days from the due date to the day for which the source speaks."))
        if status == NOT_MET
        else ("days_to_look", N_("Days from the due date to the day on which we looked."))
    )
    return computed(record, row, measure, days, days_sql("e.due_on", _SEEN), formula)


def computed(
    record: Record, row: Row, measure: str, value: int | str, sql: str, formula: str
) -> Fact:
    """A value that follows from one row of the ledger."""
    key, year = str(row["term_id"]), str(row["school_year"])
    subject = f"term/{key}"
    return Fact(
        id=f"{measure}.{subject}.{year}", subject=subject, measure=measure, period=year,
        value=value, kind="text" if isinstance(value, str) else "count",
        label=value if isinstance(value, str) else "", formula=formula,
        expression=f"sql: select {sql} from evidence e"
        f" where e.term_id = '{key}' and e.school_year = '{year}'",
        inputs=(f"evidence/{row_key(record.tables['evidence'].table, row)}",),
        sources=sources_of(row),
    )  # fmt: skip


def status_count(record: Record, rows: Sequence[Row], status: str) -> StatusCount:
    """How many promises have this status."""
    same = [row for row in rows if status_of(row) == status]
    count = counted(
        "promises", f"district/{CODES[status]}", "all", same, record.tables["evidence"].table,
        f"select count(*) from evidence e where {STATUS} = '{status}'",
        formula=N_("Promises with this status, each in one school year."), unit="",
    )  # fmt: skip
    return StatusCount(CODES[status], status, count)
