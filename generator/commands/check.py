"""`check`: read and check an edition, write nothing."""

from collections.abc import Mapping
from pathlib import Path

from generator.check import check
from generator.read import read_edition, read_tables


def run(data: Path) -> Mapping[str, int]:
    """The rows of every table, by table name; raises InputError with all Problems of the data."""
    edition = read_edition(data)
    checked = check(read_tables(data), edition)
    return {name: len(table.frame) for name, table in checked.items()}
