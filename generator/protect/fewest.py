"""The cheapest hiding of a small table, found by asking what every hiding has to hide.

Fischetti and Salazar's way: a hiding that misses a goal tells, by the prices of the program that
tried to reach it, a set of cells of which more have to be hidden. The cheapest hiding that heeds
all that was told so far either meets the goals, and is the cheapest there is, or tells more.
"""

from collections.abc import Iterable, Sequence
from math import ceil, floor

from generator.protect.relations import Row
from generator.protect.solver import INFINITY, NEAR, Program
from generator.protect.table import Change, Goal, Hiding, Table, needed, touches
from generator.protect.witness import Seeker

ROUNDS = 120
CELLS = 400
GRAIN = 10_000


def fewest(table: Table, known: Hiding, fixed: frozenset[int]) -> Hiding | None:
    """The cheapest hiding, `fixed` being hidden anyway; None where `known` is as cheap.

    Also None for a large table, or one that tells too little in a hundred rounds.
    """
    cells = range(len(table.values))
    choice = [cell for cell in cells if cell not in fixed and cell not in table.open]
    extra = known.hidden - fixed
    if len(choice) > CELLS or not extra:
        return None
    limit = sum(table.prices[cell] for cell in extra)
    search = _Search(table, fixed, choice, known.witnesses)
    for _ in range(ROUNDS):
        cost, hidden = search.cheapest()
        if cost > limit - 1 + NEAR:
            return None
        told = search.told(hidden)
        if not told:
            return Hiding(hidden, search.proof(hidden))
        search.heed(told)
    return None


class _Search:
    def __init__(
        self, table: Table, fixed: frozenset[int], choice: list[int], changes: Iterable[Change]
    ) -> None:
        self.table, self.fixed, self.choice = table, fixed, choice
        self.changes = list(changes)
        prices = [float(table.prices[cell]) for cell in choice]
        self.master = Program(prices, [(0.0, 1.0)] * len(choice), [], integer=True)
        self.seeker = Seeker(table, [0.0] * len(table.values))
        self.rows = [_shifted(row, table.values) for row in table.relations.rows]
        self.reach = Program([0.0] * len(table.values), self._bounds(fixed), self.rows)

    def cheapest(self) -> tuple[float, frozenset[int]]:
        """The cheapest hiding that heeds all that was told, and the price of its extra cells."""
        answer = self.master.solve()
        if answer is None:  # hiding every cell meets all goals: the table was solved before
            return INFINITY, self.fixed
        chosen = [c for c, x in zip(self.choice, answer.point, strict=True) if x > 0.5]
        return answer.worth, self.fixed | frozenset(chosen)

    def told(self, hidden: frozenset[int]) -> list[Row]:
        """What the goals that this hiding misses say that others have to hide."""
        shown = [cell for cell in range(len(self.table.values)) if cell not in hidden]
        within = [change for change in self.changes if not touches(change, shown)]
        for cell, (low, high) in enumerate(self._bounds(hidden)):
            self.reach.bound(cell, low, high)
        found = []
        for goal in self.table.missed(within):
            row = self._separate(goal, hidden)
            if row is None:
                change = self._seek(goal, hidden)
                if change:
                    within.append(change)
                    self.changes.append(change)
                else:
                    row = self._no_good(hidden)
            if row:
                found.append(row)
        return found

    def heed(self, told: Iterable[Row]) -> None:
        """Take in what was told, each thing once."""
        for row in sorted(set(told), key=lambda row: row.terms):
            self.master.add(row)

    def proof(self, hidden: frozenset[int]) -> tuple[Change, ...]:
        """The changes within the hiding that its goals need."""
        shown = [cell for cell in range(len(self.table.values)) if cell not in hidden]
        within = [change for change in self.changes if not touches(change, shown)]
        return needed(self.table.goals, within)

    def _bounds(self, hidden: frozenset[int]) -> list[tuple[float, float]]:
        return [
            (-float(value), INFINITY) if cell in hidden else (0.0, 0.0)
            for cell, value in enumerate(self.table.values)
        ]

    def _seek(self, goal: Goal, hidden: frozenset[int]) -> Change | None:
        cells = range(len(self.table.values))
        self.seeker.free([cell for cell in cells if cell in hidden])
        self.seeker.fix([cell for cell in cells if cell not in hidden])
        return self.seeker.seek(goal)

    def _no_good(self, hidden: frozenset[int]) -> Row:
        """One cell more has to be hidden, whichever."""
        terms = tuple((x, 1) for x, cell in enumerate(self.choice) if cell not in hidden)
        return Row(terms, 1, None)

    def _separate(self, goal: Goal, hidden: frozenset[int]) -> Row | None:
        """What the prices say, where the goal can't be reached within the hiding; else None.

        Whatever is hidden, the goal's cell changes by no more than the sum over the relations of
        price × bound plus that over the hidden cells of price × room.
        """
        way = 1.0 if goal.amount > 0 else -1.0
        amount, values = abs(goal.amount), self.table.values
        high = amount if goal.amount > 0 else INFINITY
        self.reach.bound(goal.cell, -float(min(values[goal.cell], amount)), high)
        self.reach.price(goal.cell, -way)
        answer = self.reach.solve()
        self.reach.price(goal.cell, 0.0)
        self.reach.bound(goal.cell, -float(values[goal.cell]), INFINITY)
        if answer is None or -answer.worth > amount - NEAR:
            return None
        prices = (price for price in answer.prices)
        lacking = amount + sum(
            price * float((row.low if price > 0 else row.high) or 0)
            for row, price in zip(self.rows, prices, strict=True)
            if abs(price) > NEAR
        )
        rooms: list[float] = []
        for cell, price in enumerate(answer.reduced):
            room = float(values[cell]) if price > 0 else INFINITY
            if cell == goal.cell:
                room = amount
            rooms.append(abs(price) * room if abs(price) > NEAR else 0.0)
        lacking -= sum(rooms[cell] for cell in self.fixed)
        return self._cut([rooms[cell] for cell in self.choice], lacking)

    def _cut(self, rooms: Sequence[float], lacking: float) -> Row | None:
        """Σ room × hidden ≥ lacking, in whole numbers, no room greater than what is lacking."""
        if not NEAR < lacking < INFINITY:
            return None
        capped = [min(room, lacking) for room in rooms]
        if any(abs(x - round(x)) > NEAR for x in [*capped, lacking]):
            capped, lacking = [x * GRAIN for x in capped], lacking * GRAIN
        terms = tuple((x, ceil(room - NEAR)) for x, room in enumerate(capped) if room > NEAR)
        return Row(terms, floor(lacking + NEAR), None)


def _shifted(row: Row, values: Sequence[int]) -> Row:
    """The row about counts as a row about their changes."""
    now = sum(factor * values[cell] for cell, factor in row.terms)
    low = None if row.low is None else row.low - now
    return Row(row.terms, low, None if row.high is None else row.high - now)
