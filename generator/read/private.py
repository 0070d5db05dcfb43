"""The private folder: outside any git work tree, read by the gate alone."""

import os
from pathlib import Path

from generator.errors import InputError, Problem

MOVE = "Keep it outside of the checkout, on a disk that is not shared."


def refuse_work_tree(path: Path, what: str) -> None:
    """Raise InputError where the path, links followed, is inside a git work tree.

    One `git add` there would publish what must never be published. The path need not exist.
    """
    real = Path(os.path.realpath(path))
    for folder in (real, *real.parents):
        # A file in a linked work tree, a folder in others; a bare repository has a HEAD of its own.
        bare = (folder / "HEAD").is_file() and (folder / "objects").is_dir()
        if bare or os.path.lexists(folder / ".git"):
            found = f"{what} in a git work tree"
            raise InputError([Problem(str(path), 0, "", found, "a place outside of any", MOVE)])


def read_private(folder: Path, name: str) -> bytes:
    """The content of a file of the folder. Raises InputError where there is none to read."""
    where, path = private_place(folder, name), folder / name
    if not path.is_file():
        raise InputError([Problem(where, 0, "", "no such file", "a file")])
    try:
        return path.read_bytes()
    except OSError as error:
        found = f"a file that cannot be read ({error.strerror})"
        raise InputError([Problem(where, 0, "", found, "a readable file")]) from error


def private_place(folder: Path, name: str) -> str:
    """How messages name a file of the folder: without the machine's path to it."""
    return f"{folder.resolve().name}/{name}"
