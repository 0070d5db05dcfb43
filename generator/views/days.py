"""Days between two dates, in Python and as a query that counts them the same."""

from datetime import date

from generator.model import N_, Fact, Record

WHOLE = len("2026-01-31")
# Where the tables say on which day something was published, read, received or answered.
DATED = {
    "sources": ("published", "retrieved"),
    "evidence": ("looked_on",),
    "corrections": ("received_on", "decided_on"),
    "replies": ("received_on",),
    "requests": ("sent_on", "answered_on"),
}


def days_between(first: str, last: str) -> int:
    """Days from the ISO day `first` to the ISO day `last`, below 0 where that is the earlier."""
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def days_sql(first: str, last: str) -> str:
    """The query of `days_between` for two columns that hold whole days."""
    return f"({number_sql(last)}) - ({number_sql(first)})"


def number_sql(day: str) -> str:
    """A number for each day that grows by one from day to day, by whole numbers alone.

    The year is taken to begin in March, so that the day that leap years add is its last.
    """
    month = f"((substr({day}, 6, 2) + 9) % 12)"
    year = f"(substr({day}, 1, 4) - ({month} > 9))"
    return (
        f"365 * {year} + {year} / 4 - {year} / 100 + {year} / 400"
        f" + (153 * {month} + 2) / 5 + substr({day}, 9, 2)"
    )


def data_day(record: Record) -> str:
    """The newest whole day that the tables name, "" where they name none: the day up to which what
    is still open is counted, since a build asks no clock."""
    days = (
        str(row[column] or "")
        for table, column in _dated(record)
        for row in record.rows.get(table, ())
    )
    return max((day for day in days if len(day) == WHOLE), default="")


def data_day_sql(record: Record) -> str:
    """The query of `data_day`."""
    parts = " union all ".join(f"select {column} as day from {table}"
                               for table, column in _dated(record))  # fmt: skip
    return f"select max(day) from ({parts}) where length(day) = {WHOLE}"


def data_day_fact(record: Record) -> Fact:
    """That day as a value of the site; only where there is one."""
    return Fact(
        id="data_day.district.all", subject="district", measure="data_day", period="all",
        value=data_day(record), kind="date", unit="date",
        formula=N_("The newest day on which a row says that something was published, read, sent,"
                   " received or answered."),
        expression=f"sql: {data_day_sql(record)}",
    )  # fmt: skip


def _dated(record: Record) -> list[tuple[str, str]]:
    return [(table, column) for table in DATED if table in record.tables for column in DATED[table]]
