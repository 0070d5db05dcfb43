"""Groups and answers are joined before anything else, and nothing is lost by it."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from generator.protect.private import parse_counts
from generator.protect.recode import recode, recoded_words
from tests.protect.survey import SCHOOLS, Counts, invented, text
from tests.protect.test_private import COUNTS, policy, questions


def recoded(counts: Counts) -> pd.DataFrame:
    frame = parse_counts(text(counts).encode(), COUNTS, questions(), policy(), SCHOOLS)
    return recode(frame, questions(), policy())


def test_parents_and_guardians_become_families_and_four_answers_two() -> None:
    counts = invented()
    found = recoded(counts)
    first = found[(found["school_id"] == SCHOOLS[0]) & (found["question"] == "safe")]
    cells = zip(first["respondent_group"], first["answer"], first["count"], strict=True)
    said = {(group, answer): count for group, answer, count in cells}
    year = "2021-22"
    assert set(said) == {
        (group, answer) for group in ("students", "families") for answer in ("agree", "other")
    }
    assert said["families", "agree"] == sum(
        counts[SCHOOLS[0], year, "safe", group, answer]
        for group in ("parents", "guardians")
        for answer in ("strongly agree", "agree")
    )


@given(st.lists(st.integers(0, 10_000), min_size=len(invented()), max_size=len(invented())))
def test_each_school_and_question_adds_up_to_what_it_did(values: list[int]) -> None:
    counts = dict(zip(invented(), values, strict=True))
    found = recoded(counts)
    keys = ["school_id", "school_year", "question"]
    sums = found.groupby(keys)["count"].sum().to_dict()
    before: dict[tuple[str, ...], int] = {}
    for (school, year, question, _, _), count in counts.items():
        key = (school, year, question)
        before[key] = before.get(key, 0) + count
    assert sums == before
    assert not found.duplicated([*keys, "respondent_group", "answer"]).any()


def test_what_was_joined_is_told() -> None:
    assert recoded_words(questions().values(), policy()) == [
        "3 groups were joined into 2, so that more schools can be shown: students (students);"
        " families (parents, guardians).",
        "agreement: 4 answers were joined into 2, so that more schools can be shown:"
        " agree (strongly agree, agree); other (disagree, no answer).",
    ]
