"""Two versions of one table → every cell, row and column that differs.

Of a million rows most are the same bytes in both files. Those cancel out as sets of records, and
only the rest is parsed. Where the headers differ every row is another record; then the columns that
both have are held as one text a row, which takes less room than a row of cells.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from generator.diff.records import Cells, Version, records

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


def compare_tables(
    name: str, old: bytes, new: bytes, keys: Sequence[Key], where: tuple[str, str] = ("old", "new")
) -> Iterator[Change]:
    """What differs: columns first, then rows in the order of their keys.

    `keys` are the columns of the key in the newer version, then those in the older one; the first
    that both have is taken. Without one, a row is known by all of its cells. `where` are the two
    files, which InputError names if a row that has to be looked at can't be read.
    """
    if old == new:
        return
    before, after = Version(where[0], records(old)), Version(where[1], records(new))
    yield from _columns(name, before.header, after.header)
    common = tuple(one for one in after.header if one in before.header)
    key = next((key for key in keys if key and set(key) <= set(common)), common)
    shape = Shape(name, common, key)
    differ = _by_bytes if before.header == after.header else _by_cells
    yield from _rows(shape, *differ(shape, before, after))


def _columns(name: str, before: Cells, after: Cells) -> Iterator[Change]:
    yield from (Change(name, "", one, "column_gone") for one in _only(before, after))
    yield from (Change(name, "", one, "column_added") for one in _only(after, before))


def _only(some: Cells, others: Cells) -> Iterator[str]:
    """The columns of one version alone; a mark whose column is another of them goes with it."""
    own = [one for one in some if one not in others]
    yield from (one for one in own if not is_mark(one, own))


def _by_bytes(shape: Shape, before: Version, after: Version) -> tuple[Found, Found]:
    """Rows of which the other version has no equal record, by their keys."""
    olds, news = before.records, after.records
    known = set(islice(olds, 1, None))
    if len(known) < len(olds) - 1 or len(set(islice(news, 1, None))) < len(news) - 1:
        return _by_cells(shape, before, after)  # in a set, a row that stands twice would be one
    only_new = [record for record in islice(news, 1, None) if record not in known]
    known.difference_update(news)
    only_old = [record for record in islice(olds, 1, None) if record in known]
    return dict(_walk(shape, before, only_old)), dict(_walk(shape, after, only_new))


def _by_cells(shape: Shape, before: Version, after: Version) -> tuple[Found, Found]:
    """Rows that differ in the columns that both versions have, by their keys."""
    held = {key: BETWEEN.join(cells) for key, cells in _walk(shape, before, before.records[1:])}
    added: Found = {}
    for key, cells in _walk(shape, after, after.records[1:]):
        if held.get(key) == BETWEEN.join(cells):
            del held[key]
        else:
            added[key] = cells
    return {key: cells.split(BETWEEN) for key, cells in held.items()}, added


def _walk(shape: Shape, version: Version, found: Sequence[bytes]) -> Iterator[tuple[str, Cells]]:
    """Each row's key and its cells in the common columns; a key that comes again is numbered."""
    header = version.header
    places = [header.index(name) for name in shape.columns]
    keys = [header.index(name) for name in shape.key]
    whole = places == list(range(len(header)))
    seen: set[str] = set()
    for cells in version.rows(found):
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
    version = Version("", records(content))
    if not key or not set(key) <= set(version.header):
        return frozenset()
    places = [version.header.index(name) for name in key]
    return frozenset(
        ".".join([row[at] for at in places]) for row in version.rows(version.records[1:])
    )
