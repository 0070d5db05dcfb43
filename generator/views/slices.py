"""The rows of the large tables about some schools: those tables stay in their frames."""

from collections.abc import Iterable, Sequence

from generator.model import Record, Row, to_rows


def slice_of(record: Record, name: str, ids: Sequence[str]) -> list[Row]:
    """The rows of a large table that belong to these schools."""
    frame = record.tables[name].frame
    return to_rows(frame[frame["school_id"].isin(ids)])


def by_school(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Rows by school, in their order."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(str(row["school_id"]), []).append(row)
    return found
