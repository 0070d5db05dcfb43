"""Lines of a CSV. Not the csv module: whether it quotes a lone CR depends on the version of Python.

Lines end with LF although RFC 4180 says CRLF: every reader takes both, but cut, awk and grep leave
the CR in the last cell, and a diff of our releases stays one of lines. The package says so.
"""

import math
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd

NEEDS_QUOTES = re.compile('[",\r\n]')
NEEDS_QUOTES_BUT_COMMA = re.compile('["\r\n]')


def csv_file(names: Sequence[str], rows: Iterable[Iterable[object]]) -> bytes:
    """The rows under their names, as bytes."""
    return "".join(line(row) for row in (names, *rows)).encode()


def line(row: Iterable[object]) -> str:
    """A row as a line, its cells as text."""
    cells = [value if type(value) is str else _text(value) for value in row]
    joined = ",".join(cells)
    # Most lines hold nothing to quote: one look at the whole is cheaper than one at each cell.
    if joined.count(",") >= len(cells) or NEEDS_QUOTES_BUT_COMMA.search(joined):
        joined = ",".join(map(_quote, cells))
    return joined + "\n"


def _quote(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if NEEDS_QUOTES.search(text) else text


def _text(value: Any) -> str:
    """A value as the text of its cell; "" for an empty one."""
    match value:
        case str():
            return str(value)
        case bool():
            return "true" if value else "false"
        case float():
            return _number(value)
        case tuple():
            return " ".join(value)
    return "" if value is None or value is pd.NA else str(value)


def _number(value: float) -> str:
    """As few digits as say the number exactly, without an exponent."""
    if math.isnan(value):
        return ""
    if math.isinf(value):
        raise ValueError("an infinite number in a table")
    return f"{Decimal(repr(value + 0.0)):f}".removesuffix(".0")  # + 0.0: no minus at a zero
