"""What pictures show, sorted and picked so that a sentence beside them can say it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from generator.facts import decides_sql, effect_sql
from generator.model import N_, Fact, Text
from generator.views import Line
from generator.views.coverage import Coverage, Period
from generator.views.dictionary import number_fact
from generator.views.events import LANES, Event, is_drawn
from generator.views.schools import Year
from generator.views.site import Listed

Bar = TypeVar("Bar")
MOST = 10  # bars that a sentence can name and still be listened to
SIDES = ("keep", "reduce", "remove", "none", "gap")
STATUSES = ("in_program", "not_in_program", "over", "not_found")


@dataclass(frozen=True)
class StatusYears:
    """The school years of one status, in their order; `code` picks its words."""

    code: str
    years: tuple[Text, ...]


def status_years(years: Iterable[Year]) -> tuple[StatusYears, ...]:
    """School years by their status; one that pictures have no sign for is not found."""
    found: dict[str, list[Text]] = {code: [] for code in STATUSES}
    for year in years:
        found[year.code if year.code in found else "not_found"].append(year.year)
    return tuple(StatusYears(code, tuple(some)) for code, some in found.items() if some)


@dataclass(frozen=True)
class Told(Generic[Bar]):
    """What a sentence names of the bars of a picture, in their order; not `whole` where it would
    be too long with all of them."""

    bars: tuple[Bar, ...]
    whole: bool


def told_periods(part: Coverage) -> Told[Period]:
    """The periods of a coverage to name."""
    return picked(part.periods, [period.found for period in part.periods])


@dataclass(frozen=True)
class Amount:
    """An amount to name, and what it is counted by if that holds no number of its own: in the words
    for a picture numbers are facts."""

    row: Line
    per: Text | None


def told_amounts(rows: Sequence[Line]) -> Told[Amount]:
    """The amounts of one kind to name."""
    amounts = [Amount(row, _without_number(row.cells["per"])) for row in rows]
    return picked(amounts, [row.cells["amount_usd"] for row in rows])


def _without_number(words: Fact | Text | None) -> Text | None:
    if isinstance(words, Text) and not any(sign.isdigit() for sign in words.value):
        return words
    return None


def picked(bars: Sequence[Bar], values: Sequence[Fact | Text | None]) -> Told[Bar]:
    """All bars, or of more than MOST the first, the last, and the first with the least and with the
    greatest value."""
    if len(bars) <= MOST:
        return Told(tuple(bars), whole=True)
    numbers = [value.value if isinstance(value, Fact) else None for value in values]
    known = [(number, i) for i, number in enumerate(numbers) if isinstance(number, int | float)]
    ends = {min(known)[1], min((-number, i) for number, i in known)[1]} if known else set()
    return Told(tuple(bars[i] for i in sorted({0, len(bars) - 1} | ends)), whole=False)


@dataclass(frozen=True)
class ToldLane:
    """A lane of the time line: `named` are the events that a sentence names, with the school year
    of each where it has one; `first` and `last` are the dates between which all of them lie."""

    code: str
    named: Told[tuple[Text | None, Event]]
    first: Fact
    last: Fact


def told_lanes(dated: Iterable[Event]) -> tuple[ToldLane, ...]:
    """The lanes of the picture that have an event, in its order."""
    drawn = [event for event in dated if is_drawn(event)]
    lanes = {code: [event for event in drawn if event.lane == code] for code in LANES}
    return tuple(_told_lane(code, some) for code, some in lanes.items() if some)


def _told_lane(code: str, some: Sequence[Event]) -> ToldLane:
    named = [(Text(event.short) if event.short else None, event) for event in some]
    return ToldLane(code, picked(named, [None] * len(named)), some[0].date, some[-1].date)


@dataclass(frozen=True)
class Marks:
    """How many schools stand on the map in the shape of one side, "gap" where no outcome is
    found."""

    side: str
    count: Fact


NEWEST = (
    f"(select {effect_sql('v')} from unit_schools l join votes v on v.unit_id = l.unit_id"
    f" where l.school_id = schools.school_id and {decides_sql('v')}"
    " order by v.cycle desc, v.vote_date desc, l.unit_id, v.vote_id limit 1)"
)


def marks_on_map(schools: Iterable[Listed]) -> tuple[Marks, ...]:
    """The marks of the map by their side, those that it has."""
    sides = Counter(side_of(school) for school in schools if is_on_map(school))
    return tuple(Marks(side, _on_map(side, sides[side])) for side in SIDES if sides[side])


def side_of(school: Listed) -> str:
    """The side that the newest decision of a school picks."""
    return (school.newest.effect if school.newest else "") or "gap"


def is_on_map(school: Listed) -> bool:
    """True for a school with a record of which the list says where it is."""
    return school.record and None not in (school.longitude, school.latitude)


def _on_map(side: str, count: int) -> Fact:
    effect = "" if side == "gap" else side
    return number_fact(
        "schools_on_map", f"district/{side}", "all", count,
        "select count(*) from schools where longitude <> '' and latitude <> ''"
        " and school_id in (select school_id from unit_schools)"
        f" and coalesce({NEWEST}, '') = '{effect}'",
        N_("Schools on the map by what the outcome of their newest decision meant for officers."),
    )  # fmt: skip
