"""The ledgers of reported errors and of records requests: days by query, rows that are refused,
pages with the way to each value."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from generator.commands.check import count_rows
from generator.commands.release import unreleased
from generator.errors import InputError
from generator.facts import query
from generator.model import Fact, Record
from generator.pages import facts_of
from generator.pages.ledgers import contexts
from generator.pipeline import build
from generator.present.whereabouts import whereabouts
from generator.verify import verify
from generator.views.corrections import Corrections, Shown, corrections
from generator.views.days import data_day, data_day_fact
from generator.views.requests import Requests, requests
from tests.edition import drop_row, edit, write_edition
from tests.ledger_edition import votes_line, write_ledgers, write_spoken_ledgers
from tests.mutations import remake
from tests.presenting import all_pages, record_of, settings, site_of
from tests.shared import made_once
from tests.test_facts import computed, database

NOWHERE = Shown("", "", None, "", "", "")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_ledgers(tmp_path_factory.mktemp("ledgers") / "data")


@pytest.fixture(scope="module")
def record(data: Path) -> Record:
    return record_of(data)


def reported(record: Record) -> Corrections:
    return corrections(record, lambda _: NOWHERE)


def asked(record: Record) -> Requests:
    return requests(record, lambda _: NOWHERE)


def test_every_value_is_what_its_query_gives(record: Record) -> None:
    late = [one.overdue for one in asked(record).entries if one.overdue]
    found: list[Fact] = [
        data_day_fact(record),
        *(one.days for one in reported(record).entries),
        *(one.count for one in reported(record).counts),
        *(one.days for one in asked(record).entries),
        *(one.count for one in asked(record).counts),
        *late,
    ]
    tables = database(record)
    assert len(found) == 19
    for fact in found:
        assert computed(fact, tables) == [str(fact.value)], query(fact)


def test_days_end_with_the_decision_or_with_the_newest_day_of_the_tables(record: Record) -> None:
    assert data_day(record) == "2025-11-02"  # evidence: the day on which somebody looked
    entries = reported(record).entries
    assert [(one.row.key, one.days.value) for one in entries] == [
        ("place", 2), ("row", 245), ("schools", 0), ("seats", 10), ("arrests", 286),
    ]  # fmt: skip
    assert {one.row.key: one.days.value for one in asked(record).entries} == {
        "undated": 4, "quorum": 336, "late": 19,
    }  # fmt: skip


def test_overdue_is_only_what_a_law_sets_and_what_has_passed(record: Record) -> None:
    late = {one.row.key: one.overdue and one.overdue.value for one in asked(record).entries}
    assert late == {"undated": None, "quorum": 329, "late": 12}


def test_on_the_due_day_itself_nothing_is_overdue(tmp_path: Path) -> None:
    data = write_ledgers(tmp_path / "data")
    edit(data, "requests", 3, "answered_on", "2024-10-08")
    late = {one.row.key: one.overdue for one in asked(record_of(data)).entries}
    assert late["late"] is None


def test_without_a_day_nothing_is_counted(record: Record) -> None:
    bare = replace(record, rows={**record.rows, "corrections": (), "requests": ()})
    assert reported(bare) == Corrections((), ())
    assert asked(bare) == Requests((), ())
    (_, _, first), (_, _, second) = contexts(bare, whereabouts(bare), lambda _: ())
    assert first["day"] is second["day"] is None


def test_each_value_is_found_on_the_page_of_its_school_before_others(data: Path) -> None:
    whole = site_of(data)
    all_pages(whole)

    def where(address: str) -> tuple[str, object]:
        found = whole.places.find(address, lambda key: facts_of(whole, key))
        return found.path, found.fact and found.fact.value

    assert where("votes.heights-2020.seats") == ("schools/000104/", 12)
    assert where("votes.heights-2020.outcome") == ("schools/000104/", "keep")
    assert where("votes.fixture-2021.quorum") == ("schools/900003/", None)
    assert where("incidents.i-2012.count") == ("incidents/", 3400)
    assert where("schools.district.all") == ("schools/", 4)
    assert where("rosters.sample-park.2020-21.minutes") == ("schools/900002/", None)
    assert where("schools.000104.latitude") == ("", None)
    assert where("votes.board-2024") == ("", None)  # nobody names it: it was not noted


def test_the_ledger_links_to_pages_and_receipts(data: Path) -> None:
    pages = all_pages(site_of(data))
    body = pages["corrections/"].body
    assert 'href="../schools/000104/#receipt-votes.heights-2020.seats"' in body
    assert 'id="receipt-votes.heights-2020.seats"' in pages["schools/000104/"].body
    assert 'href="../incidents/#receipt-incidents.i-2012.count"' in body
    assert "none yet" in body
    assert body.index('id="correction-row"') < body.index('id="correction-arrests"')
    body = pages["requests/"].body
    assert 'href="../schools/900003/#receipt-votes.fixture-2021.quorum"' in body
    assert "Invented Records Act, section 3" in body


@pytest.mark.parametrize("rows", [None, ()])
def test_an_empty_ledger_says_so_and_counts_nothing(tmp_path: Path, rows: tuple[()] | None) -> None:
    data = write_edition(tmp_path / "data", corrections=rows, replies=rows, requests=rows)
    pages = all_pages(site_of(data))
    assert "No report of an error is among the rows" in pages["corrections/"].body
    assert "No request for records is among the rows" in pages["requests/"].body
    assert "<data" not in pages["corrections/"].body + pages["requests/"].body


@pytest.fixture(scope="module")
def true_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_once(tmp_path_factory, "ledgers", build_spoken) / "site"


def build_spoken(folder: Path) -> None:
    build(settings(folder, write_spoken_ledgers(folder / "data")), lambda _: None)


def test_a_true_site_has_no_mismatch(true_site: Path) -> None:
    assert verify(true_site).mismatches == ()


@pytest.mark.parametrize(
    ("page", "old", "new"),
    [
        ("corrections/index.html", 'id="correction-arrests"', 'id="correction-seats"'),
        ("es/requests/index.html", 'id="request-late"', 'id="request-none"'),
        ("corrections/index.html", "#receipt-votes.heights-2020.seats", "#receipt-nothing"),
        ("corrections/index.html", "../incidents/#", "../costs/#"),
        ("es/corrections/index.html", "../schools/000104/#", "../schools/900002/#"),
        ("requests/index.html", '<data value="329"', '<data value="328"'),
    ],
)
def test_a_falsehood_of_a_ledger_is_found(
    true_site: Path, copied: Callable[[Path], Path], page: str, old: str, new: str
) -> None:
    copy = copied(true_site)
    html = (copy / page).read_text("utf-8")
    article = html.index('<article class="sro-entry')
    assert old in html[article:]
    changed = html[:article] + html[article:].replace(old, new, 1)
    (copy / page).write_text(changed, encoding="utf-8")
    remake(copy)
    assert verify(copy).mismatches


COPY = "Copy it from the receipt of the value."
FACT = (
    "expected the id of a value in facts.csv, a cell as table.row-key.column, or a row as"
    f" table.row-key. {COPY}"
)


@pytest.mark.parametrize(
    ("table", "line", "column", "value", "message"),
    [
        ("corrections", 2, "fact", "votes.heigths-2020.seats", 'data/corrections.csv:2 fact: found'
         ' "votes.heigths-2020.seats", expected the id of a value in facts.csv, a cell as'
         ' table.row-key.column, or a row as table.row-key. Did you mean "heights-2020"?'),
        ("corrections", 2, "fact", "votes.heights-2020.chairs", 'data/corrections.csv:2 fact: found'
         ' "votes.heights-2020.chairs", expected the id of a value in facts.csv, a cell as'
         ' table.row-key.column, or a row as table.row-key. Did you mean "heights-2020"?'),
        ("corrections", 2, "fact", "ballots.heights-2020.seats", "data/corrections.csv:2 fact:"
         f' found "ballots.heights-2020.seats", {FACT}'),
        ("replies", 2, "fact", "the vote of Example Heights", 'data/replies.csv:2 fact: found'
         f' "the vote of Example Heights", {FACT}'),
        ("corrections", 2, "decided_on", "", 'data/corrections.csv:2 decision: found "accepted",'
         " expected the day and the reason of a decision, and neither while it is open. Fill"
         " decided_on and why, or write open."),
        ("corrections", 2, "why", "", 'data/corrections.csv:2 decision: found "accepted",'
         " expected the day and the reason of a decision, and neither while it is open. Fill"
         " decided_on and why, or write open."),
        ("corrections", 3, "why", "So it is.", 'data/corrections.csv:3 decision: found "open",'
         " expected the day and the reason of a decision, and neither while it is open. Fill"
         " decided_on and why, or write open."),
        ("corrections", 2, "decided_on", "2025-01-31", "data/corrections.csv:2 decided_on: found"
         ' "2025-01-31", expected a day that is not before received_on. Correct one of the two'
         " days."),
        ("corrections", 2, "received_on", "2025-01", "data/corrections.csv:2 received_on: found"
         ' "2025-01", expected whole days in received_on and decided_on. Write them as'
         " 2026-01-31."),
        ("corrections", 2, "evidence", "", "data/corrections.csv:2 evidence: found an empty cell,"
         " expected the evidence on which a report was accepted. Say what shows that the value was"
         " wrong."),
        ("corrections", 3, "release", "2025-02-02", "data/corrections.csv:3 release: found"
         ' "2025-02-02", expected a release only beside an accepted report. Empty it, or write'
         " accepted."),
        ("corrections", 2, "problem", "This is what Gomez says.", "data/corrections.csv:2 problem:"
         " found an unknown capitalised word at character 14, expected words that point to no"
         " person. Say it without, or allow the word in site.toml under [textgate]."),
        ("corrections", 2, "reporter", "neighbor", 'data/corrections.csv:2 reporter: found'
         ' "neighbor", expected one of: parent, student, school, council, journalist, organization,'
         " office, resident, maintainer, not_said. Use one of these codes, or declare a new one."),
        ("replies", 2, "school_id", "000104", "data/replies.csv:2 fact: found"
         ' "votes.heights-2020.outcome", expected one of fact, school_id and unit_id. Fill the one'
         " that the reply is about, and leave the others empty."),
        ("replies", 2, "fact", "", "data/replies.csv:2 fact: found an empty cell, expected one of"
         " fact, school_id and unit_id. Fill the one that the reply is about, and leave the others"
         " empty."),
        ("replies", 2, "source_id", "", "data/replies.csv:2 source_id: found an empty cell,"
         " expected an id of small letters, digits and single hyphens, underscores or full stops."
         " Fill the cell, or leave out the row."),
        ("replies", 2, "words", "They said “a b c d e f g h i” to us.", "data/replies.csv:2 words:"
         " found a quotation of more than 8 words at character 11, expected words that point to no"
         " person. Say in our words what was meant."),
        ("requests", 2, "covers", "votes.fixture-2021.quorum votes.nobody.quorum",
         'data/requests.csv:2 covers: found "votes.nobody.quorum", expected cells that are there,'
         f" as table.row-key.column. {COPY}"),
        ("requests", 2, "law", "", 'data/requests.csv:2 due_on: found "2024-12-08", expected the'
         " law that sets the day beside it. Name it in law, or leave due_on empty."),
        ("requests", 3, "answered_on", "", 'data/requests.csv:3 answer: found "partly", expected'
         " the day of an answer, and none while it is open. Fill answered_on, or write open."),
        ("requests", 3, "answered_on", "2024-09-30", 'data/requests.csv:3 sent_on: found'
         ' "2024-10-01", expected a day that is not after due_on or answered_on. Correct the'
         " days."),
    ],
)  # fmt: skip
def test_a_row_that_holds_nothing_is_refused(
    tmp_path: Path, table: str, line: int, column: str, value: str, message: str
) -> None:
    data = write_ledgers(tmp_path / "data")
    edit(data, table, line, column, value)
    with pytest.raises(InputError) as error:
        record_of(data)
    assert [str(one) for one in error.value.problems] == [message]


def answered(data: Path) -> None:
    edit(data, "requests", 2, "answer", "denied")
    edit(data, "requests", 2, "answered_on", "2024-12-09")


@pytest.mark.parametrize(
    "change",
    [
        answered,
        lambda data: (data / "requests.csv").unlink(),
        lambda data: drop_row(data, "requests", 2),
    ],
)
def test_a_gap_that_no_open_request_covers_is_refused(
    tmp_path: Path, change: Callable[[Path], None]
) -> None:
    data = write_ledgers(tmp_path / "data")
    change(data)
    with pytest.raises(InputError) as error:
        record_of(data)
    line = votes_line(data, "fixture-2021")
    assert [str(one) for one in error.value.problems] == [
        f'data/votes.csv:{line} quorum_mark: found the mark "requested", expected an open request'
        " in requests.csv that covers votes.fixture-2021.quorum. Name it in covers of the request,"
        " or write the mark of the answer."
    ]


def test_a_correction_of_no_computed_value_stops_the_build(tmp_path: Path) -> None:
    data = write_ledgers(tmp_path / "data")
    edit(data, "corrections", 4, "fact", "schools.district.none")
    with pytest.raises(InputError) as error:
        build(settings(tmp_path, data), lambda _: None)
    assert [str(one) for one in error.value.problems] == [
        'data/corrections.csv:4 fact: found "schools.district.none", expected the id of a value in'
        " facts.csv, a cell as table.row-key.column, or a row as table.row-key."
        ' Did you mean "schools.district.all"?'
    ]
    assert not (tmp_path / "site").exists()


def test_a_release_names_the_accepted_corrections_that_no_release_names(data: Path) -> None:
    """Neither open nor declined ones, and none that says its release."""
    record = record_of(data)
    assert unreleased(record) == ["seats"]
    rows = tuple({**row, "release": "2025-03-01"} for row in record.rows["corrections"])
    assert unreleased(replace(record, rows={**record.rows, "corrections": rows})) == []
    assert unreleased(replace(record, rows={})) == []


def test_a_correction_in_no_release_is_refused(tmp_path: Path) -> None:
    data = write_ledgers(tmp_path / "data")
    edit(data, "corrections", 2, "release", "2025-02-12")
    message = (
        'data/corrections.csv:2 release: found "2025-02-12", expected no release: none is made.'
        " Leave it empty until the release is made."
    )
    for refuse in (count_rows, lambda data: build(settings(tmp_path, data), lambda _: None)):
        with pytest.raises(InputError) as error:
            refuse(data)
        assert [str(one) for one in error.value.problems] == [message]
