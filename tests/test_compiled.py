"""The code of templates is kept from build to build, and never used for another text."""

from pathlib import Path

import pytest

from generator.charts import MemoryCache
from generator.present import compiled
from generator.present.compiled import Compiled
from generator.present.languages import language
from generator.present.page import Page
from generator.present.templating import Templates, environment
from generator.read.edition import parse_edition
from tests.edition import SITE

ENGLISH = language("en", parse_edition(SITE, "site.toml"))


@pytest.fixture(autouse=True)
def _another_process(monkeypatch: pytest.MonkeyPatch) -> None:
    start_anew(monkeypatch)


def start_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget what this process has compiled, as a new one would."""
    monkeypatch.setattr(Compiled, "known", {})
    compiled.compiled_by.cache_clear()


def count_compiling(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of what is compiled from now on."""
    names: list[str] = []
    compile_it = Templates.compile

    def counted(self: Templates, source: str, name: str, filename: str) -> object:
        names.append(name)
        return compile_it(self, source, name, filename)

    monkeypatch.setattr(Templates, "compile", counted)
    return names


def printed(folder: Path, kept: MemoryCache | None) -> str:
    """What the one template of the folder prints."""
    return environment(folder, ENGLISH, Page(), kept).get_template("one.j2").render()


def test_what_one_process_compiled_the_next_takes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "one.j2").write_text("<p>{{ _('School') }}</p>")
    names, kept = count_compiling(monkeypatch), MemoryCache()
    assert printed(tmp_path, kept) == printed(tmp_path, kept) == "<p>School</p>"
    assert names == ["one.j2"]
    start_anew(monkeypatch)
    assert printed(tmp_path, kept) == "<p>School</p>"
    assert names == ["one.j2"]
    start_anew(monkeypatch)
    assert printed(tmp_path, None) == "<p>School</p>"
    assert names == ["one.j2"] * 2


@pytest.mark.parametrize("other", ["text", "python", "jinja"])
def test_code_of_another_text_python_or_jinja_is_not_taken(
    other: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "one.j2").write_text("<p>{{ _('School') }}</p>")
    names, kept = count_compiling(monkeypatch), MemoryCache()
    printed(tmp_path, kept)
    start_anew(monkeypatch)
    if other == "text":
        (tmp_path / "one.j2").write_text("<p>{{ _('Schools') }}</p>")
    elif other == "python":
        monkeypatch.setattr(compiled.sys, "version", "another")
    else:
        monkeypatch.setattr(compiled, "version", lambda _: "another")
    assert printed(tmp_path, kept) == ("<p>Schools</p>" if other == "text" else "<p>School</p>")
    assert names == ["one.j2"] * 2
    assert len(kept.kept) == 2
