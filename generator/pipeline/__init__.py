"""The build: the stages in order, no logic of their own."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import ExitStack
from functools import partial
from typing import TypeVar

from generator.changelog import fact_problems
from generator.changelog.kept import kept_tables
from generator.charts.topology import Area, parse_areas
from generator.check.named import refuse_unknown, refuse_unreleased
from generator.errors import InputError
from generator.leaflets import leaflets
from generator.model import File, Record, Settings, Step, Summary
from generator.pages import Site
from generator.pages.chapters import CHAPTERS
from generator.pipeline.datafiles import (
    FACTS,
    data_files,
    fact_chunks,
    is_zipped,
    spoken_files,
    texts,
)
from generator.pipeline.executors import Workplace, workplace
from generator.pipeline.figures import card_files
from generator.pipeline.gathered import Gathered
from generator.pipeline.history import Told, read_told
from generator.pipeline.kept import kept
from generator.pipeline.memory import settled
from generator.pipeline.packed import zip_file
from generator.pipeline.partition import (
    EACH_LANGUAGE,
    ONCE,
    CountingCache,
    put_apart,
    put_beside,
    put_data,
    write_chapter,
)
from generator.pipeline.rendering import Chapter, Facts, Rendered, render
from generator.pipeline.stamping import Say, Stamping, batches, put_language
from generator.pipeline.tongues import Tongue, language_of, read_tongues, site_of
from generator.pipeline.work import FOLDER, Handle, Work, handed_over
from generator.read import read_outlines
from generator.release import Entry, manifest_files, published
from generator.shell.hosting import host_files
from generator.shell.policy import headers
from generator.shell.siteindex import SITEMAP, robots, sitemaps
from generator.tables import DERIVED
from generator.views.changes import moved
from generator.views.days import data_day
from generator.write import DiskCache, Place, Tree, new_tree
from generator.write.factstore import fact_store

CACHE = "cache"
Item = TypeVar("Item")
Result = TypeVar("Result")


def build(settings: Settings, say: Say) -> Summary:
    """Read, check, derive, render, stamp and write the site; what was made.

    InputError, PolicyError and OutputError go through; the old site then stands as it was.
    """
    # Processes start while this one reads.
    with workplace(settings.jobs, settings.scheduler) as where, where.stopped():
        told = read_told(settings)
        refuse_unreleased(settings.data, told.releases)
        say(Step(f"checked {checked_rows(told.record):,} rows"))
        return build_told(settings, told, where, say)


def build_told(settings: Settings, told: Told, where: Workplace, say: Say) -> Summary:
    """Derive, render, stamp and write the site of what was read and checked."""
    tongues = told.tongues
    with (
        settled(),
        fact_store(settings.build / FOLDER) as store,
        new_tree(settings.out) as tree,
        # Before the tree ends: no process may write into one that is being thrown away.
        where.stopped(),
        ExitStack() as handed,
    ):
        gathered = Gathered(tree, store)
        to_all = partial(handed_over, build=settings.build, elsewhere=where.elsewhere)
        handles = [
            handed.enter_context(to_all(work_of(settings, tongue, tree.place)))
            for tongue in tongues
        ]
        rendered: list[Rendered] = []
        zipped: list[str] = []
        for tongue, handle in zip(tongues, handles, strict=True):
            chapters = each_by(where, write_chapter, handle, CHAPTERS)
            # While this process is busy with MkDocs, others have something to do.
            kinds = EACH_LANGUAGE if rendered else (*ONCE, *EACH_LANGUAGE)
            apart = each_by(where, put_apart, handle, kinds)
            beside = each_by(where, put_beside, handle, batches(list(tongue.record.school_names)))
            zipped = zipped or put_tables(settings, told.record, tree)  # once, and not at the end
            made = render_language(settings, tongue, chapters, gathered, say)
            rendered.append(made)
            with to_all(made.shells) as shells:
                put_language(Stamping(where, handle, shells, beside), made, apart, gathered, say)
        put_data_of_all(settings, handles[0], where, told, rendered[0].whole, zipped, gathered)
        put_indexes(told, rendered[0].files[SITEMAP], gathered)
        summary = gathered.summary(told.record)
    return summary


def render_language(
    settings: Settings, tongue: Tongue, chapters: "Iterable[Future[Chapter]]", gathered: Gathered,
    say: Say,
) -> Rendered:  # fmt: skip
    """What MkDocs makes of one language; the cards of all pages are put in their place."""
    cache, facts = CountingCache(DiskCache(settings.build / CACHE)), Facts()
    whole = site_of(tongue, settings.templates, cache, (), cache.kept)
    made = render(settings, whole, gathered.written(chapters), facts)
    gathered.keep(kept(facts.by_id.values()))
    gathered.tree.put(card_files(whole.cards, cache.kept))
    gathered.pages += made.pages
    gathered.drawn += cache.drawn
    gathered.shown += cache.shown
    say(Step(f"rendered {made.pages} pages ({tongue.code})"))
    return made


def checked_rows(record: Record) -> int:
    """How many rows of the edition's files it holds: `check` counts those too, and none that is
    made of them."""
    made = {table.name for table in DERIVED}
    return sum(len(one.frame) for name, one in record.tables.items() if name not in made)


def read_record(settings: Settings) -> Record:
    """The checked and joined record of the edition in its first language."""
    return read_tongues(settings)[0].record


def read_areas(settings: Settings) -> tuple[Area, ...]:
    """The areas of the map; none where the edition has no file of them. InputError for a file that
    holds something else."""
    return parse_areas(*read_outlines(settings.data))


def work_of(settings: Settings, tongue: Tongue, place: Place) -> Work:
    """What each process has to know of one language."""
    cache = (settings.build / CACHE).resolve()
    return Work(tongue, settings.templates.resolve(), cache, read_areas(settings), place)


def each_by(
    where: Workplace, work: Callable[[Handle[Work], Item], Result], handle: Handle[Work],
    items: Iterable[Item],
) -> "list[Future[Result]]":  # fmt: skip
    """The work on each item under way."""
    return [where.executor.submit(work, handle, item) for item in items]


def put_tables(settings: Settings, record: Record, tree: Tree) -> list[str]:
    """The tables with their descriptions; the paths of those that belong into the zip."""
    paths = []
    for file in data_files(record, texts(settings.data)):
        tree.put([file])
        paths += [file.path] if is_zipped(file.path) else []
    return paths


def put_data_of_all(
    settings: Settings, handle: Handle[Work], where: Workplace, told: Told, whole: Site,
    zipped: Sequence[str], gathered: Gathered,
) -> None:  # fmt: skip
    """The downloads: what is about single schools while this process packs what is about all, the
    tables at the paths of `zipped` among it."""
    record, tree, store = told.record, gathered.tree, gathered.store
    store.seal()
    refuse_unknown(settings.data, store)
    if problems := fact_problems(told.changes, store):
        raise InputError(problems)
    put = partial(put_data, handle, store.path)
    ids = list(record.school_names)
    apart = [where.executor.submit(put, some) for some in batches(ids)]
    words = list(leaflets(whole, record.in_release))
    tree.put(words)
    tree.put_long(FACTS, fact_chunks(store.lines()))
    members = [(path, tree.chunks(path)) for path in (*zipped, FACTS)]
    tree.put([zip_file(whole, words, members)])
    tree.put(kept_tables(record, told.releases))
    for tongue in told.tongues[1:]:
        tree.put(spoken_files(record, gathered.wordings.values(), language_of(tongue)))
    for files in apart:
        tree.note(files.result())


def put_indexes(told: Told, mkdocs: File, gathered: Gathered) -> None:
    """What is known when all else stands: sitemap, headers and the manifest of the whole."""
    tree = gathered.tree
    tree.put(index_files(told.record, mkdocs, gathered.paths))
    tree.put(published(told.releases))
    tree.put([File("_headers", headers(one.path for one in tree.standing).encode())])
    entries = [Entry(one.path, one.size, one.sha256.hex()) for one in tree.standing]
    tree.put(manifest_files(entries))


def index_files(record: Record, mkdocs: File, stamped: Sequence[str]) -> Iterator[File]:
    """The sitemap, in parts where it is long, with every page of every language; robots.txt and
    what else a host looks for."""
    base, folders = record.edition.base_url, record.edition.folders
    for path, xml in sitemaps(mkdocs.content.decode(), stamped, base, folders):
        yield File(path, xml.encode())
    yield File("robots.txt", robots(base).encode())
    yield from host_files(moved(record), base, folders, record.edition.security, data_day(record))
