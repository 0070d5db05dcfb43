"""Every file of a folder against the manifest that the folder itself holds."""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from generator.verify.mismatch import Mismatch

MANIFEST = "manifest.json"
RELEASES = "data/releases"


def paths(folder: Path) -> list[str]:
    """The paths of all files below a folder, with forward slashes, sorted.

    Hidden entries at its top are left out: the build keeps them for the host, they are no page.
    """
    found = []
    for root, folders, names in os.walk(folder):
        below = Path(root).relative_to(folder)
        top = below == Path()
        folders[:] = [name for name in folders if not (top and name.startswith("."))]
        found += [(below / name).as_posix() for name in names if not (top and name[0] == ".")]
    return sorted(found)


def check_files(folder: Path, held: list[str]) -> Iterator[Mismatch]:
    """Missing, extra and changed files, of the site and of each frozen release in it."""
    releases = sorted(
        {path.removesuffix(f"/{MANIFEST}") for path in held if path.startswith(f"{RELEASES}/")
         and path.endswith(f"/{MANIFEST}")}
    )  # fmt: skip
    yield from check_manifest(folder, "", held)
    for release in releases:
        inside = [path for path in held if path.startswith(f"{release}/")]
        yield from check_manifest(folder, f"{release}/", inside)


def check_manifest(folder: Path, under: str, held: list[str]) -> Iterator[Mismatch]:
    """The files under a prefix against the manifest that stands there."""
    where = under + MANIFEST
    named = read_manifest(folder / where)
    if named is None:
        yield Mismatch(where, "", "no manifest that can be read")
        return
    found = {path.removeprefix(under) for path in held} - {MANIFEST}
    for path in sorted(named.keys() - found):
        yield Mismatch(under + path, "", "a file of the manifest is missing")
    for path in sorted(found - named.keys()):
        yield Mismatch(under + path, "", "a file that the manifest does not name")
    for path in sorted(found & named.keys()):
        content = (folder / under / path).read_bytes()
        size, digest = named[path]
        now = hashlib.sha256(content).hexdigest()
        if (len(content), now) != (size, digest):
            yield Mismatch(under + path, "", "a changed file", now, digest)


def read_manifest(path: Path) -> Mapping[str, tuple[int, str]] | None:
    """Size and SHA-256 by path; None where the file is missing, no manifest, or names one twice."""
    try:
        files = json.loads(path.read_bytes())["files"]
        named = {str(one["path"]): (int(one["bytes"]), str(one["sha256"])) for one in files}
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return named if len(named) == len(files) else None
