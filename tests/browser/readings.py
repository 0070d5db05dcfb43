"""What one load of a page tells all tests that only look at it.

A page takes longer to load than to look at, so one load of it serves all of them in a run, and one
without JavaScript. What they say of it is told as JSON; each test says what that has to be.
"""

from collections.abc import Callable, Mapping
from typing import Any

from playwright.sync_api import Error, Page, expect

from tests.browser.addresses import PHONE

Reading = Mapping[str, Any]
WIDTHS = (768, 360, 320)
# 200 % on a screen of 1280 px is 640 px at two device pixels; 400 % is 320 px.
LARGE = ((640, 450), (320, 256))

# Width and height between the margins of print.css, in pixels of 1/96 inch.
SHEETS = {"A4": (688, 1032), "Letter": (710, 965)}

SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

# What every page owes its readers; each line of the answer is a fault.
STRUCTURE = """() => {
  const faults = [];
  const all = (query) => [...document.querySelectorAll(query)];
  const html = document.documentElement;
  if (!/^[a-z]{2}/.test(html.lang)) faults.push(`html has lang "${html.lang}"`);
  if (all("h1").length !== 1) faults.push(`${all("h1").length} headings of the first level`);
  let before = 0;
  for (const heading of all("h1, h2, h3, h4, h5, h6")) {
    const level = Number(heading.tagName[1]);
    if (level > before + 1) faults.push(`${heading.textContent}: level ${level} after ${before}`);
    before = level;
  }
  for (const table of all("table")) {
    const name = table.caption?.textContent.trim();
    if (!name) faults.push(`a table without a caption: ${table.textContent.slice(0, 60)}`);
    for (const head of table.querySelectorAll("th"))
      if (!head.scope) faults.push(`${name}: "${head.textContent}" has no scope`);
    if (!table.querySelector("th[scope=col]")) faults.push(`${name}: no heads of columns`);
  }
  for (const picture of all("article svg, article img")) {
    const hidden = picture.closest("[aria-hidden=true]");
    const named = (picture.getAttribute("aria-labelledby") ?? "").split(" ")
      .some((id) => document.getElementById(id)?.textContent.trim());
    if (!hidden && !named && !picture.ariaLabel && !picture.alt)
      faults.push(`a picture without a name: ${picture.outerHTML.slice(0, 80)}`);
  }
  if (!document.querySelector("a.md-skip")) faults.push("no link that skips to the content");
  if (!document.querySelector("meta[name=description]")?.content && document.title.length < 3)
    faults.push("neither title nor description");
  return faults;
}"""

# Text that is not shown. What a closed <details> holds opens without a script.
HIDDEN_TEXT = """() => {
  const nodes = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
  const hidden = [];
  for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
    const parent = node.parentElement;
    const other = parent.closest("form[data-filter], title, desc, details, .headerlink");
    if (other || !node.data.trim()) continue;
    if (!parent.checkVisibility({ checkVisibilityCSS: true })) hidden.push(node.data);
  }
  return hidden;
}"""

# Text in letters that the language of the page does not have.
OTHER_LETTERS = """() => {
  const found = [];
  const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = nodes.nextNode(); node; node = nodes.nextNode())
    if (/[\\p{L}]/u.test(node.data.replace(/[\\p{Script=Latin}]/gu, "")) &&
        !node.parentElement.closest("[translate=no], [lang]:not(html), script"))
      found.push(node.data);
  return found;
}"""

# Digits in the main content that no receipt, source or picture answers for.
# A form offers what stands in the cells of its list, and counts the rows that it shows.
STRAY_DIGITS = """() => {
  const covered = "[data-fact], [data-text], code, h1, h2, h3, h4, h5, h6, cite,"
    + " .sro-sources li, .cite a[href^='#source-'], form option, form [role=status]";
  const ticks = ".chart text, .chart title, .chart desc, .map desc";
  const article = document.querySelector("article");
  const nodes = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
  const found = [];
  for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
    const parent = node.parentElement;
    if (!/\\d/.test(node.data) || parent.closest(`${covered}, ${ticks}`)) continue;
    found.push(node.data.trim());
  }
  return found;
}"""

# Labels of charts whose number is no fact of the page and no tick under an axis.
STRAY_LABELS = """() => {
  const words = (query) => [...document.querySelectorAll(query)]
    .map((node) => node.textContent.trim());
  const facts = new Set(words("article [data-fact]"));
  const texts = words("article [data-text]");
  const known = (label) => label.split(" / ").every((part) => facts.has(part))
    || label.split(": ").every((part) => texts.some((text) => text.includes(part)));
  const found = [];
  document.querySelectorAll("article .chart text").forEach((label) => {
    const text = label.textContent.trim();
    const tick = label.getAttribute("text-anchor") === "middle" && /^\\d+$/.test(text);
    if (/\\d/.test(text) && !tick && !known(text)) found.push(text);
  });
  return found;
}"""

# Rows that are not there, and boxes that are wider than the sheet or hold more than they show.
LOST = """() => {
  const faults = [];
  const width = document.documentElement.clientWidth;
  const article = document.querySelector("article.md-content__inner");
  for (const row of article.querySelectorAll("tr, .sro-sources > li, .sro-promise, .sro-clause")) {
    if (row.closest(".sro-receipts") || row.hidden) continue;
    const box = row.getBoundingClientRect();
    if (!(box.width > 0 && box.height > 0)) faults.push(`lost: ${row.textContent.slice(0, 60)}`);
  }
  for (const element of article.querySelectorAll("table, td, th, p, li, figure, svg, h1, h2, h3")) {
    if (element.closest(".sro-receipts, [aria-hidden], .sro-hidden")) continue;
    const box = element.getBoundingClientRect();
    if (box.right > width + 1 || box.left < -1)
      faults.push(`wider than the sheet: ${element.tagName} ${element.textContent.slice(0, 60)}`);
    const style = getComputedStyle(element);
    const scrolls = !["visible", "clip"].includes(style.overflowX) && element.tagName !== "svg";
    if (scrolls && element.scrollWidth > element.clientWidth + 1)
      faults.push(`cut: ${element.tagName} ${element.textContent.slice(0, 60)}`);
  }
  for (const frame of article.querySelectorAll(".sro-scroll"))
    if (frame.scrollWidth > frame.clientWidth + 1) faults.push(`cut: ${frame.ariaLabel}`);
  return faults;
}"""


def read_page(open_page: Callable[..., Page], address: str) -> Reading:
    """The page with JavaScript: on the screen, on a narrow one, enlarged, on paper, and where the
    finder on it leads to."""
    page = open_page()
    page.goto(address)
    found = {
        "structure": page.evaluate(STRUCTURE), "other_letters": page.evaluate(OTHER_LETTERS),
        **numbers(page), "sideways": {}, "sheets": {},
    }  # fmt: skip
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 780})
        found["sideways"][str(width)] = page.evaluate(SIDEWAYS)
    found["enlarged"] = enlarged(page)
    page.emulate_media(media="print")
    for sheet, (width, height) in SHEETS.items():
        page.set_viewport_size({"width": width, "height": height})
        address_shown = page.locator(".sro-address").is_visible()
        found["sheets"][sheet] = {"lost": page.evaluate(LOST), "address": address_shown}
    page.emulate_media(media="screen")
    return {**found, "finder": finder_of(page)}


def numbers(page: Page) -> dict[str, Any]:
    """Digits and labels that stand alone, and how many values have a receipt."""
    receipts = page.locator("article a.f[href^='#receipt-']").count()
    return {
        "digits": page.evaluate(STRAY_DIGITS), "labels": page.evaluate(STRAY_LABELS),
        "receipts": receipts,
    }  # fmt: skip


def enlarged(page: Page) -> dict[str, list[float]]:
    """On screens of two device pixels to each CSS pixel, by width: how many these are, the width,
    and how far the page scrolls sideways."""
    found = {}
    session = page.context.new_cdp_session(page)
    for width, height in LARGE:
        told = {"width": width, "height": height, "deviceScaleFactor": 2, "mobile": False}
        session.send("Emulation.setDeviceMetricsOverride", told)
        found[str(width)] = page.evaluate(f"[devicePixelRatio, innerWidth, {SIDEWAYS}]")
    session.detach()
    return found


def finder_of(page: Page) -> dict[str, str]:
    """The first school that the finder offers for a few letters, and the one it leads to; or what
    went wrong. By selectors, not by roles: on a page of thousands of cells these take seconds."""
    offered = page.locator("form.sro-finder [role=listbox] > [role=option]").first
    try:
        page.locator("form.sro-finder[role=search] input").fill("kelly coll")
        offered.wait_for()  # an `expect` describes the whole page at each look that is too early
        expect(offered).to_contain_text("Kelly")
        words = str(offered.text_content())
        offered.click()
        page.wait_for_url("**/schools/*/", wait_until="commit")
        return {"offered": words, "led_to": page.locator("h1").inner_text()}
    except (AssertionError, Error) as error:
        return {"fault": str(error)}


def read_plain(open_page: Callable[..., Page], address: str) -> Reading:
    """The page without JavaScript, on a phone."""
    page = open_page(java_script_enabled=False, **PHONE)
    page.goto(address)
    footer = page.get_by_role("contentinfo").get_by_role("link", name="Methods")
    return {
        "hidden": page.evaluate(HIDDEN_TEXT),
        "toggles": page.locator("[data-toggles]:visible, form[data-filter]:visible").count(),
        "heading": page.locator("h1").is_visible(), "footer": footer.is_visible(), **numbers(page),
    }  # fmt: skip
