"""The strong form of the proof: what is written is the same in every world, to the byte."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from benchmarks import made_survey
from generator.errors import PolicyError
from generator.model import Policy
from generator.protect import record
from generator.protect.gate import Mask, pass_panel
from generator.protect.panel import Panel, panels
from generator.protect.private import Question, parse_counts, parse_questions
from generator.protect.recode import recode
from generator.read import read_edition

SCHOOLS, QUESTIONS = 44, 2
ALONE = 3  # schools that are all of their network: its total is the school's under another name
Passed = tuple[Panel, Mask]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made edition in data, its private counts in private."""
    folder = tmp_path_factory.mktemp("made")
    made_survey.write(folder / "data", folder / "private", SCHOOLS, QUESTIONS, years=1)
    return folder


@pytest.fixture(scope="module")
def policy(made: Path) -> Policy:
    return read_edition(made / "data").policy


@pytest.fixture(scope="module")
def questions(made: Path, policy: Policy) -> Mapping[str, Question]:
    text = (made / "private" / "questions.toml").read_text(encoding="utf-8")
    return parse_questions(text, "questions.toml", policy)


@pytest.fixture(scope="module")
def passed(made: Path, policy: Policy, questions: Mapping[str, Question]) -> list[Passed]:
    """Three panels of 44 schools: one is empty but for students, three networks are one school."""
    content = (made / "private" / "counts.csv").read_bytes()
    ids = sorted({line.split(",")[0] for line in content.decode().splitlines()[1:]})
    counts = parse_counts(content, "counts.csv", questions, policy, ids)
    empty = (counts["school_id"] == ids[-1]) & (counts["respondent_group"] != "students")
    counts.loc[empty, "count"] = 0
    networks = {
        school: f"Network {at}" if at < ALONE else f"Network {at % 4 + ALONE}"
        for at, school in enumerate(ids)
    }
    found = panels(recode(counts, questions, policy), questions, policy, networks)
    return [(panel, pass_panel(panel, policy)) for panel in found]


def written(one: Passed, questions: Mapping[str, Question], policy: Policy) -> tuple[bytes, ...]:
    """The protected table and its record."""
    rows = record.public_rows([one], questions)
    return tuple(content for _, content in record.files(rows, questions.values(), policy))


def worlds(panel: Panel, mask: Mask) -> Iterator[Panel]:
    """The panel in every world of its proof."""
    for name, found in mask.worlds.items():
        for world in np.unique(found.world):
            entries = found.world == world
            counts = panel.counts[name].copy()
            counts[found.school[entries]] += found.change[entries]
            yield replace(panel, counts={**panel.counts, name: counts})


def hidden_blocks(passed: list[Passed]) -> int:
    """Schools and nodes with a hidden count, over all questions and groups."""
    return sum(
        int(flags.any(axis=1).sum())
        for _, mask in passed
        for one in (mask.school_flags, mask.node_flags)
        for flags in one.values()
    )


def test_the_made_survey_is_large_enough(passed: list[Passed]) -> None:
    assert all(len(panel.schools) >= 40 for panel, _ in passed)
    assert hidden_blocks(passed) >= 40
    empty = [panel for panel, _ in passed if not panel.counts["question-1"][-1].any()]
    assert len(empty) == 2
    zeros = [(counts == 0).any() for panel, _ in passed for counts in panel.counts.values()]
    assert any(zeros)
    above = [panel.paths[school][0] for panel, _ in passed[:1] for school in panel.schools]
    assert sum(above.count(node) == 1 for node in set(above)) == ALONE


def test_every_world_gives_the_same_bytes(
    passed: list[Passed], questions: Mapping[str, Question], policy: Policy
) -> None:
    seen = 0
    for panel, mask in passed:
        published = written((panel, mask), questions, policy)
        for other in worlds(panel, mask):
            assert written((other, mask), questions, policy) == published
            seen += 1
        record.refuse_telling(panel, mask, questions)
    assert seen > 40


def test_a_record_that_knows_an_unprotected_cell_is_seen(
    passed: list[Passed],
    questions: Mapping[str, Question],
    policy: Policy,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As if the record said by how much the withheld counts of one place exceed its limit."""
    panel, mask = passed[0]
    told: list[Panel] = [panel]
    honest = record._record

    def careless(*given: object) -> Mapping[str, object]:
        name = next(iter(told[0].counts))
        school = int(np.flatnonzero(mask.school_flags[name].any(axis=1))[0])
        return {**honest(*given), "note": told[0].counts[name][school].tolist()}  # type: ignore[arg-type]

    monkeypatch.setattr(record, "_record", careless)
    published = written((panel, mask), questions, policy)
    same = []
    for other in worlds(panel, mask):
        told[0] = other
        same.append(written((other, mask), questions, policy) == published)
    assert not all(same)


def test_a_mark_that_tells_small_from_large_is_refused(
    passed: list[Passed], questions: Mapping[str, Question], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two marks, one for the small counts and one for those hidden with them."""

    def careless(value: int, held: bool) -> tuple[str, str]:
        if held:
            return "", "withheld" if value < 10 else "withheld_too"
        return str(value), ""

    panel, mask = passed[0]
    monkeypatch.setattr(record, "_cell", careless)
    with pytest.raises(PolicyError, match="a row tells which counts are true; nothing written"):
        record.refuse_telling(panel, mask, questions)
