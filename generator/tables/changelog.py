"""Every change between a release and what came after it: made from releases, read from no file."""

from generator.model import N_, Column, Table
from generator.tables.changes import BEFORE_AND_AFTER, CHANGED, REASONS, SINCE, SOURCE

KINDS = {
    "value_changed": N_("value changed"),
    "row_added": N_("row added"),
    "row_removed": N_("row removed"),
    "column_added": N_("column added"),
    "column_gone": N_("column gone"),
    "table_added": N_("table added"),
    "table_gone": N_("table gone"),
}
GRADES = {
    "breaking": N_("breaking: what read the old form has to change"),
    "correction": N_("correction: a published value was replaced"),
    "addition": N_("addition: something new beside what stays"),
    "wording": N_("wording: other words, the same numbers"),
}

TABLE = Table(
    name="changelog",
    title=N_("Changes"),
    grain=N_("one row per change between a release and what came after it"),
    kind="public_record",
    authority=N_("Our own decisions on what this edition publishes."),
    key=("change_id",),
    own_look=True,
    columns=(
        Column(
            "change_id",
            N_("Change"),
            N_("The release before, table, row and column; it stays the same."),
            required=True,
        ),
        Column(
            "release",
            N_("Release"),
            N_("The first release with the change; empty while it is in none."),
            "date",
        ),
        SINCE,
        *CHANGED,
        Column(
            "kind",
            N_("Kind"),
            N_("What changed: a value, a row, a column or a table."),
            "category",
            values=KINDS,
            required=True,
        ),
        *BEFORE_AND_AFTER,
        Column(
            "grade",
            N_("Grade"),
            N_("What the change means for whoever used the value."),
            "category",
            values=GRADES,
            required=True,
        ),
        Column(
            "reason",
            N_("Reason"),
            N_("What made us change it; empty where nothing published was replaced."),
            "category",
            values=REASONS,
        ),
        Column("why", N_("Why"), N_("The reason in words."), prose=True),
        SOURCE,
        Column(
            "school_ids",
            N_("Schools"),
            N_("The schools that the row is about, divided by spaces."),
            "ids",
        ),
    ),
)
