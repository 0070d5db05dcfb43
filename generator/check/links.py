"""Keys are unique, references exist, and site.toml names only what the tables have."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from generator.check.kinds import parse
from generator.check.schema import HIDDEN
from generator.errors import Problem
from generator.model import Column, Edition, RawTable
from generator.read.cells import quoted
from generator.read.rows import nearest

SUGGESTING = 100_000
# What site.toml names in the tables: the vote that holds today, networks, the codes of bodies.
VOTE, NETWORK, BODY = ("votes", "vote_id"), ("schools", "network"), ("votes", "body")
QUESTION = ("questions", "question_id")
OF_TABLES, OF_QUESTIONS = ("authority.", "caveat."), "tally."


def key_problems(raw: RawTable) -> Iterator[Problem]:
    """Every row whose key an earlier row has; says the line of the first one."""
    key = list(raw.table.key)
    twins = raw.frame[raw.frame.duplicated(key, keep=False)]
    first: dict[tuple[str, ...], int] = {}
    for row, values in zip(twins.index, twins[key].itertuples(index=False, name=None), strict=True):
        line = raw.lines[row]
        seen = first.setdefault(values, line)
        if seen != line:
            hidden = raw.table.kind == "survey"
            found = HIDDEN if hidden else " and ".join(quoted(value) for value in values)
            wanted = f"a key that no other row has; line {seen} has the same"
            hint = "Delete or correct one of the two rows."
            yield Problem(raw.where, line, ", ".join(key), found, wanted, hint)


def reference_problems(raw: RawTable, tables: Mapping[str, RawTable]) -> Iterator[Problem]:
    """Every id that no row of the table it refers to has; suggests the nearest one."""
    for column in raw.table.columns:
        if column.refers:
            yield from _dangling(raw, column, tables)


def _dangling(raw: RawTable, column: Column, tables: Mapping[str, RawTable]) -> Iterator[Problem]:
    target, name = column.refers.split(".")
    known = set(tables[target].frame[name]) if target in tables else set()  # it may be optional
    cells = raw.frame[column.name]
    hidden = raw.table.kind == "survey"
    missing = {text: ids for text in cells.unique() if (ids := _missing(text, column, known))}
    # Comparing every unknown id with every known one can take hours: suggest where they are few.
    order = sorted(known) if len(known) * len(missing) <= SUGGESTING else []
    for row in raw.frame.index[cells.isin(list(missing))]:
        for absent in missing[cells[row]]:
            close = "" if hidden else nearest(absent, order)
            hint = close or "Add the row there, or correct the id."
            wanted = f"a value of {name} in {target}.csv"
            found = HIDDEN if hidden else quoted(absent)
            yield Problem(raw.where, raw.lines[row], column.name, found, wanted, hint)


def _missing(text: str, column: Column, known: set[str]) -> tuple[str, ...]:
    # An id that is no id at all has its Problem already.
    if not text or parse(text, column) is None:
        return ()
    return tuple(one for one in text.split(" ") if one not in known)


def edition_problems(edition: Edition, tables: Mapping[str, RawTable]) -> Iterator[Problem]:
    """Every name in site.toml that no table has: a vote, a network, a body, a category's code."""
    codes = {
        f"{column.name}.{code}"
        for raw in tables.values()
        for column in raw.table.columns
        for code in column.values
    }
    bodies = tables[BODY[0]].table.column(BODY[1]).values if BODY[0] in tables else ()
    words = [key.removesuffix(".in_sentence") for key in edition.words]
    texts = [key.split(".")[1] for key in edition.texts if key.startswith(OF_TABLES)]
    asked = [key.split(".")[1] for key in edition.texts if key.startswith(OF_QUESTIONS)]
    today = [edition.holds_today] if edition.holds_today else []
    for key, names, known, wanted in (
        ("site.holds_today", today, _cells(tables, *VOTE), "a value of vote_id in votes.csv"),
        (
            "site.outside_networks",
            edition.outside_networks,
            _cells(tables, *NETWORK),
            "a value of network in schools.csv",
        ),
        ("bounds", edition.bounds, bodies, "a code of body in votes.csv"),
        ("words", words, codes, "column.code of a category"),
        ("texts", texts, tables, "a table of the edition"),
        ("texts", asked, _cells(tables, *QUESTION), "a value of question_id in questions.csv"),
    ):
        for name in sorted(set(names) - set(known)):
            hint = nearest(name, sorted(known)) or "Correct it, or take it out."
            yield Problem(_site(tables), 0, key, quoted(name), wanted, hint)


def _cells(tables: Mapping[str, RawTable], table: str, column: str) -> Iterable[str]:
    return set(tables[table].frame[column]) - {""} if table in tables else set()


def _site(tables: Mapping[str, RawTable]) -> str:
    """The place of site.toml: beside the tables."""
    places = (PurePosixPath(raw.where) for raw in tables.values())
    return next((str(place.with_name("site.toml")) for place in places), "site.toml")
