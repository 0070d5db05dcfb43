"""What was named or paid for instead of officers."""

from generator.model import N_, Column, Mark, Table
from generator.tables.common import LOCATOR, NOTE, SOURCE, unit_id

TABLE = Table(
    name="alternatives",
    own_look=True,
    title=N_("Alternatives"),
    grain=N_("one row per alternative named, with its school and amount where known"),
    kind="public_record",
    authority=N_("Statements and decisions of public bodies."),
    key=("alternative_id",),
    columns=(
        Column("alternative_id", N_("Alternative"), N_("Short name."), "id", required=True),
        Column("name", N_("Name"), N_("The alternative as named."), required=True, prose=True),
        unit_id(Mark.NOT_FOUND),
        Column(
            "school_year",
            N_("School year"),
            N_("The school year it was named for."),
            "school_year",
            empty=Mark.NOT_FOUND,
        ),
        Column(
            "amount_usd",
            N_("Amount"),
            N_("Money named for it."),
            "money",
            unit="USD",
            empty=Mark.NOT_FOUND,
            low=0,
        ),
        Column(
            "description",
            N_("What is said of it"),
            N_("In our words."),
            empty=Mark.NOT_FOUND,
            prose=True,
        ),
        NOTE,
        SOURCE,
        LOCATOR,
    ),
)
