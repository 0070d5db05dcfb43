"""Write a folder whole: a new tree beside the old one, then one exchange. Also a cache."""

import hashlib
import os
import re
import shutil
from collections.abc import Container, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import get_native_id

from generator.errors import InputError, Problem
from generator.model import File
from generator.write.linked import write_linked
from generator.write.staging import Stage, reporting, staged
from generator.write.swap import swap as exchange
from generator.write.tree import Place, Put, Tree, link, put, put_long

__all__ = [
    "DiskCache", "Place", "Put", "Tree", "Written", "new_tree", "put", "put_long", "read_files",
    "write_tree", "written",
]  # fmt: skip

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


@contextmanager
def new_tree(out: Path, mtime: float | None = None) -> Iterator[Tree]:
    """A tree that takes the place of `out` at the end, with the hidden entries that `out` had at
    its top.

    Readers see the old tree until the new one is complete, then the new one. Whatever stops the
    build before, the old tree stays as it was, and the next build clears up. A file with the same
    bytes as before keeps its inode; the others get `mtime`, if one is given.

    Raises OutputError for a folder that no build has made, for a second build at the same time,
    for a path that is unsafe or taken, and for whatever the system refuses.
    """
    with staged(out) as stage:
        tree = Tree(Place(str(stage.new), str(stage.out), mtime))
        yield tree
        with reporting(stage.out):
            _complete(tree, stage)
            exchange(stage.new, stage.out, mounted=stage.mounted)


def write_tree(out: Path, files: Iterable[File], mtime: float | None = None) -> Written:
    """Make `out` hold exactly `files`, and the hidden entries that it had at its top, as `new_tree`
    does it."""
    with new_tree(out, mtime) as tree:
        tree.put(files)
    return written(tree)


def written(tree: Tree) -> Written:
    """What a tree that has taken its place holds."""
    standing = tree.standing
    changed, size = sum(one.changed for one in standing), sum(one.size for one in standing)
    return Written(len(standing), changed, tree.removed, size)


def publish_tree(out: Path, files: Iterable[File], name: str) -> Written:
    """The same for the place that a server reads. Where `out` is a link, it is what is exchanged:
    it then names a folder beside the one before, called after the link and `name`."""
    if not out.is_symlink():
        return write_tree(out, files)
    trees: list[Tree] = []

    def fill(stage: Stage) -> None:
        tree = Tree(Place(str(stage.new), str(stage.out)))
        tree.put(files)
        with reporting(stage.out):
            _complete(tree, stage)
        trees.append(tree)

    write_linked(out, name, fill)
    return written(trees[0])


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


def _complete(tree: Tree, stage: Stage) -> None:
    """What is known of a tree when all its files stand, and what it takes over from the old one."""
    standing = {one.path for one in tree.standing}
    tree.removed = sum(path not in standing for path in _paths(stage.out))
    _keep_hidden(stage)


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
            _merge(path, target, own, str(stage.new))
        elif not target.exists():
            link(path, target, str(stage.new))
    for name in OWN if stage.mounted else ():
        if not (stage.new / name).exists():
            (stage.out / name).unlink(missing_ok=True)


def _merge(source: Path, target: Path, own: Container[str], root: str) -> None:
    """Link what a folder holds into another, but for builds' own and what is there already."""

    def unless_there(old: str, new: str) -> None:
        if not os.path.lexists(new):
            link(old, new, root)

    def left_out(folder: str, names: list[str]) -> list[str]:
        return [name for name in names if os.path.join(folder, name) in own]

    there = target.is_dir()
    shutil.copytree(
        source,
        target,
        symlinks=True,
        ignore=left_out,
        copy_function=unless_there,
        dirs_exist_ok=True,
    )
    if (
        not there
        and any(True for _ in source.iterdir())
        and not any(True for _ in target.iterdir())
    ):
        target.rmdir()  # it held builds' own files alone
