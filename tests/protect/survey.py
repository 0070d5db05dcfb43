"""An invented survey: private counts of twelve schools that do not exist, and their edition."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.edition import EDITION, SITE, write_edition

POLICY = """\
[policy]
min_cell = 10
min_group = 10
totals = ["network", "whole"]
basis = "An invented rule, section 1"
respondents = ["students", "parents", "guardians"]

[policy.groups]
students = ["students"]
families = ["parents", "guardians"]

[policy.ladders.agreement]
answers = ["strongly agree", "agree", "disagree", "no answer"]
steps = [
  { agree = ["strongly agree", "agree"], other = ["disagree", "no answer"] },
]

[policy.ladders.yes-no]
answers = ["yes", "no", "not sure"]
"""
QUESTIONS = """\
[safe]
question = "Do you feel safe?"
ladder = "agreement"
source_id = "survey"

[stay]
question = "Should officers stay?"
ladder = "yes-no"
source_id = "survey"
"""
HEADER = ("school_id", "school_year", "question", "respondent_group", "answer", "count")
ANSWERS = {
    "safe": ("strongly agree", "agree", "disagree", "no answer"),
    "stay": ("yes", "no", "not sure"),
}
SCHOOLS = tuple(f"91{number:04}" for number in range(12))
# The last school's parents and guardians gave no answer; counts of few people are everywhere.
STEPS = {"students": 13, "parents": 5, "guardians": 1}

Counts = dict[tuple[str, str, str, str, str], int]


def invented() -> Counts:
    """The counts by school, year, question, group and answer."""
    return {
        (school, "2021-22", question, group, answer): _count(place, at, step)
        for place, school in enumerate(SCHOOLS)
        for question, answers in ANSWERS.items()
        for group, step in STEPS.items()
        for at, answer in enumerate(answers)
    }


def _count(place: int, at: int, step: int) -> int:
    if place == len(SCHOOLS) - 1 and step != STEPS["students"]:
        return 0
    return (place * 7 + at * 11 + 3) % 17 * step // 4


def text(counts: Mapping[tuple[str, ...], int]) -> str:
    """The counts as a file."""
    return to_csv([HEADER, *((*key, str(count)) for key, count in counts.items())])


def to_csv(rows: Sequence[Sequence[str]]) -> str:
    """Rows as the text of a file."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def write_data(folder: Path, policy: str = POLICY) -> Path:
    """The invented edition with twelve schools more, in three networks, and the policy."""
    like = EDITION["schools"][0]
    more = [
        {**like, "school_id": school, "ncessch": "", "network": f"Network {place % 3 + 1}"}
        for place, school in enumerate(SCHOOLS)
    ]
    site = SITE.replace("[policy]\nmin_cell = 10\n", policy)
    return write_edition(folder, site=site, schools=[*EDITION["schools"], *more])


def write_private(folder: Path, counts: str = "", questions: str = QUESTIONS) -> Path:
    """A private folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "counts.csv").write_text(counts or text(invented()), encoding="utf-8")
    (folder / "questions.toml").write_text(questions, encoding="utf-8")
    return folder
