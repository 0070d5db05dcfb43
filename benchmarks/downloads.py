"""The claim: downloads, descriptions and citations of the Chicago edition take less than 2 s.

All files of the data folder are made as a build makes them, and every page's citation is written.
Seconds of the processor; reading and checking the tables are not counted.
"""

from collections.abc import Callable, Mapping
from itertools import chain
from pathlib import Path
from statistics import median
from time import process_time

from benchmarks.timing import ROOT, ROUNDS
from generator import pages
from generator.charts import MemoryCache
from generator.model import Fact, Settings
from generator.pages import Site
from generator.pipeline.datafiles import data_files, fact_chunks, is_zipped, school_files, texts
from generator.pipeline.history import read_told
from generator.pipeline.kept import kept
from generator.pipeline.packed import json_files, packed_files
from generator.pipeline.tongues import site_of

TARGET = 2.0


def main() -> None:
    """Print what they cost, and their bytes."""
    told = read_told(
        Settings(
            data=ROOT / "data", out=Path("site"), templates=ROOT / "templates", build=Path("build"),
            config=ROOT / "mkdocs.yml", base_url="", jobs=1, data_date="",
        )
    )  # fmt: skip
    whole = site_of(told.tongues[0], ROOT / "templates", MemoryCache(), ())
    facts: dict[str, Fact] = {}
    shown = []
    for _, page in pages.school_pages(whole, list(whole.record.school_names)):
        facts.update({fact.id: fact for fact in page.facts})
        shown.append(page)
    files = timed(lambda: size_of(whole, facts))
    cite = timed(lambda: [whole.citing.page(one.title, one.path, one.facts).html for one in shown])
    both = files + cite * len(told.tongues)
    size = size_of(whole, facts)
    print(f"files of the data: {files:.2f} s, {size / 1e6:.1f} MB")
    print(f"citations of {len(shown)} school pages: {cite:.3f} s a language")
    print(f"both: {both:.2f} s  (less than {TARGET:.0f} s is wanted)")


def size_of(whole: Site, facts: Mapping[str, Fact]) -> int:
    """The bytes of all downloads, which are made for it."""
    record = whole.record
    tables = list(data_files(record, texts(ROOT / "data")))
    rows = sorted(kept(facts.values()).rows)
    content = b"".join(fact_chunks(row.line for row in rows))
    members = [(one.path, [one.content]) for one in tables if is_zipped(one.path)]
    packed = packed_files(whole, [*members, ("facts.csv", [content])], record.in_release)
    about = ((row.subject, row.id, row.line) for row in rows)
    schools = school_files(record, list(record.school_names), about)
    made = chain(tables, packed, schools)
    as_json = sum(len(piece) for _, pieces in json_files(record) for piece in pieces)
    return len(content) + as_json + sum(len(file.content) for file in made)


def timed(work: Callable[[], object]) -> float:
    """Seconds of the processor, the median of the rounds."""
    rounds = []
    for _ in range(ROUNDS):
        start = process_time()
        work()
        rounds.append(process_time() - start)
    return median(rounds)


if __name__ == "__main__":
    main()
