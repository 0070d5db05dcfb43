"""The schools of the district."""

import pandas as pd

from generator.model import N_, Column, Context, Mark, Rule, Table
from generator.tables.common import CAVEAT, LOCATOR, SOURCE


def _in_a_district(frame: pd.DataFrame, context: Context) -> "pd.Series[bool]":
    """True for all in an edition about one district, which has no table of districts."""
    known = context.tables.get("district_schools")
    if known is None:
        return pd.Series(True, frame.index)
    return frame["school_id"].isin(known["school_id"])


TABLE = Table(
    name="schools",
    own_look=True,
    title=N_("Schools"),
    grain=N_("one row per school"),
    kind="published_elsewhere",
    key=("school_id",),
    columns=(
        Column(
            "school_id",
            N_("School id"),
            N_("The district's id, as text."),
            "id",
            required=True,
        ),
        Column("name", N_("Name"), N_("The school's long name."), required=True),
        Column("short_name", N_("Short name"), N_("The district's short name."), required=True),
        Column(
            "ncessch",
            N_("Federal id"),
            N_("Id of the National Center for Education Statistics."),
            "id",
            empty=Mark.NOT_FOUND,
        ),
        Column(
            "level",
            N_("Level"),
            N_("Level in the district's list."),
            "category",
            values={
                "ES": N_("elementary school"),
                "MS": N_("middle school"),
                "HS": N_("high school"),
            },
            empty=Mark.NOT_FOUND,
        ),
        Column(
            "is_high_school",
            N_("High school"),
            N_("Whether the school has high school grades."),
            "flag",
            empty=Mark.NOT_FOUND,
        ),
        Column("address", N_("Street address"), N_("Street and number."), empty=Mark.NOT_FOUND),
        Column("zip", N_("ZIP code"), N_("Five digits, as text."), "id", empty=Mark.NOT_FOUND),
        Column(
            "area_id",
            N_("Area number"),
            N_("Number of the area, as the city or the district counts its parts."),
            "id",
            empty=Mark.NOT_FOUND,
        ),
        Column("area", N_("Area"), N_("Name of the area."), empty=Mark.NOT_FOUND),
        Column(
            "latitude",
            N_("Latitude"),
            N_("Degrees north."),
            "number",
            empty=Mark.NOT_FOUND,
            low=-90,
            high=90,
        ),
        Column(
            "longitude",
            N_("Longitude"),
            N_("Degrees east."),
            "number",
            empty=Mark.NOT_FOUND,
            low=-180,
            high=180,
        ),
        Column(
            "network",
            N_("Network"),
            N_("The district's network or type of management."),
            empty=Mark.NOT_FOUND,
        ),
        Column("grades", N_("Grades"), N_("Grades as the list prints them."), empty=Mark.NOT_FOUND),
        Column(
            "governance",
            N_("Kind of council"),
            N_("How the school's council is formed."),
            "category",
            values={
                "elected": N_("elected council"),
                "appointed": N_("appointed council"),
                "none": N_("no council"),
            },
            empty=Mark.NOT_FOUND,
        ),
        Column("opened", N_("Opened"), N_("Date in the list."), "date", empty=Mark.NOT_FOUND),
        Column(
            "closed",
            N_("Closed"),
            N_("Closing date in the list; empty for a school not closed."),
            "date",
            empty=Mark.NOT_APPLICABLE,
        ),
        Column(
            "last_listed",
            N_("Last listed"),
            N_("The last school year whose list, as far as held, has the school."),
            "school_year",
            required=True,
        ),
        CAVEAT,
        SOURCE,
        LOCATOR,
    ),
    rules=(
        Rule(
            "has a district",
            "school_id",
            _in_a_district,
            N_("a row in district_schools.csv, as the edition has districts"),
            N_("Add the school there."),
        ),
    ),
)
