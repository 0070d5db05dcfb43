"""Bounds against every world there is, counted out one by one."""

import itertools
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.errors import InputError
from generator.protect.intervals import Interval, answer, intervals
from generator.protect.relations import Relations, Row, sum_row
from tests.protect.carried import tie, two_way

COUNT = st.integers(0, 3)


def worlds(relations: Relations, shown: dict[int, int], most: int) -> Iterator[tuple[int, ...]]:
    """Every choice of counts up to `most` for the hidden cells that keeps the relations."""
    hidden = [cell for cell in range(len(relations.ids)) if cell not in shown]
    for counts in itertools.product(range(most + 1), repeat=len(hidden)):
        filled = shown | dict(zip(hidden, counts, strict=True))
        values = tuple(filled[cell] for cell in range(len(filled)))
        if not relations.broken(values):
            yield values


@settings(max_examples=60)
@given(
    st.lists(COUNT, min_size=6, max_size=6),
    st.sets(st.integers(0, 5), min_size=2, max_size=5),
    st.lists(st.tuples(st.integers(0, 5), st.sampled_from([-2, 1, 2, 3])), max_size=3),
)
def test_bounds_are_those_of_all_worlds(
    counts: list[int], hidden: set[int], extra: list[tuple[int, int]]
) -> None:
    names = ("a0", "a1", "a2", "b0", "b1", "b2", "c0", "c1", "c2", "za", "zb")
    across = [sum(counts[:3]), sum(counts[3:])]
    values = [*counts, *(counts[i] + counts[i + 3] for i in range(3)), *across]
    rows = [sum_row(6 + i, [i, i + 3]) for i in range(3)]
    rows += [sum_row(9, [0, 1, 2]), sum_row(10, [3, 4, 5])]
    known = dict(extra)
    if known:
        said = sum(factor * values[cell] for cell, factor in known.items())
        rows.append(Row(tuple(sorted(known.items())), said, said))
    relations = Relations(names, tuple(rows))
    shown = {cell: value for cell, value in enumerate(values) if cell not in hidden}
    every = list(worlds(relations, shown, max(across)))
    for cell, found in intervals(relations, shown).items():
        counted = [world[cell] for world in every]
        assert found == Interval(min(counted), max(counted))


def test_only_whole_counts_count() -> None:
    """2a + 3b = 7: numbers leave a anything up to 3.5, whole numbers leave it 2."""
    case = {
        "cells": {"a": 2, "b": 1, "pupils": 7},
        "relations": [{"total": "pupils", "parts": ["a", "b"], "coef": {"a": 2, "b": 3}}],
        "hidden": ["a", "b"],
        "threshold_n": 2,
    }
    assert json.loads(answer(json.dumps(case))) == {
        "a": {"interval": [2, 2], "exact": True, "covers": False},
        "b": {"interval": [1, 1], "exact": True, "covers": False},
    }


def test_what_nothing_ties_has_no_upper_bound() -> None:
    case = {"cells": {"a": None}, "hidden": ["a"]}
    found = json.loads(answer(json.dumps(case)))
    assert found == {"a": {"interval": [0, None], "exact": False, "covers": True}}


def test_facts_narrow() -> None:
    case: dict[str, Any] = {
        "cells": {"a": 4, "b": 3, "all": 7},
        "relations": [{"total": "all", "parts": ["a", "b"]}],
        "facts": [{"coef": {"a": 1, "b": -1}, "lo": 0, "hi": None}],
        "hidden": ["a", "b"],
    }
    found = json.loads(answer(json.dumps(case)))
    assert [found[cell]["interval"] for cell in "ab"] == [[4, 7], [0, 3]]


def test_what_is_shown_has_to_fit() -> None:
    relations = Relations(("a", "b", "c"), (sum_row(2, [0, 1]),))
    with pytest.raises(InputError, match="found no counts that fit what is shown"):
        intervals(relations, {0: 5, 2: 3})


def test_a_solver_that_gives_up_is_asked_again() -> None:
    """HiGHS, started from its last point, answers "Unknown" for a cell of this table."""
    counts = {
        "g0": [0, 22, 0, 6],
        "g1": [0, 38, 9, 24],
        "g2": [67, 28, 92, 47],
        "g3": [0, 130, 10, 0],
        "g4": [81, 0, 6, 2],
    }
    answers = ["a0", "a1", "a2", "a3"]
    cells, relations = two_way(counts, answers)
    relations.append(tie("all|all", [f"all|{one}" for one in answers]))
    hidden = "g0|a0 g0|a1 g0|a2 g0|a3 g1|a0 g1|a1 g1|a3 g1|T g2|a3 g3|a1 g3|a3 g3|T g4|a0 g4|a1"
    hidden += " g4|a2 g4|a3 T|a2 T|a3 T|T"
    case = {"cells": cells, "relations": relations, "hidden": hidden.replace("T", "all").split()}
    found = json.loads(answer(json.dumps(case).replace("all", "T")))
    assert found["g3|a3"]["interval"] == [0, None]
    assert found["g2|a3"]["interval"] == [47, 47]
