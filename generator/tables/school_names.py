"""Every name under which a school was listed or printed."""

from generator.model import N_, Column, Mark, Table
from generator.tables.common import LOCATOR, NOTE, SOURCE, school_id

TABLE = Table(
    name="school_names",
    own_look=True,
    title=N_("Names of schools"),
    grain=N_("one row per school and name"),
    kind="published_elsewhere",
    key=("school_id", "name"),
    columns=(
        school_id(N_("The school that has or had the name.")),
        Column("name", N_("Name"), N_("The name as printed."), required=True),
        Column(
            "name_kind",
            N_("Kind of name"),
            N_("Where the name was used."),
            "category",
            values={
                "listed": N_("another year's list"),
                "printed": N_("printed in a source"),
            },
            required=True,
        ),
        Column(
            "school_year",
            N_("School year"),
            N_("The last list that has the name."),
            "school_year",
            empty=Mark.NOT_APPLICABLE,
        ),
        NOTE,
        SOURCE,
        LOCATOR,
    ),
)
