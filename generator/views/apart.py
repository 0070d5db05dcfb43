"""The tables of one page that are too long to stand on it together: which of them get pages of
their own, and where each of those is cut."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from generator.model import Text
from generator.views.parts import Cut, Part, cut

Listed = TypeVar("Listed")

# A row has 3 to 6 kB with its receipts. A page of 250 rows is long and still opens, and its reader
# can search it whole; parts are made from what is longer, with about 500 kB each.
WHOLE, MOST = 250, 150
CELLS = 500  # of tables with a receipt of about 1 kB behind each cell


def too_long(sizes: Mapping[str, int]) -> frozenset[str]:
    """The keys of the tables that leave their page, by the rows of each: none of a page that fits.
    What stays has at most `MOST` rows together."""
    if sum(sizes.values()) <= WHOLE:
        return frozenset()
    room = MOST // len(sizes)
    return frozenset(key for key, size in sizes.items() if size > room)


def pages_of(
    rows: Sequence[Listed], path: str, name: Callable[[Listed], Text], wide: int = 0
) -> list[Cut[Listed]]:
    """A table that left its page, on as many pages as it needs, each of which is a part by name;
    `wide` is how many cells of a row have a receipt, where they are no fixed few."""
    cuts = cut(rows, path, name, max(1, min(MOST, CELLS // wide)) if wide else MOST)
    if len(cuts) > 1:
        return cuts
    return [replace(one, parts=(Part(path, name(rows[0]), name(rows[-1])),)) for one in cuts]
