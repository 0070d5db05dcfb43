"""Views → Figures: which numbers a picture shows, in the page's language."""

from collections import Counter
from collections.abc import Sequence

from generator.model import Datum, Fact, Figure, Mark, Text
from generator.present import MARKS, Language, number, shown
from generator.views import Line, Vote
from generator.views.coverage import Coverage
from generator.views.events import LANES, Event, is_drawn
from generator.views.schools import School
from generator.views.surveys import Asked
from generator.views.totals import QuestionTotals

STATUS_SIDE = {"in_program": "keep", "not_in_program": "remove", "over": "none"}
VALUES = {"in_program": 1, "not_in_program": 0, "over": 0}
MONTHS = 12


def mark_words(language: Language) -> dict[str, str]:
    """The words for each mark by its code."""
    return {mark.value: language.translate(words) for mark, words in MARKS.items()}


def tally(vote: Vote, language: Language) -> Figure:
    """The votes for each option, in the order of the ballot."""
    rows = [
        Datum(row.option.value, number(row.count), row.side, text=shown(row.count, language))
        for row in vote.tally
    ]
    return Figure("tally", tuple(rows))


def outcomes(totals: QuestionTotals, axis: str, language: Language) -> Figure:
    """Decisions by outcome; the outcome not found is a gap with its number."""
    rows = [
        Datum(
            row.label.value if row.label else language.translate(MARKS[Mark.NOT_FOUND]),
            number(row.count),
            row.effect or "gap",
            text=shown(row.count, language),
        )
        for row in totals.outcomes
    ]
    return Figure("outcomes", tuple(rows), axis=axis, top=number(totals.found))


def years(school: School, letters: Sequence[str]) -> Figure:
    """A cell per school year; `letters` stand for in, out, over and not found, in that order."""
    by_code = dict(zip((*STATUS_SIDE, "not_found"), letters, strict=True))
    rows = [
        Datum(
            year.year.value,
            VALUES.get(year.code),
            STATUS_SIDE.get(year.code, "gap"),
            mark="" if year.code in VALUES else Mark.NOT_FOUND.value,
            text=by_code[year.code],
        )
        for year in school.years
    ]
    return Figure("years", tuple(rows))


def costs(lines: Sequence[Line], language: Language) -> Figure:
    """Amounts of one kind, a bar each, labelled by their period; where that has several, by what
    each of them is, too."""
    periods = Counter(words_of(line, "period") for line in lines)
    rows = []
    for line in lines:
        amount, label = line.cells["amount_usd"], words_of(line, "period")
        if periods[label] > 1:
            label = f"{label}: {words_of(line, 'description')}"
        if isinstance(amount, Fact):
            rows.append(Datum(label, number(amount), "amount", text=shown(amount, language)))
    return Figure("bars", tuple(rows))


def words_of(line: Line, column: str) -> str:
    """The words of a cell that has some."""
    cell = line.cells[column]
    return cell.value if isinstance(cell, Text) else ""


def decimal_year(date: str) -> float:
    """A partial ISO date as a decimal year: its middle where the month or day is not known."""
    parts = [int(part) for part in date.split("-")]
    month = parts[1] if len(parts) > 1 else MONTHS / 2 + 1
    day = parts[2] if len(parts) > 2 else 15
    return round(parts[0] + (month - 1) / MONTHS + (day - 1) / 365, 3)


def timeline(found: tuple[Event, ...], language: Language) -> Figure:
    """The time line as a picture: lanes of spans and points, labelled by their dates."""
    rows = [
        Datum(
            event.short or shown(event.kind, language),
            decimal_year(str(event.date.value)),
            "amount" if event.lane == "agreement" else "none",
            group=language.translate(LANES[event.lane]),
            end=decimal_year(str(event.end.value)) if event.end else None,
        )
        for lane in LANES
        for event in found
        if event.lane == lane and is_drawn(event)
    ]
    return Figure("timeline", tuple(rows))


def coverage(part: Coverage, language: Language) -> Figure:
    """How many units have a row in each period, of all units."""
    rows = [
        Datum(
            period.name.value,
            number(period.found),
            "none",
            text=f"{shown(period.found, language)} / {shown(period.of, language)}",
        )
        for period in part.periods
    ]
    return Figure("bars", tuple(rows), top=number(part.periods[0].of))


def answers(asked: Asked, language: Language) -> Figure:
    """How many gave each answer; a count that is withheld is a gap that says no more."""
    rows = [
        Datum(answer.words.value, None, "gap", mark=Mark.WITHHELD.value)
        if answer.count.value is None
        else Datum(
            answer.words.value,
            number(answer.count),
            "none",
            text=shown(answer.count, language),
        )
        for answer in asked.answers
    ]
    return Figure("tally", tuple(rows))
