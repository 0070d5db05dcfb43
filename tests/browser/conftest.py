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

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser import chromium
from tests.browser.addresses import find

# How long to wait for what never comes: a busy machine is slow, and what comes is seen at once.
MILLISECONDS = 120_000
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


@pytest.fixture
def new_page(
    browser: Browser, site_url: str, complaints: list[str]
) -> Iterator[Callable[..., Page]]:
    """Opens a page in a context of its own: new_page(viewport=…, color_scheme=…, locale=…).

    Addresses are relative to `site_url`, or to `base_url` if given.
    """
    contexts = []

    def open_page(**options: Any) -> Page:
        context = browser.new_context(**{"base_url": site_url, **options})
        contexts.append(context)
        context.set_default_timeout(MILLISECONDS)
        listen(context, options.get("base_url", site_url), complaints)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
    assert not complaints, "the page complained:\n" + "\n".join(complaints)


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


def listen(context: BrowserContext, base_url: str, complaints: list[str]) -> None:
    """Note in `complaints` whatever goes wrong on any page of the context, new windows too."""
    home = urlsplit(base_url).netloc

    def console(message: Any) -> None:
        if message.type == "error":
            complaints.append(f"console: {message.text}")

    def request(sent: Any) -> None:
        address = urlsplit(sent.url)
        if address.scheme not in ("data", "blob", "about") and address.netloc != home:
            complaints.append(f"another host: {sent.url}")

    def failed(sent: Any) -> None:
        # A page that moves on, and a download, abort their request: nothing a reader would see.
        if sent.failure != "net::ERR_ABORTED":
            complaints.append(f"failed: {sent.url} {sent.failure}")

    def response(answer: Any) -> None:
        if answer.status >= 400:
            complaints.append(f"{answer.status}: {answer.url}")

    context.on("console", console)
    context.on("weberror", lambda error: complaints.append(f"page error: {error.error}"))
    context.on("request", request)
    context.on("requestfailed", failed)
    context.on("response", response)
