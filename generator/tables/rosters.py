"""Which decision units were in the program in a school year, and with how many officers."""

import pandas as pd

from generator.model import N_, Column, Context, Mark, Rule, Table
from generator.tables.common import LOCATOR, NOTE, SOURCE, unit_id


def _kind_with_number(frame: pd.DataFrame, _: Context) -> "pd.Series[bool]":
    return frame["officers"].isna() | frame["officers_kind"].notna()


TABLE = Table(
    name="rosters",
    own_look=True,
    title=N_("Officers by school year"),
    grain=N_("one row per decision unit, school year and source"),
    kind="public_record",
    authority=N_("Lists and statements of public bodies on where officers were posted."),
    key=("unit_id", "school_year", "source_id"),
    columns=(
        unit_id(),
        Column(
            "school_year", N_("School year"), N_("The school year."), "school_year", required=True
        ),
        Column(
            "status",
            N_("Status"),
            N_("Whether the unit was in the program."),
            "category",
            values={"in_program": N_("in the program"), "not_in_program": N_("not in the program")},
            empty=Mark.NOT_FOUND,
        ),
        Column(
            "officers",
            N_("Officers"),
            N_("Number of officers."),
            "count",
            unit=N_("officers"),
            empty=Mark.NOT_FOUND,
            low=0,
            high=20,
        ),
        Column(
            "officers_kind",
            N_("Kind of number"),
            N_("What the number of officers counts."),
            "category",
            values={
                "authorized": N_("authorized"),
                "assigned": N_("assigned"),
                "present": N_("present"),
                "not_said": N_("not said which"),
            },
            empty=Mark.NOT_APPLICABLE,
        ),
        Column(
            "wording",
            N_("What the source says"),
            N_("The source's statement in our words."),
            required=True,
            prose=True,
        ),
        Column(
            "basis",
            N_("Basis"),
            N_("What the row rests on."),
            "category",
            values={
                "published_list": N_("published list"),
                "news": N_("news report"),
                "restated_from_vote": N_("restated from a vote"),
                "inferred": N_("inferred"),
            },
            required=True,
        ),
        NOTE,
        SOURCE,
        LOCATOR,
    ),
    rules=(
        Rule(
            "kind beside number",
            "officers_kind",
            _kind_with_number,
            N_("what the number counts: authorized, assigned, present or not_said"),
            N_("Write not_said where the source does not say."),
        ),
    ),
    caveats=(N_("Absence from a partial list does not mean absence from the program."),),
)
