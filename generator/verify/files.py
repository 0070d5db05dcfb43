"""Every file of a folder against the manifest that the folder itself holds."""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from generator.verify.mismatch import Mismatch

MANIFEST = "manifest.json"
NOWHERE: Mapping[str, str] = MappingProxyType({})
RELEASES = "data/releases"
NOJEKYLL, SECURITY = ".nojekyll", ".well-known/security.txt"
# What a build makes among the hidden entries at the top.
HIDDEN = (NOJEKYLL, SECURITY)
FIGURES = "embed"  # those of a release stand beside the live ones, in a folder of its name


def paths(folder: Path) -> list[str]:
    """The paths of all files below a folder, with forward slashes, sorted.

    Hidden entries at its top are left out, but for those that a build makes: it keeps the others
    for the host, they are no page.
    """
    found = [path for path in HIDDEN if (folder / path).is_file()]
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
        name = release.rpartition("/")[2]
        places = (release, f"{FIGURES}/{name}")
        inside = [path for path in held if path.startswith(tuple(f"{one}/" for one in places))]
        yield from check_manifest(folder, f"{release}/", inside, {f"{FIGURES}/": f"{places[1]}/"})


def check_manifest(
    folder: Path, under: str, held: list[str], elsewhere: Mapping[str, str] = NOWHERE
) -> Iterator[Mismatch]:
    """The files under a prefix against the manifest that stands there; `elsewhere` names the place
    on the site of a folder that does not stand below it."""

    def place(name: str) -> str:
        for inside, there in elsewhere.items():
            if name.startswith(inside):
                return there + name.removeprefix(inside)
        return under + name

    def name_of(path: str) -> str:
        for inside, there in elsewhere.items():
            if path.startswith(there):
                return inside + path.removeprefix(there)
        return path.removeprefix(under)

    where = under + MANIFEST
    named = read_manifest(folder / where)
    if named is None:
        yield Mismatch(where, "", "no manifest that can be read")
        return
    found = {name_of(path) for path in held} - {MANIFEST}
    for path in sorted(named.keys() - found):
        yield Mismatch(place(path), "", "a file of the manifest is missing")
    for path in sorted(found - named.keys()):
        yield Mismatch(place(path), "", "a file that the manifest does not name")
    for path in sorted(found & named.keys()):
        content = (folder / place(path)).read_bytes()
        size, digest = named[path]
        now = hashlib.sha256(content).hexdigest()
        if (len(content), now) != (size, digest):
            yield Mismatch(place(path), "", "a changed file", now, digest)


def read_manifest(path: Path) -> Mapping[str, tuple[int, str]] | None:
    """Size and SHA-256 by path, of the parts that it stands in too; None where the file or a part
    is missing, no manifest, or names one twice."""
    try:
        told = json.loads(path.read_bytes())
        files = list(told["parts"] if "parts" in told else told["files"])
        for part in told.get("parts", ()):
            files += json.loads((path.parent / part["path"]).read_bytes())["files"]
        named = {str(one["path"]): (int(one["bytes"]), str(one["sha256"])) for one in files}
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return named if len(named) == len(files) else None
