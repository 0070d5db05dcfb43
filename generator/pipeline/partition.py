"""One partition of schools → their finished files: what each process of a build works on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from generator.embeds import embed_file, of_school
from generator.model import Fact, File
from generator.pages import district_pages
from generator.pipeline.figures import live_frame
from generator.pipeline.press import Press
from generator.pipeline.rendering import stamped
from generator.pipeline.tongues import site_of
from generator.pipeline.work import Handle
from generator.views.schools import schools
from generator.write import DiskCache


@dataclass(frozen=True)
class Stamped:
    """The files of a partition and its figures alone, with what the site's own indexes need to know
    of them."""

    files: tuple[File, ...]
    figures: tuple[File, ...]
    search: tuple[Mapping[str, str], ...]
    facts: tuple[Fact, ...]
    drawn: int
    shown: int


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


@lru_cache(maxsize=1)
def _press(handle: Handle) -> tuple[Press, CountingCache]:
    work = handle.load()
    cache = CountingCache(DiskCache(work.cache))
    whole = site_of(work.tongue, work.templates, cache, ())
    return Press(whole, work.shells), cache


def stamp_schools(handle: Handle, ids: Sequence[str]) -> Stamped:
    """The pages of these schools, in the order of the table of schools."""
    press, cache = _press(handle)
    record = press.whole.record
    drawn, shown = cache.drawn, cache.shown
    files: list[File] = []
    figures: list[File] = []
    search: list[Mapping[str, str]] = []
    facts: list[Fact] = []
    for school in schools(record, ids):
        page = press.print(school)
        files.append(page.file)
        search.append(page.search)
        facts += page.facts
        for embed in of_school(record, school):
            figure, more = embed_file(press.whole, embed, live_frame())
            figures.append(figure)
            facts += more
    return Stamped(
        tuple(files), tuple(figures), tuple(search), tuple(facts),
        cache.drawn - drawn, cache.shown - shown,
    )  # fmt: skip


def stamp_districts(handle: Handle, ids: Sequence[str]) -> Stamped:
    """The pages of these districts, in this order."""
    press, _ = _press(handle)
    files: list[File] = []
    search: list[Mapping[str, str]] = []
    facts: list[Fact] = []
    for page in district_pages(press.whole, ids):
        file, entry = stamped(press.shells, page)
        files.append(file)
        search.append(entry)
        facts += page.facts
    return Stamped(tuple(files), (), tuple(search), tuple(facts), 0, 0)
