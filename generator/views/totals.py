"""Totals over the rows we hold, each for one round of votes and one question, and stated totals."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from generator.facts import DECIDING, cell, counted, query, sources_of, text, words
from generator.model import N_, Fact, Record, Row, Text
from generator.views import Line, Vote, in_time, line, vote_view
from generator.views.comparable import DECISIONS, body_condition, by_kind, require_comparable

UNIT = N_("schools or campuses")


@dataclass(frozen=True)
class OutcomeCount:
    """How many decisions came to one outcome; `effect` "" is the outcome not found."""

    label: Text | None
    effect: str
    count: Fact


@dataclass(frozen=True)
class QuestionTotals:
    """The decisions of one round on one question by one kind of voters: "decisions" for councils
    and those who stood in for one, else the body. Nothing is counted across."""

    question_id: str
    voters: str
    title: Text | None
    about: Text | None
    caveat: Text | None
    found: Fact
    outcomes: tuple[OutcomeCount, ...]
    votes: tuple[Vote, ...]


@dataclass(frozen=True)
class Round:
    """One round of votes: what was stated in total, and what we hold question by question.

    `found` counts rows, whatever was asked; `apart` is True where outcomes are not added up.
    """

    cycle: str
    cycle_words: Text
    asked: Fact | None
    found: Fact
    missing: Fact | None
    questions: tuple[QuestionTotals, ...]
    apart: bool
    others: tuple[Vote, ...]
    stated: tuple[Line, ...]


def rounds(record: Record) -> tuple[Round, ...]:
    """Every round with a vote about a decision unit, the newest first."""
    cycles = {str(row["cycle"]) for row in record.votes.values() if row["unit_id"]}
    return tuple(round_of(record, cycle) for cycle in sorted(cycles, reverse=True))


def decided_in(found: Iterable[Round]) -> dict[str, Vote]:
    """The decisions of the rounds by their ids; that of a school is among them."""
    return {vote.id: vote for one in found for question in one.questions for vote in question.votes}


def round_of(record: Record, cycle: str) -> Round:
    """The round of one year."""
    rows = [row for row in record.votes.values() if row["cycle"] == cycle and row["unit_id"]]
    deciding = [row for row in rows if row["decides"]]
    table = record.tables["votes"].table
    found = counted(
        "decisions_found",
        "district",
        cycle,
        deciding,
        table,
        "select count(*) " + DECIDING.format(cycle=cycle),
        formula=N_("Decisions of the round that we hold a row for, one per school or campus."),
        unit=UNIT,
    )
    asked = stated_total(record, "schools_asked", cycle)
    kinds = by_kind(deciding)
    return Round(
        cycle=cycle,
        cycle_words=Text(cycle),
        asked=asked,
        found=found,
        missing=missing(asked, found, cycle),
        questions=tuple(question_totals(record, cycle, kind) for kind in kinds.values()),
        apart=len(kinds) > 1,
        others=in_time([vote_view(record, row) for row in rows if not row["decides"]]),
        stated=stated(record, cycle),
    )


def question_totals(record: Record, cycle: str, rows: Sequence[Row]) -> QuestionTotals:
    """Decisions of a round on one question, by outcome on that question's own scale.

    PolicyError where the rows are of more than one question or kind of voters.
    """
    question_id, voters = require_comparable(rows)
    where = DECIDING.format(cycle=cycle) + f" and question_id = '{question_id}'"
    where += f" and {body_condition(voters)}"
    subject = f"district/{question_id or 'question-not-found'}"
    subject += "" if voters == DECISIONS else f"/{voters}"
    question = record.questions.get(question_id, {})
    counts = outcome_counts(record, question_id, rows, Counted(subject, cycle, where))
    return QuestionTotals(
        question_id=question_id,
        voters=voters,
        title=text(question, "title"),
        about=text(question, "description"),
        caveat=text(question, "caveat"),
        found=counted(
            "decisions_found", subject, cycle, rows, record.tables["votes"].table,
            f"select count(*) {where}",
            formula=N_("Decisions of the round on this question that we hold a row for."),
            unit=UNIT,
        ),
        outcomes=tuple(count for count in counts if count.count.value),
        votes=in_time([vote_view(record, row) for row in rows]),
    )  # fmt: skip


@dataclass(frozen=True)
class Counted:
    """What a count is about: its subject, its round, and the query's words from "from" on."""

    subject: str
    cycle: str
    where: str


def outcome_counts(
    record: Record, question_id: str, rows: Sequence[Row], about: Counted
) -> Iterator[OutcomeCount]:
    """One count per outcome of the question's scale, then that of the outcomes not found."""
    scale = [
        (code, str(option["effect"]), words(option, "label"))
        for (question, role, code), option in record.options.items()
        if question == question_id and role == "outcome"
    ]
    for code, effect, label in [*scale, ("", "", None)]:
        same = [row for row in rows if (row["outcome"] or "") == code]
        fact = counted(
            f"decisions_{code or 'outcome_not_found'}", about.subject, about.cycle, same,
            record.tables["votes"].table, f"select count(*) {about.where} and outcome = '{code}'",
            formula=N_("Decisions of the round on this question with this outcome."),
            unit=UNIT, n=len(rows),
        )  # fmt: skip
        yield OutcomeCount(label, effect, fact)


def stated(record: Record, period: str) -> tuple[Line, ...]:
    """The stated totals of one period, in the order of their keys."""
    table = record.tables["district_counts"].table
    rows = record.rows["district_counts"]
    return tuple(line(table, row) for row in rows if row["period"] == period)


def in_words(record: Record, topic: str, period: str) -> tuple[Text, ...]:
    """What sources say of a total of one period in words alone, without a number."""
    return tuple(
        words(row, "basis", sources_of(row))
        for row in record.rows["district_counts"]
        if (row["topic"], row["period"], row["precision"]) == (topic, period, "words_only")
        and row["basis"]
    )


def stated_total(record: Record, topic: str, period: str) -> Fact | None:
    """The number of the preferred row of a stated total; None where there is no one to name."""
    row = stated_row(record, topic, period)
    table = record.tables["district_counts"].table
    return cell(table, row, "value", "district", period) if row else None


def stated_row(record: Record, topic: str, period: str) -> Row | None:
    """The preferred row of a stated total. None where none says a number, and where rows differ
    and none of them is preferred: then there is no one total to name."""
    rows = [
        row
        for row in record.rows["district_counts"]
        if (row["topic"], row["period"]) == (topic, period) and row["value"] is not None
    ]
    preferred = [row for row in rows if row["preferred"] == "yes"]
    kept = preferred or [row for row in rows if row["preferred"] != "no"]
    if not kept or len({row["value"] for row in kept}) > 1:
        return None
    return kept[0]


def missing(asked: Fact | None, found: Fact, cycle: str) -> Fact | None:
    """How many of the schools asked we hold no row for, with the rows of both numbers as inputs.

    None where nobody says how many were asked, or says fewer than we hold.
    """
    if asked is None or int(str(asked.value)) < int(str(found.value)):
        return None
    return Fact(
        id=f"decisions_missing.district.{cycle}",
        subject="district",
        measure="decisions_missing",
        period=cycle,
        value=int(str(asked.value)) - int(str(found.value)),
        kind="count",
        unit=UNIT,
        n=int(str(asked.value)),
        formula=N_("Schools or campuses asked, less the decisions that we hold a row for."),
        expression=f"sql: select ({query(asked)}) - ({query(found)})",
        inputs=asked.inputs + found.inputs,
        sources=asked.sources,
    )
