"""The proof, checked again by arithmetic in whole numbers alone.

It shares no code with what decides and solves nothing: it gets the counts, what is hidden, and the
worlds said to prove it, and believes none of it. Refusals say place and kind, never a number.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generator.errors import PolicyError

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Factors = Mapping[str, int]
Relation = tuple[Factors, int | None, int | None]
NOBODY = -1


def audit_table(
    counts: Mapping[str, int],
    relations: Iterable[Relation],
    hidden: Collection[str],
    small: Collection[str],
    worlds: Iterable[Mapping[str, int]],
    min_cell: int,
) -> None:
    """Raise `PolicyError` unless the worlds prove each small cell of one table.

    A relation is (factor by cell, least, greatest); a world is the change of each cell.
    """
    ties = list(relations)
    _whole(counts.values(), "the counts")
    _keeps(counts, ties, "the counts")
    for cell in sorted(set(small) - set(hidden)):
        raise PolicyError(f"{cell}: a small count is shown; nothing was written.")
    low, high = dict(counts), dict(counts)
    for place, change in enumerate(worlds):
        world = _changed(counts, change, hidden, f"witness {place}")
        _keeps(world, ties, f"witness {place}")
        for cell in change:
            low[cell], high[cell] = min(low[cell], world[cell]), max(high[cell], world[cell])
    for cell in sorted(small):
        if low[cell] > 0:
            raise PolicyError(f"{cell}: no witness has nobody there; nothing was written.")
        if high[cell] < min_cell:
            raise PolicyError(f"{cell}: no witness reaches the limit; nothing was written.")


def _changed(
    counts: Mapping[str, int], change: Mapping[str, int], hidden: Collection[str], where: str
) -> dict[str, int]:
    _whole(change.values(), where)
    world = dict(counts)
    for cell, amount in change.items():
        if cell not in counts or (amount and cell not in hidden):
            raise PolicyError(f"{where}: a cell that is shown changes; nothing was written.")
        world[cell] += amount
        if world[cell] < 0:
            raise PolicyError(f"{where}: {cell} falls below 0; nothing was written.")
    return world


def _whole(values: Iterable[object], where: str) -> None:
    if any(not isinstance(value, int) or isinstance(value, bool) for value in values):
        raise PolicyError(f"{where}: not whole numbers; nothing was written.")


def _keeps(values: Mapping[str, int], ties: Iterable[Relation], where: str) -> None:
    for factors, least, greatest in ties:
        found = sum(factor * values[cell] for cell, factor in factors.items())
        if (least is not None and found < least) or (greatest is not None and found > greatest):
            cells = ", ".join(sorted(factors))
            raise PolicyError(f"{where}: a relation is broken ({cells}); nothing was written.")


@dataclass(frozen=True)
class Places:
    """Schools and the nodes above them, by number; a parent is a node, −1 for none.

    Nodes have their children before them.
    """

    schools: Sequence[str]
    nodes: Sequence[str]
    school_parents: Sequence[int]
    node_parents: Sequence[int]


def audit_question(
    places: Places,
    counts: Ints,
    hidden: tuple[Flags, Flags],
    worlds: tuple[Ints, Ints, Ints],
    min_cell: int,
    where: str,
) -> None:
    """Raise `PolicyError` unless the worlds prove each small cell of one question.

    counts: [schools, answers]. hidden: by school and by node, [·, answers + 1], the last for how
    many answered. worlds: world, school and change [·, answers] of each entry, no pair twice.
    """
    _Question(places, counts, hidden, min_cell, where).check(*worlds)


class _Question:
    def __init__(
        self,
        places: Places,
        counts: Ints,
        hidden: tuple[Flags, Flags],
        min_cell: int,
        where: str,
    ) -> None:
        self.places, self.min_cell, self.where = places, min_cell, where
        if counts.dtype.kind != "i" or (counts < 0).any():
            self._refuse("the counts", "not whole numbers from 0")
        self.values = _with_size(counts.astype(np.int64))
        self.hidden, self.hidden_nodes = hidden
        self.steps = self._steps()
        schools = np.arange(len(counts))
        self.sums = np.zeros((len(places.nodes), self.values.shape[1]), np.int64)
        for nodes in self.steps:
            inside = nodes != NOBODY
            np.add.at(self.sums, nodes[inside], self.values[schools[inside]])

    def _refuse(self, place: str, kind: str) -> None:
        raise PolicyError(f"{self.where}, {place}: {kind}; nothing was written.")

    def _steps(self) -> list[Ints]:
        """For each step upwards the node of every school, −1 beyond the top."""
        parents = np.array([*self.places.node_parents, NOBODY], np.int64)
        if any(parent <= node for node, parent in enumerate(parents[:-1]) if parent != NOBODY):
            self._refuse("the nodes", "a node stands before its children")
        steps = [np.array(self.places.school_parents, np.int64)]
        while (steps[-1] != NOBODY).any():
            steps.append(parents[steps[-1]])
        return steps

    def check(self, world: Ints, school: Ints, change: Ints) -> None:
        """All of it."""
        self._nothing_small_is_shown(self.values, self.hidden, self.places.schools)
        self._nothing_small_is_shown(self.sums, self.hidden_nodes, self.places.nodes)
        if change.dtype.kind != "i" or len({len(world), len(school), len(change)}) != 1:
            self._refuse("the witnesses", "not whole numbers")
        if len(np.unique(np.stack([world, school]), axis=1).T) != len(world):
            self._refuse("the witnesses", "a school twice in one world")
        change = _with_size(change.astype(np.int64))
        self._reach(school, change, self.values, self.hidden, self.places.schools)
        node, sums = self._above(world, school, change)
        self._reach(node, sums, self.sums, self.hidden_nodes, self.places.nodes)

    def _small(self, values: Ints) -> Flags:
        """Cells below the limit, but for rows that nobody answered."""
        found: Flags = (values < self.min_cell) & (values[:, -1:] > 0)
        return found

    def _nothing_small_is_shown(self, values: Ints, hidden: Flags, names: Sequence[str]) -> None:
        if hidden.shape != values.shape:
            self._refuse("the marks", "another shape than the counts")
        for row in _rows((self._small(values) & ~hidden).any(axis=1)):
            self._refuse(names[row], "a small count is shown")
        for row in _rows(hidden.any(axis=1) & (values[:, -1] == 0)):
            self._refuse(names[row], "a row that nobody answered is hidden")

    def _above(self, world: Ints, school: Ints, change: Ints) -> tuple[Ints, Ints]:
        """The same changes summed over nodes: the node and the change of each entry."""
        keys, changes = [], []
        for nodes in self.steps:
            inside = nodes[school] != NOBODY
            keys.append(world[inside] * len(self.places.nodes) + nodes[school][inside])
            changes.append(change[inside])
        every, all_changes = np.concatenate(keys), np.concatenate(changes)
        order = np.argsort(every, kind="stable")
        every, all_changes = every[order], all_changes[order]
        starts = np.flatnonzero(np.diff(every, prepend=-1))
        if not len(starts):
            return every, all_changes
        sums = np.add.reduceat(all_changes, starts, axis=0)
        return every[starts] % len(self.places.nodes), sums

    def _reach(
        self, row: Ints, change: Ints, values: Ints, hidden: Flags, names: Sequence[str]
    ) -> None:
        """Worlds are counts, change hidden cells only, and reach both ends of each small one."""
        worlds = values[row] + change
        for entry in _rows((worlds < 0).any(axis=1)):
            self._refuse(names[row[entry]], "a witness falls below 0")
        for entry in _rows(((change != 0) & ~hidden[row]).any(axis=1)):
            self._refuse(names[row[entry]], "a witness changes a cell that is shown")
        low, high = values.copy(), values.copy()
        np.minimum.at(low, row, worlds)
        np.maximum.at(high, row, worlds)
        small = self._small(values)
        for place in _rows((small & (low > 0)).any(axis=1)):
            self._refuse(names[place], "no witness has nobody there")
        for place in _rows((small & (high < self.min_cell)).any(axis=1)):
            self._refuse(names[place], "no witness reaches the limit")


def audit_siblings(
    names: Sequence[str], sizes: Iterable[Ints], hidden: Iterable[Flags], limit: int, where: str
) -> None:
    """Raise `PolicyError` where one question gives away how many answered another.

    sizes: how many answered, by row, for each question of one group and year; hidden: the marks
    [rows, answers + 1] of each question. A row is hidden whole in all of its questions or its size
    in none, and it is hidden where it is too small in any.
    """
    some_shown = np.zeros(len(names), bool)
    some_hidden, small = some_shown.copy(), some_shown.copy()
    for size, flags in zip(sizes, hidden, strict=True):
        asked = size > 0
        small |= asked & (size < limit)
        some_hidden |= asked & flags[:, -1]
        some_shown |= asked & ~flags[:, -1]
        for row in _rows(asked & flags[:, -1] & ~flags.all(axis=1)):
            raise PolicyError(f"{where}, {names[row]}: a cell is shown of a row that is withheld.")
    for row in _rows(some_hidden & some_shown):
        raise PolicyError(f"{where}, {names[row]}: withheld in one question, shown in another.")
    for row in _rows(small & some_shown):
        raise PolicyError(f"{where}, {names[row]}: a group below the limit is shown.")


def _rows(flags: Flags | np.bool_) -> Iterator[int]:
    return (int(row) for row in np.flatnonzero(flags))


def _with_size(counts: Ints) -> Ints:
    """With how many answered in a last column."""
    sized: Ints = np.concatenate([counts, counts.sum(axis=1, keepdims=True)], axis=1)
    return sized
