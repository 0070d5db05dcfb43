"""Which picture goes with a link to a page: one for each outcome, and one for all other pages."""

from collections.abc import Iterator, Sequence
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from generator.charts.card import COLORS, Card
from generator.model import Record, Row, Text
from generator.present import Language, shown
from generator.views import Vote, vote_view

FOLDER, GENERAL = "cards", "record"


class Cards:
    """The cards of a site in one language; `path` of one is its place on the site."""

    def __init__(self, record: Record, language: Language, environment: Environment) -> None:
        self.record = record
        self.language = language
        self._environment = environment
        self._known: dict[tuple[object, ...], tuple[Card, str]] = {}

    def path(self, name: str) -> str:
        """Where the picture stands."""
        return f"{FOLDER}/{self.language.code}/{name}.png"

    def general(self) -> tuple[Card, str]:
        """The card of all pages but those of schools with a decision, and what it says in words."""
        if () not in self._known:
            self._known[()] = self._general()
        return self._known[()]

    def _general(self) -> tuple[Card, str]:
        head, title = self.record.edition.title, self._say("record_title")
        card = Card(GENERAL, GENERAL, head, "", title, self._say("record_more"))
        return card, self._say("record_alt")

    def of_units(self, units: Sequence[str]) -> tuple[Card, str]:
        """The card of a school with these units, by its newest decision, and what it says."""
        row = newest(self.record, units)
        if row is None:
            return self.general()
        key = row["cycle"], row["question_id"], row["outcome"]
        if key not in self._known:
            self._known[key] = self._decided(vote_view(self.record, row))
        return self._known[key]

    def used(self) -> Iterator[Card]:
        """Every card that a page has, each once."""
        found = {GENERAL: self.general()[0]}
        for units in self.record.units_of_school.values():
            card, _ = self.of_units(units)
            found[card.name] = card
        yield from found.values()

    def _decided(self, vote: Vote) -> tuple[Card, str]:
        cycle = Text(vote.cycle)
        outcome = shown(vote.outcome, self.language)
        code = str(vote.outcome.value) if vote.outcome.value is not None else "not-found"
        name = "-".join(("decided", vote.cycle, vote.question_id or "not-found", code))
        side = vote.effect if vote.effect in COLORS else "none"
        head, lead = self.record.edition.title, self._say("decided_lead", cycle)
        unsaid = vote.outcome.value is None
        title = self._say("not_found", Text(outcome)) if unsaid else outcome
        title = title[:1].upper() + title[1:]
        card = Card(name, side, head, lead, title, self._say("decided_more"))
        return card, self._say("decided_alt", cycle, Text(outcome))

    def _say(self, macro: str, *values: Any) -> str:
        module: Any = self._environment.get_template("parts/card.j2").module
        return " ".join(Markup(getattr(module, macro)(*values)).striptags().split())


def newest(record: Record, units: Sequence[str]) -> Row | None:
    """The decision that a school's page names first: of the last round, an unknown day last."""
    votes = [vote for unit in units for vote in record.by_unit["votes"].get(unit, ())]
    return max(
        (vote for vote in votes if vote["decides"]),
        key=lambda vote: (str(vote["cycle"]), str(vote["vote_date"] or "9999"), vote["vote_id"]),
        default=None,
    )
