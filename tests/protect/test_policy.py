"""The policy in site.toml: what it says, and the nonsense that is refused."""

import pytest

from generator.errors import InputError
from generator.model import Ladder, Policy
from generator.read.edition import parse_edition
from tests.edition import SITE

POLICY = """\
[policy]
min_cell = 10
min_group = 12
totals = ["whole"]
basis = "An invented rule, section 1"
respondents = ["students", "parents", "guardians", "teachers"]

[policy.groups]
students = ["students"]
families = ["parents", "guardians"]
staff = ["teachers"]

[policy.ladders.agreement]
answers = ["strongly agree", "agree", "not sure", "disagree", "strongly disagree", "no answer"]
step = 1
steps = [
  { agree = ["strongly agree", "agree"], "not sure" = ["not sure", "no answer"], disagree = [
    "disagree", "strongly disagree",
  ] },
  { "agree" = ["agree"], "other" = ["not sure", "disagree"] },
]

[policy.ladders.yes-no]
answers = ["yes", "no"]
"""
PLACE = "data/site.toml policy"
STEP_1 = f"{PLACE}.ladders.agreement.steps[1]"
ONCE = "expected each of them in exactly one class."


def policy(text: str = POLICY) -> Policy:
    whole = SITE.replace("[policy]\nmin_cell = 10\n", text)
    return parse_edition(whole, "data/site.toml").policy


def test_it_is_one_object() -> None:
    found = policy()
    assert (found.min_cell, found.min_group, found.totals) == (10, 12, ("whole",))
    assert found.basis == "An invented rule, section 1"
    assert found.groups[1] == ("families", ("parents", "guardians"))
    assert found.ladders["agreement"].published() == ("agree", "not sure", "disagree")
    assert found.ladders["yes-no"] == Ladder(("yes", "no"))


def test_an_edition_without_surveys_says_one_number() -> None:
    assert policy("[policy]\nmin_cell = 11\n") == Policy(11, 11)


@pytest.mark.parametrize(
    ("step", "classes", "disagree"),
    [
        (0, 6, "strongly disagree"),
        (1, 3, "disagree"),
        (2, 2, "other"),
    ],
)
def test_a_ladder_joins_answers_step_by_step(step: int, classes: int, disagree: str) -> None:
    ladder = policy(POLICY.replace("step = 1", f"step = {step}")).ladders["agreement"]
    assert len(ladder.published()) == classes
    assert ladder.joined()["strongly disagree"] == disagree
    assert set(ladder.joined()) == set(ladder.answers)
    assert set(ladder.joined().values()) == set(ladder.published())


def test_the_first_step_is_used_where_none_is_named() -> None:
    assert policy(POLICY.replace("step = 1\n", "")).ladders["agreement"].step == 1


NONSENSE = {
    "min_cell 0": (
        ("min_cell = 10", "min_cell = 0"),
        f"{PLACE}.min_cell: found 0, expected a whole number of 2 or more.",
    ),
    "min_cell 1": (
        ("min_cell = 10", "min_cell = 1"),
        f"{PLACE}.min_cell: found 1, expected a whole number of 2 or more.",
    ),
    "min_group under min_cell": (
        ("min_group = 12", "min_group = 9"),
        f"{PLACE}.min_group: found 9, expected a whole number from min_cell (10) on."
        " A group that is smaller than a cell may be would show in every table.",
    ),
    "min_group in words": (
        ("min_group = 12", 'min_group = "12"'),
        f'{PLACE}.min_group: found "12", expected a whole number of 2 or more.',
    ),
    "unknown total": (
        ('["whole"]', '["state"]'),
        f'{PLACE}.totals: found ["state"], expected a list of levels: ["network", "whole"],'
        " or [] for none.",
    ),
    "a total twice": (
        ('["whole"]', '["whole", "whole"]'),
        f'{PLACE}.totals: found ["whole", "whole"], expected a list of levels:'
        ' ["network", "whole"], or [] for none.',
    ),
    "lost answer": (
        ('["not sure", "no answer"]', '["not sure"]'),
        f'{STEP_1}: found no class for "no answer", {ONCE} Add it to one.',
    ),
    "doubled answer": (
        ('["not sure", "no answer"]', '["not sure", "no answer", "agree"]'),
        f'{STEP_1}: found "agree" in two classes, {ONCE} Take one out.',
    ),
    "answer twice in a class": (
        ('["not sure", "no answer"]', '["not sure", "not sure", "no answer"]'),
        f"{STEP_1}: found no classes, expected classes such as"
        ' { "agree" = ["strongly agree", "agree"] }.',
    ),
    "invented answer": (
        ('["strongly agree", "agree"]', '["strongly agree", "agree", "hooray"]'),
        f'{STEP_1}: found "hooray", expected only what policy.ladders.agreement.answers has.'
        " Add it to policy.ladders.agreement.answers, or take it out.",
    ),
    "a second step that loses a class": (
        ('["not sure", "disagree"] }', '["not sure"] }'),
        f'{PLACE}.ladders.agreement.steps[2]: found no class for "disagree", {ONCE}'
        " Add it to one.",
    ),
    "everything in one class": (
        ('"agree" = ["agree"], "other" = ["not sure", "disagree"]',
         '"all" = ["agree", "not sure", "disagree"]'),
        f"{PLACE}.ladders.agreement.steps[2]: found 1 after joining, expected at least 2,"
        " and fewer than the 3 of the step before.",
    ),
    "a step that joins nothing": (
        ('"agree" = ["agree"], "other" = ["not sure", "disagree"]',
         '"a" = ["agree"], "b" = ["not sure"], "c" = ["disagree"]'),
        f"{PLACE}.ladders.agreement.steps[2]: found 3 after joining, expected at least 2,"
        " and fewer than the 3 of the step before.",
    ),
    "a step that is not there": (
        ("step = 1", "step = 3"),
        f'{PLACE}.ladders.agreement.step: found "3", expected a step from 0 (as answered) to 2.',
    ),
    "one answer": (
        ('answers = ["yes", "no"]', 'answers = ["yes"]'),
        f"{PLACE}.ladders.yes-no.answers: found \"['yes']\","
        " expected a list of at least two different answers.",
    ),
    "misspelt key": (
        ("step = 1", "stpe = 1"),
        f"{PLACE}.ladders.agreement.stpe: found an unknown key, expected only known keys."
        ' Did you mean "step"?',
    ),
    "hole in the groups": (
        ('["parents", "guardians"]\n', '["parents"]\n'),
        f'{PLACE}.groups: found no class for "guardians", {ONCE} Add it to one.',
    ),
    "group in two": (
        ('staff = ["teachers"]', 'staff = ["teachers", "parents"]'),
        f'{PLACE}.groups: found "parents" in two classes, {ONCE} Take one out.',
    ),
    "groups of nobody": (
        ('respondents = ["students", "parents", "guardians", "teachers"]\n', ""),
        f'{PLACE}.groups: found "guardians", expected only what policy.respondents has.'
        " Add it to policy.respondents, or take it out.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("change", "message"), NONSENSE.values(), ids=NONSENSE)
def test_nonsense_is_refused(change: tuple[str, str], message: str) -> None:
    assert change[0] in POLICY
    with pytest.raises(InputError) as error:
        policy(POLICY.replace(*change, 1))
    assert str(error.value).splitlines()[0] == message


def test_the_record_of_a_policy_is_the_same_each_time() -> None:
    found = policy()
    assert found.as_json() == policy().as_json()
    assert list(found.as_json()["ladders"]) == ["agreement", "yes-no"]
    assert "respondents" not in found.as_json()
