"""Schools side by side: those of one area, of one network, or all; only like beside like."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.model import Record, Row, Text
from generator.views import Vote, vote_view
from generator.views.comparable import DECISIONS, Kind, by_kind
from generator.views.schools import Year, years_of
from generator.views.site import Listed

FEWEST = 2  # schools that can stand side by side


@dataclass(frozen=True)
class Side:
    """A school's decision beside those of others."""

    school: Listed
    vote: Vote


@dataclass(frozen=True)
class Comparison:
    """The decisions of one round on one question by one kind of voters ("decisions" for councils
    and those who stood in for one, else the body), by school; `without` are the schools that have
    none on record, which is why they are not beside the others."""

    cycle: str
    year: Text
    question: Text | None
    voters: str
    sides: tuple[Side, ...]
    without: tuple[Listed, ...]


@dataclass(frozen=True)
class Group:
    """Schools with a record that are set side by side; `name` None for all of them."""

    path: str
    name: Text | None
    schools: tuple[Listed, ...]
    comparisons: tuple[Comparison, ...]
    years: tuple[Text, ...]
    rosters: tuple[tuple[Listed, tuple[Year, ...]], ...]


def groups(record: Record, listed: Sequence[Listed]) -> Iterator[Group]:
    """All schools with a record, then those of each area and each network that has two or more."""
    known = [school for school in listed if school.record]
    yield group(record, "compare/", None, known)
    for kind in ("area", "network"):
        of: dict[str, list[Listed]] = {}
        for school in known:
            name = school.area if kind == "area" else school.network
            if isinstance(name, Text):
                of.setdefault(name.value, []).append(school)
        for words in sorted(name for name, found in of.items() if len(found) >= FEWEST):
            path = f"compare/{kind}-{place(kind, words, of[words])}/"
            yield group(record, path, Text(words), of[words])


def place(kind: str, words: str, schools: Sequence[Listed]) -> str:
    """The name of a group in its address: an area's number, a network's name in plain letters."""
    plain = re.sub(r"[^a-z0-9]+", "-", words.casefold()).strip("-")
    return schools[0].area_id if kind == "area" else plain or "other"


def group(record: Record, path: str, name: Text | None, schools: Sequence[Listed]) -> Group:
    """These schools side by side, the newest round first."""
    units = {school.id: record.units_of_school.get(school.id, ()) for school in schools}
    owners: dict[str, list[Listed]] = {}
    for school in schools:
        for unit in units[school.id]:
            owners.setdefault(unit, []).append(school)
    votes = [row for unit in owners for row in record.by_unit["votes"].get(unit, ())]
    cycles = sorted({str(row["cycle"]) for row in votes if row["decides"]}, reverse=True)
    found = [
        comparison(record, cycle, kind, rows, owners, schools)
        for cycle in cycles
        for kind, rows in by_kind(
            row for row in votes if row["decides"] and row["cycle"] == cycle
        ).items()
    ]
    return Group(
        path, name, tuple(schools), tuple(found), tuple(map(Text, record.program_years)),
        tuple((one, tuple(years_of(record, units[one.id], {}))) for one in schools),
    )  # fmt: skip


def comparison(
    record: Record, cycle: str, kind: Kind, rows: Sequence[Row],
    owners: dict[str, list[Listed]], schools: Sequence[Listed],
) -> Comparison:  # fmt: skip
    """The decisions of one kind, by the names of the schools."""
    question, voters = kind
    sides = [
        Side(school, vote_view(record, row)) for row in rows for school in owners[row["unit_id"]]
    ]
    having = {side.school.id for side in sides}
    title = record.questions.get(question, {}).get("title")
    return Comparison(
        cycle, Text(cycle), Text(str(title)) if title else None,
        "" if voters == DECISIONS else voters,
        tuple(sorted(sides, key=lambda side: (side.school.name.value.casefold(), side.vote.id))),
        tuple(school for school in schools if school.id not in having),
    )  # fmt: skip
