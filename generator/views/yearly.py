"""The yearly agreements, by the school year that each is for."""

from dataclasses import dataclass

from generator.facts import sources_of, words
from generator.model import Record, Text


@dataclass(frozen=True)
class Agreement:
    """A yearly agreement, by its id."""

    key: str
    title: Text


def in_force(record: Record) -> dict[str, tuple[Agreement, ...]]:
    """The yearly agreements by school year."""
    found: dict[str, tuple[Agreement, ...]] = {}
    for row in record.rows["agreements"]:
        if row["school_year"]:
            one = Agreement(str(row["agreement_id"]), words(row, "title", sources_of(row)))
            found[row["school_year"]] = (*found.get(row["school_year"], ()), one)
    return found
