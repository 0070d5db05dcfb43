"""Every page of the built site read as a file: its links, its ids, and the words a reader sees."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

BASE = "https://site.invalid/"
# Elements that fetch what they name, as soon as the page opens.
LOADS = {"script": "src", "img": "src", "source": "src", "iframe": "src", "video": "src"}
LOADED_LINKS = {"stylesheet", "icon", "preload", "modulepreload", "preconnect", "dns-prefetch"}
UNSEEN = {"script", "style", "template", "head"}
# What is left where a placeholder was not filled, or a missing value was printed as it is.
REPORTS = "mailto:corrections@example.org?"  # data/site.toml
LEFT_OVER = re.compile(r"%\(|\{\{|\}\}|\{%|<NA>|\bNone\b|\bnan\b|\bNaT\b|\bundefined\b|\ue000")
# "None" as a word of English, at the beginning of a sentence or of a quotation.
ENGLISH = re.compile(r"None( of|:| held)")


@dataclass
class Document:
    """What one page holds: its links, what it loads, its ids, and the text a reader sees."""

    links: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)


class Reader(HTMLParser):
    """Fills a Document. Text inside the head, scripts and styles is not seen by anyone."""

    def __init__(self) -> None:
        super().__init__()
        self.page = Document()
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.unseen += tag in UNSEEN
        if "id" in values:
            self.page.ids.append(values["id"])
        if tag in ("a", "area") and "href" in values:
            self.page.links.append(values["href"])
        if tag in LOADS and LOADS[tag] in values:
            self.page.loads.append(values[LOADS[tag]])
        if tag == "link" and LOADED_LINKS & set(values.get("rel", "").split()):
            self.page.loads.append(values["href"])
        if tag == "form":
            self.page.links.append(values.get("action", ""))
        for name in ("alt", "title", "aria-label", "placeholder", "content"):
            self.page.text.append(values.get(name, ""))

    def handle_endtag(self, tag: str) -> None:
        self.unseen -= tag in UNSEEN

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.page.text.append(data)


def read(html: str) -> Document:
    reader = Reader()
    reader.feed(html)
    return reader.page


@cache
def pages(site: Path) -> dict[str, Document]:
    """Every HTML file by its address under the root, "schools/609713/" for an index.html."""
    found = sorted(site.rglob("*.html"))
    return {
        path.relative_to(site).as_posix().removesuffix("index.html"): read(path.read_text("utf-8"))
        for path in found
    }


def faults(pages: dict[str, Document], files: set[str]) -> Iterator[str]:
    """What is wrong with the links of the pages: "schools/1/: #nowhere has no target"."""
    for path, page in pages.items():
        for link in {*page.links, *page.loads}:
            wrong = fault(path, link, pages, files)
            if wrong:
                yield f"{path}: {link} {wrong}"


def fault(path: str, link: str, pages: dict[str, Document], files: set[str]) -> str:
    """Why a link of a page leads nowhere; "" for a good one and for one to another site."""
    parts = urlsplit(link)
    # An empty icon, so that a browser asks for none.
    if parts.scheme in ("http", "https") or link == "data:," or link.startswith(REPORTS):
        return ""
    if parts.scheme or parts.netloc:
        return "has an address of an unknown kind"
    # 404.html is shown at any depth: MkDocs writes its links from the root of the host.
    if parts.path.startswith("/") and not path.endswith("404.html"):
        return "starts at the root of the host"
    target = unquote(urlsplit(urljoin(BASE + path, link)).path.removeprefix("/"))
    if target not in files and target not in pages:
        return "leads to no file"
    if parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].ids:
        return "leads to no id"
    return ""


def files_of(site: Path) -> set[str]:
    return {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def documents(site: Path) -> dict[str, Document]:
    return pages(site)


def test_every_link_leads_somewhere(site: Path, documents: dict[str, Document]) -> None:
    assert len(documents) > 600
    assert not list(faults(documents, files_of(site)))[:20]


def test_loads_nothing_from_other_hosts(site: Path, documents: dict[str, Document]) -> None:
    outside = [
        f"{path}: {address}"
        for path, page in documents.items()
        for address in page.loads
        if urlsplit(address).netloc or urlsplit(address).scheme not in ("", "data")
    ]
    sheets = [
        f"{sheet.name}: {found}"
        for sheet in site.rglob("*.css")
        for found in re.findall(r"(?:url\(|@import)\s*[\"']?((?:https?:)?//[^\"')]+)", text(sheet))
    ]
    assert not outside + sheets


def text(path: Path) -> str:
    return path.read_text("utf-8")


def test_ids_are_unique(documents: dict[str, Document]) -> None:
    twice = [
        f"{path}: {name}"
        for path, page in documents.items()
        if len(page.ids) > len(set(page.ids))
        for name in sorted(set(page.ids))
        if page.ids.count(name) > 1
    ]
    assert not twice[:20]


def test_sitemap_lists_every_page(site: Path, documents: dict[str, Document]) -> None:
    listed = re.findall(r"<loc>([^<]*)</loc>", text(site / "sitemap.xml"))
    root = min(listed, key=len)
    assert sorted(address.removeprefix(root) for address in listed) == sorted(
        # Figures alone are for frames; the page that each comes from is listed.
        path
        for path in documents
        if not path.endswith("404.html") and not path.startswith("embed/")
    )


def test_no_page_shows_what_was_left_over(documents: dict[str, Document]) -> None:
    found = [
        f"{path}: {words.strip()[:80]}"
        for path, page in documents.items()
        for words in page.text
        # BibTeX keeps capitals in two braces.
        if LEFT_OVER.search(ENGLISH.sub("", words)) and not words.startswith("@misc{")
    ]
    assert not found[:20]


@pytest.mark.parametrize(
    ("link", "wrong"),
    [
        ("../b/", ""),
        ("../b/#here", ""),
        ("../data/t.csv", ""),
        ("https://source.example/page", ""),
        ("?q=kelly", ""),
        ("", ""),
        ("../c/", "leads to no file"),
        ("../b", "leads to no file"),
        ("../b/#nowhere", "leads to no id"),
        ("#nowhere", "leads to no id"),
        ("/b/", "starts at the root of the host"),
        ("//tracker.example/x", "has an address of an unknown kind"),
        ("mailto:corrections@example.org?subject=Problem", ""),
        ("mailto:somebody@example.org", "has an address of an unknown kind"),
        ("javascript:void(0)", "has an address of an unknown kind"),
    ],
)
def test_sees_a_bad_link(link: str, wrong: str) -> None:
    """The judge itself, on two pages and a file."""
    two = {"a/": read("<h1 id=top>A</h1>"), "b/": read("<h1 id=here>B</h1>")}
    assert fault("a/", link, two, {"a/index.html", "b/index.html", "data/t.csv"}) == wrong


@pytest.mark.parametrize("words", ["%(count)s votes", "{{ name }}", "None", "a nan b", "&lt;NA>"])
def test_sees_what_was_left_over(words: str) -> None:
    (shown,) = [part for part in read(f"<p>{words}</p>").text if part]
    assert LEFT_OVER.search(ENGLISH.sub("", shown))
    assert not LEFT_OVER.search("Nonetheless, banana: 50 % (of 100)")


def test_every_page_names_itself_in_each_language(site: Path) -> None:
    """Both ways: the same addresses stand on the page in either language, and lead to a page."""
    alternate = re.compile(r'<link rel="alternate " hreflang="([^"]*)" href="([^"]*)">')
    canonical = re.compile(r'<link rel="canonical" href="([^"]*)">')
    pages = [path for path in site.rglob("index.html") if "embed" not in path.parts]
    root = min(canonical.findall(text(site / "index.html")), key=len)
    found = {path: dict(alternate.findall(text(path))) for path in pages}
    for path, named in found.items():
        place = path.parent.relative_to(site).as_posix().removeprefix("es").strip("./")
        own = f"{place}/" if place else ""
        assert named == {
            "en": root + own, "es": f"{root}es/{own}", "x-default": root + own,
        }, path  # fmt: skip
        assert canonical.findall(text(path)) == [named["es" if "es" in path.parts else "en"]]
        assert all((site / href.removeprefix(root) / "index.html").is_file()
                   for href in named.values())  # fmt: skip
    assert len(found) > 1500
