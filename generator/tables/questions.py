"""What was put to a vote."""

from generator.model import N_, Column, Table
from generator.tables.common import CAVEAT, SOURCE

TABLE = Table(
    name="questions",
    title=N_("Questions"),
    grain=N_("one row per question that was put to a vote"),
    kind="public_record",
    authority=N_("Questions put in public meetings."),
    key=("question_id",),
    columns=(
        Column("question_id", N_("Question"), N_("Short name."), "id", required=True),
        Column("title", N_("Title"), N_("The question in a few words."), required=True, prose=True),
        Column(
            "description",
            N_("Description"),
            N_("What a vote for it meant."),
            required=True,
            prose=True,
        ),
        CAVEAT,
        SOURCE,
    ),
    caveats=(N_("Tallies can be compared only within one question."),),
)
