"""How many voted for each option."""

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


def _fits_the_body(frame: pd.DataFrame, context: Context) -> "pd.Series[bool]":
    joined = _with_votes(frame, context)
    total = joined.groupby("vote_id")["count"].transform("sum")
    # A campus of four schools has four councils, which may vote together.
    schools = context.tables["unit_schools"].groupby("unit_id").size()
    councils = joined["unit_id"].map(schools).fillna(1)
    bound = joined["body"].map(dict(context.edition.bounds)) * councils
    most = joined["seats"].astype("Float64").fillna(bound.astype("Float64"))
    # Said once, at the option with the most votes: that count is the likeliest to be wrong.
    other = joined["count"] < joined.groupby("vote_id")["count"].transform("max")
    return (most.isna() | (total <= most) | other).fillna(True).astype(bool)


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
        ),
    ),
)
