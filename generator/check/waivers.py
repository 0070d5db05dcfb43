"""Texts that a person has read and let pass: rows of waivers.csv, by the sum of the text.

A waiver holds for one text in one column and one finding, and only once it is signed. Contacts and
numbers of people are let pass by nobody.
"""

import hashlib
from collections.abc import Collection, Iterator, Mapping

from generator.check import forms, unique
from generator.errors import Problem
from generator.model import RawTable

WAIVERS = "waivers"
UNKNOWN_NAME, TITLE, INITIALS = (
    "an unknown capitalised word",
    "a title before a name",
    "initials",
)
NEVER = frozenset(kind for kind, _ in forms.CONTACTS)
WAIVABLE = frozenset(
    {kind for kind, _ in forms.PLACES} | {UNKNOWN_NAME, TITLE, INITIALS} | unique.REVIEWED
)
Waiver = tuple[str, str, str, str]


def text_sum(text: str) -> str:
    """SHA-256 of the text of a cell."""
    return hashlib.sha256(text.encode()).hexdigest()


def signed(tables: Mapping[str, RawTable]) -> frozenset[Waiver]:
    """(table, column, sum, finding) of every waiver that someone signed, with the day."""
    return frozenset(_waiver(row) for row in _rows(tables) if _is_signed(row))


def unsigned(tables: Mapping[str, RawTable]) -> frozenset[Waiver]:
    """Those that nobody has signed: they let nothing pass."""
    return frozenset(_waiver(row) for row in _rows(tables) if not _is_signed(row))


def waiver_problems(tables: Mapping[str, RawTable]) -> Iterator[Problem]:
    """Waivers of no text, of no column of texts, and of what nobody may let pass."""
    sums: dict[tuple[str, str], Collection[str]] = {}
    for line, row in zip(_lines(tables), _rows(tables), strict=True):
        where, place = tables[WAIVERS].where, (row["table"], row["column"])
        if row["kind"] not in WAIVABLE:
            wanted = f"one of: {', '.join(sorted(WAIVABLE))}"
            found = "a finding that nobody may let pass" if row["kind"] in NEVER else "no finding"
            yield Problem(where, line, "kind", found, wanted, "Say the text without it.")
        if place not in sums:
            sums[place] = _sums(tables, *place)
        if row["sha256"] not in sums[place]:
            wanted = "a text of that table and column"
            yield Problem(where, line, "sha256", "the sum of no text", wanted, "Take the row out.")


def _waiver(row: Mapping[str, str]) -> Waiver:
    return row["table"], row["column"], row["sha256"], row["kind"]


def _is_signed(row: Mapping[str, str]) -> bool:
    return bool(row["reviewed_by"] and row["reviewed_on"]) and row["kind"] in WAIVABLE


def _sums(tables: Mapping[str, RawTable], table: str, column: str) -> Collection[str]:
    if table not in tables or column not in tables[table].frame:
        return ()
    return {text_sum(text) for text in tables[table].frame[column].unique() if text}


def _rows(tables: Mapping[str, RawTable]) -> list[dict[str, str]]:
    if WAIVERS not in tables:
        return []
    return [
        {str(name): str(cell) for name, cell in row.items()}
        for row in tables[WAIVERS].frame.to_dict("records")
    ]


def _lines(tables: Mapping[str, RawTable]) -> tuple[int, ...]:
    return tables[WAIVERS].lines if WAIVERS in tables else ()
