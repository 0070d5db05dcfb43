"""Records that we asked offices for, by when the law wants an answer, and what was answered.

A request is our own act, and this ledger its first record. A public log of the office, where there
is one, is its source.
"""

from dataclasses import replace

import pandas as pd

from generator.model import N_, Column, Context, Mark, Rule, Table
from generator.tables.common import LOCATOR, OWN_SOURCE, is_day

ANSWERS = {
    "open": N_("not answered yet"),
    "granted": N_("granted"),
    "partly": N_("granted in part"),
    "denied": N_("denied"),
    "no_records": N_("no such records held"),
}


def _whole_days(frame: pd.DataFrame, _: Context) -> "pd.Series[bool]":
    return is_day(frame["sent_on"]) & is_day(frame["due_on"]) & is_day(frame["answered_on"])


def _answered_whole(frame: pd.DataFrame, _: Context) -> "pd.Series[bool]":
    return frame["answered_on"].isna() == (frame["answer"] == "open")


def _in_order(frame: pd.DataFrame, _: Context) -> "pd.Series[bool]":
    late = [frame[name].isna() | (frame[name] >= frame["sent_on"]) for name in LATER]
    return (late[0] & late[1]).astype(bool)


def _due_by_law(frame: pd.DataFrame, _: Context) -> "pd.Series[bool]":
    return frame["due_on"].isna() | frame["law"].notna()


LATER = ("due_on", "answered_on")

TABLE = Table(
    name="requests",
    title=N_("Records requests"),
    grain=N_("one row per request"),
    kind="public_record",
    authority=N_("Our own ledger of what we asked public offices for."),
    key=("request_id",),
    optional=True,
    own_look=True,
    columns=(
        Column("request_id", N_("Request"), N_("Short name of the row."), "id", required=True),
        Column(
            "office", N_("Office"), N_("The office that was asked."), required=True, prose=True
        ),
        Column(
            "asked",
            N_("Asked for"),
            N_("What was asked for, in our words."),
            required=True,
            prose=True,
        ),
        Column("sent_on", N_("Sent"), N_("The day on which it was sent."), "date", required=True),
        Column(
            "due_on",
            N_("Due"),
            N_("The day by which the law wants an answer."),
            "date",
            empty=Mark.NOT_FOUND,
        ),
        Column(
            "law",
            N_("Law"),
            N_("The law that sets the day."),
            empty=Mark.NOT_FOUND,
            prose=True,
            capitals=False,
        ),
        Column(
            "answer", N_("Answer"), N_("What the office answered."), "category", values=ANSWERS,
            required=True,
        ),
        Column("answered_on", N_("Answered"), N_("The day of the answer."), "date"),
        Column(
            "answer_note", N_("Answer in words"), N_("The answer in our words."), prose=True
        ),
        Column(
            "covers",
            N_("Values asked for"),
            N_("The empty cells that it asks for, as table.row-key.column, divided by spaces."),
            "ids",
        ),
        replace(OWN_SOURCE, description=N_("A public log of the request, where there is one.")),
        replace(LOCATOR, empty=None),
    ),
    rules=(
        Rule(
            "whole days",
            "sent_on",
            _whole_days,
            N_("whole days in sent_on, due_on and answered_on"),
            N_("Write them as 2026-01-31."),
        ),
        Rule(
            "answered whole",
            "answer",
            _answered_whole,
            N_("the day of an answer, and none while it is open"),
            N_("Fill answered_on, or write open."),
        ),
        Rule(
            "nothing before it was sent",
            "sent_on",
            _in_order,
            N_("a day that is not after due_on or answered_on"),
            N_("Correct the days."),
        ),
        Rule(
            "due by a law",
            "due_on",
            _due_by_law,
            N_("the law that sets the day beside it"),
            N_("Name it in law, or leave due_on empty."),
        ),
    ),
    caveats=(
        N_("Days overdue are counted only where a law sets the day, and only after it has passed."),
    ),
)  # fmt: skip
