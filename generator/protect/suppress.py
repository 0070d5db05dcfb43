"""Which cells to hide so that every small count could be 0 and could be the limit or more.

    python -m generator.protect.suppress CASE.json

prints {"hidden": [cell], "cost": n} for one table: 1 for each inner cell and 5 for each total
hidden beyond the small ones.
"""

import json
import sys
from collections.abc import Collection, Sequence

from generator.errors import InputError, PolicyError, Problem
from generator.protect import command
from generator.protect.cases import Case, parse
from generator.protect.fewest import fewest
from generator.protect.table import Change, Goal, Hiding, Table, needed, table, touches
from generator.protect.witness import Seeker

HALF = 0.5


def suppress(table: Table, hidden: Collection[int] = ()) -> Hiding:
    """A hiding that meets every goal, `hidden` and the small cells being hidden anyway.

    The same table always gives the same one. Raises `PolicyError` where no hiding is enough.
    """
    fixed = table.small | frozenset(hidden)
    first = _by_witnesses(table, fixed)
    found = _without_needless(table, first, fixed)
    return fewest(table, found, fixed) or found


def _by_witnesses(table: Table, fixed: frozenset[int]) -> Hiding:
    """One goal after the other, each by the change that has to hide least beyond what is hidden."""
    prices = [0.0 if cell in fixed else float(price) for cell, price in enumerate(table.prices)]
    seeker = Seeker(table, prices)
    hidden, changes = set(fixed), list[Change]()
    for goal in table.missed(changes):
        change = _few_cells(seeker, goal, hidden)
        if change is None:
            raise PolicyError(_unreachable(table, goal))
        changes.append(change)
        hidden.update(cell for cell, _ in change)
        seeker.price({cell: 0.0 for cell, _ in change})
    return Hiding(frozenset(hidden), tuple(changes))


def _few_cells(seeker: Seeker, goal: Goal, hidden: Collection[int]) -> Change | None:
    """A cheap change in few cells.

    A linear program counts units, we pay for cells. So it is asked twice: the second time a cell
    of the first answer costs the less a unit, the more units it moved.
    """
    first = seeker.seek(goal)
    new = [(cell, abs(amount)) for cell, amount in first or () if cell not in hidden]
    if not new:
        return first
    before = {cell: seeker.prices[cell] for cell, _ in new}
    seeker.price({cell: before[cell] * HALF / (units + HALF) for cell, units in new})
    second = seeker.seek(goal)
    seeker.price(before)
    return second


def _without_needless(table: Table, found: Hiding, fixed: frozenset[int]) -> Hiding:
    """Show again what the goals can be met without: the dearest cells first, then the largest."""
    size = len(table.values)
    seeker = Seeker(table, [0.0] * size)
    seeker.fix([cell for cell in range(size) if cell not in found.hidden])
    hidden, changes = set(found.hidden), list(found.witnesses)
    extra = sorted(
        hidden - fixed, key=lambda cell: (-table.prices[cell], -table.values[cell], cell)
    )
    for cell in extra:
        seeker.fix([cell])
        proof = _proved_without(table, seeker, changes, cell)
        if proof is None:
            seeker.free([cell])
        else:
            hidden.remove(cell)
            changes = proof
    return Hiding(frozenset(hidden), needed(table.goals, changes))


def _proved_without(
    table: Table, seeker: Seeker, changes: Sequence[Change], cell: int
) -> list[Change] | None:
    """The changes that leave the cell alone, with new ones for the goals that these miss."""
    kept = [change for change in changes if not touches(change, [cell])]
    for goal in table.missed(kept):
        change = seeker.seek(goal)
        if change is None:
            return None
        kept.append(change)
    return kept


def _unreachable(table: Table, goal: Goal) -> str:
    kind = "could be 0" if goal.amount < 0 else "could be as large as the limit"
    name = table.relations.ids[goal.cell]
    return f"{name}: what else is known leaves no counts in which it {kind}; nothing was written."


def solve_case(case: Case) -> tuple[Table, Hiding]:
    """The table of a case and its hiding; raises `InputError` where a count is missing."""
    values = [value for value in case.values if value is not None]
    if len(values) < len(case.values):
        raise InputError([Problem("case", 0, "cells", "a cell without a count", "every count")])
    found = table(case.relations, values, case.small, case.open, case.min_cell)
    return found, suppress(found)


def answer(text: str) -> str:
    """What to hide in a case, both as JSON."""
    found, hiding = solve_case(parse(text))
    names = [found.relations.ids[cell] for cell in sorted(hiding.hidden)]
    return json.dumps({"hidden": names, "cost": found.cost(hiding.hidden)}, ensure_ascii=False)


if __name__ == "__main__":
    sys.exit(command.run(answer))
