"""data/releases/ → Releases: frozen once, and refused if one byte of them is another."""

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from generator.errors import InputError, Problem
from generator.model import File, Release

FOLDER, MANIFEST, ABOUT = "releases", "manifest.json", "release.json"
RESTORE = "A release never changes: restore it from the history, or take the whole folder away."


def read_releases(data: Path) -> tuple[Release, ...]:
    """The releases of an edition in order of their ids, none where it has none yet.

    Raises InputError with a Problem for each file that is not as its release's manifest says.
    """
    folders = _entries(data / FOLDER)
    problems = [problem for folder in folders for problem in _problems(data, folder)]
    if problems:
        raise InputError(problems)
    return tuple(_release(folder) for folder in folders)


def is_release_id(name: str) -> bool:
    """True for an ISO day: 2026-11-24."""
    try:
        return date.fromisoformat(name).isoformat() == name
    except ValueError:
        return False


def _release(folder: Path) -> Release:
    files = tuple(File(name, path.read_bytes()) for name, path in _held(folder).items())
    about = json.loads((folder / ABOUT).read_bytes())
    return Release(folder.name, str(about["previous"]), files)


def _problems(data: Path, folder: Path) -> Iterator[Problem]:
    where = f"{data.resolve().name}/{FOLDER}/{folder.name}"
    if not folder.is_dir() or folder.is_symlink() or not is_release_id(folder.name):
        hint = "Releases are made by the release command alone."
        yield Problem(where, 0, "", "no release", "folders named by a day, as 2026-11-24", hint)
        return
    named = _named(folder / MANIFEST)
    if named is None or ABOUT not in named:
        yield Problem(f"{where}/{MANIFEST}", 0, "", "no manifest", "the release's own", RESTORE)
        return
    held = {name: path for name, path in _held(folder).items() if name != MANIFEST}
    for name in sorted(named.keys() | held.keys()):
        found = _fault(held.get(name), named.get(name))
        if found:
            yield Problem(f"{where}/{name}", 0, "", found, "the file as it was frozen", RESTORE)
    if ABOUT in held and not _says(held[ABOUT], folder.name):
        yield Problem(f"{where}/{ABOUT}", 0, "", "another release", f'"{folder.name}"', RESTORE)


def _fault(path: Path | None, digest: str | None) -> str:
    """What is wrong with a frozen file, in words; "" for the file that the manifest names."""
    if path is None:
        return "no such file"
    if digest is None:
        return "a file that the manifest does not name"
    if path.is_symlink() or not path.is_file():
        return "a link or a folder"
    return "" if hashlib.sha256(path.read_bytes()).hexdigest() == digest else "other content"


def _named(path: Path) -> dict[str, str] | None:
    """The digests of a manifest by name; None where it can't be read as one."""
    try:
        return {
            str(one["path"]): str(one["sha256"]) for one in json.loads(path.read_bytes())["files"]
        }
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _says(path: Path, release_id: str) -> bool:
    try:
        about = json.loads(path.read_bytes())
        return bool(about["id"] == release_id and isinstance(about["previous"], str))
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _held(folder: Path) -> dict[str, Path]:
    """What a release's folder and those in it hold, by the names that its manifest uses, sorted."""
    found: dict[str, Path] = {}
    for path in _entries(folder):
        inside = {} if path.is_symlink() else _held(path)
        more = {f"{path.name}/{name}": below for name, below in inside.items()}
        found.update(more or {path.name: path})
    return found


def _entries(folder: Path) -> list[Path]:
    """What the folder holds, sorted; hidden files are editors' and file managers' own."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
