"""Publish where a link stands: a new folder beside the one that it names, then another link."""

import glob
import os
from collections.abc import Callable
from pathlib import Path

from generator.write.staging import Stage, discard, locked, refuse_foreign, reporting, stage_beside
from generator.write.swap import swap

Fill = Callable[[Stage], None]


def write_linked(link: Path, name: str, fill: Fill) -> None:
    """Point the link at a new folder that `fill` filled, named after the link and `name`.

    A server that has looked up the link goes on reading the old folder: that stays until the next
    time. A folder that has another name than ours is never removed. Raises OutputError like
    `write_tree`.
    """
    place = Path(os.path.realpath(link.parent)) / link.name
    with reporting(place):
        old = Path(os.path.realpath(place))
        lock = place.with_name(f".{place.name}.lock")
        refuse_foreign(old, lock)
    with locked(lock, place):
        with reporting(place):
            target = old.with_name(f"{place.name}-{name}")
            clear(old, place.name)
            new = stage_beside(old, place.name)
        try:
            fill(Stage(old, new, mounted=False))
            with reporting(place):
                swap(new, target)  # the same site once more is exchanged where it stands
                point(place, target)
        finally:
            discard(new)


def clear(old: Path, name: str) -> None:
    """Remove what earlier times left beside the folder in use, half-made ones too."""
    for pattern in (f"{glob.escape(name)}-*", f".{glob.escape(name)}.build-*"):
        for folder in old.parent.glob(pattern):
            if folder != old and is_ours(folder, name):
                discard(folder)


def is_ours(folder: Path, name: str) -> bool:
    """True for a folder that a build made or publishing named: by a digest."""
    end = folder.name.removeprefix(f"{name}-")
    return folder.name.startswith(".") or (len(end) == 16 and not end.strip("0123456789abcdef"))


def point(link: Path, target: Path) -> None:
    """Let the link name another folder, in one step; a relative one stays relative."""
    before = os.readlink(link)
    named = target if os.path.isabs(before) else os.path.relpath(target, link.parent)
    temporary = link.with_name(f".{link.name}.link")
    temporary.unlink(missing_ok=True)
    temporary.symlink_to(named)
    temporary.replace(link)
