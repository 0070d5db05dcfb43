"""What a page costs a reader with a slow line, and what the host sends with it."""

import gzip
import re
from pathlib import Path
from urllib.parse import urljoin

import pytest
from markupsafe import escape

from generator.shell.policy import framed_policy, headers, policy
from tests.server import STRICT, joining, replacing, rules_of

SCHOOL_BYTES, FIRST_BYTES = 18_000, 90_000
MOST_RULES = 100  # that Cloudflare Pages reads
# Whatever a browser fetches as soon as it opens a page; what waits for a reader stands in data-src.
FETCHED = re.compile(r'<(?:link rel="(?:stylesheet|icon)" href|script src|img[^>]* src)="([^"]+)"')
INLINE = re.compile(
    r"<style\b|<[^>]+\sstyle=|<[^>]+\son[a-z]+=|<script(?![^>]*\ssrc=)(?![^>]*\stype=\"application/(?:ld\+)?json\")"
)
META, FRAMED = (
    f'<meta http-equiv="Content-Security-Policy" content="{said}">'
    for said in (policy(), str(escape(framed_policy())))
)
FRAMED_BYTES = 15_000


def pages(site: Path) -> dict[str, str]:
    """Every page of the site by its path."""
    return {
        path.relative_to(site).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(site.rglob("*.html"))
    }


def packed(content: bytes) -> int:
    """Bytes on the line, as most hosts send them."""
    return len(gzip.compress(content, 6))


def first_load(site: Path, path: str) -> dict[str, int]:
    """Packed bytes of a page and of all that it fetches at once, by path in the site."""
    html = (site / path).read_bytes()
    found = {urljoin(f"/{path}", address).lstrip("/") for address in FETCHED.findall(html.decode())}
    # Style sheets name further files; none of ours and of Material's are fetched but as data.
    for name in found:
        if name.endswith(".css"):
            named = re.findall(
                r"url\(\s*['\"]?(?!data:|#)([^)'\"]+)", (site / name).read_text("utf-8")
            )
            assert named == [], f"{name} fetches {named}"
    return {path: packed(html), **{name: packed((site / name).read_bytes()) for name in found}}


def test_a_page_of_a_school_is_light(site: Path) -> None:
    heavy = {
        path: size
        for path, html in pages(site).items()
        if re.fullmatch(r"schools/\d+/index[.]html", path)
        if (size := packed(html.encode())) > SCHOOL_BYTES
    }
    assert heavy == {}, f"more than {SCHOOL_BYTES} bytes packed"


def heaviest_school(site: Path) -> str:
    schools = [path for path in pages(site) if re.fullmatch(r"schools/\d+/index[.]html", path)]
    return max(schools, key=lambda path: packed((site / path).read_bytes()))


@pytest.mark.parametrize("kind", ["home", "the list", "a school"])
def test_a_first_load_is_light(site: Path, kind: str) -> None:
    path = {"home": "index.html", "the list": "schools/index.html"}.get(kind)
    sizes = first_load(site, path or heaviest_school(site))
    assert len(sizes) > 8, f"the page fetches less than its own styles and scripts: {sizes}"
    assert sum(sizes.values()) < FIRST_BYTES, sizes


def test_every_page_brings_the_policy_and_keeps_it(site: Path) -> None:
    """Without a policy, or with what it bars; a host that sends no headers protects as well."""
    found = pages(site)
    metas = {path: FRAMED if path.startswith("embed/") else META for path in found}
    assert [path for path, html in found.items() if html.count(metas[path]) != 1] == []
    assert {path: bad for path, html in found.items() if (bad := INLINE.findall(html))} == {}
    assert "frame-ancestors" not in policy()


def test_the_host_is_told_the_strict_headers(site: Path) -> None:
    files = [path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()]
    assert (site / "_headers").read_text(encoding="utf-8") == headers(files)
    rules = rules_of(site)
    assert len(rules) <= MOST_RULES
    framed = {**STRICT, "Content-Security-Policy": f"{framed_policy()}; frame-ancestors *"}
    for path in files:
        address = f"/{path.removesuffix('index.html')}"
        if path.endswith(".html"):
            expected = framed if path.startswith("embed/") else STRICT
            # Whatever a host makes of two rules for one address: no address has two.
            assert joining(rules)(address) == replacing(rules)(address) == expected, address


def test_the_page_of_a_figure_is_light(site: Path) -> None:
    style = packed((site / "assets/embed.css").read_bytes())
    sizes = {p: packed(html.encode()) + style for p, html in pages(site).items() if "embed/" in p}
    assert sizes
    assert {path: size for path, size in sizes.items() if size > FRAMED_BYTES} == {}


@pytest.mark.parametrize(
    "html",
    [
        "<style>p{}</style>", '<p class="a" style="color:red">', '<svg style="x">',
        "<script>1</script>", '<button onclick="x()">', '<script type="module">1</script>',
    ],
)  # fmt: skip
def test_what_the_policy_bars_is_seen(html: str) -> None:
    assert INLINE.search(html)


def test_what_the_policy_allows_is_not_seen() -> None:
    allowed = (
        '<script src="a.js" data-src="b.js"></script><script id="c" type="application/json">{}'
    )
    assert not INLINE.search(allowed)
