"""A manifest in parts: what a site of more than fifty thousand files has, here of thirty a part."""

import json
from pathlib import Path

import pytest

from generator.commands import publish
from generator.commands.diff import pages_of
from generator.diff.pages import Pages
from generator.pipeline import build
from generator.release import MANIFEST, manifest_files
from generator.verify import verify
from generator.write import read_files
from generator.write.manifests import files_of, named
from tests.edition import write_edition
from tests.presenting import settings
from tests.shared import made_once

MOST = 30


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site whose manifest stands in parts, beside the same with one in one piece."""

    def make(folder: Path) -> None:
        told = settings(folder, write_edition(folder / "data"))
        build(told, lambda _: None)
        build(settings(folder / "whole", folder / "data"), lambda _: None)
        entries = list(named(told.out, (told.out / MANIFEST).read_bytes()))
        for file in manifest_files(entries, MOST):
            (told.out / file.path).write_bytes(file.content)

    return made_once(tmp_path_factory, "parts", make)


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Path:
    """A copy to change."""
    for file in read_files(built / "site"):
        (tmp_path / "site" / file.path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / file.path).write_bytes(file.content)
    (tmp_path / "site/.nojekyll").touch()
    return tmp_path / "site"


def test_parts_name_the_same_files(built: Path) -> None:
    site, whole = built / "site", built / "whole/site"
    one, parts = ((folder / MANIFEST).read_bytes() for folder in (whole, site))
    assert list(files_of(site, parts)) == list(named(whole, one)) == list(files_of(whole, one))
    told = json.loads(parts)
    assert len(told["parts"]) > 2
    assert [part["path"] for part in told["parts"][:2]] == ["manifest-1.json", "manifest-2.json"]


def test_a_site_with_parts_is_verified_compared_and_published(
    site: Path, built: Path, tmp_path: Path
) -> None:
    assert verify(site).mismatches == ()
    found = pages_of(built / "whole/site", site)
    assert found == Pages((), (), ())
    publish.run(tmp_path / "www", site)
    assert verify(tmp_path / "www").mismatches == ()


@pytest.mark.parametrize("falsehood", ["part", "missing part", "file", "more"])
def test_what_a_part_does_not_fit_is_found(site: Path, falsehood: str) -> None:
    part = site / "manifest-2.json"
    if falsehood == "part":
        part.write_bytes(part.read_bytes().replace(b'"bytes": ', b'"bytes": 1', 1))
    elif falsehood == "missing part":
        part.unlink()
    elif falsehood == "file":
        (site / "robots.txt").write_text("")
    else:
        (site / "manifest-99.json").write_text("{}")
    assert verify(site).mismatches
