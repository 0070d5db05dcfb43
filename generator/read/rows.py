"""The bytes of one CSV file → a RawTable: text cells, each row with the line it stands on."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

import pandas as pd

from generator.errors import InputError, Problem
from generator.model import STATUS, RawTable, Table
from generator.read.cells import quoted

MARK_SUFFIX = "_mark"
ALIKE = 0.75
SAVE_AS = "Save the file as UTF-8 without BOM."
# The spreadsheet's "Unicode text" and old Mac line ends are the usual ways to a file that is not
# plain UTF-8; each is named, since "cannot decode" helps nobody.
STARTS = {
    b"\xef\xbb\xbf": "a byte order mark (BOM)",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}
LONE_CR = re.compile(r"\r(?!\n)")


def parse_table(content: bytes, where: str, table: Table) -> RawTable:
    """The table's text cells in the order of the declaration, mark columns behind their column,
    translations last.

    Nothing is interpreted: "007" stays "007", an empty cell is "". Raises InputError with every
    Problem of the header, or else of the rows' widths.
    """
    rows, lines = _rows(decode(content, where), where)
    header, body = rows[0], rows[1:]
    problems = list(_header_problems(header, where, table))
    # Against a wrong header every row would look too long or too short.
    problems = problems or list(_width_problems(body, lines[1:], len(header), where))
    if problems:
        raise InputError(problems)
    return RawTable(table, where, _frame(header, body, table), tuple(lines[1:]))


def decode(content: bytes, where: str) -> str:
    """The text of a file that is UTF-8 without BOM; InputError says what it is instead."""
    for start, name in STARTS.items():
        if content.startswith(start):
            raise InputError([Problem(where, 1, "", name, "UTF-8 without BOM", SAVE_AS)])
    if not content:
        hint = "Write at least the header line."
        raise InputError([Problem(where, 0, "", "an empty file", "a header line", hint)])
    if b"\0" in content:
        line = content[: content.index(b"\0")].count(b"\n") + 1
        raise InputError([Problem(where, line, "", "a NUL byte", "UTF-8 text", SAVE_AS)])
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        found = f"a byte that is not UTF-8 (0x{content[error.start]:02x})"
        raise InputError([Problem(where, line, "", found, "UTF-8 text", SAVE_AS)]) from error
    if lone := LONE_CR.search(text):
        line = text.count("\n", 0, lone.start()) + 1
        hint = "Save the file with the line ends of Unix or Windows."
        found = "a carriage return without a line feed"
        raise InputError([Problem(where, line, "", found, "a line feed at the end of lines", hint)])
    return text


def known_columns(table: Table) -> tuple[str, ...]:
    """Every column that the table's file may have, in order; a mark follows its column."""
    return tuple(
        name
        for column in table.columns
        for name in (column.name, column.name + MARK_SUFFIX)
        if name == column.name or column.empty is not None
    )


def nearest(word: str, known: Sequence[str]) -> str:
    """A hint that names the most similar known word, or ""."""
    if word.isdigit():  # numbers that look alike are different schools
        return ""
    close = get_close_matches(word, known, n=1, cutoff=ALIKE)
    return f"Did you mean {quoted(close[0])}?" if close else ""


def _rows(text: str, where: str) -> tuple[list[list[str]], list[int]]:
    """All rows and the line on which each begins: a quoted line break moves the rows after it."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[list[str]] = []
    lines: list[int] = []
    start = 1
    try:
        for row in reader:
            rows.append(row)
            lines.append(start)
            start = reader.line_num + 1
    except csv.Error as error:
        hint = "Check the quotes: each opens and closes around a whole cell."
        found = f"a row that is not CSV ({error})"
        raise InputError([Problem(where, start, "", found, "cells and commas", hint)]) from error
    return rows, lines


def _header_problems(header: list[str], where: str, table: Table) -> Iterator[Problem]:
    known = known_columns(table)
    only = "only its declared columns"
    if table.kind == "public_record":
        only = "only its declared columns, since it holds the public record and nothing more"
    for name, times in Counter(header).items():
        if name not in known and not _is_translation(name, table):
            hint = nearest(name, known) or "Delete the column, or declare it."
            # A file without its header line would show a row of answers here.
            found = "an unknown column" if table.kind == "survey" else f"the column {quoted(name)}"
            yield Problem(where, 1, "", found, only, hint if table.kind != "survey" else "")
        elif times > 1:
            hint = "Delete or rename one."
            yield Problem(where, 1, name, f"the column {times} times", "it once", hint)
    for column in table.columns:
        if column.name not in header:
            hint = "Add it; its cells may be empty." if not column.required else "Add it."
            yield Problem(where, 1, column.name, "no such column", "every declared column", hint)


def _is_translation(name: str, table: Table) -> bool:
    """True for the words of a column in another language, and for how far they were read."""
    has_prose = any(column.prose for column in table.columns)
    return table.translated(name) is not None or (name == STATUS and has_prose)


def _width_problems(
    body: list[list[str]], lines: list[int], width: int, where: str
) -> Iterator[Problem]:
    for row, line in zip(body, lines, strict=True):
        if len(row) == width:
            continue
        found = f"{len(row)} cells" if row else "an empty line"
        hint = "Put quotes around a cell that holds a comma." if row else "Delete the line."
        yield Problem(where, line, "", found, f"{width} cells, as in the header", hint)


def _frame(header: list[str], body: list[list[str]], table: Table) -> pd.DataFrame:
    cells = dict(zip(header, zip(*body, strict=True), strict=True)) if body else {}
    known = known_columns(table)
    names = [*(name for name in known if name in header), *(n for n in header if n not in known)]
    return pd.DataFrame({name: pd.Series(cells.get(name, ()), dtype="str") for name in names})
