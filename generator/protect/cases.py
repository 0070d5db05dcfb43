"""A small table with what its readers know, from JSON: what the two commands of this folder take.

{"cells": {id: count}, "relations": [{"total": id, "parts": [id, …]}], "hidden": [id], "primary":
[id], "facts": [{"coef": {id: factor}, "lo": x, "hi": y}], "threshold_n": 10,
"published_as_no_responses": [id]}
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from generator.errors import InputError, Problem
from generator.protect.relations import Relations, Row, whole_row

MIN_CELL = 10
LEAST_MIN_CELL = 2
NO_RESPONSES = "published_as_no_responses"
FREE = ("public_record", "published_elsewhere")
SUM_KEYS = {"total", "parts", "coef"}
FACT_KEYS = {"coef", "lo", "hi"}
SILENT_KEYS = {"id", "title", "note", "notes", "source"}


@dataclass(frozen=True)
class Case:
    """`values` has None for a hidden count that is not told. Cells are places in `relations.ids`.

    `small` are the cells to protect: those named, and every count under `min_cell` but those of
    empty groups (`open`), which are shown as "no responses".
    """

    relations: Relations
    values: tuple[int | None, ...]
    hidden: frozenset[int]
    small: frozenset[int]
    open: frozenset[int]
    min_cell: int


def parse(text: str, where: str = "case") -> Case:
    """The case of a JSON text; raises `InputError` with everything that is wrong in it."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        problem = Problem(where, 0, "", "text that is not JSON", "one JSON object", str(error))
        raise InputError([problem]) from None
    if not isinstance(found, dict):
        raise InputError([Problem(where, 0, "", type(found).__name__, "one JSON object")])
    return _Reader(where, found).case()


class _Reader:
    """Collects every Problem before it raises."""

    def __init__(self, where: str, found: Mapping[str, Any]) -> None:
        self.where, self.found = where, found
        self.problems: list[Problem] = []
        cells = self._typed("cells", dict)
        self.ids = tuple(sorted(cells))
        self.place = {name: place for place, name in enumerate(self.ids)}
        self.values = tuple(self._count(name, cells[name]) for name in self.ids)

    def case(self) -> Case:
        hidden = self._cells("hidden")
        open_ = self._cells(NO_RESPONSES)
        sums = [self._sum(place, row) for place, row in enumerate(self._typed("relations", list))]
        facts = [self._fact(place, row) for place, row in enumerate(self._typed("facts", list))]
        rows = tuple(sorted({row for row in [*sums, *facts] if row}, key=_order))
        totals = frozenset(self._totals())
        min_cell = self._min_cell()
        relations = Relations(self.ids, rows, totals)
        case = Case(relations, self.values, hidden, self._small(min_cell, open_), open_, min_cell)
        self._check(case)
        if self.problems:
            raise InputError(self.problems)
        return case

    def _say(self, column: str, found: str, expected: str, hint: str = "") -> None:
        self.problems.append(Problem(self.where, 0, column, found, expected, hint))

    def _typed(self, key: str, kind: Callable[[], Any]) -> Any:
        value = self.found.get(key)
        if value is None or isinstance(value, kind):  # type: ignore[arg-type]
            return value or kind()
        self._say(key, type(value).__name__, f"a {kind.__name__}")
        return kind()

    def _count(self, name: str, value: object) -> int | None:
        if value is None:
            return None
        number = _fraction(value)
        if number is None or number.denominator != 1 or number < 0:
            self._say(f"cells {name}", "something else", "a whole number from 0")
            return None
        return int(number)

    def _cells(self, key: str) -> frozenset[int]:
        return frozenset(self._place(key, name) for name in self._typed(key, list)) - {-1}

    def _place(self, key: str, name: object) -> int:
        if isinstance(name, str) and name in self.place:
            return self.place[name]
        self._say(key, "a cell that is not in cells", "one that is")
        return -1

    def _sum(self, place: int, row: Any) -> Row | None:
        """total = parts, each part once or with its factor in `coef` (or `parts` a mapping)."""
        where = f"relations[{place}]"
        if not self._known(where, row, SUM_KEYS, {"total", "parts"}):
            return None
        parts, factors = row["parts"], row.get("coef") or {}
        if isinstance(parts, dict):
            parts, factors = list(parts), parts
        if isinstance(factors, list):
            factors = dict(zip(parts, factors, strict=False))
        terms = [(row["total"], Fraction(-1))]
        terms += [(part, self._number(where, factors.get(part, 1))) for part in parts]
        return self._row(where, terms, Fraction(0), Fraction(0))

    def _fact(self, place: int, row: Any) -> Row | None:
        where = f"facts[{place}]"
        if not self._known(where, row, FACT_KEYS, {"coef"}) or not isinstance(row["coef"], dict):
            return None
        terms = [(name, self._number(where, factor)) for name, factor in row["coef"].items()]
        return self._row(where, terms, _bound(row.get("lo")), _bound(row.get("hi")))

    def _known(self, where: str, row: Any, keys: set[str], needed: set[str]) -> bool:
        """A key that we would pass over could be something that a reader knows."""
        fits = isinstance(row, dict) and needed <= set(row) <= keys | SILENT_KEYS
        if not fits:
            self._say(where, "other keys", " ".join(sorted(keys)))
        return fits

    def _number(self, where: str, value: object) -> Fraction:
        number = _fraction(value)
        if number is None:
            self._say(where, "a factor that is no number", "a number")
        return number or Fraction(0)

    def _row(
        self,
        where: str,
        terms: list[tuple[Any, Fraction]],
        low: Fraction | None,
        high: Fraction | None,
    ) -> Row | None:
        factors: dict[int, Fraction] = {}
        for name, factor in terms:
            place = self._place(where, name)
            factors[place] = factors.get(place, Fraction(0)) + factor
        factors.pop(-1, None)
        return whole_row(factors, low, high)

    def _totals(self) -> Iterator[int]:
        for row in self._typed("relations", list):
            if isinstance(row, dict) and row.get("total") in self.place:
                yield self.place[row["total"]]

    def _min_cell(self) -> int:
        value = self.found.get("threshold_n")
        if value is None:
            return MIN_CELL
        if isinstance(value, int) and value >= LEAST_MIN_CELL:
            return value
        self._say("threshold_n", "something else", f"a whole number from {LEAST_MIN_CELL}")
        return MIN_CELL

    def _small(self, min_cell: int, open_: frozenset[int]) -> frozenset[int]:
        """Where a case states an optimum over its primary cells, those are the rule."""
        named = self._cells("primary")
        kinds = {self.found.get("kind"), self.found.get("table_kind")}
        if kinds & set(FREE):
            return frozenset()
        if (named and "optimum" in self.found) or self.found.get("threshold_n") is None:
            return named - open_
        low = {i for i, value in enumerate(self.values) if value is not None and value < min_cell}
        return (named | low) - open_

    def _check(self, case: Case) -> None:
        for place, value in enumerate(case.values):
            if value is None and place not in case.hidden and not self.problems:
                self._say(f"cells {self.ids[place]}", "no count", "one, or the cell in hidden")
        told = {place: value for place, value in enumerate(case.values) if value is not None}
        for row in case.relations.rows:
            cells = [cell for cell, _ in row.terms]
            if all(cell in told for cell in cells) and not row.holds(_filled(case.values)):
                names = ", ".join(self.ids[cell] for cell in cells)
                self._say("relations", f"cells that don't add up ({names})", "cells that do")


def _filled(values: tuple[int | None, ...]) -> tuple[int, ...]:
    return tuple(value or 0 for value in values)


def _order(row: Row) -> tuple[object, ...]:
    return row.terms, row.low is None, row.low or 0, row.high is None, row.high or 0


def _fraction(value: object) -> Fraction | None:
    """The number as it was written: 0.1 is one tenth."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        return Fraction(str(value))
    except (ValueError, OverflowError, ZeroDivisionError):
        return None


def _bound(value: object) -> Fraction | None:
    """Infinite or missing: none."""
    return _fraction(value)
