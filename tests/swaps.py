"""A published site read without a pause while publishers come, go and are killed."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread

ROOT = Path(__file__).resolve().parents[1]
# Publishes two sites by turns and says each time which stands there now. Neither is verified: that
# is done before anything is written.
PUBLISHER = """
import sys
from pathlib import Path
from generator.commands.publish import held, manifest_of
from generator.write import publish_tree
out, sites = Path(sys.argv[1]), list(map(Path, sys.argv[2:4]))
for number in range(int(sys.argv[4])):
    site = sites[number % 2]
    publish_tree(out, held(site, manifest_of(site)), f"{number % 2:016x}")
    print(site, flush=True)
"""


@dataclass
class Seen:
    """What readers saw: how many files, how often another site than before, and what was wrong."""

    reads: int = 0
    turns: int = 0
    wrong: list[str] = field(default_factory=list)


def contents(site: Path) -> dict[str, bytes]:
    """The files of a site by path."""
    found = (path for path in sorted(site.rglob("*")) if path.is_file())
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in found}


@contextmanager
def reading(out: Path, *sites: Mapping[str, bytes]) -> Iterator[Seen]:
    """Read the files that all sites have, by turns, until the block ends; each has to be there and
    to be, byte by byte, that of one of them."""
    paths = sorted(set.intersection(*(set(site) for site in sites)))
    seen, stop, begun = Seen(), Event(), Event()

    def read() -> None:
        last = -1
        while not stop.is_set():
            for path in paths:
                try:
                    found = (out / path).read_bytes()
                except OSError as error:
                    seen.wrong.append(f"{path}: {error.strerror}")
                    continue
                seen.reads += 1
                which = [number for number, site in enumerate(sites) if site[path] == found]
                if not which:
                    seen.wrong.append(f"{path} is of none of the sites")
                elif len(which) == 1:
                    seen.turns += which[0] != last
                    last = which[0]
            begun.set()

    reader = Thread(target=read)
    reader.start()
    begun.wait()
    try:
        yield seen
    finally:
        stop.set()
        reader.join()


def publisher(out: Path, one: Path, other: Path, times: int) -> subprocess.Popen[bytes]:
    """A process of its own that publishes both sites by turns."""
    command = [sys.executable, "-c", PUBLISHER, str(out), str(one), str(other), str(times)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, env=dict(os.environ))


def swap_and_kill(
    out: Path, one: Path, other: Path, swaps: int, kills: int, seed: int
) -> tuple[Seen, int, int]:
    """Publish both sites by turns, `swaps` times undisturbed; then kill publishers at random
    moments. What readers saw, and how many swaps and kills there were."""
    dice = random.Random(seed)
    with reading(out, contents(one), contents(other)) as seen:
        with publisher(out, one, other, swaps) as process:
            assert process.stdout is not None
            made = len(process.stdout.read().split())
        for _ in range(kills):
            with publisher(out, one, other, 1_000_000) as process:
                assert process.stdout is not None
                process.stdout.readline()
                time.sleep(dice.random() / 10)
                process.send_signal(signal.SIGKILL)
                made += 1 + len(process.stdout.read().split())
    return seen, made, kills
