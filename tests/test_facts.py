"""Every fact computes again from the published CSVs; ids say one thing each and stay."""

import csv
import io
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from generator import downloads
from generator.facts import absent, cell, counted, mark_of, query, row_key, sources_of, text, was
from generator.model import Fact, Kind, Mark, PageSource, Past, Record, Text
from generator.tables import BY_NAME
from generator.views.places import finder
from tests.edition import EDITION, edit, write_edition
from tests.presenting import NoPictures, all_pages, record_of, site_of
from tests.twenty import write_twenty

ROOT = Path(__file__).resolve().parents[1]
VOTES = BY_NAME["votes"]
NOT_IN_A_TABLE = "site.toml["
VOTE = {
    "vote_id": "a-2020", "unit_id": "a", "cycle": "2020", "vote_date": "2020-07", "seats": 12,
    "body": "council", "effective_school_year": None, "effective_school_year_mark": "not_held",
    "quorum": None, "quorum_mark": None, "caveat": None, "question_wording": "Keep?",
    "source_id": "minutes", "other_source_ids": "gazette minutes board",
}  # fmt: skip


def database(record: Record) -> sqlite3.Connection:
    """The published CSVs as tables of text, as a reader's own program would load them."""
    connection = sqlite3.connect(":memory:")
    for name, public in record.tables.items():
        content = downloads.to_csv(public.frame, public.table).decode()
        header, *rows = csv.reader(io.StringIO(content, newline=""), strict=True)
        columns = ", ".join(f'"{column}" text' for column in header)
        connection.execute(f'create table "{name}" ({columns})')
        places = ", ".join("?" for _ in header)
        connection.executemany(f'insert into "{name}" values ({places})', rows)
    return connection


def computed(fact: Fact, connection: sqlite3.Connection) -> list[str]:
    """What the fact's expression gives, as text; an empty cell is no value."""
    return [str(value) for (value,) in connection.execute(query(fact)) if value != ""]


def expected(fact: Fact) -> list[str]:
    """What it has to give: the value as the CSVs write it, nothing for a mark."""
    content = downloads.fact_lines([downloads.fact_line(fact)]).decode()
    value = next(csv.DictReader(io.StringIO(content)))["value"]
    return [value] if value else []


def facts_of(pages: Mapping[str, PageSource]) -> Iterator[tuple[str, Fact]]:
    """Every printed fact with the path of its page."""
    return ((path, fact) for path, page in pages.items() for fact in page.facts)


class Printed:
    """All pages of an edition, its facts, and its published tables."""

    def __init__(self, data: Path) -> None:
        whole = site_of(data, pictures=NoPictures())
        self.record = whole.record
        self.pages = all_pages(whole)
        self.facts = {fact.id: fact for _, fact in facts_of(self.pages)}


@pytest.fixture(scope="module", params=["small", "twenty", "real"])
def printed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Printed:
    folder = tmp_path_factory.mktemp("facts") / "data"
    write = {"small": write_edition, "twenty": write_twenty}.get(request.param)
    return Printed(write(folder) if write else ROOT / "data")


def test_every_fact_computes_again_from_the_published_csvs(printed: Printed) -> None:
    connection = database(printed.record)
    wrong = [
        (fact.id, query(fact), computed(fact, connection), expected(fact))
        for fact in printed.facts.values()
        if not fact.expression.startswith(NOT_IN_A_TABLE)
        and computed(fact, connection) != expected(fact)
    ]
    assert not wrong, "\n".join(map(str, wrong[:10]))
    kinds = Counter(fact.expression.startswith("sql: ") for fact in printed.facts.values())
    assert kinds[True] > 100
    assert kinds[False] > 100


def test_one_id_says_one_thing_on_every_page(printed: Printed) -> None:
    for path, fact in facts_of(printed.pages):
        assert fact == printed.facts[fact.id], path


def test_a_fact_has_a_value_or_a_mark(printed: Printed) -> None:
    for fact in printed.facts.values():
        assert (fact.value is None) == (fact.mark is not None), fact.id
        assert fact.formula or fact.expression.startswith(NOT_IN_A_TABLE), fact.id
        assert fact.expression, fact.id


def test_a_fact_says_its_measure_subject_and_period(printed: Printed) -> None:
    for fact in printed.facts.values():
        if fact.expression.startswith("sql: "):
            assert fact.id == f"{fact.measure}.{fact.subject}.{fact.period}"
        elif not fact.expression.startswith(NOT_IN_A_TABLE):
            table, _, column = fact.measure.partition(".")
            assert fact.id.startswith(f"{table}.")
            assert fact.id.endswith(f".{column}")
        kind, _, name = fact.subject.partition("/")
        known = {
            "unit": printed.record.units, "school": printed.record.school_names,
            "source": printed.record.sources, "table": printed.record.tables,
            "claim": [row["claim_id"] for row in printed.record.rows["claims"]],
            "term": [row["term_id"] for row in printed.record.rows["terms"]],
        }  # fmt: skip
        assert name in known[kind] if kind in known else kind in SUBJECTS, fact.subject


SUBJECTS = ("district", "agreement", "edition")


def test_inputs_are_rows_that_exist_and_counts_count_them(printed: Printed) -> None:
    rows = {
        f"{name}/{row_key(public.table, row)}"
        for name, public in printed.record.tables.items()
        for row in public.frame.to_dict("records")
    }
    sources = set(printed.record.sources)
    for fact in printed.facts.values():
        assert set(fact.inputs) <= rows, fact.id
        assert set(fact.sources) <= sources, fact.id
        assert len(fact.sources) == len(set(fact.sources)), fact.id
        counts_rows = fact.inputs and fact.expression.startswith("sql: select count(*)")
        assert not counts_rows or fact.value == len(fact.inputs), fact.id


def test_ids_do_not_depend_on_the_order_of_rows(tmp_path: Path) -> None:
    turned = {name: list(reversed(rows)) for name, rows in EDITION.items()}
    one = Printed(write_edition(tmp_path / "one"))
    other = Printed(write_edition(tmp_path / "other", **turned))
    assert one.facts.keys() == other.facts.keys()
    for key, fact in one.facts.items():
        assert (fact.value, fact.mark) == (other.facts[key].value, other.facts[key].mark)


# ---- one fact at a time


def test_a_cell_knows_where_it_stands() -> None:
    fact = cell(VOTES, VOTE, "seats", "unit/a")
    assert fact == Fact(
        id="votes.a-2020.seats", subject="unit/a", measure="votes.seats", period="2020", value=12,
        kind="count", formula="Voting members that the body had, filled or not.",
        expression="votes[a-2020].seats", inputs=("votes/a-2020",),
        sources=("minutes", "gazette", "board"),
    )  # fmt: skip


def test_a_category_has_its_label() -> None:
    assert cell(VOTES, VOTE, "body", "unit/a").label == "council"


@pytest.mark.parametrize(
    ("column", "mark"), [("effective_school_year", Mark.NOT_HELD), ("quorum", Mark.NOT_FOUND)]
)
def test_an_empty_cell_says_why(column: str, mark: Mark) -> None:
    fact = cell(VOTES, VOTE, column, "unit/a")
    assert (fact.value, fact.mark) == (None, mark)
    assert mark_of(VOTES.column(column), VOTE) == mark


def test_a_key_of_several_columns_is_one_string() -> None:
    row = {"unit_id": "a", "school_year": "2020-21", "source_id": "b", "officers": 2}
    assert row_key(BY_NAME["rosters"], row) == "a.2020-21.b"


def test_any_key_is_safe_in_a_query() -> None:
    row = {"school_id": "1", "name": "O'Neil]. School", "name_kind": "listed", "source_id": "b"}
    fact = cell(BY_NAME["school_names"], row, "name_kind", "school/1")
    assert query(fact) == (
        'select "name_kind" from school_names where "school_id" || \'.\' || "name" = '
        "'1.O''Neil]. School'"
    )


def test_words_keep_their_sources_and_nothing_is_no_words() -> None:
    words = text(VOTE, "question_wording")
    assert words == Text("Keep?", ("minutes", "gazette", "board"))
    assert text(VOTE, "caveat") is None


def test_a_row_without_a_source_has_none() -> None:
    assert sources_of({"source_id": None}) == ()
    assert sources_of({"source_id": "a", "other_source_ids": None}) == ("a",)


def test_a_count_counts_its_rows_and_names_them() -> None:
    rows = [VOTE, {**VOTE, "vote_id": "b-2020", "source_id": "list", "other_source_ids": None}]
    fact = counted(
        "decisions", "district", "2020", iter(rows), VOTES, "select 2", formula="f", unit="u", n=5
    )
    assert (fact.id, fact.value, fact.n) == ("decisions.district.2020", 2, 5)
    assert fact.inputs == ("votes/a-2020", "votes/b-2020")
    assert fact.sources == ("minutes", "gazette", "board", "list")
    assert query(fact) == "select 2"


def test_what_no_row_says_is_not_found() -> None:
    fact = absent("tally", "unit/a", "2020", "select 1", "f")
    assert (fact.id, fact.value, fact.mark) == ("tally.unit/a.2020", None, Mark.NOT_FOUND)
    assert query(fact) == "select 1"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Record:
    """The record of the invented edition, with places of rows in their sources."""
    data = write_edition(tmp_path_factory.mktemp("small") / "data")
    edit(data, "votes", 2, "locator", "Page 3.")
    edit(data, "votes", 3, "locator", "Column 2.")
    edit(data, "vote_counts", 5, "source_id", "minutes")
    return record_of(data)


@pytest.mark.parametrize(
    ("kind", "text_then", "value", "kind_then"),
    [
        ("count", "12", 12, "count"),
        ("money", "50000.5", 50000.5, "money"),
        ("share", "0.4", 0.4, "share"),
        ("count", "many", "many", "text"),
        ("date", "2020-07", "2020-07", "date"),
        ("date", "summer", "summer", "text"),
        ("flag", "true", True, "flag"),
        ("flag", "false", False, "flag"),
        ("text", "12", "12", "text"),
    ],
)
def test_a_fact_was_of_its_kind_as_far_as_the_text_is(
    small: Record, kind: Kind, text_then: str, value: object, kind_then: Kind
) -> None:
    now = Fact("m.a.b", "a", "m", "b", None, kind, mark=Mark.WITHHELD)
    then = was(small, now, Past("2025-01-02", text_then, ""))
    assert (then.value, then.kind, then.mark) == (value, kind_then, None)
    assert type(then.value) is type(value)


def test_a_fact_was_empty_for_a_reason(small: Record) -> None:
    now = Fact("m.a.b", "a", "m", "b", 7, "count")
    then = was(small, now, Past("2025-01-02", "", "withheld"))
    assert (then.value, then.mark) == (None, Mark.WITHHELD)


def test_a_code_that_was_has_its_label(small: Record) -> None:
    vote = small.votes["heights-2020"]
    now = cell(VOTES, vote, "outcome", "unit/example-heights")
    assert was(small, now, Past("2025-01-02", "remove", "")).label == "No officers"
    body = cell(VOTES, vote, "body", "unit/example-heights")
    assert (
        was(small, body, Past("2025-01-02", "board", "")).label
        == VOTES.column("body").values["board"]
    )
    assert was(small, body, Past("2025-01-02", "nobody", "")).label == ""


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("votes/heights-2020", "Page 3."),
        ("votes/park-2020", ""),
        ("votes/nowhere", ""),
        ("vote_counts/heights-2020.keep", "Page 3."),
        ("vote_counts/park-2020-advice.keep", ""),  # from another source than its vote
        ("vote_counts/park-2020-advice.remove", "Column 2."),
        ("sources/minutes", ""),
    ],
)
def test_a_row_stands_where_its_source_has_it(small: Record, address: str, place: str) -> None:
    assert finder(small)(address) == place
