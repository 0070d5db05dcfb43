"""A sheet's rows as XLSX says them.

XlsxWriter asks a dozen questions about each cell: nine tenths of the time of a workbook. A table as
published has texts, numbers and flags alone, so a cell is one of four lines here. All else of a
workbook is XlsxWriter's.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TextIO

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from generator.downloads.values import Value

# What can't stand in XML as it is, or not without a word on it.
AWKWARD = re.compile(r"[&<>\x00-\x1f\ufffe\uffff]|^\s|\s$|_x[0-9A-Fa-f]{4}_")
SPACE = re.compile(r"^\s|\s$")
RICH = re.compile("<r>.*</r>", re.DOTALL)
Matrix = Sequence[Sequence[Value]]
Again = Callable[[], Matrix]
Wording = Callable[[str], str]
Styles = tuple[Format, Format]  # of the head, and of what stands below it


class RowSheet(Worksheet):
    """A sheet that is given its rows at once, the first of them its header or title."""

    lines: Iterable[str] = ()

    def hold(
        self, head: Sequence[Value], rows: Matrix, styles: Styles, again: Again | None = None
    ) -> None:
        """Take a head and the rows below it, each with the style of its texts; a text that many
        cells hold stands once for all. In a long book `again` gives the rows once more when it is
        written, so that none is kept, and each text stands in its cell."""
        if again:
            self.lines = self._lines(head, again, styles, self._inline)
        else:
            self.lines = list(self._lines(head, lambda: rows, styles, self._shared))
        self._check_dimensions(0, 0)
        self._check_dimensions(len(rows), len(head) - 1)

    def _lines(
        self, head: Sequence[Value], rows: Again, styles: Styles, said: Wording
    ) -> Iterator[str]:
        first, other = (style._get_xf_index() for style in styles)  # type: ignore[no-untyped-call]
        columns = [xl_col_to_name(place) for place in range(len(head))]
        yield row_line(1, columns, head, first, said)
        for at, row in enumerate(rows(), 2):
            yield row_line(at, columns, row, other, said)

    def _shared(self, text: str) -> str:
        if RICH.fullmatch(text):  # XlsxWriter would take it for its own markup
            return self._inline(text)
        index: int = self.str_table._get_shared_string_index(text)  # type: ignore[attr-defined]
        return f' t="s"><v>{index}</v></c>'

    def _inline(self, text: str) -> str:
        if AWKWARD.search(text):
            keep = ' xml:space="preserve"' if SPACE.search(text) else ""
            escaped = self._escape_data(self._escape_control_characters(text))  # type: ignore[no-untyped-call]
            return f' t="inlineStr"><is><t{keep}>{escaped}</t></is></c>'
        return f' t="inlineStr"><is><t>{text}</t></is></c>'

    def _write_rows(self) -> None:
        """What XlsxWriter calls between the marks of a sheet's data."""
        file: TextIO = self.fh  # type: ignore[assignment]
        file.writelines(self.lines)


def row_line(
    at: int, columns: Sequence[str], row: Sequence[Value], style: int, said: Wording
) -> str:
    """A row; empty cells are left out."""
    cells = [
        f'<c r="{column}{at}" s="{style}"{said(value)}'
        if type(value) is str
        else _other(f"{column}{at}", style, value, said)
        for column, value in zip(columns, row, strict=False)
        if value is not None and value != ""
    ]
    return f'<row r="{at}">{"".join(cells)}</row>'


def _other(place: str, style: int, value: Any, said: Wording) -> str:
    """A cell that is no text of its own: a flag, a number, or several ids."""
    if isinstance(value, bool):
        return f'<c r="{place}" t="b"><v>{value:d}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{place}"><v>{value:.16G}</v></c>'
    return f'<c r="{place}" s="{style}"{said(shown(value))}'


def shown(value: Value) -> str:
    """A value as text: several ids with spaces between them."""
    return " ".join(value) if isinstance(value, tuple) else "" if value is None else str(value)
