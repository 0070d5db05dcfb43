"""What the text gate finds and what it lets pass, on made sentences; every name is invented."""

from pathlib import Path

import pytest

from generator.check import check
from generator.check.textgate import Allowed, Finding, allow_list, gate
from generator.errors import InputError
from generator.read import read_edition, read_tables
from tests.edition import edit, write_edition

ALLOWED = Allowed(
    frozenset("Board Education Program Officer Public Act Block Club Chicago Plan".split()),
    frozenset("Juarez Benito Lindblom Lane Tech Hyde Park King Monday June".split()),
)

POINTING = (
    "The council heard Zelda Quimbly on the plan.",
    "Parents asked whether Quimbly would stay.",
    "Zelda Quimbly asked for a recount.",
    "Moved by: Quimbly, seconded by: Ortegazo.",
    "Mr. Quimbly asked for a recount.",
    "a letter from Ms Quimbly was read",
    "Officer Quimbly had been there for years.",
    "The petition of officer King was read.",
    "Dr. King spoke for the school.",
    "Sgt. Quimbly answered questions.",
    "La Sra. Ortegazo pidió la palabra.",
    "El profesor Ortegazo habló.",
    "Members thanked Coach Quimbly.",
    "Detective Quimbly was named in the report.",
    "A student, Z. Quimbly, spoke.",
    "One student (J.S.) spoke.",
    "ZELDA QUIMBLY was absent.",
    "Write to zelda.quimbly@records.example for the list.",
    "Write to zelda ＠ records.example for the list.",
    "Write to zelda at records dot example for the list.",
    "Call 773-555-0142 for the list.",
    "Call (773) 555-0142 for the list.",
    "Call 7735550142 for the list.",
    "Call 555-0142 for the list.",
    "Badge 12345 was on duty.",
    "The officer with star no. 4521 was on duty.",
    "The student with id 50123456 spoke.",
    "Student number 5012345 was suspended.",
    "The one with XPS ID 123456 spoke.",
    "The number 50123456 is on the form.",
    "She lives at 5110 N Damen Ave.",
    "The meeting was held at 12 Elm Street.",
    "Mail goes to P.O. Box 123.",
    "His number is 123-45-6789.",
    "The only girl in the ninth grade spoke.",
)
# Known to pass, and said so where the gate is described: a person still reads every text.
MISSED = (
    "Quimbly asked for a recount.",
    "the parent zelda quimbly asked for a recount",
    "The speech of King moved the council.",
    "Only LEE voted against.",
)
HARMLESS = (
    "The council of Benito Juarez voted in June.",
    "Lindblom's council voted on Monday, 2020-07-14.",
    "In Chicago, councils decide.",
    "The Board of Education approved FY2021 funds.",
    "Block Club Chicago prints 7-4; the row uses 6-4.",
    "Board report 22-0727-EX2 sets a ceiling of $12,100,000.",
    "Public Act 101-0172 says so.",
    "The SRO, the LSC and CPS agreed on an MOU.",
    "School officers were there. Councils were asked.",
    "No quorum: the principal and the network chief decided.",
    "Remote learning; officers were not used in 2020-21.",
    "The Officer Program ended.",
    "Two officers at each of 72 schools, 12 in all.",
    "La votación fue en junio.",
    'A plan with "no officers" won, 6 to 3.',
    "Page 12, row 4, column 3",
    "It cost $50,000 (per officer), about 60 percent.",
    "From 2011-12 to 2019-20 arrests fell by 80 percent.",
    "yes",
    "Keep",
    "Open until 5 p.m., U.S. time",
    "<b>bold</b>, **strong** and {{ braces }} are only text.",
    "The share is 0.123456789 of an unstated number.",
    "Hyde Park and King kept one officer each.",
    "See https://records.example/pages/12345678/votes for more.",
)


def test_most_sentences_that_point_to_a_person_are_found() -> None:
    found = [text for text in (*POINTING, *MISSED) if gate(text, ALLOWED)]
    passed = [text for text in HARMLESS if not gate(text, ALLOWED)]
    recall = len(found) / len((*POINTING, *MISSED))
    specificity = len(passed) / len(HARMLESS)
    print(f"recall {recall:.2f}, specificity {specificity:.2f}")
    assert recall >= 0.85
    assert specificity == 1


@pytest.mark.parametrize("text", POINTING)
def test_a_sentence_that_points_to_a_person_is_found(text: str) -> None:
    assert gate(text, ALLOWED)


@pytest.mark.parametrize("text", MISSED)
def test_what_the_gate_is_said_to_miss_it_misses(text: str) -> None:
    assert not gate(text, ALLOWED)


@pytest.mark.parametrize("text", HARMLESS)
def test_a_harmless_sentence_passes(text: str) -> None:
    assert gate(text, ALLOWED) == ()


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("ask zelda@records.example", Finding(5, "an e-mail address")),
        ("at 773-555-0142", Finding(4, "a phone number")),
        ("with badge #77", Finding(6, "a badge number")),
        ("the Officer Program", None),
        ("by Ms. King", Finding(4, "a title before a name")),
        ("by Quimbly", Finding(4, "an unknown capitalised word")),
        ("by Z. King", Finding(4, "initials")),
        ("12 W Elm", Finding(1, "a street address")),
    ],
)
def test_a_finding_says_kind_and_place(text: str, finding: Finding | None) -> None:
    assert gate(text, ALLOWED) == ((finding,) if finding else ())


def test_a_name_or_an_address_of_a_school_is_looked_at_for_contacts_only() -> None:
    assert gate("Rev. Zelda Quimbly School, 12 W Elm St", ALLOWED, prose=False) == ()
    assert gate("School, call 773-555-0142", ALLOWED, prose=False)


def test_a_title_of_a_source_may_capitalise_every_word() -> None:
    assert gate("Councils Vote On Police", ALLOWED, capitals=False) == ()
    assert gate("Officer Quimbly Leaves", ALLOWED, capitals=False)


@pytest.mark.parametrize(
    "part",
    ["a", "A ", "badge ", "1 ", "1 A", "A. ", "@", "+1", "(", "555-", "at a dot ", "! ", "'"],
)
def test_every_text_ends(part: str) -> None:
    gate(part * 1000, ALLOWED)
    gate("badge x@5 N " + part * 1000, ALLOWED)


def test_names_of_schools_units_and_areas_are_allowed(tmp_path: Path) -> None:
    data = write_edition(tmp_path / "data")
    allowed = allow_list(read_tables(data), read_edition(data).allowed_words)
    assert {"Gazette", "Exampleton"} <= allowed.words
    assert {"Specimen", "Fixture", "Village", "HEIGHTS", "August"} <= allowed.names


def test_a_problem_never_shows_the_text(tmp_path: Path) -> None:
    data = write_edition(tmp_path / "data")
    edit(data, "votes", 2, "caveat", "Asked by Zelda Quimbly of 12 W Elm St, 773-555-0142.")
    with pytest.raises(InputError) as error:
        check(read_tables(data), read_edition(data))
    message = str(error.value)
    assert len(error.value.problems) == 4
    assert not [word for word in ("Zelda", "Quimbly", "Elm", "0142") if word in message]
    assert "data/votes.csv:2 caveat: found a phone number at character 40" in message
