"""The published tables as one XLSX: a sheet a table, the dictionary, and words on what it is.

Excel guesses at what it reads from a CSV; here each cell says what it is: ids keep their zeros, and
no text becomes a number, a day, a link or a formula.
"""

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import datetime
from itertools import zip_longest
from typing import cast

from xlsxwriter import Workbook

from generator.downloads.cells import RowSheet, Styles, shown
from generator.downloads.dictionary import DictionaryRow, published_columns
from generator.downloads.values import Rows, Value
from generator.model import Table

MOST_ROWS = 1_048_576  # of a sheet, its header among them
LONGEST_NAME = 31
WIDEST, NARROWEST = 60, 8
ABOUT, DICTIONARY = "about", "dictionary"
# XlsxWriter would ask the clock. The day in the file's properties is said to be that of the data.
NO_DAY = "1980-01-01"


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name, the table that it holds, the names of its columns, what gives its rows."""

    name: str
    table: str
    header: Sequence[str]
    rows: Callable[[], Sequence[Sequence[Value]]]


@dataclass(frozen=True)
class Said:
    """What the workbook says of itself: its title, lines for the first sheet, its day, and what
    stands in the place of a table that no sheet can hold, with a place for the file's name."""

    title: str
    lines: Sequence[str]
    day: str
    too_long: str


def to_xlsx(
    tables: Iterable[tuple[Table, Callable[[], Rows]]],
    dictionary: Sequence[DictionaryRow],
    said: Said,
    *,
    long: bool = False,
) -> bytes:
    """The bytes of the workbook; `long` where its rows are too many to be held."""
    names = [field.name for field in fields(DictionaryRow)]
    sheets = [Sheet(DICTIONARY, DICTIONARY, names, lambda: [astuple(row) for row in dictionary])]
    for table, rows in tables:
        header = [column.name for column in published_columns(table)]
        sheets.append(Sheet(sheet_name(table.name, sheets), table.name, header, rows))
    target = io.BytesIO()
    # Texts that stand once, for all cells that hold them, are what every program reads alike. For a
    # hundred thousand schools they would not fit: then sheets go to scratch files, texts in them.
    book = Workbook(target, {"in_memory": not long})
    day = datetime.fromisoformat(said.day or NO_DAY)
    book.set_properties({"title": said.title, "created": day})
    text, bold = book.add_format({"num_format": "@"}), book.add_format({"bold": True})
    told = [[line] for line in said.lines]
    about = _page(book, ABOUT)
    about.set_column(0, 0, 2 * WIDEST)
    about.hold([said.title], told, (bold, text), (lambda: told) if long else None)
    for sheet in sheets:
        _write(_page(book, sheet.name), sheet, said, (bold, text), long=long)
    book.close()
    return target.getvalue()


def sheet_name(table: str, sheets: Iterable[Sheet]) -> str:
    """The name of a table's sheet: its own, cut where Excel allows no longer one."""
    taken = {ABOUT, "history", *(sheet.name for sheet in sheets)}
    if len(table) <= LONGEST_NAME and table not in taken:
        return table
    numbered = (f"{table[: LONGEST_NAME - 3]}_{number}" for number in range(2, 100))
    return next(name for name in numbered if name not in taken)


def _page(book: Workbook, name: str) -> RowSheet:
    return cast(RowSheet, book.add_worksheet(name, RowSheet))


def _write(page: RowSheet, sheet: Sheet, said: Said, styles: Styles, *, long: bool) -> None:
    rows = sheet.rows()
    if len(rows) >= MOST_ROWS:
        words, text = said.too_long.format(file=f"{sheet.table}.csv"), styles[1]
        page.hold([words], (), (text, text), list if long else None)
        return
    for place, width in enumerate(_widths(sheet.header, rows)):
        page.set_column(place, place, width)
    page.freeze_panes(1, 0)
    # An id of digits is a text on purpose: no green corner shall ask to make it a number.
    page.ignore_errors({"number_stored_as_text": f"A1:XFD{MOST_ROWS}"})
    page.hold(sheet.header, rows, styles, sheet.rows if long else None)


def _widths(header: Sequence[str], rows: Sequence[Sequence[Value]]) -> Iterator[int]:
    """The width of each column in characters, from its name and its longest cell."""
    longest = [max(map(len, map(shown, cells))) for cells in zip(*rows, strict=True)]
    for name, widest in zip_longest(header, longest, fillvalue=0):
        yield min(WIDEST, max(NARROWEST, len(str(name)) + 2, int(widest) + 1))
