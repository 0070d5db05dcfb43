"""What stays at old addresses: tables that are gone, and schools that have another id."""

from collections.abc import Iterator
from pathlib import Path

from generator.verify.changes import successors
from generator.verify.files import RELEASES
from generator.verify.mismatch import Mismatch
from generator.verify.published import Published, keys_of_package


def check_kept(folder: Path, published: Published, below: list[str]) -> Iterator[Mismatch]:
    """Every old address that is gone or holds something else; `below` are the languages' folders,
    of which the first is the root."""
    last: dict[str, Path] = {}
    for package in sorted((folder / RELEASES).glob("*/datapackage.json")):
        under = package.parent.relative_to(folder).as_posix()
        last |= {name: package.parent / f"{name}.csv" for name in keys_of_package(folder, under)}
    for name, frozen in last.items():
        if name not in published.resources:
            yield from same(folder, f"data/{name}.csv", frozen, "as it was in its last release")
    for old, new in moved(published).items():
        rows = folder / f"schools/{new}/data.csv"
        yield from same(folder, f"schools/{old}/data.csv", rows, f"that of school {new}")
        for language in below:
            path = f"{language}schools/{old}/index.html"
            if f'content="0; url=../{new}/"' not in text_of(folder / path):
                yield Mismatch(path, "", "an old address that does not lead to", "", new)


def moved(published: Published) -> dict[str, str]:
    """The ids that schools had before, each with the one that the school has now."""
    schools, ids = published.rows("schools"), successors(published)
    found = dict(ids)
    for _ in ids:
        found = {old: ids.get(new, new) for old, new in found.items()}
    return {old: new for old, new in found.items() if old not in schools and new in schools}


def same(folder: Path, path: str, other: Path, expected: str) -> Iterator[Mismatch]:
    """A mismatch where two files are not the same."""
    if text_of(folder / path) != text_of(other) or not (folder / path).is_file():
        yield Mismatch(path, "", "another file", "", expected)


def text_of(path: Path) -> str:
    """The text of a file, "" where there is none."""
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
