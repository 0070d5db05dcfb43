"""One school as its page shows it: what was decided, by year, with what is not found."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.facts import absent, words
from generator.model import N_, Fact, Record, Row, Text
from generator.views import (
    Line,
    RosterYear,
    Vote,
    line,
    lines,
    of_units,
    roster_view,
    unit_subject,
    votes_of,
)
from generator.views.changes import Change, Told, of_schools
from generator.views.districts import DistrictLink, district_of
from generator.views.slices import by_school, slice_of
from generator.views.surveys import Survey, answers_by_school, survey
from generator.views.totals import in_words
from generator.views.yearly import Agreement, in_force

UNSHOWN = {"school_id", "unit_id", "source_id", "locator", "other_source_ids"}
# What pages say of a school from its row.
DETAILS = (
    *("school_id", "ncessch", "level", "grades", "address", "zip", "area", "network"),
    *("governance", "closed", "last_listed"),
)
ENROLLMENT = ("students", "school_year")
BASIS_ORDER = ("published_list", "news", "restated_from_vote", "inferred")


@dataclass(frozen=True)
class Year:
    """A school year of a unit: what is said of it and, in `words`, of all schools."""

    year: Text
    code: str
    rosters: tuple[RosterYear, ...]
    absent: Fact | None
    agreements: tuple[Agreement, ...]
    words: tuple[Text, ...]


@dataclass(frozen=True)
class Gap:
    """A value that we did not find: `code` picks the sentence, `fact` is the empty cell."""

    code: str
    fact: Fact
    about: Text | None


@dataclass(frozen=True)
class Unit:
    """A decision unit of the school: the school itself, or the campus it belongs to."""

    id: str
    name: Text
    kind: str
    match: str
    caveat: Text | None
    note: Text | None
    others: tuple[tuple[str, Text], ...]


@dataclass(frozen=True)
class Section:
    """A table without a look of its own: the rows about one school, column by column."""

    table: str
    title: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[Line, ...]


@dataclass(frozen=True)
class School:
    """A school's page. `kind` is "record" where it belongs to a unit or has answers of a survey,
    "figures" where another table has rows about it, else "short"."""

    id: str
    kind: str
    district: DistrictLink | None
    name: Text
    short_name: Text
    details: Line
    listed_now: bool
    outside: bool
    enrollment: Line | None
    names: tuple[Text, ...]
    units: tuple[Unit, ...]
    decisions: tuple[Vote, ...]
    votes: tuple[Vote, ...]
    years: tuple[Year, ...]
    feedback: tuple[Line, ...]
    alternatives: tuple[Line, ...]
    costs: tuple[Line, ...]
    sections: tuple[Section, ...]
    survey: Survey | None
    gaps: tuple[Gap, ...]
    changes: tuple[Change, ...]


def schools(record: Record, ids: Sequence[str], shared: "Shared | None" = None) -> Iterator[School]:
    """The schools of these ids in the order of the table. Takes its slices of the large tables
    once for all of them; `shared` is what all schools share, where the caller has it already."""
    shared = shared or shared_by(record)
    rows = slice_of(record, "schools", ids)
    names = by_school(slice_of(record, "school_names", ids))
    enrollments = by_school(slice_of(record, "enrollments", ids))
    answers = answers_by_school(record, ids)
    districts = district_of(record, ids)
    for row in rows:
        key = str(row["school_id"])
        said = survey(record, answers.get(key, ()), f"school/{key}")
        known = (names.get(key, ()), enrollments.get(key, ()), said, districts.get(key))
        yield school(record, row, *known, shared)


@dataclass(frozen=True)
class Shared:
    """What schools share: the newest list, agreements by school year, what changed."""

    latest: str
    agreements: Mapping[str, tuple[Agreement, ...]]
    changes: Told


def shared_by(record: Record) -> Shared:
    """What the schools of an edition share."""
    latest = str(record.tables["schools"].frame["last_listed"].max())
    return Shared(latest, in_force(record), of_schools(record))


def school(
    record: Record,
    row: Row,
    names: Sequence[Row],
    enrollments: Sequence[Row],
    said: Survey | None,
    district: DistrictLink | None,
    shared: Shared,
) -> School:
    """The view of one school."""
    key = str(row["school_id"])
    subject = f"school/{key}"
    units = record.units_of_school.get(key, ())
    votes = votes_of(record, units)
    years = tuple(years_of(record, units, shared.agreements)) if units else ()
    sections = tuple(section(record, name, (key, *units)) for name in record.plain)
    kind = "figures" if any(one.rows for one in sections) else "short"
    last = max(enrollments, key=lambda r: str(r["school_year"]), default=None)
    return School(
        id=key,
        district=district,
        kind="record" if units or said else kind,
        name=Text(str(row["name"])),
        short_name=Text(str(row["short_name"])),
        details=line(record.tables["schools"].table, row, subject, DETAILS),
        listed_now=row["last_listed"] == shared.latest and not row["closed"],
        outside=row["network"] in record.edition.outside_networks,
        enrollment=line(record.tables["enrollments"].table, last, subject, ENROLLMENT)
        if last
        else None,
        names=names_of(row, names),
        units=tuple(unit_view(record, key, unit) for unit in units),
        decisions=tuple(vote for vote in votes if vote.decides),
        votes=votes,
        years=years,
        feedback=lines(record, "feedback", of_units(record, "feedback", units)),
        alternatives=lines(record, "alternatives", of_units(record, "alternatives", units)),
        costs=lines(record, "costs", of_units(record, "costs", units)),
        sections=sections,
        survey=said,
        gaps=tuple(gaps(votes, years)),
        changes=shared.changes.get(key, ()),
    )


def section(record: Record, name: str, subjects: Sequence[str]) -> Section:
    """The rows of a table about these subjects, with the columns that a reader needs."""
    table = record.tables[name].table
    rows = [row for subject in subjects for row in record.plain[name].get(subject, ())]
    columns = [(c.name, c.title) for c in table.columns if c.name not in UNSHOWN]
    return Section(name, table.title, tuple(columns), lines(record, name, rows))


def names_of(row: Row, names: Sequence[Row]) -> tuple[Text, ...]:
    """Other names of the school, each once, without the two of its own row."""
    own = {str(row["name"]).casefold(), str(row["short_name"]).casefold()}
    seen = {str(name["name"]).casefold(): name for name in reversed(names)}
    kept = sorted(key for key in seen if key not in own)
    return tuple(Text(str(seen[key]["name"]), (str(seen[key]["source_id"]),)) for key in kept)


def unit_view(record: Record, school_id: str, unit_id: str) -> Unit:
    """The view of a unit, with the other schools that share it."""
    row = record.units[unit_id]
    link = record.unit_links[unit_id, school_id]
    return Unit(
        id=unit_id,
        name=Text(str(row["name"])),
        kind=str(row["unit_kind"]),
        match=str(link["match"]),
        caveat=words(row, "caveat") if row["caveat"] else None,
        note=words(link, "note") if link["note"] else None,
        others=tuple(
            (other, record.school_names[other])
            for other in record.schools_of_unit[unit_id]
            if other != school_id
        ),
    )


def years_of(
    record: Record, units: Sequence[str], agreements: Mapping[str, tuple[Agreement, ...]]
) -> Iterator[Year]:
    """Each school year from the first to the last of any roster, for the units of one school, with
    the agreements by school year."""
    rows = of_units(record, "rosters", units)
    whole = next((u for u in units if record.units[u]["unit_kind"] != "part"), units[0])
    for year in record.program_years:
        found = rosters_in(rows, year)
        over = not found and year >= record.over_from
        yield Year(
            year=Text(year),
            code=str(found[0]["status"] or "not_found")
            if found
            else "over"
            if over
            else "not_found",
            rosters=tuple(roster_view(record, row) for row in found),
            absent=None if found or over else no_status(whole, year),
            agreements=agreements.get(year, ())
            if found and found[0]["status"] == "in_program"
            else (),
            words=() if over else in_words(record, "schools_with_officers", year),
        )


def rosters_in(rows: Iterable[Row], year: str) -> list[Row]:
    """Those of the rows of rosters that are about a school year, the best basis first."""
    return sorted(
        (row for row in rows if row["school_year"] == year),
        key=lambda row: BASIS_ORDER.index(str(row["basis"])),
    )


def no_status(unit: str, year: str) -> Fact:
    """What stands for the status of a unit in a year that no row is about."""
    return absent(
        "roster_status",
        unit_subject(unit),
        year,
        f"select status from rosters where unit_id = '{unit}' and school_year = '{year}'",
        N_("Whether the unit was in the program: no row of ours says."),
    )


def has_gaps(record: Record, units: Sequence[str]) -> bool:
    """True where the page of a school with these units names a gap."""
    if not units:
        return False
    votes = votes_of(record, units)
    return next(gaps(votes, years_of(record, units, {})), None) is not None


def gaps(votes: Iterable[Vote], years: Iterable[Year]) -> Iterator[Gap]:
    """What is not found: decisions without outcome, date or tally, and years without a row."""
    for vote in votes:
        if not vote.decides:
            continue
        for code, fact in (("outcome", vote.outcome), ("date", vote.date)):
            if fact.value is None:
                yield Gap(code, fact, Text(vote.cycle))
        if not vote.tally and vote.body_code in ("council", ""):
            yield Gap("tally", no_tally(vote), Text(vote.cycle))
    for year in years:
        if year.absent:
            yield Gap("year", year.absent, year.year)


def no_tally(vote: Vote) -> Fact:
    """The tally that no row of ours holds."""
    return absent(
        "tally",
        unit_subject(vote.unit_id),
        vote.cycle,
        f"select count from vote_counts where vote_id = '{vote.id}'",
        N_("The votes for each option: no row of ours says."),
    )
