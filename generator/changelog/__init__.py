"""Every change between a release and what came after it, graded and explained, as a table."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from generator.model import STATUS, PublicTable, Record, to_rows
from generator.tables import BY_NAME

NAME = "changelog"
Line = Mapping[str, str]


def with_changelog(record: Record, table: PublicTable) -> Record:
    """The record with the changes among its tables, as one more."""
    rows = {**record.rows, NAME: tuple(to_rows(table.frame))}
    return replace(record, tables={**record.tables, NAME: table}, rows=rows)


def as_table(lines: Sequence[Line], languages: Sequence[str]) -> PublicTable:
    """The lines as a table of their own; `languages` are those beside that of the data, in which
    reasons may have words too."""
    table = BY_NAME[NAME]
    prose = [column.name for column in table.columns if column.prose]
    spoken = [f"{name}_{code}" for name in prose for code in languages]
    names = [*(column.name for column in table.columns), *spoken, *([STATUS] if spoken else [])]
    cells = {
        name: pd.Series([line.get(name) or None for line in lines], dtype="string")
        for name in names
    }
    return PublicTable(table, pd.DataFrame(cells))
