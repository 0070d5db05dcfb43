"""The clauses of texts that are held in full, word for word and in reading order."""

import pandas as pd

from generator.model import N_, Column, Context, Mark, Rule, Table
from generator.tables.common import LOCATOR, SOURCE


def _held_in_full(frame: pd.DataFrame, context: Context) -> "pd.Series[bool]":
    texts = context.tables["agreements"]
    return frame["agreement_id"].isin(texts.loc[texts["text_held"] == "full", "agreement_id"])


def _place_of_its_own(frame: pd.DataFrame, _: Context) -> "pd.Series[bool]":
    return ~frame.duplicated(["agreement_id", "position"], keep="first")


TABLE = Table(
    name="clauses",
    title=N_("Clauses"),
    grain=N_("one row per clause of a text held in full"),
    kind="public_record",
    authority=N_("Texts of public bodies."),
    key=("agreement_id", "clause"),
    optional=True,
    columns=(
        Column(
            "agreement_id",
            N_("Text"),
            N_("The text it belongs to."),
            "id",
            required=True,
            refers="agreements.agreement_id",
        ),
        Column(
            "clause",
            N_("Clause"),
            N_("Short name, the same for the same clause of another text."),
            "id",
            required=True,
        ),
        Column(
            "position",
            N_("Place"),
            N_("Its place in the reading order of the text."),
            "count",
            low=1,
            required=True,
        ),
        Column(
            "number",
            N_("Number"),
            N_("The number that the text prints."),
            empty=Mark.NOT_APPLICABLE,
            prose=True,
        ),
        Column("words", N_("Words"), N_("The clause word for word."), required=True, prose=True),
        SOURCE,
        LOCATOR,
    ),
    rules=(
        Rule(
            "held in full",
            "agreement_id",
            _held_in_full,
            N_("a text whose text_held is full"),
            N_("Give the text in full and say so in agreements.csv, or leave the clause out."),
        ),
        Rule(
            "a place of its own",
            "position",
            _place_of_its_own,
            N_("a place that no other clause of the text has"),
            N_("Number the clauses in reading order."),
        ),
    ),
)
