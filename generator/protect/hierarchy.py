"""One question of one group and year over a hierarchy: what to hide, and the worlds that prove it.

Rows are schools and the nodes above them, cells their answers and how many answered. Every sum
over a node is published, none over groups, questions or years.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generator.protect.board import lay_out
from generator.protect.mirror import Delta, Draft, Market
from generator.protect.tree import Counts, Tree
from generator.protect.withhold import Flags, Withheld

MetGoal = tuple[bool, int, int, bool]  # is it a node, its place, the cell, up


@dataclass(frozen=True)
class Worlds:
    """Changes of schools, in entries: [entries] world and school, [entries, answers] change.

    Entries of a world stand together, worlds count from 0. Secret: they tell the counts.
    """

    world: NDArray[np.int64]
    school: NDArray[np.int64]
    change: Counts


@dataclass(frozen=True)
class Protected:
    """`schools` [schools, answers + 1] and `nodes` [nodes, answers + 1] say what is hidden.

    The last column is how many answered. Rows that nobody answered are shown: "no responses".
    """

    schools: Flags
    nodes: Flags
    worlds: Worlds


def protect(tree: Tree, counts: Counts, held: Withheld, min_cell: int) -> Protected:
    """Hide cells of [schools, answers] until each small one could be 0 and could be `min_cell`."""
    search = _Search(tree, counts, held, min_cell)
    search.run()
    return search.protected()


@dataclass(frozen=True)
class _World:
    """A draft that is taken, and the goals it meets."""

    draft: Draft
    meets: tuple[MetGoal, ...]


class _Search:
    def __init__(self, tree: Tree, counts: Counts, held: Withheld, min_cell: int) -> None:
        self.tree, self.counts, self.held, self.min_cell = tree, counts, held, min_cell
        self.board = lay_out(tree, counts, held, min_cell)
        self.sums: list[list[int]] = tree.sums(counts).tolist()
        self.every: int = (1 << counts.shape[1]) - 1
        rows = range(len(self.board.counts))
        self.first_rows = [self.every if self.board.is_pool(r) else self._low(r) for r in rows]
        self.first_nodes = [self._node_low(node) for node in range(len(self.sums))]
        self.market = Market(self.board, self.sums, list(self.first_rows), list(self.first_nodes))
        self.met: set[MetGoal] = set()
        self.worlds: list[_World] = []

    def _small_bits(self, counts: Iterable[int]) -> int:
        bits = 0
        for cell, count in enumerate(counts):
            bits |= (count < self.min_cell) << cell
        return bits

    def _low(self, row: int) -> int:
        return self._small_bits(self.board.counts[row])

    def _node_low(self, node: int) -> int:
        if self.held.nodes[node]:
            return self.every
        return self._small_bits(self.sums[node]) if any(self.sums[node]) else 0

    def run(self) -> None:
        for row, counts in enumerate(self.board.counts):
            for cell in sorted(self._bits(self._low(row)), key=lambda c: (counts[c], c)):
                self._row_goal(row, cell, self.min_cell - counts[cell])
                if counts[cell] and not self.board.is_pool(row):
                    self._row_goal(row, cell, -counts[cell])
        for node, counts_ in enumerate(self.sums):
            if any(counts_):
                for cell in self._bits(self._small_bits(counts_)):
                    self._node_up(node, cell)
                    self._node_down(node, cell)
        self._drop_needless()

    def _bits(self, bits: int) -> Iterator[int]:
        return (cell for cell in range(self.counts.shape[1]) if bits >> cell & 1)

    def _row_goal(self, row: int, cell: int, amount: int) -> None:
        if (False, row, cell, amount > 0) not in self.met:
            self._accept(self.market.meet(Draft(), row, cell, amount))

    def _node_up(self, node: int, cell: int) -> None:
        """Any row of the node gains what it lacks. A pool's worlds do it for withheld ones."""
        if (True, node, cell, True) in self.met or self.held.nodes[node]:
            return
        amount = self.min_cell - self.sums[node][cell]
        drafts = [
            self.market.meet(Draft(), row, cell, amount, self._beyond(row, node))
            for row in self._some_rows(node)
        ]
        self._accept(min((d for d in drafts if d), key=lambda d: d.price, default=None))

    def _some_rows(self, node: int) -> list[int]:
        """The rows where most is hidden, since there a change costs least."""
        low, high = self.board.spans[node]
        rows = sorted(range(low, high), key=lambda r: (-self.market.hidden[r].bit_count(), r))
        return rows[:5]

    def _beyond(self, row: int, node: int) -> int:
        path = self.board.paths[row]
        return path.index(node) + 1 if node in path else 0

    def _node_down(self, node: int, cell: int) -> None:
        """Every row of the node loses what it has in the cell; a pool's people stand outside."""
        if (True, node, cell, False) in self.met or not self.sums[node][cell]:
            return
        if self.held.nodes[node] and self._all_held(node) and len(self._away_pools(node)) < 2:
            return  # the pool's own worlds do it
        draft: Draft | None = Draft(away=node if self.held.nodes[node] else None)
        low, high = self.board.spans[node]
        for row in range(low, high):
            count = self.board.counts[row][cell]
            if draft and count:
                draft = self.market.meet(draft, row, cell, -count, self._beyond(row, node))
        self._accept(draft, [(True, node, cell, False)])

    def _all_held(self, node: int) -> bool:
        low, high = self.board.spans[node]
        return low == high

    def _accept(self, draft: Draft | None, goals: Iterable[MetGoal] = ()) -> None:
        """Take the draft. Goals that a pool's people help to reach are named."""
        if draft is None:
            return  # the audit refuses what has no proof
        self.market.hide(draft)
        meets = tuple(sorted({*goals, *self._meets(draft)}))
        self.met.update(meets)
        self.worlds.append(_World(draft, meets))

    def _meets(self, draft: Draft) -> Iterator[MetGoal]:
        """The goals of small cells that the world reaches."""
        changes: dict[int, Delta] = {}
        for row, delta in draft.moves.items():
            pool = self.board.is_pool(row)
            for cell, up in self._reached(self.board.counts[row], delta):
                if up or not pool:
                    yield False, row, cell, up
            for node in self.board.paths[row]:
                sums = changes.setdefault(node, [0] * len(delta))
                for cell, amount in enumerate(delta):
                    sums[cell] += amount
        for node, delta in changes.items():
            if not self.held.nodes[node]:  # a pool's people may be in it or not
                for cell, up in self._reached(self.sums[node], delta):
                    yield True, node, cell, up

    def _reached(self, counts: Iterable[int], delta: Delta) -> Iterator[tuple[int, bool]]:
        for cell, (count, amount) in enumerate(zip(counts, delta, strict=True)):
            if count < self.min_cell and amount:
                if count + amount >= self.min_cell:
                    yield cell, True
                elif count + amount == 0:
                    yield cell, False

    def _drop_needless(self) -> None:
        """Without the worlds whose goals others meet too, some cells needn't be hidden."""
        times: dict[MetGoal, int] = {}
        for world in self.worlds:
            for goal in world.meets:
                times[goal] = times.get(goal, 0) + 1
        kept = []
        for world in reversed(self.worlds):
            if all(times[goal] > 1 for goal in world.meets):
                for goal in world.meets:
                    times[goal] -= 1
            else:
                kept.append(world)
        self.worlds = kept[::-1]
        self.market.hidden[:] = self.first_rows
        self.market.nodes[:] = self.first_nodes
        for world in self.worlds:
            self.market.hide(world.draft)

    def protected(self) -> Protected:
        """The masks, and every world told school by school."""
        answers = self.counts.shape[1]
        schools = np.zeros((len(self.counts), answers + 1), bool)
        people = self.counts.any(axis=1)
        schools[self.held.schools & people] = True
        for row, members in enumerate(self.board.members):
            if not self.board.is_pool(row):
                schools[members[0], :answers] = self._flags(self.market.hidden[row])
        nodes = np.zeros((len(self.sums), answers + 1), bool)
        for node, bits in enumerate(self.market.nodes):
            nodes[node, :answers] = self._flags(bits)
        nodes[self.held.nodes] = True
        nodes[~np.array(self.sums, np.int64).reshape(len(self.sums), answers).any(axis=1)] = False
        return Protected(schools, nodes, _joined(self._told(), answers))

    def _flags(self, bits: int) -> list[bool]:
        return [bool(bits >> cell & 1) for cell in range(self.counts.shape[1])]

    def _told(self) -> Iterator[dict[int, Delta]]:
        """Each world as changes by school."""
        if self.board.free:
            yield {s: [-int(x) for x in self.counts[s]] for s in self.board.free}
            yield {s: [self.min_cell] * self.counts.shape[1] for s in self.board.free}
        for row in range(len(self.board.members)):
            if self.board.is_pool(row):
                yield from (self._gathered(row, one) for one in self.board.members[row])
        for world in self.worlds:
            yield from self._told_one(world)

    def _gathered(self, row: int, taker: int) -> dict[int, Delta]:
        """All the pool's people in one of its schools."""
        found = {s: [-int(x) for x in self.counts[s]] for s in self.board.members[row]}
        taken = zip(self.board.counts[row], self.counts[taker].tolist(), strict=True)
        found[taker] = [everyone - own for everyone, own in taken]
        return found

    def _told_one(self, world: _World) -> Iterator[dict[int, Delta]]:
        """The world, once for each school of each pool that it meets a goal for."""
        pools = {row for row in world.draft.moves if self.board.is_pool(row)}
        mains = {place for is_node, place, _, _ in world.meets if not is_node} & pools
        if not mains:
            yield self._told_with(world.draft, {})
        for main in sorted(mains):
            for taker in self.board.members[main]:
                yield self._told_with(world.draft, {main: taker})

    def _told_with(self, draft: Draft, takers: dict[int, int]) -> dict[int, Delta]:
        """The world in which all people of a pool are in its taker."""
        told: dict[int, Delta] = {}
        if draft.away is not None:
            told |= {s: [-int(x) for x in self.counts[s]] for s in self.board.free}
        for row in self._away_pools(draft.away):
            told |= self._gathered(row, self._outside(row, draft.away))
        for row, delta in draft.moves.items():
            taker = self.board.members[row][0]
            if self.board.is_pool(row):
                taker = takers.get(row, self._outside(row, draft.away))
                told |= self._gathered(row, taker)
            told[taker] = [a + b for a, b in zip(told.get(taker, [0] * 99), delta, strict=False)]
        return told

    def _away_pools(self, node: int | None) -> list[int]:
        if node is None:
            return []
        return [
            row
            for row, members in enumerate(self.board.members)
            if self.board.is_pool(row) and any(self._is_in(s, node) for s in members)
        ]

    def _is_in(self, school: int, node: int) -> bool:
        return node in self.tree.path(self.tree.school_parents[school])

    def _outside(self, row: int, node: int | None) -> int:
        members = self.board.members[row]
        return next((s for s in members if node is None or not self._is_in(s, node)), members[0])


def _joined(told: Iterator[dict[int, Delta]], answers: int) -> Worlds:
    world: list[int] = []
    school: list[int] = []
    change: list[Delta] = []
    for place, one in enumerate(told):
        for name, delta in one.items():
            if any(delta):
                world.append(place)
                school.append(name)
                change.append(delta)
    changes = np.array(change, np.int64).reshape(len(change), answers)
    return Worlds(np.array(world, np.int64), np.array(school, np.int64), changes)
