"""The cells of a published table as values of Python: what every file but the CSV is made from."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from generator.downloads.dictionary import published_columns
from generator.model import Column, Kind, Table

# Whole numbers stay whole, so that 1200 is 1200 in each file; several ids are a tuple of them.
Value = str | int | float | bool | tuple[str, ...] | None
Rows = list[tuple[Value, ...]]


def typed(frame: pd.DataFrame, table: Table) -> Rows:
    """The rows of a table as published, in its order: each cell as its column's kind says, None
    where it is empty."""
    columns = [_cells(frame[column.name], column) for column in published_columns(table)]
    return list(zip(*columns, strict=True))


def _cells(cells: "pd.Series[Any]", column: Column) -> list[Value]:
    read = READERS.get(column.kind, str)
    gaps = cells.isna().tolist()
    return [None if gap else read(cell) for cell, gap in zip(cells.tolist(), gaps, strict=True)]


def _number(cell: object) -> int | float:
    """The number, whole where it is; no minus at a zero."""
    number = float(str(cell))
    return int(number) if number.is_integer() else number


READERS: Mapping[Kind, Callable[[object], Value]] = {
    "count": lambda cell: int(float(str(cell))) if isinstance(cell, float) else int(str(cell)),
    "number": _number,
    "money": _number,
    "share": _number,
    "flag": bool,
    "ids": lambda cell: tuple(str(cell).split(" ")),
}
