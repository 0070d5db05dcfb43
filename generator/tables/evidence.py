"""What was found of each promise, a term and a school year a row; its status follows by rule."""

import pandas as pd

from generator.model import N_, Column, Context, Mark, Rule, Table
from generator.tables.common import CAVEAT, LOCATOR, OTHER_SOURCES, SOURCE

FINDINGS = {
    "done": N_("a source says that it was done"),
    "part": N_("a source says that a part of it was done"),
    "open": N_("a source says that it was not done yet"),
    "not_done": N_("a source says that it was not done"),
    "nothing": N_("no source that we looked through says"),
}
DAY = len("2020-07-14")


def _is_nothing(frame: pd.DataFrame) -> "pd.Series[bool]":
    return frame["finding"] == "nothing"


def _due_with_source(frame: pd.DataFrame, _: Context) -> "pd.Series[bool]":
    return frame["due_on"].isna() == frame["due_source_id"].isna()


def _dated_where_found(frame: pd.DataFrame, _: Context) -> "pd.Series[bool]":
    return frame["as_of"].notna() != _is_nothing(frame)


def _looked_where_nothing(frame: pd.DataFrame, _: Context) -> "pd.Series[bool]":
    return frame["looked_on"].notna() == _is_nothing(frame)


def _places_where_nothing(frame: pd.DataFrame, _: Context) -> "pd.Series[bool]":
    return frame["looked_in"].notna() == _is_nothing(frame)


def _is_day(cells: "pd.Series[str]") -> "pd.Series[bool]":
    return cells.isna() | (cells.str.len() == DAY)


def _whole_days(frame: pd.DataFrame, _: Context) -> "pd.Series[bool]":
    days = _is_day(frame["due_on"]) & _is_day(frame["as_of"]) & _is_day(frame["looked_on"])
    return frame["due_on"].isna() | days


TABLE = Table(
    name="evidence",
    title=N_("Promises and what was found"),
    grain=N_("one row per term and school year"),
    kind="public_record",
    authority=N_("Texts of public bodies, and reports on what came of them."),
    key=("term_id", "school_year"),
    optional=True,
    columns=(
        Column(
            "term_id",
            N_("Promise"),
            N_("The term that promises it."),
            "id",
            required=True,
            refers="terms.term_id",
        ),
        Column(
            "school_year",
            N_("School year"),
            N_("The school year for which it was looked up."),
            "school_year",
            required=True,
        ),
        Column(
            "due_on",
            N_("Due"),
            N_("The day by which it was due, where a source says one."),
            "date",
            empty=Mark.NOT_FOUND,
        ),
        Column(
            "due_source_id",
            N_("Source of the due date"),
            N_("The source that says by when it was due."),
            "id",
            refers="sources.source_id",
        ),
        Column(
            "finding",
            N_("What sources say"),
            N_("What the sources that we read say of it; the status follows from it by rule."),
            "category",
            values=FINDINGS,
            required=True,
        ),
        Column(
            "found",
            N_("What was found"),
            N_("What the source says, in our words."),
            required=True,
            prose=True,
        ),
        Column(
            "as_of",
            N_("As of"),
            N_("The date for which the source says so, as far as known."),
            "date",
            empty=Mark.NOT_APPLICABLE,
        ),
        Column(
            "looked_on",
            N_("Looked on"),
            N_("The day on which we looked through our notes of these sources."),
            "date",
            empty=Mark.NOT_APPLICABLE,
        ),
        Column(
            "looked_in",
            N_("Looked in"),
            N_("The sources looked through, divided by spaces."),
            "ids",
            refers="sources.source_id",
        ),
        CAVEAT,
        SOURCE,
        LOCATOR,
        OTHER_SOURCES,
    ),
    rules=(
        Rule(
            "due by a source",
            "due_on",
            _due_with_source,
            N_("a due date together with its source, or neither"),
            N_("Name in due_source_id who says the day, or leave both empty."),
        ),
        Rule(
            "whole days",
            "due_on",
            _whole_days,
            N_("whole days in due_on, as_of and looked_on where a due date is given"),
            N_("Leave out a due date of which the day is not known."),
        ),
        Rule(
            "dated where found",
            "as_of",
            _dated_where_found,
            N_("the date of what a source says, and none where nothing was found"),
            N_("Fill as_of, or write nothing under finding."),
        ),
        Rule(
            "when we looked",
            "looked_on",
            _looked_where_nothing,
            N_("the day we looked where nothing was found, and none elsewhere"),
            N_("Fill looked_on only beside the finding nothing."),
        ),
        Rule(
            "where we looked",
            "looked_in",
            _places_where_nothing,
            N_("the sources looked through where nothing was found, and none elsewhere"),
            N_("Fill looked_in only beside the finding nothing."),
        ),
    ),
    caveats=(
        N_("That none was found by us is no proof: it says only where and when we looked."),
        N_("Where nothing was found, the source of the row is that of the promise."),
    ),
)
