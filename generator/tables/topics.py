"""The words for the subjects of terms."""

from generator.model import N_, Column, Table

TABLE = Table(
    name="topics",
    title=N_("Subjects of terms"),
    grain=N_("one row per subject"),
    kind="public_record",
    authority=N_("Texts of public bodies."),
    key=("topic",),
    optional=True,
    columns=(
        Column("topic", N_("Topic"), N_("The code that terms on it have."), "id", required=True),
        Column("title", N_("Title"), N_("The subject in our words."), required=True, prose=True),
    ),
)
