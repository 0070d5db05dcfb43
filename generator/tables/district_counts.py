"""Totals that offices and reporters stated, to hold the rows against."""

from generator.model import N_, Column, Mark, Table
from generator.tables.common import LOCATOR, NOTE, PRECISION, SOURCE

TABLE = Table(
    name="district_counts",
    title=N_("Stated totals"),
    grain=N_("one row per total and source"),
    kind="public_record",
    authority=N_("Totals of schools and officers stated in public."),
    key=("count_id",),
    columns=(
        Column("count_id", N_("Row"), N_("Short name of the row."), "id", required=True),
        Column(
            "topic",
            N_("Topic"),
            N_("What total it is; rows of one topic and period compare."),
            "category",
            values={
                "schools_asked": N_("schools or campuses asked to vote"),
                "schools_with_officers": N_("schools with officers"),
                "schools_keep": N_("schools that chose to keep officers"),
                "schools_keep_both": N_("schools that chose to keep both officers"),
                "schools_keep_one": N_("schools that chose to keep one officer"),
                "schools_remove": N_("schools that chose to remove officers"),
                "schools_without_officers": N_("schools without officers"),
                "schools_not_final": N_("schools not final"),
                "schools_without_quorum": N_("schools whose council lacked a quorum"),
                "schools_without_council": N_("schools without a functioning council"),
                "officers": N_("officers"),
            },
            required=True,
        ),
        Column("period", N_("Period"), N_("School year or round of votes."), required=True),
        Column("as_of", N_("As of"), N_("Date of the statement."), "date", required=True),
        Column(
            "value", N_("Total"), N_("The number stated."), "count", empty=Mark.NOT_REPORTED, low=0
        ),
        Column(
            "precision",
            N_("Precision"),
            N_("How exactly it is stated."),
            "category",
            values=PRECISION,
            required=True,
        ),
        Column("basis", N_("Basis"), N_("What is counted, in our words."), prose=True),
        Column(
            "is_running",
            N_("Running total"),
            N_("true for a total stated before every result was in."),
            "flag",
        ),
        Column(
            "preferred",
            N_("Preferred"),
            N_("yes for the row we use where totals differ."),
            "category",
            values={"yes": N_("yes"), "no": N_("no")},
        ),
        Column("why", N_("Why"), N_("Why this row is or is not preferred."), prose=True),
        NOTE,
        SOURCE,
        LOCATOR,
    ),
    caveats=(N_("Totals that differ are all kept."),),
)
