"""Two editions of the tables → what changed between them; it computes, and touches no disk."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from generator.diff.tables import Change, Key, Kind, Row, compare_tables

__all__ = ["Change", "Key", "Kind", "Row", "Tables", "compare"]


@dataclass(frozen=True)
class Tables:
    """The tables of an edition as published, each a CSV, and the columns of their keys, by name."""

    files: Mapping[str, bytes]
    keys: Mapping[str, Key] = field(default_factory=dict)
    folder: str = ""

    def where(self, name: str) -> str:
        """The file of a table, for what is wrong in it."""
        return f"{self.folder}/{name}.csv" if self.folder else f"{name}.csv"


def compare(old: Tables, new: Tables) -> Iterator[Change]:
    """Every change, table by table in the order of the newer edition; tables that are gone last."""
    for name in new.files:
        if name in old.files:
            keys = [one.keys.get(name, ()) for one in (new, old)]
            where = old.where(name), new.where(name)
            yield from compare_tables(name, old.files[name], new.files[name], keys, where)
        else:
            yield Change(name, "", "", "table_added")
    for name in old.files:
        if name not in new.files:
            yield Change(name, "", "", "table_gone")
