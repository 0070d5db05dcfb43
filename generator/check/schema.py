"""A table's declaration → a pandera schema over text cells; its failures → Problems."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pandas as pd

from generator.check.kinds import fault_of
from generator.check.people import hides
from generator.errors import Problem
from generator.model import Column, Mark, RawTable, Table
from generator.read.rows import MARK_SUFFIX

if TYPE_CHECKING:
    import pandera.pandas as pa

HIDDEN = "a value not shown here (it may count few people)"
MARKS = {mark.value: mark.value for mark in Mark}


def mark_of(column: Column) -> Column:
    """The column beside `column` that says why a cell is empty."""
    name = column.name + MARK_SUFFIX
    why = "Why the cell is empty."
    return Column(name, name, why, "category", values=MARKS, people=column.people)


def text_columns(table: Table) -> dict[str, Column]:
    """Every column that the file may have, marks too, by name."""
    marks = [mark_of(column) for column in table.columns if column.empty is not None]
    return {column.name: column for column in (*table.columns, *marks)}


def compile_schema(table: Table) -> "pa.DataFrameSchema":
    """The declaration as a schema: each column's cells are text that says a value of its kind."""
    import pandera.pandas as pa

    optional = {column.name + MARK_SUFFIX for column in table.columns}
    return pa.DataFrameSchema(
        {
            name: pa.Column(None, _says_its_kind(column), required=name not in optional)
            for name, column in text_columns(table).items()
        },
        name=table.name,
    )


def cell_problems(raw: RawTable, min_cell: int | None = None) -> list[Problem]:
    """Every cell that is missing, of the wrong kind or out of bounds, all at once. No Problem
    repeats a count of fewer than `min_cell` people, and none of any number where nobody says it.

    A table without such a cell needs no schema: loading pandera takes longer than to look at the
    distinct texts of all tables, and a pull request waits for it.
    """
    columns = text_columns(raw.table)
    if not any(_unfit(raw.frame[name], columns[name]) for name in columns if name in raw.frame):
        return []
    from pandera.errors import SchemaErrors

    try:
        compile_schema(raw.table).validate(raw.frame, lazy=True)
    except SchemaErrors as errors:
        return list(_problems(raw, errors.failure_cases, min_cell))
    return []


def _unfit(cells: "pd.Series[str]", column: Column) -> list[str]:
    """The texts that say no value of the column's kind. A column repeats itself: looking at each
    distinct text once is what makes a million rows affordable."""
    return [text for text in cells.unique() if fault_of(text, column) is not None]


def _says_its_kind(column: Column) -> "pa.Check":
    import pandera.pandas as pa

    def fits(cells: "pd.Series[str]") -> "pd.Series[bool]":
        return ~cells.isin(_unfit(cells, column))

    return pa.Check(fits, name="kind", error=f"{column.name} says a value of its kind")


def _problems(raw: RawTable, failures: pd.DataFrame, min_cell: int | None) -> Iterator[Problem]:
    columns = text_columns(raw.table)
    cells = zip(failures["column"], failures["failure_case"], failures["index"], strict=True)
    for name, text, row in cells:
        column = columns[name]
        fault = fault_of(text, column)
        if fault is None:
            continue
        hidden = text and hides(raw.table, column, text, min_cell)
        found = HIDDEN if hidden else fault.found
        yield Problem(raw.where, raw.lines[row], name, found, fault.expected, fault.hint)
