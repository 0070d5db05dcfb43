"""Words that the glossary explains: linked once on a page, to an entry that is there."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import pytest

SEED, PAGES, SCHOOLS = 13, 30, 20
HEADINGS = {"h1", "h2", "h3", "h4", "title"}
VOID = {"br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


@dataclass
class Linked:
    """What a page links to the glossary by its terms, and where such a link must not stand."""

    entries: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)


class Reader(HTMLParser):
    """Fills a Linked. Open elements are kept in their order."""

    def __init__(self) -> None:
        super().__init__()
        self.page = Linked()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if "id" in values and tag == "dt":
            self.page.ids.add(values["id"])
        if values.get("class") == "sro-term":
            folder, _, anchor = values["href"].partition("#")
            self.page.entries.append(anchor)
            within = {"a", "button", *HEADINGS}.intersection(self.open)
            if tag != "a" or within or not folder.endswith("glossary/") or "tabindex" in values:
                self.page.wrong.append(f"{tag} {values} within {within}")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while tag in self.open and self.open.pop() != tag:
            pass


def read(html: str) -> Linked:
    reader = Reader()
    reader.feed(html)
    return reader.page


def sampled(site: Path) -> Iterator[Path]:
    """Every page of prose, and a seeded sample of schools."""
    every = sorted(site.rglob("index.html"))
    schools = [path for path in every if path.parent.parent.name == "schools"]
    yield from sorted(set(every) - set(schools))
    yield from random.Random(SEED).sample(schools, SCHOOLS)


@pytest.fixture(scope="module")
def linked(site: Path) -> dict[str, Linked]:
    """What the pages link, by their paths."""
    return {str(path.relative_to(site)): read(path.read_text("utf-8")) for path in sampled(site)}


@pytest.fixture(scope="module")
def entries(site: Path) -> set[str]:
    """The entries of the glossary."""
    return read((site / "glossary" / "index.html").read_text("utf-8")).ids


def test_each_term_is_linked_once_a_page_to_an_entry(
    linked: dict[str, Linked], entries: set[str]
) -> None:
    with_terms = {path: page for path, page in linked.items() if page.entries}
    assert len(with_terms) >= PAGES
    for path, page in with_terms.items():
        assert page.wrong == [], path
        assert set(page.entries) <= entries, path
        assert max(Counter(page.entries).values()) == 1, path


def test_each_entry_is_linked_from_some_page(linked: dict[str, Linked], entries: set[str]) -> None:
    assert len(entries) > 10
    assert entries == {entry for page in linked.values() for entry in page.entries}


@pytest.mark.parametrize(
    "html",
    [
        '<h2>The <a class="sro-term" href="glossary/#sro">officer</a></h2>',
        '<a href="x"><i><a class="sro-term" href="glossary/#sro">officer</a></i></a>',
        '<span class="sro-term" href="glossary/#sro">officer</span>',
        '<a class="sro-term" href="legend/#sro">officer</a>',
    ],
)
def test_a_link_in_a_wrong_place_is_seen(html: str) -> None:
    assert read(html).wrong
