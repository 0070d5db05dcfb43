"""Joins of the record: which decision stood, when the program was over, what belongs together."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from generator.derive import (
    NOT_OVER,
    in_groups,
    over_from,
    pairs,
    program_years,
    with_decides,
)
from generator.model import Record, Row
from tests.edition import EDITION, SITE, Rows, edit, write_edition
from tests.presenting import record_of

UNITS = [
    {"unit_id": "school", "part_of": None},
    {"unit_id": "campus", "part_of": None},
    {"unit_id": "part", "part_of": "campus"},
]


def vote(**cells: str | None) -> Row:
    """A decision of a council about a school, unless the cells say otherwise."""
    plain = {"vote_id": "a", "unit_id": "school", "superseded_by": None, "body": "council"}
    return {**plain, **cells}


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Record:
    return record_of(write_edition(tmp_path_factory.mktemp("derive") / "data"))


# ---- which decision stands


@pytest.mark.parametrize(
    ("cells", "decides"),
    [
        ({}, True),
        ({"unit_id": "campus"}, True),
        ({"unit_id": "part"}, False),
        ({"unit_id": None}, False),
        ({"superseded_by": "b"}, False),
        ({"body": "council_members_poll"}, False),
        ({"body": "council_without_quorum"}, True),
        ({"body": "community_poll"}, True),
        ({"body": "school_leaders"}, True),
        ({"body": None}, True),
    ],
)
def test_what_decides(cells: Mapping[str, str | None], decides: bool) -> None:
    (row,) = with_decides([vote(**cells)], UNITS)
    assert row == {**vote(**cells), "decides": decides}


def test_the_invented_decisions(record: Record) -> None:
    assert {key for key, row in record.votes.items() if row["decides"]} == {
        "heights-2020",
        "park-2020",
        "fixture-2020",
        "heights-2021",
        "fixture-2021",
    }


# ---- how long the program ran


@pytest.mark.parametrize(
    ("today", "over"),
    [
        (None, NOT_OVER),
        ({"officers_after": 0, "effective_school_year": "2024-25"}, "2024-25"),
        ({"officers_after": 1, "effective_school_year": "2024-25"}, NOT_OVER),
        ({"officers_after": None, "effective_school_year": "2024-25"}, NOT_OVER),
        ({"officers_after": 0, "effective_school_year": None}, NOT_OVER),
    ],
)
def test_when_the_program_is_over(today: Row | None, over: str) -> None:
    assert over_from(today) == over


def test_no_school_year_comes_after_a_program_that_is_not_over() -> None:
    assert NOT_OVER > "2999-00"


@pytest.mark.parametrize(
    ("years", "over", "expected"),
    [
        ((), NOT_OVER, ()),
        ((), "2024-25", ()),
        (("2020-21",), NOT_OVER, ("2020-21",)),
        (("2022-23", "2020-21", "2020-21"), NOT_OVER, ("2020-21", "2021-22", "2022-23")),
        (("2020-21",), "2022-23", ("2020-21", "2021-22", "2022-23")),
        (("2020-21", "2023-24"), "2022-23", ("2020-21", "2021-22", "2022-23", "2023-24")),
        (("1998-99", "2000-01"), NOT_OVER, ("1998-99", "1999-00", "2000-01")),
    ],
)
def test_school_years_have_no_hole(
    years: Sequence[str], over: str, expected: tuple[str, ...]
) -> None:
    assert program_years([{"school_year": year} for year in years], over) == expected


def test_the_invented_program_runs_to_its_end(record: Record) -> None:
    assert record.over_from == "2024-25"
    assert (record.program_years[0], record.program_years[-1]) == ("2019-20", "2024-25")


def test_an_edition_that_names_no_vote_for_today_is_not_over(tmp_path: Path) -> None:
    site = SITE.replace('holds_today = "board-2024"\n', "")
    assert record_of(write_edition(tmp_path / "data", site=site)).over_from == NOT_OVER


def test_a_later_vote_that_left_an_officer_ends_nothing(tmp_path: Path) -> None:
    data = write_edition(tmp_path / "data")
    edit(data, "votes", 9, "officers_after", "1")
    assert record_of(data).over_from == NOT_OVER


# ---- joins


def test_pairs_keep_the_order_of_rows() -> None:
    rows = [{"a": "1", "b": "x"}, {"a": "2", "b": "y"}, {"a": "1", "b": "w"}]
    assert pairs(rows, "a", "b") == {"1": ("x", "w"), "2": ("y",)}


def test_groups_are_ordered_and_leave_rows_without_a_key_out() -> None:
    rows = [
        {"u": "b", "t": "2"},
        {"u": None, "t": "0"},
        {"u": "a", "t": "2"},
        {"u": "a", "t": "1"},
        {"u": "a", "t": None},
    ]
    assert in_groups(rows, "u", "t") == {
        "a": ({"u": "a", "t": None}, {"u": "a", "t": "1"}, {"u": "a", "t": "2"}),
        "b": ({"u": "b", "t": "2"},),
    }


def test_a_campus_has_all_its_schools_and_a_school_all_its_units(record: Record) -> None:
    assert record.schools_of_unit["fixture-campus"] == ("900003", "900004")
    assert record.units_of_school["900003"] == ("fixture-campus", "specimen")
    assert record.units_of_school.keys() == set(record.school_names)


def test_rows_of_a_unit_are_in_time(record: Record) -> None:
    votes = [row["vote_id"] for row in record.by_unit["votes"]["sample-park"]]
    assert votes == ["park-2020-advice", "park-2020"]
    years = [row["school_year"] for row in record.by_unit["rosters"]["example-heights"]]
    assert years == ["2019-20", "2020-21", "2021-22"]
    assert "" not in record.by_unit["votes"]


def test_a_tally_is_in_the_order_of_its_ballot(tmp_path: Path) -> None:
    turned: Rows = list(reversed(EDITION["vote_counts"]))
    found = record_of(write_edition(tmp_path / "data", vote_counts=turned)).tallies
    assert [row["option"] for row in found["heights-2020"]] == ["keep", "remove", "abstain"]
    assert [row["option"] for row in found["heights-2021"]] == ["both", "one", "none"]


def test_a_cell_that_is_empty_is_none_and_has_its_mark(record: Record) -> None:
    row = record.votes["fixture-2020"]
    assert (row["vote_date"], row["vote_date_mark"]) == (None, "not_found")
    assert (row["seats"], row["seats_mark"]) == (None, "not_found")
    assert record.votes["heights-2020"]["seats"] == 12


def test_large_tables_stay_in_their_frames(record: Record) -> None:
    assert not {"schools", "school_names", "enrollments"} & record.rows.keys()
    assert len(record.tables["schools"].frame) == len(record.school_names)
