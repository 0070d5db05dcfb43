"""What stays to the end of a build is not looked at again and again by the collector of garbage."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

SELDOM = 40  # collections of the young to one of all, at least; 10 is Python's own


def settle() -> None:
    """All that is there now stays."""
    gc.freeze()


@contextmanager
def settled() -> Iterator[None]:
    """What has been read stays meanwhile, and so does nearly all that is made."""
    before = gc.get_threshold()
    settle()
    gc.set_threshold(*before[:2], SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
