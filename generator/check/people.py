"""What each kind of table may say about people, checked before anything is published."""

import re
from collections.abc import Iterator
from typing import get_args

import pandas as pd

from generator.check.protection import protection_problems
from generator.errors import Problem
from generator.model import Column, Policy, RawTable, Table, TableKind
from generator.read.cells import quoted

KINDS: tuple[str, ...] = get_args(TableKind)
FIGURE, THOUSANDS = re.compile(r"\d+(?:\.\d+)?"), re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
NOT_REPEATED = "It is not repeated: empty the cell and write withheld in its mark."


def kind_problems(raw: RawTable, policy: Policy) -> list[Problem]:
    """Why the table may not be read at all: no kind, no authority, or no matching protection."""
    table = raw.table
    if table.kind not in KINDS:
        found = f"the kind {quoted(table.kind)}" if table.kind else "a table without a kind"
        return [_refused(raw, found, f"one of: {', '.join(KINDS)}", "Declare its kind.")]
    if table.kind == "public_record" and not table.authority:
        found, wanted = "a public record without an authority", "the rule that makes it public"
        return [_refused(raw, found, wanted, "Name the authority in the declaration.")]
    if table.kind == "survey":
        return protection_problems(raw, policy)
    return []


def hides(table: Table, column: Column, text: str, min_cell: int | None) -> bool:
    """Whether a message may not repeat a cell's text: it could tell of fewer than `min_cell`
    people.

    Of a survey no cell is repeated. Of figures that others printed no small one is, misspelt as
    "7*" neither; whoever has to correct "1,204" or "x" sees it. Without `min_cell` all are hidden.
    """
    if table.kind == "survey":
        return True
    if table.kind == "public_record" or not column.people:
        return False
    figures = map(float, FIGURE.findall(THOUSANDS.sub("", text)))  # an int has no 5,000 digits
    # "½" and "七" are numbers too, and no digits.
    odd = any(sign.isnumeric() and not sign.isdecimal() for sign in text)
    return min_cell is None or odd or any(figure < min_cell for figure in figures)


def small_counts(raw: RawTable, frame: pd.DataFrame, min_cell: int) -> Iterator[Problem]:
    """Figures about fewer than `min_cell` people in a table of others' figures.

    Zero counts as small in a "cell"; a "group" of zero is an empty group and may be said.
    """
    if raw.table.kind != "published_elsewhere":
        return
    for column in raw.table.columns:
        if not column.people:
            continue
        values = frame[column.name]
        small = (values < min_cell) & ((column.people == "cell") | (values != 0))
        for row in frame.index[small.fillna(False).astype(bool)]:
            found = f"a figure about fewer than {min_cell} people"
            wanted = f"{min_cell} or more people" + (
                ", or an empty group" if column.people == "group" else ""
            )
            yield Problem(raw.where, raw.lines[row], column.name, found, wanted, NOT_REPEATED)


def _refused(raw: RawTable, found: str, wanted: str, hint: str) -> Problem:
    return Problem(raw.where, 0, "", found, wanted, hint)
