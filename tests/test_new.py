"""`sro-record new`: an edition without a row that builds at once, by the commands of its README."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.__main__ import main
from generator.commands.check import count_rows
from generator.commands.new import refuse_name, source_of, version_of
from generator.errors import InputError
from generator.read.edition import KEYS, OPEN, SPOKEN, parse_edition
from generator.starter import SAID, begun
from generator.tables import TABLES
from tests.checkout import outside_make
from tests.shared import made_once
from tests.test_workflows import tool

ROOT = Path(__file__).resolve().parents[1]
BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.DOTALL | re.MULTILINE)
EXAMPLE = re.compile(r'^# (?=\[[a-z.]+\]$|"?[a-z_.]+"? = )', re.MULTILINE)
ZERO = re.compile(r'<data value="0"')


def begin(folder: Path, *words: str) -> Path:
    """A new edition in a folder that is not there yet."""
    assert main(["new", "exampleton", "--out", str(folder), *words]) == 0
    return folder


def commands(readme: str) -> list[str]:
    """The blocks of commands of a README, as they stand."""
    return BLOCK.findall(readme)


def environment(folder: Path) -> dict[str, str]:
    """Where the commands run here: with this checkout as the program, and a bare repository in the
    place of GitHub."""
    subprocess.run(["git", "init", "--quiet", "--bare", str(folder / "hub.git")], check=True)
    own = {
        "GENERATOR": str(ROOT),
        "GIT_CONFIG_COUNT": "3",
        "GIT_CONFIG_KEY_0": f"url.{folder / 'hub.git'}.insteadOf",
        "GIT_CONFIG_VALUE_0": "https://github.com/YOUR-NAME/exampleton.git",
        "GIT_CONFIG_KEY_1": "user.name",
        "GIT_CONFIG_VALUE_1": "Maintainer",
        "GIT_CONFIG_KEY_2": "user.email",
        "GIT_CONFIG_VALUE_2": "maintainer@example.org",
    }
    return {**outside_make(), **own}


def follow(folder: Path) -> None:
    """Begin an edition in the folder's `edition` and do all that its README says."""
    edition = begin(folder / "edition")
    for block in commands((edition / "README.md").read_text(encoding="utf-8")):
        done = subprocess.run(
            ["bash", "-euc", block], cwd=edition, env=environment(folder), capture_output=True,
            text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{block}\n{done.stdout}{done.stderr}"


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_once(tmp_path_factory, "followed", follow)


# ---- what is written


def test_every_table_has_its_header_and_no_row(tmp_path: Path) -> None:
    edition = begin(tmp_path / "a")
    rows = count_rows(edition / "data")
    assert set(rows) == {table.name for table in begun()}
    assert set(rows.values()) == {0}
    for table in begun():
        lines = (edition / f"data/{table.name}.csv").read_text(encoding="utf-8").splitlines()
        assert lines == [",".join(column.name for column in table.columns)]


def test_what_makes_another_kind_of_edition_comes_later() -> None:
    later = [table.name for table in TABLES if table not in begun()]
    assert later == ["districts", "district_schools", "staffing", "survey_answers"]
    assert all(table.optional for table in TABLES if table.later)


@pytest.mark.parametrize("readme", ["README.md", "README.es.md"])
def test_the_readme_of_the_tables_explains_each_column(tmp_path: Path, readme: str) -> None:
    said = (begin(tmp_path / "a") / "data" / readme).read_text(encoding="utf-8")
    for table in begun():
        section = said.split(f"\n## {table.name}.csv\n")[1].split("\n## ")[0]
        for column in table.columns:
            assert f"\n| `{column.name}` | " in section, f"{table.name}.{column.name}"
    for key in SAID:
        assert f"\n| `{key}` | " in said


def test_both_languages_have_the_same_commands(tmp_path: Path) -> None:
    edition = begin(tmp_path / "a")
    english, spanish = (
        (edition / name).read_text(encoding="utf-8") for name in ("README.md", "README.es.md")
    )
    assert commands(english) == commands(spanish) != []
    assert "## Build it" in english
    assert "## Construir el sitio" in spanish


def keys() -> Iterator[str]:
    """Every section and key that a site.toml may have."""
    yield from (*KEYS, *OPEN)
    yield from (f"{section}.{key}" for section, known in KEYS.items() for key in known)


def test_each_key_of_the_site_is_explained() -> None:
    assert set(SAID) == set(keys())


def test_the_examples_of_the_site_are_true_examples(tmp_path: Path) -> None:
    text = (begin(tmp_path / "a") / "data/site.toml").read_text(encoding="utf-8")
    whole = EXAMPLE.sub("", text)
    edition = parse_edition(whole, "site.toml")
    assert (edition.holds_today, edition.bounds["council"]) == ("board-2024-02-22", 15)
    assert edition.policy.ladders["safe"].step == 1
    spoken = edition.translations["es"]
    assert (set(spoken.words), set(spoken.texts)) == (set(edition.words), set(edition.texts))
    assert edition.texts["term.area"] == "neighborhood"
    for section, known in KEYS.items():
        for key in known:
            assert re.search(
                rf"^(?:{section}\.)?{key} = |^\[{section}\.{key}", whole, re.MULTILINE
            ), key
    assert set(SPOKEN) == {"title", "description", "words", "texts"}


def test_a_place_is_named_in_words(tmp_path: Path) -> None:
    edition = begin(tmp_path / "a", "--place", "St. Exampleton")
    text = (edition / "data/site.toml").read_text(encoding="utf-8")
    assert parse_edition(text, "site.toml").place == "St. Exampleton"
    assert "# SRO Record: St. Exampleton" in (edition / "README.md").read_text(encoding="utf-8")


def test_its_workflows_are_what_github_takes_and_do_no_more_than_they_need(tmp_path: Path) -> None:
    edition = begin(tmp_path / "a")
    workflows = sorted((edition / ".github/workflows").glob("*.yml"))
    assert [path.stem for path in workflows] == ["check", "comment", "publish"]
    tool("check-jsonschema", "--builtin-schema", "vendor.github-workflows", *map(str, workflows))
    tool("zizmor", "--offline", "--no-progress", "--persona=pedantic", "--quiet", str(edition))
    names = re.findall(r"^([a-z]+):.* ##", (edition / "Makefile").read_text(), re.MULTILINE)
    for path in workflows:
        for target in re.findall(r"\bmake (?:-C before |--silent )?(\w+)", path.read_text()):
            assert target in names, f"{path.name}: make {target}"


# ---- what is refused


@pytest.mark.parametrize(
    "name",
    ["..", "../a", "/a", "a/b", "a\\b", ".", "", "A", "a b", "-a", "a--b", "a\n", "é", "a" * 61],
)
def test_a_name_that_leads_elsewhere_is_refused(name: str) -> None:
    with pytest.raises(InputError, match="expected small letters a to z"):
        refuse_name(name)


@pytest.mark.parametrize("place", ['a"', "a\nb", "", "{{ a }}", "a\\"])
def test_a_place_that_would_break_the_files_is_refused(tmp_path: Path, place: str) -> None:
    words = ["new", "a", "--out", str(tmp_path / "a"), "--place", place]
    assert main(words) == (0 if place == "" else 1)
    assert (tmp_path / "a").exists() == (place == "")


def test_a_folder_with_files_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "kept").write_text("mine")
    assert main(["new", "a", "--out", str(tmp_path)]) == 1
    assert "found files in it, expected an empty folder. Choose another" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


def test_a_file_or_a_link_is_no_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("mine")
    (tmp_path / "empty").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "empty")
    for name in ("file", "link"):
        assert main(["new", "a", "--out", str(tmp_path / name)]) == 1
        assert "found no folder, expected a folder, or none yet." in capsys.readouterr().err


def test_what_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    assert main(["new", "a", "--out", str(tmp_path / "file" / "below")]) == 1
    assert (tmp_path / "file").read_text() == "mine"


# ---- where the program comes from


def repository(folder: Path, *, origin: str = "") -> Path:
    """A repository whose Makefile installs a program that only says how it was called."""
    folder.mkdir()
    (folder / "Makefile").write_text(
        "sbom:\n\techo listed\n"
        ".venv/build.stamp:\n"
        "\tmkdir -p .venv/bin\n"
        "\tprintf '#!/bin/sh\\necho \"called: $$*\"\\n' > .venv/bin/python\n"
        "\tchmod +x .venv/bin/python\n\ttouch $@\n"
    )
    for words in (
        ["init", "--quiet", "--initial-branch", "main"],
        ["add", "."],
        ["-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "--quiet", "-m", "a"],
        *([["remote", "add", "origin", origin]] if origin else []),
    ):
        subprocess.run(["git", *words], cwd=folder, check=True)
    return folder


def test_the_program_is_fetched_at_its_version(tmp_path: Path) -> None:
    program = repository(tmp_path / "program")
    version = version_of(program)
    (program / "Makefile").write_text("newer, and broken")
    subprocess.run(
        ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-qam", "b"],
        cwd=program, check=True,
    )  # fmt: skip
    edition = begin(tmp_path / "edition")
    calm = {name: value for name, value in outside_make().items() if name != "GENERATOR"}
    words = ["make", "--silent", "check", f"SOURCE={program}", f"VERSION={version}"]
    for _ in range(2):  # the second time nothing is fetched
        done = subprocess.run(
            words, cwd=edition, env=calm, capture_output=True, text=True, check=False
        )
        assert done.stdout.splitlines()[-1] == "called: -m generator check", done.stderr
    words[2:3] = ["release", "DAY=2024-06-01"]
    done = subprocess.run(words, cwd=edition, env=calm, capture_output=True, text=True, check=True)
    said = "called: -m generator release 2024-06-01 --packages .generator/build/sbom.cdx.json"
    assert done.stdout.splitlines()[-2:] == ["listed", said]
    without = subprocess.run(
        ["make", "check", "SOURCE=", "VERSION=v2"], cwd=edition, env=calm, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert "found no SOURCE, expected the address of the program" in without.stderr


@pytest.mark.parametrize(
    ("origin", "source"),
    [
        ("https://example.org/a/b.git", "https://example.org/a/b.git"),
        ("https://me:secret@example.org/a/b.git", "https://example.org/a/b.git"),
        ("git@example.org:a/b.git", "git@example.org:a/b.git"),
        ("https://example.org/a$(b)", ""),
        ("../somewhere", ""),
        ("", ""),
    ],
)
def test_no_account_gets_into_an_edition(tmp_path: Path, origin: str, source: str) -> None:
    assert source_of(repository(tmp_path / "a", origin=origin)) == source


def test_a_version_is_a_tag_or_a_commit(tmp_path: Path) -> None:
    program = repository(tmp_path / "a")
    assert re.fullmatch("[0-9a-f]{40}", version_of(program))
    subprocess.run(["git", "tag", "v1"], cwd=program, check=True)
    assert version_of(program) == "v1"
    assert version_of(tmp_path / "nowhere") == "main"


# ---- the site of it


def test_the_readme_leads_to_a_verified_site_and_a_pushed_repository(followed: Path) -> None:
    edition = followed / "edition"
    assert (edition / "site/es/votes/index.html").is_file()
    pushed = subprocess.run(
        ["git", "ls-tree", "-r", "--name-only", "main"], cwd=followed / "hub.git",
        capture_output=True, text=True, check=True,
    ).stdout.splitlines()  # fmt: skip
    assert "data/site.toml" in pushed
    assert ".github/workflows/publish.yml" in pushed
    assert not [path for path in pushed if path.startswith(("site/", "build/", ".generator/"))]


def test_the_empty_site_has_every_page_of_the_navigation(followed: Path) -> None:
    site = followed / "edition/site"
    named = re.findall(r"^ +- (?:.*: )?([a-z/-]+)\.md$", (ROOT / "mkdocs.yml").read_text(), re.M)
    assert len(named) > 20
    for folder in ("", "es/"):
        for name in named:
            path = name.removesuffix("index").strip("/")
            assert (site / folder / path / "index.html").is_file(), f"{folder}{path}"


def test_the_empty_site_shows_no_zero_but_counts_of_rows(followed: Path) -> None:
    site = followed / "edition/site"
    found = {
        path.relative_to(site).parts[0]
        for path in site.rglob("index.html")
        if ZERO.search(path.read_text(encoding="utf-8"))
    }
    assert found <= {"data", "es"}
    assert all(
        path.relative_to(site / "es").parts[0] == "data"
        for path in (site / "es").rglob("index.html")
        if ZERO.search(path.read_text(encoding="utf-8"))
    )


def test_the_empty_site_says_what_is_missing_and_claims_nothing(followed: Path) -> None:
    site = followed / "edition/site"
    home = (site / "index.html").read_text(encoding="utf-8")
    for name in ("sources", "schools", "votes"):
        assert f'<li><a href="data/{name}/">' in home
    assert "What holds today is not found." in home
    assert "voted on" not in home
    over = [
        path
        for path in (site / "program").rglob("index.html")
        if "The program is over" in path.read_text(encoding="utf-8")
    ]
    assert not over
