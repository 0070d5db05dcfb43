"""Text cells → typed columns, each empty cell with the mark that says why it is empty."""

from collections.abc import Iterator

import pandas as pd

from generator.check.kinds import Value, dtype, fault_of, parse
from generator.errors import Problem
from generator.model import STATUS, Column, Mark, RawTable
from generator.read.cells import quoted
from generator.read.rows import MARK_SUFFIX

SOURCE = "source_id"


def typed_frame(raw: RawTable) -> pd.DataFrame:
    """The table's values in declared order, `<name>_mark` behind each column that has marks; then
    its translations.

    A cell that is not of its kind is empty here; it has its Problem elsewhere.
    """
    columns: dict[str, pd.Series] = {}
    for column in raw.table.columns:
        columns[column.name] = _values(raw.frame[column.name], column)
        if column.empty is not None:
            name = column.name + MARK_SUFFIX
            columns[name] = _marks(raw.frame[column.name], raw.frame.get(name), column.empty)
    for name in map(str, raw.frame):
        if raw.table.translated(name) or name == STATUS:
            cells = raw.frame[name].astype("string")
            columns[name] = cells.where(cells != "", pd.NA)
    return pd.DataFrame(columns)


def mark_problems(raw: RawTable) -> Iterator[Problem]:
    """Marks beside a value, and marks that need a source and have none."""
    for column in raw.table.columns:
        name = column.name + MARK_SUFFIX
        if name not in raw.frame:
            continue
        given = raw.frame[name]
        for row in raw.frame.index[(given != "") & (raw.frame[column.name] != "")]:
            yield Problem(
                raw.where,
                raw.lines[row],
                name,
                f"the mark {quoted(given[row])} beside a value",
                "a mark only beside an empty cell",
                "Empty the cell, or the mark.",
            )
        for row in raw.frame.index[(given == Mark.NOT_HELD) & _without_source(raw)]:
            yield Problem(
                raw.where,
                raw.lines[row],
                name,
                f"the mark {quoted(Mark.NOT_HELD)} without a source",
                "the source in which the agency says so",
                "Name it in source_id, or write not_found.",
            )


def _without_source(raw: RawTable) -> "pd.Series[bool]":
    if SOURCE not in raw.frame:
        return pd.Series(True, raw.frame.index, dtype=bool)
    return raw.frame[SOURCE] == ""


def _values(cells: "pd.Series[str]", column: Column) -> pd.Series:
    said: dict[str, Value | None] = {
        text: parse(text, column) if text and fault_of(text, column) is None else None
        for text in cells.unique()
    }
    return pd.Series([said[text] for text in cells.tolist()], cells.index, dtype=dtype(column))


def _marks(cells: "pd.Series[str]", given: "pd.Series[str] | None", default: Mark) -> pd.Series:
    marks = pd.Series(default.value, cells.index, dtype="string")
    if given is not None:
        marks = marks.where(given == "", given.astype("string"))
    return marks.where(cells == "", pd.NA)
