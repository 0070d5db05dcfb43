"""What stays to the end of a build is not looked at again and again by the collector of garbage."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# Things made before the young are looked at (700 is Python's own), and collections of the young to
# one of all, at least (10 is Python's own): little of what pages are made from refers to itself.
YOUNG, SELDOM = 10_000, 40


def settle() -> None:
    """All that is there now stays, and so does nearly all that is made from here on."""
    gc.freeze()
    gc.set_threshold(YOUNG, gc.get_threshold()[1], SELDOM)


@contextmanager
def settled() -> Iterator[None]:
    """What has been read stays meanwhile."""
    before = gc.get_threshold()
    settle()
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
