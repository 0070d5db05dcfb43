"""What is known of each decision unit, period by period and table by table, and what is not."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from generator.facts import absent, cell, counted, outcome
from generator.model import N_, Fact, Mark, Record, Row, Text
from generator.views import of_units, unit_subject
from generator.views.dictionary import number_fact
from generator.views.schools import no_status, rosters_in


@dataclass(frozen=True)
class Period:
    """A column: a school year or a round, with how many units have a row, of how many."""

    name: Text
    found: Fact
    of: Fact


@dataclass(frozen=True)
class Cell:
    """What one table says of a unit and a period; `code` picks the look, `fact` is printed."""

    code: str
    fact: Fact


@dataclass(frozen=True)
class UnitLine:
    """A decision unit with its cells, in the order of the periods."""

    name: Text
    path: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Coverage:
    """One table's coverage."""

    table: str
    title: str
    periods: tuple[Period, ...]
    units: tuple[UnitLine, ...]


def coverage(record: Record) -> tuple[Coverage, ...]:
    """Coverage of rosters by school year, of votes by round, of feedback by calendar year."""
    units = sorted(_units(record), key=lambda key: str(record.units[key]["name"]).casefold())
    return tuple(
        replace(part, units=tuple(_line(record, look, unit) for unit in units))
        for part, look in zip(totals(record), looks(record), strict=True)
    )


def totals(record: Record) -> tuple[Coverage, ...]:
    """The coverage of each table without the cells of its units."""
    count = len(_units(record))
    return tuple(
        Coverage(
            look.table, record.tables[look.table].table.title,
            tuple(_period(record, look.table, count, period) for period in look.periods), (),
        )
        for look in looks(record)
    )  # fmt: skip


def _units(record: Record) -> list[str]:
    return [key for key, row in record.units.items() if row["unit_kind"] != "part"]


Looker = Callable[[Record, str, Sequence[str]], Iterator[Cell]]


@dataclass(frozen=True)
class Look:
    """A table, the periods that it is looked at by, and what finds the cells of a unit."""

    table: str
    periods: Sequence[str]
    cells: Looker


def looks(record: Record) -> tuple[Look, ...]:
    """Rosters by school year, votes by round, feedback by calendar year."""
    rounds = sorted({str(v["cycle"]) for v in record.votes.values() if v["unit_id"]})
    asked = [row for row in record.rows["feedback"] if row["survey_date"]]
    surveyed = sorted({str(row["survey_date"])[:4] for row in asked})
    return (
        Look("rosters", record.program_years, _roster_cells),
        Look("votes", rounds, _vote_cells),
        Look("feedback", surveyed, _feedback_cells),
    )


def _line(record: Record, look: Look, unit: str) -> UnitLine:
    return UnitLine(
        Text(str(record.units[unit]["name"])),
        f"schools/{record.schools_of_unit[unit][0]}/",
        tuple(look.cells(record, unit, look.periods)),
    )


WHERE = {
    "rosters": "school_year = '{period}'",
    "votes": "cycle = '{period}'",
    "feedback": "substr(survey_date, 1, 4) = '{period}'",
}


def _period(record: Record, name: str, units: int, period: str) -> Period:
    column = {"rosters": "school_year", "votes": "cycle", "feedback": "survey_date"}[name]
    whole = "unit_id in (select unit_id from decision_units where unit_kind <> 'part')"
    found = {
        row["unit_id"]
        for row in record.rows[name]
        if str(row[column] or "").startswith(period)
        and row["unit_id"]
        and record.units[str(row["unit_id"])]["unit_kind"] != "part"
    }
    return Period(
        Text(period),
        number_fact(
            "units_with_row", f"district/{name}", period, len(found),
            f"select count(distinct unit_id) from {name} where {WHERE[name].format(period=period)}"
            f" and {whole}",
            N_("Decision units of which the table has a row for the period."),
        ),
        number_fact(
            "units", "district", "all", units,
            "select count(*) from decision_units where unit_kind <> 'part'",
            N_("Decision units with any record, parts of a campus not counted."),
        ),
    )  # fmt: skip


def _roster_cells(record: Record, unit: str, periods: Sequence[str]) -> Iterator[Cell]:
    rows, table = of_units(record, "rosters", (unit,)), record.tables["rosters"].table
    for period in periods:
        if found := rosters_in(rows, period):
            best = found[0]
            status = cell(table, best, "status", unit_subject(unit))
            yield Cell(str(best["status"] or "not_found"), status)
        elif period >= record.over_from:
            yield Cell("over", _nothing(record, "rosters", unit, period, Mark.NOT_APPLICABLE))
        else:
            yield Cell("not_found", no_status(unit, period))


def _vote_cells(record: Record, unit: str, periods: Sequence[str]) -> Iterator[Cell]:
    deciding = [vote for vote in record.by_unit["votes"].get(unit, ()) if vote["decides"]]
    # By round: a vote whose day is not found would come before all others.
    votes = sorted(deciding, key=lambda vote: str(vote["cycle"]))
    return (_vote_cell(record, unit, period, votes) for period in periods)


def _vote_cell(record: Record, unit: str, period: str, votes: Sequence[Row]) -> Cell:
    for vote in votes:
        if vote["cycle"] == period:
            fact = outcome(record, vote, unit_subject(unit))
            return Cell(_effect(record, vote) or "not_found", fact)
    before = [vote for vote in votes if str(vote["cycle"]) < period]
    ended = bool(before) and _effect(record, before[-1]) == "remove"
    mark = Mark.NOT_APPLICABLE if ended else Mark.NOT_FOUND
    return Cell("over" if ended else "not_found", _nothing(record, "votes", unit, period, mark))


def _effect(record: Record, vote: Row) -> str:
    option = record.options.get((str(vote["question_id"]), "outcome", str(vote["outcome"])))
    return str(option["effect"]) if option else ""


def _feedback_cells(record: Record, unit: str, periods: Sequence[str]) -> Iterator[Cell]:
    return (_feedback_cell(record, unit, period) for period in periods)


def _feedback_cell(record: Record, unit: str, period: str) -> Cell:
    rows = [
        row
        for row in record.by_unit["feedback"].get(unit, ())
        if str(row["survey_date"] or "").startswith(period)
    ]
    if not rows:
        nothing = _nothing(record, "feedback", unit, period, Mark.NOT_FOUND)
        return Cell("not_found", nothing)
    fact = counted(
        "feedback_rows", unit_subject(unit), period, rows, record.tables["feedback"].table,
        f"select count(*) from feedback where unit_id = '{unit}'"
        f" and {WHERE['feedback'].format(period=period)}",
        formula=N_("Rows of feedback about the unit."), unit=N_("rows"),
    )  # fmt: skip
    return Cell("found", fact)


def _nothing(record: Record, name: str, unit: str, period: str, mark: Mark) -> Fact:
    """An empty cell of the coverage: no row of the table is about the unit and the period."""
    column = record.tables[name].table.columns[0].name
    fact = absent(
        f"{name}_row", unit_subject(unit), period,
        f"select {column} from {name} where unit_id = '{unit}'"
        f" and {WHERE[name].format(period=period)}",
        N_("A row of the table about the unit and the period: there is none."),
    )  # fmt: skip
    return replace(fact, mark=mark)


@dataclass(frozen=True)
class Strip:
    """What one table says of one unit: a cell for each period, in order."""

    title: str
    cells: tuple[tuple[Text, Cell], ...]


def strips(record: Record, unit: str, looks: Iterable[Look]) -> tuple[Strip, ...]:
    """What every table with a period at all says of a unit; nothing of a part of a campus."""
    if record.units[unit]["unit_kind"] == "part":
        return ()
    return tuple(_strip(record, unit, look) for look in looks if look.periods)


def _strip(record: Record, unit: str, look: Look) -> Strip:
    names, cells = map(Text, look.periods), look.cells(record, unit, look.periods)
    return Strip(record.tables[look.table].table.title, tuple(zip(names, cells, strict=True)))
