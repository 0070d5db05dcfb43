"""One question's rows on which mirrors are sought: schools whose size is shown, and pools.

A pool stands for withheld rows whose sum alone is known. Together they are a row whose size is
known and whose cells are all hidden: in one world any one of them has all of it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.protect.tree import NO_NODE, Counts, Tree
from generator.protect.withhold import Withheld

POOL_SIZE = 12


@dataclass(frozen=True)
class Board:
    """Rows in the tree's order, so that those of a node stand together in `spans`.

    `members` are a row's schools: one, or all of a pool. `paths` are the nodes whose sums a row is
    part of, nearest first; a pool begins with the first shown one. `free` are the withheld schools
    below no shown node.
    """

    counts: tuple[tuple[int, ...], ...]
    members: tuple[tuple[int, ...], ...]
    paths: tuple[tuple[int, ...], ...]
    spans: dict[int, tuple[int, int]]
    free: tuple[int, ...]

    def is_pool(self, row: int) -> bool:
        """Whether the row stands for withheld ones."""
        return len(self.members[row]) > 1


def lay_out(tree: Tree, counts: Counts, held: Withheld, min_cell: int) -> Board:
    """The board of one question's counts, [schools, answers]; nobody's rows are left out."""
    return _Layout(tree, counts, held, min_cell).board()


class _Layout:
    def __init__(self, tree: Tree, counts: Counts, held: Withheld, min_cell: int) -> None:
        self.tree, self.held, self.min_cell = tree, held, min_cell
        self.counts = [tuple(row) for row in counts.tolist()]
        self.schools: dict[int, list[int]] = {}
        self.nodes: dict[int, list[int]] = {}
        for school, parent in enumerate(tree.school_parents):
            if any(self.counts[school]):
                self.schools.setdefault(parent, []).append(school)
        for node, parent in enumerate(tree.node_parents):
            self.nodes.setdefault(parent, []).append(node)
        self.rows: list[tuple[tuple[int, ...], tuple[int, ...]]] = []
        self.spans: dict[int, tuple[int, int]] = {}

    def board(self) -> Board:
        self._visit(NO_NODE)
        counts = tuple(self._sum(members) for members, _ in self.rows)
        free = [school for unit in self._units(NO_NODE) for school in unit]
        members, paths = (tuple(row[i] for row in self.rows) for i in (0, 1))
        return Board(counts, members, paths, self.spans, tuple(free))

    def _visit(self, node: int) -> None:
        start, path = len(self.rows), self.tree.path(node)
        for child in self.nodes.get(node, []):
            self._visit(child)
        for school in self.schools.get(node, []):
            if not self.held.schools[school]:
                self.rows.append(((school,), path))
        if node != NO_NODE:
            if not self.held.nodes[node]:
                self.rows += [(pool, path) for pool in self._pools(node)]
            self.spans[node] = (start, len(self.rows))

    def _units(self, node: int) -> list[list[int]]:
        """The withheld schools that only hidden nodes join to this one, by its children."""
        units = [[s] for s in self.schools.get(node, []) if self.held.schools[s]]
        for child in self.nodes.get(node, []):
            if self.held.nodes[child]:
                units.append([school for unit in self._units(child) for school in unit])
        return [unit for unit in units if unit]

    def _pools(self, node: int) -> Iterator[tuple[int, ...]]:
        """The pools of each kind of school."""
        kinds: dict[int, list[list[int]]] = {}
        for unit in self._units(node):
            for kind in sorted({int(self.held.kinds[school]) for school in unit}):
                alike = [school for school in unit if self.held.kinds[school] == kind]
                kinds.setdefault(kind, []).append(alike)
        for _, units in sorted(kinds.items()):
            yield from self._joined(units)

    def _joined(self, units: Sequence[list[int]]) -> Iterator[tuple[int, ...]]:
        """Units joined until they are rich enough, so that no pool is larger than it has to be.

        Two units at least: the people of one can all be in the other.
        """
        found: list[list[list[int]]] = [[]]
        for unit in units:
            if self._is_rich(found[-1]):
                found.append([])
            found[-1].append(unit)
        if len(found) > 1 and not self._is_enough(found[-1]):
            found[-2:] = [found[-2] + found[-1]]
        for pool in found:
            if pool:
                yield tuple(school for unit in pool for school in unit)

    def _is_enough(self, units: Sequence[Sequence[int]]) -> bool:
        people = sum(sum(self.counts[school]) for unit in units for school in unit)
        return len(units) > 1 and people >= self.min_cell

    def _is_rich(self, units: Sequence[Sequence[int]]) -> bool:
        members = [school for unit in units for school in unit]
        if not self._is_enough(units):
            return False
        return len(members) >= POOL_SIZE or min(self._sum(members)) >= self.min_cell

    def _sum(self, members: Sequence[int]) -> tuple[int, ...]:
        if len(members) == 1:
            return self.counts[members[0]]
        return tuple(map(sum, zip(*(self.counts[school] for school in members), strict=True)))
