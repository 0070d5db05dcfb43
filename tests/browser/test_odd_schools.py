"""Pages that the real data has no reason to show yet: awkward names, many votes, no place."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from generator.pipeline import build
from tests.browser.addresses import DESKTOP, PHONE
from tests.browser.axe import SHORTEN, complaints_of_axe
from tests.browser.readings import SIDEWAYS
from tests.edition import write_edition
from tests.presenting import settings
from tests.server import joining, rules_of, serve
from tests.shared import made_once
from tests.twenty import IDS, MOST, NAMES, tables

VOTES = 40
RIGHT_TO_LEFT, LONG, NOWHERE = IDS[4], IDS[5], IDS[8]


@pytest.fixture(scope="module")
def odd_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site of the twenty: one school with forty votes, one that nobody says where it is."""
    site = made_once(tmp_path_factory, "odd", build_odd) / "site"
    with serve(site, joining(rules_of(site))) as url:
        yield url


def build_odd(folder: Path) -> None:
    """Write the edition to the folder's `data` and build its `site`."""
    found = tables()
    found["schools"] = [
        {**row, "latitude": "", "longitude": ""} if row["school_id"] == NOWHERE else row
        for row in found["schools"]
    ]
    own = [row for row in found["votes"] if row.get("unit_id") == "most"]
    found["votes"] = [
        *found["votes"],
        *(
            {**own[-1], "vote_id": f"more-{number}", "cycle": str(1990 + number),
             "vote_date": f"{1990 + number}-06-01", "effective_school_year": "",
             "superseded_by": ""}
            for number in range(VOTES - len(own))
        ),
    ]  # fmt: skip
    build(settings(folder, write_edition(folder / "data", **found)), lambda _: None)


@pytest.mark.parametrize("school", IDS)
def test_a_name_is_shown_as_it_is_and_breaks_nothing(
    new_page: Callable[..., Page], odd_url: str, school: str
) -> None:
    page = new_page(base_url=odd_url, **PHONE)
    page.goto(f"/schools/{school}/")
    said = page.locator("h1").inner_text()
    assert " ".join(said.split()) == " ".join(NAMES[IDS.index(school)].split())
    assert page.evaluate(SIDEWAYS) <= 0
    page.set_viewport_size({"width": 320, "height": 500})
    assert page.evaluate(SIDEWAYS) <= 0


@pytest.mark.parametrize("school", [MOST, RIGHT_TO_LEFT, LONG], ids=["votes", "Arabic", "long"])
@pytest.mark.parametrize("options", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_axe_finds_nothing_on_an_odd_page(
    new_page: Callable[..., Page], odd_url: str, school: str, options: dict[str, object]
) -> None:
    page = new_page(base_url=odd_url, reduced_motion="reduce", **options)
    page.goto(f"/schools/{school}/")
    page.evaluate(SHORTEN)
    assert complaints_of_axe(page) == []


def test_forty_votes_are_all_there(new_page: Callable[..., Page], odd_url: str) -> None:
    page = new_page(base_url=odd_url, java_script_enabled=False, **PHONE)
    page.goto(f"/schools/{MOST}/")
    cards = page.locator("article.sro-vote")
    expect(cards).to_have_count(VOTES)
    assert len(set(cards.evaluate_all("all => all.map((node) => node.id)"))) == VOTES


def test_a_school_without_coordinates_is_in_the_list(
    new_page: Callable[..., Page], odd_url: str
) -> None:
    page = new_page(base_url=odd_url, **DESKTOP)
    page.goto("/schools/")
    name = NAMES[IDS.index(NOWHERE)]
    expect(page.locator("#schools").get_by_role("link", name=name)).to_have_count(1)


@pytest.mark.parametrize("path", ["/", "/schools/", "/schools/areas/", "/votes/", "/coverage/"])
def test_lists_hold_the_odd_names(new_page: Callable[..., Page], odd_url: str, path: str) -> None:
    page = new_page(base_url=odd_url, **PHONE)
    page.goto(path)
    assert page.evaluate(SIDEWAYS) <= 0
    assert page.locator("article script, article b b").count() == 0
