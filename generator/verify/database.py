"""The SQLite file against the CSVs: the same rows, keys that hold, views that say the labels."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

from generator.verify.mismatch import Mismatch
from generator.verify.published import DICTIONARY, Published, read_csv
from generator.verify.values import MARK, Value, joined, kind_of, other, values

WORDS = "dictionary"
PROMISED = ("table", "view")


def check_database(folder: Path, under: str, path: str, published: Published) -> Iterator[Mismatch]:
    """Everything in the file."""
    with closing(sqlite3.connect(":memory:")) as base:
        try:
            base.deserialize((folder / path).read_bytes())
            yield from check_whole(path, base, published)
            yield from check_dictionary(folder, under, path, base)
            for table in published.resources:
                rows = values(folder, under, published, table)
                yield from check_table(path, base, published, table, rows)
        except (OSError, sqlite3.Error) as error:
            yield Mismatch(path, "", f"can't be read as SQLite ({error})")


def check_whole(path: str, base: sqlite3.Connection, published: Published) -> Iterator[Mismatch]:
    """The file as such, its references, and what it holds."""
    said = base.execute("pragma integrity_check").fetchone()[0]
    if said != "ok":
        yield Mismatch(path, "", "integrity", said, "ok")
    for table, row, *_ in base.execute("pragma foreign_key_check"):
        yield Mismatch(path, "", "a reference that leads nowhere", f"{table}, row {row}", "")
    names = base.execute("select type, name from sqlite_schema where sql is not null").fetchall()
    tables = sorted(name for kind, name in names if kind == "table")
    expected = sorted([WORDS, *published.resources])
    if tables != expected:
        yield Mismatch(path, "", "tables", " ".join(tables), " ".join(expected))
    for name, resource in published.resources.items():
        keys = {
            (one[3], one[2], one[4]) for one in base.execute(f'pragma foreign_key_list("{name}")')
        }
        if keys != set(resource.links):
            yield Mismatch(path, "", f"references of {name}", str(keys), str(set(resource.links)))


def check_dictionary(
    folder: Path, under: str, path: str, base: sqlite3.Connection
) -> Iterator[Mismatch]:
    """The table of columns is the dictionary's CSV."""
    wrong: list[Mismatch] = []
    _, *told = read_csv(folder, f"{under}/{DICTIONARY}", wrong) or [[]]
    rows = base.execute(f"select * from {WORDS} order by rowid").fetchall()
    place, shown, wanted = other(rows, [[cell or None for cell in row] for row in told])
    if place:
        yield Mismatch(path, "", f"{WORDS}: {place}", shown, wanted)


def check_table(
    path: str, base: sqlite3.Connection, published: Published, table: str,
    rows: list[list[Value]],
) -> Iterator[Mismatch]:  # fmt: skip
    """A table and its view."""
    found = base.execute(f'select * from "{table}" order by rowid')
    names = tuple(column[0] for column in found.description)
    if names != published.headers[table]:
        yield Mismatch(path, "", f"columns of {table}", " ".join(names))
    flat = [[stored(joined(cell)) for cell in row] for row in rows]
    place, shown, wanted = other(found.fetchall(), flat)
    if place:
        yield Mismatch(path, "", f"{table}: {place}", shown, wanted)
    views = base.execute(
        "select name from sqlite_schema where type = 'view' and sql like ?", [f'%FROM "{table}"']
    ).fetchall()
    if len(views) != 1:
        yield Mismatch(path, "", f"views of {table}", str(len(views)), "1")
        return
    labels = [labels_of(published, table, name) for name in names]
    said = [
        [labels[at].get(str(cell), cell) if cell is not None else None
         for at, cell in enumerate(row)] for row in flat
    ]  # fmt: skip
    place, shown, wanted = other(base.execute(f'select * from "{views[0][0]}"').fetchall(), said)
    if place:
        yield Mismatch(path, "", f"{views[0][0]}: {place}", shown, wanted)


def stored(cell: Value) -> Value:
    """A flag as SQLite holds it."""
    return int(cell) if isinstance(cell, bool) else cell


def labels_of(published: Published, table: str, name: str) -> Mapping[str, str]:
    """What a view says for the codes of a column."""
    if kind_of(published, table, name) == "flag":
        return {"1": "yes", "0": "no"}
    own = {} if name.endswith(MARK) else published.section("words")
    labels = published.column(table, name).labels
    return {code: str(own.get(f"{name}.{code}", label)) for code, label in labels.items()}
