"""What a cell of each kind of column may say: text → value, and the words for what was expected."""

import re
from collections.abc import Callable
from datetime import date

from generator.model import PARTIAL_DATE, Column, Kind, is_school_year
from generator.read.cells import Fault, cell_fault, quoted

Value = str | int | float | bool

# Digits are bounded so that every number is held exactly: 15 is what a double can carry.
COUNT = re.compile(r"0|[1-9][0-9]{0,14}")
NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,8})(\.[0-9]{1,12})?")
MONEY = re.compile(r"-?(0|[1-9][0-9]{0,12})(\.[0-9]{1,2})?")
SHARE = re.compile(r"0(\.[0-9]{1,12})?|1(\.0{1,12})?")
# An id becomes the name of a folder, and names of files are made from it.
LONGEST = 100
ID = re.compile(rf"(?=.{{1,{LONGEST}}}\Z)[a-z0-9]+(?:[._-][a-z0-9]+)*")
URL = re.compile(
    r"https?://[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?::[0-9]+)?(?:[/?#][^\s\"<>\\^`{|}]*)?"
)

DTYPES: dict[Kind, str] = {
    "count": "Int64",
    "number": "Float64",
    "money": "Float64",
    "share": "Float64",
    "flag": "boolean",
}
WORDS = "string"


def dtype(column: Column) -> str:
    """The pandas type of the column's checked values."""
    return DTYPES.get(column.kind, WORDS)


def parse(text: str, column: Column) -> Value | None:
    """The value that a filled cell says, or None where it says none of the column's kind."""
    value = PARSERS[column.kind](text, column)
    return value if _in_bounds(value, column) else None


def fault_of(text: str, column: Column) -> Fault | None:
    """The first thing wrong with a cell, or None; an empty cell is wrong only where required."""
    if not text:
        hint = "Fill the cell, or leave out the row."
        return Fault("an empty cell", expected(column), hint) if column.required else None
    unfit = cell_fault(text, words=column.kind == "text")
    if unfit or parse(text, column) is not None:
        return unfit
    beyond = PARSERS[column.kind](text, column) is not None
    hint = "Check the number, or declare wider bounds." if beyond else HINTS[column.kind]
    if column.kind == "id" and len(text) > LONGEST:
        hint = f"Shorten it to {LONGEST} letters, here and wherever it is used."
    return Fault(quoted(text), expected(column), hint)


def expected(column: Column) -> str:
    """What fits the column, in words that a person at a spreadsheet understands."""
    if column.kind == "category":
        return f"one of: {', '.join(column.values)}"
    return EXPECTED[column.kind] + _bounds(column)


def _in_bounds(value: Value | None, column: Column) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return True
    above = column.low is None or value >= column.low
    return above and (column.high is None or value <= column.high)


def _bounds(column: Column) -> str:
    low, high = (None if b is None else f"{b:.15g}" for b in (column.low, column.high))
    if low is not None and high is not None:
        return f" from {low} to {high}"
    if low is not None:
        return f" of {low} or more"
    return "" if high is None else f" of {high} or less"


def _count(text: str, _: Column) -> int | None:
    return int(text) if COUNT.fullmatch(text) else None


def _decimal(shape: re.Pattern[str]) -> Callable[[str, Column], float | None]:
    return lambda text, _: float(text) if shape.fullmatch(text) else None


def _shaped(shape: re.Pattern[str]) -> Callable[[str, Column], str | None]:
    return lambda text, _: text if shape.fullmatch(text) else None


def _ids(text: str, _: Column) -> str | None:
    parts = text.split(" ")
    fits = all(ID.fullmatch(part) for part in parts) and len(set(parts)) == len(parts)
    return text if fits else None


def _date(text: str, _: Column) -> str | None:
    found = PARTIAL_DATE.fullmatch(text) if text.isascii() else None
    if not found:
        return None
    year, month, day = (int(part) if part else 1 for part in found.groups())
    try:
        date(year, month, day)
    except ValueError:
        return None
    return text


def _school_year(text: str, _: Column) -> str | None:
    return text if text.isascii() and is_school_year(text) else None


PARSERS: dict[Kind, Callable[[str, Column], Value | None]] = {
    "id": _shaped(ID),
    "ids": _ids,
    "text": lambda text, _: text,
    "url": _shaped(URL),
    "date": _date,
    "school_year": _school_year,
    "count": _count,
    "number": _decimal(NUMBER),
    "money": _decimal(MONEY),
    "share": _decimal(SHARE),
    "category": lambda text, column: text if text in column.values else None,
    "flag": lambda text, _: {"true": True, "false": False}.get(text),
}
EXPECTED: dict[Kind, str] = {
    "id": "an id of small letters, digits and single hyphens, underscores or full stops",
    "ids": "different ids divided by single spaces",
    "text": "some text",
    "url": "an address that starts with https:// or http://",
    "date": "a date: 2020, 2020-07 or 2020-07-14",
    "school_year": "a school year such as 2025-26",
    "count": "a whole number",
    "number": "a number",
    "money": "an amount of money such as 1200 or 1200.50,",
    "share": "a share",
    "flag": "true or false",
}
NOTE_MARKS = "Move footnote marks and units to a note."
HINTS: dict[Kind, str] = {
    "id": "Correct the id here and wherever it is used.",
    "ids": "Write them like: first-id second-id.",
    "text": "",
    "url": "Copy it from the browser; write a blank as %20.",
    "date": "Write as much of the date as is known.",
    "school_year": "Write both years, the second with two digits.",
    "count": NOTE_MARKS,
    "number": NOTE_MARKS,
    "money": "Leave out signs and commas; move remarks to a note.",
    "share": "Write 60 percent as 0.6.",
    "category": "Use one of these codes, or declare a new one.",
    "flag": "Write it in small letters.",
}
