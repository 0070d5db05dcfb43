"""A place beside a folder where one build at a time makes the folder's next tree."""

import fcntl
import glob
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from generator.errors import OutputError, Problem
from generator.write.swap import is_mount, recover

FOLDER_MODE = 0o755


@dataclass(frozen=True)
class Stage:
    """`new` is to take the place of `out`, which is a mount point or not."""

    out: Path
    new: Path
    mounted: bool


@contextmanager
def staged(out: Path) -> Iterator[Stage]:
    """An empty folder on the disk of `out`, for one build at a time; removed at the end.

    Also clears up what a killed build left. Raises OutputError for a folder that no build has made
    and while another build is at work.
    """
    out = Path(os.path.realpath(out))
    with reporting(out):
        mounted = is_mount(out)
        place = out if mounted else out.parent
        refuse_foreign(out, _lock_path(out, place))
    with locked(_lock_path(out, place), out):
        with reporting(out):
            new = _make_stage(out, place)
        try:
            yield Stage(out, new, mounted)
        finally:
            discard(new)


@contextmanager
def locked(lock_path: Path, out: Path) -> Iterator[None]:
    """Hold a lock for one build of `out` at a time; OutputError while another holds it.

    The file stays. The one beside a site also says that the folder is ours to replace.
    """
    with reporting(out):
        lock_path.parent.mkdir(parents=True, exist_ok=True)
        lock = lock_path.open("a")
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            hint = "Wait until it has ended. The old site is untouched."
            raise _refusal(out, "another build at work", "one build at a time", hint) from error
        yield


@contextmanager
def reporting(path: Path) -> Iterator[None]:
    """Turn what the system refuses into a message about `path`."""
    try:
        yield
    except OSError as error:
        found = f'"{error.strerror or error}"'
        hint = "Make room or allow writing. The old site is untouched."
        raise _refusal(path, found, "to be able to write here", hint) from error


def _refusal(path: Path, found: str, expected: str, hint: str) -> OutputError:
    return OutputError(Problem(str(path), 0, "", found, expected, hint))


def _lock_path(out: Path, place: Path) -> Path:
    return place / f".{out.name}.lock"


def refuse_foreign(out: Path, lock: Path) -> None:
    """Refuse a folder that no build has made: its files would be gone (`--out ~/Documents`). One
    with its lock beside it is a build's."""
    if out.exists() and not out.is_dir():
        raise _refusal(out, "a file", "a folder", "Choose another.")
    if (
        out.is_dir()
        and not lock.exists()
        and any(not path.name.startswith(".") for path in out.iterdir())
    ):
        expected = "an empty or a new folder, because a build replaces it whole"
        hint = "Empty it, or choose another."
        raise _refusal(out, "files that no build has put there", expected, hint)


def _make_stage(out: Path, place: Path) -> Path:
    prefix = f".{out.name}.build-"
    for leftover in (recover(out), *place.glob(f"{glob.escape(prefix)}*")):
        discard(leftover)
    return stage_beside(place / out.name, out.name)


def stage_beside(out: Path, name: str) -> Path:
    """A new folder beside another, for what will be called by the name."""
    new = Path(tempfile.mkdtemp(prefix=f".{name}.build-", dir=out.parent))
    new.chmod(FOLDER_MODE)
    return new


def discard(folder: Path) -> None:
    """Remove a tree as far as can be; the next build removes the rest.

    Ctrl-C comes too late here: what was to be decided has been, so the outcome stands.
    """
    with suppress(KeyboardInterrupt):
        shutil.rmtree(folder, ignore_errors=True)
