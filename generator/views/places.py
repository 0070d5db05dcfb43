"""Where in its source each row stands: the page, row or paragraph that the row itself names."""

from collections.abc import Callable, Mapping
from functools import cache

from generator.facts import row_key
from generator.model import PublicTable, Record, to_rows

LOCATOR, SOURCE = "locator", "source_id"


def finder(record: Record) -> Callable[[str], str]:
    """Gives the place of a row by its address ("votes/lindblom-2020"), "" where none is found.

    A row of a table without places of its own stands where the row that it belongs to stands, if
    both have one source: the counts of a vote stand in the row of that vote.
    """

    @cache
    def places(name: str) -> Mapping[str, str]:
        public = record.tables[name]
        if LOCATOR in public.frame:
            return _own(public)
        keys = [column for column in public.table.columns if column.name in public.table.key]
        owners = {column.name: column.refers.partition(".")[0] for column in keys if column.refers}
        for column, target in owners.items():
            if LOCATOR in record.tables[target].frame:
                return _owners(public, column, record.tables[target])
        return {}

    def place(address: str) -> str:
        table, _, key = address.partition("/")
        return places(table).get(key, "")

    return place


def _own(public: PublicTable) -> dict[str, str]:
    rows = to_rows(public.frame[public.frame[LOCATOR].notna()])
    return {row_key(public.table, row): str(row[LOCATOR]) for row in rows}


def _owners(public: PublicTable, reference: str, target: PublicTable) -> dict[str, str]:
    """The places of rows whose key names a row of `target`."""
    known = _own(target)
    sources = {row_key(target.table, row): row[SOURCE] for row in to_rows(target.frame)}
    return {
        row_key(public.table, row): known[str(row[reference])]
        for row in to_rows(public.frame)
        if str(row[reference]) in known and row.get(SOURCE) == sources[str(row[reference])]
    }
