"""Who decided what, when, and on which question."""

import pandas as pd

from generator.model import N_, Column, Context, Mark, Rule, Table, precision
from generator.tables.common import CAVEAT, LOCATOR, OTHER_SOURCES, SOURCE, YES_NO, unit_id


def _precision_fits(frame: pd.DataFrame, _: Context) -> "pd.Series[bool]":
    said = frame["vote_date"].map(precision, na_action="ignore")
    return (said == frame["vote_date_precision"]) | (
        frame["vote_date"].isna() & frame["vote_date_precision"].isna()
    )


def _outcome_on_scale(frame: pd.DataFrame, context: Context) -> "pd.Series[bool]":
    options = context.tables["question_options"]
    outcomes = options[options["role"] == "outcome"]
    scale = set(zip(outcomes["question_id"], outcomes["code"], strict=True))
    pairs = zip(frame["question_id"], frame["outcome"], strict=True)
    return frame["outcome"].isna() | pd.Series([pair in scale for pair in pairs], frame.index)


def _not_by_itself(frame: pd.DataFrame, _: Context) -> "pd.Series[bool]":
    return (frame["superseded_by"] != frame["vote_id"]) | frame["superseded_by"].isna()


TABLE = Table(
    name="votes",
    own_look=True,
    title=N_("Votes and decisions"),
    grain=N_("one row per ballot or decision"),
    kind="public_record",
    authority=N_("Laws on open meetings: minutes record the votes taken."),
    key=("vote_id",),
    columns=(
        Column("vote_id", N_("Vote"), N_("Short name of the vote."), "id", required=True),
        unit_id(Mark.NOT_APPLICABLE),
        Column(
            "cycle",
            N_("Round"),
            N_("The year of the round of votes it belongs to."),
            "id",
            required=True,
        ),
        Column(
            "vote_date",
            N_("Date"),
            N_("Day, month or year, as far as known."),
            "date",
            empty=Mark.NOT_FOUND,
        ),
        Column(
            "vote_date_precision",
            N_("Precision of the date"),
            N_("How much of it is known."),
            "category",
            values={"day": N_("day"), "month": N_("month"), "year": N_("year")},
            empty=Mark.NOT_FOUND,
        ),
        Column(
            "question_id",
            N_("Question"),
            N_("What was put to the vote."),
            "id",
            empty=Mark.NOT_FOUND,
            refers="questions.question_id",
        ),
        Column(
            "question_wording",
            N_("Question as put"),
            N_("The question in our words."),
            empty=Mark.NOT_FOUND,
            prose=True,
        ),
        Column(
            "body",
            N_("Body"),
            N_("Who voted or decided."),
            "category",
            values={
                "council": N_("council"),
                "council_without_quorum": N_("council without a quorum"),
                "council_members_poll": N_("poll of council members"),
                "community_poll": N_("poll of the community"),
                "school_leaders": N_("leaders of the school"),
                "district_office": N_("district office"),
                "board": N_("board of education"),
            },
            empty=Mark.NOT_FOUND,
        ),
        Column(
            "body_wording",
            N_("Body as printed"),
            N_("How the source names who decided."),
            prose=True,
        ),
        Column(
            "seats",
            N_("Voting seats"),
            N_("Voting members that the body had, filled or not."),
            "count",
            empty=Mark.NOT_FOUND,
            low=1,
            high=100,
        ),
        Column(
            "quorum",
            N_("Quorum"),
            N_("Whether enough members were there to decide."),
            "category",
            values=YES_NO,
            empty=Mark.NOT_FOUND,
        ),
        Column(
            "binding",
            N_("Binding"),
            N_("Whether the tally decided; no for an advisory one."),
            "category",
            values=YES_NO,
            empty=Mark.NOT_FOUND,
        ),
        Column(
            "outcome",
            N_("Outcome"),
            N_("What was decided, on the question's own scale."),
            "id",
            empty=Mark.NOT_FOUND,
        ),
        Column(
            "outcome_basis",
            N_("Basis of the outcome"),
            N_("Stated by a source, or inferred."),
            "category",
            values={
                "stated": N_("stated"),
                "unanimous": N_("stated as unanimous, no count given"),
                "inferred": N_("inferred"),
            },
            empty=Mark.NOT_FOUND,
        ),
        Column(
            "officers_after",
            N_("Officers after"),
            N_("Officers that the decision left."),
            "count",
            unit=N_("officers"),
            empty=Mark.NOT_FOUND,
            low=0,
            high=20,
        ),
        Column(
            "effective_school_year",
            N_("In force for"),
            N_("The school year it was taken for."),
            "school_year",
            empty=Mark.NOT_FOUND,
        ),
        Column(
            "superseded_by",
            N_("Replaced by"),
            N_("The later vote or decision that replaced it."),
            "id",
            empty=Mark.NOT_APPLICABLE,
            refers="votes.vote_id",
        ),
        CAVEAT,
        SOURCE,
        LOCATOR,
        OTHER_SOURCES,
    ),
    rules=(
        Rule(
            "date precision",
            "vote_date_precision",
            _precision_fits,
            N_("the precision of the date beside it"),
            N_("Write day for 2020-07-14, month for 2020-07, year for 2020."),
        ),
        Rule(
            "outcome on scale",
            "outcome",
            _outcome_on_scale,
            N_("an outcome of this question in question_options.csv"),
            N_("Add the outcome to the question's scale, or correct it."),
        ),
        Rule(
            "not replaced by itself",
            "superseded_by",
            _not_by_itself,
            N_("another vote"),
            N_("Name the later vote, or leave it empty."),
        ),
    ),
    caveats=(N_("A poll is not a council's vote, and an advisory tally decides nothing."),),
)
