"""How many voted for each option."""

from collections.abc import Iterator

import pandas as pd

from generator.model import N_, Column, Context, Rule, Table
from generator.tables.common import NOTE, SOURCE


def _with_votes(frame: pd.DataFrame, context: Context) -> pd.DataFrame:
    votes = context.tables["votes"].drop_duplicates("vote_id").set_index("vote_id")
    return frame[["vote_id", "option", "count"]].join(
        votes[["unit_id", "question_id", "body", "seats"]], on="vote_id"
    )


def _option_on_ballot(frame: pd.DataFrame, context: Context) -> "pd.Series[bool]":
    options = context.tables["question_options"]
    ballot = options[options["role"] == "option"]
    known = set(zip(ballot["question_id"], ballot["code"], strict=True))
    joined = _with_votes(frame, context)
    pairs = zip(joined["question_id"], joined["option"], strict=True)
    return pd.Series([pair in known for pair in pairs], frame.index, dtype=bool)


def _tallies(frame: pd.DataFrame, context: Context) -> pd.DataFrame:
    """Each row's vote: its `total`, and the `most` that its body can give: its `seats`, else the
    `bound` of such bodies for each of the `councils`."""
    joined = _with_votes(frame, context)
    schools = context.tables["unit_schools"].groupby("unit_id").size()
    # A campus of four schools has four councils, which may vote together.
    councils = joined["unit_id"].map(schools).fillna(1)
    bound = joined["body"].map(dict(context.edition.bounds)).astype("Float64")
    return joined.assign(
        total=joined.groupby("vote_id")["count"].transform("sum"),
        councils=councils,
        bound=bound,
        most=joined["seats"].astype("Float64").fillna(bound * councils),
    )


def _fits_the_body(frame: pd.DataFrame, context: Context) -> "pd.Series[bool]":
    tallies = _tallies(frame, context)
    most, total = tallies["most"], tallies["total"]
    # Said once, at the option with the most votes: that count is the likeliest to be wrong.
    other = tallies["count"] < tallies.groupby("vote_id")["count"].transform("max")
    return (most.isna() | (total <= most) | other).fillna(True).astype(bool)


def _told_of_bodies(
    frame: pd.DataFrame, context: Context, rows: pd.Index
) -> Iterator[tuple[str, str]]:
    """The vote's whole tally where the count is not all of it, and the limit with its place."""
    for one in _tallies(frame, context).loc[rows].to_dict("records"):
        more = one["total"] != one["count"]
        found = f", {one['total']} with the other options" if more else ""
        bound, councils = f"bounds.{one['body']} in site.toml", one["councils"]
        if not pd.isna(one["seats"]):
            limit = "the seats of the body (seats in votes.csv)"
        elif councils == 1:
            limit = f"the seats of such a body ({bound})"
        else:
            limit = f"{one['bound']:.0f} for each of {councils:.0f} schools ({bound})"
        yield found, f"at most {one['most']:.0f}, {limit}"


TABLE = Table(
    name="vote_counts",
    title=N_("Tallies"),
    grain=N_("one row per vote and option"),
    kind="public_record",
    authority=N_("Laws on open meetings: minutes record the votes taken."),
    key=("vote_id", "option"),
    columns=(
        Column(
            "vote_id",
            N_("Vote"),
            N_("The vote."),
            "id",
            required=True,
            refers="votes.vote_id",
        ),
        Column("option", N_("Option"), N_("An option on the ballot."), "id", required=True),
        Column(
            "count",
            N_("Votes"),
            N_("Votes for the option."),
            "count",
            unit=N_("votes"),
            required=True,
            low=0,
            high=100_000,
        ),
        NOTE,
        SOURCE,
    ),
    rules=(
        Rule(
            "option on the ballot",
            "option",
            _option_on_ballot,
            N_("an option of the vote's question in question_options.csv"),
            N_("Correct the option, or the question of the vote."),
        ),
        Rule(
            "tally fits the body",
            "count",
            _fits_the_body,
            N_("a tally no larger than the body that voted"),
            N_("Check the count; a poll of the community has its own body."),
            _told_of_bodies,
        ),
    ),
)
