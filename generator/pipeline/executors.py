"""Where partitions are worked on: here, in a pool of processes, or on the workers of a cluster.

All three are executors of `concurrent.futures`, so that there is one way through the build.
"""

import atexit
import gc
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import active_children, get_context
from signal import SIG_IGN, SIGINT, signal
from threading import current_thread, main_thread
from typing import Any, TypeVar

from generator.errors import InputError, OutputError, Problem

Item = TypeVar("Item")
Result = TypeVar("Result")

REACHED_WITHIN = 10  # seconds; a scheduler that is there answers in a fraction of one
AGAIN = 3  # times that a cluster gives a partition to another worker when one is gone
SCHEDULER = "--scheduler"


class Inline(Executor):
    """Does each piece of work at once, in this process."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        """The finished future of `fn(*args, **kwargs)`; an exception goes through unchanged."""
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


@dataclass(frozen=True)
class Workplace:
    """An executor, how many partitions it works on at once, and whether elsewhere than here; what
    stops it in the middle of its work."""

    executor: Executor
    hands: int
    elsewhere: bool
    stop: Callable[[], None]

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """If it ends with an exception, nothing of the work is under way any more."""
        try:
            yield
        except BaseException:
            self.stop()
            raise


@contextmanager
def workplace(jobs: int, scheduler: str = "") -> Iterator[Workplace]:
    """The workers of the cluster whose scheduler is named, else this process for one job, else a
    pool of that many processes.

    Those of a pool start afresh: a fork of a process that has drawn a picture waits for ever for
    the threads of the renderer, which no fork has. InputError for a scheduler that does not answer;
    OutputError where workers are gone and the work can't be given to others.
    """
    if scheduler:
        with _cluster(scheduler) as found:
            yield found
    elif jobs == 1:
        inline = Inline()
        yield Workplace(inline, 1, elsewhere=False, stop=inline.shutdown)
    else:
        with _pool(jobs) as found:
            yield found


@contextmanager
def _pool(jobs: int) -> Iterator[Workplace]:
    with ProcessPoolExecutor(jobs, get_context("spawn"), initializer=_begin) as pool:
        others = active_children()
        with _uninterrupted():
            for _ in range(jobs):
                pool.submit(_found)
        own = [child for child in active_children() if child not in others]

        def stop() -> None:
            # What is under way would be worked on to the end before anybody is told.
            pool.shutdown(wait=False, cancel_futures=True)
            for process in own:
                process.terminate()
            for process in own:
                process.join()

        try:
            yield Workplace(pool, jobs, elsewhere=True, stop=stop)
        except BrokenExecutor as error:
            raise _gone("--jobs", "Build with fewer processes: each needs memory.") from error


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Processes that are started meanwhile leave Ctrl-C to this one, which then stops them."""
    if current_thread() is not main_thread():
        yield
        return
    before = signal(SIGINT, SIG_IGN)
    try:
        yield
    finally:
        signal(SIGINT, before)


def _begin() -> None:
    """What a process does first. When it ends, Python shall not look for garbage once more."""
    atexit.register(gc.freeze)


def _found() -> None:
    """Nothing: for each call a process is started, before there is work."""


def in_order(
    where: Workplace, work: Callable[[Item], Result], items: Iterable[Item]
) -> Iterator[Result]:
    """`work` over the items, results in the items' order, two for each hand under way at most, so
    that memory stays flat however many items there are."""
    waiting: deque[Future[Result]] = deque()
    for item in items:
        if len(waiting) >= 2 * where.hands:
            yield waiting.popleft().result()
        waiting.append(where.executor.submit(work, item))
    while waiting:
        yield waiting.popleft().result()


@contextmanager
def _cluster(scheduler: str) -> Iterator[Workplace]:
    try:
        # Late, and only here: other builds work without the package.
        from distributed import Client
        from distributed.scheduler import KilledWorker
    except ImportError as error:
        expected = "the packages of the extra `cluster`"
        raise _refusal(
            "no package distributed", expected, "Install sro-record[cluster]."
        ) from error
    try:
        client = Client(scheduler, timeout=REACHED_WITHIN, set_as_default=False)
    except (OSError, ValueError) as error:
        expected = "the address of a scheduler that answers, as tcp://10.0.0.1:8786"
        hint = (
            "Start it with `dask scheduler`, or build here with --jobs. The old site is untouched."
        )
        raise _refusal(f"{scheduler}, which does not answer", expected, hint) from error
    with client:
        hands = sum(client.nthreads().values())
        if not hands:
            hint = f"Start some with `dask worker {scheduler}`."
            raise _refusal(f"{scheduler} without workers", "at least one worker", hint)
        try:
            # Not pure: each partition is worked on for this build alone.
            executor = client.get_executor(pure=False, retries=AGAIN)
            yield Workplace(executor, hands, elsewhere=True, stop=client.close)
        except KilledWorker as error:
            raise _gone(SCHEDULER, "Look at the workers' logs: each needs memory.") from error


def _refusal(found: str, expected: str, hint: str) -> InputError:
    hint = f"{hint} The old site is untouched."
    return InputError([Problem(SCHEDULER, 0, "", found, expected, hint)])


def _gone(where: str, hint: str) -> OutputError:
    found, expected = "workers that ended before their work", "workers that stay"
    return OutputError(Problem(where, 0, "", found, expected, f"{hint} The old site is untouched."))
