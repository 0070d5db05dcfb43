"""The releases in their order, and what stands after the last: what changed from each to the next.

Where a school got another id, rows about it stay what they are: the older tables are read with the
new id, so that the change is told once, at the school, and not at each of its rows.
"""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from generator.diff import Change, Tables, compare
from generator.downloads import to_csv
from generator.downloads.lines import line
from generator.model import Record, Release
from generator.release import FACTS, PACKAGE, columns
from generator.tables import BY_NAME, DERIVED

SCHOOLS, SCHOOL = "schools", "schools.school_id"
REASONS = "changes"
# Tables about changes: comparing them would tell each change once more.
UNTOLD = frozenset({REASONS, *(table.name for table in DERIVED)})

Said = tuple[str, str]  # value and mark of a fact


@dataclass(frozen=True)
class Span:
    """From the release `since` to `release` ("" for what is in none yet): the tables of both, all
    changes, and the values of facts that both have and that differ, old and new, by their ids;
    None where those of the newer side are not known yet."""

    since: str
    release: str
    old: Tables
    new: Tables
    changes: tuple[Change, ...]
    facts: Mapping[str, tuple[Said, Said]] | None


def spans(
    releases: Sequence[Release], live: Tables, ids: Mapping[str, Mapping[str, str]]
) -> Iterator[Span]:
    """A span for each release; `ids` are the new ids of schools by the old ones, by `since`."""
    tables = [*(tables_of(one) for one in releases), live]
    facts = [facts_of(one) for one in releases]
    for at, (old, new) in enumerate(pairwise(tables)):
        since = releases[at].id
        moved = with_ids(old, ids.get(since, {}))
        is_last = at + 1 == len(releases)
        changed = None if is_last else other_values(facts[at], facts[at + 1])
        release = "" if is_last else releases[at + 1].id
        yield Span(since, release, old, new, tuple(compare(moved, new)), changed)


def live_tables(record: Record) -> Tables:
    """The tables as the build publishes them now."""
    told = {name: one for name, one in record.tables.items() if name not in UNTOLD}
    files = {name: to_csv(one.frame, one.table) for name, one in told.items()}
    return Tables(files, {name: one.table.key for name, one in told.items()})


def tables_of(release: Release) -> Tables:
    """The tables of a release, as its own description names them."""
    files = {file.path: file.content for file in release.files}
    resources = package_of(release).get("resources", [])
    keys = {str(one["name"]): tuple(one["schema"]["primaryKey"]) for one in resources}
    told = [name for name in keys if name not in UNTOLD and f"{name}.csv" in files]
    return Tables({name: files[f"{name}.csv"] for name in told}, keys)


def package_of(release: Release) -> dict[str, list[dict[str, dict[str, list[str]]]]]:
    """A release's datapackage.json, empty where it has none."""
    found = (file.content for file in release.files if file.path == PACKAGE)
    package: dict[str, list[dict[str, dict[str, list[str]]]]] = json.loads(next(found, b"{}"))
    return package


def facts_of(release: Release) -> Mapping[str, Said]:
    """Value and mark of each fact of a release, by its id."""
    files = (file.content for file in release.files if file.path == FACTS)
    return {
        fact: (value, mark)
        for content in files
        for fact, value, mark in columns(content, "id", "value", "mark")
    }


def other_values(
    old: Mapping[str, Said], new: Mapping[str, Said]
) -> Mapping[str, tuple[Said, Said]]:
    """Facts that both sides have and that differ."""
    return {fact: (old[fact], said) for fact, said in new.items() if old.get(fact, said) != said}


def with_ids(tables: Tables, ids: Mapping[str, str]) -> Tables:
    """The tables with other ids of schools in all that refers to schools."""
    if not ids:
        return tables
    files = {
        name: _with_ids(content, referring(name), ids) for name, content in tables.files.items()
    }
    return Tables(files, tables.keys)


def referring(table: str) -> frozenset[str]:
    """The columns of a table that hold the id of a school which stands in another."""
    declared = BY_NAME.get(table)
    found = declared.columns if declared else ()
    return frozenset(one.name for one in found if one.kind == "id" and one.refers == SCHOOL)


def _with_ids(content: bytes, names: frozenset[str], ids: Mapping[str, str]) -> bytes:
    if not names:
        return content
    header, *rows = csv.reader(io.StringIO(content.decode(), newline=""))
    places = [at for at, name in enumerate(header) if name in names]
    for row in rows:
        for at in places:
            row[at] = ids.get(row[at], row[at])
    return "".join(map(line, [header, *rows])).encode()
