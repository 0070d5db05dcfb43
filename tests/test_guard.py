"""Sentence, table, picture, its words and CSV agree: each is broken once, and the build fails."""

import re
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup

from generator.model import Datum, Fact, Figure, Mark
from generator.pipeline import build
from generator.pipeline.rendering import Facts
from generator.present import figures
from generator.present.guard import refuse_other_pictures
from generator.present.languages import language
from generator.present.page import Page
from generator.present.templating import environment
from generator.read.edition import parse_edition
from tests.edition import SITE, add_row, write_edition
from tests.presenting import settings

ENGLISH = language("en", parse_edition(SITE, "site.toml"))
SEVEN = Fact("a.b", "district", "a", "2020", 7, "count", n=10)
TEN = Fact("a.n", "district", "a", "2020", 10, "count")
BARS = Figure("bars", (Datum("2020", 7, "none", text="7 / 10"),))


def shows(*facts: Fact, pictures: Sequence[tuple[Figure, str]] = ()) -> Page:
    """A page that shows these facts and pictures."""
    return Page("votes/", facts={fact.id: fact for fact in facts}, pictures=list(pictures))


def refused(message: str) -> AbstractContextManager[object]:
    """Holds that what happens inside is refused with exactly this message."""
    return pytest.raises(ValueError, match=f"^{re.escape(message)}$")


def test_a_picture_of_facts_passes() -> None:
    tally = Figure("tally", (Datum("Keep 2", 7, "keep", text="7"),))
    page = shows(SEVEN, TEN, pictures=[(BARS, "Of 10, 7 in 2020."), (tally, "Keep 2: 7.")])
    refuse_other_pictures(page, ENGLISH)
    refuse_other_pictures(shows(SEVEN), ENGLISH)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (Datum("2020", 7, "none", text="8 / 10"), "a bar of 7 labelled '8 / 10' (2020)"),
        (Datum("2020", 7, "none", text="7 / 11"), "a bar of 7 labelled '7 / 11' (2020)"),
        (Datum("2020", 7.5, "none", text="7"), "a bar of 7.5 labelled '7' (2020)"),
        (Datum("2020", 10, "none", text="7"), "a bar of 10 labelled '7' (2020)"),
        (Datum("2020", 7, "none", text=""), "a bar of 7 labelled '' (2020)"),
        (Datum("2020", None, "gap", mark="withheld"), "a bar of None labelled '' (2020)"),
    ],
)
def test_a_bar_that_is_no_fact_of_the_page_is_refused(row: Datum, said: str) -> None:
    page = shows(SEVEN, TEN, pictures=[(Figure("bars", (row,)), "")])
    with refused(
        f"votes/: found {said}, expected the value and the words of a fact that the page shows."
    ):
        refuse_other_pictures(page, ENGLISH)


def test_a_gap_stands_for_an_empty_fact_of_the_page() -> None:
    gone = Fact("a.c", "district", "a", "2020", None, "count", mark=Mark.WITHHELD)
    gap = Figure("bars", (Datum("2020", None, "gap", mark="withheld"),))
    refuse_other_pictures(shows(gone, pictures=[(gap, "")]), ENGLISH)


def test_a_number_beside_a_picture_that_is_no_fact_is_refused() -> None:
    with refused(
        "votes/: found 8 in the words for a picture ('Of 10, 8.'), expected numbers of facts that "
        "the page shows."
    ):
        refuse_other_pictures(shows(SEVEN, TEN, pictures=[(BARS, "Of 10, 8.")]), ENGLISH)


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (replace(SEVEN, value=8), "8 of 10"),
        (replace(SEVEN, n=11), "7 of 11"),
        (replace(SEVEN, value=None, mark=Mark.WITHHELD), "withheld of 10"),
    ],
)
def test_a_fact_with_two_values_is_refused(other: Fact, said: str) -> None:
    message = (
        f"a.b: found 7 of 10 in one place and {said} in another, expected one value. "
        "Compute it once."
    )
    template = environment(Path("nowhere"), ENGLISH, Page()).from_string("{{ a }} {{ b }}")
    assert template.render(a=SEVEN, b=SEVEN)
    with refused(message):
        template.render(a=SEVEN, b=other)
    gathered = Facts()
    gathered.keep([SEVEN, TEN])
    gathered.keep([SEVEN])
    with refused(message):
        gathered.keep([other])


# ---- the whole build fails and writes nothing


def with_label(figure: Figure) -> Figure:
    """The figure with another number beside its first bar."""
    first, *rest = figure.rows
    return replace(figure, rows=(replace(first, text="99"), *rest))


def with_length(figure: Figure) -> Figure:
    """The figure with a first bar longer by one."""
    first, *rest = figure.rows
    return replace(figure, rows=(replace(first, value=(first.value or 0) + 1), *rest))


@pytest.mark.parametrize("spoil", [with_label, with_length])
@pytest.mark.parametrize("kind", ["tally", "outcomes", "costs", "coverage"])
def test_a_build_with_another_picture_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, spoil: Callable[[Figure], Figure]
) -> None:
    drawn = getattr(figures, kind)
    monkeypatch.setattr(figures, kind, lambda *given: spoil(drawn(*given)))
    fails(tmp_path, "found a bar of")


def test_a_build_with_other_words_for_a_picture_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    striptags = Markup.striptags
    monkeypatch.setattr(
        Markup, "striptags", lambda words: striptags(words).replace("Votes counted: 7", "Votes: 9")
    )
    fails(tmp_path, "found 9 in the words for a picture")


def test_a_build_with_a_share_of_nothing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def shared(*given: Any, **more: Any) -> Fact:
        return replace(TEN, id="terms.x.y", value=0.5, kind="share", expression="sql: select 0.5")

    monkeypatch.setattr("generator.views.site.counted", shared)
    fails(tmp_path, "found a share without n, expected its denominator beside it")


def fails(folder: Path, message: str) -> None:
    """The build of the invented edition ends with this error, and there is no site."""
    data = write_edition(folder / "data")
    add_row(
        data, "costs", cost_id="c-2021-budget", period="FY2021", cost_kind="budget",
        amount_usd="12000000", precision="rounded", description="Budget.", source_id="gazette",
    )  # fmt: skip
    told = settings(folder, data)
    with pytest.raises(ValueError, match=message):
        build(told, lambda _: None)
    assert not told.out.exists()
