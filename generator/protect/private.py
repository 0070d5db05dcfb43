"""Private counts: one row per school, year, question, group and answer; and the questions asked.

A message about them tells file, line, column and kind, never a value.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from generator.check.kinds import ID
from generator.check.links import key_problems
from generator.check.schema import HIDDEN, cell_problems
from generator.errors import InputError, Problem
from generator.model import Column, Policy, RawTable, Table
from generator.read.rows import parse_table
from generator.read.toml import parse_toml

COUNTS_FILE, QUESTIONS_FILE = "counts.csv", "questions.toml"
KEYS = ("question", "ladder", "source_id")
BLOCK = ["school_id", "school_year", "question", "respondent_group"]

# The kind makes every reader of the table keep its values to itself.
COUNTS = Table(
    name="counts",
    title="Private counts",
    grain="one row per school, school year, question, group and answer",
    kind="survey",
    key=(*BLOCK, "answer"),
    columns=(
        Column("school_id", "School id", "The school.", "id", required=True),
        Column("school_year", "School year", "When it was asked.", "school_year", required=True),
        Column("question", "Question", "Its id in questions.toml.", "id", required=True),
        Column("respondent_group", "Group", "Who answered, as asked.", required=True),
        Column("answer", "Answer", "The answer, as given.", required=True),
        Column("count", "Count", "People who gave it.", "count", required=True, people="cell"),
    ),
)


@dataclass(frozen=True)
class Question:
    """A question by its id: its words, the ladder of its answers, the source that tells of it."""

    id: str
    words: str
    ladder: str
    source_id: str


def parse_questions(text: str, where: str, policy: Policy) -> dict[str, Question]:
    """The questions of a questions.toml, one section each; raises InputError with all Problems."""
    content = parse_toml(text, where, private=True)
    problems = [one for name, entry in content.items() for one in _faults(name, entry, policy)]
    if problems or not content:
        none = ("", "no question", "a section for each question")
        raise InputError([Problem(where, 0, *one) for one in problems or [none]])
    return {name: Question(name, *(entry[key] for key in KEYS)) for name, entry in content.items()}


def _faults(name: str, entry: Any, policy: Policy) -> Iterator[tuple[str, str, str]]:
    if not ID.fullmatch(name):
        yield name, "no id", "an id of small letters, digits and hyphens"
    if not isinstance(entry, dict) or set(entry) != set(KEYS):
        yield name, "other keys", f"a section with {', '.join(KEYS)}"
        return
    for key in KEYS:
        if not isinstance(entry[key], str) or entry[key] != entry[key].strip() or not entry[key]:
            yield f"{name}.{key}", "no words", "words in quotes"
    if entry["ladder"] not in policy.ladders:
        yield f"{name}.ladder", "an unknown ladder", "one of [policy.ladders] in site.toml"


def parse_counts(
    content: bytes,
    where: str,
    questions: Mapping[str, Question],
    policy: Policy,
    schools: Iterable[str],
) -> pd.DataFrame:
    """The counts as typed columns in the order of their keys; raises InputError with all Problems.

    Every answer of a question's ladder has to be there, a zero as 0: a missing row could mean that
    nobody gave the answer or that it was lost.
    """
    raw = parse_table(content, where, COUNTS)
    problems = [*cell_problems(raw), *key_problems(raw)]
    problems = problems or [*_strangers(raw, questions, policy, schools)]
    problems = problems or [*_missing_answers(raw, questions, policy)]
    if problems:
        raise InputError(problems)
    frame = raw.frame.astype({"count": "int64"})
    return frame.sort_values([*BLOCK, "answer"], ignore_index=True)


def _strangers(
    raw: RawTable, questions: Mapping[str, Question], policy: Policy, schools: Iterable[str]
) -> Iterator[Problem]:
    frame = raw.frame
    known = {
        "school_id": (set(schools), "a value of school_id in schools.csv"),
        "question": (set(questions), f"a question of {QUESTIONS_FILE}"),
        "respondent_group": (set(policy.respondents), "one of policy.respondents in site.toml"),
    }
    for column, (names, wanted) in known.items():
        for row in frame.index[~frame[column].isin(names)]:
            yield Problem(raw.where, raw.lines[row], column, HIDDEN, wanted)
    for name, question in questions.items():
        answers = policy.ladders[question.ladder].answers
        for row in frame.index[(frame["question"] == name) & ~frame["answer"].isin(answers)]:
            wanted = "an answer of the question's ladder in site.toml"
            yield Problem(raw.where, raw.lines[row], "answer", HIDDEN, wanted)


def _missing_answers(
    raw: RawTable, questions: Mapping[str, Question], policy: Policy
) -> Iterator[Problem]:
    sizes = raw.frame.groupby(BLOCK)["answer"].transform("size")
    wanted = raw.frame["question"].map(
        {name: len(policy.ladders[one.ladder].answers) for name, one in questions.items()}
    )
    first = ~raw.frame.duplicated(BLOCK)
    for row in raw.frame.index[first & (sizes != wanted)]:
        expected, hint = "a row for every answer of the question", "Write a zero as 0."
        yield Problem(raw.where, raw.lines[row], "answer", "an answer missing", expected, hint)
