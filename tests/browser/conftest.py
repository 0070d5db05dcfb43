"""Fixtures of the browser tests: a page that lets no error pass unseen.

    def test_menu(page):
        page.goto("/schools/")

    @pytest.mark.parametrize("context_options", [{"viewport": NARROW}, {"color_scheme": "dark"}])
    def test_looks(page): ...

    def test_both_ways(new_page):
        plain = new_page(java_script_enabled=False)

`complaints` is what the pages of a test complained of so far. A test that provokes one (an address
that is missing) looks at the list and clears it; what is left at the end fails the test.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    ViewportSize,
    expect,
    sync_playwright,
)

from tests.browser import chromium
from tests.browser.addresses import PAGES, find
from tests.browser.readings import Reading, read_page, read_plain
from tests.shared import made_once

# How long to wait for what never comes: a busy machine is slow, and what comes is seen at once.
MILLISECONDS = 120_000
VIEWPORT: ViewportSize = {"width": 1280, "height": 720}  # where a test names none
WINDOWS = 8  # more than a test asks for; each takes memory
# What a page looks like where a test names nothing else, as Playwright opens one.
PLAIN = {"media": "null", "color_scheme": "light", "reduced_motion": "no-preference",
         "forced_colors": "none"}  # fmt: skip
LOOKS = ("viewport", "color_scheme", "reduced_motion", "forced_colors")  # that a page can change
expect.set_options(timeout=MILLISECONDS)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The machine's own Chromium, started once; fails, never skips, where there is none."""
    path = chromium.find()
    if path is None:
        pytest.fail(chromium.MISSING, False)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=chromium.flags())
        yield launched
        launched.close()


@pytest.fixture
def complaints() -> list[str]:
    """Console errors, page errors, failed requests and requests to other hosts, in order."""
    return []


@pytest.fixture
def context_options() -> dict[str, Any]:
    """Options of `page`'s context (viewport, color_scheme, locale …); override by parametrizing."""
    return {}


@dataclass
class Window:
    """A context that tests use one after the other: Chromium takes longer to open one than to show
    a page, and as long for another page in it. `complaints` is the list of the test that has it;
    `kept` keeps the window open; `blank` are the pages that the next test gets."""

    context: BrowserContext
    kept: Page
    complaints: list[str]
    blank: list[Page] = field(default_factory=list)


@pytest.fixture(scope="session")
def windows(browser: Browser) -> Iterator[dict[str, Window]]:
    """The contexts of the run so far, by what they were opened with."""
    opened: dict[str, Window] = {}
    yield opened
    for window in opened.values():
        window.context.close()


@pytest.fixture
def new_page(
    browser: Browser, windows: dict[str, Window], site_url: str, complaints: list[str]
) -> Iterator[Callable[..., Page]]:
    """Opens a page that knows nothing of those before: new_page(viewport=…, color_scheme=…,
    locale=…). Pages of one test know of each other, as in a reader's own browser.

    Addresses are relative to `site_url`, or to `base_url` if given. A test that listens to a page
    or changes what it is answered asks for one that no other test gets: new_page(alone=True).
    """
    used: list[Window] = []
    given: list[Page] = []

    def open_page(*, alone: bool = False, **options: Any) -> Page:
        looks = {name: options.pop(name) for name in LOOKS if name in options}
        window = window_for(browser, windows, {"base_url": site_url, **options})
        if window not in used:
            window.complaints = complaints
            used.append(window)
        page = window.blank.pop() if window.blank and not alone else window.context.new_page()
        if not alone:
            given.append(page)
        viewport = looks.pop("viewport", VIEWPORT)
        if page.viewport_size != viewport:
            page.set_viewport_size(viewport)
        page.emulate_media(**{**PLAIN, **looks})
        return page

    yield open_page
    for window in used:
        for page in window.context.pages:
            if page in given and page not in window.blank:
                page.mouse.move(0, 0)
                page.goto("about:blank")
                window.blank.append(page)
            elif page is not window.kept and page not in window.blank:
                page.close()
        forget(window)
    assert not complaints, "the page complained:\n" + "\n".join(complaints)


def window_for(browser: Browser, windows: dict[str, Window], options: Mapping[str, Any]) -> Window:
    """The context with these options, opened where there is none yet."""
    key = repr(sorted(options.items()))
    if key in windows:
        windows[key] = windows.pop(key)  # the last one used stands last
    else:
        if len(windows) >= WINDOWS:
            windows.pop(next(iter(windows))).context.close()
        context = browser.new_context(**options)
        context.set_default_timeout(MILLISECONDS)
        windows[key] = Window(context, context.new_page(), [])
        listen(windows[key], options["base_url"])
    return windows[key]


def forget(window: Window) -> None:
    """Take from the context what a test left in it: cookies, and what pages stored."""
    window.context.clear_cookies()
    session = window.context.new_cdp_session(window.kept)
    session.send("Storage.clearDataForOrigin", {"origin": "*", "storageTypes": "all"})
    session.detach()
    window.complaints = []


@pytest.fixture
def page(new_page: Callable[..., Page], context_options: dict[str, Any]) -> Page:
    """A page with `context_options`."""
    return new_page(**context_options)


@pytest.fixture(scope="session")
def addresses(site: Path) -> Mapping[str, str]:
    """The addresses of PAGES."""
    return find(site)


@pytest.fixture
def visit(new_page: Callable[..., Page], addresses: Mapping[str, str]) -> Callable[..., Page]:
    """Opens one of PAGES: visit("votes/", viewport=…)."""

    def open_page(name: str, **options: Any) -> Page:
        page = new_page(**options)
        page.goto(f"/{addresses[name]}")
        return page

    return open_page


@pytest.fixture
def reading(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    addresses: Mapping[str, str],
    complaints: list[str],
) -> Callable[..., Reading]:
    """What one load of one of PAGES tells all tests of a run: reading("votes/", plain=True)."""

    def of(name: str, *, plain: bool = False) -> Reading:
        def read(folder: Path) -> None:
            make = read_plain if plain else read_page
            found = make(request.getfixturevalue("new_page"), f"/{addresses[name]}")
            words = json.dumps({**found, "complaints": complaints})
            (folder / "read.json").write_text(words, encoding="utf-8")

        kind = "plain" if plain else "read"
        folder = made_once(tmp_path_factory, f"{kind}-{PAGES.index(name)}", read)
        found: Reading = json.loads((folder / "read.json").read_text(encoding="utf-8"))
        assert found["complaints"] == []
        return found

    return of


def listen(window: Window, base_url: str) -> None:
    """Note in `complaints` whatever goes wrong on any page of the context, new windows too."""
    home, context = urlsplit(base_url).netloc, window.context

    def console(message: Any) -> None:
        if message.type == "error":
            window.complaints.append(f"console: {message.text}")

    def request(sent: Any) -> None:
        address = urlsplit(sent.url)
        if address.scheme not in ("data", "blob", "about") and address.netloc != home:
            window.complaints.append(f"another host: {sent.url}")

    def failed(sent: Any) -> None:
        # A page that moves on, and a download, abort their request: nothing a reader would see.
        if sent.failure != "net::ERR_ABORTED":
            window.complaints.append(f"failed: {sent.url} {sent.failure}")

    def response(answer: Any) -> None:
        if answer.status >= 400:
            window.complaints.append(f"{answer.status}: {answer.url}")

    context.on("console", console)
    context.on("weberror", lambda error: window.complaints.append(f"page error: {error.error}"))
    context.on("request", request)
    context.on("requestfailed", failed)
    context.on("response", response)
