"""changelog.csv against the releases on the site and its live tables, compared cell by cell.

Here rows are dictionaries and every cell is looked at; nothing cancels out unread.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from generator.verify.files import RELEASES
from generator.verify.mismatch import Mismatch
from generator.verify.published import Published, Row, keys_of_package, read_csv, to_row

CHANGELOG, REASONS, FACTS = "changelog", "changes", "facts"
UNTOLD = (CHANGELOG, REASONS)
WHERE = f"data/{CHANGELOG}.csv"
MARK = "_mark"
NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
SUBJECT = re.compile(r"\.(school|unit)/([^.]+)\.")
GRADES = {
    "new_data": "addition",
    "source_revised": "correction",
    "our_error": "correction",
    "method": "correction",
}
Place = tuple[str, str, str]  # table, row, column


@dataclass(frozen=True)
class Side:
    """The tables of a release, or of today (release ""): rows by key, columns, and what facts said
    (value and mark)."""

    release: str
    rows: Mapping[str, Mapping[str, Row]]
    headers: Mapping[str, Sequence[str]]
    facts: Mapping[str, Row]


@dataclass
class Found:
    """A change as it has to be told; `rows` are those before and after."""

    kind: str
    cells: tuple[str, str, str, str] = ("", "", "", "")
    rows: list[Row] = field(default_factory=list)


def check_changes(folder: Path, published: Published) -> Iterator[Mismatch]:
    """Every line that is missing, is one too many, or says something else than the tables do."""
    wrong: list[Mismatch] = []
    names = sorted(path.parent.name for path in (folder / RELEASES).glob("*/datapackage.json"))
    # Of no use without a release to compare with, and of a country's schools half a gigabyte.
    facts = _facts(folder, "data", wrong) if names else {}
    live = Side("", *_told(published.tables, published.headers), facts)
    sides = [*(frozen(folder, name, wrong) for name in names), live]
    expected: dict[str, Row] = {}
    for old, new in pairwise(sides):
        for place, found in compare(old, new, published).items():
            row = told(old, new, place, found, published)
            expected[row["change_id"]] = row
        wrong += unexplained_facts(old, new, published)
    given = published.rows(CHANGELOG)
    for key in sorted(expected.keys() | given.keys()):
        if key not in expected:
            wrong.append(Mismatch(WHERE, "", key, "a change that did not happen"))
        elif key not in given:
            wrong.append(Mismatch(WHERE, "", key, "no line", "a line of this change"))
        else:
            wrong += differences(key, given[key], expected[key])
    yield from wrong


def differences(key: str, given: Row, expected: Row) -> Iterator[Mismatch]:
    """The cells of a line that say something else."""
    for name, cell in expected.items():
        if given.get(name, "") != cell:
            yield Mismatch(WHERE, "", f"{key}.{name}", given.get(name, ""), cell)


def frozen(folder: Path, release: str, wrong: list[Mismatch]) -> Side:
    """The tables of a release as they stand on the site."""
    under = f"{RELEASES}/{release}"
    rows: dict[str, Mapping[str, Row]] = {}
    headers: dict[str, Sequence[str]] = {}
    for name, key in keys_of_package(folder, under).items():
        header, *body = read_csv(folder, f"{under}/{name}.csv", wrong) or [[]]
        found = [to_row(header, cells) for cells in body if cells]
        rows[name] = {".".join(row.get(part, "") for part in key): row for row in found}
        headers[name] = header
    return Side(release, *_told(rows, headers), _facts(folder, under, wrong))


def _told(
    rows: Mapping[str, Mapping[str, Row]], headers: Mapping[str, Sequence[str]]
) -> tuple[Mapping[str, Mapping[str, Row]], Mapping[str, Sequence[str]]]:
    names = [name for name in rows if name not in UNTOLD]
    return {name: rows[name] for name in names}, {name: headers[name] for name in names}


def _facts(folder: Path, under: str, wrong: list[Mismatch]) -> Mapping[str, Row]:
    header, *body = read_csv(folder, f"{under}/facts.csv", wrong) or [[]]
    rows = (to_row(header, cells) for cells in body)
    return {row.get("id", ""): row for row in rows}


def compare(old: Side, new: Side, published: Published) -> dict[Place, Found]:
    """All that changed from one side to the next."""
    found: dict[Place, Found] = {}
    for table in old.rows.keys() | new.rows.keys():
        if table not in new.rows:
            found[table, "", ""] = Found("table_gone")
        elif table not in old.rows:
            found[table, "", ""] = Found("table_added")
        else:
            found |= compare_columns(table, old.headers[table], new.headers[table])
            found |= compare_rows(table, old, new, published)
    for row in published.rows(REASONS).values():
        if (row["since"], row["table"]) == (old.release, FACTS):
            fact = row["row_key"]
            cells = (*_said(old.facts.get(fact, {})), *_said(new.facts.get(fact, {})))
            found[FACTS, fact, "value"] = Found("value_changed", cells)
    return found


def _said(row: Row) -> tuple[str, str]:
    return row.get("value", ""), row.get("mark", "")


def compare_columns(table: str, old: Sequence[str], new: Sequence[str]) -> dict[Place, Found]:
    """Columns of one side alone; a mark goes with its column."""
    found = {}
    for kind, some, others in (("column_gone", old, new), ("column_added", new, old)):
        own = set(some).difference(others)
        for name in own:
            if not (name.endswith(MARK) and name.removesuffix(MARK) in own):
                found[table, "", name] = Found(kind)
    return found


def compare_rows(table: str, old: Side, new: Side, published: Published) -> dict[Place, Found]:
    """Rows of one side alone, and cells that differ; schools under the ids that they have now."""
    names = [name for name in new.headers[table] if name in old.headers[table]]
    before = renamed(table, old, new.release, published)
    after = new.rows[table]
    found: dict[Place, Found] = {}
    for key in before.keys() | after.keys():
        if key not in after:
            found[table, key, ""] = Found("row_removed", rows=[before[key]])
        elif key not in before:
            found[table, key, ""] = Found("row_added", rows=[after[key]])
        elif before[key] != after[key]:
            rows = before[key], after[key]
            for name in names:
                if name.endswith(MARK) and name.removesuffix(MARK) in names:
                    continue
                cells = tuple(row.get(part, "") for row in rows for part in (name, name + MARK))
                if name + MARK not in names:
                    cells = rows[0][name], "", rows[1][name], ""
                one, two, three, four = cells
                if (one, two) != (three, four):
                    found[table, key, name] = Found(
                        "value_changed", (one, two, three, four), list(rows)
                    )
    return found


def renamed(table: str, old: Side, release: str, published: Published) -> Mapping[str, Row]:
    """The older rows with the ids that schools got, where they refer to schools."""
    ids = {
        row["row_key"]: row["new"] for row in published.rows(REASONS).values()
        if (row["since"], row["table"], row["column"]) == (old.release, "schools", "")
        and row["new"]
    }  # fmt: skip
    resource = published.resources.get(table)
    links = resource.links if resource else ()
    names = {name for name, target, column in links if (target, column) == ("schools", "school_id")}
    if not ids or not names or not resource:
        return old.rows[table]
    rows = [
        {name: ids.get(cell, cell) if name in names else cell for name, cell in row.items()}
        for row in old.rows[table].values()
    ]
    return {".".join(row.get(part, "") for part in resource.key): row for row in rows}


def told(old: Side, new: Side, place: Place, found: Found, published: Published) -> Row:
    """The line of a change, but for its reasons in words of other languages."""
    table, key, column = place
    reason = reason_of(old.release, place, found, published)
    one, two, three, four = found.cells
    own = found.rows[-1].get("source_id", "") if found.rows else ""
    source = reason.get("source_id") or own
    code = "/".join((old.release, table, key, column)).rstrip("/")
    return {
        "change_id": re.sub(r"[^A-Za-z0-9._:/-]", lambda one: f"_{ord(one[0]):x}_", code),
        "release": new.release, "since": old.release, "table": table, "row_key": key,
        "column": column, "kind": found.kind, "old": one, "old_mark": two,
        "new": reason.get("new", "") if found.kind == "row_removed" else three, "new_mark": four,
        "grade": grade_of(found, reason, published.column(table, column).kind),
        "reason": reason.get("reason", ""), "why": reason.get("why", ""),
        "source_id": source if source in published.rows("sources") else "",
        "school_ids": " ".join(schools_of(place, found, old, new, published)),
    }  # fmt: skip


def reason_of(since: str, place: Place, found: Found, published: Published) -> Row:
    """The line of the reasons for a change, an empty one where there is none."""
    rows = published.rows(REASONS)
    own = rows.get(".".join((since, *place)), {})
    if not own and found.kind == "value_changed":
        return rows.get(f"{since}.{place[0]}..{place[2]}", {})
    return own


def grade_of(found: Found, reason: Row, kind: str) -> str:
    """The grade that a change has to have; in words, what it lacks."""
    if found.kind in ("table_gone", "column_gone"):
        return "breaking" if reason else "a change with a reason"
    if found.kind in ("row_added", "column_added", "table_added"):
        return "addition"
    if found.kind == "row_removed" and reason.get("new"):
        return "breaking"
    if reason:
        return GRADES.get(reason["reason"], "a reason")
    old, _, new, _ = found.cells
    same = Counter(NUMBER.findall(old)) == Counter(NUMBER.findall(new))
    return "wording" if kind == "text" and new and same else "a change with a reason"


def schools_of(place: Place, found: Found, old: Side, new: Side, published: Published) -> list[str]:
    """The schools that a change is about, by its row, its unit, its vote, or its fact."""
    schools: set[str] = set()
    for row in found.rows:
        if row.get("school_id"):
            schools.add(row["school_id"])
            continue
        vote = row.get("vote_id", "")
        if not vote and row.get("table") in ("votes", "vote_counts"):
            vote = row.get("row_key", "").split(".")[0]
        schools |= of_unit(row.get("unit_id") or unit_of(vote, old, new), old, new)
    if place[0] == FACTS and (about := SUBJECT.search(place[1])):
        schools = {about[2]} if about[1] == "school" else of_unit(about[2], old, new)
    ids = successors(published)
    for _ in ids:  # as often as one can follow another
        schools = {ids.get(school, school) for school in schools}
    return sorted(schools & published.rows("schools").keys())


def successors(published: Published) -> dict[str, str]:
    """The ids that schools got in place of others."""
    return {
        row["row_key"]: row["new"]
        for row in published.rows(REASONS).values()
        if (row["table"], row["column"]) == ("schools", "") and row["new"]
    }


def of_unit(unit: str, old: Side, new: Side) -> set[str]:
    """The schools of a unit on either side."""
    rows = (row for side in (old, new) for row in side.rows.get("unit_schools", {}).values())
    return {row["school_id"] for row in rows if unit and row["unit_id"] == unit}


def unit_of(vote: str, old: Side, new: Side) -> str:
    """The unit that voted, as the newer side says it."""
    found = [side.rows.get("votes", {}).get(vote, {}) for side in (new, old)]
    return next((row["unit_id"] for row in found if row), "")


def unexplained_facts(old: Side, new: Side, published: Published) -> Iterator[Mismatch]:
    """Computed values of today that are others than in the newest release, while no table that
    they name is, and that have no line."""
    if new.release:
        return
    moved = {*UNTOLD, *(place[0] for place in compare(old, new, published))} - {FACTS}
    lines = {row["row_key"] for row in published.rows(REASONS).values() if row["table"] == FACTS}
    for fact, row in new.facts.items():
        if fact in old.facts and _said(old.facts[fact]) != _said(row) and fact not in lines:
            inputs = {address.split("/")[0] for address in row["inputs"].split()}
            if not moved & (inputs | set(re.findall(r"\w+", row["expression"]))):
                yield Mismatch(WHERE, fact, "a computed value that changed without a reason")
