"""Witnesses: other counts that would fit all that is published just as well as the true ones.

A goal asks that a cell could be 0, or could reach the limit. Its witness is a change of counts that
reaches the goal and keeps every relation. Hiding the cells it changes protects the cell, and the
change is the proof.
"""

from collections.abc import Collection, Mapping, Sequence

from generator.protect.relations import Row
from generator.protect.solver import INFINITY, Program
from generator.protect.table import Change, Goal, Table


class Seeker:
    """Finds the cheapest change for a goal.

    One program serves all goals: a column for each cell going up and one for each going down, so
    that its price is paid either way.
    """

    def __init__(self, table: Table, prices: Sequence[float]) -> None:
        self.size = len(table.values)
        self.relations, self.values = table.relations, table.values
        self.prices = [float(price) for price in prices]
        self.tops = [INFINITY] * self.size + [float(value) for value in self.values]
        self.highs = list(self.tops)
        self.rows = [_both_ways(row, self.values, self.size) for row in self.relations.rows]
        self.program = self._program(integer=False)
        self.fix(table.open)

    def _program(self, integer: bool) -> Program:
        bounds = [(0.0, high) for high in self.highs]
        return Program([*self.prices, *self.prices], bounds, self.rows, integer)

    def fix(self, cells: Collection[int]) -> None:
        """These cells don't change."""
        self._limit(cells, [0.0] * len(self.tops))

    def free(self, cells: Collection[int]) -> None:
        """These cells may change again."""
        self._limit(cells, self.tops)

    def _limit(self, cells: Collection[int], highs: Sequence[float]) -> None:
        for cell in sorted(cells):
            for column in (cell, self.size + cell):
                self.highs[column] = highs[column]
                self.program.bound(column, 0.0, highs[column])

    def price(self, prices: Mapping[int, float]) -> None:
        """What a unit of change costs in these cells."""
        for cell, price in prices.items():
            if self.prices[cell] != price:
                self.prices[cell] = price
                self.program.price(cell, price)
                self.program.price(self.size + cell, price)

    def seek(self, goal: Goal) -> Change | None:
        """The cheapest change that reaches the goal, in cell order; None where none does.

        Cells tied in three ways can give half units; then whole ones are asked for.
        """
        change = self._ask(self.program, goal)
        if change == ():
            change = self._ask(self._program(integer=True), goal)
        return change or None

    def _ask(self, program: Program, goal: Goal) -> Change | None:
        """() where the best change is not one of whole numbers."""
        wanted, other = goal.cell, self.size + goal.cell
        if goal.amount < 0:
            wanted, other = other, wanted
        if self.highs[wanted] < abs(goal.amount):
            return None
        program.bound(wanted, abs(goal.amount), self.highs[wanted])
        program.bound(other, 0.0, 0.0)
        answer = program.solve()
        program.bound(wanted, 0.0, self.highs[wanted])
        program.bound(other, 0.0, self.highs[other])
        if answer is None:
            return None
        whole = answer.whole()
        if whole is None:
            return ()
        change = tuple(
            (cell, whole[cell] - whole[self.size + cell])
            for cell in range(self.size)
            if whole[cell] != whole[self.size + cell]
        )
        return change if self.fits(change) else ()

    def fits(self, change: Change) -> bool:
        """Whether the changed counts are counts and keep every relation, in whole numbers."""
        world = list(self.values)
        for cell, amount in change:
            world[cell] += amount
        return min(world, default=0) >= 0 and not self.relations.broken(world)


def _both_ways(row: Row, values: Sequence[int], size: int) -> Row:
    """The row about counts as a row about their changes up (first) and down (behind)."""
    now = sum(factor * values[cell] for cell, factor in row.terms)
    return Row(
        (*row.terms, *((size + cell, -factor) for cell, factor in row.terms)),
        None if row.low is None else row.low - now,
        None if row.high is None else row.high - now,
    )
