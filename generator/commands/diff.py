"""`diff`: what changed between two editions of the tables, wherever they stand."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from generator.diff import Key, Tables, compare
from generator.diff.pages import Pages, compare_pages
from generator.diff.report import FORMATS
from generator.errors import InputError, Problem
from generator.read.releases import FOLDER as RELEASES
from generator.read.releases import is_release_id
from generator.release import MANIFEST
from generator.tables import BY_NAME, DERIVED
from generator.write.manifests import named

PACKAGE, SITE = "datapackage.json", "site.toml"
OF_A_SITE = ("sitemap.xml", MANIFEST)  # a release has a manifest too, but no pages
MADE = frozenset(table.name for table in DERIVED)  # they would tell each change once more


def run(old: str, new: str, data: Path, form: str) -> None:
    """Print what changed from one to the other: folders, or ids of releases of `data`. Of two sites
    it tells the pages too.

    InputError for what is neither.
    """
    folders = place(old, data), place(new, data)
    before, after = map(tables_of, folders)
    for line in FORMATS[form](compare(before, after), (old, new), pages_of(*folders)):
        print(line)


def pages_of(*folders: Path) -> Pages | None:
    """What became of the pages, if both folders are sites."""
    if not all((folder / name).is_file() for folder in folders for name in OF_A_SITE):
        return None
    return compare_pages(*map(_hashes, folders))


def _hashes(site: Path) -> Mapping[str, str]:
    """The hash of each file of a site, by its path, as its manifest says."""
    where = site / MANIFEST
    try:
        return {one.path: one.sha256 for one in named(site, where.read_bytes())}
    except (ValueError, KeyError, TypeError, OSError) as error:
        problem = Problem(str(where), 0, "", "no manifest", "the hash of every file of the site")
        raise InputError([problem]) from error


def place(name: str, data: Path) -> Path:
    """The folder that is meant; a release where no folder has the name."""
    for folder in (Path(name), data / RELEASES / name):
        if folder.is_dir():
            return folder
    known = ", ".join(sorted(one.name for one in (data / RELEASES).glob("*")))
    found = "no such release" if is_release_id(name) else "no such folder"
    hint = f"Releases are: {known}." if known else ""
    raise InputError([Problem(name, 0, "", found, f"a folder or a release of {data}", hint)])


def tables_of(folder: Path) -> Tables:
    """The tables of a release, of a site, of its data folder, or of an edition as it would be
    published; else all CSVs of the folder."""
    for inside in (folder, folder / "data"):
        if (inside / PACKAGE).is_file():
            return _published(inside)
    if (folder / SITE).is_file():
        return _edition(folder)
    names = sorted(path.stem for path in folder.glob("*.csv"))
    keys = {name: BY_NAME[name].key for name in names if name in BY_NAME}
    return Tables(Files(folder, names), keys, str(folder))


def _published(folder: Path) -> Tables:
    try:
        resources = json.loads((folder / PACKAGE).read_bytes())["resources"]
        keys: dict[str, Key] = {
            str(one["name"]): tuple(map(str, one["schema"]["primaryKey"]))
            for one in resources
            if one["name"] not in MADE
        }
    except (ValueError, KeyError, TypeError) as error:
        where = f"{folder}/{PACKAGE}"
        problem = Problem(where, 0, "", "no data package", "names of tables and their keys")
        raise InputError([problem]) from error
    return Tables(Files(folder, list(keys)), keys, str(folder))


def _edition(data: Path) -> Tables:
    """The tables as the build would publish them, so that marks and their order are the same."""
    # Late: pandas takes half a second, and releases are compared without it.
    from generator.check import check
    from generator.derive import derive
    from generator.downloads import to_csv
    from generator.read import read

    edition, raw = read(data)
    tables = derive(check(raw, edition), edition).tables
    files = {name: to_csv(public.frame, public.table) for name, public in tables.items()}
    return Tables(files, {name: public.table.key for name, public in tables.items()}, str(data))


class Files(Mapping[str, bytes]):
    """The CSVs of a folder by table name, each read when it is asked for and not kept."""

    def __init__(self, folder: Path, names: list[str]) -> None:
        self._folder, self._names = folder, dict.fromkeys(names)

    def __getitem__(self, name: str) -> bytes:
        if name not in self._names:
            raise KeyError(name)
        path = self._folder / f"{name}.csv"
        try:
            return path.read_bytes()
        except OSError as error:
            problem = Problem(str(path), 0, "", f"no file ({error.strerror})", "a table")
            raise InputError([problem]) from error

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)
