"""The rows at each stage: as read, as checked, as joined; and what the edition says of itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from generator.model.declared import Table
from generator.model.policy import Policy
from generator.model.shown import File, Past, Text
from generator.model.values import slug


@dataclass(frozen=True)
class RawTable:
    """Text cells as they stand in the file; `lines[i]` is the line of row i in `where`.

    `protection` is the text of the record beside a survey, "" where there is none.
    """

    table: Table
    where: str
    frame: pd.DataFrame
    lines: tuple[int, ...]
    protection: str = ""


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
class Spoken:
    """What the edition says of itself in another language; `words` are labels for codes in it,
    `texts` its sentences."""

    title: str
    description: str
    words: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Licence:
    """On what terms the edition's tables may be used; all "" where none has been chosen. `id` is
    that of the SPDX list, for a licence that is in it."""

    name: str = ""
    url: str = ""
    id: str = ""


@dataclass(frozen=True)
class Edition:
    """What data/site.toml says: the edition's names, policy and the row that holds today.

    `bounds` are the most votes a body can cast, by the code of the body; `words` are the edition's
    own labels for codes ("body.council": "School council"), `texts` its sentences that hold of this
    place alone, by where they stand ("methods.votes"); `allowed_words` are capitalised words that
    free text may hold; `translations` are the same in the other languages, by code;
    the first of `languages` is that of the data. `holds_today` is the vote that says what holds
    now, and `outside_networks` are networks whose schools it may not reach. `reports` is where
    readers report an error: a mail address, or one on the web with {title} and {body}; `security`
    is where a hole in the site itself is told. `first_title` is the title in the first language
    where `title` is in another.
    """

    title: str
    place: str
    description: str
    base_url: str
    languages: tuple[str, ...]
    policy: Policy
    bounds: Mapping[str, int] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    allowed_words: frozenset[str] = frozenset()
    holds_today: str = ""
    outside_networks: frozenset[str] = frozenset()
    translations: Mapping[str, Spoken] = field(default_factory=dict)
    licence: Licence = Licence()
    reports: str = ""
    security: str = ""
    first_title: str = ""

    @property
    def files(self) -> str:
        """What the files of all tables are called: the same in every language of the site."""
        return slug(self.first_title or self.title)

    @property
    def folders(self) -> Mapping[str, str]:
        """Where the pages of each language stand, by its code: the first's at the root."""
        first, *others = self.languages
        return {first: "", **{code: f"{code}/" for code in others}}

    @property
    def min_cell(self) -> int:
        """Counts of fewer people are not shown."""
        return self.policy.min_cell


Row = Mapping[str, Any]


def to_rows(frame: pd.DataFrame) -> list[Row]:
    """The frame's rows as mappings in its order, None where a cell is empty."""
    names = [str(name) for name in frame.columns]
    columns = [_plain(frame[name]) for name in frame.columns]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _plain(cells: "pd.Series[Any]") -> list[Any]:
    empty = cells.isna()
    values = cells.tolist()
    if not empty.any():
        return values
    return [None if gone else value for value, gone in zip(values, empty, strict=True)]


NOT_OVER = "9"  # later than every school year


@dataclass(frozen=True)
class Record:
    """The public record, joined: what the presenters read.

    Rows are plain mappings (column → value, None where empty, `<name>_mark` beside it). Rows by
    decision unit are in time order; `rows` has every table but those with many rows per school,
    which stay in their frames; `plain` has those without a look of their own, by school or unit.
    A row of `unit_links` says how a unit and a school, its key, belong together.
    The program is over from the school year `over_from` on (NOT_OVER where it is not). A vote's row
    has `decides` beside its columns: True for the one decision that stood for its unit and round.
    `first_release` is the first release that holds a fact, by the fact's id, where there is one;
    `past` is what the fact was in that one and in each release that had another value, in order.
    `releases` are all in their order; `last_release` is the newest, "" before the first; `frozen`
    what its figures are called.
    `in_release` is that release where its tables are these, "" where they have changed since.
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
    unit_links: Mapping[tuple[str, str], Row]
    schools_of_unit: Mapping[str, tuple[str, ...]]
    by_unit: Mapping[str, Mapping[str, tuple[Row, ...]]]
    plain: Mapping[str, Mapping[str, tuple[Row, ...]]]
    votes: Mapping[str, Row]
    tallies: Mapping[str, tuple[Row, ...]]
    readings: Mapping[str, tuple[Row, ...]]
    questions: Mapping[str, Row]
    options: Mapping[tuple[str, str, str], Row]
    first_release: Mapping[str, str] = field(default_factory=dict)
    past: Mapping[str, tuple[Past, ...]] = field(default_factory=dict)
    releases: tuple[str, ...] = ()
    last_release: str = ""
    in_release: str = ""
    frozen: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_over(self) -> bool:
        """Whether a decision ended the program."""
        return self.over_from != NOT_OVER

    def has_rows(self, *names: str) -> bool:
        """Whether one of these tables has any row."""
        return any(len(self.tables[name].frame) for name in names)


@dataclass(frozen=True)
class Release:
    """A frozen release: its ISO day, that of the release before ("" for none), its files by the
    names that they have in its folder, sorted."""

    id: str
    previous: str
    files: tuple[File, ...]


@dataclass(frozen=True)
class Context:
    """What a rule may look at beside its own rows: all typed frames by table name, the edition."""

    tables: Mapping[str, pd.DataFrame]
    edition: Edition
