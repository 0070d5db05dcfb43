"""What a table is declared to be: its columns, its rules, why a cell may be empty."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import pandas as pd

if TYPE_CHECKING:
    from generator.model.data import Context

Kind = Literal[
    "id",
    "ids",
    "text",
    "url",
    "date",
    "school_year",
    "count",
    "number",
    "money",
    "share",
    "category",
    "flag",
]

TableKind = Literal["public_record", "survey", "published_elsewhere"]


def N_(message: str) -> str:  # noqa: N802  (gettext's own name)
    """Mark a title, description or label of a declaration for translation; returns it unchanged."""
    return message


class Mark(StrEnum):
    """Why a cell is empty. A marked cell is never a zero."""

    NOT_FOUND = "not_found"
    WITHHELD = "withheld"
    REDACTED = "redacted"
    NOT_HELD = "not_held"
    REQUESTED = "requested"
    NOT_REPORTED = "not_reported"
    NOT_APPLICABLE = "not_applicable"
    NOT_YET_DUE = "not_yet_due"


# Beside a column of prose a file may have `<name>_<language>`; the row then says its status.
TRANSLATED = re.compile(r"(\w+)_([a-z]{2,3})")
STATUS = "translation_status"
# In a record of another language, beside the words: the original, and the language of words that
# have no translation.
FIRST, LANG = "_first", "_lang"

BY_NAME_MARK = {mark.value: mark for mark in Mark}


@dataclass(frozen=True)
class Column:
    """One column of a table.

    `empty` is the mark an empty cell gets when `<name>_mark` in the file says nothing else; None
    means that an empty cell says nothing (a note that isn't there).
    `refers` is "table.column"; `values` maps a category's codes to their labels.
    `people` is "cell" for a count of people (refused below min_cell where the table's kind asks
    for it) and "group" for a group's size (where 0, an empty group, may be said).
    `low` and `high` bound a number, both included. `prose` is free text, looked at for what points
    to a person; without `capitals` any word in it may be capitalised (titles of sources), without
    `quotes` nobody may be quoted at length in it (what people said).
    """

    name: str
    title: str
    description: str
    kind: Kind = "text"
    unit: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    required: bool = False
    empty: Mark | None = None
    people: Literal["", "cell", "group"] = ""
    refers: str = ""
    low: float | None = None
    high: float | None = None
    prose: bool = False
    capitals: bool = True
    quotes: bool = True


@dataclass(frozen=True)
class Rule:
    """A rule over the rows of one table that may look at the other tables and the edition.

    `holds` gets the typed frame and the Context and returns one bool a row, True where it is kept.
    Where the cell alone doesn't tell what is wrong, `tells` gets the rows with False too and says
    for each what was found beside the cell, and what exactly was `expected`.
    """

    name: str
    column: str
    holds: "Callable[[pd.DataFrame, Context], pd.Series[bool]]"
    expected: str
    hint: str = ""
    tells: "Callable[[pd.DataFrame, Context, pd.Index], Iterable[tuple[str, str]]] | None" = None


@dataclass(frozen=True)
class Table:
    """One declared table: what a row is, what it may hold, and what a reader must know first.

    The columns are an allow-list: a file with any other column is refused. A `public_record` table
    names the `authority` by which its content is public. `own_look` tables stand on pages through
    templates of their own; any other one that names a school or a unit gets a section on the
    school's page from its declaration alone. An edition need not have an `optional` one. A new
    edition begins without one that comes `later`: the file alone makes it one of another kind.
    """

    name: str
    title: str
    grain: str
    kind: TableKind
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    authority: str = ""
    rules: tuple[Rule, ...] = ()
    caveats: tuple[str, ...] = ()
    own_look: bool = False
    optional: bool = False
    later: bool = False

    def column(self, name: str) -> Column:
        """The column of that name; KeyError if the table has none."""
        return self._by_name[name]

    def translated(self, name: str) -> Column | None:
        """The column of prose that a column of this name translates; None if it is none such."""
        found = TRANSLATED.fullmatch(name)
        column = self._by_name.get(found[1]) if found and name not in self._by_name else None
        return column if column and column.prose else None

    @cached_property
    def _by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}
