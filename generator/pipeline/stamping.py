"""Every page of one language into the new tree: of MkDocs, of schools, of districts."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial

from generator.model import File, Step
from generator.pipeline.executors import Workplace, in_order
from generator.pipeline.gathered import Gathered
from generator.pipeline.hosts import beyond, expected, size_of
from generator.pipeline.partition import Stamped, stamp_districts, stamp_schools
from generator.pipeline.rendering import Rendered, Shells, finished
from generator.pipeline.tongues import Tongue
from generator.pipeline.work import Handle, Work
from generator.shell.siteindex import SITEMAP, add_to_search
from generator.views.districts import district_ids
from generator.write import Put

PARTITION = 100  # schools; large enough that setting up costs little, small enough to stay flat
SEARCH = "search/search_index.json"
Say = Callable[[Step], None]


@dataclass(frozen=True)
class Stamping:
    """Where the pages of one language are stamped, and with what; `beside` is what stands beside
    the pages of each run of schools, under way."""

    where: Workplace
    work: Handle[Work]
    shells: Handle[Shells]
    beside: "Sequence[Future[Stamped]]"

    def each(self, stamp: Callable[..., Stamped], ids: Sequence[str]) -> Iterator[Stamped]:
        """What became of the ids, in runs of PARTITION, in their order."""
        return in_order(self.where, partial(stamp, self.work, self.shells), batches(ids))


def put_language(
    stamping: Stamping, made: Rendered, apart: "Iterable[Future[list[Put]]]",
    gathered: Gathered, say: Say,
) -> None:  # fmt: skip
    """Every page of one language with its feeds, the files that are made `apart`, and search."""
    tree, tongue = gathered.tree, stamping.work.load().tongue
    gathered.turn()
    tree.put(within(tongue, finished(made, (SEARCH, SITEMAP))))
    for page, entry in made.stamped():
        gathered.find(entry)
        tree.put(within(tongue, [page]))
    put_stamped(stamping, gathered, say)
    for files in apart:
        tree.note(files.result())
    index = add_to_search(made.files[SEARCH].content.decode(), gathered.searched)
    tree.put(within(tongue, [File(SEARCH, index.encode())]))


def put_stamped(stamping: Stamping, gathered: Gathered, say: Say) -> None:
    """The pages of all schools and districts in one language, and the figures alone."""
    tongue = stamping.work.load().tongue
    ids, done = list(tongue.record.school_names), 0
    languages = len(tongue.record.edition.languages)
    for part, coming in zip(stamping.each(stamp_schools, ids), stamping.beside, strict=True):
        beside = coming.result()
        gathered.add(part)
        gathered.add(beside)
        if not done and not tongue.folder:
            some = size_of([*part.files, *beside.files])
            for sentence in beyond(expected(some, len(part.search), len(ids), languages)):
                say(Step(f"about: {sentence}"))
        done += len(part.search)
        words = f"stamped {done:,} of {len(ids):,} schools ({tongue.code})"
        say(Step(words, done, len(ids)))
    for part in stamping.each(stamp_districts, district_ids(tongue.record)):
        gathered.add(part)


def within(tongue: Tongue, files: Iterable[File]) -> Iterator[File]:
    """The files in the folder of the language."""
    return (File(tongue.folder + file.path, file.content) for file in files)


def batches(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """The ids in runs of PARTITION."""
    return (ids[start : start + PARTITION] for start in range(0, len(ids), PARTITION))
