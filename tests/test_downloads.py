"""The published files say what the tables say, and read back as the same values."""

import csv
import io
import json
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.check.kinds import dtype, parse
from generator.downloads import (
    FACT_COLUMNS,
    datapackage,
    dictionary_csv,
    dictionary_rows,
    fact_line,
    fact_lines,
    published_columns,
    to_csv,
)
from generator.model import Column, Edition, Fact, Mark, Policy, Table
from generator.tables import SCHEMA_VERSION, TABLES

PETS = Table(
    name="pets",
    title="Pets",
    grain="one row per pet",
    kind="public_record",
    authority="The register of pets.",
    key=("pet_id",),
    columns=(
        Column("pet_id", "Pet", "Short name.", "id", required=True),
        Column("name", "Name", "As called.", "text", empty=Mark.NOT_FOUND),
        Column("legs", "Legs", "Counted.", "count", unit="legs", low=0, high=8),
        Column("weight", "Weight", "Weighed.", "number", unit="kg", empty=Mark.NOT_REPORTED),
        Column("price_usd", "Price", "Paid.", "money", unit="USD"),
        Column("awake", "Awake", "Share of the day.", "share", low=0, high=1),
        Column("is_tame", "Tame", "Whether it is.", "flag"),
        Column("size", "Size", "Class.", "category", values={"s": "small", "l": "large"}),
        Column("born", "Born", "As far as known.", "date"),
        Column("school_year", "School year", "First.", "school_year"),
        Column("friends", "Friends", "Other pets.", "ids", refers="pets.pet_id"),
        Column("mother", "Mother", "A pet.", "id", refers="pets.pet_id"),
        Column("owner", "Owner", "A person's number.", "id", refers="owners.owner_id"),
    ),
    caveats=("Pets move.",),
)
EDITION = Edition(
    "Pets of Åby, 2026", "Åby", "All pets.", "https://example.org/", ("en",), Policy(10, 10)
)


def frame(table: Table, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Rows as the check hands them on: typed columns, marks as text."""
    types = {column.name: dtype(column) for column in published_columns(table)}
    return pd.DataFrame(
        {
            name: pd.Series(pd.array([row.get(name) for row in rows], dtype=kind))
            for name, kind in types.items()
        }
    )


def read(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline=""), strict=True))


def test_the_bytes_of_a_table() -> None:
    rex = {"pet_id": "rex", "name": 'Rex, "the" ñandú', "legs": 4, "weight": 10.0}
    rex |= {"price_usd": 1200.5, "awake": 0.1, "is_tame": True, "friends": "tom kim"}
    tom = {"pet_id": "tom", "name_mark": "withheld", "legs": 0, "weight_mark": "not_reported"}
    tom |= {"awake": 0.000001, "is_tame": False, "born": "2020-07", "school_year": "2025-26"}
    assert to_csv(frame(PETS, [rex, tom]), PETS).decode() == (
        "pet_id,name,name_mark,legs,weight,weight_mark,price_usd,awake,is_tame,size,born,"
        "school_year,friends,mother,owner\n"
        'rex,"Rex, ""the"" ñandú",,4,10,,1200.5,0.1,true,,,,tom kim,,\n'
        "tom,,withheld,0,,not_reported,,0.000001,false,,2020-07,2025-26,,,\n"
    )


def test_a_table_without_rows_has_its_header() -> None:
    assert to_csv(frame(PETS, []), PETS).startswith(b"pet_id,name,name_mark,")
    assert to_csv(frame(PETS, []), PETS).count(b"\n") == 1


def test_only_declared_columns_are_published_in_declared_order() -> None:
    known = frame(PETS, [{"pet_id": "rex", "legs": 4}])
    joined = known.assign(owner_name="Somebody")[["owner_name", *reversed(known.columns)]]
    assert to_csv(joined, PETS) == to_csv(known, PETS)
    with pytest.raises(KeyError, match="legs"):
        to_csv(known.drop(columns="legs"), PETS)


def test_a_count_that_a_join_made_a_float_is_whole() -> None:
    plain = pd.DataFrame({"pet_id": ["a", "b", "c"], "legs": [4.0, float("nan"), -0.0]})
    table = replace(PETS, columns=(PETS.columns[0], PETS.columns[2]))
    assert to_csv(plain, table) == b"pet_id,legs\na,4\nb,\nc,0\n"


def test_an_infinite_number_is_our_bug() -> None:
    with pytest.raises(ValueError, match="an infinite number"):
        to_csv(frame(PETS, [{"pet_id": "rex", "weight": float("inf")}]), PETS)


any_character = st.characters(codec="utf-8")
words = st.text(st.one_of(st.sampled_from(',"\n\r; =-'), any_character), min_size=1)
plain_words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1)
floats = st.floats(allow_nan=False, allow_infinity=False)
marks = st.sampled_from(list(Mark))


def rows_of(
    text: st.SearchStrategy[str], number: st.SearchStrategy[float]
) -> st.SearchStrategy[list[dict[str, Any]]]:
    return st.lists(
        st.fixed_dictionaries(
            {"pet_id": text},
            optional={
                "name": text,
                "name_mark": marks,
                "legs": st.integers(-(2**63), 2**63 - 1),
                "weight": number,
                "price_usd": number,
                "awake": st.floats(0, 1),
                "is_tame": st.booleans(),
                "size": st.sampled_from(["s", "l"]),
                "friends": text,
            },
        ),
        max_size=5,
    )


READERS = {"legs": int, "weight": float, "price_usd": float, "awake": float}


@given(rows_of(words, floats))
def test_the_csv_module_reads_the_same_values(rows: list[dict[str, Any]]) -> None:
    found = read(to_csv(frame(PETS, rows), PETS))
    assert len(found) == len(rows)
    for cells, row in zip(found, rows, strict=True):
        for name, text in cells.items():
            value = row.get(name)
            if isinstance(value, bool):
                assert text == str(value).lower()
            elif value is None:
                assert text == ""
            else:
                assert READERS.get(name, str)(text) == value


# Beyond what a column may hold pandas itself fails: it takes a float of 2**64 for an unsigned int.
@given(rows_of(plain_words, st.floats(-1e15, 1e15)))
def test_pandas_reads_the_same_table(rows: list[dict[str, Any]]) -> None:
    table = frame(PETS, rows)
    again = pd.read_csv(
        io.BytesIO(to_csv(table, PETS)),
        dtype=dict(table.dtypes),
        keep_default_na=False,
        na_values=[""],
    )
    pd.testing.assert_frame_equal(again, table, check_exact=True)


@given(
    st.fixed_dictionaries(
        {
            "legs": st.integers(0, 10**15 - 1),
            "weight": st.decimals(-(10**6), 10**6, places=6).map(float),
            "price_usd": st.decimals(-(10**9), 10**9, places=2).map(float),
            "awake": st.decimals(0, 1, places=6).map(float),
        }
    )
)
def test_what_is_published_may_be_read_as_input_again(row: dict[str, float]) -> None:
    unbounded = tuple(replace(column, low=None, high=None) for column in PETS.columns)
    table = replace(PETS, columns=unbounded)
    (cells,) = read(to_csv(frame(table, [row]), table))
    assert {name: parse(cells[name], table.column(name)) for name in row} == row


def test_the_dictionary_explains_every_published_column_once() -> None:
    rows = dictionary_rows(TABLES)
    published = [
        (table.name, name)
        for table in TABLES
        for name in read_header(to_csv(frame(table, []), table))
    ]
    assert [(row.table, row.column) for row in rows] == published
    assert all(row.title and row.description for row in rows)


def read_header(content: bytes) -> list[str]:
    return content.decode().splitlines()[0].split(",")


def test_the_rows_of_the_dictionary() -> None:
    rows = {row["column"]: row for row in read(dictionary_csv([PETS]))}
    assert rows["pet_id"]["required"] == "yes"
    assert rows["legs"]["unit"] == "legs"
    assert rows["size"]["allowed"] == "s: small; l: large"
    assert rows["name"]["empty_means"] == "not found"
    assert rows["legs"]["empty_means"] == ""
    assert rows["name_mark"]["title"] == "Why empty"
    assert rows["name_mark"]["allowed"].startswith("not_found: not found; withheld: withheld; ")


def test_the_dictionary_in_other_words() -> None:
    (row,) = dictionary_rows([replace(PETS, columns=PETS.columns[7:8])], str.upper)
    assert (row.table, row.column, row.title) == ("pets", "size", "SIZE")
    assert (row.description, row.allowed, row.unit) == ("CLASS.", "s: SMALL; l: LARGE", "")


def package(*tables: Table) -> dict[str, Any]:
    content = datapackage(tables, EDITION, {table.name: 7 for table in tables})
    found: dict[str, Any] = json.loads(content)
    return found


def test_a_data_package_names_the_edition_and_its_tables() -> None:
    found = package(PETS)
    (resource,) = found.pop("resources")
    assert found == {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "pets-of-by-2026",
        "title": "Pets of Åby, 2026",
        "description": "All pets.",
        "schema_version": SCHEMA_VERSION,
        "homepage": "https://example.org/",
    }
    schema = resource.pop("schema")
    assert resource == {
        "name": "pets",
        "type": "table",
        "path": "pets.csv",
        "title": "Pets",
        "description": "One row per pet. The register of pets. Pets move.",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"lineTerminator": "\n"},
        "rows": 7,
    }
    assert schema["primaryKey"] == ["pet_id"]
    assert schema["missingValues"] == [""]
    itself = {"fields": ["mother"], "reference": {"fields": ["pet_id"]}}
    assert schema["foreignKeys"] == [itself]


def test_a_data_package_says_what_a_cell_may_hold() -> None:
    (resource,) = package(PETS)["resources"]
    found = {field["name"]: field for field in resource["schema"]["fields"]}
    assert found["legs"] == {
        "name": "legs",
        "title": "Legs",
        "description": "Counted.",
        "type": "integer",
        "unit": "legs",
        "constraints": {"minimum": 0, "maximum": 8},
    }
    assert found["size"]["categories"] == [
        {"value": "s", "label": "small"},
        {"value": "l", "label": "large"},
    ]
    assert found["size"]["constraints"] == {"enum": ["s", "l"]}
    assert found["is_tame"]["trueValues"] == ["true"]
    assert found["pet_id"]["constraints"] == {"required": True}
    assert "categories" not in found["name_mark"]
    assert found["name_mark"]["constraints"]["enum"] == [mark.value for mark in Mark]


def test_the_package_has_the_columns_of_each_file_and_points_to_tables_it_holds() -> None:
    resources = {resource["name"]: resource["schema"] for resource in package(*TABLES)["resources"]}
    for table in TABLES:
        names = [field["name"] for field in resources[table.name]["fields"]]
        assert names == read_header(to_csv(frame(table, []), table))
        for key in resources[table.name].get("foreignKeys", []):
            there = resources[key["reference"].get("resource", table.name)]
            assert key["reference"]["fields"] == there["primaryKey"]


def test_two_packages_are_the_same_bytes() -> None:
    counts = {table.name: number for number, table in enumerate(TABLES)}
    backwards = dict(reversed(counts.items()))
    assert datapackage(TABLES, EDITION, counts) == datapackage(TABLES, EDITION, backwards)


def test_the_bytes_of_facts() -> None:
    facts = [
        Fact(
            id="votes_keep_share.all.2020",
            subject="all",
            measure="votes_keep_share",
            period="2020",
            value=0.25,
            kind="share",
            unit="of votes",
            n=68,
            formula="keep, divided by votes",
            expression="keep / n",
            inputs=("votes/a-2020", "votes/b-2020"),
            sources=("ssw-2020", "cps-2020"),
            first_release="2026-11",
        ),
        Fact("votes.a.seats", "a", "seats", "2020", None, "count", mark=Mark.NOT_FOUND),
        Fact("votes.a.outcome", "a", "outcome", "2020", "keep", "id"),
        Fact("votes.a.count", "a", "count", "2020", 17, "count"),
    ]
    assert fact_lines(map(fact_line, facts)).decode() == (
        f"{','.join(FACT_COLUMNS)}\n"
        "votes_keep_share.all.2020,all,votes_keep_share,2020,0.25,of votes,,68,"
        '"keep, divided by votes",keep / n,votes/a-2020 votes/b-2020,ssw-2020 cps-2020,2026-11\n'
        "votes.a.seats,a,seats,2020,,,not_found,,,,,,\n"
        "votes.a.outcome,a,outcome,2020,keep,,,,,,,,\n"
        "votes.a.count,a,count,2020,17,,,,,,,,\n"
    )
    assert tuple(read_header(fact_lines([]))) == FACT_COLUMNS
