"""Manifests and releases: what the site holds file by file, and what a release keeps of it."""

import csv
import hashlib
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import unescape
from typing import NamedTuple

from generator.model import File, Past, Release

MANIFEST, PART = "manifest.json", "manifest-{}.json"
MOST_LINES = 50_000  # of one file of a site's manifest
SITE_MANIFEST = "site-manifest.json"  # in a release: the whole site as it stood then
ABOUT = "release.json"
FACTS, CHANGELOG, PACKAGE = "facts.csv", "changelog.csv", "datapackage.json"
FOLDER, LATEST = "data/releases", "data/latest"
FIGURES = "embed/"  # what a release holds below it stands on the site below this and its own id
MANIFEST_VERSION = 1  # of the manifest's own form
TITLE = re.compile("<title>(.*) - .*</title>")


class Entry(NamedTuple):
    """A file's line in a manifest; `sha256` in hexadecimal digits."""

    path: str
    bytes: int
    sha256: str


def entry(file: File) -> Entry:
    """The line of a file."""
    return Entry(file.path, len(file.content), hashlib.sha256(file.content).hexdigest())


def manifest(entries: Iterable[Entry]) -> bytes:
    """The manifest, sorted by path, a file a line, so that a diff names the files that changed."""
    return _listed("files", sorted(entries))


def manifest_files(entries: Iterable[Entry], most: int = MOST_LINES) -> Iterator[File]:
    """The manifest of a site, which names each file of it but itself; one of more than `most` lines
    names its numbered parts instead."""
    ordered = sorted(entries)
    if len(ordered) <= most:
        yield File(MANIFEST, _listed("files", ordered))
        return
    parts = []
    for number, start in enumerate(range(0, len(ordered), most), 1):
        part = File(PART.format(number), _listed("files", ordered[start : start + most]))
        parts.append(entry(part))
        yield part
    yield File(MANIFEST, _listed("parts", parts))


def _listed(what: str, entries: Iterable[Entry]) -> bytes:
    lines = ",\n".join(json.dumps(one._asdict(), ensure_ascii=False) for one in entries)
    return f'{{"schema_version": {MANIFEST_VERSION}, "{what}": [\n{lines}\n]}}\n'.encode()


def freeze(
    release_id: str,
    previous: str,
    data: Sequence[File],
    figures: Sequence[File],
    site_manifest: bytes,
) -> tuple[File, ...]:
    """The files of a release: the data as published, the figures that stand alone, what the site
    held, and their manifest.

    `data` are the files of the site's data folder, by their names there, `figures` those below
    FIGURES.
    """
    frozen = [*data, *figures, File(SITE_MANIFEST, site_manifest)]
    held = {file.path: file.content for file in data}
    about = {
        "schema_version": json.loads(held.get(PACKAGE, b"{}")).get("schema_version", ""),
        "id": release_id,
        "previous": previous,
        "files": len(frozen),
        "figures": sum(file.path.endswith(".html") for file in figures),
        "facts": len(list(columns(held[FACTS], "id"))) if FACTS in held else 0,
        "changes": grades(held[CHANGELOG]) if CHANGELOG in held else {},
    }
    frozen.append(File(ABOUT, (json.dumps(about, indent=2) + "\n").encode()))
    return (*frozen, File(MANIFEST, manifest(entry(file) for file in frozen)))


def grades(changelog: bytes) -> dict[str, int]:
    """How many changes came after the last release, by their grades."""
    found = Counter(one for release, one in columns(changelog, "release", "grade") if not release)
    return dict(sorted(found.items()))


def histories(releases: Iterable[Release]) -> dict[str, tuple[Past, ...]]:
    """What each fact was in the first release that holds it and in each that says something else,
    by the fact's id; releases in order of their ids."""
    found: dict[str, tuple[Past, ...]] = {}
    for release in releases:
        for file in release.files:
            if file.path == FACTS:
                for fact, value, mark in columns(file.content, "id", "value", "mark"):
                    before = found.get(fact, ())
                    if not before or (before[-1].value, before[-1].mark) != (value, mark):
                        found[fact] = (*before, Past(release.id, value, mark))
    return found


def first_releases(past: Mapping[str, Sequence[Past]]) -> dict[str, str]:
    """The first release that holds each fact, by the fact's id."""
    return {fact: before[0].release for fact, before in past.items()}


def columns(content: bytes, *names: str) -> Iterator[tuple[str, ...]]:
    """These columns of a published CSV, row by row; ValueError for one that is not there."""
    rows = csv.reader(io.StringIO(content.decode(), newline=""))
    header = next(rows)
    places = [header.index(name) for name in names]
    for row in rows:
        yield tuple(row[place] for place in places)


def published(releases: Iterable[Release]) -> Iterator[File]:
    """The frozen files as they stand on the site, unchanged; those of the newest release once more
    under an address that stays, its figures left out: they stand beside the live ones."""
    newest = None
    for newest in releases:
        for file in newest.files:
            yield File(address(newest.id, file.path), file.content)
    for file in newest.files if newest else ():
        if not file.path.startswith(FIGURES):
            yield File(f"{LATEST}/{file.path}", file.content)


def address(release_id: str, path: str) -> str:
    """Where a file of a release stands on the site: figures beside the live ones, since hosts allow
    frames by folder."""
    if path.startswith(FIGURES):
        return f"{FIGURES}{release_id}/{path.removeprefix(FIGURES)}"
    return f"{FOLDER}/{release_id}/{path}"


def frozen_figures(release: Release) -> dict[str, str]:
    """What the figures that a release holds are called in it, by their ids; those of other
    languages behind the folder of the language."""
    return {
        file.path.removeprefix(FIGURES).rpartition("/")[0]: unescape(found[1]) if found else ""
        for file in release.files
        if file.path.startswith(FIGURES) and file.path.endswith(".html")
        for found in [TITLE.search(file.content.decode())]
    }
