"""A recomputed value → the words a page may show for it, in each language that verify can read.

Numbers are written as in the United States in all of them: 1,234.5 and 43.2%.
"""

import re
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation

from generator.verify.tongue import Tongue

NUMBERS = frozenset({"count", "number", "money", "share"})
WHOLE_DAY = 2  # dashes in a day
SCHOOL_YEAR = re.compile(r"(?:19|20)(\d\d)-(\d\d)")
DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def number(text: str) -> Decimal | None:
    """The number that a text is; None for any other text."""
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    # Beyond 15 digits nothing of ours is exact; a rounding would fail.
    return found if found.is_finite() and abs(found.adjusted()) < 15 else None


def say(value: str, kind: str, unit: str, tongue: Tongue) -> str | None:
    """The words for a number or a date; None where the value is none of its kind."""
    if kind == "date":
        return say_date(value, tongue)
    found = number(value)
    if found is None:
        return None
    if kind == "money":
        return say_money(found, unit)
    return say_share(found) if kind == "share" else say_number(found)


def say_number(value: Decimal) -> str:
    """At most three decimals, thousands apart: 1,234.5."""
    return _trim(f"{_round(value, '0.001'):,f}")


def say_money(value: Decimal, unit: str) -> str:
    """Dollars, with cents where there are any: $1,200 or $1,200.50."""
    exact = "0.01" if value % 1 else "1"
    sign = "-" if value < 0 else ""
    symbol = "$" if unit in ("", "USD") else f"{unit} "
    return f"{sign}{symbol}{abs(_round(value, exact)):,f}"


def say_share(value: Decimal) -> str:
    """A share from 0 to 1 as a percentage with at most one decimal."""
    return _trim(f"{_round(value * 100, '0.1'):,f}") + "%"


def say_date(value: str, tongue: Tongue) -> str | None:
    """A day, month or year in words; None for a text that is no date."""
    found = DATE.fullmatch(value)
    months = tongue.months
    if found is None or not 1 <= int(found[2] or 1) <= len(months):
        return None
    year, month, day = found.groups()
    if not month:
        return year
    name = months[int(month) - 1]
    if not day:
        return tongue.month.format(month=name, year=year)
    return tongue.day.format(month=name, year=int(year), day=int(day))


def _round(value: Decimal, exact: str) -> Decimal:
    return value.quantize(Decimal(exact), rounding=ROUND_HALF_EVEN)


def _trim(text: str) -> str:
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def is_school_year(text: str) -> bool:
    """True for 2025-26."""
    found = SCHOOL_YEAR.fullmatch(text)
    return found is not None and (int(found[1]) + 1) % 100 == int(found[2])
