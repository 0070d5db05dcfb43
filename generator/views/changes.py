"""What changed since a release, as pages show it: breaking changes first, then corrections."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.facts import text, words
from generator.model import N_, Fact, Record, Row, Text
from generator.views.dictionary import number_fact

NAME = "changelog"
GRADES = ("breaking", "correction", "addition", "wording")
ADDED = ("row_added", "column_added", "table_added")
FACTS = "facts"
Told = Mapping[str, tuple["Change", ...]]


@dataclass(frozen=True)
class Change:
    """One change: titles of its table and column, what the cell was and is, why it changed.

    `release` is the one that it came with, None while it is in none.
    `old_mark` and `new_mark` say why a cell without a value is empty, "" where nothing does.
    `successor` is the school that took the place of one that is gone; `kept` is True for a table
    whose last file stays at its address.
    """

    id: str
    table: str
    table_name: str
    column: str
    row: Text | None
    release: Text | None
    kind: str
    grade: str
    old: Text | None
    old_mark: str
    new: Text | None
    new_mark: str
    reason: str
    why: Text | None
    successor: str
    kept: bool
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Count:
    """How many changes there are of a grade, or rows added to a table."""

    code: str
    title: str
    count: Fact


@dataclass(frozen=True)
class Release:
    """A release and what it changed since the one before; `id` is "" for what is in none yet, and
    `since` is "" for the first."""

    id: str
    name: Text | None
    since: Text | None
    counts: tuple[Count, ...]
    added: tuple[Count, ...]
    changes: tuple[Change, ...]


def contexts(record: Record) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """The page of all releases, and one of each."""
    found = releases(record)
    yield "pages/releases/index.md.j2", "releases/", {
        "releases": [one for one in reversed(found) if one.id],
        "next": next((one for one in found if not one.id), None),
    }  # fmt: skip
    for one in found:
        if one.id:
            yield "pages/releases/release.md.j2", f"releases/{one.id}/", {"release": one}
    for old, new in moved(record).items():
        yield "pages/moved.md.j2", f"schools/{old}/", {
            "old": Text(old), "new": Text(new), "successor": new, "name": record.school_names[new],
        }  # fmt: skip


def moved(record: Record) -> dict[str, str]:
    """The ids of schools that were replaced, each with the one that the school has now."""
    ids = {
        str(row["row_key"]): str(row["new"]) for row in record.rows.get(NAME, ())
        if row["table"] == "schools" and row["kind"] == "row_removed" and row["new"]
    }  # fmt: skip
    found = dict(ids)
    for _ in ids:  # as often as one can follow another
        found = {old: ids.get(new, new) for old, new in found.items()}
    there = record.school_names
    return {old: new for old, new in found.items() if old not in there and new in there}


def releases(record: Record) -> tuple[Release, ...]:
    """All releases in their order, then what is in none yet, where there is a release."""
    names = list(record.releases)
    by_since: dict[str, list[Row]] = {}
    for row in record.rows.get(NAME, ()):
        by_since.setdefault(str(row["since"]), []).append(row)
    pairs = zip(["", *names], [*names, ""] if names else [], strict=False)
    return tuple(_release(record, name, since, by_since.get(since, [])) for since, name in pairs)


def _release(record: Record, name: str, since: str, rows: Sequence[Row]) -> Release:
    return Release(
        id=name,
        name=Text(name) if name else None,
        since=Text(since) if since else None,
        counts=tuple(_counts(since, rows)),
        added=tuple(_added(record, since, rows)),
        changes=changes_of(record, [row for row in rows if row["kind"] != "row_added"]),
    )


def _counts(since: str, rows: Sequence[Row]) -> Iterator[Count]:
    for grade in GRADES:
        count = sum(row["grade"] == grade for row in rows)
        if count:
            sql = f"select count(*) from changelog where since = '{since}' and grade = '{grade}'"
            formula = N_("Changes of this grade since the release.")
            fact = number_fact("changes", f"grade/{grade}", since, count, sql, formula)
            yield Count(grade, "", fact)


def _added(record: Record, since: str, rows: Sequence[Row]) -> Iterator[Count]:
    """Rows added, by table, in the order of the tables."""
    found = [str(row["table"]) for row in rows if row["kind"] == "row_added"]
    for name in dict.fromkeys([*record.tables, *found]):
        if count := found.count(name):
            sql = (
                f"select count(*) from changelog where since = '{since}' and kind = 'row_added'"
                f" and \"table\" = '{name}'"
            )
            formula = N_("Rows added to the table since the release.")
            fact = number_fact("rows_added", f"table/{name}", since, count, sql, formula)
            yield Count(name, _title(record, name), fact)


def of_schools(record: Record) -> Told:
    """What changed of each school, newest first, without rows that are new and other words."""
    found: dict[str, list[Row]] = {}
    for row in record.rows.get(NAME, ()):
        if row["kind"] not in ADDED and row["grade"] != "wording":
            for school in str(row["school_ids"] or "").split():
                found.setdefault(school, []).append(row)
    return {
        school: changes_of(record, sorted(own, key=lambda row: str(row["since"]), reverse=True))
        for school, own in found.items()
    }


def changes_of(record: Record, rows: Iterable[Row]) -> tuple[Change, ...]:
    """The views of changes, those that break something first, then as they are given."""
    ordered = sorted(rows, key=lambda row: GRADES.index(str(row["grade"])))
    return tuple(_change(record, row) for row in ordered)


def _change(record: Record, row: Row) -> Change:
    name, kind = str(row["table"]), str(row["kind"])
    source = str(row["source_id"] or "")
    gone = kind == "row_removed" and name == "schools"
    return Change(
        id=str(row["change_id"]),
        table=_title(record, name),
        table_name=name,
        column=_column(record, name, str(row["column"] or "")),
        row=text(row, "row_key"),
        release=text(row, "release"),
        kind=kind,
        grade=str(row["grade"]),
        old=text(row, "old"),
        old_mark=str(row["old_mark"] or ""),
        new=text(row, "new"),
        new_mark=str(row["new_mark"] or ""),
        reason=str(row["reason"] or ""),
        why=words(row, "why") if row["why"] else None,
        successor=str(row["new"] or "") if gone else "",
        kept=kind == "table_gone" and name not in record.tables,
        sources=(source,) if source else (),
    )


def _title(record: Record, name: str) -> str:
    """The title of a table; of one that is gone, its name."""
    if name == FACTS:
        return N_("Computed values")
    return record.tables[name].table.title if name in record.tables else name


def _column(record: Record, name: str, column: str) -> str:
    """The title of a column; of one that is gone, its name; that of a computed value is none."""
    if name == FACTS or not column:
        return ""
    known = record.tables[name].table.columns if name in record.tables else ()
    return next((one.title for one in known if one.name == column), column)
