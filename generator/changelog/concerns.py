"""Which schools a change is about, by the row's own id, its decision unit, or its vote."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.changelog.reasons import ABOUT_FACTS
from generator.changelog.spans import Span
from generator.diff import Change, Row, Tables

SUBJECT = re.compile(r"\.(school|unit)/([^.]+)\.")
OF_VOTES = frozenset({"votes", "vote_counts"})  # their keys begin with that of a vote


@dataclass(frozen=True)
class Concerns:
    """The schools of each unit and the unit of each vote, on both sides; the schools that there are
    now, and the ids that others got in place of their own."""

    schools: Mapping[str, frozenset[str]]
    units: Mapping[str, str]
    there: frozenset[str]
    ids: Mapping[str, str]

    def of(self, change: Change) -> tuple[str, ...]:
        """The ids of the schools that a change is about, sorted."""
        rows = [row for row in (change.before, change.after) if row]
        found = {school for row in rows for school in self._of_row(change.table, row)}
        if change.table == ABOUT_FACTS:
            found = set(self._of_fact(change.row_key))
        return tuple(sorted({successor(one, self.ids) for one in found} & self.there))

    def _of_row(self, table: str, row: Row) -> Iterator[str]:
        if school := row.get("school_id"):
            yield school
            return
        vote = row.get("vote_id", "")
        if not vote and row.get("table") in OF_VOTES:  # another reading of a vote's cell
            vote = row.get("row_key", "").partition(".")[0]
        unit = row.get("unit_id") or self.units.get(vote, "")
        yield from self.schools.get(unit, ())

    def _of_fact(self, fact: str) -> Iterator[str]:
        found = SUBJECT.search(fact)
        if found and found[1] == "school":
            yield found[2]
        elif found:
            yield from self.schools.get(found[2], ())


def successor(school: str, ids: Mapping[str, str]) -> str:
    """The id that a school has now, after all that it had before."""
    seen: set[str] = set()
    while school in ids and school not in seen:
        seen.add(school)
        school = ids[school]
    return school


def concerns(span: Span, there: frozenset[str], ids: Mapping[str, str]) -> Concerns:
    """What both sides of a span say of units and votes; of a vote, the newer one."""
    schools: dict[str, set[str]] = {}
    units: dict[str, str] = {}
    for side in (span.old, span.new):
        for unit, school in _pairs(side, "unit_schools", "unit_id", "school_id"):
            schools.setdefault(unit, set()).add(school)
        units.update(_pairs(side, "votes", "vote_id", "unit_id"))
    return Concerns({unit: frozenset(found) for unit, found in schools.items()}, units, there, ids)


def _pairs(tables: Tables, name: str, one: str, other: str) -> Iterator[tuple[str, str]]:
    rows = csv.DictReader(io.StringIO(tables.files.get(name, b"").decode(), newline=""))
    for row in rows:
        yield row.get(one, ""), row.get(other, "")
