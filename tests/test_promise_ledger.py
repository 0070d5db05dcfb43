"""The promise ledger: statuses on their boundaries, days by a sourced due date, rows that are
refused, and pages that verify recomputes."""

import sqlite3
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import InputError
from generator.facts import query
from generator.model import Fact, Record
from generator.views.days import days_between, number_sql
from generator.views.promises import Promise, promises, status_of
from tests.edition import EDITION, edit, write_edition
from tests.presenting import ROOT, all_pages, record_of, site_of
from tests.test_facts import computed, database

PLAIN = {"finding": "open", "due_on": None, "as_of": "2021-06-01", "looked_on": None}


@pytest.fixture(scope="module", params=["small", "real"])
def record(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Record:
    if request.param == "real":
        return record_of(ROOT / "data")
    return record_of(write_edition(tmp_path_factory.mktemp("promises") / "data"))


def every(record: Record) -> list[Promise]:
    return [one for text in promises(record).texts for one in text.promises]


def facts(record: Record) -> list[Fact]:
    ledger = promises(record)
    return [
        *(row.count for row in ledger.counts),
        *(text.count for text in ledger.texts),
        *(one.status for one in every(record)),
        *(one.past_due for one in every(record) if one.past_due),
    ]


def test_every_value_is_what_its_query_gives(record: Record) -> None:
    tables = database(record)
    assert facts(record)
    for fact in facts(record):
        assert computed(fact, tables) == [str(fact.value)], query(fact)


def test_statuses_add_up_to_the_rows(record: Record) -> None:
    counts = promises(record).counts
    rows = record.rows["evidence"]
    assert sum(int(str(row.count.value)) for row in counts) == len(rows) == len(every(record))


def test_nothing_found_says_when_and_where_we_looked(record: Record) -> None:
    for one in every(record):
        nothing = one.row.codes["finding"] == "nothing"
        assert bool(one.looked_in) == nothing
        assert isinstance(one.row.cells["looked_on"], Fact)
        assert (one.row.cells["looked_on"].value is not None) == nothing


def test_days_stand_only_beside_a_sourced_due_date(record: Record) -> None:
    late = [one for one in every(record) if one.past_due]
    assert late
    assert [one for one in late if not one.due_source] == []
    assert {one.code for one in late} <= {"not_met", "none_found"}


@pytest.mark.parametrize(
    ("cells", "status"),
    [
        ({"finding": "done"}, "met"),
        ({"finding": "done", "due_on": "2022-01-01"}, "met"),
        ({"finding": "part"}, "partly met"),
        ({"finding": "not_done", "due_on": "2022-01-01"}, "not met"),
        ({"finding": "open"}, "not met"),
        ({"finding": "open", "due_on": "2021-06-01"}, "not met"),
        ({"finding": "open", "due_on": "2021-06-02"}, "not yet due"),
        ({"finding": "nothing", "looked_on": "2021-06-01"}, "none found by us"),
        ({"finding": "nothing", "looked_on": "2021-06-01", "due_on": "2021-06-01"},
         "none found by us"),
        ({"finding": "nothing", "looked_on": "2021-06-01", "due_on": "2021-06-02"}, "not yet due"),
    ],
)  # fmt: skip
def test_a_status_follows_by_rule(cells: dict[str, str], status: str) -> None:
    assert status_of({**PLAIN, **cells}) == status


def test_the_small_edition_has_every_status(tmp_path: Path) -> None:
    made = record_of(write_edition(tmp_path / "data"))
    assert {(one.row.key, one.status.value) for one in every(made)} == {
        ("t-2020-training.2020-21", "met"),
        ("t-2020-training.2021-22", "partly met"),
        ("t-2020-training.2022-23", "not met"),
        ("t-2020-cost.2020-21", "not met"),
        ("t-2024-end.2024-25", "not yet due"),
        ("t-2020-cost.2025-26", "none found by us"),
        ("t-2020-cost.2021-22", "none found by us"),
    }
    late = {one.past_due.id: one.past_due.value for one in every(made) if one.past_due}
    assert late == {
        "days_overdue.term/t-2020-training.2022-23": 29,
        "days_to_look.term/t-2020-cost.2025-26": 63,
    }


def test_on_the_due_day_itself_nothing_is_overdue(tmp_path: Path) -> None:
    data = write_edition(tmp_path / "data")
    edit(data, "evidence", 4, "as_of", "2023-01-31")
    (one,) = [one for one in every(record_of(data)) if one.row.key == "t-2020-training.2022-23"]
    assert (one.status.value, one.past_due) == ("not met", None)


DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))


@given(DAYS)
def test_a_day_later_is_a_number_more(day: date) -> None:
    database_ = sqlite3.connect(":memory:")
    later = day + timedelta(days=1)
    texts = [f"'{one.isoformat()}'" for one in (day, later)]
    (found,) = database_.execute(
        f"select ({number_sql(texts[1])}) - ({number_sql(texts[0])})"
    ).fetchone()
    assert found == days_between(day.isoformat(), later.isoformat()) == 1


@pytest.mark.parametrize(
    ("line", "column", "value", "message"),
    [
        (4, "due_source_id", "", "data/evidence.csv:4 due_on: found \"2023-01-31\", expected a due "
         "date together with its source, or neither. Name in due_source_id who says the day, or "
         "leave both empty."),
        (2, "due_source_id", "board", "data/evidence.csv:2 due_on: found an empty cell, expected a "
         "due date together with its source, or neither. Name in due_source_id who says the day, "
         "or leave both empty."),
        (4, "due_on", "2023-01", "data/evidence.csv:4 due_on: found \"2023-01\", expected whole "
         "days in due_on, as_of and looked_on where a due date is given. Leave out a due date of "
         "which the day is not known."),
        (4, "as_of", "2023", "data/evidence.csv:4 due_on: found \"2023-01-31\", expected whole "
         "days in due_on, as_of and looked_on where a due date is given. Leave out a due date of "
         "which the day is not known."),
        (2, "as_of", "", "data/evidence.csv:2 as_of: found an empty cell, expected the date of "
         "what a source says, and none where nothing was found. Fill as_of, or write nothing under "
         "finding."),
        (6, "looked_on", "", "data/evidence.csv:6 looked_on: found an empty cell, expected the day "
         "we looked where nothing was found, and none elsewhere. Fill looked_on only beside the "
         "finding nothing."),
        (6, "looked_in", "", "data/evidence.csv:6 looked_in: found an empty cell, expected the "
         "sources looked through where nothing was found, and none elsewhere. Fill looked_in only "
         "beside the finding nothing."),
        (2, "looked_in", "board", "data/evidence.csv:2 looked_in: found \"board\", expected the "
         "sources looked through where nothing was found, and none elsewhere. Fill looked_in only "
         "beside the finding nothing."),
        (2, "source_id", "", "data/evidence.csv:2 source_id: found an empty cell, expected an id "
         "of small letters, digits and single hyphens, underscores or full stops. Fill the cell, "
         "or leave out the row."),
    ],
)  # fmt: skip
def test_a_row_that_proves_nothing_is_refused(
    tmp_path: Path, line: int, column: str, value: str, message: str
) -> None:
    data = write_edition(tmp_path / "data")
    edit(data, "evidence", line, column, value)
    with pytest.raises(InputError) as error:
        record_of(data)
    assert [str(one) for one in error.value.problems] == [message]


def test_an_edition_without_the_table_says_that_nothing_was_looked_up(tmp_path: Path) -> None:
    pages = all_pages(site_of(write_edition(tmp_path / "data", evidence=None)))
    assert "Nothing was looked up yet." in pages["promises/"].body
    assert "promises/" not in pages["agreements/agreement-2020/"].body


def test_each_agreement_with_promises_links_to_them(tmp_path: Path) -> None:
    pages = all_pages(site_of(write_edition(tmp_path / "data")))
    body = pages["agreements/agreement-2020/"].body
    assert 'href="../../promises/#text-agreement-2020"' in body
    assert "{: #text-agreement-2020 }" in pages["promises/"].body
    assert pages["promises/"].body.count('<article class="sro-promise"') == len(EDITION["evidence"])


# ---- the edition for Chicago


def test_what_the_follow_up_of_2019_said_stands_as_it_said_it() -> None:
    found = {one.row.key: one.status.value for one in every(record_of(ROOT / "data"))}
    assert {key: found[f"oig18-rec-{key}.2018-19"] for key in
            "mou data hire roster coord train eval".split()} == {
        "mou": "not met", "data": "not met", "hire": "not met", "roster": "met",
        "coord": "not met", "train": "none found by us", "eval": "none found by us",
    }  # fmt: skip


def test_reports_that_were_not_found_are_not_called_missing() -> None:
    found = {one.row.key: one.status.value for one in every(record_of(ROOT / "data"))}
    for key in ("mou19-arrestreport.2019-20", "iga20-quarterly.2020-21", "iga20-monitor.2020-21"):
        assert found[key] == "none found by us"
