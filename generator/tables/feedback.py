"""What published surveys, polls and meetings reported."""

from dataclasses import replace

import pandas as pd

from generator.model import N_, Column, Context, Mark, Rule, Table
from generator.tables.common import LOCATOR, NOTE, PRECISION, SOURCE, unit_id

ASKED = ["survey_id", "unit_id", "respondent_group", "question"]
ROUNDING = 0.011


def _count_within_n(frame: pd.DataFrame, _: Context) -> "pd.Series[bool]":
    return (frame["count"].isna() | frame["n"].isna() | (frame["count"] <= frame["n"])).fillna(True)


def _adds_up(frame: pd.DataFrame, _: Context) -> "pd.Series[bool]":
    total = frame.groupby(ASKED, dropna=False)["count"].transform("sum")
    return ((frame["all_answers"] != "yes") | (total == frame["n"])).fillna(True).astype(bool)


def _share_fits(frame: pd.DataFrame, _: Context) -> "pd.Series[bool]":
    share = frame["count"].astype("Float64") / frame["n"].astype("Float64")
    return ((share - frame["share"]).abs() <= ROUNDING).fillna(True).astype(bool)


TABLE = Table(
    name="feedback",
    own_look=True,
    title=N_("Feedback"),
    grain=N_("one row per survey, group, question and response"),
    kind="published_elsewhere",
    key=("feedback_id",),
    columns=(
        Column("feedback_id", N_("Row"), N_("Short name of the row."), "id", required=True),
        Column("survey_id", N_("Survey"), N_("Rows of one survey share it."), "id", required=True),
        Column("survey", N_("Name of the survey"), N_("What it was."), required=True, prose=True),
        Column(
            "survey_date",
            N_("Date"),
            N_("Day, month or year."),
            "date",
            empty=Mark.NOT_FOUND,
        ),
        Column(
            "asked_by",
            N_("Asked by"),
            N_("Who asked."),
            empty=Mark.NOT_FOUND,
            prose=True,
        ),
        unit_id(Mark.NOT_APPLICABLE),
        Column(
            "scope",
            N_("Scope"),
            N_("Where it was asked, in words."),
            required=True,
            prose=True,
        ),
        Column(
            "respondent_group",
            N_("Group"),
            N_("Who answered."),
            required=True,
            prose=True,
        ),
        Column(
            "question",
            N_("Question"),
            N_("What was asked, in our words."),
            required=True,
            prose=True,
        ),
        Column(
            "response",
            N_("Response"),
            N_("The answer counted."),
            required=True,
            prose=True,
            quotes=False,
        ),
        Column(
            "effect",
            N_("Effect"),
            N_("What the response wants for officers, where the question was about keeping them."),
            "category",
            values={"keep": N_("officers stay"), "remove": N_("no officers")},
        ),
        Column(
            "count",
            N_("Answers"),
            N_("People who gave the response."),
            "count",
            unit=N_("answers"),
            empty=Mark.NOT_REPORTED,
            people="cell",
            low=0,
        ),
        Column(
            "n",
            N_("Of"),
            N_("People who answered the question."),
            "count",
            unit=N_("people"),
            empty=Mark.NOT_REPORTED,
            people="group",
            low=0,
        ),
        Column(
            "n_precision",
            N_("Precision of the number"),
            N_("How exactly n is printed."),
            "category",
            values=PRECISION,
            empty=Mark.NOT_APPLICABLE,
        ),
        Column(
            "share",
            N_("Share"),
            N_("Share as printed, 0 to 1."),
            "share",
            empty=Mark.NOT_REPORTED,
            low=0,
            high=1,
        ),
        Column(
            "precision",
            N_("Precision"),
            N_("How exactly the result is printed."),
            "category",
            values=PRECISION,
            required=True,
        ),
        Column(
            "words",
            N_("As printed"),
            N_("The source's words for the result."),
            prose=True,
            quotes=False,
        ),
        Column(
            "all_answers",
            N_("All answers listed"),
            N_("yes where the rows of the question hold every answer."),
            "category",
            values={"yes": N_("yes"), "no": N_("no")},
        ),
        replace(NOTE, quotes=False),
        SOURCE,
        LOCATOR,
    ),
    rules=(
        Rule(
            "count within n",
            "count",
            _count_within_n,
            N_("a count no larger than n"),
            N_("Check the count and n."),
        ),
        Rule(
            "counts add up",
            "n",
            _adds_up,
            N_("counts that add up to n"),
            N_("Check the counts, or say no in all_answers."),
        ),
        Rule(
            "share fits",
            "share",
            _share_fits,
            N_("count divided by n, to the rounding"),
            N_("Keep what the source prints and leave out what it does not."),
        ),
    ),
    caveats=(
        N_("Shown as printed. A share without a number of people stands in no chart or total."),
    ),
)
