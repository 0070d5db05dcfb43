"""The build: the stages in order, no logic of their own."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from itertools import chain
from typing import Any
from uuid import uuid4

from generator import embeds, pages
from generator.charts.topology import areas
from generator.finder import finder_files
from generator.model import Fact, File, PageSource, Record, Settings, Summary
from generator.pipeline.datafiles import data_files, texts
from generator.pipeline.executors import executor, in_order
from generator.pipeline.figures import card_files, live_frame, read_record, with_past
from generator.pipeline.partition import CountingCache, Stamped, Work, stamp_schools
from generator.present.languages import language
from generator.present.page import refuse_other_value
from generator.present.receipts import MEASURES
from generator.read import read_text
from generator.read.releases import read_releases
from generator.release import published, with_manifest
from generator.shell import Shell, cut, is_left_out, run_mkdocs
from generator.shell.held import hold, put_back
from generator.shell.policy import headers
from generator.shell.siteindex import add_to_search, robots, sitemap
from generator.shell.stamped import front_matter, source, specimen
from generator.write import DiskCache, Written, read_files, write_tree

PARTITION = 100  # schools; large enough that setting up costs little, small enough to stay flat
FOLDER_PAGES = frozenset({"", "schools/", "compare/", "agreements/", "data/"})
BESIDE_OTHERS = ("program/", "alternatives/", "feedback/", "surveys/", "costs/", "incidents/")
SEARCH, SITEMAP = "search/search_index.json", "sitemap.xml"


@dataclass
class Gathered:
    """What the partitions have told so far, for the files that are about the whole site."""

    prose: int = 0
    figures: list[File] = field(default_factory=list)
    cards: list[File] = field(default_factory=list)
    held: dict[str, Sequence[str]] = field(default_factory=dict)
    paths: list[str] = field(default_factory=list)
    search: list[Mapping[str, str]] = field(default_factory=list)
    facts: dict[str, Fact] = field(default_factory=dict)
    drawn: int = 0
    shown: int = 0

    def keep(self, facts: Iterable[Fact]) -> None:
        """Take in the facts of pages; ValueError for one that another page says otherwise."""
        for fact in facts:
            refuse_other_value(fact, self.facts.get(fact.id))
            self.facts[fact.id] = fact

    def add(self, part: Stamped) -> None:
        """Take in one partition."""
        self.paths += part.paths
        self.search += part.search
        self.keep(part.facts)
        self.drawn += part.drawn
        self.shown += part.shown


def build(settings: Settings, say: Callable[[str], None]) -> Summary:
    """Read, check, derive, render, stamp and write the site; what was made.

    InputError, PolicyError and OutputError go through; the old site then stands as it was.
    """
    releases = read_releases(settings.data)
    record = with_past(read_record(settings.data, settings.base_url), releases)
    say(f"checked {sum(len(table.frame) for table in record.tables.values()):,} rows")
    cache = CountingCache(DiskCache(settings.build / "cache"))
    spoken = language(record.edition.languages[0], record.edition)
    whole = pages.site(record, spoken, settings.templates, cache, read_areas(settings))
    gathered = Gathered()
    shells = render(settings, whole, gathered, say)
    gathered.cards += card_files(whole.cards, cache.kept)
    gathered.drawn, gathered.shown = cache.drawn, cache.shown
    work = Work(
        key=uuid4().hex, record=record, code=spoken.code, templates=settings.templates,
        cache=settings.build / "cache", shells=shells,
    )  # fmt: skip
    files = chain(site_files(settings, work, gathered, say), published(releases))
    written = write_tree(settings.out, with_manifest(with_headers(files)))
    return summary(record, gathered, written)


def read_areas(settings: Settings) -> tuple[Any, ...]:
    """The areas of the map; none where the edition has no file of them."""
    text = read_text(settings.data / "areas.topojson")
    return tuple(areas(json.loads(text))) if text else ()


def render(
    settings: Settings, whole: pages.Site, gathered: Gathered, say: Callable[[str], None]
) -> dict[str, Shell]:
    """Prose pages and one specimen of each kind of school page through MkDocs; the shells."""
    prose = list(prose_of(whole, gathered))
    gathered.prose = len(prose)
    specimens = dict(specimens_of(whole))
    docs, shell = settings.build / "short", settings.build / "shell"
    # The whole pages are for whoever runs MkDocs by hand.
    write_tree(settings.build / "docs", docs_files(settings, prose, ()))
    write_tree(docs, docs_files(settings, shorten(prose, gathered), specimens.values()))
    say(f"rendering {len(prose)} pages and {len(specimens)} specimens")
    run_mkdocs(
        settings.config, docs, shell, base_url=whole.record.edition.base_url,
        source_date_epoch=epoch(settings, whole.record), language=whole.language.code,
        words=pages.theme_words(whole), locale=whole.language.locale,
    )  # fmt: skip
    return {
        kind: cut(read_text(shell / page.path / "index.html"), page)
        for kind, page in specimens.items()
    }


def prose_of(whole: pages.Site, gathered: Gathered) -> Iterator[PageSource]:
    """The pages beside the schools'; their facts, and their figures alone, are gathered."""
    frame = live_frame()
    for template, path, context in pages.contexts(whole):
        page = pages.render(whole, template, path, context)
        gathered.keep(page.facts)
        yield page
        for embed in embeds.of_page(path, context):
            file, facts = embeds.embed_file(whole, embed, frame)
            gathered.figures.append(file)
            gathered.keep(facts)


def shorten(prose: Iterable[PageSource], gathered: Gathered) -> Iterator[PageSource]:
    """The pages without the blocks that search does not read; those are gathered, by page."""
    for page in prose:
        body, gathered.held[f"{page.path}index.html"] = hold(page.body)
        yield replace(page, body=body)


def specimens_of(whole: pages.Site) -> Iterator[tuple[str, PageSource]]:
    """One specimen per kind of school page, made from the first school of that kind."""
    for kind, school_id in pages.first_of_kind(whole.record).items():
        ((_, page),) = pages.school_pages(whole, [school_id])
        yield kind, specimen(kind, page.body)


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
    yield from read_files(settings.templates / "assets", "assets")


def docs_path(path: str) -> str:
    """The Markdown file of a prose page: the index of a folder, or a file that becomes one."""
    return f"{path}index.md" if path in FOLDER_PAGES else f"{path.rstrip('/')}.md"


def site_files(
    settings: Settings, work: Work, gathered: Gathered, say: Callable[[str], None]
) -> Iterator[File]:
    """Every file of the site, the school pages as they are finished, the indexes last."""
    shell = {file.path: file for file in read_files(settings.build / "shell")}
    held = {name: shell.pop(name) for name in (SEARCH, SITEMAP)}
    yield from (
        completed(file, gathered.held) for file in shell.values() if not is_left_out(file.path)
    )
    ids = list(work.record.school_names)
    with executor(settings.jobs) as where:
        parts = in_order(where, partial(stamp_schools, work), batches(ids), 2 * settings.jobs)
        for part in parts:
            gathered.add(part)
            say(f"stamped {len(gathered.paths):,} of {len(ids):,} schools")
            yield from part.files
    yield from gathered.figures
    yield from gathered.cards
    yield from index_files(work.record, held, gathered)
    yield from finder_files(work.record)
    yield from data_files(work.record, texts(settings.data), gathered.facts)


def completed(file: File, held: Mapping[str, Sequence[str]]) -> File:
    """A file that MkDocs wrote, with the blocks that were kept from it."""
    if not held.get(file.path):
        return file
    return File(file.path, put_back(file.content.decode(), held[file.path]).encode())


def batches(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """The ids in runs of PARTITION."""
    return (ids[start : start + PARTITION] for start in range(0, len(ids), PARTITION))


def index_files(record: Record, held: Mapping[str, File], gathered: Gathered) -> Iterator[File]:
    """The search index, the sitemap and robots.txt, with every stamped page."""
    search = add_to_search(held[SEARCH].content.decode(), gathered.search)
    yield File(SEARCH, search.encode())
    base = record.edition.base_url
    yield File(SITEMAP, sitemap(held[SITEMAP].content.decode(), gathered.paths, base).encode())
    yield File("robots.txt", robots(base).encode())


def with_headers(files: Iterable[File]) -> Iterator[File]:
    """The files as they pass, then the headers that a host shall send with them."""
    paths = []
    for file in files:
        paths.append(file.path)
        yield file
    yield File("_headers", headers(paths).encode())


def epoch(settings: Settings, record: Record) -> int:
    """Seconds since 1970 of the date given, else of the newest day that a source was published."""
    days = [str(row["published"] or "") for row in record.rows["sources"]]
    day = settings.data_date or max((day for day in days if day.count("-") == 2), default="")
    if not day:
        return 0
    return int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp())


def summary(record: Record, gathered: Gathered, written: Written) -> Summary:
    """What was made, and how many values are not found by the words for the kind of value."""
    names = {
        f"{name}.{column.name}": f"{public.table.title}: {column.title}"
        for name, public in record.tables.items()
        for column in public.table.columns
    }
    counts = Counter(
        names.get(fact.measure) or MEASURES.get(fact.measure, fact.measure)
        for fact in gathered.facts.values()
        if fact.mark == "not_found"
    )
    return Summary(
        pages=gathered.prose + len(gathered.paths), files=written.files, changed=written.changed,
        bytes=written.bytes, charts_drawn=gathered.drawn, charts_shown=gathered.shown,
        not_found=counts,
    )  # fmt: skip
