"""The protected rows and their record: made of what is shown alone, and checked against it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from generator.check import check
from generator.check.protection import count_cells, csv_text, digest
from generator.commands.protect import protect, run
from generator.derive import derive
from generator.downloads import to_csv as published_csv
from generator.errors import InputError
from generator.model import Policy
from generator.read import read
from tests.edition import EDITION, edit
from tests.protect.survey import POLICY, invented, text, write_data, write_private

TABLE, RECORD = "survey_answers", "protection.json"
AGAIN = "Protect the counts again; no row of it was read."


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The edition with its protected survey."""
    monkeypatch.setattr("builtins.print", lambda *_: None)
    made = write_data(tmp_path / "data")
    run(write_private(tmp_path / "private"), made)
    return made


def refusal(data: Path) -> str:
    edition, raw = read(data)
    with pytest.raises(InputError) as error:
        check(raw, edition)
    return str(error.value)


def change_record(data: Path, **parts: object) -> None:
    path = data / RECORD
    record = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**record, **parts}), encoding="utf-8")


def test_what_the_gate_wrote_passes_the_check(data: Path) -> None:
    edition, raw = read(data)
    frame = check(raw, edition)[TABLE].frame
    assert set(frame["level"]) == {"school", "network", "whole"}
    assert set(frame["respondent_group"]) == {"students", "families"}
    assert set(frame["count_mark"].dropna()) == {"withheld"}
    shown = frame[frame["count"].notna() & (frame["n"].isna() | (frame["n"] != 0))]
    assert len(shown)
    assert shown["count"].min() >= edition.min_cell
    both = frame["count"].notna() & (frame["n"] > 0).fillna(False)
    assert frame["share"].notna().tolist() == both.tolist()


def test_every_shown_count_is_the_true_one(data: Path) -> None:
    edition, raw = read(data)
    frame = check(raw, edition)[TABLE].frame
    counts = invented()
    students = frame[
        (frame["level"] == "school")
        & (frame["respondent_group"] == "students")
        & (frame["question_id"] == "stay")
        & frame["count"].notna()
    ]
    assert len(students)
    for row in students.to_dict("records"):
        key = (row["school_id"], row["school_year"], "stay", "students", row["answer"])
        assert counts[key] == row["count"]


def test_nobody_answered_is_said(data: Path) -> None:
    edition, raw = read(data)
    frame = check(raw, edition)[TABLE].frame
    nobody = frame[(frame["school_id"] == "910011") & (frame["respondent_group"] == "families")]
    assert set(nobody["n"]) == set(nobody["count"]) == {0}
    assert set(nobody["share_mark"]) == {"not_applicable"}


def test_the_published_file_has_the_sum_that_the_record_names(data: Path) -> None:
    edition, raw = read(data)
    public = derive(check(raw, edition), edition).tables[TABLE]
    assert published_csv(public.frame, public.table) == (data / f"{TABLE}.csv").read_bytes()
    record = json.loads((data / RECORD).read_bytes())
    assert record["tables"][TABLE]["sha256"] == digest(raw[TABLE].frame)
    assert csv_text(raw[TABLE].frame).encode() == (data / f"{TABLE}.csv").read_bytes()


def test_the_record_counts_cells_by_table_and_tells_no_kind_of_mark(data: Path) -> None:
    record = (data / RECORD).read_text(encoding="utf-8")
    cells = json.loads(record)["tables"][TABLE]["cells"]
    assert len(cells) == 2 * 2 * 3
    whole = [cell for cell in cells if cell["level"] == "school" and cell["question_id"] == "stay"]
    assert [cell["shown"] + cell["withheld"] for cell in whole] == [12 * (3 + 1)] * 2
    assert not [word for word in ("primary", "complementary", "secondary") if word in record]
    rows = (data / f"{TABLE}.csv").read_text(encoding="utf-8")
    assert not [word for word in ("primary", "complementary", "secondary", "<10") if word in rows]


def test_one_changed_cell_is_refused_without_its_value(data: Path) -> None:
    edit(data, TABLE, 2, "count", "77777")
    said = refusal(data)
    assert said == (
        f"data/{TABLE}.csv: found rows that the gate did not write,"
        f" expected the rows that the record is about. {AGAIN}"
    )


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"policy": {}},
         f"data/{RECORD} policy: found another policy, expected the policy of site.toml. {AGAIN}"),
        ({"audit": {"verdict": "refused"}},
         f"data/{RECORD} audit: found no proof, expected an audit that was passed. {AGAIN}"),
        ({"tables": {}},
         f"data/{RECORD} tables: found no such table, expected the rows of data/{TABLE}.csv."
         f" {AGAIN}"),
        ({"more": 1},
         f"data/{RECORD}: found no protection record, expected the one that the gate wrote."
         f" {AGAIN}"),
    ],
    ids=["policy", "audit", "tables", "more"],
)  # fmt: skip
def test_a_record_that_does_not_fit_is_refused(
    data: Path, parts: dict[str, object], message: str
) -> None:
    change_record(data, **parts)
    assert refusal(data) == message


def test_other_numbers_of_cells_are_refused(data: Path) -> None:
    tables = json.loads((data / RECORD).read_bytes())["tables"]
    tables[TABLE]["cells"][0]["shown"] += 1
    change_record(data, tables=tables)
    assert "found other numbers of cells" in refusal(data)


def test_a_policy_changed_since_is_refused(data: Path) -> None:
    site = (data / "site.toml").read_text(encoding="utf-8")
    (data / "site.toml").write_text(site.replace("min_cell = 10", "min_cell = 9"), encoding="utf-8")
    assert "found another policy" in refusal(data)


def test_a_survey_without_its_record_stays_refused(data: Path) -> None:
    (data / RECORD).unlink()
    assert refusal(data) == (
        f"data/{TABLE}.csv: found a survey without a protection record, expected rows that the"
        " gate has protected. Protect the counts first; no row of it was read."
    )


def test_a_record_without_its_survey_is_refused(data: Path) -> None:
    (data / f"{TABLE}.csv").unlink()
    with pytest.raises(InputError, match=r"protection.json: found a protection record of no table"):
        read(data)


def test_another_survey_is_not_covered_by_the_record(data: Path) -> None:
    edition, raw = read(data)
    votes = raw["vote_counts"]
    table = replace(votes.table, kind="survey")
    raw["vote_counts"] = replace(votes, table=table, protection=raw[TABLE].protection)
    with pytest.raises(InputError, match="found no such table, expected the rows of data/vote_"):
        check(raw, edition)


SMALL = {
    "count": ("count", "3", "expected a count from min_cell on, or an empty group"),
    "size": ("n", "9", "expected a group from min_group on, or an empty one"),
    "share": ("share", "0.5", "expected count divided by n, beside both"),
    "mark": ("count_mark", "not_found", "expected a value, or a mark that a survey may have"),
    "words": ("answer", "he said it himself", "expected an answer or a theme of [policy.ladders]"),
    "group": ("respondent_group", "neighbors", "expected a group of [policy.groups] in site.toml"),
    "school": ("school_id", "zz", "expected a value of school_id in schools.csv"),
}


@pytest.mark.parametrize(("column", "value", "wanted"), SMALL.values(), ids=SMALL)
def test_a_record_made_by_hand_does_not_let_small_counts_pass(
    data: Path, column: str, value: str, wanted: str
) -> None:
    """Whoever forges the sum still meets the rules of the table."""
    edition, raw = read(data)
    frame = raw[TABLE].frame.copy()
    row = frame.index[(frame["count_mark"] == "withheld") & (frame["level"] == "school")][0]
    frame.loc[row, [column, f"{column}_mark"] if f"{column}_mark" in frame else column] = (
        [value, ""] if f"{column}_mark" in frame else value
    )
    record = json.loads(raw[TABLE].protection)
    record["tables"][TABLE] = {"sha256": digest(frame), "cells": count_cells(frame)}
    raw[TABLE] = replace(raw[TABLE], frame=frame, protection=json.dumps(record))
    with pytest.raises(InputError) as error:
        check(raw, edition)
    assert wanted in str(error.value)
    assert f"found {value}" not in str(error.value)
    assert f'"{value}"' not in str(error.value)


def test_the_order_of_private_rows_changes_no_byte(tmp_path: Path) -> None:
    data = write_data(tmp_path / "data")
    back = text(dict(reversed(invented().items())))
    one = protect(write_private(tmp_path / "one"), data).files
    other = protect(write_private(tmp_path / "other", back), data).files
    assert one == other


@pytest.mark.parametrize(
    ("totals", "levels"),
    [("network", {"school", "network"}), ("whole", {"school", "whole"})],
)
def test_only_the_published_totals_are_written(
    tmp_path: Path, totals: str, levels: set[str]
) -> None:
    data = write_data(tmp_path / "data", POLICY.replace('["network", "whole"]', f'["{totals}"]'))
    made = protect(write_private(tmp_path / "private"), data).files
    record = json.loads(made[1].content)
    assert {cell["level"] for cell in record["tables"][TABLE]["cells"]} == levels
    assert len(record["relations"]) == 2


def test_an_edition_says_nothing_of_surveys_that_it_has_not() -> None:
    assert Policy(10, 10).as_json()["ladders"] == {}
    assert TABLE not in EDITION
