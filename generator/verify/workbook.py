"""The XLSX against the CSVs: it is a zip of XML, and read as such."""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

from generator.verify.mismatch import Mismatch
from generator.verify.published import DICTIONARY, Published, read_csv
from generator.verify.values import Value, joined, other, values

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINKS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
PLACE = re.compile(r"([A-Z]+)(\d+)")
TEXTS = "xl/sharedStrings.xml"
MOST_ROWS = 1_048_576
ABOUT, WORDS = "about", "dictionary"
LETTERS = 26


def check_workbook(folder: Path, under: str, path: str, published: Published) -> Iterator[Mismatch]:
    """Every sheet against its table; texts are texts, and nothing is a formula or a link."""
    try:
        with ZipFile(folder / path) as archive:
            for name in sorted(archive.namelist()):
                content = archive.read(name)
                if b"<f>" in content or b"<f " in content or b"<hyperlink" in content:
                    yield Mismatch(path, "", "a formula or a link", name, "")
            yield from check_sheets(folder, under, path, published, archive)
    except (OSError, BadZipFile, ElementTree.ParseError, KeyError, ValueError, IndexError) as error:
        yield Mismatch(path, "", f"can't be read as XLSX ({type(error).__name__})")


def check_sheets(
    folder: Path, under: str, path: str, published: Published, archive: ZipFile
) -> Iterator[Mismatch]:
    """The sheets, one after the other: a country's tables would not fit beside each other."""
    sheets = sheets_in(archive)
    expected = [ABOUT, WORDS, *published.resources]
    if list(sheets) != [name[:31] for name in expected]:
        yield Mismatch(path, "", "sheets", " ".join(sheets), " ".join(expected))
        return
    shared = texts_in(archive)
    wrong: list[Mismatch] = []
    words = read_csv(folder, f"{under}/{DICTIONARY}", wrong)
    told: list[list[Value]] = [[cell or None for cell in row] for row in words]
    yield from same(path, WORDS, read_sheet(archive, sheets[WORDS], shared), told)
    for table in published.resources:
        found = read_sheet(archive, sheets[table[:31]], shared)
        rows = values(folder, under, published, table)
        if len(rows) < MOST_ROWS:
            cells = [[joined(cell) for cell in row] for row in rows]
            yield from same(path, table, found, [list(published.headers[table]), *cells])


def same(
    path: str, name: str, found: list[list[Value]], expected: list[list[Value]]
) -> Iterator[Mismatch]:
    """A sheet has the cells of its table; empty ones at a row's end are not there."""
    width = max(map(len, expected), default=0)
    for row in found:
        row += [None] * (width - len(row))
    none: list[Value] = [None] * width
    filled = [*found, *[none] * (len(expected) - len(found))]
    place, shown, wanted = other(filled, expected)
    if place:
        yield Mismatch(path, "", f"{name}: {place}", shown, wanted)


def sheets_in(archive: ZipFile) -> dict[str, str]:
    """The file of each sheet by its name, in the order of the book."""
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {link.get("Id"): link.get("Target") for link in links}
    return {
        str(sheet.get("name")): f"xl/{targets[sheet.get(f'{LINKS}id')]}"
        for sheet in book.iter(f"{MAIN}sheet")
    }


def texts_in(archive: ZipFile) -> list[str]:
    """The texts that cells share; a long book has none, its texts stand in the cells."""
    if TEXTS not in archive.namelist():
        return []
    return [words_of(one) for one in ElementTree.fromstring(archive.read(TEXTS))]


def words_of(element: ElementTree.Element) -> str:
    """The text in an element."""
    return "".join(part.text or "" for part in element.iter(f"{MAIN}t"))


def read_sheet(archive: ZipFile, name: str, shared: list[str]) -> list[list[Value]]:
    """The rows of a sheet, as far as they are filled."""
    rows: list[list[Value]] = []
    with archive.open(name) as file:
        for _, element in ElementTree.iterparse(file):
            if element.tag == f"{MAIN}c":
                at, column = place_of(str(element.get("r")))
                rows += [[] for _ in range(at - len(rows))]
                row = rows[at - 1]
                row += [None] * (column - len(row) - 1)
                row.append(value_of(element, shared))
            elif element.tag == f"{MAIN}row":
                element.clear()  # its cells; the parser would keep them to the end
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
