"""The claim: one more school page costs at most a tenth of what plain MkDocs takes for it.

Two made editions, of 200 and of 2,000 schools, are built by `sro-record build` with the pictures
in the cache, as it stands and with one process alone, and by `mkdocs build` from the same pages as
Markdown with the same mkdocs.yml. The difference in time by the difference in schools is the cost
of a page; start-up and whatever does not grow with the schools drops out. Our time holds all that a
school adds: reading and checking its rows, its page, its CSV of facts, its line in every list.
MkDocs finds its Markdown already written. The school pages of both are compared byte for byte.

The pages that list schools and votes grow too, and MkDocs renders them: a build of these pages
alone says how much of its time is theirs.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.made_edition import EVERY, write
from benchmarks.timing import ROOT, ROUNDS, Cost, cost, generator, medians, scratch, set_aside
from generator import pages, pipeline
from generator.charts import MemoryCache
from generator.model import Settings
from generator.pipeline import rendering
from generator.present.languages import language
from generator.present.theme import theme_words
from generator.shell import run_mkdocs
from generator.write import write_tree

SIZES = (200, 2000)
KINDS = {
    "ours": "sro-record build",
    "alone": "sro-record build --jobs 1",
    "plain": "mkdocs build",
    "lists": "mkdocs build of the lists alone",
}
OURS: Mapping[str, Sequence[str]] = {"ours": (), "alone": ("--jobs", "1")}
TARGET = 0.1


@dataclass(frozen=True)
class Place:
    """One made edition and its sites. `words` are the variables of mkdocs.yml."""

    folder: Path
    schools: int
    words: Mapping[str, str]

    def build(self, kind: str) -> None:
        """Our whole build, or MkDocs alone from Markdown that is there: all pages, or the lists."""
        if kind in OURS:
            generator(self.folder, "build", "--data", "made", "--out", kind, *OURS[kind])
            return
        run_mkdocs(
            ROOT / "mkdocs.yml", self.folder / "docs" / kind, self.folder / kind,
            base_url="https://made.example/", source_date_epoch=0, words=self.words,
        )  # fmt: skip


def place(folder: Path, schools: int, every: int) -> Place:
    """The edition written, its pages as Markdown, and every picture in the cache."""
    write(folder / "made", schools, every)
    settings = Settings(
        data=folder / "made", out=folder / "ours", templates=ROOT / "templates",
        build=folder / "build", config=ROOT / "mkdocs.yml", base_url="", jobs=1, data_date="",
    )  # fmt: skip
    record = pipeline.read_record(settings)
    spoken = language("en", record.edition)
    site = pages.site(record, spoken, settings.templates, MemoryCache(), ())
    prose = list(pages.prose(site))
    ids = list(record.school_names)
    for kind, found in (("plain", ids), ("lists", [])):
        own = (page for _, page in pages.school_pages(site, found))
        write_tree(folder / "docs" / kind, rendering.docs_files(settings, prose, own))
    made = Place(folder, schools, theme_words(record.edition, spoken))
    made.build("ours")
    return made


def measure(folder: Path, every: int) -> dict[str, Cost]:
    """The cost of one school by kind of build, from medians; the kinds in turn, round by round."""
    places = [place(folder / str(schools), schools, every) for schools in SIZES]
    costs: dict[tuple[str, int], list[Cost]] = {}
    for _ in range(ROUNDS):
        for one in places:
            for kind in KINDS:
                set_aside(one.folder / kind)
                spent = cost(partial(one.build, kind))
                costs.setdefault((kind, one.schools), []).append(spent)
    for one in places:
        compare(one)
    return {kind: slope(*(medians(costs[kind, schools]) for schools in SIZES)) for kind in KINDS}


def slope(small: Cost, large: Cost) -> Cost:
    """Seconds by school between the two sizes."""
    more = SIZES[1] - SIZES[0]
    return Cost((large.clock - small.clock) / more, (large.processor - small.processor) / more)


def compare(one: Place) -> None:
    """End with an error if the school pages of the two sites are not the same bytes."""
    sites = [one.folder / kind for kind in ("ours", "plain")]
    found = [
        {page.relative_to(site): page.read_bytes() for page in site.glob("schools/1*/index.html")}
        for site in sites
    ]
    if len(found[0]) != one.schools or found[0] != found[1]:
        raise SystemExit("The school pages differ: the two times are of different work.")


def report(every: int, found: Mapping[str, Cost]) -> Iterator[str]:
    """The lines to print: the cost of a school by kind of build, and the ratios."""
    who = "every school" if every == 1 else f"one school in {every}"
    yield f"{who} has a record; milliseconds a school, by the clock and of the processor:"
    for kind, words in KINDS.items():
        yield f"  {words:34} {found[kind].clock * 1e3:6.2f} {found[kind].processor * 1e3:6.2f}"
    plain = found["plain"]
    for kind in OURS:
        clock = found[kind].clock / plain.clock
        processor = found[kind].processor / plain.processor
        words = f"{KINDS[kind]}, ratio"
        yield f"  {words:34} {clock:6.3f} {processor:6.3f}  (at most {TARGET} is wanted)"


def main() -> None:
    """Print the cost of a school each way, and the ratios."""
    for every in (EVERY, 1):
        with scratch() as folder:
            found = measure(folder, every)
        print("\n".join(report(every, found)), flush=True)


if __name__ == "__main__":
    main()
