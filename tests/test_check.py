"""Checking: types, marks and references, and promises for every text and every order of rows."""

import random
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from generator.check import check
from generator.check.kinds import expected, fault_of, parse
from generator.check.people import hides
from generator.check.schema import compile_schema
from generator.commands.check import count_rows, run
from generator.errors import InputError
from generator.model import CheckedTable, Column, Context, Edition, Kind, Policy, RawTable, Rule
from generator.read import read
from generator.read.cells import quoted
from generator.read.rows import parse_table
from generator.tables import BY_NAME
from tests.edition import ALWAYS, EDITION, add_row, edit, to_csv, write_edition

TEXT = Column("a", "A", "")


@cache
def invented() -> tuple[Edition, Mapping[str, RawTable]]:
    """The invented edition, read once."""
    with TemporaryDirectory() as folder:
        return read(write_edition(Path(folder) / "data"))


@cache
def checked() -> Mapping[str, CheckedTable]:
    """The invented edition, checked once."""
    edition, raw = invented()
    return check(raw, edition)


def checked_from(folder: Path) -> Mapping[str, CheckedTable]:
    """The checked tables of a folder."""
    edition, raw = read(folder)
    return check(raw, edition)


def test_cells_become_values_of_their_kind() -> None:
    votes, costs, schools = (checked()[name].frame for name in ("votes", "costs", "schools"))
    assert votes["seats"].dtype == "Int64"
    assert votes["seats"].tolist()[0] == 12
    assert costs["amount_usd"].dtype == "Float64"
    assert costs["amount_usd"].tolist() == [33000000.0, 12100000.0, 50000.5]
    assert schools["is_high_school"].dtype == "boolean"
    assert schools["is_high_school"].tolist() == [True] * 4
    assert schools["school_id"].tolist()[0] == "000104"
    assert votes["other_source_ids"].tolist()[3] == "minutes board"
    assert votes["vote_date"].tolist()[1] == "2020-07"


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        *((text, False) for text in ("x", "", "10", "1,204", "70.5", "12*", "٣٠", "9" * 9_000)),
        *((text, True) for text in ("0", "7*", "1 2", "12, 7", "007", "-9", "7.5", "７", "½")),
    ],
)
def test_of_figures_printed_by_others_a_small_one_is_not_repeated(text: str, hidden: bool) -> None:
    table, column = BY_NAME["feedback"], BY_NAME["feedback"].column("count")
    assert hides(table, column, text, 10) is hidden
    assert hides(table, column, text, None)
    assert hides(replace(table, kind="survey"), column, text, 10)
    assert not hides(replace(table, kind="public_record"), column, text, 10)
    assert not hides(table, table.column("share"), text, 10)


def test_every_table_has_its_declared_columns_in_order() -> None:
    for table in ALWAYS:
        names = [name for name in checked()[table.name].frame if not name.endswith("_mark")]
        assert names == [column.name for column in table.columns]


def test_an_empty_cell_says_why_and_a_filled_one_nothing() -> None:
    votes, feedback = checked()["votes"].frame, checked()["feedback"].frame
    assert votes["seats_mark"].isna().tolist()[:2] == [True, False]
    assert votes["seats_mark"].tolist()[1] == "not_found"
    assert votes["superseded_by_mark"].tolist()[0] == "not_applicable"
    assert feedback["count_mark"].tolist()[3] == "withheld"
    for table in checked().values():
        for column in table.table.columns:
            if column.empty is not None:
                empty = table.frame[column.name].isna()
                assert (table.frame[f"{column.name}_mark"].notna() == empty).all()


def test_tables_without_rows_keep_every_rule(tmp_path: Path) -> None:
    nothing: dict[str, tuple[()]] = dict.fromkeys(EDITION, ())
    site = '[site]\ntitle = "a"\nplace = "b"\ndescription = "c"\nlanguages = ["en"]\n'
    site += 'base_url = "https://records.example/"\n[policy]\nmin_cell = 10\n'
    tables = checked_from(write_edition(tmp_path / "data", site=site, **nothing))
    assert [len(table.frame) for table in tables.values()] == [0] * len(EDITION)


@pytest.mark.parametrize(
    ("kind", "right", "wrong"),
    [
        ("count", ["0", "7", "100000"], ["00", "-1", "1.0", "1e3", "１", "", " 1", "9" * 16]),
        ("number", ["0", "-0.25", "41.773825866"], ["+1", ".5", "1.", "1e3", "nan", "inf", "1,0"]),
        ("money", ["0", "50000.50"], ["1.999", "$5", "5 USD", "1_000"]),
        ("share", ["0", "0.6", "1", "1.0"], ["1.1", "60", "60%", "-0", "½"]),
        ("date", ["2020", "2020-02", "2020-02-29"], ["2019-02-29", "2020-00", "20-01-01", "٢٠٢٠"]),
        ("school_year", ["2025-26", "1999-00"], ["2025", "2025-27", "2025/26", "２０２５-26"]),
        ("flag", ["true", "false"], ["True", "1", "yes"]),
        ("id", ["a", "000104", "a-b_c.d"], ["A", "a b", "-a", "a-", "a--b", "../a", "a..b", "é"]),
        ("ids", ["a", "a b"], ["a  b", "a,b", "a a", " a"]),
        (
            "url",
            ["https://records.example/a?b=c#d"],
            ["ftp://a.example", "https://u@a.example", "//a"],
        ),
        ("category", ["one"], ["two", "One", ""]),
        ("text", ["anything", "é", "-"], []),
    ],
)
def test_what_a_kind_takes(kind: Kind, right: list[str], wrong: list[str]) -> None:
    column = Column("a", "A", "", kind, values={"one": "One"})
    assert [text for text in right if parse(text, column) is None] == []
    assert [text for text in wrong if parse(text, column) is not None] == []


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (0, 20, "a whole number from 0 to 20"),
        (1, None, "a whole number of 1 or more"),
        (None, 5, "a whole number of 5 or less"),
        (None, None, "a whole number"),
    ],
)
def test_bounds_are_said_and_both_included(
    low: float | None, high: float | None, words: str
) -> None:
    column = Column("a", "A", "", "count", low=low, high=high)
    assert expected(column) == words
    inside = [number for number in (low, high) if number is not None]
    assert all(fault_of(str(number), column) is None for number in inside)
    assert all(fault_of(str(int(number) + 1), column) for number in inside if number == high)


def test_a_declaration_becomes_a_schema_of_pandera() -> None:
    schema = compile_schema(BY_NAME["votes"])
    assert schema.columns["vote_id"].required
    assert not schema.columns["seats_mark"].required
    assert set(schema.columns) >= {column.name for column in BY_NAME["votes"].columns}


def test_tables_in_order_are_checked_without_loading_a_schema(tmp_path: Path) -> None:
    """A pull request waits for the check: what it does not need is not imported."""
    write_edition(tmp_path / "data")
    program = (
        "import sys; from pathlib import Path; from generator.commands.check import run;"
        "run(Path(sys.argv[1]), 'github');"
        "print([name for name in ('pandera', 'altair', 'mkdocs') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "data")],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_rule_that_says_neither_yes_nor_no_is_broken() -> None:
    def undecided(frame: pd.DataFrame, _: Context) -> "pd.Series[bool]":
        return pd.Series([None] * len(frame), frame.index, dtype="boolean")

    edition, raw = invented()
    table = replace(BY_NAME["questions"], rules=(Rule("r", "title", undecided, "an answer"),))
    with pytest.raises(InputError) as error:
        check({**raw, "questions": replace(raw["questions"], table=table)}, edition)
    assert len(error.value.problems) == len(EDITION["questions"])


def test_rules_wait_until_every_cell_is_typed(tmp_path: Path) -> None:
    data = write_edition(tmp_path / "data")
    edit(data, "votes", 2, "outcome", "none-such")
    edit(data, "costs", 2, "amount_usd", "much")
    with pytest.raises(InputError) as error:
        checked_from(data)
    assert [problem.column for problem in error.value.problems] == ["amount_usd"]


def test_others_figures_are_small_but_a_council_s_are_not(tmp_path: Path) -> None:
    data = write_edition(tmp_path / "data")
    edit(data, "vote_counts", 2, "count", "1")
    assert checked_from(data)["vote_counts"].frame["count"].tolist()[0] == 1


def test_a_smallest_cell_of_the_edition_s_own(tmp_path: Path) -> None:
    data = write_edition(tmp_path / "data")
    edit(data, "enrollments", 2, "students", "5")
    edition, raw = read(data)
    assert check(raw, replace(edition, policy=Policy(5, 5)))
    with pytest.raises(InputError, match="fewer than 6 people"):
        check(raw, replace(edition, policy=Policy(6, 6)))


def test_what_is_shown_of_a_cell_is_short_and_seen() -> None:
    assert quoted("12*") == '"12*"'
    assert quoted("a\u202eb") == '"a\\u202eb"'
    assert len(quoted("x" * 1000)) == 62


def test_the_command_says_what_it_saw(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = write_edition(tmp_path / "data")
    run(data)
    rows = sum(count_rows(data).values())
    said = f"{data}: {len(EDITION)} tables, {rows} rows, no problems found\n"
    assert capsys.readouterr().out == said


CELLS = st.sampled_from(
    [
        (table.name, number, column.name)
        for table in ALWAYS
        for number in range(len(EDITION[table.name]))
        for column in table.columns
    ]
)


@settings(max_examples=50)  # each checks a whole edition
@given(CELLS, st.text())
def test_any_text_in_any_cell_is_taken_or_refused(place: tuple[str, int, str], text: str) -> None:
    """No text ends in any other exception, and what is taken comes out as it went in."""
    name, row, column = place
    edition, raw = invented()
    frame = raw[name].frame.copy()
    frame.loc[row, column] = text
    tables = {**raw, name: replace(raw[name], frame=frame)}
    try:
        value = check(tables, edition)[name].frame[column][row]
    except InputError:
        return
    said = parse(text, BY_NAME[name].column(column)) if text else None
    assert value == said if said is not None else pd.isna(value)


@given(st.sampled_from(list(BY_NAME)), st.binary())
def test_any_bytes_are_a_table_or_refused(name: str, content: bytes) -> None:
    with suppress(InputError):
        parse_table(content, f"data/{name}.csv", BY_NAME[name])


@settings(max_examples=20)  # each checks a whole edition
@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(chance: random.Random) -> None:
    edition, raw = invented()
    shuffled = {}
    for name, table in raw.items():
        order = chance.sample(range(len(table.frame)), len(table.frame))
        frame = table.frame.iloc[order].reset_index(drop=True)
        shuffled[name] = replace(table, frame=frame, lines=tuple(table.lines[i] for i in order))
    for name, table in check(shuffled, edition).items():
        key = list(table.table.key)
        before = checked()[name].frame.sort_values(key).reset_index(drop=True)
        assert_frame_equal(table.frame.sort_values(key).reset_index(drop=True), before)


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=8), min_size=1, max_size=5))
def test_what_is_written_is_read_again(notes: list[str]) -> None:
    table = BY_NAME["unit_schools"]
    rows = [{"unit_id": str(number), "note": note} for number, note in enumerate(notes)]
    content = to_csv(rows, table).encode()
    unreadable = any("\0" in note or "\r" in note for note in notes)
    try:
        frame = parse_table(content, "data/unit_schools.csv", table).frame
    except InputError:
        assert unreadable
    else:
        assert frame["note"].tolist() == notes


def test_a_row_added_by_hand_is_one_more(tmp_path: Path) -> None:
    data = write_edition(tmp_path / "data")
    add_row(data, "school_names", school_id="900003", name="Specimen", name_kind="printed",
            source_id="gazette")  # fmt: skip
    assert len(checked_from(data)["school_names"].frame) == len(EDITION["school_names"]) + 1
