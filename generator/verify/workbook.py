"""The XLSX against the CSVs: it is a zip of XML, and read as such."""

import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

from generator.verify.mismatch import Mismatch
from generator.verify.published import DICTIONARY, Published, read_csv
from generator.verify.values import Value, joined, other, values

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINKS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
PLACE = re.compile(r"([A-Z]+)(\d+)")
MOST_ROWS = 1_048_576
ABOUT, WORDS = "about", "dictionary"
LETTERS = 26


def check_workbook(folder: Path, under: str, path: str, published: Published) -> Iterator[Mismatch]:
    """Every sheet against its table; texts are texts, and nothing is a formula or a link."""
    try:
        with ZipFile(folder / path) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        sheets = read_sheets(parts)
    except (OSError, BadZipFile, ElementTree.ParseError, KeyError, ValueError, IndexError) as error:
        yield Mismatch(path, "", f"can't be read as XLSX ({type(error).__name__})")
        return
    for name, content in sorted(parts.items()):
        if b"<f>" in content or b"<f " in content or b"<hyperlink" in content:
            yield Mismatch(path, "", "a formula or a link", name, "")
    expected = [ABOUT, WORDS, *published.resources]
    if list(sheets) != [name[:31] for name in expected]:
        yield Mismatch(path, "", "sheets", " ".join(sheets), " ".join(expected))
        return
    wrong: list[Mismatch] = []
    words = read_csv(folder, f"{under}/{DICTIONARY}", wrong)
    told: list[list[Value]] = [[cell or None for cell in row] for row in words]
    yield from same(path, WORDS, sheets[WORDS], told)
    for table in published.resources:
        rows = values(folder, under, published, table)
        if len(rows) < MOST_ROWS:
            cells = [[joined(cell) for cell in row] for row in rows]
            found = sheets[table[:31]]
            yield from same(path, table, found, [list(published.headers[table]), *cells])


def same(
    path: str, name: str, found: list[list[Value]], expected: list[list[Value]]
) -> Iterator[Mismatch]:
    """A sheet has the cells of its table; empty ones at a row's end are not there."""
    width = max(map(len, expected), default=0)
    filled = [[*row, *[None] * (width - len(row))] for row in found]
    filled += [[None] * width] * (len(expected) - len(filled))
    place, shown, wanted = other(filled, expected)
    if place:
        yield Mismatch(path, "", f"{name}: {place}", shown, wanted)


def read_sheets(parts: Mapping[str, bytes]) -> dict[str, list[list[Value]]]:
    """The cells of each sheet by its name, in the order of the book."""
    book = ElementTree.fromstring(parts["xl/workbook.xml"])
    links = ElementTree.fromstring(parts["xl/_rels/workbook.xml.rels"])
    targets = {link.get("Id"): link.get("Target") for link in links}
    shared = read_shared(parts.get("xl/sharedStrings.xml", b""))
    return {
        str(sheet.get("name")): read_sheet(parts[f"xl/{targets[sheet.get(f'{LINKS}id')]}"], shared)
        for sheet in book.iter(f"{MAIN}sheet")
    }


def read_shared(content: bytes) -> list[str]:
    """The texts that cells share; a long book has none, its texts stand in the cells."""
    return [words_of(one) for one in ElementTree.fromstring(content)] if content else []


def words_of(element: ElementTree.Element) -> str:
    """The text in an element."""
    return "".join(part.text or "" for part in element.iter(f"{MAIN}t"))


def read_sheet(content: bytes, shared: list[str]) -> list[list[Value]]:
    """The rows of a sheet, as far as they are filled."""
    rows: list[list[Value]] = []
    for _, cell in ElementTree.iterparse(io.BytesIO(content)):
        if cell.tag != f"{MAIN}c":
            continue
        at, column = place_of(str(cell.get("r")))
        rows += [[] for _ in range(at - len(rows))]
        row = rows[at - 1]
        row += [None] * (column - len(row) - 1)
        row.append(value_of(cell, shared))
        cell.clear()  # its parts; the parser would keep them to the end
    return rows


def place_of(reference: str) -> tuple[int, int]:
    """Row and column of a cell, from 1: B7 is (7, 2)."""
    found = PLACE.fullmatch(reference)
    if not found:
        raise ValueError(reference)
    column = 0
    for letter in found[1]:
        column = column * LETTERS + ord(letter) - ord("A") + 1
    return int(found[2]), column


def value_of(cell: ElementTree.Element, shared: list[str]) -> Value:
    """What a cell holds: a text, a number or a flag, by what it says that it is."""
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return words_of(cell)
    text = cell.findtext(f"{MAIN}v")
    if text is None:
        return None
    if kind == "s":
        return shared[int(text)]
    return text == "1" if kind == "b" else float(text)
