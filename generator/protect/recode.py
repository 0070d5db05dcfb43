"""Join groups and answers as the policy says, before anything else looks at the counts.

Few classes leave few small counts: that shows more schools than any way of hiding.
"""

from collections.abc import Iterable, Mapping

import pandas as pd

from generator.model import Ladder, Policy
from generator.protect.private import BLOCK, Question


def recode(frame: pd.DataFrame, questions: Mapping[str, Question], policy: Policy) -> pd.DataFrame:
    """The counts by published group and class of answers, in the order of their keys.

    Nothing is lost: the counts of each school, year and question add up to what they did.
    """
    groups = {asked: name for name, parts in policy.groups for asked in parts}
    answers = pd.DataFrame(
        [
            (name, answer, shown)
            for name, question in questions.items()
            for answer, shown in policy.ladders[question.ladder].joined().items()
        ],
        columns=["question", "answer", "shown"],
    )
    joined = frame.merge(answers, on=["question", "answer"], how="left")
    joined["answer"] = joined["shown"]
    joined["respondent_group"] = joined["respondent_group"].map(groups)
    return joined.groupby([*BLOCK, "answer"], sort=True)["count"].sum().reset_index()


def recoded_words(questions: Iterable[Question], policy: Policy) -> list[str]:
    """What was joined, one sentence for the groups and one for each ladder in use."""
    said = []
    if any(len(parts) > 1 for _, parts in policy.groups):
        many, few = len(policy.respondents), len(policy.groups)
        said.append(_joined("groups", many, few, policy.groups))
    for name in sorted({question.ladder for question in questions}):
        ladder = policy.ladders[name]
        if ladder.step:
            many, few = len(ladder.answers), len(ladder.published())
            said.append(f"{name}: {_joined('answers', many, few, _parts(ladder))}")
    return said


def _joined(what: str, many: int, few: int, classes: Iterable[tuple[str, Iterable[str]]]) -> str:
    parts = "; ".join(f"{name} ({', '.join(one)})" for name, one in classes)
    return f"{many} {what} were joined into {few}, so that more schools can be shown: {parts}."


def _parts(ladder: Ladder) -> list[tuple[str, list[str]]]:
    joined = ladder.joined()
    return [
        (name, [answer for answer in ladder.answers if joined[answer] == name])
        for name in ladder.published()
    ]
