"""Two versions of one table → every cell, row and column that differs.

Of a million rows most are the same bytes in both files. Those cancel out as sets of records, and
only the rest is parsed. Where the headers differ every row is another record; then the columns that
both have are held as one text a row, which takes less room than a row of cells.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from generator.diff.records import Cells, parsed, records

Kind = Literal[
    "value_changed", "row_added", "row_removed", "column_added", "column_gone", "table_added",
    "table_gone",
]  # fmt: skip
Row = Mapping[str, str]
Key = tuple[str, ...]
Found = dict[str, Cells]
MARK = "_mark"
BETWEEN = "\x1f"  # no cell holds it


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `before` and `after` are the whole rows, as far as both versions have their
    columns."""

    table: str
    row_key: str
    column: str
    kind: Kind
    old: str = ""
    old_mark: str = ""
    new: str = ""
    new_mark: str = ""
    before: Row | None = None
    after: Row | None = None


@dataclass(frozen=True)
class Shape:
    """The columns that both versions of a table have, their key among them, and those that hold
    values: a mark counts as a part of its cell."""

    name: str
    columns: Key
    key: Key

    @property
    def values(self) -> Key:
        """The columns that are no marks of others."""
        return tuple(one for one in self.columns if not is_mark(one, self.columns))


def is_mark(column: str, columns: Iterable[str]) -> bool:
    """True for the column that says why a cell of another is empty."""
    return column.endswith(MARK) and column.removesuffix(MARK) in columns


def compare_tables(name: str, old: bytes, new: bytes, keys: Sequence[Key]) -> Iterator[Change]:
    """What differs: columns first, then rows in the order of their keys.

    `keys` are the columns of the key in the newer version, then those in the older one; the first
    that both have is taken. Without one, a row is known by all of its cells.
    """
    if old == new:
        return
    olds, news = records(old), records(new)
    before, after = header_of(olds), header_of(news)
    yield from _columns(name, before, after)
    common = tuple(one for one in after if one in before)
    key = next((key for key in keys if key and set(key) <= set(common)), common)
    shape = Shape(name, common, key)
    differ = _by_bytes if before == after else _by_cells
    yield from _rows(shape, *differ(shape, before, after, olds, news))


def header_of(found: Sequence[bytes]) -> Cells:
    """The names of the columns; none in a file without a line."""
    return next(parsed(found[:1]), [])


def _columns(name: str, before: Cells, after: Cells) -> Iterator[Change]:
    yield from (Change(name, "", one, "column_gone") for one in _only(before, after))
    yield from (Change(name, "", one, "column_added") for one in _only(after, before))


def _only(some: Cells, others: Cells) -> Iterator[str]:
    """The columns of one version alone; a mark whose column is another of them goes with it."""
    own = [one for one in some if one not in others]
    yield from (one for one in own if not is_mark(one, own))


def _by_bytes(
    shape: Shape, header: Cells, _: Cells, olds: list[bytes], news: list[bytes]
) -> tuple[Found, Found]:
    """Rows of which the other version has no equal record, by their keys."""
    known = set(islice(olds, 1, None))
    only_new = [record for record in islice(news, 1, None) if record not in known]
    known.difference_update(news)
    only_old = [record for record in olds if record in known]
    return _keyed(shape, header, only_old), _keyed(shape, header, only_new)


def _by_cells(
    shape: Shape, before: Cells, after: Cells, olds: list[bytes], news: list[bytes]
) -> tuple[Found, Found]:
    """Rows that differ in the columns that both versions have, by their keys."""
    held = {key: BETWEEN.join(cells) for key, cells in _walk(shape, before, olds[1:])}
    added: Found = {}
    for key, cells in _walk(shape, after, news[1:]):
        if held.get(key) == BETWEEN.join(cells):
            del held[key]
        else:
            added[key] = cells
    return {key: cells.split(BETWEEN) for key, cells in held.items()}, added


def _keyed(shape: Shape, header: Cells, found: list[bytes]) -> Found:
    return dict(_walk(shape, header, found))


def _walk(shape: Shape, header: Cells, found: Iterable[bytes]) -> Iterator[tuple[str, Cells]]:
    """Each row's key and its cells in the common columns; a key that comes again is numbered."""
    places = [header.index(name) for name in shape.columns]
    keys = [header.index(name) for name in shape.key]
    whole = places == list(range(len(header)))
    seen: set[str] = set()
    for cells in parsed(found):
        if len(cells) < len(header):
            cells += [""] * (len(header) - len(cells))
        key = ".".join([cells[at] for at in keys])
        if key in seen:
            key = _numbered(key, seen)
        seen.add(key)
        yield key, cells if whole else [cells[at] for at in places]


def _numbered(key: str, seen: set[str]) -> str:
    number = 2
    while f"{key} ({number})" in seen:
        number += 1
    return f"{key} ({number})"


def _rows(shape: Shape, olds: Found, news: Found) -> Iterator[Change]:
    for key in sorted(olds.keys() | news.keys()):
        old = dict(zip(shape.columns, olds[key], strict=False)) if key in olds else None
        new = dict(zip(shape.columns, news[key], strict=False)) if key in news else None
        if old is not None and new is not None:
            yield from _cells(shape, key, old, new)
        elif old is not None:
            yield Change(shape.name, key, "", "row_removed", before=old)
        elif new is not None:
            yield Change(shape.name, key, "", "row_added", after=new)


def _cells(shape: Shape, key: str, old: Row, new: Row) -> Iterator[Change]:
    for column in shape.values:
        mark = column + MARK
        was, now = (old[column], old.get(mark, "")), (new[column], new.get(mark, ""))
        if was != now:
            yield Change(shape.name, key, column, "value_changed", *was, *now, old, new)


def keys_of(content: bytes, key: Key) -> frozenset[str]:
    """The keys of all rows of a table; none where it has not all columns of its key."""
    found = records(content)
    header = header_of(found)
    if not key or not set(key) <= set(header):
        return frozenset()
    places = [header.index(name) for name in key]
    return frozenset(".".join([row[at] for at in places]) for row in parsed(found[1:]))
