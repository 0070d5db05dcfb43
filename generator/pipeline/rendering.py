"""Prose pages and one specimen of each kind of school page through MkDocs, once per language."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import PurePosixPath

from generator import pages
from generator.model import Fact, File, PageSource, Record, Settings
from generator.pipeline.kept import Kept
from generator.present.languages import name_of
from generator.present.page import refuse_other_value
from generator.present.theme import theme_words
from generator.present.whereabouts import Found
from generator.read import read_text
from generator.shell import Shell, cut, is_left_out, run_mkdocs, stamp
from generator.shell.blocks import headings, split_blocks
from generator.shell.held import hold, put_back
from generator.shell.siteindex import search_entry
from generator.shell.stamped import front_matter, source, specimen
from generator.views.districts import district_ids
from generator.write import Put, read_files, write_tree

ANCHOR = re.compile(r"\{: #([\w-]+) \}")
# No string of ours holds one.
COMMENTS = {
    ".css": re.compile(rb"/\*.*?\*/\n?", re.DOTALL),
    ".js": re.compile(rb"^ *//.*\n", re.MULTILINE),
}
FOLDER_PAGES = frozenset(
    {"", "schools/", "compare/", "agreements/", "data/", "maintain/", "releases/"}
)
# As many as an edition has areas or states, or as long tables have parts: stamped like the schools'
# pages, and in no menu either.
ALIKE = re.compile(r"(compare|coverage|schools/list|states|votes)/.+")
Shells = Mapping[str, Shell]  # by the kind of page
BESIDE_OTHERS = ("program/", "alternatives/", "feedback/", "surveys/", "costs/", "incidents/")


def stamped(shell: Shell, page: PageSource) -> tuple[File, Mapping[str, str]]:
    """A stamped prose page, with its entry in the search index."""
    html = stamp(shell, page)
    return File(f"{page.path}index.html", html.encode()), search_entry(page.path, page.title)


@dataclass
class Facts:
    """Every fact that a page of the site shows, in any language."""

    by_id: dict[str, Fact] = field(default_factory=dict)

    def keep(self, facts: Iterable[Fact]) -> None:
        """Take in the facts of pages; ValueError for one that another page says otherwise."""
        for fact in facts:
            refuse_other_value(fact, self.by_id.get(fact.id))
            self.by_id[fact.id] = fact


@dataclass(frozen=True)
class Chapter:
    """The prose pages of a chapter, without their facts; its figures that stand alone, which have
    been put into the new tree; where its pages show what ledgers name."""

    pages: Sequence[PageSource]
    files: Sequence[Put]
    kept: Kept
    found: Mapping[str, Found]
    drawn: int
    shown: int


@dataclass(frozen=True)
class Rendered:
    """What MkDocs made of one language: its files by path, the shells of stamped pages by kind, and
    the blocks that were kept from it, by page; the prose pages that are stamped, with their kinds.
    `pages` counts those of prose; `whole` is what they were written from."""

    whole: pages.Site
    files: Mapping[str, File]
    shells: Shells
    held: Mapping[str, Sequence[str]]
    alike: Sequence[tuple[str, PageSource]]
    pages: int

    def stamped(self) -> Iterator[tuple[File, Mapping[str, str]]]:
        """The prose pages that are stamped, each with its entry in the search index."""
        for kind, page in self.alike:
            yield stamped(self.shells[kind], page)


def render(
    settings: Settings, whole: pages.Site, chapters: Iterable[Chapter], facts: Facts
) -> Rendered:
    """The prose pages of one language, and the shells of its school pages; `facts` takes those of
    the pages that are written here, after all chapters."""
    code = whole.language.code
    prose = [*pages_of(whole, chapters), *ledgers(whole, facts)]
    single, alike = apart(prose)
    specimens = dict(specimens_of(whole, alike))
    docs, shell = settings.build / "short" / code, settings.build / "shell" / code
    held: dict[str, Sequence[str]] = {}
    # The whole pages are for whoever runs MkDocs by hand.
    by_hand = f"docs-{code}" if whole.page.folder else "docs"
    write_tree(settings.build / by_hand, docs_files(settings, prose, ()))
    write_tree(docs, docs_files(settings, shorten(single, held), specimens.values()))
    root = whole.record.edition.base_url.rstrip("/")
    run_mkdocs(
        settings.config, docs, shell, base_url=f"{root}/{whole.page.folder}",
        source_date_epoch=epoch(settings, whole.record), language=code,
        locale=whole.language.locale,
        words={**theme_words(whole.record.edition, whole.language), **addresses(whole)},
        builder=settings.builder,
    )  # fmt: skip
    shells = {
        kind: cut(read_text(shell / page.path / "index.html"), page)
        for kind, page in specimens.items()
    }
    made = {file.path: file for file in read_files(shell)}
    return Rendered(whole, made, shells, held, alike, len(prose))


def pages_of(whole: pages.Site, chapters: Iterable[Chapter]) -> Iterator[PageSource]:
    """The pages of the chapters; where they show what ledgers name is told to the site."""
    for chapter in chapters:
        for address, place in chapter.found.items():
            whole.places.found.setdefault(address, place)
        yield from chapter.pages


def ledgers(whole: pages.Site, facts: Facts) -> Iterator[PageSource]:
    """The pages that name those of all chapters."""
    for context in pages.ledger_contexts(whole):
        page = pages.render(whole, *context)
        facts.keep(page.facts)
        yield page


def addresses(whole: pages.Site) -> dict[str, str]:
    """The site's languages for the theme: "code|name|folder" of each, and the root of all."""
    folders = whole.record.edition.folders
    found = [f"{code}|{name_of(code)}|{folder}" for code, folder in folders.items()]
    return {"SITE_LANGUAGES": " ".join(found), "SITE_FOLDER": whole.page.folder}


def shorten(prose: Iterable[PageSource], held: dict[str, Sequence[str]]) -> Iterator[PageSource]:
    """The pages without the blocks that search does not read; those go to `held`, by page."""
    for page in prose:
        body, held[f"{page.path}index.html"] = hold(page.body)
        yield replace(page, body=body)


def specimens_of(
    whole: pages.Site, alike: Iterable[tuple[str, PageSource]] = ()
) -> Iterator[tuple[str, PageSource]]:
    """One specimen per kind of stamped page, made from the first page of that kind."""
    for kind, school_id in pages.first_of_kind(whole.record).items():
        ((_, page),) = pages.school_pages(whole, [school_id])
        yield kind, specimen(kind, page.body)
    first: dict[str, PageSource] = {}
    districts = pages.district_pages(whole, longest(whole))
    for kind, page in (*alike, *((kind_of(page), page) for page in districts)):
        first.setdefault(kind, page)
    for kind, page in first.items():
        body, _ = hold(page.body)  # of long tables a shell has nothing, and to cut there takes long
        yield kind, specimen(kind, body, page.path[: page.path.rstrip("/").rindex("/") + 1])


def longest(whole: pages.Site) -> list[str]:
    """A district of the most schools: it has every kind of page that a district can have."""
    schools = whole.districts.by_district.schools if whole.districts else {}
    return sorted(district_ids(whole.record), key=lambda key: -schools.get(key, 0))[:1]


def apart(
    prose: Iterable[PageSource],
) -> tuple[list[PageSource], list[tuple[str, PageSource]]]:
    """The prose pages that MkDocs renders one by one, and those that are stamped, with kinds."""
    single: list[PageSource] = []
    alike: list[tuple[str, PageSource]] = []
    for page in prose:
        if ALIKE.fullmatch(page.path):
            alike.append((kind_of(page), page))
        else:
            single.append(page)
    return single, alike


def kind_of(page: PageSource) -> str:
    """The kind of a prose page that is stamped: how deep it stands and the anchors of its headings
    tell it."""
    anchors = ANCHOR.findall(" ".join(headings(split_blocks(page.body))))
    return "-".join(["alike", str(page.path.count("/")), *anchors])


def docs_files(
    settings: Settings, prose: Iterable[PageSource], specimens: Iterable[PageSource]
) -> Iterator[File]:
    """What MkDocs reads: Markdown with front matter, and the assets."""
    for page in prose:
        hide = () if page.path.startswith(BESIDE_OTHERS) else ("navigation",)
        text = front_matter(page, hide=hide) + "\n" + page.body
        yield File(docs_path(page.path), text.encode())
    for specimen_page in specimens:
        yield File(f"{specimen_page.path}index.md", source(specimen_page).encode())
    yield from map(without_comments, read_files(settings.templates / "assets", "assets"))


def without_comments(file: File) -> File:
    """A style sheet or a script without what it says to us: every page of the site fetches it."""
    comment = COMMENTS.get(PurePosixPath(file.path).suffix)
    return File(file.path, comment.sub(b"", file.content).lstrip()) if comment else file


def docs_path(path: str) -> str:
    """The Markdown file of a prose page: the index of a folder, or a file that becomes one."""
    return f"{path}index.md" if path in FOLDER_PAGES else f"{path.rstrip('/')}.md"


def finished(rendered: Rendered, without: Iterable[str]) -> Iterator[File]:
    """The files that MkDocs wrote and the site keeps, with the blocks that were kept from it."""
    left = set(without)
    for path, file in rendered.files.items():
        if is_left_out(path) or path in left:
            continue
        held = rendered.held.get(path)
        yield File(path, put_back(file.content.decode(), held).encode()) if held else file


def epoch(settings: Settings, record: Record) -> int:
    """Seconds since 1970 of the date given, else of the newest day that a source was published."""
    days = [str(row["published"] or "") for row in record.rows["sources"]]
    day = settings.data_date or max((day for day in days if day.count("-") == 2), default="")
    if not day:
        return 0
    return int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp())
