"""How many students a school had, as the district's lists print it."""

from generator.model import N_, Column, Mark, Table
from generator.tables.common import LOCATOR, SOURCE, school_id

TABLE = Table(
    name="enrollments",
    own_look=True,
    title=N_("Enrollment"),
    grain=N_("one row per school and school year"),
    kind="published_elsewhere",
    key=("school_id", "school_year"),
    columns=(
        school_id(N_("The school.")),
        Column(
            "school_year", N_("School year"), N_("The list's year."), "school_year", required=True
        ),
        Column(
            "students",
            N_("Students"),
            N_("Students enrolled, as printed."),
            "count",
            unit=N_("students"),
            empty=Mark.NOT_FOUND,
            people="cell",
            low=0,
            high=50_000,  # schools on line have had more than 18,000
        ),
        SOURCE,
        LOCATOR,
    ),
)
