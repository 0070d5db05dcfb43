"""The claim: verify holds Chicago's site against its own data within ten seconds on one core.

Processor seconds of `sro-record verify` on the built site, Python's own start with them; the
median of three runs.
"""

from functools import partial
from pathlib import Path

from benchmarks.timing import ROOT, ROUNDS, cost, generator, medians, scratch

SECONDS = 10


def main() -> None:
    """Print seconds beside what is wanted."""
    with scratch() as folder:
        generator(folder, "build", "--data", str(ROOT / "data"), "--out", "site")
        pages = sum(1 for _ in Path(folder, "site").rglob("*.html"))
        took = medians([cost(partial(generator, folder, "verify", "site")) for _ in range(ROUNDS)])
    print(
        f"verify, {pages} pages: {took.processor:.1f} s of the processor, {took.clock:.1f} s",
        end="",
    )
    print(f"  (below {SECONDS} is wanted)")


if __name__ == "__main__":
    main()
