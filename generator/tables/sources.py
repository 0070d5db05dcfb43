"""Where each row comes from."""

from generator.model import N_, Column, Mark, Table

TABLE = Table(
    name="sources",
    title=N_("Sources"),
    grain=N_("one row per source"),
    kind="published_elsewhere",
    key=("source_id",),
    columns=(
        Column("source_id", N_("Source id"), N_("Short name of the source."), "id", required=True),
        Column(
            "title",
            N_("Title"),
            N_("Title as printed, or ours where none could be read."),
            required=True,
            prose=True,
            capitals=False,
        ),
        Column(
            "publisher",
            N_("Publisher"),
            N_("Who published it."),
            required=True,
            prose=True,
            capitals=False,
        ),
        Column("url", N_("Address"), N_("Where it was read."), "url", empty=Mark.NOT_FOUND),
        Column(
            "published",
            N_("Published"),
            N_("Date of publication: a day, a month or a year."),
            "date",
            empty=Mark.NOT_FOUND,
        ),
        Column(
            "retrieved",
            N_("Retrieved"),
            N_("Day on which the source was read."),
            "date",
            empty=Mark.NOT_FOUND,
        ),
        Column(
            "licence",
            N_("Licence"),
            N_("Terms under which the source may be used."),
            empty=Mark.NOT_FOUND,
        ),
        Column(
            "sha256",
            N_("Checksum"),
            N_("SHA-256 of the copy that was read."),
            empty=Mark.NOT_FOUND,
        ),
        Column("note", N_("Note"), N_("How much of it could be read."), prose=True),
    ),
)
