"""The options of a question on the ballot, and the outcomes on its own scale."""

from generator.model import N_, Column, Table

TABLE = Table(
    name="question_options",
    title=N_("Options and outcomes"),
    grain=N_("one row per question, role and code"),
    kind="public_record",
    authority=N_("Questions put in public meetings."),
    key=("question_id", "role", "code"),
    columns=(
        Column(
            "question_id",
            N_("Question"),
            N_("The question."),
            "id",
            required=True,
            refers="questions.question_id",
        ),
        Column(
            "role",
            N_("Role"),
            N_("An option on the ballot or an outcome."),
            "category",
            values={"option": N_("option on the ballot"), "outcome": N_("outcome")},
            required=True,
        ),
        Column("code", N_("Code"), N_("The code that votes and counts use."), "id", required=True),
        Column("label", N_("Label"), N_("The words for the code."), required=True, prose=True),
        Column(
            "effect",
            N_("Effect"),
            N_("What it meant for officers."),
            "category",
            values={
                "keep": N_("officers stay"),
                "reduce": N_("fewer officers"),
                "remove": N_("no officers"),
                "none": N_("no effect by itself"),
            },
            required=True,
        ),
        Column(
            "position",
            N_("Position"),
            N_("Order in tables and charts."),
            "count",
            required=True,
            low=1,
        ),
    ),
)
