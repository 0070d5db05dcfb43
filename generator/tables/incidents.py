"""Arrests and police notifications, district level only."""

from generator.model import N_, Column, Mark, Table
from generator.tables.common import LOCATOR, NOTE, PRECISION, SOURCE

TABLE = Table(
    name="incidents",
    title=N_("Arrests and police notifications"),
    grain=N_("one row per figure published for the whole district"),
    kind="published_elsewhere",
    key=("incident_id",),
    columns=(
        Column("incident_id", N_("Row"), N_("Short name of the row."), "id", required=True),
        Column("period", N_("Period"), N_("Years as printed."), required=True),
        Column(
            "period_kind",
            N_("Kind of period"),
            N_("What sort of years they are."),
            "category",
            values={
                "school_year": N_("school year"),
                "calendar_year": N_("calendar year"),
                "span": N_("several years"),
            },
            required=True,
        ),
        Column(
            "measure",
            N_("Measure"),
            N_("What is counted, in our words."),
            required=True,
            prose=True,
        ),
        Column("people_group", N_("Group"), N_("Who is counted."), required=True, prose=True),
        Column(
            "count",
            N_("Number"),
            N_("Number as printed."),
            "number",
            empty=Mark.NOT_APPLICABLE,
            people="cell",
            low=0,
        ),
        Column(
            "share",
            N_("Share"),
            N_("Share as printed, 0 to 1, of an unstated number."),
            "share",
            empty=Mark.NOT_APPLICABLE,
            low=0,
            high=1,
        ),
        Column(
            "change",
            N_("Change"),
            N_("Change as printed, −1 to 1."),
            "number",
            empty=Mark.NOT_APPLICABLE,
            low=-1,
            high=1,
        ),
        Column(
            "rate",
            N_("Rate or average"),
            N_("As printed."),
            "number",
            empty=Mark.NOT_APPLICABLE,
            low=0,
        ),
        Column("unit", N_("Unit"), N_("What the figure counts."), required=True, prose=True),
        Column(
            "precision",
            N_("Precision"),
            N_("How exactly it is printed."),
            "category",
            values=PRECISION,
            required=True,
        ),
        NOTE,
        SOURCE,
        LOCATOR,
    ),
    caveats=(
        N_("The figures rest on different bases and years. No trend is drawn across them."),
        N_("Figures of single schools are not repeated."),
    ),
)
