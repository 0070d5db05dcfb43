"""Answers to surveys as pages show them: by question, year and group, and what is withheld."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import pandas as pd

from generator.facts import cell, sources_of, words
from generator.model import N_, Fact, Record, Row, Text, to_rows
from generator.views.dictionary import number_fact
from generator.views.slices import rows_about

TABLE = "survey_answers"
PICTURES = 3  # on a school's page; the tables say it all
PLACE = ["level", "school_id", "network", "school_year", "question_id", "respondent_group"]
LEVELS = {
    "school": N_("schools"),
    "network": N_("networks"),
    "whole": N_("all schools together"),
}


@dataclass(frozen=True)
class Answer:
    """An answer and how many gave it."""

    words: Text
    count: Fact


@dataclass(frozen=True)
class Asked:
    """What one group of one place answered to one question in one year.

    `as_released` is the release whose counts are kept, None for new ones.
    """

    id: str
    question: Text
    group: Text
    year: Text
    n: Fact
    answers: tuple[Answer, ...]
    as_released: Fact | None
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """A question with its answers, and who was asked in which year, the newest year first."""

    id: str
    words: Text
    answers: tuple[Text, ...]
    asked: tuple[Asked, ...]


@dataclass(frozen=True)
class Survey:
    """The questions of one place; `pictured` are the first few of the newest year."""

    questions: tuple[Question, ...]
    pictured: tuple[Asked, ...]


@dataclass(frozen=True)
class Withheld:
    """Cells of one level and year that are shown, and that are withheld."""

    year: Text
    level: str
    shown: Fact
    withheld: Fact


def has_survey(record: Record) -> bool:
    """Whether the edition holds counts of a survey."""
    return TABLE in record.tables and len(record.tables[TABLE].frame) > 0


def surveyed(record: Record) -> frozenset[str]:
    """The schools that were asked."""
    if not has_survey(record):
        return frozenset()
    return frozenset(record.tables[TABLE].frame["school_id"].dropna())


def answers_by_school(record: Record, ids: Sequence[str]) -> dict[str, list[Row]]:
    """The rows about these schools, by school."""
    if not has_survey(record):
        return {}
    rows = to_rows(rows_about(record.tables[TABLE], "school_id", ids))
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(str(row["school_id"]), []).append(row)
    return found


def survey(record: Record, rows: Iterable[Row], subject: str) -> Survey | None:
    """The view of the rows of one place, None where there are none."""
    ordered = sorted(rows, key=lambda row: (row["question_id"], row["row_id"]))
    questions = tuple(
        question(record, list(group), subject)
        for _, group in groupby(ordered, key=lambda row: row["question_id"])
    )
    if not questions:
        return None
    newest = max(one.year.value for each in questions for one in each.asked)
    of_newest = [one for each in questions for one in each.asked if one.year.value == newest]
    return Survey(questions, tuple(of_newest[:PICTURES]))


def question(record: Record, rows: Sequence[Row], subject: str) -> Question:
    """The view of one question's rows."""
    groups = [
        asked(record, list(one), subject)
        for _, one in groupby(rows, key=lambda row: (row["school_year"], row["respondent_group"]))
    ]
    order = [name for name, _ in record.edition.policy.groups]
    groups.sort(key=lambda one: place(one.group.value, order))
    groups.sort(key=lambda one: one.year.value, reverse=True)
    first = rows[0]
    words = tuple(one.words for one in groups[0].answers)
    return Question(str(first["question_id"]), groups[0].question, words, tuple(groups))


def asked(record: Record, rows: Sequence[Row], subject: str) -> Asked:
    """The view of what one group answered."""
    table, first = record.tables[TABLE].table, rows[0]
    where = sources_of(first)
    order = ladder(record, {str(row["answer"]) for row in rows})
    rows = sorted(rows, key=lambda row: place(str(row["answer"]), order))
    return Asked(
        id=str(first["row_id"]).rpartition(".")[0],
        question=words(first, "question", where),
        group=words(first, "respondent_group", where),
        year=Text(str(first["school_year"])),
        n=cell(table, first, "n", subject),
        answers=tuple(
            Answer(words(row, "answer", where), cell(table, row, "count", subject)) for row in rows
        ),
        as_released=cell(table, first, "as_released", subject) if first["as_released"] else None,
        sources=where,
    )


def ladder(record: Record, answers: set[str]) -> Sequence[str]:
    """The answers in the order of the ladder that publishes them."""
    ladders = record.edition.policy.ladders.values()
    return next((one.published() for one in ladders if set(one.published()) == answers), ())


def place(word: str, order: Sequence[str]) -> tuple[int, str]:
    """Where the word stands in the order; behind all others where it does not."""
    return (order.index(word) if word in order else len(order), word)


def above_schools(record: Record) -> tuple[tuple[Text | None, Survey], ...]:
    """All schools together (None), then each network."""
    frame = record.tables[TABLE].frame
    found: list[tuple[Text | None, Survey]] = []
    rows = to_rows(frame[frame["level"] != "school"])
    ordered = sorted(rows, key=lambda row: (row["level"] != "whole", str(row["network"] or "")))
    for name, group in groupby(ordered, key=lambda row: str(row["network"] or "")):
        one = survey(record, group, "district")
        if one:
            found.append((Text(name) if name else None, one))
    return tuple(found)


def withheld(record: Record) -> Iterator[Withheld]:
    """Cells shown and withheld by year and level, the newest year first.

    A cell is the count of an answer, or how many answered.
    """
    frame = record.tables[TABLE].frame
    sizes = frame.drop_duplicates(PLACE)
    for year in sorted(frame["school_year"].unique(), reverse=True):
        for level in LEVELS:
            parts = [one[(one["school_year"] == year) & (one["level"] == level)] for one in
                     (frame, sizes)]  # fmt: skip
            if len(parts[0]):
                shown, hidden = (_cells(parts, str(year), level, kind) for kind in (True, False))
                yield Withheld(Text(str(year)), LEVELS[level], shown, hidden)


def _cells(parts: Sequence[pd.DataFrame], year: str, level: str, shown: bool) -> Fact:
    counts, sizes = parts
    value = int((counts["count"].notna() == shown).sum() + (sizes["n"].notna() == shown).sum())
    sign, kind = ("<>", "shown") if shown else ("=", "withheld")
    where = f"from {TABLE} where school_year = '{year}' and level = '{level}'"
    places = ", ".join(PLACE)
    sql = (
        f"select (select count(*) {where} and count {sign} '')"
        f" + (select count(*) from (select distinct {places} {where} and n {sign} ''))"
    )
    formula = N_("Counts of answers, and of people who answered, that are shown.")
    if not shown:
        formula = N_("Counts of answers, and of people who answered, that are withheld.")
    return number_fact(f"cells_{kind}", f"level/{level}", year, value, sql, formula)
