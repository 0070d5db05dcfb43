"""What each text says, one clause or statement a row."""

import pandas as pd

from generator.model import N_, Column, Context, Mark, Rule, Table
from generator.tables.common import CAVEAT, LOCATOR, SOURCE

CATEGORIES = {
    "roles_and_responsibilities": N_("Roles and responsibilities"),
    "supervision_and_accountability": N_("Supervision and accountability"),
    "training": N_("Training"),
    "selection_criteria": N_("Selection"),
    "data_and_reporting": N_("Data and reporting"),
    "cost": N_("Cost"),
    "when_police": N_("When police may be called"),
    "security_officers": N_("Security officers"),
    "engagement": N_("Engagement"),
    "voting": N_("Voting"),
    "roster": N_("Lists of schools"),
}


def _topic_with_title(frame: pd.DataFrame, context: Context) -> "pd.Series[bool]":
    titled = context.tables.get("topics")
    if titled is None or titled.empty:
        return pd.Series(True, frame.index, dtype=bool)
    return frame["topic"].isin(titled["topic"])


TABLE = Table(
    name="terms",
    title=N_("Terms"),
    grain=N_("one row per clause, recommendation or statement"),
    kind="public_record",
    authority=N_("Texts of public bodies."),
    key=("term_id",),
    columns=(
        Column("term_id", N_("Term"), N_("Short name of the term."), "id", required=True),
        Column(
            "agreement_id",
            N_("Text"),
            N_("The text it belongs to."),
            "id",
            required=True,
            refers="agreements.agreement_id",
        ),
        Column(
            "category",
            N_("Category"),
            N_("What the term is about."),
            "category",
            values=CATEGORIES,
            required=True,
        ),
        Column(
            "topic",
            N_("Topic"),
            N_("Same code for the same subject across texts."),
            "id",
            required=True,
        ),
        Column("summary", N_("Summary"), N_("The term in our words."), required=True, prose=True),
        Column(
            "quantity",
            N_("Quantity"),
            N_("The number in the term."),
            "number",
            empty=Mark.NOT_APPLICABLE,
        ),
        Column(
            "quantity_unit",
            N_("Unit"),
            N_("What the quantity counts."),
            empty=Mark.NOT_APPLICABLE,
            prose=True,
        ),
        CAVEAT,
        SOURCE,
        LOCATOR,
    ),
    rules=(
        Rule(
            "topic with a title",
            "topic",
            _topic_with_title,
            N_("a topic of topics.csv"),
            N_("Add its title there, or use the code of the same subject."),
        ),
    ),
)
