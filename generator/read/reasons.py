"""On which lines of changes.csv the reasons stand, for what messages say of them."""

from collections.abc import Mapping
from pathlib import Path

from generator.read import read_text
from generator.read.rows import parse_table
from generator.tables import BY_NAME

TABLE = "changes"
KEY = ("since", "table", "row_key", "column")


def reasons_in(data: Path) -> tuple[str, Mapping[tuple[str, str, str, str], int]]:
    """How messages name the file, and the line of each reason by its key; none without a file."""
    where = f"{data.resolve().name}/{TABLE}.csv"
    text = read_text(data / f"{TABLE}.csv")
    if not text:
        return where, {}
    raw = parse_table(text.encode(), where, BY_NAME[TABLE])
    cells = (raw.frame[name] for name in KEY)
    return where, dict(zip(zip(*cells, strict=True), raw.lines, strict=True))
