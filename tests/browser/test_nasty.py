"""An edition whose words hold whatever could run or load something: nothing does, even at a host
that sends no headers and in pages without their policy."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Dialog, Page

from generator.pipeline import build
from tests.browser.addresses import DESKTOP
from tests.fuzzing import nasty
from tests.presenting import settings
from tests.server import serve
from tests.shared import made_once

META = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
# What the markup in the cells would make of a page, if it were taken for markup.
MADE = (
    "base[href], iframe, style:not(svg *), link[href*='o.example'], script[src*='o.example'],"
    " script:not([src]):not([type]), [onload], [onerror], [onfocus], [onmouseover], [autofocus],"
    " meta[http-equiv=refresh], a[href^='javascript:'], img[src*='o.example']"
)
# Asked of the page itself: what a locator brings along takes a quarter of the time here.
FOUND = "(made) => [...document.querySelectorAll(made)].map((node) => node.outerHTML.slice(0, 300))"


@pytest.fixture(scope="module")
def unguarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[str]]]:
    """The address of that site without any policy, and the paths of its pages."""
    site = made_once(tmp_path_factory, "nasty", build_nasty) / "site"
    found = [path.relative_to(site).as_posix() for path in sorted(site.rglob("index.html"))]
    with serve(site) as url:
        yield url, [path.removesuffix("index.html") for path in found]


def build_nasty(folder: Path) -> None:
    """Build the edition into the folder's `site`, and take the policy out of each page."""
    (folder / "data").mkdir()
    for name, content in nasty().items():
        (folder / "data" / name).write_bytes(content)
    build(settings(folder, folder / "data"), lambda _: None)
    for page in (folder / "site").rglob("*.html"):
        html, times = META.subn("", page.read_text("utf-8"))
        assert times == 1, page
        page.unlink()  # it may be linked
        page.write_text(html, "utf-8")


def test_nothing_in_a_cell_runs_or_loads(
    new_page: Callable[..., Page], unguarded: tuple[str, list[str]]
) -> None:
    """`new_page` complains of every request to another host, and of every error."""
    url, paths = unguarded
    page = new_page(base_url=url, alone=True, **DESKTOP)
    dialogs: list[str] = []

    def note(dialog: Dialog) -> None:
        dialogs.append(f"{page.url}: {dialog.message}")
        dialog.dismiss()

    page.on("dialog", note)
    assert len(paths) > 100
    for path in paths:
        page.goto(f"/{path}")
        assert page.evaluate(FOUND, MADE) == [], path
        assert page.url == f"{url}/{path}"
    assert dialogs == []


def test_what_is_looked_for_is_seen(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.set_content('<p onmouseover="x()"><a href="javascript:x()">a</a><iframe></iframe>')
    assert len(page.evaluate(FOUND, MADE)) == 3
