"""Waivers: one text, one column, one finding, signed; and words of uniqueness and quotations."""

import hashlib
from pathlib import Path

import pytest

from generator.check import check
from generator.check.textgate import Finding, gate
from generator.errors import InputError
from generator.read import read
from tests.edition import add_row, edit, write_edition
from tests.test_textgate import ALLOWED

TEXT = "The only girl on the team asked for officers."
KIND = "a word of uniqueness beside a person"
SIGNED = {"reviewed_by": "a-maintainer", "reviewed_on": "2026-11-24"}


def edition(folder: Path, text: str = TEXT) -> Path:
    """The invented edition with a text to be read by a person, and no waiver yet."""
    data = write_edition(folder / "data", waivers=())
    edit(data, "votes", 2, "caveat", text)
    return data


def waive(data: Path, **cells: str) -> None:
    sum_ = hashlib.sha256(TEXT.encode()).hexdigest()
    usual = {"table": "votes", "column": "caveat", "sha256": sum_, "kind": KIND}
    add_row(data, "waivers", **{**usual, "reason": "An invented reason.", **cells})


def said(data: Path) -> list[str]:
    edition_, raw = read(data)
    try:
        check(raw, edition_)
    except InputError as error:
        return str(error).splitlines()
    return []


def test_a_text_with_a_word_of_uniqueness_waits_for_a_reader(tmp_path: Path) -> None:
    assert said(edition(tmp_path)) == [
        "data/votes.csv:2 caveat: found a word of uniqueness beside a person at character 5,"
        " expected words that point to no person."
        " Say it without, or have it read by a person who signs for it in waivers.csv."
    ]


def test_a_signed_waiver_lets_it_pass(tmp_path: Path) -> None:
    data = edition(tmp_path)
    waive(data, **SIGNED)
    assert said(data) == []


def test_an_unsigned_waiver_lets_nothing_pass(tmp_path: Path) -> None:
    data = edition(tmp_path)
    waive(data)
    assert said(data) == [
        "data/votes.csv:2 caveat: found a word of uniqueness beside a person at character 5,"
        " expected words that point to no person. Its waiver is not signed: whoever has read the"
        " text fills reviewed_by and reviewed_on."
    ]


@pytest.mark.parametrize("half", ["reviewed_by", "reviewed_on"])
def test_half_a_signature_is_none(tmp_path: Path, half: str) -> None:
    data = edition(tmp_path)
    waive(data, **{half: SIGNED[half]})
    assert any("Its waiver is not signed" in line for line in said(data))


@pytest.mark.parametrize(
    "cells",
    [{"column": "note"}, {"table": "rosters", "column": "note"}, {"kind": "twins or triplets"}],
    ids=["another column", "another table", "another finding"],
)
def test_a_waiver_holds_for_its_column_and_finding_alone(
    tmp_path: Path, cells: dict[str, str]
) -> None:
    data = edition(tmp_path)
    waive(data, **{**SIGNED, **cells})
    assert any("found a word of uniqueness" in line for line in said(data))


def test_a_changed_text_is_read_again(tmp_path: Path) -> None:
    data = edition(tmp_path, TEXT + " Twice.")
    waive(data, **SIGNED)
    assert any("found a word of uniqueness" in line for line in said(data))
    wanted = "data/waivers.csv:2 sha256: found the sum of no text, expected a text of that table"
    assert any(line.startswith(wanted) for line in said(data))


@pytest.mark.parametrize("kind", ["an e-mail address", "a phone number", "a badge number"])
def test_nobody_may_let_a_contact_or_a_number_of_a_person_pass(tmp_path: Path, kind: str) -> None:
    data = edition(tmp_path)
    waive(data, **{**SIGNED, "kind": kind})
    found = "data/waivers.csv:2 kind: found a finding that nobody may let pass"
    assert any(line.startswith(found) for line in said(data))


def test_a_sum_that_is_none_is_refused(tmp_path: Path) -> None:
    data = edition(tmp_path, "Harmless.")
    waive(data, **{**SIGNED, "sha256": "ABC"})
    assert any("data/waivers.csv:2 sha256" in line for line in said(data))


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("one of the twins", Finding(12, "twins or triplets")),
        ("a Black tenth grader", Finding(3, "a grade together with a race or ethnicity")),
        ("a tenth grader, who is Asian", Finding(3, "a grade together with a race or ethnicity")),
        ("of the chief's niece", Finding(8, "a relative of someone in office")),
        ("of the only parent", Finding(8, KIND)),
    ],
)
def test_what_asks_for_a_reader(text: str, finding: Finding) -> None:
    assert gate(text, ALLOWED) == (finding,)


@pytest.mark.parametrize(
    "text",
    [
        "the only vote of the year",
        "the first year in which students were asked",
        "Asian students were asked. The tenth grade was not.",
        "only students of the school",
        "a single vote by parents",
    ],
)
def test_what_asks_for_none(text: str) -> None:
    assert gate(text, ALLOWED) == ()


@pytest.mark.parametrize("part", ["only ", "the only a ", "one of ", "grade 9 Black ", '"a ', "“"])
def test_every_text_ends(part: str) -> None:
    gate(part * 1000, ALLOWED, quotes=False)


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ('They wrote "we feel safer with them here, most days of the week" there.', True),
        ("“We feel safer with them here, most days of the week.”", True),
        ('the answer "keep both officers" was given', False),
        ("no quotation marks but a good many words in one long sentence", False),
    ],
)
def test_nobody_is_quoted_at_length(text: str, refused: bool) -> None:
    found = gate(text.replace("We", "we"), ALLOWED, quotes=False)
    assert [one.kind for one in found] == ["a quotation of more than 8 words"] * refused


def test_a_quotation_in_feedback_is_refused(tmp_path: Path) -> None:
    data = edition(tmp_path, "Harmless.")
    long = 'a parent said "they know my child and they know me and all of us"'
    edit(data, "feedback", 3, "note", long)
    edit(data, "votes", 2, "caveat", long)
    assert said(data) == [
        "data/feedback.csv:3 note: found a quotation of more than 8 words at character 15,"
        " expected words that point to no person. Say in our words what was meant."
    ]
