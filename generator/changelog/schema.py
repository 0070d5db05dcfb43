"""The version of what the tables are, against the newest release: raised when they change."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from generator.errors import Problem
from generator.model import Release
from generator.release import PACKAGE
from generator.tables import BY_NAME, SCHEMA_VERSION

FIRST = "1.0.0"  # of a release that does not say one
PLACE = "generator/tables/__init__.py"
VERSION = re.compile(r"(\d+)\.(\d+)\.(\d+)")
Fields = Mapping[str, Mapping[str, str]]


def version_of(release: Release) -> str:
    """The version of a release's tables."""
    return str(_package(release).get("schema_version", FIRST))


def schema_problems(
    release: Release, live: Mapping[str, Any], now: str = SCHEMA_VERSION
) -> Iterator[Problem]:
    """Problems of a version that is too low for what the tables became; `live` is their description
    as it is published now."""
    if not _package(release):
        return
    before = version_of(release)
    old, new = _parts(before), _parts(now)
    broken, added = _broken(_package(release), live), _added(_package(release), live)
    if broken and new[:1] <= old[:1]:
        yield _problem(now, before, broken, f"{old[0] + 1}.0.0")
    elif added and new[:2] <= old[:2]:
        yield _problem(now, before, added, f"{old[0]}.{old[1] + 1}.0")
    elif new < old:
        yield _problem(now, before, ["an older version"], before)


def _problem(now: str, before: str, what: list[str], least: str) -> Problem:
    found = f'"{now}" with {", ".join(what)} since release version {before}'
    hint = "Raise it there; who reads the tables by program goes by it."
    return Problem(PLACE, 0, "SCHEMA_VERSION", found, f"{least} or higher", hint)


def _broken(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """Tables and columns that are gone or of another type, and keys that are others, in words."""
    before, after = _tables(old), _tables(new)
    found = [f"the table {name} gone" for name in before if name not in after]
    for name in before.keys() & after.keys():
        fields = after[name]
        for column, kind in before[name].items():
            if column not in fields:
                found.append(f"the column {name}.{column} gone")
            elif fields[column] != kind:
                found.append(f"another type of {name}.{column}")
    keys = _keys(old), _keys(new)
    found += [
        f"another key of {name}" for name, key in keys[0].items() if keys[1].get(name, key) != key
    ]
    return sorted(found)


def _added(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """Tables and columns that are new. An optional table may come with its first rows."""
    before, after = _tables(old), _tables(new)
    found = [
        f"the table {name} new" for name in after
        if name not in before and not (name in BY_NAME and BY_NAME[name].optional)
    ]  # fmt: skip
    for name in before.keys() & after.keys():
        new_ones = [column for column in after[name] if column not in before[name]]
        found += [f"the column {name}.{column} new" for column in new_ones]
    return sorted(found)


def _tables(package: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """The type of each column, by table and column."""
    return {
        str(one["name"]): {field["name"]: field["type"] for field in one["schema"]["fields"]}
        for one in package.get("resources", [])
    }


def _keys(package: Mapping[str, Any]) -> dict[str, list[str]]:
    return {one["name"]: one["schema"]["primaryKey"] for one in package.get("resources", [])}


def _parts(version: str) -> tuple[int, ...]:
    found = VERSION.fullmatch(version)
    return tuple(map(int, found.groups())) if found else (0, 0, 0)


def _package(release: Release) -> dict[str, Any]:
    found = (file.content for file in release.files if file.path == PACKAGE)
    package: dict[str, Any] = json.loads(next(found, b"{}"))
    return package
