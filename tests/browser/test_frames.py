"""A figure stands in a frame on another site, and no other page does."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.addresses import EMBEDS
from tests.browser.axe import RULES_IN, SHORTEN, complaints_of_axe
from tests.browser.conftest import VIEWPORT
from tests.browser.readings import SIDEWAYS
from tests.server import Headers, Rules, joining, replacing, rules_of, serve

NARROW, WIDE = {"width": 300, "height": 600}, {"width": 900, "height": 700}


@pytest.fixture(params=[joining, replacing])
def host(request: pytest.FixtureRequest, site: Path) -> Iterator[str]:
    """The site on a host that joins the headers of all rules, and on one that takes the last."""
    made: Callable[[Rules], Headers] = request.param
    with serve(site, made(rules_of(site))) as url:
        yield url


def framing(folder: Path, address: str) -> None:
    """A page of another site with one frame."""
    html = f"<!doctype html><html lang=en><link rel=icon href=data:,><title>t</title>{address}"
    (folder / "index.html").write_text(html, encoding="utf-8")


@pytest.mark.parametrize("path", EMBEDS)
def test_a_figure_is_shown_in_a_frame_of_another_site(
    new_page: Callable[..., Page], complaints: list[str], host: str, tmp_path: Path, path: str
) -> None:
    framing(tmp_path, f'<iframe src="{host}/{path}" title="f" width="100%" height="600"></iframe>')
    with serve(tmp_path) as other:
        page = new_page(base_url=other)
        page.goto("/")
        inside = page.frame_locator("iframe")
        expect(inside.get_by_role("heading", level=1)).to_be_visible()
        expect(inside.get_by_role("img").first).to_be_visible()
        expect(inside.get_by_role("table").first).to_be_visible()
        link = inside.locator("a.f").first
        assert link.evaluate("node => node.target || document.querySelector('base').target")
    others = {text for text in complaints if not text.startswith(f"another host: {host}/")}
    assert others == set()
    complaints.clear()


@pytest.mark.parametrize("path", ["", "votes/", "schools/610513/", "data/votes/", "404.html"])
def test_another_page_is_refused_in_a_frame(
    new_page: Callable[..., Page], complaints: list[str], host: str, tmp_path: Path, path: str
) -> None:
    framing(tmp_path, f'<iframe src="{host}/{path}" title="f"></iframe>')
    with serve(tmp_path) as other:
        page = new_page(base_url=other)
        page.goto("/")
        page.wait_for_timeout(200)  # what a frame refuses is told after its page has loaded
        assert [frame for frame in page.frames if frame.url == f"{host}/{path}"] == []
    assert any("frame-ancestors 'none'" in one for one in complaints), complaints
    complaints.clear()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", EMBEDS)
def test_a_figure_is_sound(new_page: Callable[..., Page], path: str, scheme: str) -> None:
    """By axe and without a sideways scroll, in a narrow frame and a wide one."""
    page = new_page(color_scheme=scheme, java_script_enabled=True)
    page.goto(f"/{path}")
    for size in (NARROW, WIDE):
        page.set_viewport_size(size)
        assert complaints_of_axe(page) == []
        assert page.evaluate(SIDEWAYS) <= 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_open_code_is_sound(
    new_page: Callable[..., Page], addresses: Mapping[str, str], scheme: str
) -> None:
    page = new_page(color_scheme=scheme, reduced_motion="reduce")
    page.goto(f"/{addresses['most votes']}")
    code = page.locator(".sro-embed").first
    code.locator("summary").click()
    expect(code.get_by_role("button", name="Copy").first).to_be_visible()
    page.set_viewport_size(NARROW)
    assert page.evaluate(SIDEWAYS) <= 0
    page.set_viewport_size(VIEWPORT)
    page.evaluate(SHORTEN)
    expect(code.get_by_role("button", name="Copy").first).to_be_visible()
    assert complaints_of_axe(page, RULES_IN[scheme]) == []


def test_the_code_is_copied_by_a_click_and_readable_without(
    new_page: Callable[..., Page], addresses: Mapping[str, str]
) -> None:
    path = f"/{addresses['most votes']}"
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(path)
    code = page.locator(".sro-embed").first
    code.locator("summary").click()
    code.get_by_role("button", name="Copy").first.click()
    expect(code.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == code.locator("code").first.text_content()
    assert copied.startswith('<iframe src="https://')
    plain = new_page(java_script_enabled=False)
    plain.goto(path)
    plain.locator(".sro-embed summary").first.click()
    expect(plain.locator(".sro-embed code").first).to_be_visible()
    assert plain.locator(".sro-embed button").count() == 0
