"""A list that is too long for one page, in parts: each a page of its own.

A page of some thousand rows with their receipts has megabytes, and a phone does not open it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from typing import Generic, Protocol, TypeVar

from generator.model import Text

Listed = TypeVar("Listed")


@dataclass(frozen=True)
class Part:
    """A page of a list: its address, and the names at the ends of what it lists."""

    path: str
    first: Text
    last: Text


@dataclass(frozen=True)
class Cut(Generic[Listed]):
    """The rows of one page. `parts` are all pages of the list, in their order, none where one page
    holds it; `here` is this page's place among them, from 0."""

    rows: tuple[Listed, ...]
    path: str
    here: int
    parts: tuple[Part, ...]

    @property
    def part(self) -> Part | None:
        """This page among the parts; None for the first, which has the list's own address."""
        return self.parts[self.here] if self.here else None

    @property
    def before(self) -> Part | None:
        """The part before this one."""
        return self.parts[self.here - 1] if self.here else None

    @property
    def after(self) -> Part | None:
        """The part behind this one."""
        return self.parts[self.here + 1] if self.here + 1 < len(self.parts) else None


class Named(Protocol):
    """A row that stands under its own name."""

    @property
    def name(self) -> Text:
        """The name, as the page shows it."""


def name_of(one: Named) -> Text:
    """What most rows stand under."""
    return one.name


def cut(
    rows: Sequence[Listed],
    path: str,
    name: Callable[[Listed], Text],
    most: int,
    below: str = "",
) -> list[Cut[Listed]]:
    """The rows in their order, as few parts as hold at most `most` each, about equally long. The
    first one has the address of the list, `path`; the others stand below it, or below `below`:
    2/, 3/ …"""
    count = max(1, ceil(len(rows) / most))
    ends = [len(rows) * part // count for part in range(count + 1)]
    pieces = [tuple(rows[start:end]) for start, end in pairwise(ends)]
    paths = [path if part == 1 else f"{below or path}{part}/" for part in range(1, count + 1)]
    parts = tuple(
        Part(at, name(piece[0]), name(piece[-1]))
        for at, piece in zip(paths, pieces, strict=True)
        if count > 1
    )
    return [
        Cut(piece, at, here, parts)
        for here, (at, piece) in enumerate(zip(paths, pieces, strict=True))
    ]
