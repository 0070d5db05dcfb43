"""The claim: downloads, descriptions and citations of the Chicago edition take less than 2 s.

All files of the data folder are made as a build makes them, and every page's citation is written.
Seconds of the processor; reading and checking the tables are not counted.
"""

from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import process_time

from benchmarks.timing import ROOT, ROUNDS
from generator import pages
from generator.charts import MemoryCache
from generator.model import Fact, Settings
from generator.pipeline.datafiles import data_files, texts
from generator.pipeline.history import read_told
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
    beside = texts(ROOT / "data")
    files = timed(lambda: sum(len(file.content) for file in data_files(whole, beside, facts)))
    cite = timed(lambda: [whole.citing.page(one.title, one.path, one.facts).html for one in shown])
    both = files + cite * len(told.tongues)
    size = sum(len(file.content) for file in data_files(whole, beside, facts))
    print(f"files of the data: {files:.2f} s, {size / 1e6:.1f} MB")
    print(f"citations of {len(shown)} school pages: {cite:.3f} s a language")
    print(f"both: {both:.2f} s  (less than {TARGET:.0f} s is wanted)")


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
