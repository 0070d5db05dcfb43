"""The rows of the large tables about some schools: those tables stay in their frames."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence

import pandas as pd

from generator.model import PublicTable, Record, Row, to_rows


def slice_of(record: Record, name: str, ids: Sequence[str]) -> list[Row]:
    """The rows of a large table that belong to these schools."""
    return to_rows(rows_about(record.tables[name], "school_id", ids))


def rows_about(public: PublicTable, column: str, ids: Collection[str]) -> pd.DataFrame:
    """The rows of a table with one of these ids in a column.

    Where its key begins with the column, rows stand in that order: two looks find the run that
    holds them all, and what a partition costs does not grow with the table.
    """
    frame = public.frame
    if public.table.key[0] == column and ids:
        cells = frame[column].array
        start, end = bisect_left(cells, min(ids)), bisect_right(cells, max(ids))
        frame = frame.iloc[start:end]
    return frame[frame[column].isin(list(ids))]


def by_school(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Rows by school, in their order."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(str(row["school_id"]), []).append(row)
    return found
