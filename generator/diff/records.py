"""The bytes of a CSV file → its records, most of which nobody has to parse."""

import csv
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice

from generator.errors import InputError, Problem

Cells = list[str]
BOM = b"\xef\xbb\xbf"
SAVE_AS = "Save the file as UTF-8, with the line ends of Unix or Windows."


@dataclass(frozen=True)
class Version:
    """The records of one file, the header first; `where` is the file, for what is wrong in it."""

    where: str
    records: Sequence[bytes]

    @cached_property
    def header(self) -> Cells:
        """The names of the columns; none in a file without a line. InputError where one stands
        twice: a cell of it could be a cell of either."""
        names = next(self._parsed(self.records[:1]), [])
        for name, times in Counter(names).items():
            if times > 1:
                raise self._wrong(0, f"the column {times} times", "it once", column=name)
        return names

    def rows(self, found: Sequence[bytes]) -> Iterator[Cells]:
        """The cells of records below the header; those that a short row lacks are empty. InputError
        for a row that has more."""
        width = len(self.header)
        for at, cells in enumerate(self._parsed(found)):
            if len(cells) != width:
                if len(cells) > width:
                    hint = "Put quotes around a cell that holds a comma."
                    expected = f"{width} cells, as in the header"
                    line = self.records.index(found[at], 1)
                    raise self._wrong(line, f"{len(cells)} cells", expected, hint)
                cells += [""] * (width - len(cells))
            yield cells

    def _parsed(self, found: Sequence[bytes]) -> Iterator[Cells]:
        """The cells of records, one list each; InputError for one that is no line of CSV."""
        # One more at the end: into it a quote runs that does not close.
        reader = csv.reader(record.decode() for record in chain(found, [b""]))
        if max(map(len, found), default=0) > csv.field_size_limit():
            yield from self._long(found)
            return
        number = 0
        try:
            for cells in islice(reader, len(found)):
                if reader.line_num != number + 1:
                    raise csv.Error("a quote that does not close")
                number += 1
                yield cells
        except UnicodeDecodeError as error:
            byte = f"a byte that is not UTF-8 (0x{error.object[error.start]:02x})"
            raise self._bad(found[number], byte, "UTF-8 text") from error
        except csv.Error as error:
            bad = found[number]
            said = "a carriage return without a line feed" if b"\r" in bad else f"{error}"
            raise self._bad(bad, said, "cells and commas") from error

    def _long(self, found: Sequence[bytes]) -> Iterator[Cells]:
        """The same where a cell may be longer than the reader takes at once. The limit is one for
        the whole process, so each record is parsed before it is put back."""
        for record in found:
            limit = csv.field_size_limit(sys.maxsize)
            try:
                cells = list(self._parsed([record]))
            finally:
                csv.field_size_limit(limit)
            yield from cells

    def _bad(self, record: bytes, found: str, expected: str) -> InputError:
        return self._wrong(self.records.index(record), found, expected, SAVE_AS)

    def _wrong(
        self, at: int, found: str, expected: str, hint: str = "", column: str = ""
    ) -> InputError:
        line = 1 + sum(one.count(b"\n") + 1 for one in self.records[:at])
        return InputError([Problem(self.where, line, column, found, expected, hint)])


def records(content: bytes) -> list[bytes]:
    """Header and rows as they stand in the file, a quoted line break within its record."""
    content = content.removeprefix(BOM)
    if b"\r\n" in content:
        content = content.replace(b"\r\n", b"\n")
    lines = content.split(b"\n")
    if not lines[-1]:
        lines.pop()
    return list(_joined(lines)) if b'"' in content else lines


def _joined(lines: Iterable[bytes]) -> Iterator[bytes]:
    """A line whose quotes do not close goes on until one that closes them."""
    opened: list[bytes] = []
    for line in lines:
        is_odd = b'"' in line and line.count(b'"') % 2
        if not opened and not is_odd:
            yield line
            continue
        opened.append(line)
        if is_odd and len(opened) > 1:
            yield b"\n".join(opened)
            opened = []
    if opened:
        yield b"\n".join(opened)
