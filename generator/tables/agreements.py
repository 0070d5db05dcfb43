"""Agreements, reviews, orders and statements that set or describe terms."""

from generator.model import N_, Column, Mark, Table
from generator.tables.common import CAVEAT, LOCATOR, OTHER_SOURCES, SOURCE

TABLE = Table(
    name="agreements",
    title=N_("Agreements and other texts"),
    grain=N_("one row per text"),
    kind="public_record",
    authority=N_("Texts of public bodies."),
    key=("agreement_id",),
    columns=(
        Column("agreement_id", N_("Text"), N_("Short name of the text."), "id", required=True),
        Column("title", N_("Title"), N_("Our title."), required=True, prose=True),
        Column(
            "agreement_kind",
            N_("Kind"),
            N_("What sort of text it is."),
            "category",
            values={
                "agreement": N_("agreement (MOU or IGA)"),
                "review": N_("official review"),
                "decree": N_("consent decree"),
                "order": N_("police order"),
                "resolution": N_("board resolution"),
                "law": N_("state law"),
                "presentation": N_("district presentation"),
                "statement": N_("statement"),
            },
            required=True,
        ),
        Column("parties", N_("Parties"), N_("Who is bound."), empty=Mark.NOT_FOUND, prose=True),
        Column(
            "school_year",
            N_("School year"),
            N_("The school year of a yearly agreement."),
            "school_year",
            empty=Mark.NOT_APPLICABLE,
        ),
        Column("adopted_on", N_("Adopted"), N_("Date of adoption."), "date", empty=Mark.NOT_FOUND),
        Column("starts_on", N_("Starts"), N_("First day in force."), "date", empty=Mark.NOT_FOUND),
        Column("ends_on", N_("Ends"), N_("Last day in force."), "date", empty=Mark.NOT_FOUND),
        Column(
            "text_held",
            N_("Text held"),
            N_("How much of the text itself we have read."),
            "category",
            values={"full": N_("full text"), "excerpt": N_("an excerpt"), "none": N_("none of it")},
            required=True,
        ),
        CAVEAT,
        SOURCE,
        LOCATOR,
        OTHER_SOURCES,
    ),
    caveats=(N_("Where none of a text is held, its terms are known from reports about it."),),
)
