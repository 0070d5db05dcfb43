"""What one decision is about: a school, or a campus of several."""

import pandas as pd

from generator.model import N_, Column, Context, Mark, Rule, Table
from generator.tables.common import CAVEAT, LOCATOR, SOURCE


def _has_a_school(frame: pd.DataFrame, context: Context) -> "pd.Series[bool]":
    return frame["unit_id"].isin(context.tables["unit_schools"]["unit_id"])


TABLE = Table(
    name="decision_units",
    own_look=True,
    title=N_("Decision units"),
    grain=N_("one row per school or campus that a decision is about"),
    kind="public_record",
    authority=N_("Names of public schools as the decisions print them."),
    key=("unit_id",),
    columns=(
        Column("unit_id", N_("Decision unit"), N_("Short name of the unit."), "id", required=True),
        Column("name", N_("Name"), N_("Name as printed in the record."), required=True),
        Column(
            "unit_kind",
            N_("Kind"),
            N_("A school, a campus, or a part of a campus."),
            "category",
            values={
                "school": N_("school"),
                "campus": N_("campus of several schools"),
                "part": N_("part of a campus"),
            },
            required=True,
        ),
        Column(
            "part_of",
            N_("Part of"),
            N_("The campus whose decision counts for this part."),
            "id",
            empty=Mark.NOT_APPLICABLE,
            refers="decision_units.unit_id",
        ),
        CAVEAT,
        SOURCE,
        LOCATOR,
    ),
    rules=(
        Rule(
            "has a school",
            "unit_id",
            _has_a_school,
            N_("a unit that has a school in unit_schools.csv"),
            N_("Add a row there: a unit's rows stand on the pages of its schools."),
        ),
    ),
)
