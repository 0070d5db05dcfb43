"""Columns and rules that several tables share."""

from collections.abc import Callable

import pandas as pd

from generator.model import N_, Column, Context, Mark

SOURCE = Column(
    "source_id",
    N_("Source"),
    N_("The source of the row."),
    "id",
    required=True,
    refers="sources.source_id",
)
# Of rows that are our own acts: a source is there only where somebody else published one.
OWN_SOURCE = Column("source_id", N_("Source"), "", "id", refers="sources.source_id")
LOCATOR = Column(
    "locator",
    N_("Place in the source"),
    N_("Page, row or paragraph in the source."),
    empty=Mark.NOT_FOUND,
    prose=True,
)
OTHER_SOURCES = Column(
    "other_source_ids",
    N_("Other sources"),
    N_("Sources that say the same, divided by spaces."),
    "ids",
    refers="sources.source_id",
)
CAVEAT = Column(
    "caveat",
    N_("Caveat"),
    N_("What a reader must know before using the row."),
    prose=True,
)
NOTE = Column("note", N_("Note"), N_("A remark on how the row was read."), prose=True)
PRECISION = {
    "exact": N_("exact"),
    "rounded": N_("rounded"),
    "approximate": N_("about"),
    "lower_bound": N_("at least"),
    "upper_bound": N_("at most"),
    "words_only": N_("words only"),
}
YES_NO = {"yes": N_("yes"), "no": N_("no")}


def school_id(description: str, *, required: bool = True) -> Column:
    """A reference to a school."""
    return Column(
        "school_id",
        N_("School id"),
        description,
        "id",
        required=required,
        refers="schools.school_id",
    )


def unit_id(empty: Mark | None = None) -> Column:
    """A reference to a decision unit; `empty` where a row may be about none."""
    return Column(
        "unit_id",
        N_("Decision unit"),
        N_("The school or campus that one decision is about."),
        "id",
        required=empty is None,
        empty=empty,
        refers="decision_units.unit_id",
    )


def both_or_neither(one: str, two: str) -> Callable[[pd.DataFrame, Context], "pd.Series[bool]"]:
    """A rule's test: two columns are filled together or empty together."""

    def holds(frame: pd.DataFrame, _: Context) -> "pd.Series[bool]":
        return frame[one].isna() == frame[two].isna()

    return holds


def is_day(cells: "pd.Series[str]") -> "pd.Series[bool]":
    """True where the date is a whole day, and where there is none."""
    return (cells.isna() | (cells.str.len() == len("2026-01-31"))).astype(bool)
