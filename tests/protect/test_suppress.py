"""Hiding in one table: always safe, never more than has to be, and never in halves."""

import itertools
import json
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.errors import PolicyError
from generator.protect import suppress
from generator.protect.cases import parse
from generator.protect.intervals import intervals
from generator.protect.table import Table, table
from tests.protect.carried import tie, two_way
from tests.protect.test_cases import check, named

GROUPS = ("families", "staff", "students")
ANSWERS = ("no", "unsure", "yes")


def three_by_three(counts: Iterable[int], min_cell: int) -> Table:
    rows = iter(counts)
    cells, relations = two_way({g: [next(rows) for _ in ANSWERS] for g in GROUPS}, ANSWERS)
    return parsed({"cells": cells, "relations": relations, "threshold_n": min_cell})


def parsed(case: dict[str, object]) -> Table:
    found = parse(json.dumps(case))
    values = [value for value in found.values if value is not None]
    return table(found.relations, values, found.small, found.open, found.min_cell)


def safe(found: Table, hidden: Iterable[int], min_cell: int) -> bool:
    """Whether no small cell can be proved to be small, or to have anyone."""
    kept = set(hidden)
    shown = {cell: value for cell, value in enumerate(found.values) if cell not in kept}
    bounds = intervals(found.relations, shown, found.small)
    return all(cell in bounds and bounds[cell].covers(min_cell) for cell in found.small)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 14), min_size=9, max_size=9), st.integers(2, 10))
def test_no_small_cell_is_provable(counts: list[int], min_cell: int) -> None:
    found = three_by_three(counts, min_cell)
    hiding = suppress.suppress(found)
    assert safe(found, hiding.hidden, min_cell)
    check(found, hiding, named(found, hiding.hidden), min_cell)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=9, max_size=9), st.integers(2, 6))
def test_every_cell_beyond_the_small_ones_is_needed(counts: list[int], min_cell: int) -> None:
    found = three_by_three(counts, min_cell)
    hiding = suppress.suppress(found)
    for cell in sorted(hiding.hidden - found.small):
        assert not safe(found, hiding.hidden - {cell}, min_cell)
        with pytest.raises(PolicyError, match="a cell that is shown changes"):
            check(found, hiding, named(found, hiding.hidden - {cell}), min_cell)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=4, max_size=4), st.integers(2, 6))
def test_no_choice_of_cells_is_cheaper(counts: list[int], min_cell: int) -> None:
    cells, relations = two_way({"staff": counts[:2], "students": counts[2:]}, ["no", "yes"])
    found = parsed({"cells": cells, "relations": relations, "threshold_n": min_cell})
    others = [cell for cell in range(len(found.values)) if cell not in found.small]
    choices = (
        found.small.union(chosen)
        for size in range(len(others) + 1)
        for chosen in itertools.combinations(others, size)
    )
    least = min(found.cost(choice) for choice in choices if safe(found, choice, min_cell))
    assert found.cost(suppress.suppress(found).hidden) == least


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.integers(0, 14), min_size=9, max_size=9),
    st.integers(2, 10),
    st.sets(st.integers(0, 15), max_size=4),
)
def test_what_was_hidden_stays_hidden(counts: list[int], min_cell: int, before: set[int]) -> None:
    found = three_by_three(counts, min_cell)
    hiding = suppress.suppress(found, before)
    assert before <= hiding.hidden
    assert safe(found, hiding.hidden, min_cell)
    assert suppress.suppress(found, hiding.hidden).hidden == hiding.hidden


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 5), min_size=27, max_size=27), st.integers(2, 5))
def test_tables_tied_in_three_ways_are_safe_too(counts: list[int], min_cell: int) -> None:
    cells: dict[str, int] = {}
    parts: dict[str, list[str]] = {}
    for place, count in zip(itertools.product("012", repeat=3), counts, strict=True):
        name = "".join(place)
        cells[name] = count
        for side in range(3):
            total = f"{name[:side]}+{name[side + 1 :]}"
            cells[total] = cells.get(total, 0) + count
            parts.setdefault(total, []).append(name)
    relations = [tie(total, names) for total, names in parts.items()]
    found = parsed({"cells": cells, "relations": relations, "threshold_n": min_cell})
    hiding = suppress.suppress(found)
    assert safe(found, hiding.hidden, min_cell)
    check(found, hiding, named(found, hiding.hidden), min_cell)


def test_a_witness_is_whole_where_half_people_would_be_cheaper() -> None:
    """Three sums in a ring: d can change only by even numbers."""
    case: dict[str, object] = {
        "cells": {"a": 20, "b": 20, "c": 20, "d": 0, "ab": 40, "bc": 40, "acd": 40},
        "relations": [tie("ab", "ab"), tie("bc", "bc"), tie("acd", "acd")],
        "threshold_n": 3,
    }
    found = parsed(case)
    hiding = suppress.suppress(found)
    assert named(found, hiding.hidden) == {"a", "b", "c", "d"}
    assert found.cost(hiding.hidden) == 3
    assert dict(hiding.witnesses[0])[found.relations.ids.index("d")] == 4


def test_the_dearest_cells_are_shown_again_first() -> None:
    """Hiding goes one goal after the other; what later goals made needless is given back."""
    counts = {"Ash": [2, 30, 30], "Birch": [30, 2, 30], "Cedar": [30, 30, 30]}
    cells, relations = two_way(counts, ANSWERS)
    found = parsed({"cells": cells, "relations": relations, "threshold_n": 3})
    hiding = suppress.suppress(found)
    assert named(found, hiding.hidden) == {"Ash|no", "Ash|unsure", "Birch|no", "Birch|unsure"}
