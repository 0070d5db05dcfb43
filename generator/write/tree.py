"""Files into the new tree of a build, by the build itself and by each process that works for it."""

import errno
import hashlib
import os
import shutil
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from generator.model import File
from generator.write.paths import Claims, refuse_unsafe
from generator.write.staging import FOLDER_MODE, reporting

FILE_MODE = 0o644
ANEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL
CHUNK = 1 << 20  # bytes


@dataclass(frozen=True)
class Place:
    """Where files go: `new` is the tree that a build makes, `old` the one that readers see
    meanwhile. A file that is new or different gets `mtime`, if one is given."""

    new: str
    old: str
    mtime: float | None = None


@dataclass(frozen=True, slots=True)
class Put:
    """A file that stands in the new tree: its path, bytes, SHA-256 and whether it is new or
    different."""

    path: str
    size: int
    sha256: bytes
    changed: bool


def put(place: Place, files: Iterable[File]) -> list[Put]:
    """Write or link each of the files; a file with the same bytes as before keeps its inode.

    A file that stands there already is replaced: a process that was lost may have begun with it.
    Raises OutputError for a path that is unsafe, and for whatever the system refuses.
    """
    found = []
    for file in files:
        refuse_unsafe(file.path)
        old, new = f"{place.old}/{file.path}", f"{place.new}/{file.path}"
        with reporting(Path(old)):
            changed = not _holds(old, file.content)
            if changed:
                with _anew(place, new) as target:
                    _write(target, file.content)
            else:
                _free(new)
                link(old, new, place.new)
        digest = hashlib.sha256(file.content).digest()
        found.append(Put(file.path, len(file.content), digest, changed))
    return found


def put_long(place: Place, path: str, chunks: Iterable[bytes]) -> Put:
    """The same for one file that is too long to hold at once."""
    refuse_unsafe(path)
    old, new = f"{place.old}/{path}", f"{place.new}/{path}"
    digest, size = hashlib.sha256(), 0
    with reporting(Path(old)):
        with _anew(place, new) as target:
            for chunk in chunks:
                _write(target, chunk)
                digest.update(chunk)
                size += len(chunk)
        changed = not _same(old, new)
        if not changed:
            _free(new)
            link(old, new, place.new)
    return Put(path, size, digest.digest(), changed)


@dataclass
class Tree:
    """The new tree of a build, with what stands in it so far. A path that is taken is refused."""

    place: Place
    standing: list[Put] = field(default_factory=list)
    claims: Claims = field(default_factory=Claims)
    removed: int = 0  # files of the old tree that are not in the new one, known at the end

    def put(self, files: Iterable[File]) -> None:
        """Write the files; OutputError for a path that is unsafe or taken."""
        for file in files:
            self.claims.add(file.path)
            self.standing += put(self.place, [file])

    def put_long(self, path: str, chunks: Iterable[bytes]) -> None:
        """Write one file that is too long to hold at once."""
        self.claims.add(path)
        self.standing.append(put_long(self.place, path, chunks))

    def note(self, files: Iterable[Put]) -> None:
        """Take in what another process has put."""
        for one in files:
            self.claims.add(one.path)
            self.standing.append(one)

    def chunks(self, path: str) -> Iterator[bytes]:
        """A file that stands in the tree, piece by piece."""
        with Path(f"{self.place.new}/{path}").open("rb") as file:
            while chunk := file.read(CHUNK):
                yield chunk


def link(source: str | Path, target: str | Path, root: str) -> None:
    """The same file at another path of the tree below `root`, a copy with its time where links
    fail."""
    _make_folder(os.path.dirname(target), root)
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:  # another disk, too many links, or a file system without them
        shutil.copy2(source, target, follow_symlinks=False)


@contextmanager
def _anew(place: Place, path: str) -> Iterator[int]:
    """A new file at the path in the new tree, open for writing."""
    target = _open(path, place.new)
    try:
        os.fchmod(target, FILE_MODE)
        yield target
        if place.mtime is not None:
            os.utime(target, (place.mtime, place.mtime))
    finally:
        os.close(target)


def _open(path: str, root: str) -> int:
    try:
        return os.open(path, ANEW, FILE_MODE)
    except FileNotFoundError:
        _make_folder(os.path.dirname(path), root)
    except FileExistsError:
        # Not written over: it may be a link to the file that readers see.
        os.unlink(path)
    return os.open(path, ANEW, FILE_MODE)


def _write(target: int, content: bytes) -> None:
    left = memoryview(content)
    while left:
        left = left[os.write(target, left) :]


def _free(path: str) -> None:
    if os.path.lexists(path):
        os.unlink(path)


def _make_folder(folder: str, root: str) -> None:
    """Make a folder of the tree. Not its root: where that is gone the build has ended, and a worker
    that still prints must not leave half a tree behind."""
    if folder == root and not os.path.isdir(folder):
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), folder)
    if not os.path.isdir(folder):
        _make_folder(os.path.dirname(folder), root)
        try:
            os.mkdir(folder)
        except FileExistsError:  # another process was faster
            return
        os.chmod(folder, FOLDER_MODE)


def _plain(path: str) -> os.stat_result | None:
    """What the system says of a plain file with the mode that we give; None for anything else."""
    try:
        state = os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    plain = stat.S_ISREG(state.st_mode) and stat.S_IMODE(state.st_mode) == FILE_MODE
    return state if plain else None


def _holds(path: str, content: bytes) -> bool:
    state = _plain(path)
    return state is not None and state.st_size == len(content) and _read(path) == content


def _read(path: str) -> bytes:
    return Path(path).read_bytes()


def _same(old: str, new: str) -> bool:
    """True for a plain file with the bytes of another one."""
    state = _plain(old)
    if state is None or state.st_size != os.stat(new).st_size:
        return False
    with Path(old).open("rb") as one, Path(new).open("rb") as other:
        while chunk := one.read(CHUNK):
            if chunk != other.read(CHUNK):
                return False
    return True
