"""The build: the stages in order, no logic of their own."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import Any

from generator.changelog import History, fact_problems
from generator.changelog.kept import kept_tables
from generator.charts.topology import areas
from generator.check.named import refuse_unknown, refuse_unreleased
from generator.errors import InputError, Problem
from generator.feeds import feed_files
from generator.finder import finder_files
from generator.model import File, Record, Settings, Step, Summary
from generator.pipeline.datafiles import data_files, spoken_files, texts
from generator.pipeline.executors import Workplace, in_order, workplace
from generator.pipeline.figures import card_files
from generator.pipeline.history import Told, read_told
from generator.pipeline.hosts import Size, beyond, expected, size_of
from generator.pipeline.partition import CountingCache, Stamped, stamp_districts, stamp_schools
from generator.pipeline.rendering import Facts, Rendered, finished, render
from generator.pipeline.tongues import Tongue, language_of, read_tongues, site_of
from generator.pipeline.work import Handle, Work, code_digest, handed_over
from generator.present.receipts import MEASURES
from generator.read import AREAS, read_bytes
from generator.release import published, with_manifest
from generator.shell.hosting import host_files
from generator.shell.policy import headers
from generator.shell.siteindex import SITEMAP, add_to_search, robots, sitemaps
from generator.views.changes import moved
from generator.views.days import data_day
from generator.views.districts import district_ids
from generator.write import DiskCache, Written, write_tree

PARTITION = 100  # schools; large enough that setting up costs little, small enough to stay flat
CACHE = "cache"
SEARCH = "search/search_index.json"


@dataclass
class Gathered:
    """What the site has told so far, for the files and the figures that are about the whole of it;
    `search` has the entries of the stamped pages of one language."""

    facts: Facts = field(default_factory=Facts)
    cards: list[File] = field(default_factory=list)
    search: list[Mapping[str, str]] = field(default_factory=list)
    pages: int = 0
    drawn: int = 0
    shown: int = 0

    def add(self, part: Stamped) -> None:
        """Take in one partition."""
        self.facts.keep(part.facts)
        self.search += part.search
        self.pages += len(part.search)
        self.drawn += part.drawn
        self.shown += part.shown

    def turn(self) -> None:
        """Begin the next language."""
        self.search.clear()

    @property
    def paths(self) -> list[str]:
        """The stamped pages; each language has the same."""
        return [entry["location"] for entry in self.search]


def build(settings: Settings, say: Callable[[Step], None]) -> Summary:
    """Read, check, derive, render, stamp and write the site; what was made.

    InputError, PolicyError and OutputError go through; the old site then stands as it was.
    """
    told = read_told(settings)
    tongues, record = told.tongues, told.record
    refuse_unreleased(settings.data, told.releases)
    rows = sum(len(table.frame) for table in record.tables.values())
    say(Step(f"checked {rows:,} rows"))
    gathered = Gathered()
    with workplace(settings.jobs, settings.scheduler) as where:
        rendered = render_all(settings, tongues, gathered, say)
        files = site_files(settings, where, told, rendered, gathered, say)
        every = with_manifest(with_headers(chain(files, published(told.releases))))
        written = write_tree(settings.out, every)
    return summary(record, gathered, written)


def render_all(
    settings: Settings, tongues: Iterable[Tongue], gathered: Gathered, say: Callable[[Step], None]
) -> list[Rendered]:
    """What MkDocs makes of each language."""
    cache = CountingCache(DiskCache(settings.build / CACHE))
    rendered = []
    for tongue in tongues:
        whole = site_of(tongue, settings.templates, cache, read_areas(settings))
        rendered.append(render(settings, whole, gathered.facts))
        gathered.pages += rendered[-1].pages
        gathered.cards += card_files(whole.cards, cache.kept)
        say(Step(f"rendered {rendered[-1].pages} pages ({tongue.code})"))
    gathered.drawn, gathered.shown = cache.drawn, cache.shown
    return rendered


def read_record(settings: Settings) -> Record:
    """The checked and joined record of the edition in its first language."""
    return read_tongues(settings)[0].record


def read_areas(settings: Settings) -> tuple[Any, ...]:
    """The areas of the map; none where the edition has no file of them. InputError for a file that
    holds something else."""
    content = read_bytes(settings.data / AREAS)
    try:
        return tuple(areas(json.loads(content))) if content else ()
    except (ValueError, LookupError, TypeError, AttributeError, OverflowError) as error:
        where, expected = f"{settings.data.resolve().name}/{AREAS}", "TopoJSON with areas"
        hint = "Export it again, as TopoJSON with polygons alone, or take the file away."
        raise InputError([Problem(where, 0, "", f"a fault ({error})", expected, hint)]) from error


def site_files(
    settings: Settings, where: Workplace, told: Told, rendered: Sequence[Rendered],
    gathered: Gathered, say: Callable[[Step], None],
) -> Iterator[File]:  # fmt: skip
    """Every file of the site, the school pages as they are finished, the indexes last."""
    tongues, record = told.tongues, told.record
    for tongue, made in zip(tongues, rendered, strict=True):
        gathered.turn()
        yield from within(tongue, finished(made, (SEARCH, SITEMAP)))
        for page, entry in made.stamped():
            gathered.search.append(entry)
            yield from within(tongue, [page])
        work = Work(
            tongue, settings.templates.resolve(), (settings.build / CACHE).resolve(), made.shells,
            code_digest(),
        )  # fmt: skip
        with handed_over(work, settings.build, elsewhere=where.elsewhere) as handle:
            yield from school_files(handle, where, gathered, say)
        yield from made.figures
        yield from within(tongue, feed_files(made.whole))
        index = add_to_search(made.files[SEARCH].content.decode(), gathered.search)
        yield from within(tongue, [File(SEARCH, index.encode()), *finder_files(record)])
    refuse_unknown(settings.data, gathered.facts.by_id)
    yield from index_files(record, rendered[0].files[SITEMAP], gathered.paths)
    yield from gathered.cards
    refuse_unexplained(told.changes, gathered.facts)
    yield from data_files(rendered[0].whole, texts(settings.data), gathered.facts.by_id)
    yield from kept_tables(record, told.releases)
    for tongue in tongues[1:]:
        yield from spoken_files(record, gathered.facts.by_id, language_of(tongue))


def school_files(
    handle: Handle, where: Workplace, gathered: Gathered, say: Callable[[Step], None]
) -> Iterator[File]:
    """The pages of all schools and districts in one language, and the figures alone."""
    tongue = handle.load().tongue
    ids, done = list(tongue.record.school_names), 0
    languages = len(tongue.record.edition.languages)
    for part in in_order(where, partial(stamp_schools, handle), batches(ids)):
        gathered.add(part)
        if not done and not tongue.folder:
            some = size_of((*part.files, *part.figures))
            for sentence in beyond(expected(some, len(part.search), len(ids), languages)):
                say(Step(f"about: {sentence}"))
        done += len(part.search)
        words = f"stamped {done:,} of {len(ids):,} schools ({tongue.code})"
        say(Step(words, done, len(ids)))
        yield from within(tongue, part.files)
        yield from part.figures
    districts = batches(district_ids(tongue.record))
    for part in in_order(where, partial(stamp_districts, handle), districts):
        gathered.add(part)
        yield from within(tongue, part.files)


def refuse_unexplained(changes: History, facts: Facts) -> None:
    """Refuse computed values that changed without a reason; all are known when all pages are."""
    if problems := fact_problems(changes, facts.by_id):
        raise InputError(problems)


def within(tongue: Tongue, files: Iterable[File]) -> Iterator[File]:
    """The files in the folder of the language."""
    return (File(tongue.folder + file.path, file.content) for file in files)


def batches(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """The ids in runs of PARTITION."""
    return (ids[start : start + PARTITION] for start in range(0, len(ids), PARTITION))


def index_files(record: Record, mkdocs: File, stamped: Sequence[str]) -> Iterator[File]:
    """The sitemap, in parts where it is long, with every page of every language; robots.txt and
    what else a host looks for."""
    base, folders = record.edition.base_url, record.edition.folders
    for path, xml in sitemaps(mkdocs.content.decode(), stamped, base, folders):
        yield File(path, xml.encode())
    yield File("robots.txt", robots(base).encode())
    yield from host_files(moved(record), base, folders, record.edition.security, data_day(record))


def with_headers(files: Iterable[File]) -> Iterator[File]:
    """The files as they pass, then the headers that a host shall send with them."""
    paths = []
    for file in files:
        paths.append(file.path)
        yield file
    yield File("_headers", headers(paths).encode())


def summary(record: Record, gathered: Gathered, written: Written) -> Summary:
    """What was made, and how many values are not found by the words for the kind of value."""
    names = {
        f"{name}.{column.name}": f"{public.table.title}: {column.title}"
        for name, public in record.tables.items()
        for column in public.table.columns
    }
    counts = Counter(
        names.get(fact.measure) or MEASURES.get(fact.measure, fact.measure)
        for fact in gathered.facts.by_id.values()
        if fact.mark == "not_found"
    )
    return Summary(
        pages=gathered.pages, files=written.files, changed=written.changed,
        bytes=written.bytes, charts_drawn=gathered.drawn, charts_shown=gathered.shown,
        not_found=counts, beyond=beyond(Size(written.bytes, written.files)),
    )  # fmt: skip
