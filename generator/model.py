"""The frozen types that the stages hand to each other; the name says how far the data has come."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import pandas as pd

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


BY_NAME_MARK = {mark.value: mark for mark in Mark}


@dataclass(frozen=True)
class Column:
    """One column of a table.

    `empty` is the mark an empty cell gets when `<name>_mark` in the file says nothing else; None
    means that an empty cell says nothing (a note that isn't there).
    `refers` is "table.column"; `values` maps a category's codes to their labels.
    `people` is "cell" for a count of people (refused below min_cell where the table's kind asks
    for it) and "group" for a group's size (where 0, an empty group, may be said).
    `low` and `high` bound a number, both included.
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


@dataclass(frozen=True)
class Rule:
    """A rule over the rows of one table that may look at the other tables and the edition.

    `holds` gets the typed frame and the Context and returns one bool a row, True where it is kept.
    """

    name: str
    column: str
    holds: "Callable[[pd.DataFrame, Context], pd.Series[bool]]"
    expected: str
    hint: str = ""


@dataclass(frozen=True)
class Table:
    """One declared table: what a row is, what it may hold, and what a reader must know first.

    The columns are an allow-list: a file with any other column is refused. A `public_record` table
    names the `authority` by which its content is public.
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

    def column(self, name: str) -> Column:
        """The column of that name; KeyError if the table has none."""
        return self._by_name[name]

    @cached_property
    def _by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}


@dataclass(frozen=True)
class RawTable:
    """Text cells as they stand in the file; `lines[i]` is the line of row i in `where`."""

    table: Table
    where: str
    frame: pd.DataFrame
    lines: tuple[int, ...]


@dataclass(frozen=True)
class CheckedTable:
    """Typed rows that keep every rule of the declaration; each marked column has `<name>_mark`."""

    table: Table
    frame: pd.DataFrame


@dataclass(frozen=True)
class PublicTable:
    """A checked table that may be published; the same columns, in the order of the declaration."""

    table: Table
    frame: pd.DataFrame


@dataclass(frozen=True)
class Fact:
    """One value that a page may print, with all that is needed to compute it again.

    `id` is table.row-key.column for a cell and measure.subject.period for a computed value.
    `value` is None exactly where `mark` says why. A share is 0–1 and has its denominator in `n`.
    `inputs` are row addresses ("votes/lindblom-2020"), `sources` source ids, both in reading order.
    """

    id: str
    subject: str
    measure: str
    period: str
    value: int | float | str | None
    kind: Kind
    unit: str = ""
    mark: Mark | None = None
    n: int | None = None
    label: str = ""
    formula: str = ""
    expression: str = ""
    inputs: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    first_release: str = ""


@dataclass(frozen=True)
class Text:
    """A sourced cell of words. `lang` is set where it differs from the page's language."""

    value: str
    sources: tuple[str, ...] = ()
    lang: str = ""


FigureKind = Literal["tally", "outcomes", "bars", "timeline", "years"]


@dataclass(frozen=True)
class Datum:
    """One bar, point or cell of a picture; its words are already in the page's language.

    `value` is a count or an amount, on a timeline a decimal year (2020.5 is July 2020); None
    exactly where `mark` says why. `side` is what it means for officers (keep reduce remove none), how a
    ballot counts it (for against abstain), or gap; it picks colour and pattern. `text` stands in
    place of the number ("$12.1M"), beside a point, or in a cell ("A"). `group` is the heading or
    lane it stands under. `end` makes a point on a timeline a span.
    """

    label: str
    value: float | None
    side: str
    mark: str = ""
    text: str = ""
    group: str = ""
    end: float | None = None


@dataclass(frozen=True)
class Figure:
    """What a picture shows and nothing about where: equal figures are drawn once and shared.

    `axis` are the words under the axis, with the denominator ("schools and campuses, of 72");
    `top` is the end of the axis where pictures are to be compared, else the greatest value.
    """

    kind: FigureKind
    rows: tuple[Datum, ...]
    axis: str = ""
    top: float | None = None


@dataclass(frozen=True)
class Chart:
    """A figure drawn: an SVG without ids, title and description, and the key it is kept by.

    `charts.place` adds what differs by occurrence. The numbers stand in a table beside it.
    """

    figure: Figure
    key: str
    svg: str


@dataclass(frozen=True)
class File:
    """A file of the site: its path under the site's root, with forward slashes, and its bytes."""

    path: str
    content: bytes


@dataclass(frozen=True)
class Edition:
    """What data/site.toml says: the edition's names, policy and the row that holds today.

    `bounds` are the most votes a body can cast, by the code of the body; `words` are the edition's
    own labels for codes ("body.council": "Local School Council"); `allowed_words` are capitalised
    words that free text may hold; `holds_today` is the vote that says what holds now, and
    `outside_networks` are networks whose schools it may not reach.
    """

    title: str
    place: str
    description: str
    base_url: str
    languages: tuple[str, ...]
    min_cell: int
    bounds: Mapping[str, int] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    allowed_words: frozenset[str] = frozenset()
    holds_today: str = ""
    outside_networks: frozenset[str] = frozenset()


Row = Mapping[str, Any]


def to_rows(frame: pd.DataFrame) -> list[Row]:
    """The frame's rows as mappings in its order, None where a cell is empty."""
    plain = frame.astype(object).where(frame.notna(), None)
    return [{str(name): value for name, value in row.items()} for row in plain.to_dict("records")]


@dataclass(frozen=True)
class Record:
    """The public record, joined: what the presenters read.

    Rows are plain mappings (column → value, None where empty, `<name>_mark` beside it). Rows by
    decision unit are in time order; `rows` has every table but those with many rows per school,
    which stay in their frames. The program is over from the school year `over_from` on ("9" where
    it is not). A vote's row has `decides` beside its columns: True for the
    one decision that stood for its unit and round.
    """

    edition: Edition
    tables: Mapping[str, PublicTable]
    rows: Mapping[str, tuple[Row, ...]]
    school_names: Mapping[str, Text]
    program_years: tuple[str, ...]
    over_from: str
    sources: Mapping[str, Row]
    units: Mapping[str, Row]
    units_of_school: Mapping[str, tuple[str, ...]]
    schools_of_unit: Mapping[str, tuple[str, ...]]
    by_unit: Mapping[str, Mapping[str, tuple[Row, ...]]]
    votes: Mapping[str, Row]
    tallies: Mapping[str, tuple[Row, ...]]
    readings: Mapping[str, tuple[Row, ...]]
    questions: Mapping[str, Row]
    options: Mapping[tuple[str, str, str], Row]


@dataclass(frozen=True)
class Context:
    """What a rule may look at beside its own rows: all typed frames by table name, the edition."""

    tables: Mapping[str, pd.DataFrame]
    edition: Edition


@dataclass(frozen=True)
class Settings:
    """Where a build reads and writes, and how many processes it may use.

    `base_url` is "" for the edition's own. `data_date` is the ISO day that the site is dated by, ""
    for the one that follows from the data.
    """

    data: Path
    out: Path
    templates: Path
    build: Path
    config: Path
    base_url: str
    jobs: int
    data_date: str


@dataclass(frozen=True)
class Summary:
    """What a build made; `not_found` counts values that no source had, by what they are."""

    pages: int
    files: int
    changed: int
    bytes: int
    charts_drawn: int
    charts_shown: int
    not_found: Mapping[str, int]


SCHOOL_YEAR = re.compile(r"(?P<start>(?:19|20)\d\d)-(?P<end>\d\d)")
PARTIAL_DATE = re.compile(r"(?P<year>(?:19|20)\d\d)(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?")


def is_school_year(text: str) -> bool:
    """True for "2025-26": four digits, a hyphen, the last two digits of the year after."""
    found = SCHOOL_YEAR.fullmatch(text)
    return bool(found) and (int(text[:4]) + 1) % 100 == int(text[5:])


def precision(date: str) -> Literal["day", "month", "year"]:
    """How precise a partial ISO date is: "2020" year, "2020-07" month, "2020-07-14" day."""
    return ("year", "month", "day")[date.count("-")]


@dataclass(frozen=True)
class PageSource:
    """A page before MkDocs or its shell: plain title and description, the body as Markdown whose
    blocks are headings with fixed anchors and HTML. `words` are other words to find it by,
    `facts` all that it shows."""

    path: str
    title: str
    description: str
    body: str
    facts: tuple[Fact, ...] = ()
    words: tuple[str, ...] = ()
