"""The published tables as one SQLite file: typed columns, keys that hold, views in plain words."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields

from generator.downloads.dictionary import MARK_SUFFIX, DictionaryRow, published_columns
from generator.downloads.values import Rows, Value
from generator.model import Column, Kind, Table

DICTIONARY = "dictionary"
TYPES: Mapping[Kind, str] = {
    "count": "INTEGER", "flag": "INTEGER", "number": "REAL", "money": "REAL", "share": "REAL",
}  # fmt: skip
# As SQLite's own default, but said: other builds of it may have others. What was deleted is zeroed,
# so that no byte of the file depends on what the memory held before.
SETTINGS = ("page_size=4096", "auto_vacuum=0", "encoding='UTF-8'", "secure_delete=1")
# The header says how often the file was changed, and by which version of the library last: that
# differs from machine to machine. SQLite reads these as hints alone.
CHANGES, VALID_FOR, VERSION = slice(24, 28), slice(92, 96), slice(96, 100)
ONE, LIBRARY = (1).to_bytes(4, "big"), (3_040_000).to_bytes(4, "big")


@dataclass(frozen=True)
class Filled:
    """A table and what gives its rows as values, so that those of one table at a time are held;
    `words` are the edition's own labels for codes."""

    table: Table
    rows: Callable[[], Rows]
    words: Mapping[str, str]


def to_sqlite(filled: Sequence[Filled], dictionary: Sequence[DictionaryRow]) -> bytes:
    """All tables, the dictionary, and a view of each table, as the bytes of a file.

    ValueError where a reference leads nowhere: the check lets no such row pass.
    """
    base = sqlite3.connect(":memory:", isolation_level=None)
    try:
        for setting in SETTINGS:
            base.execute(f"pragma {setting}")
        base.execute("begin")
        _fill(base, filled, dictionary)
        base.execute("commit")
        if wrong := base.execute("pragma foreign_key_check").fetchall():
            raise ValueError(f"found rows whose references lead nowhere: {wrong[:5]}")
        base.execute("vacuum")
        content = bytearray(base.serialize())
    finally:
        base.close()
    content[CHANGES], content[VALID_FOR], content[VERSION] = ONE, ONE, LIBRARY
    return bytes(content)


def _fill(
    base: sqlite3.Connection, filled: Sequence[Filled], dictionary: Sequence[DictionaryRow]
) -> None:
    tables = [one.table for one in filled]
    for one in filled:
        base.execute(_create(one.table, tables))
        _insert(base, one.table, one.rows())
    names = [field.name for field in fields(DictionaryRow)]
    columns = ", ".join(f"{quoted(name)} TEXT" for name in names)
    key = ", ".join(map(quoted, names[:2]))
    base.execute(f"CREATE TABLE {DICTIONARY} ({columns}, PRIMARY KEY ({key}))")
    told = (tuple(cell or None for cell in astuple(row)) for row in dictionary)
    places = ", ".join("?" * len(names))
    base.executemany(f"INSERT INTO {DICTIONARY} VALUES ({places})", told)
    for one in filled:
        base.execute(_view(one))


def _insert(base: sqlite3.Connection, table: Table, rows: Rows) -> None:
    columns = published_columns(table)
    places = ", ".join("?" * len(columns))
    several = [place for place, column in enumerate(columns) if column.kind == "ids"]
    stored = (_joined(row, several) for row in rows) if several else rows
    base.executemany(f"INSERT INTO {quoted(table.name)} VALUES ({places})", stored)


def _joined(row: tuple[Value, ...], several: Sequence[int]) -> tuple[Value, ...]:
    """The row with its lists of ids as text."""
    cells = list(row)
    for place in several:
        value = cells[place]
        cells[place] = " ".join(value) if isinstance(value, tuple) else value
    return tuple(cells)


def quoted(name: str) -> str:
    """A name of SQL."""
    return '"' + name.replace('"', '""') + '"'


def _text(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"


def _create(table: Table, tables: Sequence[Table]) -> str:
    lines = [_column(column) for column in published_columns(table)]
    lines.append(f"PRIMARY KEY ({', '.join(map(quoted, table.key))})")
    lines += _references(table, {one.name: one for one in tables})
    inside = ",\n  ".join(lines)
    return f"CREATE TABLE {quoted(table.name)} (\n  {inside}\n)"


def _column(column: Column) -> str:
    parts = [quoted(column.name), TYPES.get(column.kind, "TEXT")]
    if column.required:
        parts.append("NOT NULL")
    if column.kind == "flag":
        parts.append(f"CHECK ({quoted(column.name)} IN (0, 1))")
    return " ".join(parts)


def _references(table: Table, tables: Mapping[str, Table]) -> Iterator[str]:
    """References to whole keys of tables that are there; several ids in a cell are none."""
    for column in table.columns:
        target, _, name = column.refers.partition(".")
        if column.kind == "id" and target in tables and tables[target].key == (name,):
            there = f"{quoted(target)} ({quoted(name)})"
            yield f"FOREIGN KEY ({quoted(column.name)}) REFERENCES {there}"


def _view(one: Filled) -> str:
    """The table once more under its title: columns by their titles, codes as their labels."""
    columns = published_columns(one.table)
    titles = column_titles(one.table)
    cells = [
        f"{_labelled(column, one.words)} AS {quoted(titles[column.name])}" for column in columns
    ]
    inside = ",\n  ".join(cells)
    name = quoted(view_name(one.table))
    return f"CREATE VIEW {name} AS SELECT\n  {inside}\nFROM {quoted(one.table.name)}"


def view_name(table: Table) -> str:
    """The name of a table's view. Not the title alone: to SQLite "Schools" is "schools"."""
    return f"{table.title} (in words)"


def column_titles(table: Table) -> dict[str, str]:
    """The titles of the published columns by their names, each once."""
    found: dict[str, str] = {}
    for column in published_columns(table):
        before = found.get(column.name.removesuffix(MARK_SUFFIX), "")
        is_mark = column.name.endswith(MARK_SUFFIX) and before
        title = f"{before}: why empty" if is_mark else column.title
        taken = {known.casefold() for known in found.values()}
        found[column.name] = f"{title} ({column.name})" if title.casefold() in taken else title
    return found


def _labelled(column: Column, words: Mapping[str, str]) -> str:
    name = quoted(column.name)
    if column.kind == "flag":
        return f"CASE {name} WHEN 1 THEN 'yes' WHEN 0 THEN 'no' END"
    if not column.values:
        return name
    labels = {
        code: words.get(f"{column.name}.{code}", label) for code, label in column.values.items()
    }
    cases = " ".join(f"WHEN {_text(code)} THEN {_text(label)}" for code, label in labels.items())
    return f"CASE {name} {cases} ELSE {name} END"
