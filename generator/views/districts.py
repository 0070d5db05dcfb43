"""Districts and states of an edition about more than one district: their schools, and what was told
about police officers at them, added up by one rule at each level."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import pandas as pd

from generator.facts import cell
from generator.model import N_, Fact, Record, Row, Text, to_rows
from generator.views import cell_or_text
from generator.views.slices import rows_about

# What is counted of the schools of a place: its measure, its words, the rows that count.
COUNTED = {
    "told": (N_("Schools whose number of police officers was told."), "police <> ''"),
    "present": (
        N_("Schools that are said to have police officers."),
        "police <> '' and police + 0 > 0",
    ),
    "not_told": (N_("Schools in the collection whose number is blank."), "police = ''"),
}
OFFICERS = N_("Police officers told, in full-time equivalents, without numbers in doubt.")
LISTED = N_("Schools that the list gives to the place.")
FULL_TIME = N_("full-time equivalents")


@dataclass(frozen=True)
class Told:
    """What districts told for a school year about the schools of a place. `officers` leaves out
    numbers in doubt, and is None where no number is left."""

    year: Text
    told: Fact
    present: Fact
    not_told: Fact
    officers: Fact | None


@dataclass(frozen=True)
class DistrictLink:
    """A district by its page, with its state; `key` is the state's in its address."""

    id: str
    key: str
    name: Text
    state: Text
    sources: tuple[str, ...]


@dataclass(frozen=True)
class DistrictSchool:
    """A school in the list of its district; `police` None where the collection has no row of it."""

    id: str
    name: Text
    grades: Fact | Text | None
    police: Fact | None
    in_doubt: bool


@dataclass(frozen=True)
class District:
    """A district's page; `rows` are empty in the list of its state."""

    link: DistrictLink
    schools: Fact
    told: tuple[Told, ...]
    rows: tuple[DistrictSchool, ...]


@dataclass(frozen=True)
class State:
    """A state's page; `key` stands in its address."""

    key: str
    name: Text
    schools: Fact
    told: tuple[Told, ...]
    districts: tuple[District, ...]


@dataclass(frozen=True)
class Counts:
    """The schools of each place, and what was told of them by school year."""

    schools: Mapping[str, int]
    told: Mapping[str, Sequence[tuple[str, Row]]]


def has_districts(record: Record) -> bool:
    """False for an edition about one district."""
    return {"districts", "district_schools"} <= record.tables.keys()


def district_ids(record: Record) -> list[str]:
    """All districts, in the order of their ids; none in an edition about one."""
    return list(record.tables["districts"].frame["district_id"]) if has_districts(record) else []


def links(record: Record, ids: Collection[str]) -> dict[str, DistrictLink]:
    """These districts by their ids."""
    if not ids:
        return {}
    some = rows_about(record.tables["districts"], "district_id", ids)
    frame = some[["district_id", "name", "state", "source_id"]]
    return {
        str(key): DistrictLink(
            str(key), state_key(str(state)), Text(str(name)), Text(str(state)), (str(source),)
        )
        for key, name, state, source in frame.itertuples(index=False)
    }


def state_key(state: str) -> str:
    """A state in an address."""
    return state.casefold().replace(" ", "-")


def district_of(record: Record, schools: Sequence[str]) -> dict[str, DistrictLink]:
    """The district of each of these schools, by the school's id."""
    if not has_districts(record):
        return {}
    some = rows_about(record.tables["district_schools"], "school_id", schools)
    known = links(record, set(some["district_id"]))
    return {
        str(school): known[str(district)]
        for school, district in zip(some["school_id"], some["district_id"], strict=True)
    }


def placed(record: Record) -> pd.DataFrame:
    """Each school with its district and its state."""
    districts = record.tables["districts"].frame[["district_id", "state"]]
    schools = record.tables["district_schools"].frame[["school_id", "district_id"]]
    return schools.merge(districts, on="district_id")


def staffed(record: Record, places: pd.DataFrame) -> pd.DataFrame:
    """What was told of each school and school year, with its district and its state."""
    public = record.tables.get("staffing")
    if public is None:
        return pd.DataFrame(columns=[*places.columns, "school_year", "police", "doubt"])
    return public.frame[["school_id", "school_year", "police", "doubt"]].merge(
        places, on="school_id"
    )


def counts(record: Record, by: str) -> Counts:
    """The counts by `district_id` or by `state`."""
    places = placed(record)
    rows = staffed(record, places)
    police = rows["police"].astype("Float64")
    sure = police.where(rows["doubt"].isna())
    flags = pd.DataFrame(
        {
            "told": police.notna(), "present": (police > 0).fillna(False),
            "not_told": police.isna(), "officers": sure.fillna(0), "sure": sure.notna(),
        }
    )  # fmt: skip
    found = flags.groupby([rows[by], rows["school_year"]]).sum()
    told: dict[str, list[tuple[str, Row]]] = {}
    for (place, year), row in zip(found.index, to_rows(found), strict=True):
        told.setdefault(str(place), []).append((str(year), row))
    schools = {str(place): int(count) for place, count in places[by].value_counts().items()}
    return Counts(schools, told)


def listed_fact(found: Counts, place: str, subject: str, where: str) -> Fact:
    """How many schools the list gives to a place."""
    return Fact(
        id=f"schools.{subject}.all", subject=subject, measure="schools", period="all",
        value=found.schools.get(place, 0), kind="count", formula=LISTED,
        expression="sql: select count(*) from district_schools join districts"
        f" using (district_id) where {where}",
    )  # fmt: skip


def told_of(found: Counts, place: str, subject: str, where: str) -> Iterator[Told]:
    """What was told of the schools of a place, school year by school year."""
    for year, row in found.told.get(place, ()):
        rows = (
            "from staffing join district_schools using (school_id) join districts"
            f" using (district_id) where {where} and school_year = '{year}'"
        )
        count = partial(counted, subject, year, row, rows)
        yield Told(
            Text(year), count("told"), count("present"), count("not_told"),
            officers(subject, year, row, rows),
        )  # fmt: skip


def counted(subject: str, year: str, row: Row, rows: str, measure: str) -> Fact:
    """How many schools of a place are of one sort."""
    words, which = COUNTED[measure]
    return Fact(
        id=f"police_{measure}.{subject}.{year}", subject=subject, measure=f"police_{measure}",
        period=year, value=int(row[measure]), kind="count", formula=words,
        expression=f"sql: select count(*) {rows} and {which}",
    )  # fmt: skip


def officers(subject: str, year: str, row: Row, rows: str) -> Fact | None:
    """The police officers of a place, added up."""
    if not row["sure"]:
        return None
    return Fact(
        id=f"police_officers.{subject}.{year}", subject=subject, measure="police_officers",
        period=year, value=round(float(row["officers"]), 2), kind="number", unit=FULL_TIME,
        formula=OFFICERS,
        expression=f"sql: select round(sum(police), 2) {rows} and police <> '' and doubt = ''",
    )  # fmt: skip


@dataclass(frozen=True)
class Districts:
    """What all pages of districts and states are made from, computed once."""

    links: Mapping[str, DistrictLink]
    by_district: Counts
    by_state: Counts


def districts(record: Record) -> Districts:
    """All that the pages of districts share."""
    found = links(record, district_ids(record))
    return Districts(found, counts(record, "district_id"), counts(record, "state"))


def state_views(shared: Districts) -> Iterator[State]:
    """The states with their districts, in the order of their names."""
    grouped: dict[str, list[DistrictLink]] = {}
    for link in shared.links.values():
        grouped.setdefault(link.state.value, []).append(link)
    for name, found in sorted(grouped.items()):
        key = state_key(name)
        subject, where = f"state/{key}", f"state = '{quoted(name)}'"
        ordered = sorted(found, key=lambda link: (link.name.value.casefold(), link.id))
        yield State(
            key, Text(name), listed_fact(shared.by_state, name, subject, where),
            tuple(told_of(shared.by_state, name, subject, where)),
            tuple(district_view(shared, link, ()) for link in ordered),
        )  # fmt: skip


def district_view(
    shared: Districts, link: DistrictLink, rows: Sequence[DistrictSchool]
) -> District:
    """A district with its numbers, and the schools where its own page shows them."""
    subject, where = f"district/{link.id}", f"district_id = '{link.id}'"
    return District(
        link, listed_fact(shared.by_district, link.id, subject, where),
        tuple(told_of(shared.by_district, link.id, subject, where)), tuple(rows),
    )  # fmt: skip


def district_views(record: Record, shared: Districts, ids: Sequence[str]) -> Iterator[District]:
    """The districts of these ids with their schools by name; one pass over the tables for all."""
    members = record.tables["district_schools"].frame
    of = dict(members[members["district_id"].isin(ids)][["school_id", "district_id"]].to_numpy())
    found: dict[str, list[DistrictSchool]] = {key: [] for key in ids}
    schools = record.tables["schools"]
    told = latest_told(record, of)
    for row in to_rows(rows_about(schools, "school_id", of)):
        key = str(row["school_id"])
        found[of[key]].append(listed_school(record, row, told.get(key)))
    for key in ids:
        rows = sorted(found[key], key=lambda one: (one.name.value.casefold(), one.id))
        yield district_view(shared, shared.links[key], rows)


def latest_told(record: Record, schools: Mapping[str, str]) -> dict[str, Row]:
    """The newest row of the collection about each of these schools."""
    public = record.tables.get("staffing")
    if public is None:
        return {}
    rows = to_rows(rows_about(public, "school_id", schools))
    ordered = sorted(rows, key=lambda row: str(row["school_year"]))
    return {str(row["school_id"]): row for row in ordered}


def listed_school(record: Record, row: Row, told: Row | None) -> DistrictSchool:
    """A school in the list of its district."""
    key = str(row["school_id"])
    subject = f"school/{key}"
    return DistrictSchool(
        key, Text(str(row["name"])),
        cell_or_text(record.tables["schools"].table, row, "grades", subject),
        cell(record.tables["staffing"].table, told, "police", subject) if told else None,
        bool(told and told["doubt"]),
    )  # fmt: skip


def quoted(text: str) -> str:
    """A text inside the quotes of SQL."""
    return text.replace("'", "''")
