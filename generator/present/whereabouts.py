"""On which page the site shows a value that a ledger names: found while the pages are printed."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from generator.facts import row_key
from generator.model import Fact, Record, Row, to_rows
from generator.views.corrections import Shown

Printer = Callable[[str], Iterable[Fact]]  # a school's id → what its page shows
Found = tuple[str, Fact | None]  # a page's path, with the value where it shows one
NAMING = (("corrections", "fact"), ("replies", "fact"), ("requests", "covers"))


@dataclass(frozen=True)
class Whereabouts:
    """Notes where the named addresses stand, and nothing else: most editions name few.

    `found` is the first page that shows a value, with the value; of a row, with None. `rows` are
    those of the tables that were asked for, by key.
    """

    record: Record
    named: frozenset[str]
    found: dict[str, Found] = field(default_factory=dict)
    rows: dict[str, Mapping[str, Row]] = field(default_factory=dict)

    def note(self, path: str, facts: Iterable[Fact]) -> None:
        """Take in what a page shows."""
        for fact in facts if self.named else ():
            if fact.id in self.named:
                self.found.setdefault(fact.id, (path, fact))
            if (row := row_of(fact)) in self.named:
                self.found.setdefault(row, (path, None))

    def find(self, address: str, print_school: Printer) -> Shown:
        """Where the address stands: on the page of its school before any other; "" for nowhere."""
        own = Whereabouts(self.record, frozenset({address}))
        table, row, column = self.place(address)
        for school in schools_of(self.record, address, row):
            own.note(f"schools/{school}/", print_school(school))
        path, fact = own.found.get(address) or self.found.get(address) or ("", None)
        return Shown(address, path, fact, table, *self.titles(table, column))

    def place(self, address: str) -> tuple[str, Row | None, str]:
        """The table, the row and the column of an address: "" and None for a computed value, no
        column for a row."""
        name, _, key = address.partition(".")
        if name not in self.record.tables:
            return "", None, ""
        if key in self._rows(name):
            return name, self._rows(name)[key], ""
        key, _, column = key.rpartition(".")
        row = self._rows(name).get(key)
        return (name, row, column) if row else ("", None, "")

    def titles(self, table: str, column: str) -> tuple[str, str]:
        """What the table and the column are called, "" for none."""
        if not table:
            return "", ""
        declared = self.record.tables[table].table
        return declared.title, declared.column(column).title if column else ""

    def _rows(self, name: str) -> Mapping[str, Row]:
        if name not in self.rows:
            public = self.record.tables[name]
            self.rows[name] = {row_key(public.table, row): row for row in to_rows(public.frame)}
        return self.rows[name]


def whereabouts(record: Record) -> Whereabouts:
    """Those of what the edition's ledgers name."""
    cells = (row[column] for table, column in NAMING for row in record.rows.get(table, ()))
    return Whereabouts(record, frozenset(one for cell in cells for one in str(cell or "").split()))


def row_of(fact: Fact) -> str:
    """The address of the row that a fact is a cell of; "" for a computed value."""
    return "" if fact.expression.startswith("sql:") else fact.id.rpartition(".")[0]


def schools_of(record: Record, address: str, row: Row | None) -> Iterator[str]:
    """The school whose page is about the row or the computed value; of a unit, its first one."""
    if row is None:
        kind, _, key = address.partition(".")[2].rpartition(".")[0].partition("/")
    elif row.get("school_id"):
        kind, key = "school", str(row["school_id"])
    else:
        vote = record.votes.get(str(row.get("vote_id")), row)
        kind, key = "unit", str(vote.get("unit_id") or "")
    found = record.schools_of_unit.get(key, ())[:1] if kind == "unit" else (key,)
    yield from (school for school in found if school in record.school_names)
