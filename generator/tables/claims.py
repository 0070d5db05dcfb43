"""What offices stated in public about the program, each with the measure that tests it."""

import pandas as pd

from generator.model import N_, Column, Context, Mark, Rule, Table
from generator.tables.common import CAVEAT, LOCATOR, OTHER_SOURCES, SOURCE

MEASURES = {
    "all_kept": N_("the decisions of the round: did every one keep officers?"),
    "rows_found": N_("the decisions that we hold, and totals of other sources"),
    "schools_sum": N_("the schools by number of officers, added up"),
    "officers_sum": N_("the officers at those schools, added up"),
    "revisit": N_("statements that a decision cannot be taken back"),
    "no_return": N_("statements that a decision can be taken up again at any time"),
    "all_trained": N_("a count of officers and of those trained"),
}
WITH_TOTAL = frozenset({"rows_found", "schools_sum", "officers_sum"})


def _total_where_tested(frame: pd.DataFrame, _: Context) -> "pd.Series[bool]":
    return frame["measure"].isin(WITH_TOTAL) == frame["count_id"].notna()


TABLE = Table(
    name="claims",
    title=N_("Official statements"),
    grain=N_("one row per statement"),
    kind="public_record",
    authority=N_("Statements that public offices made in public."),
    key=("claim_id",),
    columns=(
        Column("claim_id", N_("Statement"), N_("Short name of the row."), "id", required=True),
        Column(
            "office",
            N_("Who"),
            N_("The office that stated it."),
            empty=Mark.NOT_FOUND,
            prose=True,
        ),
        Column(
            "said_on",
            N_("When"),
            N_("Day, month or year of the statement, as far as known."),
            "date",
            required=True,
        ),
        Column(
            "place", N_("Where"), N_("Where the statement was made."), required=True, prose=True
        ),
        Column(
            "statement",
            N_("Statement"),
            N_("The statement in our words."),
            required=True,
            prose=True,
        ),
        Column(
            "period",
            N_("Period"),
            N_("School year or round that it is about."),
            empty=Mark.NOT_APPLICABLE,
        ),
        Column(
            "measure",
            N_("Tested by"),
            N_("What is looked up or computed to test it."),
            "category",
            values=MEASURES,
            required=True,
        ),
        Column(
            "count_id",
            N_("Total stated"),
            N_("The stated total that it is."),
            "id",
            empty=Mark.NOT_APPLICABLE,
            refers="district_counts.count_id",
        ),
        CAVEAT,
        SOURCE,
        LOCATOR,
        OTHER_SOURCES,
    ),
    rules=(
        Rule(
            "total where it is tested",
            "count_id",
            _total_where_tested,
            N_("the stated total for a measure of totals, and nothing for another measure"),
            N_("Name the row of district_counts.csv, or choose another measure."),
        ),
    ),
    caveats=(
        N_("A statement is tested against what we found. What we did not find may decide it."),
    ),
)
