"""The published tables as they stand in the folder, read by nothing of the generator."""

import csv
import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from sys import intern
from typing import Any

from generator.verify.mismatch import Mismatch, UnusableError

Row = Mapping[str, str]
SHARED = 100_000  # different cells whose equals are held once while a file is read
DATA = "data"
PACKAGE, DICTIONARY, SITE = "datapackage.json", "dictionary.csv", "site.toml"
FACTS = "facts"


@dataclass(frozen=True)
class Field:
    """A column in the data package: the codes it allows with their words, a pattern, must it be
    there."""

    name: str
    labels: Mapping[str, str]
    pattern: str
    required: bool


@dataclass(frozen=True)
class Resource:
    """A table in the data package; `links` are (column, other table, its column)."""

    name: str
    said: str
    key: tuple[str, ...]
    rows: int
    fields: tuple[Field, ...]
    links: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Column:
    """A column in the dictionary; `labels` are the words for its codes."""

    title: str
    description: str
    kind: str
    unit: str
    labels: Mapping[str, str]


NO_COLUMN = Column("", "", "text", "", {})


@dataclass(frozen=True)
class Published:
    """Rows by table and row key (its parts divided by full stops), columns by (table, name).

    In another language than the edition's first one `translated` holds its words of cells by
    (table, row key, column), which then stand in `tables` too, and those of computed facts by
    ("facts", the words in facts.csv, "formula" or "value").
    """

    resources: Mapping[str, Resource]
    tables: Mapping[str, Mapping[str, Row]]
    headers: Mapping[str, tuple[str, ...]]
    columns: Mapping[tuple[str, str], Column]
    site: Mapping[str, Any]
    translated: Mapping[tuple[str, str, str], str] = field(default_factory=dict)

    def rows(self, table: str) -> Mapping[str, Row]:
        """The rows of a table by their keys, none for a table that is not published."""
        return self.tables.get(table, {})

    def row(self, table: str, key: str) -> Row:
        """A row, an empty one where there is none."""
        return self.rows(table).get(key, {})

    def column(self, table: str, name: str) -> Column:
        """A column in the dictionary, an empty one where it is not there."""
        return self.columns.get((table, name), NO_COLUMN)

    def computed(self, words: str, column: str) -> str:
        """Words of a computed fact in the language, the same ones where there are no others."""
        return self.translated.get((FACTS, words, column), words)

    def section(self, name: str) -> Mapping[str, Any]:
        """A part of what the edition says of itself, an empty one where it is not there."""
        found = self.site.get(name)
        return found if isinstance(found, dict) else {}

    @property
    def files(self) -> str:
        """What the files of all tables are called."""
        title = str(self.section("site").get("title", ""))
        return "-".join(re.findall("[a-z0-9]+", title.lower())) or "record"

    def said(self) -> Iterator[str]:
        """Words that pages may quote beside cells: of the edition, the dictionary, the package."""
        yield from (text for name in self.site for text in leaves(self.section(name)))
        for (table, name), column in self.columns.items():
            yield from (table, name, column.title, column.description)
            yield from (*column.labels, *column.labels.values())
        yield from (resource.said for resource in self.resources.values())


def leaves(value: object) -> Iterator[str]:
    """The words and values at the ends of a part of the edition, and the names above them."""
    if isinstance(value, dict):
        for name, below in value.items():
            yield str(name)
            yield from leaves(below)
    elif isinstance(value, list):
        for one in value:
            yield from leaves(one)
    else:
        yield str(value)


def read_published(folder: Path, under: str = DATA) -> tuple[Published, list[Mismatch]]:
    """The tables that the data package names; what is wrong with their files beside them.

    `under` is the folder below the site's that holds them: of a release, its own.

    UnusableError where the description of the tables can't be read.
    """
    resources = {one.name: one for one in _package(folder, under)}
    tables: dict[str, Mapping[str, Row]] = {}
    headers: dict[str, tuple[str, ...]] = {}
    wrong: list[Mismatch] = []
    for name, resource in resources.items():
        path = f"{under}/{name}.csv"
        table = read_csv(folder, path, wrong)
        headers[name] = tuple(table[0]) if table else ()
        tables[name] = _by_key(path, table, resource.key, wrong)
        if len(table) != resource.rows + 1:
            expected = f"{resource.rows} in {under}/{PACKAGE}"
            wrong.append(Mismatch(path, "", "rows", str(len(table) - 1), expected))
        if headers[name] != tuple(field.name for field in resource.fields):
            wrong.append(Mismatch(path, "", "other columns than the data package says"))
    columns = _columns(folder, under, resources, wrong)
    return Published(resources, tables, headers, columns, _toml(folder, under)), wrong


def read_csv(folder: Path, path: str, wrong: list[Mismatch]) -> list[list[str]]:
    """All rows of a CSV file, the header first; a missing or broken file is told in `wrong`."""
    try:
        with (folder / path).open(encoding="utf-8", newline="") as file:
            table = list(shared(csv.reader(file, strict=True)))
    except (OSError, ValueError, csv.Error) as error:
        wrong.append(Mismatch(path, "", f"can't be read as CSV ({type(error).__name__})"))
        return []
    for line, row in enumerate(table, 1):
        if len(row) != len(table[0]):
            expected = f"{len(table[0])} cells"
            wrong.append(Mismatch(path, "", f"row {line}", f"{len(row)} cells", expected))
    return table


def shared(rows: Iterable[list[str]]) -> Iterator[list[str]]:
    """The rows with one text for equal cells: most cells of a large table stand in many rows."""
    known: dict[str, str] = {}
    for row in rows:
        if len(known) > SHARED:
            known.clear()
        yield [known.setdefault(cell, cell) for cell in row]


class Cells(Row):
    """A row that holds its cells alone; the names of the columns are those of all rows."""

    __slots__ = ("_at", "_cells")

    def __init__(self, at: Mapping[str, int], cells: tuple[str, ...]) -> None:
        self._at, self._cells = at, cells

    def __getitem__(self, name: str) -> str:
        return self._cells[self._at[name]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._at)

    def __len__(self) -> int:
        return len(self._at)


def to_row(header: Sequence[str], cells: Sequence[str]) -> Row:
    """A row by column name; a cell that is missing is empty, one too many is left out."""
    width = len(header)
    return Cells(_places(tuple(header)), (*cells[:width], *[""] * (width - len(cells))))


@cache
def _places(header: tuple[str, ...]) -> Mapping[str, int]:
    return {name: at for at, name in enumerate(header)}


def _by_key(
    path: str, table: list[list[str]], key: tuple[str, ...], wrong: list[Mismatch]
) -> Mapping[str, Row]:
    found: dict[str, Row] = {}
    for cells in table[1:]:
        row = to_row(table[0], cells)
        name = intern(".".join(row.get(part, "") for part in key))  # expressions name it
        if name in found:
            wrong.append(Mismatch(path, "", f"the row {name} stands twice"))
        found[name] = row
    return found


def keys_of_package(folder: Path, under: str) -> dict[str, tuple[str, ...]]:
    """The columns of each table's key; UnusableError where no data package can be read."""
    return {one.name: one.key for one in _package(folder, under)}


def _package(folder: Path, under: str) -> list[Resource]:
    try:
        resources = json.loads((folder / under / PACKAGE).read_bytes())["resources"]
        return [_resource(one) for one in resources]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        fault = Mismatch(f"{under}/{PACKAGE}", "", "can't be read as a data package")
        raise UnusableError(fault) from error


def _resource(one: Mapping[str, Any]) -> Resource:
    schema = one["schema"]
    links = tuple(
        (link["fields"][0], link["reference"].get("resource", one["name"]),
         link["reference"]["fields"][0])
        for link in schema.get("foreignKeys", [])
    )  # fmt: skip
    return Resource(
        name=str(one["name"]),
        said=f"{one['title']}\n{one['description']}",
        key=tuple(str(name) for name in schema["primaryKey"]),
        rows=int(one["rows"]),
        fields=tuple(_field(field) for field in schema["fields"]),
        links=links,
    )


def _field(field: Mapping[str, Any]) -> Field:
    """The words for a code are its label, for a code without one the code itself in words."""
    rules = field.get("constraints", {})
    labels = {str(code): str(code).replace("_", " ") for code in rules.get("enum", [])}
    labels |= {str(one["value"]): str(one["label"]) for one in field.get("categories", [])}
    pattern = str(rules.get("pattern", ""))
    re.compile(pattern)
    return Field(str(field["name"]), labels, pattern, bool(rules.get("required")))


def _columns(
    folder: Path, under: str, resources: Mapping[str, Resource], wrong: list[Mismatch]
) -> Mapping[tuple[str, str], Column]:
    labels = {
        (table, field.name): field.labels
        for table, resource in resources.items()
        for field in resource.fields
    }
    where = f"{under}/{DICTIONARY}"
    table = read_csv(folder, where, wrong)
    rows = [to_row(table[0], cells) for cells in table[1:]]
    found = {}
    for row in rows:
        place = row.get("table", ""), row.get("column", "")
        title, description, kind, unit = (
            row.get(name, "") for name in ("title", "description", "kind", "unit")
        )
        found[place] = Column(title, description, kind, unit, labels.get(place, {}))
    if list(found) != list(labels) or len(rows) != len(found):
        wrong.append(Mismatch(where, "", "other columns than the data package says"))
    return found


def _toml(folder: Path, under: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads((folder / under / SITE).read_bytes().decode())
    except (OSError, ValueError) as error:
        raise UnusableError(Mismatch(f"{under}/{SITE}", "", "can't be read as TOML")) from error
