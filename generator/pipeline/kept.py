"""Facts of pages → rows of the store, with what other languages say of them in their words."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from generator.downloads import fact_line
from generator.model import Fact
from generator.present import plain
from generator.write.factstore import FactRow

Wording = tuple[str, str]  # of a computed fact: its formula, and its value where that is words


@dataclass(frozen=True)
class Kept:
    """The facts of some pages: a row for each, and one fact for each wording of computed ones."""

    rows: tuple[FactRow, ...]
    wordings: dict[Wording, Fact] = field(default_factory=dict)


def kept(facts: Iterable[Fact]) -> Kept:
    """These facts, each given once."""
    rows, wordings = [], {}
    for fact in facts:
        rows.append(
            FactRow(
                fact.id,
                plain(fact.value),
                fact.mark or "",
                plain(fact.n),
                fact.subject,
                fact.measure,
                fact_line(fact),
            )
        )
        if is_computed(fact):
            words = fact.value if isinstance(fact.value, str) and fact.kind != "date" else ""
            wordings[fact.formula, words] = fact
    return Kept(tuple(rows), wordings)


def is_computed(fact: Fact) -> bool:
    """False for the cell of a table: its column says what it is."""
    return not fact.expression.startswith(f"{fact.measure.partition('.')[0]}[")
