"""The published tables as they stand in the folder, read by nothing of the generator."""

import csv
import io
import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.verify.mismatch import Mismatch, UnusableError

Row = Mapping[str, str]
PACKAGE, DICTIONARY, SITE = "data/datapackage.json", "data/dictionary.csv", "data/site.toml"


@dataclass(frozen=True)
class Column:
    """A column in the dictionary; `labels` are the words for its codes."""

    title: str
    description: str
    kind: str
    unit: str
    labels: Mapping[str, str]


@dataclass(frozen=True)
class Published:
    """Rows by table and row key (its parts divided by full stops), columns by (table, name)."""

    rows: Mapping[str, Mapping[str, Row]]
    keys: Mapping[str, tuple[str, ...]]
    columns: Mapping[tuple[str, str], Column]
    header: Mapping[str, tuple[str, ...]]
    site: Mapping[str, Any]
    said: frozenset[str]

    @property
    def words(self) -> Mapping[str, str]:
        """The edition's own words for codes."""
        return dict(self.site.get("words", {}))


def read_published(folder: Path) -> tuple[Published, list[Mismatch]]:
    """The tables that the data package names; what is wrong with their files beside them.

    UnusableError where the description of the tables can't be read.
    """
    package = _package(folder)
    rows: dict[str, Mapping[str, Row]] = {}
    header: dict[str, tuple[str, ...]] = {}
    wrong: list[Mismatch] = []
    keys = {name: key for name, (key, _) in package.items()}
    for name, (key, count) in package.items():
        path = f"data/{name}.csv"
        table = read_csv(folder, path, wrong)
        header[name] = tuple(table[0]) if table else ()
        rows[name] = _by_key(path, table, key, wrong)
        if len(table) != count + 1:
            wrong.append(Mismatch(path, "", "rows", str(len(table) - 1), f"{count} in {PACKAGE}"))
    labels = _labels(folder)
    columns = dict(_columns(folder, labels, wrong))
    site = _toml(folder)
    said = frozenset(_said(folder, site, columns))
    return Published(rows, keys, columns, header, site, said), wrong


def read_csv(folder: Path, path: str, wrong: list[Mismatch]) -> list[list[str]]:
    """All rows of a CSV file, the header first; a missing or broken file is told in `wrong`."""
    try:
        text = (folder / path).read_bytes().decode()
        table = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except (OSError, ValueError, csv.Error) as error:
        wrong.append(Mismatch(path, "", f"can't be read as CSV ({type(error).__name__})"))
        return []
    for line, row in enumerate(table, 1):
        if len(row) != len(table[0]):
            expected = f"{len(table[0])} cells"
            wrong.append(Mismatch(path, "", f"row {line}", f"{len(row)} cells", expected))
    return table


def _by_key(
    path: str, table: list[list[str]], key: tuple[str, ...], wrong: list[Mismatch]
) -> Mapping[str, Row]:
    found: dict[str, Row] = {}
    for cells in table[1:]:
        row = dict(zip(table[0], cells, strict=False))
        name = ".".join(row.get(part, "") for part in key)
        if name in found:
            wrong.append(Mismatch(path, "", f"the row {name} stands twice"))
        found[name] = row
    return found


def _package(folder: Path) -> dict[str, tuple[tuple[str, ...], int]]:
    """(key columns, rows) of each table, by its name."""
    try:
        resources = json.loads((folder / PACKAGE).read_bytes())["resources"]
        return {
            str(one["name"]): (tuple(one["schema"]["primaryKey"]), int(one["rows"]))
            for one in resources
        }
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UnusableError(Mismatch(PACKAGE, "", "can't be read as a data package")) from error


def _labels(folder: Path) -> dict[tuple[str, str], dict[str, str]]:
    """The words for each code by (table, column); a code without a label is its own in words."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for resource in json.loads((folder / PACKAGE).read_bytes())["resources"]:
        for field in resource["schema"]["fields"]:
            codes = field.get("constraints", {}).get("enum", [])
            labels = {code: code.replace("_", " ") for code in codes}
            labels |= {one["value"]: one["label"] for one in field.get("categories", [])}
            found[resource["name"], field["name"]] = labels
    return found


def _columns(
    folder: Path, labels: Mapping[tuple[str, str], Mapping[str, str]], wrong: list[Mismatch]
) -> Iterator[tuple[tuple[str, str], Column]]:
    table = read_csv(folder, DICTIONARY, wrong)
    for cells in table[1:]:
        row = dict(zip(table[0], cells, strict=False))
        place = row["table"], row["column"]
        yield (
            place,
            Column(
                row["title"], row["description"], row["kind"], row["unit"], labels.get(place, {})
            ),
        )


def _toml(folder: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads((folder / SITE).read_bytes().decode())
    except (OSError, ValueError) as error:
        raise UnusableError(Mismatch(SITE, "", "can't be read as TOML")) from error


def _said(
    folder: Path, site: Mapping[str, Any], columns: Mapping[tuple[str, str], Column]
) -> Iterator[str]:
    """Words that pages may quote beside the cells: of the edition, the dictionary, the package."""
    yield from (str(value) for part in site.values() if isinstance(part, dict)
                for value in part.values())  # fmt: skip
    for (table, name), column in columns.items():
        yield from (
            table,
            name,
            column.title,
            column.description,
            *column.labels,
            *column.labels.values(),
        )
    for resource in json.loads((folder / PACKAGE).read_bytes())["resources"]:
        yield from (resource["title"], resource["description"])
