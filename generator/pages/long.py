"""Votes, coverage and comparisons: each on one page, and where that is too long for a phone, its
long tables on pages of their own."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from generator.model import Text
from generator.views import Vote
from generator.views.apart import pages_of, too_long
from generator.views.comparable import DECISIONS
from generator.views.compare import Comparison, Group, Side
from generator.views.coverage import Coverage
from generator.views.parts import Cut, Part, name_of
from generator.views.site import Listed
from generator.views.totals import QuestionTotals, Round

Contexts = Iterator[tuple[str, str, dict[str, Any]]]
VOTES, COVERAGE = "votes/", "coverage/"
OTHERS, OFFICERS = "others", "officers"
NAMES_A_ROW = 25  # a name with its link has about 120 bytes, a row with its receipts 3 kB


def vote_contexts(found: Sequence[Round], board: Sequence[Vote]) -> Contexts:
    """The votes by round and question; a question with more than fits has pages of its own, where
    schools stand by their names."""
    tables = {
        vote_key(one, question): (one, question, question.votes if question else one.others)
        for one in found
        for question in (*one.questions, None)
    }
    far = too_long({key: len(votes) for key, (_, _, votes) in tables.items()})
    cuts = {key: pages_of(by_unit(tables[key][2]), f"{VOTES}{key}/", about) for key in sorted(far)}
    context = {"rounds": found, "board": board, "apart": ways(cuts), "key_of": vote_key}
    yield "pages/votes.md.j2", VOTES, context
    for key, parts in cuts.items():
        one, question, _ = tables[key]
        for part in parts:
            context = {"round": one, "question": question, "key": key, "cut": part}
            yield "pages/parts/votes.md.j2", part.path, context


def vote_key(one: Round, question: QuestionTotals | None) -> str:
    """What the votes of a round on a question are called in addresses; None for those that were
    not final. The anchor of their heading is the same behind "round-"."""
    if question is None:
        return f"{one.cycle}-{OTHERS}"
    voters = "" if question.voters == DECISIONS else f"-{question.voters}"
    return f"{one.cycle}-{question.question_id or 'not-found'}{voters}"


def by_unit(votes: Sequence[Vote]) -> list[Vote]:
    """Votes by the name of what they were about; those of one in their order."""
    return sorted(votes, key=lambda vote: (vote.unit.value.casefold(), vote.unit_id))


def about(vote: Vote) -> Text:
    """What a vote stands under."""
    return vote.unit


def coverage_contexts(parts: Sequence[Coverage], first_round: Round | None) -> Contexts:
    """What is known of each unit, table by table; a table of more than fits on pages of its own."""
    tables = {part.table: part for part in parts if part.periods}
    far = too_long({key: len(part.units) for key, part in tables.items()})
    cuts = {
        key: pages_of(part.units, f"{COVERAGE}{key}/", name_of, len(part.periods))
        for key, part in tables.items()
        if key in far
    }
    context = {"parts": parts, "first_round": first_round, "apart": ways(cuts)}
    yield "pages/coverage.md.j2", COVERAGE, context
    for key, pieces in cuts.items():
        for piece in pieces:
            yield "pages/parts/coverage.md.j2", piece.path, {"part": tables[key], "cut": piece}


def compare_contexts(whole: Group, some: Sequence[Group]) -> Contexts:
    """All schools side by side, then those of each group."""
    cuts = group_cuts(whole)
    context = {"group": whole, "groups": some, "apart": ways(cuts), "key_of": key_of}
    yield "pages/compare/index.md.j2", whole.path, context
    yield from group_parts(whole, cuts)
    can_choose = not cuts
    for one in some:
        cuts = group_cuts(one)
        context = {"group": one, "apart": ways(cuts), "key_of": key_of, "can_choose": can_choose}
        yield "pages/compare/group.md.j2", one.path, context
        yield from group_parts(one, cuts)


def group_cuts(group: Group) -> dict[str, list[Cut[Any]]]:
    """The tables of a group that leave its page. A decision's parts hold all schools of the group:
    those without it are named beside those that have it."""
    tables: dict[str, Sequence[Any]] = {key_of(one): sides(one) for one in group.comparisons}
    tables[OFFICERS] = group.rosters
    weights = {key_of(one): weight(one) for one in group.comparisons}
    far = too_long({**weights, OFFICERS: len(group.rosters)})
    return {
        key: pages_of(
            rows, f"{group.path}{key}/", name_of, len(group.years) if key == OFFICERS else 0
        )
        for key, rows in tables.items()
        if key in far
    }


def key_of(one: Comparison) -> str:
    """What a comparison is called in addresses."""
    words = ("decided", one.cycle, one.question_id or "not-found", one.voters)
    return "-".join(filter(None, words))


def weight(one: Comparison) -> int:
    """The rows of a comparison, the names of those without a decision counted as what they take."""
    return len(one.sides) + len(one.without) // NAMES_A_ROW


def sides(one: Comparison) -> list[Side | Listed]:
    """All schools of a comparison by name, those without a decision among the others."""
    rows: list[Side | Listed] = [*one.sides, *one.without]
    return sorted(rows, key=lambda row: (row.name.value.casefold(), row.id))


def group_parts(group: Group, cuts: dict[str, list[Cut[Any]]]) -> Contexts:
    """The pages of the tables that left a group's page."""
    by_key = {key_of(one): one for one in group.comparisons}
    for key, pieces in cuts.items():
        for piece in pieces:
            context = {"group": group, "cut": piece, "comparison": None}
            if key == OFFICERS:
                context["group"] = replace(group, rosters=piece.rows)
            else:
                context["comparison"] = piece_of(by_key[key], piece)
            yield "pages/parts/compare.md.j2", piece.path, context


def piece_of(one: Comparison, piece: Cut[Side | Listed]) -> Comparison:
    """The comparison of the schools of one part."""
    return replace(
        one,
        sides=tuple(row for row in piece.rows if isinstance(row, Side)),
        without=tuple(row for row in piece.rows if isinstance(row, Listed)),
    )


def ways(cuts: dict[str, list[Cut[Any]]]) -> dict[str, tuple[Part, ...]]:
    """The pages of each table that has left its page, by the table's key."""
    return {key: pieces[0].parts for key, pieces in cuts.items()}
