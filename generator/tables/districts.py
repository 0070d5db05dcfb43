"""The districts of an edition that is about more than one."""

from generator.model import N_, Column, Table
from generator.tables.common import CAVEAT, LOCATOR, SOURCE

TABLE = Table(
    name="districts",
    own_look=True,
    title=N_("School districts"),
    grain=N_("one row per school district"),
    kind="published_elsewhere",
    key=("district_id",),
    columns=(
        Column(
            "district_id", N_("District id"), N_("The list's id, as text."), "id", required=True
        ),
        Column("name", N_("Name"), N_("The district's name as the list prints it."), required=True),
        Column(
            "state",
            N_("State"),
            N_("The state or territory, by the two letters of the post."),
            required=True,
        ),
        CAVEAT,
        SOURCE,
        LOCATOR,
    ),
    optional=True,
    later=True,
)
