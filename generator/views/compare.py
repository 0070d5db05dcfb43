"""Schools side by side: those of one area, of one network, or all; only like beside like."""

import hashlib
import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.facts import words
from generator.model import Fact, Record, Row, Text
from generator.views import Vote
from generator.views.comparable import DECISIONS, Kind, by_kind
from generator.views.schools import years_of
from generator.views.site import Listed

FEWEST = 2  # schools that can stand side by side
DIGITS = 6  # that tell addresses apart: a sixteen-millionth chance that two are the same


@dataclass(frozen=True)
class Side:
    """A school's decision beside those of others."""

    id: str
    name: Text
    vote: Vote


@dataclass(frozen=True)
class Standing:
    """Whether a school was in the program in a year; no `status` once the program is over."""

    code: str
    status: Fact | None


@dataclass(frozen=True)
class Posted:
    """A school with its standing, year by year."""

    id: str
    name: Text
    years: tuple[Standing, ...]


@dataclass(frozen=True)
class Known:
    """All that groups are made of. Most schools stand in three of them: their views are made
    once. `sides` are by the vote's id, one for each school that it was about."""

    record: Record
    sides: Mapping[str, tuple[Side, ...]]
    rosters: Mapping[str, Posted]


@dataclass(frozen=True)
class Comparison:
    """The decisions of one round on one question by one kind of voters ("decisions" for councils
    and those who stood in for one, else the body), by school; `without` are the schools that have
    none on record, which is why they are not beside the others."""

    cycle: str
    year: Text
    question_id: str
    question: Text | None
    voters: str
    sides: tuple[Side, ...]
    without: tuple[Listed, ...]


@dataclass(frozen=True)
class Group:
    """Schools with a record that are set side by side: those of an "area" or a "network", or all of
    them (`kind` "", `name` None)."""

    kind: str
    path: str
    name: Text | None
    schools: tuple[Listed, ...]
    comparisons: tuple[Comparison, ...]
    years: tuple[Text, ...]
    rosters: tuple[Posted, ...]


def groups(
    record: Record, listed: Sequence[Listed], decided: Mapping[str, Vote]
) -> Iterator[Group]:
    """All schools with a record, then those of each area and each network that has two or more;
    `decided` are the decisions by their ids."""
    schools = [school for school in listed if school.record]
    known = Known(
        record, sides_of(record, schools, decided), {one.id: posted(record, one) for one in schools}
    )
    yield group(known, "", "compare/", None, schools)
    for kind in ("area", "network"):
        of: dict[str, list[Listed]] = {}
        for school in schools:
            name = school.area if kind == "area" else school.network
            if isinstance(name, Text):
                of.setdefault(name.value, []).append(school)
        taken: set[str] = set()
        for key in sorted(name for name, found in of.items() if len(found) >= FEWEST):
            own = of[key][0].area_id if kind == "area" else place(key, taken)
            taken.add(own)
            yield group(known, kind, f"compare/{kind}-{own}/", Text(key), of[key])


def sides_of(
    record: Record, schools: Sequence[Listed], decided: Mapping[str, Vote]
) -> dict[str, tuple[Side, ...]]:
    """The decisions of these schools, by the vote's id."""
    found: dict[str, tuple[Side, ...]] = {}
    for school in schools:
        for row in deciding(record, school.id):
            vote = decided[str(row["vote_id"])]
            found[vote.id] = (*found.get(vote.id, ()), Side(school.id, school.name, vote))
    return found


def deciding(record: Record, school_id: str) -> Iterator[Row]:
    """The rows of the decisions of a school's units."""
    for unit in record.units_of_school.get(school_id, ()):
        yield from (row for row in record.by_unit["votes"].get(unit, ()) if row["decides"])


def posted(record: Record, school: Listed) -> Posted:
    """A school's standing in each year of the program."""
    years = years_of(record, record.units_of_school.get(school.id, ()), {})
    standings = tuple(
        Standing(year.code, year.rosters[0].status if year.rosters else year.absent)
        for year in years
    )
    return Posted(school.id, school.name, standings)


def place(name: str, taken: Container[str]) -> str:
    """A network's name in an address, in plain letters. Where letters are lost on the way, or
    another name has come to the same, a few digits tell it from others; they stay from build to
    build."""
    folded = name.casefold()
    plain = re.sub(r"[^a-z0-9]+", "-", folded).strip("-")
    lost = any(letter.isalnum() and not letter.isascii() for letter in folded)
    if plain and not lost and plain not in taken:
        return plain
    digits = hashlib.sha256(name.encode()).hexdigest()[:DIGITS]
    return f"{plain}-{digits}".lstrip("-")


def group(
    known: Known, kind: str, path: str, name: Text | None, schools: Sequence[Listed]
) -> Group:
    """These schools side by side, the newest round first."""
    record = known.record
    rows = {str(r["vote_id"]): r for one in schools for r in deciding(record, one.id)}
    by_cycle: dict[str, list[Row]] = {}
    for row in rows.values():
        by_cycle.setdefault(str(row["cycle"]), []).append(row)
    found = [
        comparison(known, cycle, asked, [str(row["vote_id"]) for row in alike], schools)
        for cycle in sorted(by_cycle, reverse=True)
        for asked, alike in by_kind(by_cycle[cycle]).items()
    ]
    return Group(
        kind, path, name, tuple(schools), tuple(found), tuple(map(Text, record.program_years)),
        tuple(known.rosters[one.id] for one in schools),
    )  # fmt: skip


def comparison(
    known: Known, cycle: str, kind: Kind, votes: Sequence[str], schools: Sequence[Listed]
) -> Comparison:
    """The decisions of one kind, by the names of the schools."""
    question, voters = kind
    ids = {school.id for school in schools}
    sides = [side for vote in votes for side in known.sides[vote] if side.id in ids]
    having = {side.id for side in sides}
    asked = known.record.questions.get(question)
    return Comparison(
        cycle, Text(cycle), question, words(asked, "title") if asked else None,
        "" if voters == DECISIONS else voters,
        tuple(sorted(sides, key=lambda side: (side.name.value.casefold(), side.vote.id))),
        tuple(school for school in schools if school.id not in having),
    )  # fmt: skip
