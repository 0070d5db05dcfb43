"""A made survey for a made edition: private counts in a folder of their own, nothing in it is true.

Ten questions in three years, asked of students, parents, guardians, teachers and other staff; five
answers each, which the edition's policy joins into three, and five groups into three. The same
arguments always give the same bytes.

    python -m benchmarks.made_survey build/made PRIVATE --schools 650
"""

import argparse
import csv
import hashlib
import math
import random
from collections.abc import Iterator
from pathlib import Path

from benchmarks import made_edition

ANSWERS = ("strongly agree", "agree", "not sure", "disagree", "strongly disagree")
# Of each group: the share of the school's size that answers, and how many more.
GROUPS = {
    "students": (1.0, 0),
    "parents": (0.14, 0),
    "guardians": (0.02, 0),
    "teachers": (0.045, 4),
    "other staff": (0.017, 2),
}
QUESTIONS = 10
YEARS = ("2021-22", "2022-23", "2023-24")
MEDIAN_LOG, SPREAD = 5.6, 0.7
POLICY = """\
min_group = 10
basis = "34 CFR 99.31(b)(1)"
respondents = ["students", "parents", "guardians", "teachers", "other staff"]

[policy.groups]
students = ["students"]
families = ["parents", "guardians"]
staff = ["teachers", "other staff"]

[policy.ladders.agreement]
answers = ["strongly agree", "agree", "not sure", "disagree", "strongly disagree"]
steps = [
  { agree = ["strongly agree", "agree"], "not sure" = ["not sure"], disagree = [
    "disagree", "strongly disagree",
  ] },
]
"""


def write(
    data: Path, private: Path, schools: int, questions: int = QUESTIONS, years: int = len(YEARS)
) -> None:
    """The made edition with a policy for surveys in `data`, its private counts in `private`."""
    made_edition.write(data, schools)
    site = data / "site.toml"
    text = site.read_text(encoding="utf-8")
    limit = "min_cell = 10\n"
    site.write_text(text.replace(limit, limit + POLICY, 1), encoding="utf-8")
    private.mkdir(parents=True, exist_ok=True)
    asked = [f"question-{number}" for number in range(1, questions + 1)]
    sections = [
        f'[{name}]\nquestion = "Made question {number}?"\n'
        f'ladder = "agreement"\nsource_id = "source-6"\n'
        for number, name in enumerate(asked, start=1)
    ]
    (private / "questions.toml").write_text("\n".join(sections), encoding="utf-8")
    with (private / "counts.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        names = ("school_id", "school_year", "question", "respondent_group", "answer", "count")
        writer.writerow(names)
        for number in range(schools):
            writer.writerows(_rows(number, asked, YEARS[:years]))


def _rows(number: int, asked: list[str], years: tuple[str, ...]) -> Iterator[tuple[object, ...]]:
    school = made_edition.FIRST_ID + number
    size = math.exp(_dice(number, "size").gauss(MEDIAN_LOG, SPREAD))
    for year in years:
        for group, (share, more) in GROUPS.items():
            people = _some(_dice(number, year, group), share * size + more)
            for question in asked:
                dice = _dice(number, year, group, question)
                answered = people - _some(dice, people * 0.03) if people else 0
                counts = _split(dice, max(answered, 0))
                for answer, count in zip(ANSWERS, counts, strict=True):
                    yield school, year, question, group, answer, count


def _some(dice: random.Random, mean: float) -> int:
    """A whole number about the mean."""
    return max(0, round(dice.gauss(mean, math.sqrt(mean)))) if mean else 0


def _split(dice: random.Random, people: int) -> list[int]:
    """How many gave each answer."""
    weights = [dice.gammavariate(shape, 1) for shape in (2.5, 4, 1.5, 2, 1.5)]
    counts = [0] * len(ANSWERS)
    for place in dice.choices(range(len(ANSWERS)), weights, k=people):
        counts[place] += 1
    return counts


def _dice(*about: object) -> random.Random:
    """Dice that fall the same way each time, whatever was thrown before."""
    return random.Random(hashlib.sha256(repr(about).encode()).digest())


def main() -> None:
    """Write an edition and its private counts to the folders named."""
    parser = argparse.ArgumentParser(description="Write a made survey, to measure with.")
    parser.add_argument("data", type=Path)
    parser.add_argument("private", type=Path)
    parser.add_argument("--schools", type=int, default=650)
    parser.add_argument("--questions", type=int, default=QUESTIONS)
    parser.add_argument("--years", type=int, default=len(YEARS))
    options = parser.parse_args()
    write(options.data, options.private, options.schools, options.questions, options.years)
    print(options.data, options.private)


if __name__ == "__main__":
    main()
