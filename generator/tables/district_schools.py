"""Which district each school belongs to, in an edition that is about more than one."""

from generator.model import N_, Column, Table
from generator.tables.common import NOTE, SOURCE, school_id

TABLE = Table(
    name="district_schools",
    own_look=True,
    title=N_("Schools of districts"),
    grain=N_("one row per school"),
    kind="published_elsewhere",
    key=("school_id",),
    columns=(
        school_id(N_("A school of the district.")),
        Column(
            "district_id",
            N_("District id"),
            N_("The district that the list gives the school to."),
            "id",
            required=True,
            refers="districts.district_id",
        ),
        NOTE,
        SOURCE,
    ),
    optional=True,
    later=True,
)
