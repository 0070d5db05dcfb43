"""What another source, or an earlier version, prints for a cell of another table."""

import pandas as pd

from generator.model import N_, Column, Context, Rule, Table
from generator.tables import vote_counts, votes
from generator.tables.common import LOCATOR, SOURCE

COLUMNS = {
    (table.name, column.name)
    for table in (votes.TABLE, vote_counts.TABLE)
    for column in table.columns
}


def _names_a_row(frame: pd.DataFrame, context: Context) -> "pd.Series[bool]":
    rows = {("votes", key) for key in context.tables["votes"]["vote_id"]} | {
        ("vote_counts", f"{vote}.{option}")
        for vote, option in context.tables["vote_counts"][["vote_id", "option"]].itertuples(
            index=False
        )
    }
    pairs = zip(frame["table"], frame["row_key"], strict=True)
    return pd.Series([pair in rows for pair in pairs], frame.index, dtype=bool)


def _names_a_column(frame: pd.DataFrame, _: Context) -> "pd.Series[bool]":
    pairs = zip(frame["table"], frame["column"], strict=True)
    return pd.Series([pair in COLUMNS for pair in pairs], frame.index, dtype=bool)


TABLE = Table(
    name="readings",
    title=N_("Other readings"),
    grain=N_("one row per cell that another source prints differently"),
    kind="public_record",
    authority=N_("Laws on open meetings: minutes record the votes taken."),
    key=("table", "row_key", "column", "source_id"),
    columns=(
        Column(
            "table",
            N_("Table"),
            N_("The table of the cell."),
            "category",
            values={"votes": N_("Votes and decisions"), "vote_counts": N_("Tallies")},
            required=True,
        ),
        Column(
            "row_key",
            N_("Row"),
            N_("Key of the row; its parts are divided by a full stop."),
            "id",
            required=True,
        ),
        Column("column", N_("Column"), N_("The column of the cell."), "id", required=True),
        Column(
            "printed",
            N_("Printed there"),
            N_("What this source prints."),
            required=True,
            prose=True,
        ),
        Column(
            "why",
            N_("Why not used"),
            N_("Why the other value is preferred."),
            required=True,
            prose=True,
        ),
        Column(
            "is_corrected",
            N_("Corrected"),
            N_("true where the publisher itself put another value in its place later."),
            "flag",
        ),
        SOURCE,
        LOCATOR,
    ),
    rules=(
        Rule(
            "names a row",
            "row_key",
            _names_a_row,
            N_("the key of a row of that table"),
            N_("Write votes' vote_id, or vote_id.option for a tally."),
        ),
        Rule(
            "names a column",
            "column",
            _names_a_column,
            N_("the name of a column of that table"),
            N_("Write the name as it stands in the first line of that file."),
        ),
    ),
)
