"""The real site as a reader meets it: by eye, by keyboard, by screen reader, without JavaScript."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.addresses import DESKTOP, PAGES, PHONE, rows
from tests.browser.readings import WIDTHS, Reading

SHIFT = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => { sum += entry.value; }))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 300);
})"""


@pytest.mark.parametrize("name", PAGES)
def test_is_sound(reading: Callable[..., Reading], name: str) -> None:
    """Headings, tables, pictures; nothing wider than the screen. The guard of the fixtures sees
    console errors and outside requests."""
    assert reading(name)["structure"] == []
    for width in WIDTHS:
        sideways = reading(name)["sideways"][str(width)]
        assert sideways <= 0, f"scrolls sideways at {width} px"


@pytest.mark.parametrize("options", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_first_screen_of_a_school(visit: Callable[..., Page], options: Any) -> None:
    """What holds today and the newest decision, without scrolling."""
    page = visit("most votes", **options)
    expect(page.locator(".sro-today")).to_contain_text("2024-25")
    newest = page.locator(".sro-decisions > li").first
    expect(newest.locator(".sro-badge")).to_be_visible()
    box = newest.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= options["viewport"]["height"]


@pytest.mark.parametrize("options", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("name", ["", "schools/", "votes/", "most votes"])
def test_nothing_shifts(visit: Callable[..., Page], name: str, options: Any) -> None:
    assert visit(name, **options).evaluate(SHIFT) < 0.01


def test_skips_to_the_content(visit: Callable[..., Page]) -> None:
    page = visit("most votes")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('article') !== null")


@pytest.mark.parametrize("name", PAGES)
def test_is_whole_without_javascript(reading: Callable[..., Reading], name: str) -> None:
    """Every word is on the page, and nothing is that only a script could open."""
    found = reading(name, plain=True)
    assert found["heading"]
    assert found["hidden"] == []
    assert found["toggles"] == 0
    assert found["footer"]


def test_the_list_is_complete_without_javascript(visit: Callable[..., Page], site: Path) -> None:
    page = visit("schools/", java_script_enabled=False)
    expect(page.locator("#schools tbody tr:visible")).to_have_count(len(rows(site, "schools")))


def test_filters_the_list_by_keyboard(visit: Callable[..., Page], site: Path) -> None:
    page = visit("schools/")
    page.get_by_label("Words in the list").focus()
    page.keyboard.type("academia")
    shown = page.locator("#schools tbody tr:visible")
    status = page.locator("form[data-filter]").get_by_role("status")
    page.keyboard.press("Control+A")
    page.keyboard.type("ACADEMY high")
    count = shown.count()
    assert 0 < count < len(rows(site, "schools"))
    expect(status).to_have_text(f"schools shown: {count}")
    page.get_by_label("a record", exact=True).focus()
    page.keyboard.press("Space")
    expect(page.get_by_label("a record", exact=True)).to_be_checked()
    fewer = shown.count()
    assert 0 < fewer < count
    expect(status).to_have_text(f"schools shown: {fewer}")
    expect(page.locator("#schools tbody tr:visible:not([data-record])")).to_have_count(0)


def test_sorts_a_table_by_keyboard(visit: Callable[..., Page]) -> None:
    page = visit("agreements/")
    head = page.get_by_role("columnheader", name="Terms")
    numbers = page.locator("table[data-sortable] tbody td:last-child")
    head.get_by_role("button").focus()
    page.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-sort", "ascending")
    up = [int(number) for number in numbers.all_inner_texts()]
    assert up == sorted(up)
    page.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-sort", "descending")
    down = [int(number) for number in numbers.all_inner_texts()]
    assert down == sorted(up, reverse=True)
    assert len(set(down)) > 1


def test_sorts_dates_by_their_day(visit: Callable[..., Page]) -> None:
    """ "August 6" comes after "July 28": by the day, not by the letters."""
    page = visit("votes/")
    table = page.locator("table[data-sortable]").first
    table.get_by_role("button", name="Date").click()
    days = table.locator("tbody time").evaluate_all("nodes => nodes.map((node) => node.dateTime)")
    assert len(set(days)) > 3
    assert days == sorted(days)


def test_menu_of_a_phone_by_keyboard(visit: Callable[..., Page]) -> None:
    page = visit("most votes", reduced_motion="reduce", **PHONE)
    menu = page.get_by_role("banner").get_by_role("button", name="Navigation")
    inside = page.locator(".md-sidebar--primary").get_by_role("link", name="Methods")
    expect(inside).to_be_hidden()  # else its links would be reached while it is closed
    menu.focus()
    page.keyboard.press("Enter")
    expect(menu).to_have_attribute("aria-expanded", "true")
    expect(inside).to_be_visible()
    expect(page.locator(".sro-closes-menu")).to_be_focused()
    page.keyboard.press("Escape")
    expect(inside).to_be_hidden()
    expect(menu).to_be_focused()
    expect(menu).to_have_attribute("aria-expanded", "false")


@pytest.mark.parametrize("options", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_search_by_keyboard(visit: Callable[..., Page], options: Any) -> None:
    page = visit("", reduced_motion="reduce", **options)
    button = page.get_by_role("banner").get_by_role("button", name="Search")
    if options is PHONE:
        button.focus()
        page.keyboard.press("Enter")
    else:
        page.keyboard.press("/")
    dialog = page.get_by_role("dialog", name="Search")
    box = dialog.get_by_role("textbox")
    expect(box).to_be_focused()
    page.keyboard.type("kelly")
    expect(dialog.get_by_role("status")).to_contain_text("matching")
    expect(dialog.get_by_role("link").filter(has_text="Kelly").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog.get_by_role("link").first).to_be_hidden()


def test_keeps_the_scheme_chosen(visit: Callable[..., Page]) -> None:
    page = visit("about/", color_scheme="light")
    scheme = page.locator("body")
    expect(scheme).to_have_attribute("data-md-color-scheme", "default")
    page.get_by_role("button", name="Switch to dark colors").focus()
    page.keyboard.press("Enter")
    expect(scheme).to_have_attribute("data-md-color-scheme", "slate")
    expect(page.get_by_role("button", name="Switch to light colors")).to_be_focused()
    page.reload()
    expect(scheme).to_have_attribute("data-md-color-scheme", "slate")
