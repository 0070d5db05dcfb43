"""The cells of the published CSVs as values: what every other file of the tables has to hold."""

from collections.abc import Sequence
from pathlib import Path

from generator.verify.mismatch import Mismatch
from generator.verify.published import Published, read_csv

MARK = "_mark"
Value = str | int | float | bool | list[str] | None
Table = Sequence[Sequence[Value]]


def values(folder: Path, under: str, published: Published, table: str) -> list[list[Value]]:
    """The rows of a table's CSV in their order, each cell as its column's kind says."""
    wrong: list[Mismatch] = []  # told where the tables themselves are read
    header, *rows = read_csv(folder, f"{under}/{table}.csv", wrong) or [[]]
    kinds = [kind_of(published, table, name) for name in header]
    return [[value(text, kind) for text, kind in zip(row, kinds, strict=False)] for row in rows]


def kind_of(published: Published, table: str, name: str) -> str:
    """The kind of a column; that of a mark is a category."""
    return published.column(table, name).kind


def value(text: str, kind: str) -> Value:
    """A cell as a value: None for an empty one; a text that is none of its kind stays as it is."""
    if not text:
        return None
    if kind in ("count", "number", "money", "share"):
        try:
            return float(text)
        except ValueError:
            return text
    if kind == "flag":
        return {"true": True, "false": False}.get(text, text)
    return text.split(" ") if kind == "ids" else text


def joined(cell: Value) -> Value:
    """The cell where several ids are one text."""
    return " ".join(cell) if isinstance(cell, list) else cell


def other(found: Table, expected: Table) -> tuple[str, str, str]:
    """Where two tables differ first: the place, what is there, what was expected; "" for nowhere.

    A whole number and the same one with a point are one value; a flag is no number.
    """
    if len(found) != len(expected):
        return "rows", str(len(found)), str(len(expected))
    for number, (row, wanted) in enumerate(zip(found, expected, strict=True), 1):
        if len(row) != len(wanted):
            return f"cells of row {number}", str(len(row)), str(len(wanted))
        for place, (cell, good) in enumerate(zip(row, wanted, strict=True), 1):
            if cell != good or isinstance(cell, bool) != isinstance(good, bool):
                return f"cell {place} of row {number}", str(cell), str(good)
    return "", "", ""
