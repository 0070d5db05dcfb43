"""A change of one school touches its files, what adds it up and the indexes; nothing else."""

import re
import shutil
from pathlib import Path

import pytest

from generator.model import Summary
from generator.pipeline import build
from tests.districts_edition import FIGURES, write_districts
from tests.edition import edit
from tests.presenting import settings
from tests.shared import made_once

LINE = 6  # of the school's row in staffing.csv
# What a changed number of officers may touch: the school, its district and state, what is about
# all schools, and the manifest. Never a page, feed or data.csv of another school or district.
TOUCHED = re.compile(
    rf"schools/{FIGURES}/(index\.html|data\.csv)|districts/d-1/index\.html|states/oh/index\.html"
    r"|schools/index\.html"  # the list of states, with their sums
    r"|data/(staffing|facts)\.(csv|json)|data/[\w-]+\.(zip|xlsx|sqlite)|manifest\.json"
)


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The edition in `data`, and its site."""

    def make(folder: Path) -> None:
        build(settings(folder, write_districts(folder / "data")), lambda _: None)

    return made_once(tmp_path_factory, "unchanged", make)


def again(before: Path, place: Path, *, police: str = "") -> tuple[Summary, dict[str, bool]]:
    """What a second build of the site says, and by path whether a file is another one than before;
    the school has as many officers as are given."""
    shutil.copytree(before / "data", place / "data")
    shutil.copytree(before / "site", place / "site")
    shutil.copy(before / ".site.lock", place / ".site.lock")
    inodes = {path: path.stat().st_ino for path in (place / "site").rglob("*") if path.is_file()}
    if police:
        edit(place / "data", "staffing", LINE, "police", police)
    told = build(settings(place, place / "data"), lambda _: None)
    files = (path for path in (place / "site").rglob("*") if path.is_file())
    return told, {
        path.relative_to(place / "site").as_posix(): path.stat().st_ino != inodes.get(path)
        for path in files
    }


def test_a_change_of_one_school_touches_what_tells_of_it(before: Path, tmp_path: Path) -> None:
    told, changed = again(before, tmp_path, police="3")
    new = {path for path, is_new in changed.items() if is_new}
    assert sorted(path for path in new if not TOUCHED.fullmatch(path)) == []
    assert {
        f"schools/{FIGURES}/index.html", f"schools/{FIGURES}/data.csv", "districts/d-1/index.html",
        "states/oh/index.html", "data/staffing.csv", "data/facts.csv", "manifest.json",
    } <= new  # fmt: skip
    assert told.changed == len(new)
    assert told.files == len(changed)


def test_no_change_touches_nothing(before: Path, tmp_path: Path) -> None:
    told, changed = again(before, tmp_path)
    assert told.changed == 0
    assert not any(changed.values())
