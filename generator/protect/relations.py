"""What ties counts together: integer relations between cells, and what is left of them to learn
once some cells are shown."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, gcd, lcm

Terms = tuple[tuple[int, int], ...]


@dataclass(frozen=True, order=True)
class Row:
    """low ≤ sum of coefficient × cell ≤ high, all integers; None: no bound on that side."""

    terms: Terms
    low: int | None
    high: int | None

    def holds(self, values: Sequence[int]) -> bool:
        """Whether the values, one per cell, keep it."""
        found = sum(factor * values[cell] for cell, factor in self.terms)
        return (self.low is None or self.low <= found) and (self.high is None or found <= self.high)


@dataclass(frozen=True)
class Relations:
    """Every published tie between the cells. A cell is a place in `ids`, which are sorted.

    `totals` are the cells that others add up to.
    """

    ids: tuple[str, ...]
    rows: tuple[Row, ...]
    totals: frozenset[int] = frozenset()

    def broken(self, values: Sequence[int]) -> tuple[Row, ...]:
        """The rows that the values don't keep."""
        return tuple(row for row in self.rows if not row.holds(values))


def whole_row(
    factors: Mapping[int, Fraction], low: Fraction | None, high: Fraction | None
) -> Row | None:
    """The same row in integers, its bounds as tight as integers allow; None where it is empty.

    100 × cell between 1999.5 and 2042.49 becomes cell = 20: that is how a whole percent with a
    known n gives a count away.
    """
    kept = {cell: factor for cell, factor in factors.items() if factor}
    if not kept:
        return None
    scale = Fraction(lcm(*(factor.denominator for factor in kept.values())))
    scale /= gcd(*(int(factor * scale) for factor in kept.values()))
    return Row(
        tuple(sorted((cell, int(factor * scale)) for cell, factor in kept.items())),
        None if low is None else ceil(low * scale),
        None if high is None else floor(high * scale),
    )


def sum_row(total: int, parts: Iterable[int]) -> Row:
    """total = sum of its parts."""
    return Row(tuple(sorted([(total, -1), *((part, 1) for part in parts)])), 0, 0)


def left_over(rows: Iterable[Row], shown: Mapping[int, int]) -> Iterator[Row]:
    """What the rows still say about the cells that aren't shown, shown ones put in."""
    for row in rows:
        known = sum(factor * shown[cell] for cell, factor in row.terms if cell in shown)
        terms = tuple(term for term in row.terms if term[0] not in shown)
        low = None if row.low is None else row.low - known
        high = None if row.high is None else row.high - known
        if terms:
            divisor = gcd(*(factor for _, factor in terms))
            yield Row(
                tuple((cell, factor // divisor) for cell, factor in terms),
                None if low is None else -(-low // divisor),
                None if high is None else high // divisor,
            )


def islands(cells: Collection[int], rows: Sequence[Row]) -> list[tuple[list[int], list[Row]]]:
    """Groups of cells that no row ties to a cell of another group, with their rows, in order."""
    leader = {cell: cell for cell in cells}

    def find(cell: int) -> int:
        while leader[cell] != cell:
            leader[cell] = leader[leader[cell]]
            cell = leader[cell]
        return cell

    for row in rows:
        first, *others = (find(cell) for cell, _ in row.terms)
        for other in others:
            one, two = find(first), find(other)
            leader[max(one, two)] = min(one, two)
    found: dict[int, tuple[list[int], list[Row]]] = {}
    for cell in sorted(cells):
        found.setdefault(find(cell), ([], []))[0].append(cell)
    for row in rows:
        found[find(row.terms[0][0])][1].append(row)
    return list(found.values())
