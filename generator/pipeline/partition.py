"""One partition of schools → their finished files: what each process of a build works on."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from generator.embeds import embed_file, of_page, of_school
from generator.feeds import Feeds, feeds
from generator.finder import finder_files
from generator.leaflets import leaflets
from generator.model import File, PageSource
from generator.pages import Site, district_pages, render
from generator.pages.chapters import CHAPTERS
from generator.pipeline.datafiles import school_files, subjects_of
from generator.pipeline.figures import live_frame
from generator.pipeline.kept import Kept, kept
from generator.pipeline.memory import settle
from generator.pipeline.packed import database, json_files, workbook
from generator.pipeline.press import Press
from generator.pipeline.rendering import Chapter, Facts, Shells, kind_of, stamped
from generator.pipeline.tongues import site_of
from generator.pipeline.work import Handle, Work
from generator.views.schools import Shared, schools, shared_by
from generator.write import DiskCache, Place, Put, put, put_long
from generator.write.factstore import reading


@dataclass(frozen=True)
class Stamped:
    """What a partition has put into the new tree, and what the site's own indexes need to know of
    it."""

    files: tuple[Put, ...]
    search: tuple[Mapping[str, str], ...]
    kept: Kept
    drawn: int = 0
    shown: int = 0


@dataclass
class CountingCache:
    """The pictures kept on disk, with how many were drawn anew and how many were asked for."""

    kept: DiskCache
    memory: dict[str, str] = field(default_factory=dict)
    drawn: int = 0
    shown: int = 0

    def get(self, key: str) -> str | None:
        """The picture kept under `key`, or None."""
        self.shown += 1
        found = self.memory.get(key) or self.kept.get(key)
        if found is not None:
            self.memory[key] = found
        return found

    def put(self, key: str, svg: str) -> None:
        """Keep a picture under `key`."""
        self.drawn += 1
        self.memory[key] = svg
        self.kept.put(key, svg)


@dataclass(frozen=True)
class Desk:
    """All that one process needs to write of one language, but the shells, and to put files in
    their place."""

    whole: Site
    cache: CountingCache
    feeds: Feeds
    shared: Shared
    place: Place
    folder: str

    def put(self, files: Iterable[File]) -> list[Put]:
        """Put files below the folder of the language."""
        return put(self.place, (File(self.folder + file.path, file.content) for file in files))


@lru_cache(maxsize=1)
def _desk(handle: Handle[Work]) -> Desk:
    work = handle.load()
    cache = CountingCache(DiskCache(work.cache))
    whole = site_of(work.tongue, work.templates, cache, work.areas, cache.kept)
    settle()
    return Desk(whole, cache, feeds(whole), shared_by(whole.record), work.place, work.tongue.folder)


@lru_cache(maxsize=1)
def _press(handle: Handle[Work], shells: Handle[Shells]) -> Press:
    press = Press(_desk(handle).whole, shells.load())
    settle()
    return press


def write_chapter(handle: Handle[Work], name: str) -> Chapter:
    """The prose pages of this chapter."""
    desk = _desk(handle)
    whole, cache = desk.whole, desk.cache
    drawn, shown = cache.drawn, cache.shown
    whole.places.found.clear()
    pages: list[PageSource] = []
    files: list[Put] = []
    facts = Facts()
    for template, path, context in CHAPTERS[name](whole):
        page = render(whole, template, path, context)
        facts.keep(page.facts)
        pages.append(replace(page, facts=()))
        for embed in of_page(path, context):
            figure, more = embed_file(whole, embed, live_frame())
            files += put(desk.place, [figure])
            facts.keep(more)
    return Chapter(
        pages, files, kept(facts.by_id.values()), dict(whole.places.found),
        cache.drawn - drawn, cache.shown - shown,
    )  # fmt: skip


def stamp_schools(handle: Handle[Work], shells: Handle[Shells], ids: Sequence[str]) -> Stamped:
    """The pages of these schools."""
    desk, press = _desk(handle), _press(handle, shells)
    whole, cache = desk.whole, desk.cache
    drawn, shown = cache.drawn, cache.shown
    files: list[Put] = []
    search: list[Mapping[str, str]] = []
    facts = Facts()
    for school in schools(whole.record, ids, desk.shared):
        page = press.print(school)
        search.append(page.search)
        facts.keep(page.facts)
        files += desk.put([page.file])
    return Stamped(
        tuple(files), tuple(search), kept(facts.by_id.values()),
        cache.drawn - drawn, cache.shown - shown,
    )  # fmt: skip


def put_beside(handle: Handle[Work], ids: Sequence[str]) -> Stamped:
    """What these schools have beside their pages, which needs no shell: feeds, and figures that
    stand alone. What those show, the pages show too."""
    desk = _desk(handle)
    whole, cache = desk.whole, desk.cache
    drawn, shown = cache.drawn, cache.shown
    files: list[Put] = []
    for school_id in ids:
        files += desk.put(desk.feeds.of_school(school_id))
        for embed in of_school(whole.record, school_id):
            figure, _ = embed_file(whole, embed, live_frame())
            files += put(desk.place, [figure])
    return Stamped(tuple(files), (), kept(()), cache.drawn - drawn, cache.shown - shown)


def stamp_districts(handle: Handle[Work], shells: Handle[Shells], ids: Sequence[str]) -> Stamped:
    """The pages of these districts, in this order."""
    desk = _desk(handle)
    files: list[Put] = []
    search: list[Mapping[str, str]] = []
    facts = Facts()
    for page in district_pages(desk.whole, ids):
        file, entry = stamped(shells.load()[kind_of(page)], page)
        files += desk.put([file])
        search.append(entry)
        facts.keep(page.facts)
    return Stamped(tuple(files), tuple(search), kept(facts.by_id.values()))


def put_data(handle: Handle[Work], store: Path, ids: Sequence[str]) -> list[Put]:
    """The data.csv of these schools, from the store of all facts."""
    work = handle.load()
    record = work.tongue.record
    subjects = dict.fromkeys(subject for one in ids for subject in subjects_of(record, one))
    with reading(store) as facts:
        return put(work.place, school_files(record, ids, facts.about(list(subjects))))


# What needs nothing but the record: for the first language alone, and for each one.
ONCE = WORKBOOK, DATABASE, JSON = ("workbook", "database", "json")
EACH_LANGUAGE = FINDER, FEED = ("finder", "feed")


def put_apart(handle: Handle[Work], kind: str) -> list[Put]:
    """Files about the whole of one language that no page has to wait for."""
    desk = _desk(handle)
    if kind == JSON:
        tables = json_files(desk.whole.record)
        return [put_long(desk.place, path, pieces) for path, pieces in tables]
    return desk.put(_apart(desk, kind))


def _apart(desk: Desk, kind: str) -> Iterator[File]:
    whole = desk.whole
    if kind == WORKBOOK:
        yield workbook(whole, list(leaflets(whole, whole.record.in_release)))
    elif kind == DATABASE:
        yield database(whole)
    elif kind == FINDER:
        yield from finder_files(whole.record)
    elif kind == FEED:
        yield desk.feeds.site()
    else:
        raise ValueError(f"found the kind {kind!r}, expected one of {ONCE + EACH_LANGUAGE}")
