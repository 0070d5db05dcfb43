"""The list of schools and the map: filters, order and marks in step, the state in the address."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.addresses import DESKTOP, PHONE
from tests.browser.axe import RULES_IN, SHORTEN, complaints_of_axe

# By selectors, not by roles: on a page of thousands of cells a look by role takes seconds.
SHOWN = "#schools tbody tr:visible"


def marks(page: Page) -> Locator:
    return page.locator(".sro-map a:visible")


def addresses_of(links: Locator) -> set[str]:
    found: list[str] = links.evaluate_all(
        "links => links.map((link) => new URL(link.getAttribute('href'), location).href)"
    )
    return set(found)


@pytest.mark.parametrize(
    ("query", "selector"),
    [
        ("outcome=remove", "[data-outcome=remove]"),
        ("outcome=gap", "[data-outcome=gap]"),
        ("gaps=1", "[data-gaps]"),
        ("contradictions=1", "[data-contradictions]"),
        ("record=1", "[data-record]"),
        ("year=2021-22&outcome=reduce", "[data-year='2021-22'][data-outcome=reduce]"),
        ("area=Brighton+Park", ":has(td:nth-child(3) :text-is('Brighton Park'))"),
        ("network=Network+15", ":has(td:nth-child(5) :text-is('Network 15'))"),
    ],
)
def test_the_address_filters_list_and_map(
    new_page: Callable[..., Page], query: str, selector: str
) -> None:
    page = new_page()
    page.goto(f"/schools/?{query}")
    wanted = page.locator(f"#schools tbody tr{selector}")
    count = wanted.count()
    assert 0 < count < page.locator("#schools tbody tr").count()
    expect(page.locator(SHOWN)).to_have_count(count)
    expect(wanted.locator("visible=true").first).to_be_visible()
    expect(page.locator("[data-count]")).to_have_text(f"schools shown: {count}")
    rows = addresses_of(page.locator(SHOWN).locator("th a"))
    assert addresses_of(marks(page)) <= rows
    recorded = page.locator(f"{SHOWN.replace(':visible', '[data-record]:visible')} th a")
    assert addresses_of(recorded) - addresses_of(marks(page)) == set()


def test_filters_by_keyboard_and_keeps_the_state(visit: Callable[..., Page]) -> None:
    page = visit("schools/")
    page.get_by_label("Newest decision", exact=True).focus()
    page.keyboard.type("officers rem")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.locator("#schools [data-key=area] button").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page).to_have_url("/schools/?outcome=remove&record=1&sort=-area")
    before = page.locator(SHOWN).all_inner_texts()
    areas = [text.split("\t")[2] for text in before]
    assert areas == sorted(areas, reverse=True)
    page.reload()
    assert page.locator(SHOWN).all_inner_texts() == before
    expect(page.locator("#schools [data-key=area]")).to_have_attribute("aria-sort", "descending")
    expect(page.get_by_label("a record", exact=True)).to_be_checked()
    page.get_by_role("button", name="Show all").click()
    expect(page.locator(SHOWN)).to_have_count(page.locator("#schools tbody tr").count())
    expect(page).to_have_url("/schools/?sort=-area")


def test_a_value_that_no_school_has_filters_nothing(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto("/schools/?area=%3Cimg+src%3Dx%3E&sort=nothing&outcome=x")
    expect(page.locator(SHOWN)).to_have_count(page.locator("#schools tbody tr").count())


def test_the_map_by_keyboard(visit: Callable[..., Page]) -> None:
    page = visit("schools/", **DESKTOP)
    expect(page.locator(".sro-map a[tabindex='0']")).to_have_count(1)
    first = page.locator(".sro-map a[tabindex='0']")
    first.focus()
    seen = set()
    for key in ("ArrowDown", "ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):
        page.keyboard.press(key)
        mark = page.locator(".sro-map a:focus")
        label = str(mark.get_attribute("aria-label"))
        seen.add(label)
        expect(mark).to_have_attribute("tabindex", "0")
        expect(page.locator(".sro-tip a")).to_have_text(label)
        row = page.locator("#schools tr.sro-on")
        expect(row).to_have_count(1)
        assert label.startswith(str(row.locator("th").text_content()))
        words = label.rpartition(": ")[2]
        expect(row.locator("td").first).to_contain_text(
            "no decision found" if words == "not found" and not row.locator(".sro-badge").count()
            else words
        )  # fmt: skip
    assert len(seen) > 2
    name = str(page.locator("#schools tr.sro-on th").text_content())
    page.keyboard.press("Enter")
    page.wait_for_url("**/schools/*/")
    expect(page.locator("h1")).to_have_text(name)


def test_row_and_mark_light_up_together(visit: Callable[..., Page]) -> None:
    page = visit("schools/", **DESKTOP)
    link = page.locator("#schools tr[data-record] th a").nth(3)
    link.focus()
    mark = page.locator(".sro-map a.sro-on")
    assert addresses_of(mark) == addresses_of(link)
    marks(page).nth(7).hover()
    assert addresses_of(mark) == addresses_of(marks(page).nth(7))
    assert addresses_of(page.locator("#schools tr.sro-on th a")) == addresses_of(mark)


@pytest.mark.parametrize("name", ["", "schools/"])
def test_a_tap_shows_and_a_second_follows(visit: Callable[..., Page], name: str) -> None:
    page = visit(name, has_touch=True, **PHONE)
    mark = marks(page).nth(5)
    mark.scroll_into_view_if_needed()
    before = page.url
    mark.tap()
    expect(page.locator(".sro-tip a")).to_have_text(str(mark.get_attribute("aria-label")))
    assert page.url == before
    mark.tap()
    page.wait_for_url("**/schools/*/")


def test_without_javascript_the_marks_are_links(visit: Callable[..., Page]) -> None:
    page = visit("schools/", java_script_enabled=False, **DESKTOP)
    rows = page.locator("#schools tbody tr[data-record] th a")
    assert len(addresses_of(marks(page))) > 50
    assert addresses_of(marks(page)) <= addresses_of(rows)
    expect(page.locator(".sro-filters, .sro-tip").locator("visible=true")).to_have_count(0)
    marks(page).nth(3).click()
    page.wait_for_url("**/schools/*/")


@pytest.mark.parametrize("options", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_while_filtered(
    new_page: Callable[..., Page], options: Any, scheme: str
) -> None:
    page = new_page(color_scheme=scheme, reduced_motion="reduce", **options)
    page.goto("/schools/?outcome=remove&sort=area")
    page.locator(".sro-map a[tabindex='0']").focus()
    page.evaluate(SHORTEN)
    assert complaints_of_axe(page, RULES_IN[scheme]) == []
