"""What is kept of MkDocs between builds of a run: the same bytes, and nothing that is outdated."""

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from generator.pipeline import build, rendering
from tests.bilingual_edition import write_bilingual
from tests.edition import edit, write_edition
from tests.kept_shell import real_mkdocs, run_kept
from tests.presenting import ROOT, settings
from tests.twenty import write_twenty

Files = Mapping[str, bytes]
ODD = """Another <b>title</b> \\g & "quoted" *s* {{ x }} [x](y)"""


def built(folder: Path, write: Callable[[Path], Path], title: str = "") -> Files:
    """Every file of the site of an edition, with another title for one of its sources if given."""
    data = write(folder / "data")
    if title:
        edit(data, "sources", 2, "title", title)
    build(settings(folder, data), lambda _: None)
    return files(folder / "site")


def files(folder: Path) -> Files:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


@pytest.mark.parametrize("write", [write_bilingual, write_twenty])
def test_a_kept_shell_gives_the_bytes_that_mkdocs_would(
    tmp_path: Path, write: Callable[[Path], Path]
) -> None:
    """After a build with other words; search index and the manifest of all files are among them."""
    before = built(tmp_path / "before", write)
    found = built(tmp_path / "kept", write, title=ODD)
    with real_mkdocs():
        expected = built(tmp_path / "real", write, title=ODD)
    assert before["votes/index.html"] != found["votes/index.html"]
    assert found.keys() == expected.keys()
    assert [path for path in expected if expected[path] != found[path]] == []


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What MkDocs is told for the small edition: its docs, and a copy of settings and theme."""
    known: dict[str, Any] = {}

    def note(config: Path, docs: Path, site: Path, **more: Any) -> None:
        known.update(docs=docs, **more)
        run_kept(config, docs, site, **more)

    monkeypatch.setattr(rendering, "run_mkdocs", note)
    build(settings(tmp_path, write_edition(tmp_path / "data")), lambda _: None)
    shutil.copytree(ROOT / "templates/theme", tmp_path / "templates/theme")
    known["config"] = Path(shutil.copy(ROOT / "mkdocs.yml", tmp_path))
    return known


def test_what_a_page_is_made_of_makes_another_page(told: dict[str, Any], tmp_path: Path) -> None:
    """A partial of the theme, the settings, a heading, a word of the theme, an asset."""
    page = tmp_path / "out/about/index.html"
    run_kept(site=tmp_path / "out", **told)
    first = page.read_text("utf-8")
    partial = tmp_path / "templates/theme/main.html"
    old, new = '<meta property="og:title"', '<meta name="new"><meta property="og:title"'
    partial.write_text(partial.read_text("utf-8").replace(old, new), "utf-8")
    run_kept(site=tmp_path / "out", **told)
    assert page.read_text("utf-8") == first.replace(old, new) != first

    config = told["config"]
    config.write_text(
        config.read_text("utf-8").replace("font: false", "font: {text: Odd}"), "utf-8"
    )
    run_kept(site=tmp_path / "out", **told)
    assert "family=Odd" in page.read_text("utf-8")

    words = {**told["words"], "WORD_FINDER": "Another word"}
    run_kept(site=tmp_path / "out", **{**told, "words": words})
    assert "Another word" in page.read_text("utf-8")

    about = told["docs"] / "about.md"
    about.write_text(about.read_text("utf-8") + "\n## A new heading {: #new }\n", "utf-8")
    run_kept(site=tmp_path / "out", **told)
    assert page.read_text("utf-8").count("#new") >= 2  # in the table of contents as well

    (told["docs"] / "assets/site.js").write_text("// another", "utf-8")
    run_kept(site=tmp_path / "out", **told)
    assert (tmp_path / "out/assets/site.js").read_text("utf-8") == "// another"
