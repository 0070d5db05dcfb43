"""`verify --rebuild`: a site, or a release, built again from its own files and compared.

Enough are the tables as published, what the edition says of itself, its outlines of areas, the
protection record of a survey, and the releases before. The same version of the generator is needed
for the same pages: a release holds the list of packages that built it.
"""

import csv
import io
import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.commands.build import CONFIG, TEMPLATES
from generator.commands.hands import hands_for
from generator.errors import InputError, Problem
from generator.model import STATUS, Settings, Table
from generator.read import AREAS, PROTECTION, SITE
from generator.read.releases import ABOUT, FOLDER, is_release_id
from generator.release import FIGURES, MANIFEST, SITE_MANIFEST
from generator.tables import TABLES
from generator.verify.hosting import root_of

DATA = "data"
SHOWN = 20


def rebuild(folder: Path) -> str:
    """Build again what the folder holds and say how much of it is the same; InputError with the
    files that are not."""
    released = (folder / SITE_MANIFEST).is_file()
    expected = named(folder / (SITE_MANIFEST if released else MANIFEST))
    with TemporaryDirectory() as scratch:
        data, out = Path(scratch) / DATA, Path(scratch) / "site"
        data.mkdir()
        copy_inputs(folder if released else folder / DATA, data)
        earlier = before(folder) if released else on_site(folder)
        for place, figures in earlier:
            copy_release(place, figures, data / FOLDER / place.name)
        found = build(data, out, "" if released else root_of(folder))
    wrong = sorted(
        path for path in expected.keys() | found.keys() if expected.get(path) != found.get(path)
    )
    if wrong:
        raise InputError([refusal(folder, path, expected, found) for path in wrong])
    return f"{folder}: built again from its own files, {len(found):,} files, all the same"


def build(data: Path, out: Path, base_url: str) -> Mapping[str, str]:
    """The SHA-256 of each file of the site that the data give, by path."""
    from generator import pipeline

    settings = Settings(
        data=data, out=out, templates=TEMPLATES, build=out.parent / "build", config=CONFIG,
        base_url=base_url, jobs=hands_for(data), data_date="",
    )  # fmt: skip
    pipeline.build(settings, lambda _: None)
    return named(out / MANIFEST)


def named(manifest: Path) -> Mapping[str, str]:
    """The SHA-256 of each file that a manifest names, by path; InputError where it names none."""
    try:
        content = manifest.read_bytes()
        return {str(one["path"]): str(one["sha256"]) for one in json.loads(content)["files"]}
    except (OSError, ValueError, KeyError, TypeError) as error:
        hint = "Name the folder of a site, or of a release."
        problem = Problem(str(manifest), 0, "", "no manifest", "the list of a site's files", hint)
        raise InputError([problem]) from error


def copy_inputs(published: Path, data: Path) -> None:
    """What an edition consists of, as it is published."""
    for name in (*(f"{table.name}.csv" for table in TABLES), SITE, AREAS, PROTECTION):
        if (published / name).is_file():
            shutil.copy(published / name, data / name)
    for path in sorted(published.glob("translations-*.csv")):
        add_translations(path, data)


def add_translations(path: Path, data: Path) -> None:
    """Words in another language, which are published apart, beside the cells that they are of."""
    code = path.stem.removeprefix("translations-")
    found: dict[str, dict[tuple[str, str], tuple[str, str]]] = {}
    for name, key, column, words, status in records(path)[1:]:
        found.setdefault(name, {})[key, column] = words, status
    for table in (one for one in TABLES if one.name in found):
        place = data / f"{table.name}.csv"
        rows = translated(records(place), table, code, found[table.name])
        with place.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)


def translated(
    rows: list[list[str]], table: Table, code: str, cells: Mapping[tuple[str, str], tuple[str, str]]
) -> Iterator[list[str]]:
    """The rows of a table with columns of another language, and how far a row's words were read;
    `cells` are words and status by the key of the row and the column."""
    header, *body = rows
    names = [one.name for one in table.columns if one.prose and one.name in header]
    keys = [header.index(name) for name in table.key]
    more = [] if STATUS in header else [STATUS]
    yield [*header, *more, *(f"{name}_{code}" for name in names)]
    at = [*header, *more].index(STATUS)
    for row in body:
        key = ".".join(row[place] for place in keys)
        told = [cells.get((key, name), ("", "")) for name in names]
        cut = [*row, *([""] if more else [])]
        cut[at] = cut[at] or next((status for words, status in told if words), "")
        yield [*cut, *(words for words, _ in told)]


def records(path: Path) -> list[list[str]]:
    """The cells of a published CSV."""
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))


def on_site(site: Path) -> Iterator[tuple[Path, Path]]:
    """The releases that a site holds, each with the folder of its figures."""
    for place in sorted((site / DATA / FOLDER).glob("*")):
        if is_release_id(place.name):
            yield place, site / FIGURES / place.name


def before(release: Path) -> Iterator[tuple[Path, Path]]:
    """The releases before one, which stand beside it; InputError where one is missing."""
    previous = str(json.loads((release / ABOUT).read_bytes())["previous"])
    if previous:
        place = release.parent / previous
        if not (place / ABOUT).is_file():
            hint = "Put the folders of all releases side by side, as in the data folder."
            found = "no such release"
            raise InputError([Problem(str(place), 0, "", found, "the release before", hint)])
        yield from before(place)
        yield place, place / FIGURES


def copy_release(place: Path, figures: Path, to: Path) -> None:
    """A release as it stands in a data folder; on a site its figures stand apart."""
    shutil.copytree(place, to)
    if figures.is_dir():
        shutil.copytree(figures, to / FIGURES, dirs_exist_ok=True)


def refusal(
    folder: Path, path: str, expected: Mapping[str, str], found: Mapping[str, str]
) -> Problem:
    """What is wrong with a file that is not the same."""
    told = "another file" if path in found else "no such file"
    wanted = "the file as it stands there" if path in expected else "none"
    hint = "Build with the version of the generator and the packages that built it."
    return Problem(f"{folder}/{path}", 0, "", f"{told} when it is built again", wanted, hint)
