"""A site and its releases are built again from their own files alone, byte for byte."""

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.__main__ import main
from generator.commands import rebuild as commands_rebuild
from generator.commands.rebuild import rebuild
from generator.errors import InputError
from generator.release import MANIFEST
from tests.changed_edition import FIRST, SECOND, build_changed
from tests.mutations import remake
from tests.presenting import link_pictures
from tests.shared import made_once, surveyed

OTHER = "another file when it is built again, expected the file as it stands there."


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition in two languages that was released twice and changed, with its site."""
    return made_once(tmp_path_factory, "changed", build_changed)


@pytest.fixture
def _drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures are those of all tests; the site with a survey draws its own anew."""
    true = commands_rebuild.build

    def build(data: Path, out: Path, base_url: str) -> Mapping[str, str]:
        link_pictures(out.parent / "build")
        return true(data, out, base_url)

    monkeypatch.setattr(commands_rebuild, "build", build)


@pytest.mark.usefixtures("_drawn")
def test_a_site_with_releases_is_built_again(
    changed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing but the site is there: a copy stands elsewhere."""
    site = Path(shutil.copytree(changed / "site", tmp_path / "downloaded"))
    assert main(["verify", "--rebuild", str(site)]) == 0
    named = (site / MANIFEST).read_text("utf-8").count('"path"')
    assert capsys.readouterr().out == (
        f"{site}: built again from its own files, {named:,} files, all the same\n"
    )


@pytest.mark.usefixtures("_drawn")
@pytest.mark.parametrize("name", [FIRST, SECOND])
def test_a_release_is_built_again(changed: Path, tmp_path: Path, name: str) -> None:
    """With the releases before it and nothing of later data."""
    for one in (FIRST, SECOND):
        if one <= name:
            shutil.copytree(changed / "data/releases" / one, tmp_path / one)
    assert rebuild(tmp_path / name).endswith(" files, all the same")


def test_a_release_needs_the_ones_before(changed: Path, tmp_path: Path) -> None:
    shutil.copytree(changed / "data/releases" / SECOND, tmp_path / SECOND)
    with pytest.raises(InputError, match=f"{FIRST}: found no such release, expected the release"):
        rebuild(tmp_path / SECOND)


def test_a_site_with_a_survey_is_built_again(tmp_path_factory: pytest.TempPathFactory) -> None:
    assert rebuild(surveyed(tmp_path_factory) / "site").endswith(" files, all the same")


@pytest.mark.usefixtures("_drawn")
def test_what_is_not_the_same_is_named(changed: Path, tmp_path: Path) -> None:
    """A page that says something else, a file that nothing makes, and one that is gone."""
    site = Path(shutil.copytree(changed / "site", tmp_path / "site"))
    with (site / "about/index.html").open("a") as page:
        page.write("<p>x")
    (site / "more.txt").write_text("x")
    (site / "robots.txt").unlink()
    remake(site)
    with pytest.raises(InputError) as error:
        rebuild(site)
    assert [
        str(one).removeprefix(f"{site}/").partition(". ")[0] for one in error.value.problems
    ] == [
        f"about/index.html: found {OTHER}"[:-1],
        "more.txt: found no such file when it is built again, expected the file as it stands there",
        "robots.txt: found another file when it is built again, expected none",
    ]


def test_what_is_no_site_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="found no manifest, expected the list of a site's files"):
        rebuild(tmp_path)
