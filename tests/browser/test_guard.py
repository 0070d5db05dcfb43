"""The guard of the browser tests lets nothing pass: each fault is put on a page and is seen."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser import chromium
from tests.browser.conftest import VIEWPORT, Window, forget
from tests.server import STRICT, serve


@pytest.fixture
def site_url(tmp_path: Path) -> Iterator[str]:
    """A site of one empty page in place of the real one."""
    (tmp_path / "index.html").write_text(html(""), encoding="utf-8")
    (tmp_path / "404.html").write_text(html("not here"), encoding="utf-8")
    with serve(tmp_path) as url:
        yield url


def html(body: str) -> str:
    """A page without a fault but what `body` brings."""
    return f"<!doctype html><html lang=en><link rel=icon href=data:,><title>t</title>{body}"


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ("<script>console.error('broken')</script>", "console: broken"),
        ("<script>throw new Error('thrown')</script>", "page error: thrown"),
        ("<img src=/missing.png alt=''>", "404: "),
        ("<img src=http://tracker.example/dot.png alt=''>", "another host: http://tracker.example"),
        ("<script>open('/missing')</script>", "404: "),
    ],
)
def test_sees_the_fault(
    page: Page, complaints: list[str], tmp_path: Path, body: str, complaint: str
) -> None:
    (tmp_path / "index.html").write_text(html(body), encoding="utf-8")
    page.goto("/")
    page.wait_for_timeout(200)  # a new window loads after its opener
    assert any(found.startswith(complaint) for found in complaints), complaints
    complaints.clear()


def test_is_content_with_a_faultless_page(page: Page) -> None:
    page.goto("/")
    assert page.title() == "t"


def test_shows_the_own_page_for_a_missing_address(page: Page, complaints: list[str]) -> None:
    answer = page.goto("/nowhere/")
    assert answer is not None
    assert answer.status == 404
    assert "not here" in page.content()
    complaints.clear()


def test_sees_a_broken_policy(
    new_page: Callable[..., Page], complaints: list[str], tmp_path: Path
) -> None:
    (tmp_path / "index.html").write_text(html("<p style='color:red'>loud"), encoding="utf-8")
    with serve(tmp_path, lambda _: STRICT) as strict_url:
        new_page(base_url=strict_url).goto("/")
        assert any("Content Security Policy" in found for found in complaints), complaints
    complaints.clear()


@pytest.mark.parametrize("context_options", [{"viewport": {"width": 360, "height": 640}}])
def test_takes_options(page: Page) -> None:
    page.goto("/")
    assert page.evaluate("innerWidth") == 360


MEDIA = """["print", "(prefers-color-scheme: dark)", "(prefers-reduced-motion: reduce)",
  "(forced-colors: active)"].map((query) => matchMedia(query).matches)"""
KNOWN = "[localStorage.getItem('known'), sessionStorage.getItem('known'), document.cookie]"


def test_pages_of_a_test_know_nothing_of_the_test_before(
    new_page: Callable[..., Page], windows: dict[str, Window]
) -> None:
    page, other = new_page(), new_page()
    page.goto("/")
    page.evaluate("localStorage.setItem('known', 1); document.cookie = 'known=1'")
    other.goto("/")
    assert other.evaluate(KNOWN) == ["1", None, "known=1"]
    forget(next(reversed(windows.values())))
    other.reload()
    assert other.evaluate(KNOWN) == [None, None, ""]


@pytest.fixture(scope="module")
def same_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site that several tests visit, as they do the real one."""
    folder = tmp_path_factory.mktemp("same")
    (folder / "index.html").write_text(html(""), encoding="utf-8")
    with serve(folder) as url:
        yield url


@pytest.fixture(scope="module")
def before() -> list[Page]:
    """The page that the test before had."""
    return []


@pytest.mark.parametrize("turn", ["first", "second"])
def test_a_page_that_a_test_before_had_is_as_new(
    new_page: Callable[..., Page], same_url: str, before: list[Page], turn: str
) -> None:
    page = new_page(base_url=same_url)
    assert page.url == "about:blank"
    assert page.viewport_size == VIEWPORT
    page.goto("/")
    assert page.evaluate(f"[{KNOWN}, {MEDIA}]") == [[None, None, ""], [False] * 4]
    page.evaluate("() => { onmousedown = (event) => { window.at = [event.x, event.y] } }")
    page.mouse.down()
    page.mouse.up()
    assert page.evaluate("at") == [0, 0]
    if turn == "second":
        assert before in ([], [page])  # none where it runs alone, or another process ran the first
        return
    before.append(page)
    page.evaluate("sessionStorage.setItem('known', 1); localStorage.setItem('known', 1)")
    page.set_viewport_size({"width": 360, "height": 640})
    looks = {"color_scheme": "dark", "reduced_motion": "reduce", "forced_colors": "active"}
    page.emulate_media(media="print", **looks)  # type: ignore[arg-type]
    assert page.evaluate(MEDIA) == [True] * 4
    page.mouse.move(100, 100)


def test_finds_no_browser_where_chromium_names_none(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CHROMIUM", "no-such-browser")
    monkeypatch.setattr("sys.argv", ["chromium.py", "--install"])
    assert chromium.main() == 1
    assert "No browser found" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("here", "offered", "found"),
    [
        (None, "chromium-headless-shell chromium", "chromium-headless-shell"),
        (None, "chromium", "chromium"),
        (None, "", None),
        ("chromium", "chromium-headless-shell chromium", "chromium-headless-shell"),
        ("google-chrome", "chromium", "google-chrome"),
        ("chromium-headless-shell", "chromium", "chromium-headless-shell"),
    ],
)
def test_installs_the_smallest_browser_that_there_is(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    here: str | None,
    offered: str,
    found: str | None,
) -> None:
    """With an apt-get of our own: the real one would change the machine."""
    apt = tmp_path / "apt-get"
    apt.write_text(
        f'#!/bin/sh\ncase $* in *update*) exit;; esac\nfor one in {offered}; do case " $* " in\n'
        f'*" $one "*) : > {tmp_path}/$one; exec /bin/chmod +x {tmp_path}/$one;; esac; done\n'
        "exit 100\n"
    )
    apt.chmod(0o755)
    if here:
        (tmp_path / here).touch(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(chromium, "is_root", lambda: True)
    monkeypatch.setattr("sys.argv", ["chromium.py"])
    assert chromium.main() == (here is None)
    told = capsys.readouterr()
    assert told.out.strip() == (str(tmp_path / here) if here else "")
    assert here or "No browser found" in told.err
    monkeypatch.setattr("sys.argv", ["chromium.py", "--install"])
    assert chromium.main() == (found is None)
    assert capsys.readouterr().out.strip() == (str(tmp_path / found) if found else "")
    assert not (tmp_path / "chromium").exists() or "chromium" in (here, found)
