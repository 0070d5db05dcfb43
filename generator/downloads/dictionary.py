"""The data dictionary: what each published column means, from its declaration."""

from collections.abc import Callable, Iterable
from dataclasses import astuple, dataclass, fields

from generator.downloads.lines import csv_file
from generator.model import N_, Column, Mark, Table

MARK_SUFFIX = "_mark"
# The words for marks in the dictionary: shorter than on pages, which speak of one value.
MARKS = {
    "not_found": N_("not found"),
    "withheld": N_("withheld"),
    "redacted": N_("redacted"),
    "not_held": N_("not held"),
    "requested": N_("requested"),
    "not_reported": N_("not reported"),
    "not_applicable": N_("not applicable"),
    "not_yet_due": N_("not yet due"),
}


@dataclass(frozen=True)
class DictionaryRow:
    """What one column of one published table means; `allowed` is "code: label; …"."""

    table: str
    column: str
    title: str
    description: str
    kind: str
    unit: str
    allowed: str
    required: str
    empty_means: str


def published_columns(table: Table) -> tuple[Column, ...]:
    """The columns of the published table, marks among them."""
    return tuple(
        published
        for column in table.columns
        for published in (column, _mark_column(column))
        if published is column or column.empty is not None
    )


def dictionary_rows(
    tables: Iterable[Table], translate: Callable[[str], str] = str
) -> list[DictionaryRow]:
    """One row per table and published column, in their order, in words that `translate` gives."""
    return [
        _dictionary_row(table, column, translate)
        for table in tables
        for column in published_columns(table)
    ]


def dictionary_csv(tables: Iterable[Table], translate: Callable[[str], str] = str) -> bytes:
    """The data dictionary of all tables as one CSV, in words that `translate` gives."""
    names = [field.name for field in fields(DictionaryRow)]
    return csv_file(names, (astuple(row) for row in dictionary_rows(tables, translate)))


def _mark_column(column: Column) -> Column:
    """The column that says why a cell of `column` is empty."""
    words = {mark.value: MARKS[mark.value] for mark in Mark}
    title, description = N_("Why empty"), N_("Why the cell before it is empty.")
    return Column(column.name + MARK_SUFFIX, title, description, "category", values=words)


def _dictionary_row(table: Table, column: Column, translate: Callable[[str], str]) -> DictionaryRow:
    allowed = "; ".join(f"{code}: {translate(label)}" for code, label in column.values.items())
    return DictionaryRow(
        table=table.name,
        column=column.name,
        title=translate(column.title),
        description=translate(column.description),
        kind=column.kind,
        unit=column.unit,
        allowed=allowed,
        required=translate(N_("yes")) if column.required else "",
        empty_means=translate(MARKS[column.empty.value]) if column.empty else "",
    )
