"""The command: exit codes, and that a refusal writes nothing and tells nothing."""

import hashlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from generator.__main__ import main
from generator.commands.protect import protect as make
from generator.errors import PolicyError
from generator.protect import gate
from tests.protect.survey import (
    POLICY,
    QUESTIONS,
    invented,
    text,
    write_data,
    write_private,
)


def sums(*folders: Path) -> dict[Path, str]:
    return {
        path: hashlib.sha256(path.read_bytes()).hexdigest()
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file()
    }


def protect(private: Path, data: Path) -> int:
    return main(["protect", "--private", str(private), "--data", str(data)])


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    return write_private(tmp_path / "private"), write_data(tmp_path / "data")


def test_it_writes_two_files_and_keeps_the_proof_private(
    folders: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    private, data = folders
    before = sums(data)
    assert protect(private, data) == 0
    new = {path.name for path in sums(data).keys() - before.keys()}
    assert new == {"survey_answers.csv", "protection.json"}
    assert {path.name for path in private.iterdir()} == {
        "counts.csv",
        "questions.toml",
        "witnesses.json",
        "kept",
        "memory",
    }
    for one in private.rglob("*"):
        assert one.name in ("counts.csv", "questions.toml") or not one.stat().st_mode & 0o077
    said = capsys.readouterr().out
    assert said == (f"{data}: wrote survey_answers.csv and protection.json; the audit was passed\n")
    assert main(["check", "--data", str(data)]) == 0


def test_it_writes_the_same_bytes_again(folders: tuple[Path, Path]) -> None:
    private, data = folders
    assert protect(private, data) == 0
    first = sums(data, private)
    assert protect(private, data) == 0
    assert sums(data, private) == first


def test_a_policy_changed_since_is_no_hindrance(folders: tuple[Path, Path]) -> None:
    private, data = folders
    assert protect(private, data) == 0
    site = data / "site.toml"
    site.write_text(site.read_text().replace("min_cell = 10", "min_cell = 8"), encoding="utf-8")
    assert main(["check", "--data", str(data)]) == 1
    assert protect(private, data) == 0
    assert main(["check", "--data", str(data)]) == 0


def test_counts_in_a_work_tree_are_refused_unread(
    folders: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    private, data = folders
    (private / ".git").mkdir()
    before = sums(data, private)
    assert protect(private, data) == 1
    assert "found private counts in a git work tree" in capsys.readouterr().err
    assert sums(data, private) == before


def test_a_hiding_without_proof_is_refused_with_3(
    folders: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A cell uncovered after the fact: the audit sees it, and nothing is written."""
    honest = gate.protect

    def careless(*given: object) -> object:
        found = honest(*given)  # type: ignore[arg-type]
        return replace(found, schools=np.zeros_like(found.schools))

    monkeypatch.setattr(gate, "protect", careless)
    private, data = folders
    before = sums(data, private)
    assert protect(private, data) == 3
    said = capsys.readouterr().err
    assert "a small count is shown; nothing was written." in said
    assert sums(data, private) == before


def test_a_policy_without_basis_groups_and_ladders_is_not_enough(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = write_data(tmp_path / "data", "[policy]\nmin_cell = 10\n")
    assert protect(write_private(tmp_path / "private"), data) == 1
    said = capsys.readouterr().err.splitlines()
    assert said == [
        "data/site.toml policy.basis: found nothing, expected the rule that the policy rests on."
        ' Cite the rule, as in basis = "34 CFR 99.31(b)(1)".',
        "data/site.toml policy.groups: found nothing, expected published groups."
        " Name them, with those they join.",
        "data/site.toml policy.ladders: found nothing, expected ladders of answers."
        " Add [policy.ladders.…].",
    ]


def test_an_unknown_source_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = QUESTIONS.replace('"survey"', '"survye"', 1)
    private = write_private(tmp_path / "private", questions=asked)
    assert protect(private, write_data(tmp_path / "data", POLICY)) == 1
    assert capsys.readouterr().err == (
        "private/questions.toml safe.source_id: found an unknown source,"
        " expected a value of source_id in sources.csv.\n"
    )


def test_two_answers_that_differ_in_signs_alone_are_refused(tmp_path: Path) -> None:
    policy = POLICY.replace('["yes", "no", "not sure"]', '["yes", "yes!", "not sure"]')
    counts = text(invented()).replace(",no,", ",yes!,")
    data = write_data(tmp_path / "data", policy)
    with pytest.raises(PolicyError, match="differ in signs alone"):
        make(write_private(tmp_path / "private", counts), data)


def test_a_disk_that_refuses_leaves_the_old_files(folders: tuple[Path, Path]) -> None:
    private, data = folders
    assert protect(private, data) == 0
    before = sums(data)
    (data / ".protection.json.new").mkdir()
    assert protect(private, data) == 1
    (data / ".protection.json.new").rmdir()
    assert sums(data) == before
