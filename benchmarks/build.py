"""The claims: Chicago's site is built within 400 MB, and its data checked within three seconds.

Memory is what the build's processes hold at one time: the generator waits while MkDocs runs, so
the two count together. The system says the most that any one process held; their sum is looked
at every few milliseconds, where the system shows it (Linux).
"""

import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import sleep

from benchmarks.timing import ROOT, ROUNDS, cost, generator, medians, place_of, scratch

MEGABYTES = 400
SECONDS = 3
PAUSE = 0.01
KILOBYTE = 1024 if sys.platform != "darwin" else 1  # macOS counts bytes


def memory(folder: Path) -> tuple[float, float]:
    """MB: the most that one process of the build held, and the most that all held together."""
    command = [sys.executable, "-m", "generator", "build", "--data", str(ROOT / "data")]
    together = 0
    with subprocess.Popen(
        [*command, "--out", "site"], cwd=folder, env=place_of(), stdout=subprocess.DEVNULL
    ) as building:
        while building.poll() is None:
            together = max(together, sum(held(pid) for pid in family(building.pid)))
            sleep(PAUSE)
    if building.returncode:
        raise SystemExit(f"the build ended with {building.returncode}")
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * KILOBYTE
    return most / 1e6, together / 1e6


def family(pid: int) -> Iterator[int]:
    """A process and all that it started, as far as the system shows them."""
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except OSError:
        return
    for child in children.split():
        yield from family(int(child))


def held(pid: int) -> int:
    """Bytes of memory that a process holds; 0 for one that is gone or not shown."""
    try:
        pages = Path(f"/proc/{pid}/statm").read_text().split()[1]
    except OSError:
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def main() -> None:
    """Print memory and seconds beside what is wanted."""
    with scratch() as folder:
        for name in ("no picture in the cache", "every picture in the cache"):
            most, together = memory(folder)
            print(f"build, {name}: {most:.0f} MB in one process, {together:.0f} MB in all", end="")
            print(f"  (below {MEGABYTES} is wanted)")
    found = [
        cost(lambda: generator(ROOT, "check", "--data", str(ROOT / "data"))) for _ in range(ROUNDS)
    ]
    took = medians(found)
    print(f"check: {took.clock:.2f} s, {took.processor:.2f} s of the processor", end="")
    print(f"  (below {SECONDS} is wanted)")


if __name__ == "__main__":
    main()
