"""What offices and schools replied to what the record shows of them."""

import pandas as pd

from generator.model import N_, Column, Context, Rule, Table
from generator.tables.common import LOCATOR, SOURCE, is_day, school_id, unit_id

ABOUT = ["fact", "school_id", "unit_id"]


def _about_one_thing(frame: pd.DataFrame, _: Context) -> "pd.Series[bool]":
    return frame[ABOUT].notna().sum(axis=1) == 1


def _whole_day(frame: pd.DataFrame, _: Context) -> "pd.Series[bool]":
    return is_day(frame["received_on"])


_UNIT = unit_id()

TABLE = Table(
    name="replies",
    title=N_("Replies"),
    grain=N_("one row per reply"),
    kind="public_record",
    authority=N_("What offices and schools wrote to this record to be shown in it."),
    key=("reply_id",),
    optional=True,
    own_look=True,
    columns=(
        Column("reply_id", N_("Reply"), N_("Short name of the row."), "id", required=True),
        Column(
            "fact",
            N_("Value"),
            N_("The id of the value in facts.csv, or table.row-key for a whole row."),
        ),
        school_id(N_("The school that the reply is about as a whole."), required=False),
        Column(
            _UNIT.name,
            _UNIT.title,
            N_("The school or campus of one decision that the reply is about as a whole."),
            "id",
            refers=_UNIT.refers,
        ),
        Column(
            "office",
            N_("Who"),
            N_("The office or school that replies; never a person."),
            required=True,
            prose=True,
        ),
        Column(
            "received_on", N_("Received"), N_("The day on which it reached us."), "date",
            required=True,
        ),
        Column(
            "words",
            N_("Reply"),
            N_("The reply in our words, or a short quotation."),
            required=True,
            prose=True,
            quotes=False,
        ),
        SOURCE,
        LOCATOR,
    ),
    rules=(
        Rule(
            "about one thing",
            "fact",
            _about_one_thing,
            N_("one of fact, school_id and unit_id"),
            N_("Fill the one that the reply is about, and leave the others empty."),
        ),
        Rule(
            "a whole day",
            "received_on",
            _whole_day,
            N_("a whole day"),
            N_("Write it as 2026-01-31."),
        ),
    ),
    caveats=(
        N_("A reply is what its office says. It is shown beside the value and changes none."),
    ),
)  # fmt: skip
