"""What readers and offices said is wrong in the record, and what became of it.

A row is our own act, of which this ledger is the first record: a source that named ourselves would
prove nothing. So `source_id` is empty but for evidence that somebody else published.
"""

from dataclasses import replace

import pandas as pd

from generator.model import N_, Column, Context, Mark, Rule, Table
from generator.tables.common import LOCATOR, OWN_SOURCE, is_day

REPORTERS = {
    "parent": N_("a parent"),
    "student": N_("a student"),
    "school": N_("a school"),
    "council": N_("a council"),
    "journalist": N_("a journalist"),
    "organization": N_("an organization"),
    "office": N_("an office"),
    "resident": N_("a resident"),
    "maintainer": N_("a maintainer of this record"),
    "not_said": N_("not said"),
}
DECISIONS = {"open": N_("open"), "accepted": N_("accepted"), "declined": N_("declined")}


def _decided_whole(frame: pd.DataFrame, _: Context) -> "pd.Series[bool]":
    is_open = frame["decision"] == "open"
    return (frame["decided_on"].isna() == is_open) & (frame["why"].isna() == is_open)


def _in_order(frame: pd.DataFrame, _: Context) -> "pd.Series[bool]":
    return (frame["decided_on"].isna() | (frame["decided_on"] >= frame["received_on"])).astype(bool)


def _whole_days(frame: pd.DataFrame, _: Context) -> "pd.Series[bool]":
    return is_day(frame["received_on"]) & is_day(frame["decided_on"])


def _proved(frame: pd.DataFrame, _: Context) -> "pd.Series[bool]":
    return (frame["decision"] != "accepted") | frame["evidence"].notna()


def _released_if_accepted(frame: pd.DataFrame, _: Context) -> "pd.Series[bool]":
    return frame["release"].isna() | (frame["decision"] == "accepted")


TABLE = Table(
    name="corrections",
    title=N_("Reports of errors"),
    grain=N_("one row per report"),
    kind="public_record",
    authority=N_("Our own ledger of what was reported to us and what we decided."),
    key=("correction_id",),
    optional=True,
    own_look=True,
    columns=(
        Column("correction_id", N_("Report"), N_("Short name of the row."), "id", required=True),
        Column(
            "fact",
            N_("Value"),
            N_("The id of the value in facts.csv, or table.row-key for a whole row."),
            required=True,
        ),
        Column(
            "received_on", N_("Received"), N_("The day on which it reached us."), "date",
            required=True,
        ),
        Column(
            "reporter",
            N_("From whom"),
            N_("Who reported it, as a kind of reader; never a name."),
            "category",
            values=REPORTERS,
            required=True,
        ),
        Column(
            "problem",
            N_("What is said to be wrong"),
            N_("What the report says is wrong, in our words."),
            required=True,
            prose=True,
            quotes=False,
        ),
        Column(
            "evidence",
            N_("Evidence"),
            N_("What the report rests on, in our words."),
            empty=Mark.NOT_REPORTED,
            prose=True,
            quotes=False,
        ),
        replace(OWN_SOURCE, description=N_("The source of the evidence, where it is published.")),
        replace(LOCATOR, empty=None),
        Column(
            "decision", N_("Decision"), N_("What became of it."), "category", values=DECISIONS,
            required=True,
        ),
        Column("decided_on", N_("Decided"), N_("The day on which we decided."), "date"),
        Column("why", N_("Why"), N_("Why we decided so."), prose=True),
        Column(
            "release",
            N_("Release"),
            N_("The release with the corrected value; empty until there is one."),
            "id",
        ),
    ),
    rules=(
        Rule(
            "whole days",
            "received_on",
            _whole_days,
            N_("whole days in received_on and decided_on"),
            N_("Write them as 2026-01-31."),
        ),
        Rule(
            "decided whole",
            "decision",
            _decided_whole,
            N_("the day and the reason of a decision, and neither while it is open"),
            N_("Fill decided_on and why, or write open."),
        ),
        Rule(
            "decided after it was received",
            "decided_on",
            _in_order,
            N_("a day that is not before received_on"),
            N_("Correct one of the two days."),
        ),
        Rule(
            "accepted on evidence",
            "evidence",
            _proved,
            N_("the evidence on which a report was accepted"),
            N_("Say what shows that the value was wrong."),
        ),
        Rule(
            "released where accepted",
            "release",
            _released_if_accepted,
            N_("a release only beside an accepted report"),
            N_("Empty it, or write accepted."),
        ),
    ),
    caveats=(
        N_("A report that is open proves nothing yet, neither against the value nor for it."),
    ),
)  # fmt: skip
