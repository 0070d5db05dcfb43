"""Answers to surveys that we counted ourselves, as the gate let them pass."""

import pandas as pd

from generator.model import N_, Column, Context, Mark, Rule, Table
from generator.tables.common import SOURCE

GROUP = ["level", "school_id", "network", "school_year", "question_id", "respondent_group"]
LEVELS = {
    "school": N_("one school"),
    "network": N_("all schools of a network"),
    "whole": N_("all schools"),
}
SHARE_DIGITS = 4
ROUNDING = 0.5 * 10**-SHARE_DIGITS + 1e-9
ONLY_MARKS = {
    "count": (Mark.WITHHELD,),
    "n": (Mark.WITHHELD,),
    "share": (Mark.WITHHELD, Mark.NOT_APPLICABLE),
}


def _says_its_place(frame: pd.DataFrame, _: Context) -> "pd.Series[bool]":
    of_school = frame["school_id"].notna() == (frame["level"] == "school")
    return of_school & (frame["network"].notna() == (frame["level"] == "network"))


def _only_withheld(name: str) -> Rule:
    def holds(frame: pd.DataFrame, _: Context) -> "pd.Series[bool]":
        mark = frame[f"{name}_mark"]
        return mark.isna() | mark.isin([mark.value for mark in ONLY_MARKS[name]])

    return Rule(
        f"{name} shown or withheld",
        name,
        holds,
        N_("a value, or a mark that a survey may have"),
        N_("Protect the counts again."),
    )


def _no_small_count(frame: pd.DataFrame, context: Context) -> "pd.Series[bool]":
    nobody = (frame["n"] == 0).fillna(False)
    return nobody | frame["count"].isna() | (frame["count"] >= context.edition.policy.min_cell)


def _no_small_group(frame: pd.DataFrame, context: Context) -> "pd.Series[bool]":
    n = frame["n"]
    return n.isna() | n.isin([0]) | (n >= context.edition.policy.min_group).fillna(True)


def _known_answer(frame: pd.DataFrame, context: Context) -> "pd.Series[bool]":
    """Answers and themes come from a closed list: no words of a person can stand there."""
    ladders = context.edition.policy.ladders.values()
    return frame["answer"].isin({name for ladder in ladders for name in ladder.published()})


def _known_group(frame: pd.DataFrame, context: Context) -> "pd.Series[bool]":
    return frame["respondent_group"].isin({name for name, _ in context.edition.policy.groups})


def _adds_up(frame: pd.DataFrame, _: Context) -> "pd.Series[bool]":
    groups = frame.groupby(GROUP, dropna=False)
    told = frame["count"].notna().groupby([frame[name] for name in GROUP], dropna=False)
    total = groups["count"].transform("sum")
    n, whole = frame["n"], told.transform("all").astype(bool)
    kept: pd.Series[bool] = n.isna() | (total == n) | (~whole & (total < n))
    return kept


def _share_fits(frame: pd.DataFrame, _: Context) -> "pd.Series[bool]":
    count, n = frame["count"].astype("Float64"), frame["n"].astype("Float64")
    # A share without the count beside it would tell the count.
    alone = frame["share"].notna() & (count.isna() | n.isna() | (n == 0))
    fits = ((count / n - frame["share"]).abs() <= ROUNDING).fillna(True).astype(bool)
    kept: pd.Series[bool] = fits & ~alone
    return kept


TABLE = Table(
    name="survey_answers",
    title=N_("Answers to surveys"),
    grain=N_("one row per place, school year, question, group and answer"),
    kind="survey",
    optional=True,
    later=True,
    key=("row_id",),
    columns=(
        Column("row_id", N_("Row"), N_("Short name of the row."), "id", required=True),
        Column(
            "level",
            N_("Level"),
            N_("Whose answers are counted."),
            "category",
            values=LEVELS,
            required=True,
        ),
        Column(
            "school_id",
            N_("School id"),
            N_("The school, in rows about one."),
            "id",
            empty=Mark.NOT_APPLICABLE,
            refers="schools.school_id",
        ),
        Column(
            "network",
            N_("Network"),
            N_("The network, in rows about one."),
            empty=Mark.NOT_APPLICABLE,
        ),
        Column(
            "school_year",
            N_("School year"),
            N_("When it was asked."),
            "school_year",
            required=True,
        ),
        Column("question_id", N_("Question id"), N_("Short name."), "id", required=True),
        Column(
            "question",
            N_("Question"),
            N_("What was asked."),
            required=True,
            prose=True,
            quotes=False,
        ),
        Column("respondent_group", N_("Group"), N_("Who answered."), required=True, prose=True),
        Column(
            "answer",
            N_("Answer"),
            N_("The answer counted."),
            required=True,
            prose=True,
            quotes=False,
        ),
        Column(
            "count",
            N_("Answers"),
            N_("People who gave the answer."),
            "count",
            unit=N_("answers"),
            empty=Mark.WITHHELD,
            people="cell",
            low=0,
        ),
        Column(
            "n",
            N_("Of"),
            N_("People of the group who answered the question; 0 means no responses."),
            "count",
            unit=N_("people"),
            empty=Mark.WITHHELD,
            people="group",
            low=0,
        ),
        Column(
            "share",
            N_("Share"),
            N_("The count divided by n, where both are shown."),
            "share",
            empty=Mark.WITHHELD,
            low=0,
            high=1,
        ),
        Column(
            "as_released",
            N_("As released on"),
            N_("The release whose counts are kept here until the next one; empty for new counts."),
            "date",
        ),
        SOURCE,
    ),
    rules=(
        Rule(
            "says its place",
            "level",
            _says_its_place,
            N_("a school or a network where the level says so, and none elsewhere"),
            N_("Protect the counts again."),
        ),
        *map(_only_withheld, ONLY_MARKS),
        Rule(
            "known answer",
            "answer",
            _known_answer,
            N_("an answer or a theme of [policy.ladders] in site.toml"),
            N_("Protect the counts again."),
        ),
        Rule(
            "known group",
            "respondent_group",
            _known_group,
            N_("a group of [policy.groups] in site.toml"),
            N_("Protect the counts again."),
        ),
        Rule(
            "no small count",
            "count",
            _no_small_count,
            N_("a count from min_cell on, or an empty group"),
            N_("Protect the counts again."),
        ),
        Rule(
            "no small group",
            "n",
            _no_small_group,
            N_("a group from min_group on, or an empty one"),
            N_("Protect the counts again."),
        ),
        Rule(
            "counts add up",
            "n",
            _adds_up,
            N_("counts that add up to n"),
            N_("Protect the counts again."),
        ),
        Rule(
            "share fits",
            "share",
            _share_fits,
            N_("count divided by n, beside both"),
            N_("Protect the counts again."),
        ),
    ),
    caveats=(
        N_("A withheld count is not shown, to protect small groups. It may be large or zero."),
        N_("Nothing is added up over groups, questions or years: the same people answered."),
    ),
)
