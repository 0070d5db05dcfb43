"""Police officers, guards, counselors and teachers by school, as districts told them."""

import pandas as pd

from generator.model import N_, Column, Context, Mark, Rule, Table
from generator.tables.common import CAVEAT, LOCATOR, SOURCE, school_id

# More officers at one school are a slip of the pen more often than a number: the row says so.
PLAUSIBLE = 20


def _flagged_where_implausible(frame: pd.DataFrame, _: Context) -> "pd.Series[bool]":
    many = (frame["police"] >= PLAUSIBLE).fillna(False).astype(bool)
    return many == frame["doubt"].notna()


def _people(name: str, title: str, description: str) -> Column:
    return Column(
        name, title, description, "number", unit=N_("full-time equivalents"),
        empty=Mark.NOT_FOUND, low=0,
    )  # fmt: skip


TABLE = Table(
    name="staffing",
    title=N_("What the district told the U.S. Department of Education"),
    grain=N_("one row per school and school year"),
    kind="published_elsewhere",
    key=("school_id", "school_year"),
    columns=(
        school_id(N_("The school that the figures are about.")),
        Column(
            "school_year",
            N_("School year"),
            N_("The school year of the figures."),
            "school_year",
            required=True,
        ),
        _people(
            "police",
            N_("Police officers"),
            N_("Sworn police officers at the school, in full-time equivalents."),
        ),
        Column(
            "doubt",
            N_("Doubt"),
            N_("Why the number of police officers is left out of sums."),
            "category",
            values={"implausible": N_("more than is plausible at one school")},
        ),
        _people(
            "guards",
            N_("Security guards"),
            N_("Security guards at the school, in full-time equivalents."),
        ),
        _people(
            "counselors",
            N_("Counselors"),
            N_("School counselors at the school, in full-time equivalents."),
        ),
        _people(
            "teachers", N_("Teachers"), N_("Teachers at the school, in full-time equivalents.")
        ),
        CAVEAT,
        SOURCE,
        LOCATOR,
    ),
    rules=(
        Rule(
            "doubt where implausible",
            "doubt",
            _flagged_where_implausible,
            N_("implausible from 20 police officers on, and nothing below"),
            N_("Flag the row; the number stays as it was told."),
        ),
    ),
    caveats=(N_("Districts report these figures themselves; a blank is not a zero."),),
    optional=True,
    later=True,
)
