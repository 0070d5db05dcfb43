"""Texts that the text gate would refuse and that a person has read and let pass."""

import pandas as pd

from generator.model import N_, Column, Context, Rule, Table

DIGEST = r"[0-9a-f]{64}"


def _is_digest(frame: pd.DataFrame, _: Context) -> "pd.Series[bool]":
    return frame["sha256"].str.fullmatch(DIGEST).fillna(False).astype(bool)


def _signed_whole(frame: pd.DataFrame, _: Context) -> "pd.Series[bool]":
    return frame["reviewed_by"].isna() == frame["reviewed_on"].isna()


def _day(frame: pd.DataFrame, _: Context) -> "pd.Series[bool]":
    return (frame["reviewed_on"].str.len() == len("2026-01-31")).fillna(True).astype(bool)


TABLE = Table(
    name="waivers",
    title=N_("Texts let pass"),
    grain=N_("one row per text, column and finding"),
    kind="public_record",
    optional=True,
    authority=N_("Our own decisions on texts that this edition publishes."),
    key=("table", "column", "sha256", "kind"),
    columns=(
        Column("table", N_("Table"), N_("The table of the text."), "id", required=True),
        Column("column", N_("Column"), N_("The column of the text."), "id", required=True),
        Column(
            "sha256",
            N_("Checksum"),
            N_("SHA-256 of the text, so that another text is read again."),
            required=True,
        ),
        Column(
            "kind", N_("Finding"), N_("What was found in it, in the words of the message."),
            required=True,
        ),
        Column(
            "reason", N_("Reason"), N_("Why it points to no person."), required=True, prose=True
        ),
        Column(
            "reviewed_by",
            N_("Read by"),
            N_("Account name of the person who read it; nothing is let pass before."),
            "id",
        ),
        Column("reviewed_on", N_("Read on"), N_("The day on which it was read."), "date"),
    ),
    rules=(
        Rule(
            "a checksum",
            "sha256",
            _is_digest,
            N_("64 digits from 0 to f"),
            N_("Compute it from the text of the cell, without quotes around it."),
        ),
        Rule(
            "signed whole",
            "reviewed_by",
            _signed_whole,
            N_("who read it and the day, or neither"),
            N_("Fill both when you have read the text."),
        ),
        Rule("a day", "reviewed_on", _day, N_("a whole day"), N_("Write it as 2026-01-31.")),
    ),
)  # fmt: skip
