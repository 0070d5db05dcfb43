"""A table to protect and what that means: goals, the changes that reach them, a hiding."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from generator.protect.relations import Relations

Change = tuple[tuple[int, int], ...]
INNER, TOTAL = 1, 5


@dataclass(frozen=True, order=True)
class Goal:
    """The cell has to be able to change by `amount`, below 0 or above."""

    cell: int
    amount: int

    def met(self, change: Change) -> bool:
        """Whether the change, pairs of cell and amount, reaches it."""
        found = next((amount for cell, amount in change if cell == self.cell), 0)
        return found <= self.amount if self.amount < 0 else found >= self.amount


@dataclass(frozen=True)
class Table:
    """`small` has to be hidden, `open` can't be, hiding any other cell has its price.

    `goals` come in the order in which they are best sought.
    """

    relations: Relations
    values: tuple[int, ...]
    small: frozenset[int]
    open: frozenset[int]
    prices: tuple[int, ...]
    goals: tuple[Goal, ...]

    def cost(self, hidden: Iterable[int]) -> int:
        """The price of what is hidden beyond the small cells."""
        return sum(self.prices[cell] for cell in hidden if cell not in self.small)

    def missed(self, changes: Collection[Change]) -> Iterator[Goal]:
        """The goals that none of the changes meets, in order. Changes may be added meanwhile."""
        for goal in self.goals:
            if not any(goal.met(change) for change in changes):
                yield goal


@dataclass(frozen=True)
class Hiding:
    """The hidden cells and the changes that prove them; the latter are secret."""

    hidden: frozenset[int]
    witnesses: tuple[Change, ...]


def table(
    relations: Relations,
    values: Sequence[int],
    small: Collection[int],
    open_: Collection[int],
    min_cell: int,
) -> Table:
    """The table at the usual prices. For each small cell one goal leads down to 0 and one up to
    `min_cell`, where it isn't there already."""
    cells = range(len(relations.ids))
    found = [Goal(cell, -values[cell]) for cell in small if values[cell] > 0]
    found += [Goal(cell, min_cell - values[cell]) for cell in small if values[cell] < min_cell]
    # The farthest first: what reaches it often reaches others on the way.
    wanted = sorted(found, key=lambda goal: (-abs(goal.amount), goal))
    return Table(
        relations,
        tuple(values),
        frozenset(small),
        frozenset(open_),
        tuple(TOTAL if cell in relations.totals else INNER for cell in cells),
        tuple(wanted),
    )


def touches(change: Change, cells: Collection[int]) -> bool:
    """Whether it changes one of the cells."""
    return any(cell in cells for cell, _ in change)


def needed(goals: Sequence[Goal], changes: Sequence[Change]) -> tuple[Change, ...]:
    """The changes without those that meet no goal another one doesn't; later ones go first."""
    met = [{place for place, goal in enumerate(goals) if goal.met(change)} for change in changes]
    counts = [sum(place in one for one in met) for place in range(len(goals))]
    kept = []
    for change, places in zip(reversed(changes), reversed(met), strict=True):
        if all(counts[place] > 1 for place in places):
            for place in places:
                counts[place] -= 1
        else:
            kept.append(change)
    return tuple(reversed(kept))
