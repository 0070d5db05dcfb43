"""Promises that hold for any edition: text stays text, whatever the order of rows."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from markdown import Markdown  # type: ignore[import-untyped]
from mkdocs.config import load_config

from generator import pages
from generator.charts.topology import Area
from generator.check import check
from generator.derive import derive
from generator.model import CheckedTable, Edition, PageSource
from generator.present.languages import language
from generator.read import read
from generator.read.cells import cell_fault
from generator.shell.blocks import to_html
from generator.shell.siteindex import search_entry
from generator.shell.stamped import source
from tests.edition import EDITION, write_edition
from tests.presenting import ROOT, TEMPLATES, NoPictures, all_pages, site_of

SETTINGS = load_config(str(ROOT / "mkdocs.yml"), docs_dir=str(ROOT / "tests"))
SCHOOLS = ("900", "000")
SQUARE = Area({}, (((-88.0, 41.0), (-88.0, 42.0), (-87.0, 42.0), (-87.0, 41.0), (-88.0, 41.0)),))
# Pages whose parts do not depend on the first letters or the order of names.
STABLE = (
    "agreements/", "alternatives/", "claims/", "contradictions/", "costs/", "feedback/",
    "incidents/", "leads/", "program/", "votes/",
)  # fmt: skip
VOID = {"br", "col", "input", "wbr"}

NASTY = (
    "<b>", "</p>", "</td></tr>", "<script>alert(1)</script>", "<!--", "-->", "<![CDATA[", "<?x",
    "&", "&lt;", "&#39;", "&amp;amp;", '"', "'", "{{ page }}", "{% raw %}", "{# c #}", "%(n)s",
    "100%", "*a*", "_b_", "__c__", "`d`", "```", "~~~", "[e](f)", "![g](h)", "[TOC]", "# i", "> j",
    "1. k", "\\", "\\1", "{: #l .m }", "| n |", "---", "<https://o.example>", "wzxhzdk:0",
    'data-search-exclude="p"', "مدرسة", "שלום", "東京", "🎒", "e\u0301", "\xa0",
)  # fmt: skip
SEEN = st.characters(exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
CELLS = (
    st.lists(st.one_of(st.sampled_from(NASTY), st.text(SEEN, max_size=8)), min_size=1, max_size=5)
    .map(lambda parts: " ".join(parts).strip())
    .filter(lambda text: bool(text) and cell_fault(text, words=True) is None)
)
TEXTS = st.lists(CELLS, min_size=12, max_size=40, unique_by=str.casefold)


class Structure(HTMLParser):
    """What a page is made of, whether it closes what it opens, and its words of data."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.made: Counter[tuple[str, ...]] = Counter()
        self.texts: list[str] = []
        self.open: list[str] = []
        self.inside = 0
        self.feed(html)
        self.close()
        assert self.open == [], f"not closed: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.made[(tag, *(name for name, _ in attrs))] += 1
        if tag in VOID:
            return
        self.open.append(tag)
        if any(name == "data-text" for name, _ in attrs):
            self.texts.append("")
            self.inside = len(self.open)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}> closes another element"
        self.inside = 0 if len(self.open) < self.inside else self.inside

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.texts[-1] += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    handle_decl = unknown_decl = handle_pi = handle_comment


@cache
def checked() -> tuple[Edition, Mapping[str, CheckedTable]]:
    """The small edition, checked once."""
    with TemporaryDirectory() as folder:
        edition, raw = read(write_edition(Path(folder)))
        return edition, check(raw, edition)


def built(texts: Sequence[str]) -> dict[str, PageSource]:
    """All pages of the edition whose cells of words hold the texts, one after the other."""
    edition, tables = checked()
    words = endless(texts)
    filled = {name: replace(table, frame=table.frame.copy()) for name, table in tables.items()}
    for table in filled.values():
        for column in table.table.columns:
            if column.kind == "text":
                cells = table.frame[column.name]
                said = [next(words) if known else None for known in cells.notna()]
                table.frame[column.name] = cells.__class__(said, cells.index, dtype="string")
    record = derive(filled, edition)
    spoken = language("en", edition)
    return all_pages(pages.site(record, spoken, TEMPLATES, NoPictures(), (SQUARE,)))


def endless(texts: Sequence[str]) -> Iterator[str]:
    """The texts again and again, each time with another number, so that no two are the same."""
    number = 0
    while True:
        yield from (f"{text} {number}" for text in texts)
        number += 1


@cache
def plain() -> dict[str, PageSource]:
    """The pages with words that mean nothing to anyone."""
    return built(["word"])


def markdown_html(body: str) -> str:
    """What MkDocs makes of a body."""
    markdown = Markdown(
        extensions=SETTINGS["markdown_extensions"], extension_configs=SETTINGS["mdx_configs"]
    )
    return str(markdown.convert(body))


# An example holds dozens of texts and takes a second: making a failing one smaller takes minutes.
FEW = settings(max_examples=4, phases=(Phase.explicit, Phase.reuse, Phase.generate))


@FEW
@given(TEXTS)
def test_any_text_of_a_cell_is_shown_as_text(texts: list[str]) -> None:
    pages_, boring = built(texts), plain()
    assert pages_.keys() == boring.keys()
    for path, page in pages_.items():
        is_school = path.removeprefix("schools/").startswith(SCHOOLS)
        html = to_html(page.body) if is_school else markdown_html(page.body)
        shown = Structure(html)
        assert [text for text in shown.texts if not known(text, texts)] == [], path
        if is_school or path.startswith(STABLE):
            as_ever = Structure(markdown_html(boring[path].body))
            assert shown.made == as_ever.made, path


def known(text: str, texts: Sequence[str]) -> bool:
    """Whether a text on a page is one of those in the cells, letter by letter, or an id."""
    words, _, number = text.rpartition(" ")
    return (words in texts and number.isdigit()) or (" " not in text and text.isascii())


@settings(max_examples=30)
@given(TEXTS)
def test_any_name_can_be_a_title_and_be_searched_for(texts: list[str]) -> None:
    page = PageSource("schools/1/", texts[0], texts[1], "<p>a</p>\n", words=tuple(texts[2:]))
    assert source(page).startswith("---\n")
    entry = search_entry(page.path, page.title, page.words)
    assert unescape(entry["title"]) == texts[0]
    assert "<" not in entry["title"] + entry["text"]


# ---- the same data, the same site


@settings(FEW, max_examples=2)
@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_page(random: Random) -> None:
    shuffled = {name: random.sample(list(rows), len(rows)) for name, rows in EDITION.items()}
    with TemporaryDirectory() as folder:
        data = write_edition(Path(folder) / "data", **shuffled)
        assert all_pages(site_of(data, pictures=NoPictures())) == in_order()


@cache
def in_order() -> dict[str, PageSource]:
    """The pages of the edition as it stands."""
    with TemporaryDirectory() as folder:
        return all_pages(site_of(write_edition(Path(folder) / "data"), pictures=NoPictures()))
