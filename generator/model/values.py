"""School years and dates that may be known to the month or the year alone."""

import re
from collections import Counter
from typing import Literal

SCHOOL_YEAR = re.compile(r"(?P<start>(?:19|20)\d\d)-(?P<end>\d\d)")

PARTIAL_DATE = re.compile(r"(?P<year>(?:19|20)\d\d)(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?")

NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")


def is_school_year(text: str) -> bool:
    """True for "2025-26": four digits, a hyphen, the last two digits of the year after."""
    found = SCHOOL_YEAR.fullmatch(text)
    return bool(found) and (int(text[:4]) + 1) % 100 == int(text[5:])


def precision(date: str) -> Literal["day", "month", "year"]:
    """How precise a partial ISO date is: "2020" year, "2020-07" month, "2020-07-14" day."""
    return ("year", "month", "day")[date.count("-")]


def numbers(text: str) -> Counter[str]:
    """The numbers in a text, each as often as it stands there, whatever the words around them."""
    return Counter(NUMBER.findall(text))


def slug(words: str) -> str:
    """Words as a name for files and addresses: small letters and digits between hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-") or "record"
