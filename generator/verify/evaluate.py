"""An expression of facts.csv → its value, from the published tables alone."""

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from sys import intern

from generator.verify.published import Published, Resource, Row

CELL = re.compile(r"(?P<table>\w+)\[(?P<key>.+)\]\.(?P<column>\w+)", re.DOTALL)
POLICY = re.compile(r"site\.toml\[(?P<part>\w+)\]\.(?P<name>\w+)")
SQL = "sql: "
NOT_FOUND = "not_found"
FUNCTIONS = frozenset(
    "abs avg coalesce count group_concat ifnull length lower max min nullif round rtrim substr sum"
    " total upper".split()
)
STEPS = 20_000_000  # of SQLite's machine; a query over all our tables takes some ten thousands


class EvaluationError(Exception):
    """An expression that has no one value on these tables."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a value stands: its table, row and column."""

    table: str
    key: str
    column: str
    row: Row


@dataclass(frozen=True)
class Result:
    """A value as text, None where there is none; then `mark` is the row's reason, "" for a query,
    whose emptiness says no reason. `cell` is set for a single cell."""

    value: str | None
    mark: str = ""
    cell: Cell | None = None


class Evaluator:
    """Evaluates expressions on the tables, which it holds in a database of its own: in memory as
    far as they fit into its cache, the rest in a file that nobody else sees."""

    def __init__(self, published: Published) -> None:
        self._published = published
        self._database = sqlite3.connect("", isolation_level=None)
        for table, header in published.headers.items():
            # A table of other names is told elsewhere; here its queries fail.
            if is_plain((table,)) and is_plain(header):
                self._load(table, header)
        # Else SQLite takes every index for as good as a key, and finds a vote by its question.
        self._database.execute("analyze")
        self._database.set_authorizer(_allow)
        self._database.set_progress_handler(lambda: 1, STEPS)

    def __call__(self, expression: str) -> Result:
        """The value. EvaluationError says what is wrong with the expression."""
        if expression.startswith(SQL):
            return Result(self._single(expression.removeprefix(SQL)))
        if found := CELL.fullmatch(expression):
            return self._cell(*map(intern, found.group("table", "key", "column")))
        if found := POLICY.fullmatch(expression):
            return self._policy(found["part"], found["name"])
        raise EvaluationError("an expression of no known form")

    def query(self, sql: str) -> list[tuple[object, ...]]:
        """All rows of a SELECT; EvaluationError for anything else, and for one that fails."""
        if not sql.startswith("select "):  # SQLite takes an empty text too, and finds nothing
            raise EvaluationError("no query")
        try:
            return self._database.execute(sql).fetchall()
        except (sqlite3.Error, sqlite3.Warning) as error:
            raise EvaluationError(f"a query that fails ({error})") from error

    def close(self) -> None:
        """Let the database go."""
        self._database.close()

    def _load(self, table: str, header: tuple[str, ...]) -> None:
        names = ", ".join(f'"{name}" text' for name in header)
        self._database.execute(f'create table "{table}" ({names})')
        holes = ", ".join("?" * len(header))
        rows = self._published.rows(table).values()
        self._database.execute("begin")
        self._database.executemany(
            f'insert into "{table}" values ({holes})',
            ([row.get(name, "") for name in header] for row in rows),
        )
        for name in looked_up(self._published.resources.get(table), header):
            self._database.execute(f'create index "by {table} {name}" on "{table}" ("{name}")')
        self._database.execute("commit")

    def _single(self, sql: str) -> str | None:
        rows = self.query(sql)
        if len(rows) > 1 or any(len(row) != 1 for row in rows):
            raise EvaluationError(f"a query with {len(rows)} rows instead of one value")
        return text_of(rows[0][0]) if rows else None

    def _cell(self, table: str, key: str, column: str) -> Result:
        row = self._published.rows(table).get(key)
        if row is None:
            raise EvaluationError(f"no row {key} in {table}")
        if column not in row:
            raise EvaluationError(f"no column {column} in {table}")
        place = Cell(table, key, column, row)
        if row[column]:
            return Result(row[column], "", place)
        return Result(None, row.get(f"{column}_mark") or NOT_FOUND, place)

    def _policy(self, part: str, name: str) -> Result:
        section = self._published.section(part)
        if name not in section:
            raise EvaluationError(f"no {part}.{name} in site.toml")
        return Result(str(section[name]))


def looked_up(resource: Resource | None, header: Sequence[str]) -> list[str]:
    """The columns by which queries find rows and join them: what begins a key, and references.
    Without an index each query about one of many districts would read all schools."""
    found = [*resource.key[:1], *(link[0] for link in resource.links)] if resource else []
    return [name for name in dict.fromkeys(found) if name in header]


def is_plain(names: Sequence[str]) -> bool:
    """True for names of letters, digits and _, each once."""
    words = {name.lower() for name in names if re.fullmatch(r"\w+", name)}
    return bool(names) and len(words) == len(names)


def text_of(value: object) -> str | None:
    """A value of the database as a CSV writes it; None for an empty one."""
    if isinstance(value, float):
        return f"{Decimal(repr(value)):f}".removesuffix(".0")
    return None if value in (None, "") else str(value)


def _allow(action: int, first: str | None, second: str | None, *_: object) -> int:
    reading = action in (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ)
    calling = action == sqlite3.SQLITE_FUNCTION and second in FUNCTIONS
    return sqlite3.SQLITE_OK if reading or calling else sqlite3.SQLITE_DENY
