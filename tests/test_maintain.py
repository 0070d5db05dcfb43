"""The pages for maintainers: every command on them, run as it stands, in the order of the list."""

import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from generator.pages.chapters import MAINTAIN
from tests.checkout import outside_make
from tests.presenting import ROOT, all_pages, site_of
from tests.shared import made_once
from tests.test_new import environment

GOLDEN = ROOT / "tests/golden/elsewhere/data"
PROGRAM = ("generator", "templates", "requirements", ".github", "Makefile", "mkdocs.yml",
           "pyproject.toml")  # fmt: skip
ORDER = ("edition", "vote", "release", "correction", "survey", "table", "language")


class Blocks(HTMLParser):
    """The words of each `pre`."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "pre":
            self.inside = True
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "pre"

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.found[-1] += data


def blocks(body: str) -> list[str]:
    """The commands of a page, block by block, as a reader copies them."""
    reader = Blocks()
    reader.feed(body)
    return reader.found


def checkout(folder: Path) -> Path:
    """A copy of the program with an environment that is installed."""
    program = folder / "sro-record"
    program.mkdir()
    for name in PROGRAM:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy2
        copy(ROOT / name, program / name)
    own = program / ".venv"
    own.mkdir()
    for path in Path(sys.prefix).iterdir():
        if path.suffix != ".stamp":
            (own / path.name).symlink_to(path)
    for name in ("venv", "build", "supply", "test"):
        (own / f"{name}.stamp").touch()
    return program


def follow(folder: Path) -> None:
    """Do all that the pages say, and keep what each block said."""
    program = checkout(folder)
    told = all_pages(site_of(GOLDEN))
    own = environment(folder) | {"GENERATOR": str(program), "PYTHONPATH": str(program)}
    place = program
    (folder / "said").mkdir()
    for name in ORDER:
        for number, block in enumerate(blocks(told[f"maintain/{name}/"].body)):
            done = subprocess.run(
                ["bash", "-euc", f"{block}\npwd > {folder}/place"], cwd=place, env=own,
                capture_output=True, text=True, check=False,
            )  # fmt: skip
            said = f"{block}\n{done.stdout}{done.stderr}"
            assert done.returncode == 0, f"{name}: {said}"
            (folder / "said" / f"{name}-{number}").write_text(said, encoding="utf-8")
            place = Path((folder / "place").read_text().strip())


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_once(tmp_path_factory, "maintained", follow)


def test_each_page_stands_in_the_list() -> None:
    assert sorted(MAINTAIN) == sorted(("index", *ORDER))
    body = all_pages(site_of(GOLDEN))["maintain/"].body
    places = [body.index(f'href="{name}/"') for name in ORDER]
    assert places == sorted(places)


def test_lines_to_type_keep_their_ends_and_their_blanks() -> None:
    body = all_pages(site_of(GOLDEN))["maintain/table/"].body
    assert '\n    name="arrests",\n' in blocks(body)[0]
    assert "\n\nTABLE = Table(\n" in blocks(body)[0]


def test_the_commands_do_what_the_pages_say(followed: Path) -> None:
    edition = followed / "exampleton"
    school = (edition / "site/schools/7001/index.html").read_text(encoding="utf-8")
    assert "Example High School" in school
    assert 'data-fact="votes.example-2024.outcome">keep the officer<' in school
    frozen = edition / "data/releases/2024-06-01/votes.csv"
    assert "example-2024" in frozen.read_text(encoding="utf-8")
    counts = (edition / "data/vote_counts.csv").read_text(encoding="utf-8")
    assert "example-2024,no,2,,minutes-2024" in counts
    told = (edition / "site/corrections/index.html").read_text(encoding="utf-8")
    assert "The minutes count two votes against." in told
    answers = (edition / "data/survey_answers.csv").read_text(encoding="utf-8")
    assert ",students," in answers
    assert ",60," in answers
    assert not [row for row in answers.splitlines() if ",parents," in row and ",9," in row]
    assert "27 tables" not in (followed / "said/table-1").read_text(encoding="utf-8")
    polish = followed / "sro-record/templates/locales/pl/messages.po"
    assert polish.read_text(encoding="utf-8").count("msgid") > 1000


def test_nothing_private_is_in_the_edition(followed: Path) -> None:
    found = [
        path
        for path in (followed / "exampleton").rglob("*")
        if path.name in ("raw.csv", "counts.csv", "asked.toml")
    ]
    assert not found


def test_a_released_value_asks_for_its_reason(followed: Path, tmp_path: Path) -> None:
    """What the page says of `make check` is so: it prints the line that is missing."""
    edition = shutil.copytree(followed / "exampleton", tmp_path / "edition", symlinks=True)
    changes = edition / "data/changes.csv"
    changes.write_text(changes.read_text().splitlines(keepends=True)[0])
    own = {**outside_make(), "GENERATOR": str(followed / "sro-record")}
    done = subprocess.run(
        ["make", "check"], cwd=edition, env=own, capture_output=True, text=True, check=False
    )
    assert "2024-06-01,vote_counts,example-2024.no,count,3,,2,," in done.stderr


def test_pages_for_maintainers_are_made_of_templates_alone() -> None:
    found = {
        path.name.removesuffix(".md.j2") for path in (ROOT / "templates/pages/maintain").iterdir()
    }
    assert found == set(MAINTAIN)
