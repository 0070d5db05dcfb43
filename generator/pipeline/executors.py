"""Where partitions are worked on: in this process, or in any `concurrent.futures` executor."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


class Inline(Executor):
    """Does each piece of work at once, in this process."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        """The finished future of `fn(*args, **kwargs)`; an exception goes through unchanged."""
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


@contextmanager
def executor(jobs: int) -> Iterator[Executor]:
    """In this process for one job, else a pool of that many processes.

    They start afresh: a fork of a process that has drawn a picture waits for ever for the threads
    of the renderer, which no fork has.
    """
    with Inline() if jobs == 1 else ProcessPoolExecutor(jobs, get_context("spawn")) as found:
        yield found


def in_order(
    where: Executor, work: Callable[[Item], Result], items: Iterable[Item], ahead: int
) -> Iterator[Result]:
    """`work` over the items, results in the items' order, at most `ahead` of them under way, so
    that memory stays flat however many items there are."""
    waiting: deque[Future[Result]] = deque()
    for item in items:
        if len(waiting) >= ahead:
            yield waiting.popleft().result()
        waiting.append(where.submit(work, item))
    while waiting:
        yield waiting.popleft().result()
