"""What was in force in a school year, as far as dates are known: from September to August."""

from collections.abc import Sequence
from dataclasses import dataclass

from generator.facts import counted, sources_of
from generator.model import N_, Fact, Record, Row, Text
from generator.views import Line, line, lines
from generator.views.matrix import AGREEMENT, in_time

NAMED = N_("made for this school year")
WHOLE, PARTLY = N_("in force for all of it"), N_("in force for a part of it")
BEGAN = N_("begun by its end; the last day in force is not found")
ENDED = N_("in force on a day in it or later; the first day in force is not found")
ADOPTED = N_("adopted by its end; the days in force are not found")
# What binds somebody; a review or a presentation is in force at no time.
BINDING = ("agreement", "decree", "law", "order", "resolution")
_KINDS = ", ".join(f"'{kind}'" for kind in BINDING)
TOPIC = "agreement_in_force"
SEPTEMBER = 9


@dataclass(frozen=True)
class InForce:
    """One text in one school year, and how it stood then."""

    text: Line
    state: Fact


@dataclass(frozen=True)
class Year:
    """A school year: its agreements, other texts, and how many agreements are found for it."""

    year: str
    words: Text
    count: Fact
    agreements: tuple[InForce, ...]
    others: tuple[InForce, ...]


@dataclass(frozen=True)
class Years:
    """Every school year, texts of which no date is found, and what texts say of the matter."""

    years: tuple[Year, ...]
    undated: tuple[Line, ...]
    said: tuple[Line, ...]


def years(record: Record) -> Years:
    """Every school year from the first date of an agreement to the last year of the program."""
    rows = [row for row in in_time(record) if row["agreement_kind"] in BINDING]
    table = record.tables["agreements"].table
    said = [row for row in record.rows["terms"] if row["topic"] == TOPIC]
    return Years(
        tuple(year_of(record, year, rows) for year in all_years(record, rows)),
        tuple(line(table, row) for row in rows if not any(dates_of(row))),
        lines(record, "terms", said),
    )


def all_years(record: Record, rows: Sequence[Row]) -> list[str]:
    """The school years that a date of an agreement, or the program, is in, and those between."""
    known = set(record.program_years)
    for row in rows:
        if row["agreement_kind"] == AGREEMENT:
            known |= {
                school_year(str(date)) if len(str(date)) > len("2020-21") else str(date)
                for date in (row["school_year"], row["starts_on"], row["ends_on"])
                if date and len(str(date)) >= len("2020-21")
            }
    if not known:
        return []
    first, last = int(min(known)[:4]), int(max(known)[:4])
    return [name_of(year) for year in range(first, last + 1)]


def school_year(day: str) -> str:
    """The school year of an ISO day."""
    return name_of(int(day[:4]) - (int(day[5:7]) < SEPTEMBER))


def name_of(year: int) -> str:
    """The school year that begins in a year."""
    return f"{year}-{(year + 1) % 100:02}"


def year_of(record: Record, year: str, rows: Sequence[Row]) -> Year:
    """One school year."""
    found = [(row, state) for row in rows if (state := state_of(row, year))]
    own = [row for row, _ in found if row["agreement_kind"] == AGREEMENT]
    table = record.tables["agreements"].table
    count = counted(
        "agreements_in_force", "district", year, own, table,
        f"select count(*) from agreements a where a.agreement_kind = '{AGREEMENT}'"
        f" and {state_sql(year)} <> ''",
        formula=N_("Agreements made for the school year, or in force in it as far as is known."),
        unit="",
    )  # fmt: skip
    shown = [(row, InForce(line(table, row), fact_of(row, year, state))) for row, state in found]
    return Year(
        year, Text(year), count,
        tuple(one for row, one in shown if row["agreement_kind"] == AGREEMENT),
        tuple(one for row, one in shown if row["agreement_kind"] != AGREEMENT),
    )  # fmt: skip


def fact_of(row: Row, year: str, state: str) -> Fact:
    """How a text stood in a school year."""
    key = str(row["agreement_id"])
    return Fact(
        id=f"in_force.agreement/{key}.{year}", subject=f"agreement/{key}", measure="in_force",
        period=year, value=state, kind="text", label=state,
        formula=N_("How the dates of the text lie to the school year, from September to August."),
        expression=f"sql: select {state_sql(year)} from agreements a where a.agreement_id = '{key}'"
        f" and a.agreement_kind in ({_KINDS})",
        inputs=(f"agreements/{key}",), sources=sources_of(row),
    )  # fmt: skip


def dates_of(row: Row) -> tuple[str, str, str, str]:
    """The school year of a text, its days of adoption, beginning and end, "" where not found."""
    names = ("school_year", "adopted_on", "starts_on", "ends_on")
    own, adopted, starts, ends = (str(row[name] or "") for name in names)
    return own, adopted, starts, ends


def state_of(row: Row, year: str) -> str:
    """How a text stood in a school year, "" where nothing says that it did; `state_sql` says the
    same. A date that is not known to the day counts only where each day that it may be would."""
    own, adopted, starts, ends = dates_of(row)
    first, last = bounds(year)
    if own:
        return NAMED if own == year else ""
    begun, ended = latest(starts or adopted) <= last, earliest(ends) < first
    if starts and ends and begun and not ended:
        whole = latest(starts) <= first and earliest(ends) >= last
        return WHOLE if whole else PARTLY
    if starts and not ends and begun:
        return BEGAN
    if ends and not starts and not ended:
        return ENDED
    return ADOPTED if adopted and not (starts or ends) and begun else ""


def bounds(year: str) -> tuple[str, str]:
    """The first and the last day of a school year."""
    return f"{year[:4]}-09-01", f"{int(year[:4]) + 1}-08-31"


def latest(date: str) -> str:
    """The latest day that a date may be; within a month any day will do."""
    return (date + "-12-31")[:10]


def earliest(date: str) -> str:
    """The earliest day that a date may be."""
    return (date + "-01-01")[:10]


def state_sql(year: str) -> str:
    """The value of `state_of` for the agreement `a`, "" where nothing says so."""
    first, last = bounds(year)
    starts = "substr(a.starts_on || '-12-31', 1, 10)"
    adopted = "substr(a.adopted_on || '-12-31', 1, 10)"
    ends = "substr(a.ends_on || '-01-01', 1, 10)"
    span = f"{starts} <= '{last}' and {ends} >= '{first}'"
    return (
        f"case when a.school_year = '{year}' then '{NAMED}' when a.school_year <> '' then ''"
        " when a.starts_on <> '' and a.ends_on <> '' then"
        f" case when {span} and {starts} <= '{first}' and {ends} >= '{last}' then '{WHOLE}'"
        f" when {span} then '{PARTLY}' else '' end"
        f" when a.starts_on <> '' then case when {starts} <= '{last}' then '{BEGAN}' else '' end"
        f" when a.ends_on <> '' then case when {ends} >= '{first}' then '{ENDED}' else '' end"
        f" when a.adopted_on <> '' and {adopted} <= '{last}' then '{ADOPTED}' else '' end"
    )
