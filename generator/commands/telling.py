"""How far long work is, while it goes on: in one line of a terminal, elsewhere in lines."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic
from typing import TextIO

from generator.model import Step

CLEAR_LINE = "\r\x1b[K"


@contextmanager
def telling(stream: TextIO) -> Iterator[Callable[[Step], None]]:
    """A function that shows progress: on a terminal one line written anew, elsewhere lines."""
    timed = Timed(monotonic)
    if not stream.isatty() or os.environ.get("TERM") == "dumb":
        yield lambda step: print(timed.said(step), file=stream, flush=True)
        return

    def rewrite(step: Step) -> None:
        width = shutil.get_terminal_size().columns - 1
        print(f"{CLEAR_LINE}{timed.said(step)[:width]}", end="", file=stream, flush=True)

    try:
        yield rewrite
    finally:
        print(CLEAR_LINE, end="", file=stream, flush=True)


@dataclass
class Timed:
    """Adds to steps of long work how fast it goes and how long it will go on."""

    clock: Callable[[], float]
    began: float = 0.0
    first: int = 0

    def said(self, step: Step) -> str:
        """The step in words. The first of some work sets the clock: what went before it counts for
        setting up, and would make the rest look slow."""
        now = self.clock()
        if step.done <= self.first or not self.first:
            self.began, self.first = now, step.done
            return step.words
        rate = (step.done - self.first) / max(now - self.began, 1e-9)
        left = (step.of - step.done) / rate
        return f"{step.words}, {rate:,.0f} a second, {duration(left)} left"


def duration(seconds: float) -> str:
    """Seconds below two minutes, else minutes: a guess has no use for more."""
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} min"
