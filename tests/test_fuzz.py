"""Broken editions end in pages or in problems; `make faults` breaks them twenty times as often."""

import csv
import io
from collections import Counter
from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from generator.model import Table
from generator.tables import BY_NAME, TABLES
from tests.fuzzing import Files, bases, case, outcome
from tests.remembered import anew

CASES, PARTS = 450, 5
SHARE = 0.2  # of the good editions whose pages are looked at: they take ten times as long


@pytest.mark.parametrize("part", range(PARTS))
def test_a_broken_edition_ends_in_pages_or_in_problems(part: int) -> None:
    ended: Counter[str] = Counter()
    for number in range(part + 1, CASES + 1, PARTS):
        found = outcome(case(number), Random(number), SHARE)
        assert found.ended != "bug", f"case {number}: {found.told}"
        ended[found.ended] += 1
    assert ended["problems"] > 20
    assert ended["checked"] > 2
    assert ended["pages"] > 0


def test_every_table_and_site_toml_are_broken() -> None:
    """All files of both editions, within the cases that CI tries."""
    whole, survey = bases()
    assert {f"{table.name}.csv" for table in TABLES} <= whole.keys() | survey.keys()
    changed = set()
    for number in range(1, CASES + 1):
        before = survey if number % 12 == 0 else whole
        after = case(number)
        changed |= {name for name in before if before[name] != after.get(name)}
    assert whole.keys() | {"survey_answers.csv", "protection.json"} <= changed


def test_what_is_remembered_is_what_is_computed() -> None:
    numbers = (1, 2, 12)
    with anew():
        alone = [outcome(case(number), Random(number)) for number in numbers]
    for _ in range(2):
        assert [outcome(case(number), Random(number)) for number in numbers] == alone


CELLS: st.SearchStrategy[tuple[Table, int, int, str]] = st.tuples(
    st.sampled_from([table for table in TABLES if f"{table.name}.csv" in bases()[0]]),
    st.integers(0, 99),
    st.integers(0, 99),
    st.one_of(
        st.text(max_size=30),
        st.integers(-(10**16), 10**16).map(str),
        st.floats().map(str),
        st.dates().map(str),
        st.sampled_from(["", "not_found", "requested", "2020-21", "en", "all"]),
    ),
)


def with_cells(changes: list[tuple[Table, int, int, str]]) -> Files:
    """The edition with other values in some cells; the numbers are taken as often as fits."""
    files = dict(bases()[0])
    for table, row, column, value in changes:
        name = f"{table.name}.csv"
        rows = list(csv.reader(io.StringIO(files[name].decode(), newline="")))
        if len(rows) == 1:
            rows.append([""] * len(rows[0]))
        cells = rows[1 + row % (len(rows) - 1)]
        cells[column % len(cells)] = value
        out = io.StringIO(newline="")
        csv.writer(out, lineterminator="\n").writerows(rows)
        files[name] = out.getvalue().encode(errors="surrogatepass")
    return files


# An example takes a second: making a failing one smaller takes minutes.
@settings(max_examples=50, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(st.lists(CELLS, min_size=1, max_size=3), st.randoms(use_true_random=False))
def test_any_cell_ends_in_pages_or_in_problems(
    changes: list[tuple[Table, int, int, str]], dice: Random
) -> None:
    found = outcome(with_cells(changes), dice, SHARE)
    assert found.ended != "bug", found.told


def test_the_editions_have_a_row_for_every_column() -> None:
    """So that a changed cell is one that was good: nobody's rows are only half there."""
    for name, content in bases()[0].items():
        table = BY_NAME.get(name.removesuffix(".csv"))
        if table and name not in ("changes.csv", "requests.csv", "waivers.csv"):
            assert content.count(b"\n") > 1, name
