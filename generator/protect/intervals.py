"""What anyone can work out: the least and the greatest count that each hidden cell can have.

    python -m generator.protect.intervals CASE.json

prints {cell: {"interval": [low, high], "exact": bool, "covers": bool}} for every hidden cell, null
where there is no bound. Bounds are exact over whole numbers from 0 that keep every relation. A cell
covers where it can be 0 and can be at least threshold_n (10 where the case names none).
"""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import ceil

from generator.errors import InputError, Problem
from generator.protect import command
from generator.protect.cases import Case, parse
from generator.protect.relations import Relations, Row, islands, left_over
from generator.protect.solver import INFINITY, NEAR, Program

UP, DOWN = 1, -1


@dataclass(frozen=True)
class Interval:
    """The least and the greatest count; None: as many as one likes."""

    low: int
    high: int | None

    @property
    def exact(self) -> bool:
        """Whether the count can be worked out."""
        return self.low == self.high

    def covers(self, min_cell: int) -> bool:
        """Whether 0 is possible and so is `min_cell` or more."""
        return self.low == 0 and (self.high is None or self.high >= min_cell)


def intervals(
    relations: Relations, shown: Mapping[int, int], wanted: Iterable[int] | None = None
) -> dict[int, Interval]:
    """The interval of each wanted hidden cell (all of them where none is named), in cell order.

    `shown` has the count of every cell that is not hidden. Raises `InputError` where no counts at
    all keep the relations.
    """
    hidden = [cell for cell in range(len(relations.ids)) if cell not in shown]
    asked = set(hidden if wanted is None else wanted)
    rows = sorted(set(left_over(relations.rows, shown)), key=lambda row: row.terms)
    found: dict[int, Interval] = {}
    for cells, tied in islands(hidden, rows):
        targets = [cell for cell in cells if cell in asked]
        if targets:
            found.update(_Island(cells, tied).intervals(targets))
    return dict(sorted(found.items()))


class _Island:
    """Hidden cells tied to one another. Every whole point found narrows what is left to ask."""

    def __init__(self, cells: list[int], rows: list[Row]) -> None:
        self.place = {cell: place for place, cell in enumerate(cells)}
        self.rows = [
            Row(tuple((self.place[cell], factor) for cell, factor in row.terms), row.low, row.high)
            for row in rows
        ]
        self.loose = self._program(integer=False)
        self.points: list[tuple[int, ...]] = []

    def _program(self, integer: bool) -> Program:
        size = len(self.place)
        return Program([0.0] * size, [(0.0, INFINITY)] * size, self.rows, integer)

    def intervals(self, cells: Iterable[int]) -> Iterator[tuple[int, Interval]]:
        for cell in cells:
            place = self.place[cell]
            low, high = self._end(place, DOWN), self._end(place, UP)
            yield cell, Interval(-low if low else 0, high)

    def _end(self, place: int, way: int) -> int | None:
        """The greatest way × count; None where there is none.

        First among all numbers, and among whole ones only where that leaves a doubt.
        """
        bound = self._best(self.loose, place, way)
        if bound is None or any(way * point[place] >= bound for point in self.points):
            return bound
        return self._best(self._program(integer=True), place, way)

    def _best(self, program: Program, place: int, way: int) -> int | None:
        program.price(place, -float(way))
        try:
            answer = program.solve()
        except OverflowError:
            return None
        finally:
            program.price(place, 0.0)
        if answer is None:
            raise InputError([_contradiction()])
        point = answer.whole()
        if point and all(row.holds(point) for row in self.rows):
            self.points.append(point)
        return -ceil(answer.worth - NEAR)


def _contradiction() -> Problem:
    hint = "Some count, fact or relation in it is wrong."
    return Problem("case", 0, "", "no counts that fit what is shown", "some that do", hint)


def shown_cells(case: Case) -> dict[int, int]:
    """What a reader of the case sees."""
    return {
        cell: value
        for cell, value in enumerate(case.values)
        if value is not None and cell not in case.hidden
    }


def answer(text: str) -> str:
    """The intervals of a case, both as JSON."""
    case = parse(text)
    found = intervals(case.relations, shown_cells(case))
    rows = {
        case.relations.ids[cell]: {
            "interval": [interval.low, interval.high],
            "exact": interval.exact,
            "covers": interval.covers(case.min_cell),
        }
        for cell, interval in found.items()
    }
    return json.dumps(rows, ensure_ascii=False)


if __name__ == "__main__":
    sys.exit(command.run(answer))
