"""Which schools belong to a decision unit."""

from generator.model import N_, Column, Table
from generator.tables.common import NOTE, SOURCE, school_id, unit_id

TABLE = Table(
    name="unit_schools",
    own_look=True,
    title=N_("Schools of a decision unit"),
    grain=N_("one row per decision unit and school"),
    kind="public_record",
    authority=N_("Names of public schools as the decisions print them."),
    key=("unit_id", "school_id"),
    columns=(
        unit_id(),
        school_id(N_("A school of the unit.")),
        Column(
            "match",
            N_("Match"),
            N_("How sure it is that the printed name means this school."),
            "category",
            values={"certain": N_("certain"), "likely": N_("likely"), "possible": N_("possible")},
            required=True,
        ),
        NOTE,
        SOURCE,
    ),
)
