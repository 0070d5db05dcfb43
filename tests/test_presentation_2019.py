"""Each of the 39 statements of the presentation of 2019 stands on a page of its topic."""

import csv
import html
import re
from pathlib import Path

import pytest

from generator import pages
from tests.presenting import site_of

DATA = Path(__file__).resolve().parents[1] / "data"
PRESENTATION = "cps-2019-presentation"
ON_PAGE = {
    "program/when-police/": "p-crime p-threat p-threats-week-low p-threats-week-high",
    "program/security-officers/": "s-first s-feedback",
    "program/selection/": "c-youth c-discipline c-experience c-respect c-principals m-selection",
    "program/training/": (
        "t-development t-relations t-deescalation t-policies t-bias t-restorative t-parallel"
        " m-training"
    ),
    "program/roles/": ("r-intervene r-relations r-protect r-team m-roles m-supervision l-2018-19"),
    "program/engagement/": "v-2019-who v-2019-claim v-2019-webinars e-cbo e-feedback",
    "alternatives/": (
        "a-safe-passage a-mentoring a-jobs a-interventions a-pipeline a-bullying a-certification"
    ),
}
ITEMS = [(item, path) for path, items in ON_PAGE.items() for item in items.split()]
THREATS_A_WEEK = {"p-threats-week-low": "2", "p-threats-week-high": "5"}

Bodies = dict[str, str]


def read(table: str, key: str) -> dict[str, dict[str, str]]:
    """The rows of a table by their key."""
    with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return {row[key]: row for row in csv.DictReader(file, strict=True)}


@pytest.fixture(scope="module")
def bodies() -> Bodies:
    """The prose pages of the edition in data/ by their path."""
    return {page.path: page.body for page in pages.prose(site_of(DATA))}


def statement(item: str) -> str:
    """The words of a statement, which is a term or an alternative."""
    terms = read("terms", "term_id")
    if item in terms:
        assert terms[item]["agreement_id"] == PRESENTATION
        return terms[item]["summary"]
    named = read("alternatives", "alternative_id")[item]
    assert named["source_id"] == "cps-2019-deck"
    return named["name"]


def rows_saying(words: str, body: str) -> list[str]:
    """The rows of the page's tables that hold a cell's words, entire."""
    shown = f"<span data-text>{html.escape(words)}</span>"
    rows = re.findall(r"<tr>.*?</tr>", body.replace("&#39;", "&#x27;"), re.S)
    return [row for row in rows if shown in row]


def test_no_statement_is_mapped_twice_or_left_out() -> None:
    terms = [
        key for key, row in read("terms", "term_id").items() if row["agreement_id"] == PRESENTATION
    ]
    named = [
        key
        for key, row in read("alternatives", "alternative_id").items()
        if row["source_id"] == "cps-2019-deck"
    ]
    assert len(ITEMS) == 39
    assert sorted(item for item, _ in ITEMS) == sorted(terms + named)


@pytest.mark.parametrize(("item", "path"), ITEMS, ids=[item for item, _ in ITEMS])
def test_a_statement_stands_on_a_page_of_its_topic(item: str, path: str, bodies: Bodies) -> None:
    rows = rows_saying(statement(item), bodies[path])
    assert len(rows) == 1
    if path.startswith("program/"):
        assert f'agreements/{PRESENTATION}/"' in rows[0]
    if item in THREATS_A_WEEK:
        assert f'value="{THREATS_A_WEEK[item]}"' in rows[0]


def test_the_page_of_the_presentation_has_all_but_the_alternatives(bodies: Bodies) -> None:
    body = bodies[f"agreements/{PRESENTATION}/"]
    missing = [
        item
        for item, path in ITEMS
        if path != "alternatives/" and not rows_saying(statement(item), body)
    ]
    assert missing == []
