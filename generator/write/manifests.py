"""What the manifest of a finished site names, whether it stands in one file or in parts."""

import json
from collections.abc import Iterator
from pathlib import Path

from generator.release import Entry


def named(site: Path, manifest: bytes) -> Iterator[Entry]:
    """The files that the manifest names; a part of it comes before those that it names.

    ValueError, KeyError, TypeError or OSError for what is no manifest.
    """
    told = json.loads(manifest)
    if "parts" not in told:
        yield from _entries(told)
        return
    for part in (Entry(**one) for one in told["parts"]):
        yield part
        yield from _entries(json.loads((site / part.path).read_bytes()))


def files_of(site: Path, manifest: bytes) -> Iterator[Entry]:
    """The same without the parts."""
    parts = {one["path"] for one in json.loads(manifest).get("parts", ())}
    return (one for one in named(site, manifest) if one.path not in parts)


def _entries(told: dict[str, list[dict[str, str | int]]]) -> Iterator[Entry]:
    for one in told["files"]:
        yield Entry(str(one["path"]), int(one["bytes"]), str(one["sha256"]))
