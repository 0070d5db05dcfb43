"""Folders that all processes of a run share: each is made once and only read."""

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.__main__ import main
from generator.pipeline import build
from tests.edition import write_edition
from tests.presenting import settings
from tests.protect.survey import write_data, write_private


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """The folder that `make` fills once for all processes of a run; nobody changes it.

    pytest-xdist gives each process a folder of its own below the one that they share. Whoever
    comes first makes it, the others wait; what failed half-way never gets the name. A name belongs
    to one `make`: two under one name would give one of them the other's folder.
    """
    own = factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    folder = shared / name
    maker = f"{make.__module__}.{make.__qualname__}"
    with (shared / f"{name}.lock").open("a+", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.seek(0)
        first = lock.read()
        if first not in ("", maker):
            raise ValueError(f"{name}: made by {first}; {maker} needs a name of its own")
        if not first:
            lock.write(maker)
            lock.flush()
        if not folder.exists():
            made = factory.mktemp(name)
            make(made)
            made.rename(folder)
    return folder


def put_back(true: Path, copy: Path) -> None:
    """Make a changed copy the same as the folder that it is of. What is written to gets another
    time than the file that it was copied from."""
    wanted, found = looks(true), looks(copy)
    for path in sorted(found.keys() - wanted.keys(), reverse=True):
        (copy / path).rmdir() if (copy / path).is_dir() else (copy / path).unlink()
    for path in sorted(wanted):
        if wanted[path] == found.get(path):
            continue
        if (true / path).is_dir():
            (copy / path).mkdir()
        else:
            shutil.copy2(true / path, copy / path)


def looks(folder: Path, under: str = "") -> dict[str, tuple[int, int] | None]:
    """Size and time of each file below a folder by its path; folders have neither."""
    found: dict[str, tuple[int, int] | None] = {}
    with os.scandir(folder) as entries:  # a test's copy is looked at twice: rglob takes 5 times it
        for one in entries:
            path = f"{under}{one.name}"
            if one.is_dir(follow_symlinks=False):
                found[path] = None
                found |= looks(folder / one.name, f"{path}/")
            else:
                state = one.stat()
                found[path] = (state.st_size, state.st_mtime_ns)
    return found


def small(factory: pytest.TempPathFactory) -> Path:
    """The small edition in the folder's `data`, and its `site` as built."""
    return made_once(factory, "small", build_small)


def build_small(folder: Path) -> None:
    """Write the small edition to the folder's `data` and build its `site`."""
    build(settings(folder, write_edition(folder / "data")), lambda _: None)


def surveyed(factory: pytest.TempPathFactory) -> Path:
    """An edition with an invented survey, protected, in the folder's `data`, and its `site`."""
    return made_once(factory, "surveyed", build_surveyed)


def build_surveyed(folder: Path) -> None:
    """Write that edition to the folder's `data`, protect its survey, and build its `site`."""
    data, private = write_data(folder / "data"), write_private(folder / "private")
    assert main(["protect", "--private", str(private), "--data", str(data)]) == 0
    build(settings(folder, data), lambda _: None)
