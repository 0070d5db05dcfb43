"""The districts of an edition that is about more than one."""

import pandas as pd

from generator.model import N_, Column, Context, Rule, Table
from generator.tables.common import CAVEAT, LOCATOR, SOURCE

# A state stands in the address of its page.
NAME = r"[A-Za-z]+(?:[ -][A-Za-z]+)*"


def _fits_address(frame: pd.DataFrame, _: Context) -> "pd.Series[bool]":
    return frame["state"].str.fullmatch(NAME)


def _one_spelling(frame: pd.DataFrame, _: Context) -> "pd.Series[bool]":
    alike = frame["state"].str.casefold().str.replace("-", " ")
    return frame["state"].groupby(alike).transform("first") == frame["state"]


def _has_schools(frame: pd.DataFrame, context: Context) -> "pd.Series[bool]":
    return pd.Series("district_schools" in context.tables, frame.index, dtype=bool)


TABLE = Table(
    name="districts",
    own_look=True,
    title=N_("School districts"),
    grain=N_("one row per school district"),
    kind="published_elsewhere",
    key=("district_id",),
    columns=(
        Column(
            "district_id", N_("District id"), N_("The list's id, as text."), "id", required=True
        ),
        Column("name", N_("Name"), N_("The district's name as the list prints it."), required=True),
        Column(
            "state",
            N_("State"),
            N_("The state or territory, by the two letters of the post."),
            required=True,
        ),
        CAVEAT,
        SOURCE,
        LOCATOR,
    ),
    rules=(
        Rule(
            "state_in_address",
            "state",
            _fits_address,
            "letters from A to Z, with single blanks or hyphens between",
            "Write the two letters of the post, or the name without other signs.",
        ),
        Rule(
            "state_spelled_alike",
            "state",
            _one_spelling,
            "the spelling of the rows before",
            "Spell a state the same in all rows.",
        ),
        Rule(
            "schools_told",
            "district_id",
            _has_schools,
            "district_schools.csv beside this file",
            "Say there which school belongs to which district, or take this file away.",
        ),
    ),
    optional=True,
    later=True,
)
