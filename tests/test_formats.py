"""What others wrote reads the same values back from every file of the tables.

The slow ones are imported by the tests that ask them: every process of a run collects this file.
"""

import asyncio
import csv
import io
import json
import sqlite3
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pandas as pd
import pytest

from generator import downloads
from generator.check.kinds import dtype
from generator.downloads.database import column_titles, view_name
from generator.downloads.values import Rows
from generator.downloads.workbook import ABOUT, DICTIONARY, LONGEST_NAME, MOST_ROWS, sheet_name
from generator.model import Column, Edition, Mark, Policy, Table
from generator.tables import TABLES
from generator.verify.workbook import read_sheet, sheets_in, texts_in
from tests.presenting import record_of

ROOT = Path(__file__).resolve().parents[1]
OWNERS = Table(
    name="owners",
    title="Owners",
    grain="one row per owner",
    kind="public_record",
    key=("owner_id",),
    columns=(
        Column("owner_id", "Owner", "A number, as text.", "id", required=True),
        Column("home", "Home", "Where.", "url"),
    ),
)
PETS = Table(
    name="pets",
    title="Pets, all of them",
    grain="one row per pet and year",
    kind="public_record",
    key=("pet_id", "school_year"),
    columns=(
        Column("pet_id", "Pet", "Short name.", "id", required=True),
        Column("school_year", "School year", "First.", "school_year", required=True),
        Column("name", "Name", "As called.", "text", empty=Mark.NOT_FOUND),
        Column("also", "Name", "The same title again.", "text"),
        Column("legs", "Legs", "Counted.", "count", unit="legs", empty=Mark.WITHHELD, low=0),
        Column("weight", "Weight", "Weighed.", "number", unit="kg", low=-5),
        Column("price_usd", "Price", "Paid.", "money", unit="USD"),
        Column("awake", "Awake", "Share of the day.", "share", low=0, high=1),
        Column("is_tame", "Tame", "Whether it is.", "flag", empty=Mark.NOT_REPORTED),
        Column("size", "Size", "Class.", "category", values={"s": "it's small", "l": "large"}),
        Column("born", "Born", "As far as known.", "date"),
        Column("owner_id", "Owner", "Who.", "id", refers="owners.owner_id"),
        Column(
            "keeper_id", "Keeper", "Who feeds it.", "id", required=True, refers="owners.owner_id"
        ),
        Column("other_owner_ids", "Others", "Who else.", "ids", refers="owners.owner_id"),
    ),
    caveats=("Pets move.",),
)
# What spreadsheets and readers of CSV like to take for something else.
AWKWARD = (
    *("=1+1", "+1", "-1", "@x", "＝1+1", "1e5", "0012", "1/2", "TRUE", "null", "NA", "nan", "#N/A"),
    *('Rex, "the" ñandú', "ends\\", "'quoted'", "; a\tb", "2020-07", "12,5", "👩‍🏫", "x" * 5000),
    *("http://records.example/", "{=A1}", "_x0041_", "<b>&amp;", "<r>a & b</r>"),
)
EDITION = Edition(
    "Pets of Åby, 2026", "Åby", "All pets.", "https://records.example/", ("en",), Policy(10, 10),
    words={"size.l": "very large"},
)  # fmt: skip


@dataclass(frozen=True)
class Files:
    """The files of tables in a folder, and what they were made from."""

    folder: Path
    tables: Sequence[tuple[Table, Rows]]
    stem: str

    @property
    def sqlite(self) -> Path:
        return self.folder / f"{self.stem}.sqlite"

    @property
    def xlsx(self) -> Path:
        return self.folder / f"{self.stem}.xlsx"


def awkward() -> list[tuple[Table, pd.DataFrame]]:
    pets = [
        {
            "pet_id": f"0{place}",
            "school_year": "2025-26",
            "name": name,
            "also": name[::-1].strip(),
            "keeper_id": "007",
        }
        for place, name in enumerate(AWKWARD)
    ]
    pets[0] |= {"legs": 0, "weight": -0.5, "price_usd": 1200.5, "awake": 0.000001}
    pets[1] |= {"legs_mark": "withheld", "weight": 10.0, "price_usd": 1e12, "is_tame": True}
    pets[2] |= {"legs": 10**15 - 1, "awake": 1.0, "is_tame": False, "size": "s"}
    pets[3] |= {"size": "l", "born": "2020", "owner_id": "007", "other_owner_ids": "007 1.5"}
    pets[4] |= {"born": "2020-07", "is_tame_mark": "not_found", "other_owner_ids": "1.5"}
    pets[5] |= {"born": "2020-07-14", "weight": 0.1}
    del pets[6]["name"]
    pets[6] |= {"name_mark": "not_found"}
    owners = [{"owner_id": "007", "home": "https://records.example/?a=1&b=%C3%B1"}]
    owners += [{"owner_id": "1.5"}]
    return [(OWNERS, frame(OWNERS, owners)), (PETS, frame(PETS, pets))]


def frame(table: Table, rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    types = {one.name: dtype(one) for one in downloads.published_columns(table)}
    return pd.DataFrame(
        {
            name: pd.Series(pd.array([row.get(name) for row in rows], dtype=kind))
            for name, kind in types.items()
        }
    )


def write(folder: Path, found: list[tuple[Table, pd.DataFrame]], edition: Edition) -> Files:
    """Every file of the tables but the zip."""
    tables = [table for table, _ in found]
    rows = [(table, downloads.typed(cells, table)) for table, cells in found]
    dictionary = downloads.dictionary_rows(tables)
    counts = {table.name: len(cells) for table, cells in found}
    said = downloads.Said(edition.title, ["A line."], "2026-01-02", "See {file}.")
    given = [(table, lambda cells=cells: cells) for table, cells in rows]
    filled = [downloads.Filled(table, cells, edition.words) for table, cells in given]
    made = {
        "datapackage.json": downloads.datapackage(tables, edition, counts),
        downloads.OF_ALL: downloads.group_metadata(tables, edition),
        "all.xlsx": downloads.to_xlsx(given, dictionary, said),
        "long.xlsx": downloads.to_xlsx(given, dictionary, said, long=True),
        "all.sqlite": downloads.to_sqlite(filled, dictionary),
    }
    for table, cells in found:
        made[f"{table.name}.csv"] = downloads.to_csv(cells, table)
        made[f"{table.name}{downloads.SUFFIX}"] = downloads.table_metadata(table)
    for table, cells in rows:
        made[f"{table.name}.json"] = b"".join(downloads.to_json(cells, table))
    for name, content in made.items():
        (folder / name).write_bytes(content)
    return Files(folder, rows, "all")


@pytest.fixture(scope="module", params=["awkward", "real"])
def files(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Files:
    """The files of two awkward tables, and those of all tables of the real edition."""
    folder = tmp_path_factory.mktemp("formats")
    if request.param == "awkward":
        return write(folder, awkward(), EDITION)
    record = record_of(ROOT / "data")
    found = [(public.table, public.frame) for public in record.tables.values()]
    return write(folder, found, record.edition)


@pytest.fixture
def pets(tmp_path: Path) -> Files:
    return write(tmp_path, awkward(), EDITION)


def names_of(table: Table) -> list[str]:
    return [column.name for column in downloads.published_columns(table)]


def flat(rows: Rows, flag: type = bool) -> list[list[Any]]:
    """The rows with several ids as one text, and flags as this type."""
    return [
        [" ".join(cell) if isinstance(cell, tuple) else flag(cell) if isinstance(cell, bool)
         else cell for cell in row] for row in rows
    ]  # fmt: skip


def same(found: Sequence[Sequence[Any]], expected: Sequence[Sequence[Any]]) -> None:
    """Equal rows, a flag being no number."""
    assert [list(row) for row in found] == [list(row) for row in expected]
    kinds = [[isinstance(cell, bool) for cell in row] for row in found]
    assert kinds == [[isinstance(cell, bool) for cell in row] for row in expected]


# ---- what reads and judges


def test_frictionless_finds_the_package_valid(files: Files) -> None:
    import frictionless

    report = frictionless.validate(str(files.folder / "datapackage.json"))
    assert report.valid, report.flatten(["type", "message"])[:5]
    assert len(report.tasks) == len(files.tables)


def test_frictionless_sees_a_reference_that_leads_nowhere(pets: Files) -> None:
    import frictionless

    owners = pets.folder / "owners.csv"
    owners.write_text(owners.read_text("utf-8").replace("007,", "008,"), encoding="utf-8")
    report = frictionless.validate(str(pets.folder / "datapackage.json"))
    assert {error.type for task in report.tasks for error in task.errors} == {"foreign-key"}


def test_frictionless_reads_the_values(files: Files) -> None:
    import frictionless

    package = frictionless.Package(str(files.folder / "datapackage.json"))
    for table, rows in files.tables:
        read = package.get_resource(table.name).read_rows()
        found = [[plain(row[name]) for name in names_of(table)] for row in read]
        same(found, flat(rows))


def plain(cell: Any) -> Any:
    """A decimal as a number."""
    return float(cell) if type(cell).__name__ == "Decimal" else cell


def test_csv_on_the_web_is_valid_with_its_references(files: Files) -> None:
    from csvw import CSVW

    group = CSVW(str(files.folder / downloads.OF_ALL), validate=True)
    assert group.is_valid, [str(one.message) for one in group.warnings[:5]]
    assert len(group.tables) == len(files.tables)
    assert any(one.tableSchema.foreignKeys for one in group.tables)


def test_csv_on_the_web_reads_the_values(files: Files) -> None:
    from csvw import CSVW

    for table, rows in files.tables:
        one = CSVW(str(files.folder / f"{table.name}.csv"), validate=True)
        assert one.is_valid, (table.name, [str(w.message) for w in one.warnings[:5]])
        (described,) = one.tables
        found = [[plain_csvw(row[name]) for name in names_of(table)] for row in described]
        same(found, [[list(cell) if isinstance(cell, tuple) else cell for cell in row]
                     for row in rows])  # fmt: skip


def plain_csvw(cell: Any) -> Any:
    """A value of the csvw library as ours: no number of its own kind, no empty list."""
    if isinstance(cell, list):
        return cell or None
    return str(cell) if type(cell).__name__ == "URI" else plain(cell)


def test_pandas_reads_the_csv(files: Files) -> None:
    for table, rows in files.tables:
        kinds = {one.name: dtype(one) for one in downloads.published_columns(table)}
        found = pd.read_csv(
            files.folder / f"{table.name}.csv", dtype=kinds, keep_default_na=False, na_values=[""]
        )
        same(cells_of(found), flat(rows))


def test_pandas_reads_the_json(files: Files) -> None:
    for table, rows in files.tables:
        path = files.folder / f"{table.name}.json"
        found = pd.read_json(path, dtype=False, convert_dates=False, precise_float=True)
        assert list(found) == (names_of(table) if rows else [])
        if not rows:
            continue
        kinds = {one.name: dtype(one) for one in downloads.published_columns(table)
                 if one.kind != "ids"}  # fmt: skip
        same(
            cells_of(found.astype(kinds)),
            [[list(cell) if isinstance(cell, tuple) else cell for cell in row] for row in rows],
        )


def unboxed(cell: Any) -> Any:
    """A number or a flag of numpy as one of Python."""
    return cell.item() if hasattr(cell, "item") else cell


def cells_of(found: pd.DataFrame) -> list[list[Any]]:
    columns = [
        [
            None if not isinstance(cell, list) and pd.isna(cell) else unboxed(cell)
            for cell in found[name]
        ]
        for name in found
    ]
    return [list(row) for row in zip(*columns, strict=True)]


def test_json_is_records_with_types(files: Files) -> None:
    for table, rows in files.tables:
        text = (files.folder / f"{table.name}.json").read_text("utf-8")
        found = json.loads(text)
        assert all(list(record) == names_of(table) for record in found)
        same(
            [list(record.values()) for record in found],
            [[list(cell) if isinstance(cell, tuple) else cell for cell in row] for row in rows],
        )
        assert text.count("\n") == len(rows) + 2 if rows else text == "[]\n"


def test_duckdb_reads_csv_and_json(files: Files) -> None:
    for table, rows in files.tables:
        if not rows:
            continue
        names = ", ".join(f'"{name}"' for name in names_of(table))
        path = (files.folder / f"{table.name}.csv").as_posix()
        with duckdb.connect() as base:
            found = base.execute(
                f"select {names} from read_csv('{path}', all_varchar = true, "
                "allow_quoted_nulls = false)"
            ).fetchall()
            assert found == [tuple(row) for row in text_of(files, table)]
            path = (files.folder / f"{table.name}.json").as_posix()
            kinds = ", ".join(
                f"'{one.name}': '{DUCK.get(one.kind, 'VARCHAR')}'"
                for one in downloads.published_columns(table)
            )
            again = base.execute(
                f"select {names} from read_json('{path}', columns = {{{kinds}}})"
            ).fetchall()
        same(again, [[list(cell) if isinstance(cell, tuple) else cell for cell in row]
                     for row in rows])  # fmt: skip


DUCK = {
    "count": "BIGINT", "number": "DOUBLE", "money": "DOUBLE", "share": "DOUBLE", "flag": "BOOLEAN",
    "ids": "VARCHAR[]",
}  # fmt: skip


def text_of(files: Files, table: Table) -> list[list[str | None]]:
    text = (files.folder / f"{table.name}.csv").read_text("utf-8")
    _, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    return [[cell or None for cell in row] for row in rows]


def test_sqlite_reads_typed_rows_whose_keys_hold(files: Files) -> None:
    base = sqlite3.connect(f"file:{files.sqlite}?mode=ro", uri=True)
    assert base.execute("pragma integrity_check").fetchall() == [("ok",)]
    assert base.execute("pragma foreign_key_check").fetchall() == []
    for table, rows in files.tables:
        found = base.execute(f'select * from "{table.name}" order by rowid')
        assert [column[0] for column in found.description] == names_of(table)
        same(found.fetchall(), flat(rows, int))
        keys = base.execute(f'pragma table_info("{table.name}")').fetchall()
        assert [row[1] for row in sorted(keys, key=lambda row: row[5]) if row[5]] == [*table.key]
    base.close()


def test_datasette_shows_the_rows_and_the_views(files: Files) -> None:
    from datasette.app import Datasette

    async def ask() -> dict[str, Any]:
        served = Datasette(
            [str(files.sqlite)], settings={"max_returned_rows": 10_000, "default_page_size": 10_000}
        )
        await served.invoke_startup()
        found = {}
        for table, _ in files.tables:
            answer = await served.client.get(f"/all/{table.name}.json?_shape=arrays&_size=max")
            assert answer.status_code == 200, answer.text
            found[table.name] = answer.json()["rows"]
        views = await served.client.get("/all.json")
        return {**found, "": views.json()}

    answers = asyncio.run(ask())
    for table, rows in files.tables:
        found = [row[-len(names_of(table)) :] for row in answers[table.name]]
        # Datasette sorts by the key of the table.
        key = [names_of(table).index(name) for name in table.key]
        ordered = sorted(flat(rows, int), key=lambda row: [str(row[place]) for place in key])
        same(found, ordered)
    assert sorted(one["name"] for one in answers[""]["views"]) == sorted(
        view_name(table) for table, _ in files.tables
    )
    hidden = [one["name"] for one in answers[""]["tables"] if one["hidden"]]
    assert hidden == []


def test_a_workbook_reads_back_cell_by_cell(files: Files) -> None:
    book = openpyxl.load_workbook(files.xlsx)
    assert book.sheetnames == [ABOUT, DICTIONARY, *(table.name for table, _ in files.tables)]
    for table, rows in files.tables:
        sheet = book[table.name]
        header, *found = sheet.iter_rows()
        assert [cell.value for cell in header] == names_of(table)
        same([[cell.value for cell in row] for row in found], flat(rows))
        kinds = {(cell.data_type, type(cell.value)) for row in found for cell in row}
        assert kinds <= {("s", str), ("n", int), ("n", float), ("b", bool), ("n", type(None))}
        assert sheet.freeze_panes == "A2"
        assert all(3 < dimension.width < 70 for dimension in sheet.column_dimensions.values())
        assert not any(cell.hyperlink for row in found for cell in row)


# ---- the forms themselves


def test_a_workbook_keeps_texts_even_when_a_cell_is_typed_anew(pets: Files) -> None:
    """A cell of the form “text” stays one: "0012" and "=1+1" as they are."""
    sheet = openpyxl.load_workbook(pets.xlsx)["pets"]
    names = {cell.value: cell.number_format for cell in sheet["C"][1:] if cell.value}
    assert set(names) == set(AWKWARD) - {AWKWARD[6]}
    assert set(names.values()) == {"@"}
    with zipfile.ZipFile(pets.xlsx) as archive:
        content = b"".join(archive.read(name) for name in archive.namelist())
    assert b"<f>" not in content
    assert b"hyperlink" not in content


def test_a_long_workbook_says_the_same(files: Files) -> None:
    """Its texts stand in the cells, not once for all of them."""
    shared, sheets = [], []
    for name in ("all.xlsx", "long.xlsx"):
        with zipfile.ZipFile(files.folder / name) as archive:
            texts = texts_in(archive)
            shared.append(len(texts))
            found = sheets_in(archive).items()
            sheets.append({sheet: read_sheet(archive, at, texts) for sheet, at in found})
    assert shared[0] > shared[1] == 0
    assert sheets[1] == sheets[0]
    assert all(sheets[0].values())


def test_a_table_that_no_sheet_holds_names_its_csv() -> None:
    """1,048,577 rows with the header: one more than a sheet has."""
    lonely = replace(OWNERS, columns=OWNERS.columns[:1])
    said = downloads.Said("T", [], "", "All rows stand in {file}.")
    rows: Rows = [("1",)] * (MOST_ROWS)
    book = openpyxl.load_workbook(io.BytesIO(downloads.to_xlsx([(lonely, lambda: rows)], [], said)))
    assert list(book["owners"].values) == [("All rows stand in owners.csv.",)]


def test_a_sheet_with_a_name_cut_short_names_the_whole_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(downloads.workbook, "MOST_ROWS", 1)
    name = "answers_of_students_and_parents_by_school"
    long = replace(OWNERS, name=name, columns=OWNERS.columns[:1])
    said = downloads.Said("T", [], "", "All rows stand in {file}.")
    book = openpyxl.load_workbook(
        io.BytesIO(downloads.to_xlsx([(long, lambda: [("1",)])], [], said))
    )
    assert list(book[f"{name[:28]}_2"].values) == [(f"All rows stand in {name}.csv.",)]


def test_names_of_sheets_are_short_and_each_once() -> None:
    taken: list[Any] = []
    long = "a" * 40
    for table in (long, long, "about", "history", "b" * LONGEST_NAME):
        taken.append(downloads.workbook.Sheet(sheet_name(table, taken), table, (), ()))
    names = [sheet.name for sheet in taken]
    assert names == ["a" * 28 + "_2", "a" * 28 + "_3", "about_2", "history_2", "b" * LONGEST_NAME]


def test_a_view_says_titles_and_labels(pets: Files) -> None:
    base = sqlite3.connect(pets.sqlite)
    base.row_factory = sqlite3.Row
    rows = base.execute('select * from "Pets, all of them (in words)"').fetchall()
    assert rows[2]["Size"] == "it's small"
    assert rows[3]["Size"] == "very large"
    assert (rows[1]["Legs"], rows[1]["Legs: why empty"]) == (None, "withheld")
    assert [row["Tame"] for row in rows[:3]] == [None, "yes", "no"]
    assert rows[0]["Name (also)"] == AWKWARD[0][::-1]
    assert len(rows) == len(AWKWARD)


def test_every_table_has_a_view_and_columns_of_its_own_name() -> None:
    names = [view_name(table) for table in TABLES]
    assert len({name.casefold() for name in names}) == len(names)
    assert not {name.casefold() for name in names} & {table.name for table in TABLES}
    for table in TABLES:
        titles = [title.casefold() for title in column_titles(table).values()]
        assert len(set(titles)) == len(titles), table.name


def test_a_reference_that_leads_nowhere_is_our_bug(tmp_path: Path) -> None:
    (_, owners), (_, pets) = awkward()
    with pytest.raises(ValueError, match="references lead nowhere"):
        write(tmp_path, [(OWNERS, owners[1:]), (PETS, pets)], EDITION)


def test_the_database_says_no_version_of_the_library(pets: Files) -> None:
    head = pets.sqlite.read_bytes()[:100]
    assert head[24:28] == head[92:96] == (1).to_bytes(4, "big")
    assert int.from_bytes(head[96:100], "big") == 3_040_000
    assert int.from_bytes(head[16:18], "big") == 4096


def test_a_zip_has_no_clock_and_one_folder() -> None:
    made = downloads.to_zip([("b.txt", [b"t", b"wo"]), ("a.txt", [b"one" * 99])], "pets")
    assert made == downloads.to_zip([("b.txt", [b"two"]), ("a.txt", [b"one" * 99])], "pets")
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.testzip() is None
        found = {one.filename: (one.date_time, one.create_system, one.external_attr >> 16)
                 for one in archive.infolist()}  # fmt: skip
        assert archive.read("pets/a.txt") == b"one" * 99
    assert found == dict.fromkeys(
        ["pets/b.txt", "pets/a.txt"], ((1980, 1, 1, 0, 0, 0), 3, 0o100644)
    )


def test_no_table_has_the_name_of_another_address_of_the_data_folder() -> None:
    taken = {"latest", "releases", "dictionary", "facts", "translations", "about"}
    assert not {table.name for table in TABLES} & taken
