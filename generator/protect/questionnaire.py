"""What the columns of a raw export mean: the text of q.toml → a Questionnaire.

school_year = "2019-20"
school_column = "School ID"
group_column = "I am a"
[groups]
"Student" = "students"
[schools]                   # only where the export does not hold school ids
"Example Heights" = "910001"
[questions.stay]
column = "Q3"
question = "Should officers stay?"
ladder = "yes-no"
source_id = "survey-2020"
asked = ["students"]        # only where not every group was asked
answers = { "Yes" = "yes", "No" = "no" }
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.check.kinds import ID
from generator.errors import InputError, Problem
from generator.model import is_school_year
from generator.protect.private import KEYS
from generator.read.toml import parse_toml

TOP = ("school_year", "school_column", "group_column", "groups", "questions")
TOP_OPTIONAL = ("schools",)
QUESTION = ("column", *KEYS, "answers")
QUESTION_OPTIONAL = ("asked",)


@dataclass(frozen=True)
class Asked:
    """A question of the export: its column, its words, who was asked, what each text means."""

    id: str
    column: str
    question: str
    ladder: str
    source_id: str
    groups: tuple[str, ...]
    answers: Mapping[str, str]


@dataclass(frozen=True)
class Questionnaire:
    """What each column means. `groups` and `schools` give the id of each text in the export;
    without `schools` the export holds the ids themselves."""

    school_year: str
    school_column: str
    group_column: str
    groups: Mapping[str, str]
    schools: Mapping[str, str]
    questions: tuple[Asked, ...]

    def columns(self) -> tuple[str, ...]:
        """The columns that are read; no other is looked at."""
        questions = (one.column for one in self.questions)
        return (self.school_column, self.group_column, *questions)


def parse_questionnaire(text: str, where: str) -> Questionnaire:
    """The questionnaire of a TOML text; raises InputError with all Problems."""
    content = parse_toml(text, where, private=True)
    if faults := list(_faults(content)):
        raise InputError([Problem(where, 0, *fault) for fault in faults])
    groups = tuple(dict.fromkeys(content["groups"].values()))
    return Questionnaire(
        content["school_year"],
        content["school_column"],
        content["group_column"],
        content["groups"],
        content.get("schools", {}),
        tuple(_asked(name, one, groups) for name, one in content["questions"].items()),
    )


def questions_toml(questions: Mapping[str, Mapping[str, str]]) -> bytes:
    """The content of questions.toml, in the order of the ids."""
    # A JSON string is a TOML string too.
    sections = [
        f"[{name}]\n" + "".join(f"{key} = {json.dumps(questions[name][key])}\n" for key in KEYS)
        for name in sorted(questions)
    ]
    return "\n".join(sections).encode()


def _asked(name: str, entry: Mapping[str, Any], groups: tuple[str, ...]) -> Asked:
    return Asked(
        id=name,
        column=entry["column"],
        question=entry["question"],
        ladder=entry["ladder"],
        source_id=entry["source_id"],
        groups=tuple(entry.get("asked", groups)),
        answers=entry["answers"],
    )


def _faults(content: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    yield from _keys("", content, TOP, TOP_OPTIONAL)
    for key in TOP[:3]:
        if key in content and not _is_text(content[key]):
            yield key, "no words", "words in quotes"
    if not is_school_year(str(content.get("school_year", ""))):
        yield "school_year", "no school year", 'one such as "2025-26"'
    for key in ("groups", "schools"):
        if key in content and not _is_map(content[key]):
            yield key, "no map", 'texts with what they mean, such as "Student" = "students"'
    questions = content.get("questions")
    if not isinstance(questions, dict) or not questions:
        yield "questions", "no question", "a section for each question"
        return
    named = content.get("groups")
    groups = set(named.values()) if _is_map(named) and isinstance(named, dict) else set()
    for name, entry in questions.items():
        yield from _question_faults(f"questions.{name}", name, entry, groups)


def _question_faults(
    place: str, name: str, entry: Any, groups: set[str]
) -> Iterator[tuple[str, str, str]]:
    if not ID.fullmatch(name):
        yield place, "no id", "an id of small letters, digits and hyphens"
    if not isinstance(entry, dict):
        yield place, "a single value", f"a section [{place}]"
        return
    yield from _keys(f"{place}.", entry, QUESTION, QUESTION_OPTIONAL)
    for key in QUESTION[:-1]:
        if key in entry and not _is_text(entry[key]):
            yield f"{place}.{key}", "no words", "words in quotes"
    if "answers" in entry and not _is_map(entry["answers"]):
        yield f"{place}.answers", "no map", 'texts with what they mean, such as "Yes" = "yes"'
    asked = entry.get("asked", [])
    if not isinstance(asked, list) or not all(isinstance(one, str) for one in asked):
        yield f"{place}.asked", "no list", 'a list of groups such as ["students"]'
    elif not set(asked) <= groups:
        yield f"{place}.asked", "an unknown group", "what [groups] gives"


def _keys(
    place: str, entry: Mapping[str, Any], needed: tuple[str, ...], optional: tuple[str, ...]
) -> Iterator[tuple[str, str, str]]:
    for key in entry:
        if key not in (*needed, *optional):
            yield f"{place}{key}", "an unknown key", f"only {', '.join((*needed, *optional))}"
    for key in needed:
        if key not in entry:
            yield f"{place}{key}", "nothing", "this key"


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and value == value.strip() != ""


def _is_map(value: Any) -> bool:
    return isinstance(value, dict) and bool(value) and all(map(_is_text, value.values()))
