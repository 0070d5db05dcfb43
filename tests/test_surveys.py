"""Answers to surveys on pages: one mark on page, picture, alt text and CSV, nothing beside it."""

import csv
import re
from pathlib import Path

import pytest

from generator.charts import MemoryCache, draw
from generator.model import Datum, Fact, Figure, Mark, Text
from generator.present import figures
from generator.present.languages import language
from generator.read import read_edition
from generator.views.surveys import Answer, Asked
from tests.edition import write_edition
from tests.protect.survey import SCHOOLS, invented
from tests.shared import small, surveyed

HELD = "not shown, to protect small groups"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the invented survey."""
    return surveyed(tmp_path_factory) / "site"


@pytest.fixture(scope="module")
def plain_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of an edition without a survey."""
    return small(tmp_path_factory) / "site"


def page(site: Path, path: str) -> str:
    return (site / path / "index.html").read_text(encoding="utf-8")


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def asked(*counts: int | None) -> Asked:
    """An answer to each letter; None is withheld."""
    facts = [
        Fact(
            id=f"f{at}", subject="s", measure="m", period="", value=count, kind="count",
            mark=Mark.WITHHELD if count is None else None,
        )
        for at, count in enumerate(counts)
    ]  # fmt: skip
    answers = tuple(Answer(Text(letter), fact) for letter, fact in zip("abc", facts, strict=False))
    return Asked("id", Text("Q?"), Text("G"), Text("2021-22"), facts[0], answers, None, ())


def test_a_withheld_count_looks_the_same_whatever_it_is(tmp_path: Path) -> None:
    """A gap's length and words depend on nothing but the room: not on what is shown beside it."""
    spoken = language("en", read_edition(write_edition(tmp_path / "data")))
    marks = figures.mark_words(spoken)
    gaps = set()
    for shown in (10, 11, 500):
        drawn = draw(figures.answers(asked(shown, None, None), spoken), marks, MemoryCache()).svg
        assert drawn.count("withheld") == 2
        found = re.findall(r'<path[^>]*chart-gap[^>]*d="([^"]+)"|d="([^"]+)"[^>]*chart-gap', drawn)
        lengths = {"".join(one).partition("h")[2].partition("v")[0] for one in found}
        assert len(found) == 2
        gaps |= lengths
    assert len(gaps) == 1


def test_a_figure_has_no_value_for_what_is_withheld(tmp_path: Path) -> None:
    spoken = language("en", read_edition(write_edition(tmp_path / "data")))
    figure = figures.answers(asked(12, None), spoken)
    assert figure == Figure(
        "tally",
        (Datum("a", 12, "none", text="12"), Datum("b", None, "gap", mark="withheld")),
    )


def test_a_school_page_shows_its_answers_and_the_one_mark(site: Path) -> None:
    html = page(site, f"schools/{SCHOOLS[0]}")
    section = html[html.index('id="survey"') :]
    section = section[: section.index('id="alternatives"')]
    assert "Should officers stay?" in words(section)
    assert HELD in section  # in the alt text of a picture
    assert "withheld" in words(section)
    for other in ("&lt;10", "primary", "complementary", "suppressed"):
        assert other not in section
    with (site / "data/survey_answers.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    held = [row for row in rows if not row["count"]]
    assert {row["count_mark"] for row in held} == {"withheld"}
    assert {row["share"] for row in held} == {""}


def test_no_page_holds_a_withheld_count(site: Path) -> None:
    """Fact by fact: what a page says of a cell is the mark, and nothing that is a number."""
    with (site / "data/survey_answers.csv").open(encoding="utf-8", newline="") as file:
        held = [row["row_id"] for row in csv.DictReader(file) if not row["count"]]
    assert len(held) > 40
    html = page(site, f"schools/{SCHOOLS[0]}")
    own = [name for name in held if name.startswith(SCHOOLS[0])]
    assert own
    for name in own:
        found = re.findall(rf'<(\w+)[^>]*data-fact="survey_answers.{name}.count">([^<]*)<', html)
        assert found
        assert set(found) == {("span", "withheld")}


def test_nobody_answered_is_said(site: Path) -> None:
    assert "no responses" in words(page(site, f"schools/{SCHOOLS[-1]}"))
    last = {key: n for key, n in invented().items() if key[0] == SCHOOLS[-1] and n}
    assert {key[3] for key in last} == {"students"}


def test_the_page_for_all_has_networks(site: Path) -> None:
    said = words(page(site, "surveys"))
    for name in ("All schools together", "Network 1", "Network 2", "Network 3"):
        assert name in said


def test_the_proof_page_counts_cells_and_names_its_limits(site: Path) -> None:
    html = page(site, "protection")
    said = words(html)
    assert 'data-fact="cells_withheld.level/school.2021-22"' in html
    assert 'data-fact="cells_shown.level/whole.2021-22"' in html
    assert "Verdict: the audit was passed." in said
    assert "What the method does not cover" in said
    assert "“ families ” holds: “ parents ”, “ guardians ”." in said
    assert (site / "data/protection.json").is_file()
    for other in ("primary", "complementary"):
        assert other not in said.lower()


def test_without_a_survey_the_page_says_why_feedback_stays_as_printed(plain_site: Path) -> None:
    said = words(page(plain_site, "protection"))
    assert "We hold no survey counts of our own in this edition" in said
    assert "The feedback on these pages was published elsewhere" in said
    assert "Verdict" not in said
    assert not (plain_site / "surveys").exists()
    assert not (plain_site / "data/protection.json").exists()
