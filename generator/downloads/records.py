"""A published table as JSON: a list of records, one a line, with the marks beside the values."""

import json

from generator.downloads.dictionary import published_columns
from generator.downloads.values import Rows
from generator.model import Table


def to_json(rows: Rows, table: Table) -> bytes:
    """The rows under the names of their columns: numbers as numbers, ids as text, several ids as a
    list, null where a cell is empty. A program that reads it needs no dictionary for the types."""
    names = [column.name for column in published_columns(table)]
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode
    lines = [encode(dict(zip(names, row, strict=True))) for row in rows]
    return ("[\n" + ",\n".join(lines) + "\n]\n" if lines else "[]\n").encode()
