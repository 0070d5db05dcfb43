"""Receipts as a reader meets them: by keyboard, by mouse, without JavaScript, on paper."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.addresses import DESKTOP, PAGES, PHONE, rows
from tests.browser.readings import STRAY_DIGITS, STRAY_LABELS, Reading

TABS = 60  # a reader gives up sooner


def tab_to_a_number(page: Page) -> Locator:
    """Press Tab until a number has the focus."""
    for _ in range(TABS):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('article a.f:has(data)')"):
            return page.locator("a.f:focus")
    pytest.fail(f"no number is reached by {TABS} tabs", False)


def dialog(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Receipt")


@pytest.mark.parametrize("options", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_opens_by_keyboard_beside_its_number(visit: Callable[..., Page], options: Any) -> None:
    page = visit("most votes", reduced_motion="reduce", **options)
    page.locator("#decided").scroll_into_view_if_needed()
    page.locator("#decided .headerlink").focus()
    number = tab_to_a_number(page)
    link = page.locator(f"a.f[href='{number.get_attribute('href')}']").first
    page.keyboard.press("Enter")
    panel = dialog(page)
    expect(panel).to_be_focused()
    expect(panel).to_be_in_viewport(ratio=1)
    expect(link).to_have_attribute("aria-expanded", "true")
    assert link.inner_text() in panel.inner_text()
    near, box = link.bounding_box(), panel.bounding_box()
    assert near is not None
    assert box is not None
    assert 0 <= box["y"] - near["y"] - near["height"] <= 20
    assert box["x"] <= near["x"] + near["width"]
    assert near["x"] <= box["x"] + box["width"]
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    expect(link).to_be_focused()
    assert link.get_attribute("aria-expanded") is None
    assert "#" not in page.url


def test_says_what_it_is_from_where_and_since_when(visit: Callable[..., Page]) -> None:
    page = visit("most votes", **DESKTOP)
    page.locator("#votes ~ article a.f:has(data)").first.click()
    panel = dialog(page)
    expect(panel.locator(".sro-receipt-title")).to_contain_text(": ")
    expect(panel.locator("code").first).to_contain_text("/")
    expect(panel.get_by_role("listitem").first).to_contain_text("Published:")
    address = panel.get_by_role("listitem").first.get_by_role("link").get_attribute("href")
    assert address is not None
    assert re.match("https?://", address)
    expect(panel).to_contain_text(re.compile("In no release yet|First in release"))


def test_leaves_by_tab_and_comes_back(visit: Callable[..., Page]) -> None:
    page = visit("most votes", **DESKTOP)
    link = page.locator("#decided ~ ul a.f:has(data)").first
    link.focus()
    page.keyboard.press("Enter")
    expect(dialog(page)).to_be_focused()
    for _ in range(dialog(page).locator("a[href], button").count() + 1):
        page.keyboard.press("Tab")
    expect(dialog(page)).to_have_count(0)
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    dialog(page).get_by_role("button", name="Close").click()
    expect(link).to_be_focused()


def test_one_is_open_at_a_time(visit: Callable[..., Page]) -> None:
    page = visit("votes/", **DESKTOP)
    first, second = (page.locator("article a.f").nth(place) for place in (0, 1))
    first.click()
    second.click()
    expect(dialog(page)).to_have_count(1)
    expect(second).to_have_attribute("aria-expanded", "true")
    assert first.get_attribute("aria-expanded") is None
    second.click()
    expect(dialog(page)).to_have_count(0)
    first.click()
    page.locator("h1").click()
    expect(dialog(page)).to_have_count(0)


@pytest.mark.parametrize("name", ["most votes", "votes/", "coverage/"])
def test_without_javascript_the_number_leads_to_its_open_receipt(
    visit: Callable[..., Page], name: str
) -> None:
    page = visit(name, java_script_enabled=False, **PHONE)
    link = page.locator("article a.f").first
    target = str(link.get_attribute("href"))
    inside = page.locator(f"[id='{target.removeprefix('#')}'] code").first
    assert not inside.is_visible()
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{target}")
    expect(inside).to_be_visible()
    expect(inside).to_be_in_viewport()
    other = page.locator(f".sro-receipts details:not([id='{target.removeprefix('#')}'])").first
    expect(other.locator("code").first).to_be_hidden()
    other.locator("summary").click()
    expect(other.locator("code").first).to_be_visible()


@pytest.mark.parametrize("name", ["most votes", "votes/", "an agreement"])
def test_paper_carries_numbered_notes_and_no_receipts(
    visit: Callable[..., Page], name: str
) -> None:
    page = visit(name, **DESKTOP)
    page.locator("article a.f").first.click()
    expect(dialog(page)).to_be_visible()
    page.emulate_media(media="print")
    expect(dialog(page)).to_be_hidden()
    expect(page.locator(".sro-receipts")).to_be_hidden()
    expect(page.locator("#receipts")).to_be_hidden()
    expect(page.locator(".sro-sources")).to_be_visible()
    notes = page.locator("article sup.cite a:visible")
    count = page.locator(".sro-sources > li").count()
    numbers = {int(words.strip("[]")) for words in notes.all_inner_texts()}
    assert numbers
    assert numbers <= set(range(1, count + 1))
    printed = page.locator(".sro-sources a[href^=http]").evaluate_all(
        "nodes => nodes.map((one) =>"
        " [one.getAttribute('href'), getComputedStyle(one, '::after').content])"
    )
    assert printed or name == "an agreement"  # which cites copies on the site itself
    assert [href for href, after in printed if href not in after] == []
    assert page.pdf(page_ranges="1").startswith(b"%PDF")


@pytest.mark.parametrize("name", [name for name in PAGES if name != "404.html"])
@pytest.mark.parametrize("java_script_enabled", [True, False])
def test_no_number_stands_alone(
    reading: Callable[..., Reading], site: Path, name: str, java_script_enabled: bool
) -> None:
    found = reading(name, plain=not java_script_enabled)
    said = {row["description"] for row in rows(site, "dictionary")} | OWN_WORDS
    assert [words for words in found["digits"] if words not in said] == []
    assert found["labels"] == []
    assert found["receipts"] or name in WITHOUT_VALUES


# What the dictionary of the data says of a column stands in receipts and on the tables' own pages.
OWN_WORDS = {"share from 0 to 1"}
# Prose and lists of names alone, ledgers without a row, a release that changed nothing.
WITHOUT_VALUES = {
    "legend/", "glossary/", "about/", "schools/areas/", "data/dictionary/", "corrections/",
    "requests/", "a release", "maintain/", "maintain/vote/", "maintain/survey/",
}  # fmt: skip


@pytest.mark.parametrize(
    "spoiled",
    [
        "document.querySelector('article p').append('in 7 schools')",
        "document.querySelector('.chart text:not([text-anchor])').textContent = '77'",
        "document.querySelector('article [data-fact]').removeAttribute('data-fact')",
    ],
)
def test_sees_a_number_that_stands_alone(visit: Callable[..., Page], spoiled: str) -> None:
    page = visit("votes/")
    page.evaluate(spoiled)
    assert page.evaluate(STRAY_DIGITS) or page.evaluate(STRAY_LABELS)
