"""The claim: the school pages of two languages take at most 2.2 times the time of one.

Every school page of the Chicago edition is printed in English, then in each language, as a build
prints them before it stamps them; what is set up once for a language counts, reading does not.
"""

from collections.abc import Sequence
from statistics import median
from time import process_time

from benchmarks.timing import ROOT, ROUNDS, scratch
from generator import pages
from generator.charts import MemoryCache
from generator.model import Settings
from generator.pipeline.tongues import Tongue, read_tongues, site_of

TARGET = 2.2


def printed(tongues: Sequence[Tongue], pictures: MemoryCache) -> float:
    """Seconds of the processor for all school pages in these languages."""
    start = process_time()
    for tongue in tongues:
        whole = site_of(tongue, ROOT / "templates", pictures, ())
        for _ in pages.school_pages(whole, list(tongue.record.school_names)):
            pass
    return process_time() - start


def main() -> None:
    """Print both times and their ratio, from medians; every picture is drawn before."""
    with scratch() as folder:
        tongues = read_tongues(
            Settings(
                data=ROOT / "data", out=folder / "site", templates=ROOT / "templates",
                build=folder, config=ROOT / "mkdocs.yml", base_url="", jobs=1, data_date="",
            )
        )  # fmt: skip
    pictures = MemoryCache()
    printed(tongues, pictures)
    rounds = [(printed(tongues[:1], pictures), printed(tongues, pictures)) for _ in range(ROUNDS)]
    one, all_ = (median(times) for times in zip(*rounds, strict=True))
    print(f"school pages in one language: {one:.2f} s; in {len(tongues)}: {all_:.2f} s", end="")
    print(f"; {all_ / one:.2f} times  (at most {TARGET} is wanted for two)")


if __name__ == "__main__":
    main()
