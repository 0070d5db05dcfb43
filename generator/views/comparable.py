"""Which votes may be counted together: those on one question, by one kind of voters."""

from collections.abc import Iterable, Sequence

from generator.errors import PolicyError
from generator.model import Row

# Bodies whose decisions stood for a school; a body not found is no other kind, it is not known.
DECIDERS = ("council", "school_leaders", "district_office", "")
DECISIONS = "decisions"
NAMED = 5

Kind = tuple[str, str]


def outcome_kind(vote: Row) -> Kind:
    """(question, voters) within which outcomes may be counted.

    Councils and the leaders who stood in for one decided alike; a poll, an advisory tally and the
    board are each voters of their own.
    """
    body = str(vote["body"] or "")
    return str(vote["question_id"] or ""), DECISIONS if body in DECIDERS else body


def tally_kind(vote: Row) -> Kind:
    """(question, body) within which votes cast may be set side by side: 62 answers of a poll are
    never votes of a council, and a council without a quorum only advised."""
    return str(vote["question_id"] or ""), str(vote["body"] or "")


def require_comparable(votes: Iterable[Row], *, tallies: bool = False) -> Kind:
    """The one (question, voters) of these votes, with `tallies` the one (question, body).

    ("", "") for no votes. PolicyError names the rows where there is more than one kind.
    """
    kinds = by_kind(votes, tallies=tallies)
    if len(kinds) > 1:
        found = "; ".join(f"{_words(kind)}: {_names(rows)}" for kind, rows in kinds.items())
        raise PolicyError(
            f"votes: found {len(kinds)} kinds in one total ({found}), expected one question and "
            "one kind of body. Ask for a total of each."
        )
    return next(iter(kinds), ("", ""))


def by_kind(votes: Iterable[Row], *, tallies: bool = False) -> dict[Kind, list[Row]]:
    """The votes by their kind: by question, decisions first; votes in the order given."""
    found: dict[Kind, list[Row]] = {}
    for vote in votes:
        found.setdefault(tally_kind(vote) if tallies else outcome_kind(vote), []).append(vote)
    return dict(sorted(found.items(), key=lambda item: _place(item[0])))


def body_condition(voters: str) -> str:
    """The words of a query that pick the votes of these voters."""
    bodies = DECIDERS if voters == DECISIONS else (voters,)
    return "body in ({})".format(", ".join(f"'{body}'" for body in bodies))


def _place(kind: Kind) -> tuple[str, bool, str]:
    question, voters = kind
    return question, voters != DECISIONS, voters


def _words(kind: Kind) -> str:
    question, voters = kind
    return f"{question or 'question not found'} by {voters or 'a body not found'}"


def _names(rows: Sequence[Row]) -> str:
    names = ", ".join(f"votes/{row['vote_id']}" for row in rows[:NAMED])
    return f"{names} and {len(rows) - NAMED} more" if len(rows) > NAMED else names
