"""The attack on published surveys that anyone can make: all sums, all releases held, arithmetic.

What it finds is told by place and kind, never by value: a count that can be worked out must not be
printed by whoever looks for it.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.verify.flow import Flow
from generator.verify.mismatch import Mismatch
from generator.verify.published import Published, Row, read_csv, to_row

RECORD = "protection.json"
TABLE, FILE = "survey_answers", "data/survey_answers.csv"
RELEASES = "data/releases"
NO_SUM = "counts that do not add up"
WITHHELD, SIZE, ALL = "withheld", "", ("whole", "")
Block = tuple[str, str, str]  # school year, question, group
Place = tuple[str, str]  # level, school or network
Cell = tuple[Place, str]  # the last: answer, or SIZE for how many answered


@dataclass
class Counts:
    """What one edition says of one block: each cell's count, None where it is withheld."""

    cells: dict[Cell, int | None] = field(default_factory=dict)
    above: dict[Place, Place] = field(default_factory=dict)


@dataclass(frozen=True)
class Limits:
    """The least count, and the least group, that may be shown."""

    cell: int
    group: int


def check_surveys(folder: Path, published: Published) -> Iterator[Mismatch]:
    """Every count of people that what is published gives away."""
    editions = [*_released(folder)]
    if TABLE in published.tables:
        now = published.rows(TABLE).values(), published.rows("schools").values()
        editions.append((FILE, list(now[0]), list(now[1])))
    limits = _limits(published)
    held: dict[Block, Counts] = {}
    for where, rows, schools in editions:
        blocks = _blocks(rows, schools)
        yield from _recorded(folder, where)
        yield from _shown_alone(where, rows, limits)
        yield from _siblings(where, blocks)
        for block, counts in sorted(blocks.items()):
            yield from _attack(where, block, counts, limits)
            if block in held:
                yield from _across(where, block, held[block], counts, limits)
        held |= blocks


def _limits(published: Published) -> Limits:
    policy = published.section("policy")
    cell = int(policy.get("min_cell", 0))
    return Limits(cell, int(policy.get("min_group", cell)))


def _released(folder: Path) -> Iterator[tuple[str, list[Row], list[Row]]]:
    """The survey and the schools of each release, oldest first."""
    for path in sorted(folder.glob(f"{RELEASES}/*/{TABLE}.csv")):
        under = path.parent.relative_to(folder).as_posix()
        tables = [read_csv(folder, f"{under}/{name}.csv", []) for name in (TABLE, "schools")]
        rows, schools = ([to_row(t[0], cells) for cells in t[1:]] for t in tables)
        yield f"{under}/{TABLE}.csv", rows, schools


def _recorded(folder: Path, where: str) -> Iterator[Mismatch]:
    """Whether the record beside a survey is about these very rows, and says that they passed."""
    path = (folder / where).with_name(RECORD)
    digest = hashlib.sha256((folder / where).read_bytes()).hexdigest()
    try:
        record = json.loads(path.read_bytes())
        told = record["audit"]["verdict"], record["tables"][TABLE]["sha256"]
    except (OSError, ValueError, KeyError, TypeError):
        told = "", ""
    if told != ("passed", digest):
        yield Mismatch(where, "", "rows that no protection record is about")


def _blocks(rows: list[Row], schools: list[Row]) -> dict[Block, Counts]:
    networks = {row["school_id"]: row.get("network", "") for row in schools}
    found: dict[Block, Counts] = {}
    for row in rows:
        block = row["school_year"], row["question_id"], row["respondent_group"]
        place = row["level"], row["school_id"] or row["network"]
        counts = found.setdefault(block, Counts())
        counts.cells[place, row["answer"]] = _number(row["count"])
        counts.cells[place, SIZE] = _number(row["n"])
    for counts in found.values():
        places = {place for place, _ in counts.cells}
        for level, name in places:
            network = ("network", networks.get(name, ""))
            if level == "school" and network in places:
                counts.above[level, name] = network
            elif level != "whole" and ALL in places:
                counts.above[level, name] = ALL
    return found


def _number(text: str) -> int | None:
    return int(text) if text else None


def _shown_alone(where: str, rows: list[Row], limits: Limits) -> Iterator[Mismatch]:
    """What a row may not say by itself."""
    for row in rows:
        count, n = _number(row["count"]), _number(row["n"])
        marks = {row["count_mark"] if count is None else "", row["n_mark"] if n is None else ""}
        if n != 0 and (count is not None and count < limits.cell):
            yield Mismatch(where, "", f"{row['row_id']}: a small count is shown")
        if n and n < limits.group:
            yield Mismatch(where, "", f"{row['row_id']}: a small group is shown")
        if row["share"] and (count is None or n is None):
            yield Mismatch(where, "", f"{row['row_id']}: a share without its count")
        if not marks <= {"", WITHHELD} or (count is None and not row["count_mark"]):
            yield Mismatch(where, "", f"{row['row_id']}: a count without value or mark")


def _siblings(where: str, blocks: Mapping[Block, Counts]) -> Iterator[Mismatch]:
    """The same people answer all questions of a year: one must not tell how many answered another.

    A group that nobody answered for may be said to be empty.
    """
    told: dict[tuple[str, str, Place], set[bool]] = {}
    for (year, _, group), counts in blocks.items():
        for (place, answer), value in counts.cells.items():
            if answer == SIZE and value != 0:
                told.setdefault((year, group, place), set()).add(value is None)
    for (year, group, place), both in sorted(told.items()):
        if len(both) > 1:
            what = "how many answered is withheld in one question, shown in another"
            yield Mismatch(where, "", f"{_named(place)}, {year}, {group}: {what}")


def _attack(where: str, block: Block, counts: Counts, limits: Limits) -> Iterator[Mismatch]:
    hidden = [cell for cell, value in sorted(counts.cells.items()) if value is None]
    flow = _network(counts, hidden)
    if not flow.fits:
        yield Mismatch(where, "", f"{', '.join(block)}: {NO_SUM}")
        return
    for arc, (place, answer) in enumerate(hidden):
        cell = f"{', '.join((*block, _named(place), answer or 'how many answered'))}"
        if not flow.varies(arc):
            yield Mismatch(where, "", f"{cell}: can be worked out")
        elif not flow.reaches(arc, limits.cell):
            yield Mismatch(where, "", f"{cell}: can be proved to be small")


def _network(counts: Counts, hidden: list[Cell]) -> Flow:
    """Nodes are the sums that tie cells together: of an answer over the children of a place, of the
    answers of a school, of those who answered; the last is the world outside."""
    children = set(counts.above.values())
    nodes: dict[tuple[Place, str] | None, int] = {None: 0}

    def node(place: Place | None, answer: str) -> int:
        return 0 if place is None else nodes.setdefault((place, answer), len(nodes))

    def ends(cell: Cell) -> tuple[int, int]:
        place, answer = cell
        above = counts.above.get(place)
        if answer == SIZE:
            return node(place, SIZE), node(above, SIZE)
        own = node(place, answer if place in children else SIZE)
        return node(above, answer), own

    arcs = {cell: ends(cell) for cell in counts.cells}
    needs = [0] * len(nodes)
    for cell, value in counts.cells.items():
        tail, head = arcs[cell]
        needs[tail] += value or 0
        needs[head] -= value or 0
    return Flow(needs, [arcs[cell] for cell in hidden])


def _across(
    where: str, block: Block, old: Counts, new: Counts, limits: Limits
) -> Iterator[Mismatch]:
    """What two editions say together: small changes, and counts that one of them shows."""
    both = {
        cell: (old.cells[cell], value)
        for cell, value in new.cells.items()
        if value is not None and old.cells.get(cell) is not None
    }
    changed = False
    for (place, answer), (before, after) in sorted(both.items()):
        change = abs((after or 0) - (before or 0))
        changed |= change > 0
        if 0 < change < limits.cell:
            cell = f"{', '.join((*block, _named(place), answer or 'how many answered'))}"
            yield Mismatch(where, "", f"{cell}: changed by few people since an older release")
    if not changed and old.cells.keys() == new.cells.keys() and old.above == new.above:
        joined = {c: old.cells[c] if v is None else v for c, v in new.cells.items()}
        if joined not in (new.cells, old.cells):
            both_ways = replace(new, cells=joined)
            found = [*_attack(where, block, both_ways, limits)]
            # Counts that do not add up are of different people: together they prove nothing.
            yield from (one for one in found if not one.what.endswith(NO_SUM))


def _named(place: Place) -> str:
    level, name = place
    return f"{level} {name}".strip()
