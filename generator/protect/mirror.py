"""Witnesses across a hierarchy: what one row gains another loses, so that all sums above both stay.

People move from one answer to another within a row, whose size stays, and a mirror row takes the
opposite move. So a goal needs no program: it is met by pieces, each one mirror and one answer, and
the cheapest pieces are those whose cells are hidden already.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from generator.protect.board import Board

Delta = list[int]
NODE_PRICE = 20  # a network's total says as much as twenty schools', and so on upwards
BASE_PRICE = 4
NEAR_ROWS = 48
LARGE_ROWS = 8


@dataclass
class Draft:
    """A world in the making: changes by row, and what it would hide anew, by row and by node.

    `away` are nodes that a pool's people have to be out of.
    """

    moves: dict[int, Delta] = field(default_factory=dict)
    rows: dict[int, int] = field(default_factory=dict)
    nodes: dict[int, int] = field(default_factory=dict)
    price: int = 0
    away: int | None = None

    def copy(self) -> "Draft":
        """One that can be changed alone."""
        moves = {row: list(delta) for row, delta in self.moves.items()}
        return Draft(moves, dict(self.rows), dict(self.nodes), self.price, self.away)


@dataclass(frozen=True)
class Piece:
    """`units` people from answer `source` to `target` in the row, back again in the mirror.

    Without a mirror (None) the sums above change too.
    """

    mirror: int | None
    target: int
    source: int
    units: int


class Market:
    """What is hidden so far, what hiding more would cost, and where mirrors stand.

    Cells of a row are bits of a number.
    """

    def __init__(self, board: Board, sums: list[list[int]], hidden: list[int], nodes: list[int]):
        self.board, self.sums = board, sums
        self.hidden, self.nodes = hidden, nodes
        self.answers = range(len(sums[0])) if sums else range(0)
        self.factors = self._factors()
        self._largest: dict[tuple[int, int], list[int]] = {}

    def _factors(self) -> list[int]:
        """What each node's cell is worth in schools' cells: 20, 400 …

        Nothing for a node with one row, since its sum is that row.
        """
        factors, heights = [0] * len(self.nodes), [1] * len(self.nodes)
        for path in self.board.paths:
            for height, node in enumerate(path, start=1):
                heights[node] = max(heights[node], height)
        for node, (low, high) in self.board.spans.items():
            factors[node] = NODE_PRICE ** heights[node] if high - low > 1 else 0
        return factors

    def meet(self, draft: Draft, row: int, cell: int, amount: int, beyond: int = 0) -> Draft | None:
        """The draft with `amount` more people in the cell, as cheaply as pieces allow.

        `beyond` says how many of the nodes above the row have to change with it.
        """
        found: Draft | None = None
        for level in range(beyond, len(self.board.paths[row])):
            trial = self._fill(draft, row, cell, amount, level)
            if trial and (found is None or trial.price < found.price):
                found = trial
            if found and found.price < draft.price + NODE_PRICE * BASE_PRICE:
                return found
        alone = self._fill(draft, row, cell, amount, None)
        if alone and (found is None or alone.price < found.price):
            found = alone
        return found

    def _fill(
        self, draft: Draft, row: int, cell: int, amount: int, level: int | None
    ) -> Draft | None:
        """All pieces from mirrors of one level, the cheapest per head first."""
        trial, left = draft.copy(), abs(amount)
        others = [answer for answer in self.answers if answer != cell]
        turns = [(cell, o) if amount > 0 else (o, cell) for o in others]
        mirrors = self._mirrors(row, level, turns)
        for piece in self._for_nothing(trial, row, turns, mirrors, left, level):
            self._take(trial, row, piece, level)
            left -= piece.units
        while left:
            offers = [
                (self._price(trial, row, piece, level) / piece.units, place, piece)
                for place, piece in enumerate(self._offers(trial, row, turns, mirrors, left))
            ]
            if not offers:
                return None
            _, _, best = min(offers, key=lambda offer: offer[:2])
            self._take(trial, row, best, level)
            left -= best.units
        return trial

    def _mirrors(self, row: int, level: int | None, turns: list[tuple[int, int]]) -> list[int]:
        """Rows that could mirror at this level: the neighbours, and the largest ones."""
        if level is None:
            return []
        path = self.board.paths[row]
        low, high = self.board.spans[path[level]]
        start, end = self.board.spans[path[level - 1]] if level else (row, row + 1)
        if high - low <= NEAR_ROWS + end - start:
            return [*range(low, start), *range(end, high)]
        half = NEAR_ROWS // 2
        near = [*range(max(low, start - half), start), *range(end, min(high, end + half))]
        known = set(near)
        for target in sorted({target for target, _ in turns}):
            for large in self._large(path[level], target):
                if not start <= large < end and large not in known:
                    near.append(large)
                    known.add(large)
        return near

    def _large(self, node: int, answer: int) -> list[int]:
        if (node, answer) not in self._largest:
            counts = self.board.counts
            rows = range(*self.board.spans[node])
            found = sorted(rows, key=lambda row: (-counts[row][answer], row))
            self._largest[node, answer] = found[:LARGE_ROWS]
        return self._largest[node, answer]

    def _for_nothing(
        self,
        draft: Draft,
        row: int,
        turns: list[tuple[int, int]],
        mirrors: list[int],
        left: int,
        level: int | None,
    ) -> Iterator[Piece]:
        """Pieces that hide nothing anew, until there is enough."""
        hidden, counts, moves = self.hidden, self.board.counts, draft.moves
        for target, source in turns:
            bits = 1 << target | 1 << source
            if (hidden[row] | draft.rows.get(row, 0)) & bits != bits:
                continue
            for mirror in mirrors:
                room = counts[mirror][target]
                if room and (hidden[mirror] | draft.rows.get(mirror, 0)) & bits == bits:
                    if mirror in moves:
                        room += moves[mirror][target]
                    room = min(room, left, self._stock(draft, row, source))
                    piece = Piece(mirror, target, source, room)
                    if room > 0 and not (level and self._price(draft, row, piece, level)):
                        yield piece
                        left -= room
                        if not left:
                            return

    def _stock(self, draft: Draft, row: int, answer: int) -> int:
        """The people of the cell who aren't moved yet."""
        moved = draft.moves.get(row)
        return self.board.counts[row][answer] + (moved[answer] if moved else 0)

    def _offers(
        self,
        draft: Draft,
        row: int,
        turns: list[tuple[int, int]],
        mirrors: list[int],
        left: int,
    ) -> Iterator[Piece]:
        for target, source in turns:
            most = min(left, self._stock(draft, row, source))
            if most <= 0:
                continue
            if not mirrors:
                yield Piece(None, target, source, most)
            for mirror in mirrors:
                units = min(most, self._stock(draft, mirror, target))
                if units > 0:
                    yield Piece(mirror, target, source, units)

    def _touched(
        self, row: int, piece: Piece, level: int | None
    ) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
        """Rows, and nodes below the first one they share."""
        path = self.board.paths[row]
        if piece.mirror is None or level is None:
            yield (row,), path
        elif level == 0:
            other = self.board.paths[piece.mirror]
            yield (row, piece.mirror), other[: other.index(path[0])]
        else:
            other = self.board.paths[piece.mirror]
            yield (row, piece.mirror), path[:level] + other[: other.index(path[level])]

    def _price(self, draft: Draft, row: int, piece: Piece, level: int | None) -> int:
        """What it hides anew."""
        bits, price = 1 << piece.target | 1 << piece.source, 0
        for rows, nodes in self._touched(row, piece, level):
            for one in rows:
                new = bits & ~(self.hidden[one] | draft.rows.get(one, 0))
                price += self._worth(self.board.counts[one], new) if new else 0
            for node in nodes:
                new = bits & ~(self.nodes[node] | draft.nodes.get(node, 0))
                if new and self.factors[node]:
                    price += self.factors[node] * self._worth(self.sums[node], new)
        return price

    def _worth(self, counts: list[int] | tuple[int, ...], bits: int) -> int:
        """Large counts are dearer, by their length in bits: whole numbers are the same anywhere."""
        return sum(
            BASE_PRICE + counts[answer].bit_length()
            for answer in self.answers
            if bits >> answer & 1
        )

    def _take(self, draft: Draft, row: int, piece: Piece, level: int | None) -> None:
        draft.price += self._price(draft, row, piece, level)
        bits = 1 << piece.target | 1 << piece.source
        for rows, nodes in self._touched(row, piece, level):
            for one in rows:
                draft.rows[one] = draft.rows.get(one, 0) | bits
                sign = 1 if one == row else -1
                delta = draft.moves.setdefault(one, [0] * len(self.answers))
                delta[piece.target] += sign * piece.units
                delta[piece.source] -= sign * piece.units
            for node in nodes:
                draft.nodes[node] = draft.nodes.get(node, 0) | bits

    def hide(self, draft: Draft) -> None:
        """Hide what the draft touches."""
        for row, bits in draft.rows.items():
            self.hidden[row] |= bits
        for node, bits in draft.nodes.items():
            self.nodes[node] |= bits
