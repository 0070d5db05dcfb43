"""Whole counts that fit what is shown: a flow of people through the places they are counted in.

Sums over a hierarchy of places and one row of answers are a network: whoever gave an answer flows
from all places down to one school and, as one who answered, up again. Each published sum is a node,
each count an arc. In a network the bounds among all numbers are those among whole ones, and what a
count can be is found by looking for a way round: no solver is needed.
"""

from collections import deque
from collections.abc import Sequence

Arc = tuple[int, int]
MANY = 10**12


class Flow:
    """A world: how many people are in each hidden arc, and the least and most seen in any world.

    `needs` says for each node how many more people come in by hidden arcs than leave by them.
    """

    def __init__(self, needs: Sequence[int], arcs: Sequence[Arc]) -> None:
        self.arcs = list(arcs)
        self.heads: list[int] = []
        self.room: list[int] = []
        self.edges: list[list[int]] = [[] for _ in range(len(needs) + 2)]
        for tail, head in arcs:
            self._join(tail, head, MANY)
        self.fits = self._fill(needs)
        self.low = [self.people(arc) for arc in range(len(arcs))]
        self.high = list(self.low)

    def people(self, arc: int) -> int:
        """How many are in the arc in this world."""
        return self.room[2 * arc + 1]

    def reaches(self, arc: int, limit: int) -> bool:
        """Whether some world has `limit` people in the arc or more."""
        tail, head = self.arcs[arc]
        while self.high[arc] < limit:
            missing = limit - self.people(arc)
            if missing <= 0 or not self._push_round(head, tail, arc, missing, 2 * arc):
                return self.high[arc] >= limit
        return True

    def varies(self, arc: int) -> bool:
        """Whether two worlds have different counts in the arc."""
        tail, head = self.arcs[arc]
        if self.low[arc] == self.high[arc]:
            self._push_round(head, tail, arc, 1, 2 * arc)
        if self.low[arc] == self.high[arc] and self.people(arc):
            self._push_round(tail, head, arc, 1, 2 * arc + 1)
        return self.low[arc] < self.high[arc]

    def _join(self, tail: int, head: int, room: int) -> None:
        for one, other, space in ((tail, head, room), (head, tail, 0)):
            self.edges[one].append(len(self.heads))
            self.heads.append(other)
            self.room.append(space)

    def _fill(self, needs: Sequence[int]) -> bool:
        """Find a first world; False where there is none."""
        source, sink = len(needs), len(needs) + 1
        for node, need in enumerate(needs):
            if need > 0:
                self._join(node, sink, need)
            elif need < 0:
                self._join(source, node, -need)
        wanted = sum(need for need in needs if need > 0)
        given = -sum(need for need in needs if need < 0)
        if wanted != given:
            return False
        while path := self._way(source, sink, ()):
            self._push(path, MANY)
        left = sum(self.room[edge] for edge in self.edges[source])
        for node in (source, sink):
            for edge in self.edges[node]:
                self.room[edge] = self.room[edge ^ 1] = 0
        return not left

    def _way(self, start: int, end: int, without: Sequence[int]) -> list[int]:
        """The edges of a shortest way with room; [] where there is none."""
        came: dict[int, int] = {start: -1}
        waiting = deque([start])
        while waiting and end not in came:
            node = waiting.popleft()
            for edge in self.edges[node]:
                if self.room[edge] and self.heads[edge] not in came and edge not in without:
                    came[self.heads[edge]] = edge
                    waiting.append(self.heads[edge])
        found: list[int] = []
        node = end
        while node in came and came[node] >= 0:
            found.append(came[node])
            node = self.heads[came[node] ^ 1]
        return found

    def _push(self, path: Sequence[int], most: int) -> int:
        amount = min(most, *(self.room[edge] for edge in path))
        for edge in path:
            self.room[edge] -= amount
            self.room[edge ^ 1] += amount
        return amount

    def _push_round(self, start: int, end: int, arc: int, most: int, own: int) -> bool:
        """Move up to `most` people round through the arc's own edge; False where none can."""
        if start == end:
            self._push([own], most)
            self._see([own])
            return True
        path = self._way(start, end, (2 * arc, 2 * arc + 1))
        if not path:
            return False
        self._push([*path, own], most)
        self._see([*path, own])
        return True

    def _see(self, path: Sequence[int]) -> None:
        for edge in path:
            arc = edge // 2
            if arc < len(self.arcs):
                self.low[arc] = min(self.low[arc], self.people(arc))
                self.high[arc] = max(self.high[arc], self.people(arc))
