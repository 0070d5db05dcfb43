"""Decisions that are easily told wrong, as the pages of their schools tell them."""

import re
from functools import cache
from pathlib import Path

import pytest
from markupsafe import Markup

from generator import pages
from generator.errors import PolicyError
from generator.model import Text
from generator.views.comparable import require_comparable
from generator.views.site import cards
from generator.views.totals import rounds
from tests.presenting import NoPictures, record_of, school_pages, site_of

DATA = Path(__file__).resolve().parents[1] / "data"
NEWEST, YEARS, CARDS = ("decided", "years"), ("years", "votes"), ("votes", "feedback")


@cache
def page_of(unit: str) -> str:
    """The body of the page of a unit's first school."""
    whole = site_of(DATA, pictures=NoPictures())
    school = whole.record.schools_of_unit[unit][0]
    return school_pages(whole, [school])[school][1].body


def told(unit: str, part: tuple[str, str]) -> str:
    """The words between two headings of a unit's page, citations left out."""
    start, end = (page_of(unit).index(f"{{: #{name} }}") for name in part)
    plain = re.sub(r'<sup class="cite">.*?</sup>', "", page_of(unit)[start:end])
    return " ".join(Markup(plain).striptags().split())


@pytest.mark.parametrize(
    ("unit", "words"),
    [
        ("senn", "the Local School Council decided to remove officers for school year 2020-21. "
         "Votes: 6 to keep officers, 6 to remove officers, and 1 abstained. "
         "The vote was a tie on a motion to keep officers."),
        ("kelly", "For school year 2020-21, Chicago Public Schools decided to remove officers."),
        ("kelly", "The council's vote to keep officers was short of a majority"),
        ("westinghouse", "Votes: 6 to keep officers and 4 to remove officers. "
         "Six votes of the 11-member council were needed. "
         "An earlier vote of 5 to 4 to keep officers had been short of that."),
        ("little-village-lawndale", "the leaders of the school decided to keep officers. "
         "The day is not found. The council had no quorum. Named in the source as: principals and "
         "network chief. The four councils' joint vote was "
         "advisory and was to remove officers."),
        ("cics-ellison", "a poll of the school community took the place of a vote. "
         "Its outcome was to keep one officer in school year 2023-24. "
         "Answers: 62 for the plan, 18 against the plan, and 0 abstained."),
    ],
)  # fmt: skip
def test_a_decision_is_told_as_what_it_was(unit: str, words: str) -> None:
    assert words in told(unit, NEWEST)


@pytest.mark.parametrize(
    ("unit", "final", "tally"),
    [
        ("kelly", "Chicago Public Schools", "6 to keep officers and 4 to remove officers"),
        ("westinghouse", "the Local School Council", "5 to keep officers and 4 to remove officers"),
        ("little-village-lawndale", "the leaders of the school",
         "9 to keep officers and 11 to remove officers"),
    ],
)  # fmt: skip
def test_a_vote_that_was_not_enough_is_not_the_decision(unit: str, final: str, tally: str) -> None:
    assert f"Votes counted: {tally}." in told(unit, CARDS)
    assert f"This was not the final decision. The final one lay with {final}." in told(unit, CARDS)
    assert tally not in told(unit, NEWEST)


def test_a_year_tells_what_is_said_of_all_schools() -> None:
    said = told("harper", YEARS)
    words = "The district's list of schools for 2018-19 exists. It is not in hand."
    assert f"2018-19not found {words} 2019-20" in said
    assert "The district did not use officers in schools in spring 2021." in said
    assert "in hand" not in told("harper", NEWEST)


def test_abstentions_alone_leave_the_rest_open() -> None:
    open_ = "How many voted for and against is not found."
    assert f"Votes on the whole safety plan: 1 abstained. {open_}" in told("taft", NEWEST)
    assert told("taft", CARDS).count(open_) == 2  # of the picture, and below its table
    assert open_ not in told("senn", CARDS)


def test_home_says_of_how_many_and_what_is_open() -> None:
    record = record_of(DATA)
    found = {card.code: card for card in cards(record, rounds(record))}
    assert found["found"].unknown
    assert found["found"].unknown.value == 6
    assert found["schools_with_officers"].label == Text(
        "Of 91 high schools that the district runs.", ("wbez-2024-02-20",)
    )


def test_who_decided_is_no_more_than_the_source_says() -> None:
    said = told("fenger", NEWEST)
    assert "the leaders of the school decided to keep officers" in said
    assert "network chief" not in said
    assert "principal and network chief" in told("bogan", ("decided", "about"))


def test_a_council_without_a_quorum_only_advised() -> None:
    said = told("little-village-lawndale", CARDS)
    assert "Local School Council without a quorum joint vote of the four councils" in said
    assert "Joint advisory vote of four councils, none of which had a quorum." in said


def test_answers_to_a_poll_are_never_called_votes() -> None:
    said = told("cics-ellison", NEWEST)
    assert "Votes:" not in said
    assert "They are not a council's votes." in said


@pytest.mark.parametrize(
    ("one", "other", "tallies"),
    [
        ("cics-ellison-2023", "bogan-2023", False),
        ("cics-ellison-2023", "bogan-2023", True),
        ("little-village-lawndale-2020-advisory", "senn-2020", False),
        ("senn-2020", "hyde-park-2021", False),
        ("kelly-2020", "senn-2020", True),
    ],
)
def test_votes_of_other_kinds_are_not_added_up(one: str, other: str, tallies: bool) -> None:
    votes = record_of(DATA).votes
    with pytest.raises(PolicyError) as refused:
        require_comparable([votes[one], votes[other]], tallies=tallies)
    assert f"votes/{one}" in str(refused.value)
    assert f"votes/{other}" in str(refused.value)
    assert "found 2 kinds in one total" in str(refused.value)


def test_a_page_of_votes_says_why_it_gives_no_total() -> None:
    whole = site_of(DATA, pictures=NoPictures())
    (page,) = [page for page in pages.prose(whole) if page.path == "votes/"]
    assert "No total is given over the whole round" in page.body
