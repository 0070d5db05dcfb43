"""Keys → lines, as a tree of small JSON files: a full file is split by the next letter."""

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, chain, islice

from generator.model import File

DEPTH = 12  # letters; a longer key tells nothing more apart
SHOWN = 30  # lines of a file whose other lines stand in those behind it
PLAIN = re.compile(r"[^a-z0-9_]")
# Windows keeps these names for devices: no file may have one.
DEVICE = re.compile(r"con|prn|aux|nul|com\d|lpt\d")
LAST = "\U0010ffff"


@dataclass
class Places:
    """Which lines each key leads to, those that begin with the key before the others."""

    leading: dict[str, list[int]] = field(default_factory=dict)
    inner: dict[str, list[int]] = field(default_factory=dict)

    def add(self, keys: Iterable[str], line: int, *, leads: bool) -> None:
        """One line for these keys, each given once; lines come in their order."""
        part = self.leading if leads else self.inner
        for key in keys:
            part.setdefault(key[:DEPTH], []).append(line)

    def words(self) -> list[str]:
        """Every key, sorted."""
        return sorted(self.leading.keys() | self.inner.keys())

    def count(self, key: str) -> int:
        """How many lines a key leads to."""
        return len(self.leading.get(key, ())) + len(self.inner.get(key, ()))

    def lines(self, keys: Sequence[str]) -> Iterator[int]:
        """The lines of these keys, each once, the leading ones first."""
        parts = (part.get(key, ()) for part in (self.leading, self.inner) for key in keys)
        seen: set[int] = set()
        for line in chain.from_iterable(parts):
            if line not in seen:
                seen.add(line)
                yield line


def shards(folder: str, places: Places, lines: Sequence[str], most: int) -> Iterator[File]:
    """`{folder}.json` for the empty key, `{folder}/{letters}.json` for the others.

    A file holds {"rows": […]}: all lines whose key begins with its letters. Where those are more
    than `most`, {"next": "abc", "rows": […]}: the first of them, and the letters that lead on, each
    to a file of its own.
    """
    keys = places.words()
    sums = [0, *accumulate(map(places.count, keys))]
    stack = [("", 0, len(keys))]
    while stack:
        prefix, start, end = stack.pop()
        name = f"{folder}/{file_name(prefix)}.json" if prefix else f"{folder}.json"
        if sums[end] - sums[start] <= most:
            yield _file(name, None, [lines[line] for line in places.lines(keys[start:end])])
            continue
        whole = start < end and keys[start] == prefix
        parts = list(_parts(keys, len(prefix), start + whole, end))
        own = islice(places.lines(keys[start : start + whole]), most)
        others = islice(places.lines(keys[start + whole : end]), SHOWN)
        shown = dict.fromkeys(chain(own, others))
        yield _file(name, "".join(letter for letter, _, _ in parts), [lines[one] for one in shown])
        stack += [(prefix + letter, first, last) for letter, first, last in reversed(parts)]


def _parts(keys: Sequence[str], at: int, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """The runs of keys with the same letter at a place: (letter, start, end)."""
    while start < end:
        head = keys[start][: at + 1]
        stop = bisect_right(keys, head + LAST, start, end)
        yield head[at], start, stop
        start = stop


def _file(name: str, following: str | None, rows: Sequence[str]) -> File:
    head = "" if following is None else f'"next":{json.dumps(following, ensure_ascii=False)},'
    return File(name, "".join(("{", head, '"rows":[\n', ",\n".join(rows), "\n]}\n")).encode())


def file_name(letters: str) -> str:
    """The letters as the name of a file: others than a to z by their number, as in -5d0-; finder.js
    says it too."""
    name = PLAIN.sub(lambda found: f"-{ord(found[0]):x}-", letters)
    return f"{name}-" if DEVICE.fullmatch(name) else name
