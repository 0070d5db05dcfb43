"""The facts of a build while it lasts: on disk, so that memory stays flat."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import NamedTuple

from generator.errors import OutputError, Problem
from generator.write.staging import reporting

COLUMNS = ("id", "value", "mark", "n", "subject", "measure", "line")
# Values belong to the key: a fact with two of them stands twice, and is found when all are read.
TABLE = f"create table facts({', '.join(COLUMNS)}, primary key(id, value, mark, n)) without rowid"
# The file is thrown away at the end: nothing has to survive a crash.
SETTINGS = ("journal_mode=off", "synchronous=off", "cache_size=-32768", "encoding='UTF-8'")
MOST_ASKED = 500  # subjects in one question


class FactRow(NamedTuple):
    """A fact as it is kept, all text as facts.csv writes it; `line` is its line there."""

    id: str
    value: str
    mark: str
    n: str
    subject: str
    measure: str
    line: str


class FactStore:
    """Facts by their ids. One process writes; others may read when it has sealed the store."""

    def __init__(self, path: Path, base: sqlite3.Connection) -> None:
        self.path = path
        self.base = base

    def add(self, rows: Iterable[FactRow]) -> None:
        """Keep the facts; one that is kept already with the same value stays as it is."""
        places = ", ".join("?" * len(COLUMNS))
        self.base.executemany(f"insert or ignore into facts values ({places})", rows)

    def seal(self) -> None:
        """From here on others may read, and ask by subject."""
        self.base.execute("create index by_subject on facts(subject)")
        self.base.commit()

    def values(self) -> Iterator[tuple[str, str, str]]:
        """Id, value and mark of every fact, in the order of the ids."""
        yield from self.base.execute("select id, value, mark from facts order by id")

    def lines(self) -> Iterator[str]:
        """The lines of all facts in the order of their ids.

        ValueError for a fact that has one value in one place and another in another.
        """
        before: tuple[str, ...] = ("",)
        for *said, line in self.base.execute(
            "select id, value, mark, n, line from facts order by id, value, mark, n"
        ):
            if said[0] == before[0]:
                raise ValueError(
                    f"{said[0]}: found {_said(*before[1:])} in one place and {_said(*said[1:])} in "
                    "another, expected one value. Compute it once."
                )
            before = tuple(said)
            yield line

    def line(self, fact: str) -> str:
        """The line of one fact, which is kept."""
        (found,) = self.base.execute("select line from facts where id = ?", (fact,)).fetchone()
        return str(found)

    def about(self, subjects: Sequence[str]) -> Iterator[tuple[str, str, str]]:
        """Subject, id and line of each fact about these."""
        for start in range(0, len(subjects), MOST_ASKED):
            asked = subjects[start : start + MOST_ASKED]
            places = ", ".join("?" * len(asked))
            yield from self.base.execute(
                f"select subject, id, line from facts where subject in ({places})", asked
            )

    def marked(self, mark: str) -> Mapping[str, int]:
        """How many facts have a mark, by what they measure."""
        asked = "select measure, count(*) from facts where mark = ? group by measure"
        return dict(self.base.execute(asked, (mark,)).fetchall())

    def ids(self) -> list[str]:
        """The ids of all facts, sorted."""
        return [name for (name,) in self.base.execute("select id from facts order by id")]

    def __contains__(self, fact: object) -> bool:
        asked = "select 1 from facts where id = ?"
        return self.base.execute(asked, (fact,)).fetchone() is not None


def _said(value: str, mark: str, n: str) -> str:
    said = mark or value
    return f"{said} of {n}" if n else said


@contextmanager
def fact_store(folder: Path) -> Iterator[FactStore]:
    """An empty store below `folder`, gone at the end; OutputError where it can't be written."""
    with reporting(folder):
        folder.mkdir(parents=True, exist_ok=True)
        place = Path(mkdtemp(dir=folder.resolve()))
    try:
        base = sqlite3.connect(place / "facts")
        try:
            for setting in SETTINGS:
                base.execute(f"pragma {setting}")
            base.execute(TABLE)
            yield FactStore(place / "facts", base)
        finally:
            base.close()
    except sqlite3.OperationalError as error:  # no room, or a disk that fails
        found, hint = f'"{error}"', "Make room or allow writing. The old site is untouched."
        where = Problem(str(folder), 0, "", found, "to be able to write here", hint)
        raise OutputError(where) from error
    finally:
        rmtree(place, ignore_errors=True)


@contextmanager
def reading(path: Path) -> Iterator[FactStore]:
    """A sealed store, to read from."""
    base = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        yield FactStore(path, base)
    finally:
        base.close()
