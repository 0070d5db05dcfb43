"""Why a published value changed: the maintainer's reasons, one for each change that needs one."""

import pandas as pd

from generator.model import N_, Column, Context, Mark, Rule, Table

REASONS = {
    "new_data": N_("new data"),
    "source_revised": N_("source revised"),
    "our_error": N_("our error"),
    "method": N_("method"),
}
MARKS = {mark.value: mark.value.replace("_", " ") for mark in Mark}
SINCE = Column(
    "since",
    N_("Since release"),
    N_("The last release that says it as it was."),
    "date",
    required=True,
)
# Which cell changed, and from what to what: changelog has the same columns.
CHANGED = (
    Column("table", N_("Table"), N_("The table of the change."), "id", required=True),
    Column(
        "row_key",
        N_("Row"),
        N_("Key of the row, divided by full stops; empty for a whole column or table."),
    ),
    Column("column", N_("Column"), N_("The column of the cell; empty for a whole row."), "id"),
)
BEFORE_AND_AFTER = (
    Column("old", N_("Before"), N_("The cell as that release has it.")),
    Column(
        "old_mark",
        N_("Why empty before"),
        N_("Why the cell was empty, if a mark said so."),
        "category",
        values=MARKS,
    ),
    Column(
        "new",
        N_("After"),
        N_("The cell as it is after the change; for a school that is gone, its successor."),
    ),
    Column(
        "new_mark",
        N_("Why empty after"),
        N_("Why the cell is empty, if a mark says so."),
        "category",
        values=MARKS,
    ),
)
SOURCE = Column(
    "source_id",
    N_("Source"),
    N_("The source that the change rests on, if one does."),
    "id",
    refers="sources.source_id",
)


def _is_day(frame: pd.DataFrame, _: Context) -> "pd.Series[bool]":
    return frame["since"].str.len() == len("2026-01-31")


TABLE = Table(
    name="changes",
    title=N_("Reasons for changes"),
    grain=N_("one row per change of a published value that needs a reason"),
    kind="public_record",
    authority=N_("Our own decisions on what this edition publishes."),
    key=("since", "table", "row_key", "column"),
    own_look=True,
    optional=True,
    columns=(
        SINCE,
        *CHANGED,
        *BEFORE_AND_AFTER,
        Column(
            "reason",
            N_("Reason"),
            N_("What made us change it."),
            "category",
            values=REASONS,
            required=True,
        ),
        Column("why", N_("Why"), N_("The reason in words."), required=True, prose=True),
        SOURCE,
    ),
    rules=(
        Rule("a day", "since", _is_day, N_("the id of a release"), N_("Write it as 2026-01-31.")),
    ),
)
