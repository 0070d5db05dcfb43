"""What WCAG 2.2 AA asks of every page: by axe, large, still. The walk is in test_tab.py."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.addresses import DESKTOP, PAGES, PHONE, rows
from tests.browser.axe import (
    BOX_RULES,
    COLOR_RULES,
    RULES,
    RULES_IN,
    SHORTEN,
    complaints_of_axe,
)
from tests.browser.readings import LARGE, SIDEWAYS, Reading

WIDTHS = (360, 768, 1280)
SCHEMES = {"light": "default", "dark": "slate"}  # as the system says it, as the page says it
SEED, SAMPLE = 20240222, 8  # pages of schools beside the chosen ones

# The rules that don't look at colors look at markup, words, boxes: what SHAPE compares. So they run
# in one scheme, in turn; between the widths only those that look at boxes, since nothing is seen
# there that isn't seen at one of the others.
BETWEEN = 768
ALL_RULES_IN = {360: "light", BETWEEN: "dark", 1280: "light"}

# Whether each element is seen, and its box if it is. Each scheme has its own button to the other.
SHAPE = """() => [...document.querySelectorAll("body, body *")]
  .filter((node) => !node.closest("button[data-scheme]"))
  .map((node) => {
    if (!node.checkVisibility({ checkVisibilityCSS: true, checkOpacity: true })) return "";
    const { x, y, width, height } = node.getBoundingClientRect();
    return `${node.localName} ${[x, y, width, height]}`;
  })"""


def change_scheme(page: Page, scheme: str) -> None:
    """Let the system ask for a scheme, and wait until the page shows it. (An `expect` that comes
    too early describes the whole page.)"""
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    shown = "named => document.body.dataset.mdColorScheme === named"
    page.wait_for_function(shown, arg=SCHEMES[scheme])


def in_each_scheme(page: Page) -> dict[tuple[int, str], list[str]]:
    """What axe finds at each width in each scheme where it finds something.

    The page is loaded once: it follows the system's scheme while it is open.
    """
    page.evaluate(SHORTEN)
    found = {}
    shapes: dict[int, list[str]] = {}  # by width, as the first scheme has them
    schemes = list(SCHEMES)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in schemes:
            change_scheme(page, scheme)
            most = BOX_RULES if width == BETWEEN else RULES
            rules = most if ALL_RULES_IN[width] == scheme else COLOR_RULES
            found[width, scheme] = complaints_of_axe(page, rules)[:9]
            shape = page.evaluate(SHAPE)
            pairs = zip(shapes.setdefault(width, shape), shape, strict=True)
            moved = [pair for pair in pairs if pair[0] != pair[1]][:3]
            assert not moved, "the scheme moves something"
        schemes.reverse()  # the next width begins with the scheme that is shown
    seen = zip(*shapes.values(), strict=True)
    alone = [between for narrow, between, wide in seen if between and not narrow and not wide][:3]
    assert not alone, "something is seen between the widths alone"
    return {place: faults for place, faults in found.items() if faults}


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(visit: Callable[..., Page], name: str) -> None:
    assert in_each_scheme(visit(name, reduced_motion="reduce")) == {}


def test_axe_sees_a_fault_of_either_sort_in_either_scheme(visit: Callable[..., Page]) -> None:
    page = visit("about/", reduced_motion="reduce")
    page.evaluate("""() => {
      const words = document.querySelector("article p");
      words.attributeStyleMap.set("color", "rgb(150, 150, 150)");
      words.attributeStyleMap.set("background-color", "rgb(128, 128, 128)");
      document.documentElement.removeAttribute("lang");
    }""")
    found = in_each_scheme(page)
    assert found.keys() == {(width, scheme) for width in WIDTHS for scheme in SCHEMES}
    for (width, scheme), faults in found.items():
        seen = {fault.partition(":")[0] for fault in faults}
        all_rules = ALL_RULES_IN[width] == scheme and width != BETWEEN
        more = {"html-has-lang"} if all_rules else set()
        assert seen == {"color-contrast", *more}


# Gives a text here and there a color of its own, hard to read; how many.
SPOILED = """([step, start]) => {
  const nodes = [...document.querySelectorAll("article *")].filter((node) =>
    [...node.childNodes].some((one) => one.nodeType === Node.TEXT_NODE && one.data.trim()[1])
    && node.checkVisibility() && !node.closest("svg"));
  const some = nodes.filter((_, at) => at % step === start);
  some.forEach((node, at) => {
    const words = CSSStyleValue.parse("color", `rgb(${128 + at % 99}, 170, ${140 + at % 89})`);
    node.attributeStyleMap.set("color", words);
    node.attributeStyleMap.set("background-color", "rgb(160, 160, 160)");
  });
  return some.length;
}"""


def test_a_few_stand_for_those_that_look_alike(visit: Callable[..., Page]) -> None:
    """What axe would find of any element is found: alone, and where all that are alike have it."""
    page = visit("most votes", reduced_motion="reduce", **PHONE)
    page.evaluate(SHORTEN)
    assert page.evaluate(SPOILED, [7, 3]) > 20
    assert len(colors_found(page)) > 20
    assert colors_found(page) == colors_found(page, every=True)
    page.evaluate("""() => {
      const pale = new CSSStyleSheet();
      pale.replaceSync("article a.f, article p, article td { color: rgb(170, 170, 170) }");
      document.adoptedStyleSheets = [pale];
    }""")
    assert len(colors_found(page)) > 20
    assert colors_found(page) == colors_found(page, every=True)


@pytest.mark.parametrize(
    ("name", "where"),
    [("votes/", ".sro-badge *"), ("votes/", ".sro-scroll td"), ("leads/", "data[value='8']")],
    ids=["beside a sign", "upon a shade", "one letter"],
)
def test_colors_that_axe_leaves_in_doubt_are_judged(
    visit: Callable[..., Page], name: str, where: str
) -> None:
    page = visit(name, reduced_motion="reduce", **PHONE)
    page.evaluate(SHORTEN)
    page.evaluate(
        """(where) => {
          const pale = new CSSStyleSheet();
          pale.replaceSync(`${where} { color: rgb(170, 170, 170) !important }`);
          document.adoptedStyleSheets = [pale];
        }""",
        where,
    )
    assert colors_found(page)


def colors_found(page: Page, *, every: bool = False) -> set[str]:
    """What axe says of colors that are hard to read, with sizes, weights and ratios."""
    found = complaints_of_axe(page, COLOR_RULES, every=every)
    return {fault.partition("Element has insufficient")[2] for fault in found}


def test_a_scheme_that_moves_something_is_seen(visit: Callable[..., Page]) -> None:
    page = visit("about/", reduced_motion="reduce")
    page.evaluate("""() => {
      const moved = new CSSStyleSheet();
      moved.replaceSync("[data-md-color-scheme=slate] article p { padding-left: 1px }");
      document.adoptedStyleSheets = [moved];
    }""")
    with pytest.raises(AssertionError, match="the scheme moves something"):
        in_each_scheme(page)


def test_something_that_is_seen_between_the_widths_alone_is_seen(
    visit: Callable[..., Page],
) -> None:
    page = visit("about/", reduced_motion="reduce")
    page.evaluate("""() => {
      const hidden = new CSSStyleSheet();
      hidden.replaceSync("@media (max-width: 700px), (min-width: 900px) {"
        + "article p { display: none } }");
      document.adoptedStyleSheets = [hidden];
    }""")
    with pytest.raises(AssertionError, match="between the widths alone"):
        in_each_scheme(page)


def test_of_what_is_alike_axe_gets_some_and_all_that_is_not(visit: Callable[..., Page]) -> None:
    page = visit("schools/", reduced_motion="reduce")
    page.evaluate("""() => {
      const rows = document.querySelectorAll("#schools tbody tr");
      rows[rows.length - 40].querySelector("td").innerHTML = "<button id=odd></button>";
    }""")
    before = page.locator("#schools tbody tr").count()
    page.evaluate(SHORTEN)
    assert 3 <= page.locator("#schools tbody tr").count() < before / 4
    assert any(fault.startswith("button-name") for fault in complaints_of_axe(page))


def test_axe_finds_nothing_on_pages_of_schools(new_page: Callable[..., Page], site: Path) -> None:
    """Half of the sample has a record: most schools have none, and theirs are alike. Of each kind
    a page is looked at in every way above; here each part of the site's CSS is used once."""
    draw = random.Random(SEED)
    schools = [row["school_id"] for row in rows(site, "schools")]
    known = sorted({row["school_id"] for row in rows(site, "unit_schools")})
    page = new_page(reduced_motion="reduce")
    found = {}
    for school in [*draw.sample(schools, SAMPLE // 2), *draw.sample(known, SAMPLE // 2)]:
        page.goto(f"/schools/{school}/")
        page.evaluate(SHORTEN)
        found[school] = []
        for scheme, options in (("light", PHONE), ("dark", DESKTOP)):
            page.set_viewport_size(options["viewport"])
            change_scheme(page, scheme)
            found[school] += complaints_of_axe(page, RULES_IN[scheme])
    assert {school: faults for school, faults in found.items() if faults} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_where_something_is_open(visit: Callable[..., Page], scheme: str) -> None:
    """The drawer, the search with its results, a receipt."""
    looks = {"color_scheme": scheme, "reduced_motion": "reduce"}
    page = visit("most votes", **looks, **PHONE)
    page.evaluate(SHORTEN)
    page.get_by_role("button", name="Navigation").click()
    expect(page.locator(".sro-closes-menu")).to_be_focused()
    assert complaints_of_axe(page, RULES_IN[scheme]) == []
    page = visit("most votes", **looks, **DESKTOP)
    page.locator("article a.f").first.click()
    expect(page.get_by_role("dialog", name="Receipt")).to_be_visible()
    page.evaluate(SHORTEN)
    expect(page.get_by_role("dialog", name="Receipt")).to_be_visible()
    assert complaints_of_axe(page, RULES_IN[scheme]) == []
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("kelly")
    search = page.get_by_role("dialog", name="Search")
    expect(search.get_by_role("status")).to_contain_text("matching")
    assert complaints_of_axe(page, RULES_IN[scheme]) == []


@pytest.mark.parametrize("name", PAGES)
def test_twice_as_large_needs_no_sideways_scroll(
    reading: Callable[..., Reading], name: str
) -> None:
    for width, _ in LARGE:
        ratio, room, sideways = reading(name)["enlarged"][str(width)]
        assert (ratio, room) == (2, width)
        assert sideways <= 0


@pytest.mark.parametrize("name", ["", "schools/", "votes/", "most votes"])
def test_larger_letters_need_no_sideways_scroll(visit: Callable[..., Page], name: str) -> None:
    """Twice the size of letters alone, as a reader's own setting asks for."""
    page = visit(name, viewport={"width": 1280, "height": 900})
    page.evaluate("document.documentElement.attributeStyleMap.set('font-size', CSS.percent(250))")
    assert page.evaluate(SIDEWAYS) <= 0


@pytest.mark.parametrize("name", ["", "schools/", "most votes"])
def test_nothing_moves_for_who_asks_for_stillness(visit: Callable[..., Page], name: str) -> None:
    page = visit(name, reduced_motion="reduce", **PHONE)
    page.get_by_role("button", name="Navigation").click()
    moving = """[...document.querySelectorAll("*")].filter((node) => {
      const style = getComputedStyle(node);
      return style.transitionProperty !== "none" && parseFloat(style.transitionDuration) > 0
        || style.animationName !== "none";
    }).map((node) => node.outerHTML.slice(0, 80))"""
    assert page.evaluate(moving) == []
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


@pytest.mark.parametrize("name", PAGES)
def test_words_in_other_letters_say_so(reading: Callable[..., Reading], name: str) -> None:
    """The page names its language, and what is written in other letters its own."""
    assert reading(name)["other_letters"] == []
