"""What corrections, replies and requests name: cells and rows that exist, and gaps asked for."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from generator.errors import Problem
from generator.model import Mark, RawTable
from generator.read.cells import quoted
from generator.read.rows import MARK_SUFFIX, nearest

CORRECTIONS, REPLIES, REQUESTS = "corrections", "replies", "requests"
# A computed value: what is computed, of what, when. Keys of rows hold no slash, and no table has a
# row "district".
COMPUTED = re.compile(r"[a-z_]+\.(?:district(?:/[^ ]*)?|[a-z]+/[^ ]+)\.[^ ]+")
FACT = "the id of a value in facts.csv, a cell as table.row-key.column, or a row as table.row-key"
CELL = "cells that are there, as table.row-key.column"
COVER = "Name it in covers of the request, or write the mark of the answer."
SUGGESTING = 10_000
COPY = "Copy it from the receipt of the value."


@dataclass(frozen=True)
class Addresses:
    """The rows of all tables by their keys, looked up when they are first asked for."""

    tables: Mapping[str, RawTable]
    kept: dict[str, Mapping[str, int]] = field(default_factory=dict)

    def rows(self, table: str) -> Mapping[str, int]:
        """The places of a table's rows in its frame, by their keys."""
        if table not in self.kept:
            raw = self.tables[table]
            parts = [raw.frame[name] for name in raw.table.key]
            keys = (".".join(cells) for cells in zip(*parts, strict=True))
            self.kept[table] = {key: at for at, key in enumerate(keys)}
        return self.kept[table]

    def names_row(self, address: str) -> bool:
        """True for "table.row-key"."""
        table, _, key = address.partition(".")
        return table in self.tables and key in self.rows(table)

    def names_cell(self, address: str) -> bool:
        """True for "table.row-key.column"."""
        row, _, column = address.rpartition(".")
        table = self.tables.get(row.partition(".")[0])
        return (
            table is not None
            and column in {one.name for one in table.table.columns}
            and self.names_row(row)
        )

    def nearest(self, address: str) -> str:
        """A hint at the row that may be meant, else at where addresses stand."""
        table, _, key = address.partition(".")
        # Comparing with every row can take hours: suggest where they are few.
        if table not in self.tables or len(self.rows(table)) > SUGGESTING:
            return COPY
        rows = list(self.rows(table))
        return nearest(key, rows) or nearest(key.rpartition(".")[0], rows) or COPY


def ledger_problems(tables: Mapping[str, RawTable]) -> Iterator[Problem]:
    """Every address of no fact, and every gap that is marked as requested and that no open request
    covers. Whether a computed value exists is known only once all are computed."""
    addresses = Addresses(tables)
    for name in (CORRECTIONS, REPLIES):
        for raw, line, address in _named(tables, name, "fact"):
            exists = addresses.names_cell(address) or addresses.names_row(address)
            if not exists and not COMPUTED.fullmatch(address):
                hint = addresses.nearest(address)
                yield Problem(raw.where, line, "fact", quoted(address), FACT, hint)
    for raw, line, covered in _named(tables, REQUESTS, "covers"):
        for address in covered.split():
            if not addresses.names_cell(address):
                hint = addresses.nearest(address)
                yield Problem(raw.where, line, "covers", quoted(address), CELL, hint)
    yield from _uncovered(tables)


class Known(Protocol):
    """The ids of all facts that pages show; `ids` gives them sorted."""

    def __contains__(self, fact: object) -> bool: ...

    def ids(self) -> Sequence[str]:
        """Every id."""


def computed_problems(raw: RawTable, known: Known) -> Iterator[Problem]:
    """Every address of a computed value that the site does not show."""
    for line, address in zip(raw.lines, raw.frame["fact"], strict=True):
        if COMPUTED.fullmatch(address) and address not in known:
            close = nearest(address, known.ids())
            yield Problem(raw.where, line, "fact", quoted(address), FACT, close or COPY)


def release_problems(raw: RawTable, releases: Collection[str]) -> Iterator[Problem]:
    """Every correction in a release that there is not."""
    for line, release in zip(raw.lines, raw.frame["release"], strict=True):
        if release and release not in releases:
            hint = "Leave it empty until the release is made."
            wanted = f"one of: {', '.join(releases)}" if releases else "no release: none is made"
            yield Problem(raw.where, line, "release", quoted(release), wanted, hint)


def _named(
    tables: Mapping[str, RawTable], name: str, column: str
) -> Iterator[tuple[RawTable, int, str]]:
    """(table, line, address or addresses) of each row of a table that names some."""
    if raw := tables.get(name):
        for line, address in zip(raw.lines, raw.frame[column], strict=True):
            if address:
                yield raw, line, address


def _uncovered(tables: Mapping[str, RawTable]) -> Iterator[Problem]:
    covered = _covered(tables)
    for name, raw in tables.items():
        for column in (one.name for one in raw.table.columns if one.empty is not None):
            for row in _requested(raw, column):
                key = ".".join(str(raw.frame.at[row, part]) for part in raw.table.key)
                if (address := f"{name}.{key}.{column}") not in covered:
                    found = f"the mark {quoted(Mark.REQUESTED)}"
                    wanted = f"an open request in requests.csv that covers {address}"
                    line = raw.lines[row]
                    yield Problem(raw.where, line, column + MARK_SUFFIX, found, wanted, COVER)


def _requested(raw: RawTable, column: str) -> list[int]:
    """The rows whose cell in the column is marked as requested."""
    marks = raw.frame.get(column + MARK_SUFFIX)
    return [] if marks is None else [int(row) for row in raw.frame.index[marks == Mark.REQUESTED]]


def _covered(tables: Mapping[str, RawTable]) -> frozenset[str]:
    """The cells that open requests ask for."""
    if REQUESTS not in tables:
        return frozenset()
    frame = tables[REQUESTS].frame
    open_ = frame[frame["answer"] == "open"]
    return frozenset(one for covers in open_["covers"] for one in covers.split())
