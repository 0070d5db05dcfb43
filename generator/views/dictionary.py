"""The tables as the data pages show them: their columns, their rows, their empty cells."""

from dataclasses import dataclass

from generator.model import N_, Fact, Record


@dataclass(frozen=True)
class ColumnView:
    """A column in the dictionary, with how many of its cells are empty."""

    name: str
    title: str
    description: str
    kind: str
    labels: tuple[tuple[str, str], ...]
    mark: str
    empty_cells: Fact


@dataclass(frozen=True)
class TableView:
    """A table in the dictionary, with its number of rows."""

    name: str
    title: str
    grain: str
    kind: str
    authority: str
    rows: Fact
    columns: tuple[ColumnView, ...]


def table_view(record: Record, name: str) -> TableView:
    """The dictionary of one table."""
    public = record.tables[name]
    table, frame = public.table, public.frame
    columns = tuple(
        ColumnView(
            column.name, column.title, column.description, column.kind,
            tuple(column.values.items()), (column.empty).value
            if column.empty else "",
            number_fact(
                "cells_empty", f"table/{name}", column.name, int(frame[column.name].isna().sum()),
                f"select count(*) from {name} where \"{column.name}\" = ''",
                N_("Cells of the column that are empty."),
            ),
        )
        for column in table.columns
    )  # fmt: skip
    rows = number_fact(
        "rows", f"table/{name}", "all", len(frame), f"select count(*) from {name}",
        N_("Rows of the table."),
    )  # fmt: skip
    return TableView(name, table.title, table.grain, table.kind, table.authority, rows, columns)


def number_fact(
    measure: str, subject: str, period: str, value: int, sql: str, formula: str
) -> Fact:
    """A count that `sql` computes from the published CSVs."""
    return Fact(
        id=f"{measure}.{subject}.{period}", subject=subject, measure=measure, period=period,
        value=value, kind="count", formula=formula, expression=f"sql: {sql}",
    )  # fmt: skip


def school_count(record: Record, *, with_record: bool) -> Fact:
    """How many schools the list has, or how many of them belong to a decision unit."""
    if with_record:
        sql = "select count(distinct school_id) from unit_schools"
        count = len(record.units_of_school)
        return number_fact(
            "schools_with_record", "district", "all", count, sql,
            N_("Schools that belong to a decision unit."),
        )  # fmt: skip
    sql = "select count(*) from schools"
    count = len(record.school_names)
    return number_fact("schools", "district", "all", count, sql, N_("Schools in the table."))
