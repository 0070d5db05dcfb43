"""An edition whose words hold whatever could run or load something: nothing does, even at a host
that sends no headers and in pages without their policy."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

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
# Several pages at a time in frames of one: that takes half of what it takes to go to each.
FRAMES = 16
FRAMED = """([paths, made]) => Promise.all(paths.map((path) => new Promise((done) => {
  const frame = document.createElement("iframe");
  Object.assign(frame, { width: 1280, height: 900, src: path });
  frame.onload = () => done([
    frame.contentWindow.location.href,
    [...frame.contentDocument.querySelectorAll(made)].map((node) => node.outerHTML.slice(0, 300)),
  ]);
  document.body.append(frame);
}))).finally(() => document.body.replaceChildren())"""


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
    assert len(paths) > 100
    found, dialogs = visited(new_page, url, paths)
    assert found == [(f"{url}/{path}", []) for path in paths]
    assert dialogs == []


def visited(
    new_page: Callable[..., Page], url: str, paths: list[str]
) -> tuple[list[tuple[str, list[str]]], list[str]]:
    """Where each page led to, with what is MADE on it, and the dialogs that any of them opened."""
    page = new_page(base_url=url, alone=True, **DESKTOP)
    dialogs: list[str] = []

    def note(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", note)
    page.goto("/404.html")
    found: list[tuple[str, list[str]]] = []
    for start in range(0, len(paths), FRAMES):
        some = [f"/{path}" for path in paths[start : start + FRAMES]]
        found += [(address, made) for address, made in page.evaluate(FRAMED, [some, MADE])]
    return found, dialogs


def test_what_runs_or_loads_is_seen(
    new_page: Callable[..., Page], complaints: list[str], tmp_path: Path
) -> None:
    faults = {
        "script": "<script>alert('ran')</script>",
        "error": "<img src=data:x onerror=\"throw new Error('ran')\">",
        "other": "<img src=https://o.example/x.png>",
        "quiet": '<p onmouseover="x()"><a href="javascript:x()">a</a><iframe></iframe>',
    }
    for name, body in {**faults, "404": ""}.items():
        (tmp_path / f"{name}.html").write_text(f"<!doctype html><link rel=icon href=data:,>{body}")
    with serve(tmp_path) as url:
        found, dialogs = visited(new_page, url, [f"{name}.html" for name in faults])
    made = {urlsplit(address).path: len(nodes) for address, nodes in found}
    assert made["/quiet.html"] == 3
    assert set(dialogs) == {"ran"}
    assert any("another host: https://o.example" in one for one in complaints)
    assert any("page error: ran" in one for one in complaints)
    complaints.clear()
