"""A raw survey export, one row a person → private counts. No row of a person goes any further.

A row that lacks its school, its group or an answer to a question asked of its group is left out
whole and counted under the first thing that it lacks. Messages tell places, never what was there.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.errors import InputError, Problem
from generator.protect.private import COUNTS
from generator.protect.questionnaire import Questionnaire
from generator.read.rows import decode

HINT = "Correct the export, or name it in the questionnaire."
UNKNOWN = "a text that the questionnaire does not name"
BOM = b"\xef\xbb\xbf"

Key = tuple[str, str, str, str, str]
HEADER = tuple(column.name for column in COUNTS.columns)


@dataclass(frozen=True)
class Summarised:
    """Counts by school, year, question, group and answer, zeros too; rows kept and left out, by
    reason. Both are private."""

    counts: Mapping[Key, int]
    kept: int
    left_out: Mapping[str, int]


def summarise(content: bytes, where: str, questionnaire: Questionnaire) -> Summarised:
    """Count the rows of an export; raises InputError with every Problem of it."""
    header, body = _cells(content, where)
    if problems := list(_header_problems(header, where, questionnaire)):
        raise InputError(problems)
    export = _Export(where, header, questionnaire)
    for line, row in body:
        export.add(line, row)
    if export.problems:
        raise InputError(export.problems)
    return export.summarised()


def counts_csv(counts: Mapping[Key, int]) -> bytes:
    """The content of counts.csv, in the order of the keys."""
    return _csv([HEADER, *((*key, str(counts[key])) for key in sorted(counts))])


def left_out_csv(found: Summarised) -> bytes:
    """How many rows were kept, and how many left out for what; for the maintainer alone."""
    rows = [("kept", str(found.kept)), *((why, str(n)) for why, n in found.left_out.items())]
    return _csv([("rows", "count"), *rows])


class _Export:
    """Counts rows one by one; holds no row."""

    def __init__(self, where: str, header: Sequence[str], questionnaire: Questionnaire) -> None:
        self.where, self.width, self.told = where, len(header), questionnaire
        self.place = {name: at for at, name in enumerate(header)}
        self.schools: set[str] = set()
        self.given: Counter[tuple[str, str, str, str]] = Counter()
        self.left_out: Counter[str] = Counter()
        self.kept = 0
        self.problems: list[Problem] = []

    def add(self, line: int, row: Sequence[str]) -> None:
        """Count one person."""
        if len(row) != self.width:
            found, wanted = f"{len(row)} cells", f"{self.width} cells, as in the header"
            self.problems.append(Problem(self.where, line, "", found, wanted))
            return
        school = self._said(line, row, self.told.school_column, self.told.schools)
        group = self._said(line, row, self.told.group_column, self.told.groups)
        if school:
            self.schools.add(school)
        asked = [one for one in self.told.questions if group in one.groups]
        answers = {one.id: self._said(line, row, one.column, one.answers) for one in asked}
        lacking = self._lacking(school, group, answers)
        if lacking:
            self.left_out[lacking] += 1
            return
        self.kept += 1
        self.given.update((school, name, group, answer) for name, answer in answers.items())

    def _lacking(self, school: str, group: str, answers: Mapping[str, str]) -> str:
        if not school or not group:
            return "no group" if school else "no school"
        return next((f"no answer to {name}" for name, said in answers.items() if not said), "")

    def _said(self, line: int, row: Sequence[str], column: str, known: Mapping[str, str]) -> str:
        """What the cell means, "" where it is empty or unknown."""
        cell = row[self.place[column]].strip()
        if not cell or (not known and column == self.told.school_column):
            return cell
        if cell not in known:
            problem = Problem(self.where, line, column, UNKNOWN, "one that it names", HINT)
            self.problems.append(problem)
        return known.get(cell, "")

    def summarised(self) -> Summarised:
        """The counts, with a zero wherever nobody of a school's group gave an answer."""
        year = self.told.school_year
        counts = {
            (school, year, one.id, group, answer): self.given[school, one.id, group, answer]
            for school in self.schools
            for one in self.told.questions
            for group in one.groups
            for answer in dict.fromkeys(one.answers.values())
        }
        reasons = ["no school", "no group", *(f"no answer to {q.id}" for q in self.told.questions)]
        return Summarised(counts, self.kept, {why: self.left_out[why] for why in reasons})


def _cells(content: bytes, where: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The header, and each row with its line. Survey services write a BOM: it is taken off."""
    text = decode(content.removeprefix(BOM), where)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows, start = [], 1
    try:
        for row in reader:
            rows.append((start, row))
            start = reader.line_num + 1
    except csv.Error as error:
        hint = "Check the quotes: each opens and closes around a whole cell."
        problem = Problem(where, start, "", "a row that is not CSV", "cells and commas", hint)
        raise InputError([problem]) from error
    return rows[0][1], rows[1:]


def _header_problems(
    header: Sequence[str], where: str, questionnaire: Questionnaire
) -> Iterator[Problem]:
    for name in questionnaire.columns():
        if header.count(name) != 1:
            found = "the column more than once" if name in header else "no such column"
            yield Problem(where, 1, name, found, "it once, named as in the questionnaire")


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()
