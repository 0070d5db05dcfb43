"""Pages on paper: every row stands there, nothing is cut, and a school's first sheet says first
what holds today. Boxes are measured at the width that a sheet leaves, A4 and Letter."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.addresses import PAGES
from tests.browser.readings import SHEETS, Reading

TOP = "(query) => document.querySelector(query).getBoundingClientRect().top + scrollY"
END = "(query) => document.querySelector(query).getBoundingClientRect().bottom + scrollY"


def on_paper(visit: Callable[..., Page], name: str, sheet: str, **options: Any) -> Page:
    """The page as it is laid out for a sheet."""
    width, height = SHEETS[sheet]
    page = visit(name, viewport={"width": width, "height": height}, **options)
    page.emulate_media(media="print")
    return page


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize("name", [name for name in PAGES if name != "404.html"])
def test_no_row_is_lost_and_nothing_is_cut(
    reading: Callable[..., Reading], name: str, sheet: str
) -> None:
    found = reading(name)["sheets"][sheet]
    assert found["lost"] == []
    assert found["address"]


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize("name", ["most votes", "a campus"])
def test_a_school_s_first_sheet_answers_first(
    visit: Callable[..., Page], name: str, sheet: str
) -> None:
    page = on_paper(visit, name, sheet)
    order = ["h1", "#today", ".sro-today", "#decided", ".sro-decisions", "#sources",
             ".sro-sources", "#years", "#votes", "#about"]  # fmt: skip
    tops = [page.evaluate(TOP, query) for query in order]
    assert tops == sorted(tops)
    # The sheet is read whole: it ends before the page does.
    assert page.evaluate(END, ".sro-sources") <= SHEETS[sheet][1]


def test_paper_is_white_in_the_dark_scheme_too(visit: Callable[..., Page]) -> None:
    page = on_paper(visit, "most votes", "A4", color_scheme="dark")
    colors = page.evaluate(
        "() => ['body', 'article h1', '.sro-now', '.sro-decisions > li'].map((query) =>"
        " getComputedStyle(document.querySelector(query)).color)"
    )
    assert set(colors) == {"rgb(0, 0, 0)"}
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


SHEET = re.compile(rb"/Type\s*/Page\b")


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_pdf_has_the_first_sheet_and_what_follows(visit: Callable[..., Page], sheet: str) -> None:
    page = visit("most votes")
    sheets = [
        len(SHEET.findall(page.pdf(format=sheet, page_ranges=ranges))) for ranges in ("1", "")
    ]
    assert sheets[0] == 1
    assert sheets[1] > 1


def test_what_is_closed_on_the_screen_is_open_on_paper(visit: Callable[..., Page]) -> None:
    page = on_paper(visit, "votes/", "A4")
    closed = page.locator("article details:not([open]):not(.sro-receipts *) table").first
    assert closed.is_visible()
