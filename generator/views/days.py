"""Days between two dates, in Python and as a query that counts them the same."""

from datetime import date


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
