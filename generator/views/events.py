"""The time line: texts and decisions of the board, in order of their dates."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.facts import words
from generator.model import N_, Fact, Record, Text
from generator.views import cell_or_text, vote_view

LANES = {
    "agreement": N_("Agreements"),
    "board": N_("Decisions of the board"),
    "other": N_("Reviews, orders and laws"),
}


FIRST = "2014"  # the picture's first year; what is older stands in the table alone


@dataclass(frozen=True)
class Event:
    """One dated thing; `path` is its page ("" for none), `lane` its place in the picture, `short`
    the school year that stands there, "" for the words of its kind; `is_end` where no other date is
    known than that of its end."""

    date: Fact
    end: Fact | None
    title: Text
    short: str
    kind: Fact
    path: str
    lane: str
    is_end: bool = False


def is_drawn(event: Event) -> bool:
    """True for what the picture shows."""
    return str(event.date.value) >= FIRST


def events(record: Record) -> tuple[Event, ...]:
    """Every text that has a date and every vote of the board, the oldest first."""
    found = [*text_events(record), *board_events(record)]
    return tuple(sorted(found, key=lambda event: (str(event.date.value), event.title.value)))


def text_events(record: Record) -> Iterator[Event]:
    """Agreements and other texts by their first known date."""
    table = record.tables["agreements"].table
    for row in record.rows["agreements"]:
        name = next((n for n in ("adopted_on", "starts_on", "ends_on") if row[n]), None)
        if name is None:
            continue
        facts = {
            column: cell_or_text(table, row, column, "district")
            for column in (name, "ends_on", "agreement_kind")
        }
        date, end, kind = facts[name], facts["ends_on"], facts["agreement_kind"]
        if isinstance(date, Fact) and isinstance(kind, Fact):
            title = words(row, "title", date.sources)
            yield Event(
                date,
                end if isinstance(end, Fact) and end.value and name != "ends_on" else None,
                title,
                str(row["school_year"] or ""),
                kind,
                f"agreements/{row['agreement_id']}/",
                "agreement" if row["agreement_kind"] == "agreement" else "other",
                is_end=name == "ends_on",
            )


def board_events(record: Record) -> Iterator[Event]:
    """Votes of the board, with the motion in words, else its question."""
    for row in record.votes.values():
        if row["body"] == "board" and not row["unit_id"] and row["vote_date"]:
            view = vote_view(record, row)
            words = view.wording or view.question or view.unit
            yield Event(view.date, None, words, "", view.outcome, "", "board")
