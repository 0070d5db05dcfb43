"""CheckedTables → the public record: joins, and which decision stood for each unit and round."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

import pandas as pd

from generator.model import (
    FIRST,
    LANG,
    NOT_OVER,
    CheckedTable,
    Edition,
    PublicTable,
    Record,
    Row,
    Table,
    Text,
    to_rows,
)

BY_UNIT = {
    "votes": "vote_date",
    "rosters": "school_year",
    "feedback": "survey_date",
    "alternatives": "school_year",
    "costs": "period",
}


def derive(checked: Mapping[str, CheckedTable], edition: Edition, language: str = "") -> Record:
    """Join the checked tables. Every table may be published: the gate stands before `data/`.

    With a `language`, the words of the data are in that one, as far as they are translated.
    """
    tables = {
        name: PublicTable(said_of(table.table, edition), by_key(table))
        for name, table in checked.items()
    }
    if language:
        first = edition.languages[0]
        tables = {name: in_language(table, language, first) for name, table in tables.items()}
    rows = {name: to_rows(tables[name].frame) for name in tables if name not in LARGE}
    votes = {
        str(row["vote_id"]): row for row in with_decides(rows["votes"], rows["decision_units"])
    }
    over = over_from(votes.get(edition.holds_today))
    return Record(
        edition=edition,
        tables=tables,
        rows={name: tuple(table) for name, table in rows.items()},
        school_names=school_names(tables["schools"].frame),
        program_years=program_years(rows["rosters"], over),
        over_from=over,
        sources={str(row["source_id"]): row for row in rows["sources"]},
        units={str(row["unit_id"]): row for row in rows["decision_units"]},
        units_of_school=pairs(rows["unit_schools"], "school_id", "unit_id"),
        unit_links={(row["unit_id"], row["school_id"]): row for row in rows["unit_schools"]},
        schools_of_unit=pairs(rows["unit_schools"], "unit_id", "school_id"),
        by_unit={
            name: in_groups(votes.values() if name == "votes" else rows[name], "unit_id", time)
            for name, time in BY_UNIT.items()
        },
        plain=plain_rows({name: tables[name].table for name in rows}, rows),
        votes=votes,
        tallies=in_groups(
            rows["vote_counts"], "vote_id", option_order(rows["question_options"], votes)
        ),
        readings=in_groups(rows["readings"], "row_key", "column"),
        questions={str(row["question_id"]): row for row in rows["questions"]},
        options={
            (str(row["question_id"]), str(row["role"]), str(row["code"])): row
            for row in sorted(rows["question_options"], key=lambda row: row["position"])
        },
    )


def said_of(table: Table, edition: Edition) -> Table:
    """The declaration with what the edition says of the table: by which law its content is public,
    and a caveat of its own."""
    own = edition.texts.get(f"caveat.{table.name}")
    return replace(
        table,
        authority=edition.texts.get(f"authority.{table.name}", table.authority),
        caveats=(*table.caveats, own) if own else table.caveats,
    )


def in_language(table: PublicTable, language: str, first: str) -> PublicTable:
    """The table with its prose in a language, the original beside it, and for a cell without a
    translation the language that it is in."""
    frame = table.frame.copy()
    for column in table.table.columns:
        if column.prose:
            words = frame[column.name]
            said = frame.get(f"{column.name}_{language}", pd.Series(pd.NA, frame.index))
            frame[column.name] = said.where(said.notna(), words)
            frame[column.name + FIRST] = words
            is_first = said.isna() & words.notna()
            frame[column.name + LANG] = [first if one else None for one in is_first]
    return PublicTable(table.table, frame)


def by_key(table: CheckedTable) -> pd.DataFrame:
    """The rows in the order of their keys, so that no page depends on the order in the file."""
    return table.frame.sort_values(list(table.table.key), kind="stable", ignore_index=True)


SUBJECTS = ("school_id", "unit_id")
LARGE = frozenset({"schools", "school_names", "enrollments", "survey_answers", "district_schools"})


def school_names(frame: pd.DataFrame) -> dict[str, Text]:
    """The name of every school by its id."""
    pairs_ = frame[["school_id", "name"]].itertuples(index=False)
    return {str(key): Text(str(name)) for key, name in pairs_}


def plain_rows(
    tables: Mapping[str, Table], rows: Mapping[str, Sequence[Row]]
) -> dict[str, dict[str, tuple[Row, ...]]]:
    """Rows of the tables without a look of their own by school or unit, in the tables' order."""
    found = {}
    for name, table in tables.items():
        keys = [column.name for column in table.columns if column.name in SUBJECTS]
        if keys and not table.own_look:
            found[name] = in_groups(rows[name], keys[0], lambda _: 0)
    return found


def over_from(today: Row | None) -> str:
    """The school year from which the vote that holds today left no officers; NOT_OVER if none."""
    if today and today["officers_after"] == 0 and today["effective_school_year"]:
        return str(today["effective_school_year"])
    return NOT_OVER


def program_years(rosters: Iterable[Row], over: str) -> tuple[str, ...]:
    """Every school year from the first that a roster row is about to the last, or to the end."""
    years = sorted(str(row["school_year"]) for row in rosters)
    # A row may be about a year after the end, and must not be lost.
    years = sorted([*years, over]) if years and over != NOT_OVER else years
    if not years:
        return ()
    first, last = int(years[0][:4]), int(years[-1][:4])
    return tuple(f"{year}-{(year + 1) % 100:02}" for year in range(first, last + 1))


def with_decides(votes: Iterable[Row], units: Iterable[Row]) -> list[Row]:
    """Each vote with `decides`: about a unit that is no part of a campus, not replaced by a later
    vote, and no mere poll of members. `facts.DECIDING` says the same in SQL."""
    parts = {row["unit_id"] for row in units if row["part_of"]}
    return [
        {
            **row,
            "decides": bool(row["unit_id"])
            and row["unit_id"] not in parts
            and not row["superseded_by"]
            and row["body"] != "council_members_poll",
        }
        for row in votes
    ]


def pairs(rows: Iterable[Row], one: str, many: str) -> dict[str, tuple[str, ...]]:
    """Values of `many` by each value of `one`, in the rows' order."""
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(str(row[one]), []).append(str(row[many]))
    return {key: tuple(values) for key, values in found.items()}


def in_groups(
    rows: Iterable[Row], key: str, order: str | Callable[[Row], object]
) -> dict[str, tuple[Row, ...]]:
    """Rows by `key` (rows without one left out), each group ordered by a column or a function."""
    by = order if callable(order) else lambda row: str(row[order] or "")
    kept = sorted((row for row in rows if row[key]), key=lambda row: (str(row[key]), by(row)))
    return {name: tuple(group) for name, group in groupby(kept, key=lambda row: str(row[key]))}


def option_order(options: Iterable[Row], votes: Mapping[str, Row]) -> Callable[[Row], object]:
    """The order of a tally's rows: as on the ballot of the vote's question."""
    places = {
        (o["question_id"], o["code"]): o["position"] for o in options if o["role"] == "option"
    }

    def place(row: Row) -> object:
        return places.get((votes[row["vote_id"]]["question_id"], row["option"]), 99)

    return place
