"""A published table as JSON: a list of records, one a line, with the marks beside the values."""

import json
from collections.abc import Iterator

from generator.downloads.dictionary import published_columns
from generator.downloads.values import Rows
from generator.model import Table

TOGETHER = 2000  # rows that are written at once


def to_json(rows: Rows, table: Table) -> Iterator[bytes]:
    """The rows under the names of their columns, piece by piece: numbers as numbers, ids as text,
    several ids as a list, null where a cell is empty. A program that reads it needs no dictionary
    for the types."""
    names = [column.name for column in published_columns(table)]
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode
    if not rows:
        yield b"[]\n"
        return
    for start in range(0, len(rows), TOGETHER):
        some = rows[start : start + TOGETHER]
        lines = ",\n".join(encode(dict(zip(names, row, strict=True))) for row in some)
        yield f"{',' if start else '['}\n{lines}".encode()
    yield b"\n]\n"
