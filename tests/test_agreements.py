"""Agreements side by side, clause by clause and year by year: what may be called removed, what a
quantity was before, what was in force, and that each value is what its query gives."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import InputError
from generator.facts import query
from generator.model import Fact, Record, Text
from generator.views.inforce import bounds, school_year, state_of, years
from generator.views.matrix import Cell, matrix
from generator.views.redline import compared, redlines
from tests.agreements_edition import CLAUSES, write_agreements
from tests.edition import edit, write_edition
from tests.presenting import ROOT, all_pages, record_of, site_of
from tests.test_facts import computed, database


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Record:
    return record_of(write_agreements(tmp_path_factory.mktemp("agreements") / "data"))


@pytest.fixture(scope="module")
def real() -> Record:
    return record_of(ROOT / "data")


def cells(record: Record) -> list[tuple[str, str, str, Cell]]:
    """(category, topic, text, cell) of the whole matrix."""
    return [
        (part.code, topic.code, cell.text.key, cell)
        for part in matrix(record).parts
        for topic in part.topics
        for cell in topic.cells
    ]


def facts(record: Record) -> list[Fact]:
    found = matrix(record)
    terms = [
        *(term for _, _, _, cell in cells(record) for term in cell.terms),
        *(term for part in found.parts for topic in part.topics for term in topic.others),
    ]
    calendar = years(record)
    return [
        *(cell.standing for _, _, _, cell in cells(record) if cell.standing),
        *(term.amount for term in terms if term.amount),
        *(year.count for year in calendar.years),
        *(one.state for year in calendar.years for one in (*year.agreements, *year.others)),
        *(row.count for one in redlines(record).values() for row in one.counts),
        *(clause.status for one in redlines(record).values() for clause in one.clauses),
    ]


@pytest.mark.parametrize("name", ["made", "real"])
def test_every_value_is_what_its_query_gives(name: str, made: Record, real: Record) -> None:
    record = {"made": made, "real": real}[name]
    tables = database(record)
    assert facts(record)
    for fact in facts(record):
        (value,) = computed(fact, tables)
        if fact.kind == "money":
            assert float(value) == fact.value
        else:
            assert value == str(fact.value), query(fact)


# ---- the matrix


def test_a_topic_is_removed_only_between_texts_held_in_full(made: Record) -> None:
    found = {
        (topic, text): cell.standing.value for _, topic, text, cell in cells(made) if cell.standing
    }
    assert found == {
        ("training-hours", "full-2022"): "removed",
        ("reports", "full-2021"): "not in this text",
        ("reports", "full-2022"): "added",
    }


def test_nothing_is_removed_in_the_edition_for_chicago(real: Record) -> None:
    assert [cell.standing for _, _, _, cell in cells(real) if cell.standing] == []
    page = all_pages(site_of(ROOT / "data"))["agreements/compare/"].body.partition("## Sources")[0]
    assert "not in the part we read" in page
    assert "<ins" not in page
    assert "<del" not in page
    assert ">removed<" not in page


def test_a_text_held_in_part_is_never_said_to_lack_a_topic(tmp_path: Path) -> None:
    data = write_agreements(tmp_path / "data", clauses=None)
    for line in (4, 5):
        edit(data, "agreements", line, "text_held", "excerpt")
    assert [cell.standing for _, _, _, cell in cells(record_of(data)) if cell.standing] == []


def test_a_full_text_without_terms_says_nothing_of_topics(tmp_path: Path) -> None:
    data = write_agreements(tmp_path / "data", clauses=None)
    edit(data, "agreements", 6, "text_held", "full")
    edit(data, "agreements", 7, "text_held", "full")
    found = {text for _, _, text, cell in cells(record_of(data)) if cell.standing}
    assert found == {"full-2021", "full-2022", "part-2023"}


def test_a_topic_under_another_category_is_not_called_missing(made: Record) -> None:
    found = {(category, text): cell for category, topic, text, cell in cells(made)
             if topic == "yearly-ceiling"}  # fmt: skip
    assert found["training", "full-2021"].elsewhere
    assert not found["training", "full-2021"].terms
    assert not found["cost", "full-2021"].elsewhere


def test_quantities_are_told_one_after_the_other(real: Record, made: Record) -> None:
    (ceiling,) = [one for one in matrix(real).changes if one.code == "contract_ceiling"]
    assert [term.amount.value for step in ceiling.steps for term in step.terms if term.amount] == [
        33000000, 12100000, 11000000, 10200000, 10300000,
    ]  # fmt: skip
    (open_,) = [one for one in matrix(made).changes if one.code == "yearly-ceiling"]
    assert [(step.text.key, len(step.terms), step.elsewhere) for step in open_.steps] == [
        ("agreement-2020", 1, False), ("full-2021", 1, False), ("full-2022", 0, True),
        ("part-2023", 1, False),
    ]  # fmt: skip


def test_a_page_tells_the_ceiling_as_money() -> None:
    body = all_pages(site_of(ROOT / "data"))["agreements/compare/"].body
    first, then = body.index(">$33,000,000<"), body.index(">$12,100,000<")
    assert first < then
    assert ", then " in body[first:then]


def test_every_term_stands_in_the_matrix_once(real: Record) -> None:
    shown = [term.row.key for _, _, _, cell in cells(real) for term in cell.terms]
    shown += [term.row.key for part in matrix(real).parts for topic in part.topics
              for term in topic.others]  # fmt: skip
    assert sorted(shown) == sorted(str(row["term_id"]) for row in real.rows["terms"])


# ---- clause by clause


def test_clauses_are_added_removed_changed_or_the_same(made: Record) -> None:
    (found,) = redlines(made).values()
    assert [(one.number.codes["clause"], one.status.value) for one in found.clauses] == [
        ("scope", "the same"), ("pay", "changed"), ("badge", "removed"), ("reports", "added"),
    ]  # fmt: skip
    assert {row.code: row.count.value for row in found.counts} == {
        "added": 1, "removed": 1, "changed": 1, "same": 1,
    }  # fmt: skip


def test_what_is_new_or_gone_is_said_in_words(tmp_path: Path) -> None:
    body = all_pages(site_of(write_agreements(tmp_path / "data")))["agreements/full-2022/"].body
    assert (
        '<del><span class="sro-hidden">removed: </span><span data-text>11</span></del>'
        ' <ins><span class="sro-hidden">added: </span><span data-text>9</span></ins>'
    ) in body
    assert "&lt;each&gt; year." in body
    for status in ("added", "removed", "changed", "the same"):
        assert f">{status}</span>" in body


def test_a_text_without_its_clauses_has_no_redline(real: Record, tmp_path: Path) -> None:
    assert redlines(real) == {}
    assert redlines(record_of(write_edition(tmp_path / "data"))) == {}


WORDS = st.lists(st.sampled_from("the schools pay at most nine parts".split())).map(" ".join)


@given(WORDS, WORDS)
def test_the_pieces_give_both_texts_again(old: str, new: str) -> None:
    pieces = compared(old, new)
    assert " ".join(one.words.value for one in pieces if one.kind != "added") == old
    assert " ".join(one.words.value for one in pieces if one.kind != "removed") == new


@pytest.mark.parametrize(
    ("line", "column", "value", "message"),
    [
        (2, "agreement_id", "part-2023", "data/clauses.csv:2 agreement_id: found \"part-2023\", "
         "expected a text whose text_held is full. Give the text in full and say so in "
         "agreements.csv, or leave the clause out."),
        (3, "position", "1", "data/clauses.csv:3 position: found \"1\", expected a place that no "
         "other clause of the text has. Number the clauses in reading order."),
    ],
)  # fmt: skip
def test_a_clause_of_a_text_held_in_part_is_refused(
    tmp_path: Path, line: int, column: str, value: str, message: str
) -> None:
    data = write_agreements(tmp_path / "data")
    edit(data, "clauses", line, column, value)
    with pytest.raises(InputError) as error:
        record_of(data)
    assert [str(one) for one in error.value.problems] == [message]
    assert CLAUSES


def test_a_topic_without_a_title_is_refused(tmp_path: Path) -> None:
    data = write_agreements(tmp_path / "data")
    edit(data, "terms", 2, "topic", "ceiling")
    with pytest.raises(InputError) as error:
        record_of(data)
    assert [str(one) for one in error.value.problems] == [
        'data/terms.csv:2 topic: found "ceiling", expected a topic of topics.csv. Add its title '
        "there, or use the code of the same subject."
    ]


# ---- year by year


def test_what_was_in_force_is_told_as_far_as_dates_are_known(made: Record) -> None:
    found = {
        year.year: {one.text.key: one.state.value for one in (*year.agreements, *year.others)}
        for year in years(made).years
    }
    assert list(found) == [f"{y}-{y - 1999}" for y in range(2017, 2025)]
    ended = "in force on a day in it or later; the first day in force is not found"
    began = "begun by its end; the last day in force is not found"
    adopted = "adopted by its end; the days in force are not found"
    named = "made for this school year"
    assert found["2017-18"] == {"old": ended, "decree": "in force for a part of it"}
    assert found["2018-19"] == {"decree": "in force for all of it"}
    # Of an order of 2019 the day is not known: it may be of December.
    assert found["2019-20"] == {"decree": "in force for all of it", "order-2019": began}
    assert found["2021-22"] == {
        "full-2021": named, "decree": "in force for a part of it", "order-2019": began,
    }  # fmt: skip
    assert found["2022-23"] == {"full-2022": named, "order-2019": began}
    assert found["2023-24"] == {
        "part-2023": named, "order-2019": began, "resolution-2024": adopted,
    }  # fmt: skip
    assert [line.key for line in years(made).undated] == ["law"]
    assert [line.key for line in years(made).said] == ["said"]


@pytest.mark.parametrize(
    ("day", "year"),
    [("2020-08-31", "2019-20"), ("2020-09-01", "2020-21"), ("1999-12-31", "1999-00"),
     ("2021-01", "2020-21")],
)  # fmt: skip
def test_a_school_year_begins_in_september(day: str, year: str) -> None:
    assert school_year(day) == year
    assert len(bounds(year)[0]) == len("2020-09-01")


@pytest.mark.parametrize(
    ("starts", "ends", "state"),
    [("2020-09-01", "2021-08-31", "in force for all of it"),
     ("2020-09-02", "2021-08-31", "in force for a part of it"),
     ("2021-08-31", "2022-01-01", "in force for a part of it"),
     ("2021-09-01", "2022-01-01", ""), ("2019-01-01", "2020-08-31", ""),
     ("2019-01-01", "2020-09-01", "in force for a part of it"),
     ("2020", "2022", "in force for a part of it"), ("2021", "2022", "")],
)  # fmt: skip
def test_the_first_and_the_last_day_count(starts: str, ends: str, state: str) -> None:
    row = {"school_year": None, "adopted_on": None, "starts_on": starts, "ends_on": ends}
    assert state_of(row, "2020-21") == state


def test_no_agreement_is_found_between_2016_and_2019(real: Record) -> None:
    counts = {year.year: year.count.value for year in years(real).years}
    assert {year: counts[year] for year in ("2015-16", "2016-17", "2018-19", "2019-20")} == {
        "2015-16": 1, "2016-17": 0, "2018-19": 0, "2019-20": 1,
    }  # fmt: skip
    assert all(isinstance(year.words, Text) for year in years(real).years)
