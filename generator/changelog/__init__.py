"""Every change between a release and what came after it, graded and explained, as a table."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from generator.changelog.concerns import concerns
from generator.changelog.facts import (
    Shown,
    changed_facts,
    said_of,
    unexplained_facts,
    wrong_fact_lines,
)
from generator.changelog.grades import grade
from generator.changelog.reasons import (
    Book,
    Key,
    Reason,
    columns_of,
    new_ids,
    reason_for,
    reasons_of,
    unexplained,
    wrong_lines,
)
from generator.changelog.schema import schema_problems, version_of
from generator.changelog.spans import (
    REASONS,
    UNTOLD,
    Span,
    facts_of,
    live_tables,
    other_values,
    spans,
    tables_of,
)
from generator.diff import Change
from generator.downloads import datapackage, schema_version
from generator.errors import InputError, Problem
from generator.model import STATUS, PublicTable, Record, Release, to_rows
from generator.tables import BY_NAME

__all__ = [
    "UNTOLD",
    "History",
    "explained",
    "fact_problems",
    "tables_of",
    "version_of",
    "with_changelog",
]

NAME = "changelog"
UNFIT = re.compile(r"[^A-Za-z0-9._:/-]")
Line = Mapping[str, str]


@dataclass(frozen=True)
class History:
    """The changes as a table, and what is needed to look at facts later:
    the newest span (None without a release), the values in its release, the reasons."""

    table: PublicTable
    newest: Span | None
    released: Mapping[str, tuple[str, str]]
    reasons: Mapping[Key, Reason]
    book: Book


def explained(
    record: Record, releases: Sequence[Release], where: str, lines: Mapping[Key, int]
) -> History:
    """All changes since the first release. The record is that of the first language; `where` is
    the file of the reasons, `lines` those on which they stand. InputError for a change that lacks
    its reason, and for a reason that lacks its change."""
    reasons = reasons_of(record)
    book = Book(where, columns_of(record.tables.get(REASONS)), lines)
    found = (
        list(spans(releases, live_tables(record), new_ids(reasons.values()))) if releases else []
    )
    problems = list(wrong_lines({one.since: one for one in found}, reasons, book))
    for span in found:
        problems += unexplained(span, reasons, book)
        if span.facts is not None:
            problems += wrong_fact_lines(span, reasons, book)
    if releases:
        # What has to be raised by hand: other ids of schools raise the version by themselves.
        earlier = (one.row for one in reasons.values() if one.key[0] != releases[-1].id)
        now = schema_version(earlier)
        problems += schema_problems(releases[-1], _package(record), now)
    if problems:
        raise InputError(problems)
    told = [row for span in found for row in _rows(span, reasons, record)]
    table = as_table(told, record.edition.languages[1:])
    released = facts_of(releases[-1]) if releases else {}
    newest = found[-1] if found else None
    return History(table, newest, released, reasons, book)


def fact_problems(known: History, facts: Shown) -> list[Problem]:
    """Problems of computed values: those that changed since the newest release while none of their
    tables did, and reasons for values that did not change."""
    if known.newest is None:
        return []
    span = replace(
        known.newest, facts=other_values(known.released, said_of(facts, known.released.keys()))
    )
    return [
        *unexplained_facts(span, facts, known.reasons, known.book),
        *wrong_fact_lines(span, known.reasons, known.book),
    ]


def with_changelog(record: Record, table: PublicTable) -> Record:
    """The record with the changes among its tables, as one more."""
    rows = {**record.rows, NAME: tuple(to_rows(table.frame))}
    return replace(record, tables={**record.tables, NAME: table}, rows=rows)


def as_table(lines: Sequence[Line], languages: Sequence[str]) -> PublicTable:
    """The lines as a table of their own; `languages` are those beside that of the data, in which
    reasons may have words too."""
    table = BY_NAME[NAME]
    prose = [column.name for column in table.columns if column.prose]
    spoken = [f"{name}_{code}" for name in prose for code in languages]
    names = [*(column.name for column in table.columns), *spoken, *([STATUS] if spoken else [])]
    cells = {
        name: pd.Series([line.get(name) or None for line in lines], dtype="string")
        for name in names
    }
    return PublicTable(table, pd.DataFrame(cells))


def _rows(span: Span, reasons: Mapping[Key, Reason], record: Record) -> Iterator[Line]:
    """The lines of one span: its tables' changes, then those of computed values."""
    changes = [*span.changes, *changed_facts(span, reasons)]
    about = concerns(span, frozenset(record.school_names), successors(reasons)) if changes else None
    for change in changes:
        reason = reason_for(span.since, change, reasons)
        schools = about.of(change) if about else ()
        yield _row(span, change, reason, schools, record)


def successors(reasons: Mapping[Key, Reason]) -> dict[str, str]:
    """The ids that schools got in place of others, since whichever release."""
    by_since = new_ids(reasons.values())
    return {old: new for since in sorted(by_since) for old, new in by_since[since].items()}


def _row(
    span: Span, change: Change, reason: Reason | None, schools: Sequence[str], record: Record
) -> Line:
    given = {str(name): str(cell) for name, cell in reason.row.items() if cell} if reason else {}
    own = (change.after or change.before or {}).get("source_id", "")
    source = given.get("source_id") or own
    gone = change.kind == "row_removed"
    return {
        **{name: cell for name, cell in given.items() if name.startswith("why") or name == STATUS},
        "change_id": change_id(span.since, change),
        "release": span.release,
        "since": span.since,
        "table": change.table,
        "row_key": change.row_key,
        "column": change.column,
        "kind": change.kind,
        "old": change.old,
        "old_mark": change.old_mark,
        "new": given.get("new", "") if gone else change.new,
        "new_mark": change.new_mark,
        "grade": grade(change, reason),
        "reason": given.get("reason", ""),
        "source_id": source if source in record.sources else "",
        "school_ids": " ".join(schools),
    }


def change_id(since: str, change: Change) -> str:
    """The release before and the place, in letters that may stand in an address."""
    place = "/".join((since, change.table, change.row_key, change.column)).rstrip("/")
    return UNFIT.sub(lambda found: f"_{ord(found[0]):x}_", place)


def _package(record: Record) -> Mapping[str, object]:
    """The description of the tables as it is published, the changes among them."""
    tables = [public.table for public in with_changelog(record, as_table((), ())).tables.values()]
    counts = {table.name: 0 for table in tables}
    package: Mapping[str, object] = json.loads(datapackage(tables, record.edition, counts))
    return package
