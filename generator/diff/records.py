"""The bytes of a CSV file → its records, most of which nobody has to parse."""

import csv
from collections.abc import Iterable, Iterator

Cells = list[str]


def records(content: bytes) -> list[bytes]:
    """Header and rows as they stand in the file, a quoted line break within its record."""
    if b"\r\n" in content:
        content = content.replace(b"\r\n", b"\n")
    lines = content.split(b"\n")
    if not lines[-1]:
        lines.pop()
    return list(_joined(lines)) if b'"' in content else lines


def parsed(found: Iterable[bytes]) -> Iterator[Cells]:
    """The cells of records, one list each."""
    return csv.reader(record.decode() for record in found)


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
