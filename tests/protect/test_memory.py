"""Releases are remembered: what was shown stays known, and small changes are not told."""

import csv
import io
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.__main__ import main
from generator.errors import PolicyError
from generator.model import File, Policy
from generator.protect.gate import Mask, pass_panel
from generator.protect.intervals import intervals
from generator.protect.memory import Version, counts_of, may_replace
from generator.protect.panel import Panel
from generator.protect.private import Question
from generator.protect.record import public_rows
from generator.protect.relations import Relations, sum_row
from generator.protect.tree import plant
from generator.release import freeze
from tests.protect.survey import (
    QUESTIONS,
    SCHOOLS,
    Counts,
    invented,
    text,
    write_data,
    write_private,
)

DAY = "2026-01-01"
NAMES = ("survey_answers.csv", "protection.json", "schools.csv")


def protect(private: Path, data: Path) -> int:
    return main(["protect", "--private", str(private), "--data", str(data)])


def release(data: Path, day: str = DAY) -> None:
    """Freeze what the data folder holds."""
    held = [File(name, (data / name).read_bytes()) for name in NAMES]
    folder = data / "releases" / day
    folder.mkdir(parents=True)
    for file in freeze(day, "", held, (), b"{}"):
        (folder / file.path).write_bytes(file.content)


def rows(data: Path) -> dict[str, dict[str, str]]:
    content = (data / "survey_answers.csv").read_text(encoding="utf-8")
    return {row["row_id"]: row for row in csv.DictReader(io.StringIO(content, newline=""))}


def without_day(told: Mapping[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    return {name: row | {"as_released": ""} for name, row in told.items()}


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """A survey that was protected and released."""
    private, data = write_private(tmp_path / "private"), write_data(tmp_path / "data")
    assert protect(private, data) == 0
    release(data)
    return private, data


def change(private: Path, changes: Mapping[tuple[str, str, str, str, str], int]) -> None:
    counts: Counts = invented()
    for key, more in changes.items():
        counts[key] += more
    (private / "counts.csv").write_text(text(counts), encoding="utf-8")


def test_what_did_not_change_stays_as_released(folders: tuple[Path, Path]) -> None:
    private, data = folders
    before = rows(data)
    assert protect(private, data) == 0
    after = rows(data)
    assert without_day(after) == before
    assert {row["as_released"] for row in after.values()} == {DAY}
    assert main(["check", "--data", str(data)]) == 0


def test_six_late_forms_are_not_told(folders: tuple[Path, Path]) -> None:
    """The same words stand there whether nobody was late or six were."""
    private, data = folders
    assert protect(private, data) == 0
    nobody_late = (data / "survey_answers.csv").read_bytes()
    late = {
        (SCHOOLS[0], "2021-22", "stay", "students", "yes"): 6,
        (SCHOOLS[0], "2021-22", "safe", "students", "agree"): 6,
    }
    change(private, late)
    assert protect(private, data) == 0
    assert (data / "survey_answers.csv").read_bytes() == nobody_late


def test_a_large_change_is_published(folders: tuple[Path, Path]) -> None:
    private, data = folders
    before = rows(data)
    more = {
        (school, "2021-22", question, "students", answer): 40
        for school in SCHOOLS
        for question, answer in (("stay", "yes"), ("safe", "agree"), ("safe", "no answer"))
    }
    more |= {(school, "2021-22", "stay", "students", "no"): 40 for school in SCHOOLS}
    change(private, more)
    assert protect(private, data) == 0
    after = rows(data)
    days = {(row["respondent_group"], row["as_released"]) for row in after.values()}
    assert days == {("families", DAY), ("students", "")}
    whole = "whole.2021-22.stay.students.yes"
    assert int(after[whole]["count"]) == int(before[whole]["count"]) + 40 * len(SCHOOLS)


def test_what_is_kept_is_remembered_with_the_counts_behind_it(folders: tuple[Path, Path]) -> None:
    """Six late forms, then four more: ten since the release, but six since the last run."""
    private, data = folders
    for more in (6, 9):
        change(private, {(SCHOOLS[0], "2021-22", "stay", "students", "yes"): more})
        assert protect(private, data) == 0
        assert {row["as_released"] for row in rows(data).values()} == {DAY}
    release(data, "2026-02-01")
    change(private, {})
    assert protect(private, data) == 0
    assert {row["as_released"] for row in rows(data).values()} == {DAY}


def test_without_the_counts_behind_a_release_nothing_is_replaced(
    folders: tuple[Path, Path],
) -> None:
    private, data = folders
    before = rows(data)
    for path in (private / "memory").iterdir():
        path.unlink()
    change(private, {(SCHOOLS[0], "2021-22", "stay", "students", "yes"): 400})
    assert protect(private, data) == 0
    assert without_day(rows(data)) == before


def test_a_released_year_keeps_its_policy(
    folders: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    private, data = folders
    site = data / "site.toml"
    site.write_text(site.read_text().replace("min_cell = 10", "min_cell = 8"), encoding="utf-8")
    assert protect(private, data) == 3
    assert capsys.readouterr().err == (
        f"2021-22, families: released on {DAY} under another policy. What was shown stays known."
        " Keep the policy, or leave the year out. Nothing was written.\n"
    )


def test_a_question_does_not_join_a_released_year(
    folders: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    private, data = folders
    counts = invented()
    more = {
        (school, year, "late", group, answer): count
        for (school, year, question, group, answer), count in counts.items()
        if question == "stay"
    }
    (private / "counts.csv").write_text(text({**counts, **more}), encoding="utf-8")
    asked = QUESTIONS + QUESTIONS[QUESTIONS.index("[stay]") :].replace("[stay]", "\n[late]")
    (private / "questions.toml").write_text(asked, encoding="utf-8")
    assert protect(private, data) == 3
    assert capsys.readouterr().err == (
        f"2021-22, families: released on {DAY} with other questions or answers."
        " The same people would be told twice. Leave the new ones out. Nothing was written.\n"
    )


def test_a_kept_mask_that_someone_changed_is_decided_anew(tmp_path: Path) -> None:
    private, data = write_private(tmp_path / "private"), write_data(tmp_path / "data")
    assert protect(private, data) == 0
    honest = (data / "survey_answers.csv").read_bytes()
    kept = sorted((private / "kept").iterdir())
    kept[0].write_bytes(kept[1].read_bytes())
    kept[1].write_bytes(b"no mask")
    assert protect(private, data) == 0
    assert (data / "survey_answers.csv").read_bytes() == honest


RULE = Policy(min_cell=5, min_group=5)
ASKED = {"q": Question("q", "Q?", "ladder", "source")}


def panel(counts: list[list[int]]) -> Panel:
    schools = tuple(f"s{number}" for number in range(len(counts)))
    paths = {school: (f"network:n{at % 2}", "whole") for at, school in enumerate(schools)}
    asked = np.ones(len(schools), bool)
    answers = ("a", "b", "c")
    return Panel(
        "2021-22", "g", schools, paths, {"q": answers}, {"q": np.array(counts)}, {"q": asked}
    )


def version(old: Panel, mask: Mask) -> Version:
    frame = public_rows([(old, mask)], ASKED)
    networks = {school: path[0].partition(":")[2] for school, path in old.paths.items()}
    told = {**RULE.as_json(), "ladders": {}}
    return Version(DAY, frame, told, counts_of(old), networks)


Cells = dict[tuple[str, str], int]


def cells(one: Panel, mask: Mask) -> tuple[Cells, set[tuple[str, str]]]:
    """Every count by place and answer ("" for all), and those that are hidden."""
    tree = plant(one.paths)
    values = np.concatenate([one.counts["q"], tree.sums(one.counts["q"])])
    flags = np.concatenate([mask.school_flags["q"], mask.node_flags["q"]])
    sized = np.concatenate([values, values.sum(axis=1, keepdims=True)], axis=1)
    names = [(place, a) for place in (*tree.schools, *tree.nodes) for a in ("a", "b", "c", "")]
    told = dict(zip(names, sized.ravel().tolist(), strict=True))
    return told, {name for name, held in zip(names, flags.ravel(), strict=True) if held}


def unsafe(one: Panel, counts: Cells, shown: set[tuple[str, str]]) -> list[tuple[str, str]]:
    """Small counts that the shown ones give away, by exact bounds."""
    names = sorted(counts)
    at = {name: place for place, name in enumerate(names)}
    places = {place for place, _ in names}
    ties = [sum_row(at[place, ""], [at[place, a] for a in "abc"]) for place in sorted(places)]
    for node in ("network:n0", "network:n1"):
        children = [school for school, path in one.paths.items() if path[0] == node]
        for a in ("a", "b", "c", "") if children else ():
            ties.append(sum_row(at[node, a], [at[child, a] for child in children]))
    nodes = sorted({path[0] for path in one.paths.values()})
    ties += [sum_row(at["whole", a], [at[n, a] for n in nodes]) for a in ("a", "b", "c", "")]
    bounds = intervals(
        Relations(tuple(map(str, names)), tuple(ties)), {at[name]: counts[name] for name in shown}
    )
    small = [n for n in names if counts[n] < RULE.min_cell and counts[n[0], ""]]
    return [n for n in small if n in shown or not bounds[at[n]].covers(RULE.min_cell)]


COUNTS = st.lists(
    st.lists(st.one_of(st.integers(0, 4), st.integers(5, 40)), min_size=3, max_size=3),
    min_size=2,
    max_size=5,
)


@settings(max_examples=150, deadline=None)
@given(COUNTS, st.data())
def test_two_versions_give_nobody_away_together(
    counts: list[list[int]], data: st.DataObject
) -> None:
    """Whoever takes every count that did not change for the same learns nothing from both."""
    amounts = st.sampled_from([0, 0, 0, 0, 0, 3, 5, 30])
    grown = [[count + data.draw(amounts) for count in row] for row in counts]
    old, new = panel(counts), panel(grown)
    before, after = pass_panel(old, RULE), pass_panel(new, RULE)
    joint = may_replace(new, after, [version(old, before)], RULE)
    if joint is None:
        return
    first, held_first = cells(old, before)
    second, held_second = cells(new, joint)
    same = {name for name in first if first[name] == second[name]}
    assert all(abs(second[n] - first[n]) >= RULE.min_cell for n in first.keys() - same)
    known_first = (first.keys() - held_first) | (same - held_second)
    known_second = (second.keys() - held_second) | (same - held_first)
    assert unsafe(old, first, known_first) == []
    assert unsafe(new, second, known_second) == []


def test_versions_that_hide_different_counts_can_be_refused() -> None:
    """Not every large change may be told: here the old mask shows what the new proof needs."""
    refused = 0
    for more in range(30):
        counts = [[3, 20, 30 + more], [25, 2 + more % 3, 28], [20, 21, 22], [23, 24, 25]]
        grown = [list(row) for row in counts]
        grown[more % 4][more % 3] += 30
        old, new = panel(counts), panel(grown)
        before, after = pass_panel(old, RULE), pass_panel(new, RULE)
        refused += may_replace(new, after, [version(old, before)], RULE) is None
    assert refused


def test_the_policy_of_a_release_is_compared() -> None:
    old = panel([[30, 20, 10], [9, 8, 7]])
    mask = pass_panel(old, RULE)
    other = Policy(min_cell=6, min_group=6)
    with pytest.raises(PolicyError, match="under another policy"):
        may_replace(old, mask, [version(old, mask)], other)
