"""Panels and their masks → the rows that may be published, and the record that stands beside them.

Both are made of what is shown alone: the rows are written first, the record is read off them.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from generator.check.protection import PASSED, count_cells, csv_text, digest
from generator.errors import PolicyError
from generator.model import Mark, Policy
from generator.protect.gate import Mask
from generator.protect.panel import NETWORK, WHOLE, Panel
from generator.protect.private import Question
from generator.protect.recode import recoded_words
from generator.tables.survey_answers import SHARE_DIGITS, TABLE

COLUMNS = tuple(
    name
    for column in TABLE.columns
    for name in (column.name, f"{column.name}_mark")
    if name == column.name or column.empty is not None
)
HELD, NONE = Mark.WITHHELD.value, Mark.NOT_APPLICABLE.value
RELATIONS = {
    "": "How many answered is the sum of the answers, for each place, year, question and group.",
    NETWORK: "A network's answers are the sum of those of its schools.",
    WHOLE: "The answers of all are the sum of those of all schools.",
}
CHECKED = (
    "Witnesses are whole numbers from 0 that keep every relation and every count shown.",
    "Each small count is 0 in one witness and at least min_cell in another.",
    "No count below min_cell and no group below min_group is shown, but for empty groups.",
    "Released counts changed by 0 or by at least min_cell each, or stand as they were released.",
    "A group that is withheld in one question is withheld in all of that year.",
)

Row = tuple[str, ...]


def public_rows(
    passed: Iterable[tuple[Panel, Mask]],
    questions: Mapping[str, Question],
    kept: Iterable[Row] = (),
) -> pd.DataFrame:
    """The rows of survey_answers.csv as text cells, in the order of their keys; `kept` are those
    that stay as they were released.

    Raises PolicyError where two rows would have the same name.
    """
    rows = [row for panel, mask in passed for row in _panel_rows(panel, mask, questions)]
    rows += kept
    frame = pd.DataFrame(sorted(rows), columns=list(COLUMNS), dtype="str")
    if frame["row_id"].duplicated().any():
        raise PolicyError("Two places, groups or answers differ in signs alone; rename one.")
    return frame


def files(
    rows: pd.DataFrame, questions: Iterable[Question], policy: Policy
) -> tuple[tuple[str, bytes], ...]:
    """The rows and their record as (name, content), the record last."""
    record = json.dumps(_record(rows, questions, policy), ensure_ascii=False, indent=1)
    return (
        (f"{TABLE.name}.csv", csv_text(rows).encode()),
        ("protection.json", f"{record}\n".encode()),
    )


def _record(
    rows: pd.DataFrame, questions: Iterable[Question], policy: Policy
) -> Mapping[str, object]:
    return {
        "policy": policy.as_json(),
        "recoded": recoded_words(questions, policy),
        "relations": [RELATIONS[level] for level in ("", *policy.totals)],
        "audit": {"verdict": PASSED, "checked": list(CHECKED)},
        "tables": {TABLE.name: {"sha256": digest(rows), "cells": count_cells(rows)}},
    }


def refuse_telling(panel: Panel, mask: Mask, questions: Mapping[str, Question]) -> None:
    """Raise PolicyError unless the writer gives the same rows in every world of the mask.

    The audit looks at counts; this looks at what is written: whatever stood in the rows beside the
    shown counts would differ between two worlds, and one of the two is the true one.
    """
    for name, worlds in mask.worlds.items():
        writer = _Writer(panel, mask, questions[name])
        starts = np.flatnonzero(np.diff(worlds.world, prepend=-1)).tolist()
        for start, end in pairwise([*starts, len(worlds.world)]):
            schools, changes = worlds.school[start:end].tolist(), worlds.change[start:end]
            place = writer.told(schools, changes)
            if place:
                where = f"{name}, {panel.school_year}, {panel.group}, {place}"
                raise PolicyError(f"{where}: a row tells which counts are true; nothing written.")


class _Writer:
    """The rows of one question as they are, and as they would be in another world."""

    def __init__(self, panel: Panel, mask: Mask, question: Question) -> None:
        self.panel, self.question = panel, question
        self.flags = mask.school_flags[question.id], mask.node_flags[question.id]
        at = {node: place for place, node in enumerate(mask.nodes)}
        self.nodes = mask.nodes
        self.above = [[at[node] for node in panel.paths[school]] for school in panel.schools]
        self.counts: NDArray[np.int64] = panel.counts[question.id]
        self.sums = np.zeros((len(mask.nodes), self.counts.shape[1]), np.int64)
        for school, above in enumerate(self.above):
            self.sums[above] += self.counts[school]
        self.known: dict[tuple[bool, int], list[Row]] = {}

    def told(self, schools: Sequence[int], changes: NDArray[np.int64]) -> str:
        """The first place whose rows differ in the world, "" where none does."""
        sums: dict[int, NDArray[np.int64]] = {}
        for school, change in zip(schools, changes, strict=True):
            if self._rows(False, school, self.counts[school] + change) != self._now(False, school):
                return self.panel.schools[school]
            for node in self.above[school]:
                sums[node] = sums.get(node, 0) + change
        for node, change in sums.items():
            same = not change.any()
            if not same and self._rows(True, node, self.sums[node] + change) != self._now(
                True, node
            ):
                return self.nodes[node]
        return ""

    def _now(self, is_node: bool, at: int) -> list[Row]:
        if (is_node, at) not in self.known:
            numbers = self.sums[at] if is_node else self.counts[at]
            self.known[is_node, at] = self._rows(is_node, at, numbers)
        return self.known[is_node, at]

    def _rows(self, is_node: bool, at: int, numbers: NDArray[np.int64]) -> list[Row]:
        school = self.panel.schools[at] if not is_node else ""
        place = _node_place(self.nodes[at]) if is_node else (school, "school", school, "", "", NONE)
        flags = self.flags[is_node][at]
        return list(_rows(self.panel, self.question, place, numbers, flags))


def _panel_rows(panel: Panel, mask: Mask, questions: Mapping[str, Question]) -> Iterator[Row]:
    for name, counts in panel.counts.items():
        for school, numbers, hidden, asked in zip(
            panel.schools, counts, mask.school_flags[name], panel.asked[name], strict=True
        ):
            if asked:
                place = (school, "school", school, "", "", NONE)
                yield from _rows(panel, questions[name], place, numbers, hidden)
        for node, hidden in zip(mask.nodes, mask.node_flags[name], strict=True):
            below = np.array([node in panel.paths[school] for school in panel.schools], bool)
            if (below & panel.asked[name]).any():
                numbers = counts[below].sum(axis=0)
                yield from _rows(panel, questions[name], _node_place(node), numbers, hidden)


def _node_place(node: str) -> Row:
    if node == WHOLE:
        return (WHOLE, WHOLE, "", NONE, "", NONE)
    network = node.removeprefix(f"{NETWORK}:")
    return (f"{NETWORK}-{slug(network)}", NETWORK, "", NONE, network, "")


def _rows(
    panel: Panel,
    question: Question,
    place: Row,
    numbers: NDArray[np.int64],
    hidden: NDArray[np.bool_],
) -> Iterator[Row]:
    """place: name, level, school, its mark, network, its mark."""
    name, *where = place
    n = int(numbers.sum())
    for answer, count, held in zip(panel.answers[question.id], numbers, hidden, strict=False):
        words = (panel.school_year, question.id, slug(panel.group), slug(answer))
        cells = (*_cell(int(count), bool(held)), *_cell(n, bool(hidden[-1])))
        yield (
            ".".join((name, *words)),
            *where,
            panel.school_year,
            question.id,
            question.words,
            panel.group,
            answer,
            *cells,
            *_share(int(count), n, bool(held or hidden[-1])),
            "",
            question.source_id,
        )


def _cell(value: int, held: bool) -> tuple[str, str]:
    return ("", HELD) if held else (str(value), "")


def _share(count: int, n: int, held: bool) -> tuple[str, str]:
    """A share only beside both: a whole percent of a known number is the count."""
    if held:
        return "", HELD
    if not n:
        return "", NONE
    return f"{count / n:.{SHARE_DIGITS}f}".rstrip("0").rstrip("."), ""


@lru_cache(maxsize=4096)  # few words stand in many rows
def slug(words: str) -> str:
    """The words as a part of an id."""
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")
