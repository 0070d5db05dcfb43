"""What WCAG 2.2 AA asks of who walks through a page with the keyboard."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.addresses import DESKTOP, PHONE

BROUGHT = -3  # the place of a stop that came with the one before
STEPS = 30  # of the walk, from the start of a page and to its end
WALKED = ("", "schools/", "votes/", "agreements/", "coverage/", "most votes", "an agreement")

# Everything that Tab shall reach, in order; the walk compares it with what Tab does reach.
STOPS = """() => {
  const query = "a[href], button, input, select, textarea, summary, [tabindex]";
  window.stops = [...document.querySelectorAll(query)].filter((node) =>
    node.tabIndex >= 0 && !node.disabled
    && node.checkVisibility({ checkVisibilityCSS: true })
    && !node.matches(".md-toggle"));
  return window.stops.length;
}"""

# The stop that has the focus, and what is wrong with how it shows.
FOCUSED = """() => {
  const node = document.activeElement;
  const faults = [];
  // The link that comes beside the map with the focus of a mark was no stop before.
  const place = node.closest(".sro-tip") ? -3 : window.stops.indexOf(node);
  if (node === document.body) return { place: -2, faults };
  const style = getComputedStyle(node);
  const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
  if (!ring) faults.push("shows no focus");
  const boxes = [...node.getClientRects()].filter((box) => box.width && box.height);
  const seen = boxes.some((box) => {
    const middle = (from, to, room) => (Math.max(from, 0) + Math.min(to, room)) / 2;
    const x = middle(box.left, box.right, innerWidth);
    const hit = document.elementFromPoint(x, middle(box.top, box.bottom, innerHeight));
    return hit && (node.contains(hit) || hit.contains(node));
  });
  if (!seen) faults.push("is covered or outside the screen");
  const name = `${node.outerHTML.slice(0, 120)}`;
  return { place, faults: faults.map((fault) => `${name} ${fault}`) };
}"""


def walk(page: Page, key: str, steps: int) -> tuple[list[int], list[str]]:
    """Press a key so often; the places of the stops that had the focus, and all faults."""
    places, faults = [], []
    for _ in range(steps):
        page.keyboard.press(key)
        now = page.evaluate(FOCUSED)
        if now["place"] == BROUGHT:
            faults += now["faults"]
            page.keyboard.press(key)
            now = page.evaluate(FOCUSED)
        places.append(now["place"])
        faults += now["faults"]
    return places, faults


@pytest.mark.parametrize("options", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("name", WALKED)
def test_tab_reaches_everything_in_order(
    visit: Callable[..., Page], name: str, options: Mapping[str, Any]
) -> None:
    """Every stop from the top, with a visible focus that nothing covers; at the end a way out, and
    the same way back. On a phone the links of the closed drawer are none of the stops."""
    page = visit(name, reduced_motion="reduce", **options)
    count = page.evaluate(STOPS)
    steps = min(STEPS, count)
    places, faults = walk(page, "Tab", steps)
    assert places == list(range(steps))
    start = max(count - STEPS, steps - 1)
    page.evaluate("(place) => window.stops[place].focus()", start)
    ahead, more = walk(page, "Tab", count - 1 - start)
    assert ahead == list(range(start + 1, count))
    back, least = walk(page, "Shift+Tab", min(STEPS, count - 1))
    assert back == list(range(count - 2, count - 2 - len(back), -1))
    assert [*faults, *more, *least] == []


def test_the_walk_sees_a_trap_and_a_hidden_focus(visit: Callable[..., Page]) -> None:
    page = visit("about/", reduced_motion="reduce", **DESKTOP)
    page.evaluate(STOPS)
    page.evaluate("window.stops[2].addEventListener('keydown', (event) => event.preventDefault())")
    places, _ = walk(page, "Tab", 6)
    assert places == [0, 1, 2, 2, 2, 2]
    page.evaluate("window.stops[4].className = ''; window.stops[4].focus()")
    page.evaluate("window.stops[4].attributeStyleMap.set('outline-style', 'none')")
    assert page.evaluate(FOCUSED)["faults"]
