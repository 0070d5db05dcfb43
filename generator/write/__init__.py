"""Write a folder whole: a new tree beside the old one, then one exchange. Also a cache."""

import hashlib
import os
import re
import shutil
import stat
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import get_native_id

from generator.errors import InputError, Problem
from generator.model import File
from generator.write.linked import write_linked
from generator.write.paths import claim
from generator.write.staging import FOLDER_MODE, Stage, reporting, staged
from generator.write.swap import swap as exchange

FILE_MODE = 0o644
# Those of a build's files that are hidden. The others are the host's own, and kept.
OWN = (".nojekyll", ".well-known/security.txt")
KEY = re.compile(r"[0-9a-f]{4,128}")


@dataclass(frozen=True)
class Written:
    """What a build wrote: files in all, those new or different, those gone, and bytes in all."""

    files: int
    changed: int
    removed: int
    bytes: int


def write_tree(out: Path, files: Iterable[File], mtime: float | None = None) -> Written:
    """Make `out` hold exactly `files`, and the hidden entries that it had at its top.

    Readers see the old tree until the new one is complete, then the new one. Whatever stops the
    build before, the old tree stays as it was, and the next build clears up. A file with the same
    bytes as before keeps its inode; the others get `mtime`, if one is given.

    Raises OutputError for a folder that no build has made, for a second build at the same time,
    for a path that is unsafe or taken, and for whatever the system refuses.
    """
    with staged(out) as stage:
        written = _fill(stage, files, mtime)
        with reporting(stage.out):
            exchange(stage.new, stage.out, mounted=stage.mounted)
    return written


def publish_tree(out: Path, files: Iterable[File], name: str) -> Written:
    """The same for the place that a server reads. Where `out` is a link, it is what is exchanged:
    it then names a folder beside the one before, called after the link and `name`."""
    if not out.is_symlink():
        return write_tree(out, files)
    written: list[Written] = []
    write_linked(out, name, lambda stage: written.append(_fill(stage, files, None)))
    return written[0]


@dataclass(frozen=True)
class DiskCache:
    """Texts kept by a hex digest of what they were made from, each beside its own digest."""

    folder: Path

    def get(self, key: str) -> str | None:
        """The text kept under the key; None if there is none that can be read whole."""
        try:
            digest, _, text = self._path(key).read_bytes().partition(b"\n")
        except OSError:
            return None
        return text.decode() if digest == _digest(text) else None

    def put(self, key: str, text: str) -> None:
        """Keep a text. Processes and threads may do so at once, under one key too."""
        path, content = self._path(key), text.encode()
        temporary = path.with_name(f".{path.name}.{get_native_id()}")
        with reporting(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(_digest(content) + b"\n" + content)
            temporary.replace(path)

    def _path(self, key: str) -> Path:
        if not KEY.fullmatch(key):
            raise ValueError(f"{key!r} is no hex digest")
        return self.folder / key[:2] / key[2:]


def read_files(folder: Path, under: str = "") -> Iterator[File]:
    """Every file of a folder, sorted by path, as Files below `under`.

    Hidden files are left out: editors and file managers leave them. InputError if the folder is
    missing.
    """
    if not folder.is_dir():
        hint = "Run from the folder that holds it, or make it."
        raise InputError([Problem(str(folder), 0, "", "no such folder", "a folder", hint)])
    for path in _paths(folder):
        yield File(f"{under}/{path}" if under else path, (folder / path).read_bytes())


def _paths(folder: Path) -> list[str]:
    """The paths of all files that are not hidden, with forward slashes, sorted."""
    found = []
    for root, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        below = Path(root).relative_to(folder)
        found += [(below / name).as_posix() for name in names if not name.startswith(".")]
    return sorted(found)


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()


def _fill(stage: Stage, files: Iterable[File], mtime: float | None) -> Written:
    new, old = stage.new, stage.out
    taken: dict[str, str] = {}
    changed = size = count = 0
    for file in files:
        claim(file.path, taken)
        with reporting(old / file.path):
            changed += _put(file, new, old, mtime)
        count, size = count + 1, size + len(file.content)
    with reporting(old):
        removed = sum(not (new / path).is_file() for path in _paths(old))
        _keep_hidden(stage)
    return Written(count, changed, removed, size)


def _put(file: File, new: Path, old: Path, mtime: float | None) -> bool:
    """Write or link one file; True if it is new or different."""
    path, before = new / file.path, old / file.path
    _make_folder(path.parent)
    if _holds(before, file.content):
        _link(before, path)
        return False
    path.write_bytes(file.content)
    path.chmod(FILE_MODE)
    if mtime is not None:
        os.utime(path, (mtime, mtime))
    return True


def _make_folder(folder: Path) -> None:
    if not folder.is_dir():
        _make_folder(folder.parent)
        folder.mkdir()
        folder.chmod(FOLDER_MODE)


def _holds(path: Path, content: bytes) -> bool:
    """True for a plain file with these bytes and the mode that we give."""
    try:
        state = path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    plain = stat.S_ISREG(state.st_mode) and stat.S_IMODE(state.st_mode) == FILE_MODE
    return plain and state.st_size == len(content) and path.read_bytes() == content


def _link(source: str | Path, target: str | Path) -> None:
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:  # another disk, too many links, or a file system without them
        shutil.copy2(source, target, follow_symlinks=False)


def _keep_hidden(stage: Stage) -> None:
    """Carry over .gitignore and the like. A mount point is not renamed, so there they stay, but for
    those in a folder that the build has too."""
    if not stage.out.exists():
        return
    own = {str(stage.out / path) for path in OWN}
    for path in sorted(stage.out.glob(".*")):
        target = stage.new / path.name
        if str(path) in own or (stage.mounted and not target.is_dir()):
            continue
        if path.is_dir() and not path.is_symlink():
            _merge(path, target, own)
        elif not target.exists():
            _link(path, target)
    for name in OWN if stage.mounted else ():
        if not (stage.new / name).exists():
            (stage.out / name).unlink(missing_ok=True)


def _merge(source: Path, target: Path, own: Container[str]) -> None:
    """Link what a folder holds into another, but for builds' own and what is there already."""

    def link(old: str, new: str) -> None:
        if not os.path.lexists(new):
            _link(old, new)

    def left_out(folder: str, names: list[str]) -> list[str]:
        return [name for name in names if os.path.join(folder, name) in own]

    there = target.is_dir()
    shutil.copytree(
        source, target, symlinks=True, ignore=left_out, copy_function=link, dirs_exist_ok=True
    )
    if (
        not there
        and any(True for _ in source.iterdir())
        and not any(True for _ in target.iterdir())
    ):
        target.rmdir()  # it held builds' own files alone
