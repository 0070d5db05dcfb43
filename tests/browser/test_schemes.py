"""Light and dark: by the system or by choice, with and without JavaScript, the same colors."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.addresses import DESKTOP, PHONE

# The colors of whatever is seen, by the place in the page.
COLORS = """() => {
  const names = ["color", "background-color", "border-top-color", "border-inline-start-color",
    "text-decoration-color", "outline-color", "fill", "stroke", "color-scheme"];
  const NEEDS_SCRIPT = "form, .md-search, .md-header__button, .sro-tip";
  const found = [];
  for (const node of document.querySelectorAll("body, header *, main *, footer *")) {
    if (!node.checkVisibility() || node.closest(NEEDS_SCRIPT)) continue;
    const style = getComputedStyle(node);
    const own = names.map((name) => `${name}:${style.getPropertyValue(name)}`);
    found.push(`${node.localName}.${node.getAttribute("class") ?? ""} ${own.join(" ")}`);
  }
  return [...new Set(found)].sort();
}"""


@pytest.mark.parametrize("name", ["", "votes/", "coverage/", "most votes", "an agreement"])
def test_dark_is_the_same_without_javascript(visit: Callable[..., Page], name: str) -> None:
    """Heads of sortable tables hold a button of the script; what else there is looks the same."""
    dark = {"color_scheme": "dark", "reduced_motion": "reduce", **DESKTOP}
    with_script = visit(name, **dark)
    expect(with_script.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    without = visit(name, java_script_enabled=False, **dark)
    found, expected = without.evaluate(COLORS), with_script.evaluate(COLORS)
    expected = [line for line in expected if not line.startswith("button.")]
    assert set(found) ^ set(expected) == set()
    assert (
        without.evaluate("getComputedStyle(document.body).backgroundColor") != "rgb(255, 255, 255)"
    )


def test_light_stays_light_without_javascript(visit: Callable[..., Page]) -> None:
    page = visit("votes/", java_script_enabled=False, color_scheme="light")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_paper_is_white(visit: Callable[..., Page]) -> None:
    page = visit("votes/", java_script_enabled=False, color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_the_scheme_follows_the_system_until_the_reader_chooses(visit: Callable[..., Page]) -> None:
    page = visit("about/", color_scheme="light")
    scheme = page.locator("body")
    page.emulate_media(color_scheme="dark")
    expect(scheme).to_have_attribute("data-md-color-scheme", "slate")
    page.get_by_role("button", name="Switch to light colors").click()
    expect(scheme).to_have_attribute("data-md-color-scheme", "default")
    page.emulate_media(color_scheme="light")
    page.emulate_media(color_scheme="dark")
    expect(scheme).to_have_attribute("data-md-color-scheme", "default")


@pytest.mark.parametrize("options", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_search_comes_when_it_is_wanted(visit: Callable[..., Page], options: Any) -> None:
    """Material's script and the index are not loaded before; the words typed meanwhile count."""
    asked: list[str] = []
    page = visit("about/", alone=True, reduced_motion="reduce", **options)
    page.on("request", lambda sent: asked.append(sent.url))
    page.reload()
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "bundle" in url or "search" in url], asked
    if options is PHONE:
        page.get_by_role("banner").get_by_role("button", name="Search").click()
    else:
        page.get_by_role("dialog", name="Search").get_by_role("textbox").focus()
    page.keyboard.type("kelly")
    dialog = page.get_by_role("dialog", name="Search")
    expect(dialog.get_by_role("status")).to_contain_text("matching")
    assert len([url for url in asked if "bundle" in url]) == 1
    dialog.get_by_role("link").filter(has_text="Kelly").first.click()
    page.wait_for_url("**/schools/**")
    expect(page.locator("h1")).to_contain_text("Kelly")
