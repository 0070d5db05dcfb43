"""What processes cost: seconds on the clock, and seconds of processor time."""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import monotonic, monotonic_ns

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 3


@dataclass(frozen=True)
class Cost:
    """Seconds. Processor time is the steadier one: other programs hardly disturb it."""

    clock: float
    processor: float


def cost(work: Callable[[], object]) -> Cost:
    """What the processes that `work` starts and waits for cost."""
    start, before = monotonic(), _processor()
    work()
    return Cost(monotonic() - start, _processor() - before)


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def medians(costs: Sequence[Cost]) -> Cost:
    """The median of each kind of seconds."""
    return Cost(median(one.clock for one in costs), median(one.processor for one in costs))


def generator(folder: Path, *arguments: str) -> None:
    """Run a command of ours in `folder`, quietly; CalledProcessError if it fails."""
    command = [sys.executable, "-m", "generator", *arguments]
    subprocess.run(command, cwd=folder, env=place_of(), stdout=subprocess.DEVNULL, check=True)


def place_of() -> dict[str, str]:
    """The environment in which Python finds this checkout."""
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def set_aside(made: Path) -> None:
    """Let the folder be no longer there, without deleting anything: for minutes after, ext4 looks
    at the number of each deleted file before it gives one to a new file, and whoever writes next
    took up to twice its time."""
    if made.exists():
        made.rename(made.with_name(f"{made.name}-{monotonic_ns()}"))


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder that is removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)
