"""The rule that protects small groups, as facts and texts of the pages that quote it."""

from typing import Any

from generator.model import N_, Edition, Fact, Record, Text
from generator.views import surveys

LIMITS = {
    "min_cell": N_("The least count of people that is shown."),
    "min_group": N_("The least group whose answers are shown."),
}


def rule(record: Record) -> dict[str, Any]:
    """The limits of the edition's policy as facts."""
    own_limit = record.edition.policy.min_group != record.edition.policy.min_cell
    return {
        "min_cell": limit(record.edition, "min_cell"),
        # Without a limit of its own in site.toml a group has that of a cell.
        "min_group": limit(record.edition, "min_group") if own_limit else None,
    }


def protection_context(record: Record) -> dict[str, Any]:
    """The context of the page about what is withheld."""
    has_survey = surveys.has_survey(record)
    return {
        **rule(record),
        "basis": Text(record.edition.policy.basis) if record.edition.policy.basis else None,
        "cells": tuple(surveys.withheld(record)) if has_survey else (),
        "joined": joined(record.edition) if has_survey else (),
    }


def joined(edition: Edition) -> tuple[tuple[Text, tuple[Text, ...]], ...]:
    """The published groups and classes of answers, with what each was joined from."""
    policy = edition.policy
    classes = [*policy.groups, *(step for one in policy.ladders.values() for step in one.classes())]
    return tuple((Text(name), tuple(map(Text, parts))) for name, parts in classes if len(parts) > 1)


def limit(edition: Edition, name: str) -> Fact:
    """A limit of the edition's policy as a fact."""
    return Fact(
        id=f"policy.edition.{name}", subject="edition", measure="policy", period=name,
        value=getattr(edition.policy, name), kind="count", formula=LIMITS[name],
        expression=f"site.toml[policy].{name}",
    )  # fmt: skip
