"""verify sees every falsehood in the files of all tables, although the manifest fits."""

import json
import re
import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from generator.verify import verify
from tests.mutations import remake
from tests.shared import small

NAME = "an-invented-record"
Change = Callable[[Path], None]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the small edition; nobody changes it."""
    return small(tmp_path_factory) / "site"


@pytest.fixture
def data(built: Path, copied: Callable[[Path], Path]) -> Path:
    """The data folder of a copy of the site, to falsify."""
    return copied(built) / "data"


def swap(name: str, old: str, new: str) -> Change:
    """Other words in a file of text."""

    def change(data: Path) -> None:
        text = (data / name).read_text("utf-8")
        assert old in text
        (data / name).write_bytes(text.replace(old, new, 1).encode())

    return change


def packed(name: str, inner: str, old: bytes, new: bytes, *, all_parts: bool = False) -> Change:
    """Other bytes in a file of a zip, whose name ends with `inner`."""

    def change(data: Path) -> None:
        with ZipFile(data / name) as archive:
            files = {one: archive.read(one) for one in archive.namelist()}
        (part,) = (one for one in files if one.endswith(inner))
        assert old in files[part]
        files[part] = files[part].replace(old, new, -1 if all_parts else 1)
        rezip(data / name, files)

    return change


def rezip(path: Path, files: Mapping[str, bytes]) -> None:
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)


def without(name: str, inner: str) -> Change:
    """A zip that lacks a file."""

    def change(data: Path) -> None:
        with ZipFile(data / name) as archive:
            files = {one: archive.read(one) for one in archive.namelist() if inner not in one}
        rezip(data / name, files)

    return change


def sql(*statements: str) -> Change:
    """Another database."""

    def change(data: Path) -> None:
        base = sqlite3.connect(data / f"{NAME}.sqlite")
        for statement in statements:
            base.execute(statement)
        base.commit()
        base.close()

    return change


def gone(name: str) -> Change:
    """A file that is not there."""
    return lambda data: (data / name).unlink()


def described(name: str, change: Callable[[dict], None]) -> Change:
    """Another description."""

    def changed(data: Path) -> None:
        found = json.loads((data / name).read_bytes())
        change(found)
        (data / name).write_text(json.dumps(found), encoding="utf-8")

    return changed


def first_column(key: str, value: object) -> Callable[[dict], None]:
    return lambda found: found["tableSchema"]["columns"][0].update({key: value})


ROSTERS = f"xl/worksheets/sheet{13}.xml"  # about, dictionary, then the tables in reading order
FALSEHOODS: Mapping[str, tuple[Change, str]] = {
    "a number in JSON": (
        swap("vote_counts.json", '"count":7', '"count":8'), "vote_counts.json: cell"),
    "a number in JSON as text": (
        swap("vote_counts.json", '"count":7', '"count":"7"'), "vote_counts.json: cell"),
    "a flag in JSON as a number": (
        swap("schools.json", '"is_high_school":true', '"is_high_school":1'), "schools.json: cell"),
    "a mark in JSON": (
        swap("votes.json", '"outcome_mark":"not_found"', '"outcome_mark":null'),
        "votes.json: cell"),
    "a zero of an id in JSON": (
        swap("schools.json", '"000104"', '"104"'), "schools.json: cell"),
    "a column in JSON": (swap("votes.json", '"seats":', '"chairs":'), "votes.json: other columns"),
    "no JSON": (swap("votes.json", "[", "{"), "votes.json: can't be read"),
    "JSON gone": (gone("votes.json"), "votes.json: can't be read"),
    "a number in the database": (
        sql("update vote_counts set count = 8 where count = 7"), "sqlite: vote_counts: cell"),
    "a text in the database that was a number": (
        sql("update rosters set officers = 'two' where officers = 2"), "sqlite: rosters: cell"),
    "a row of the database": (
        sql("delete from readings"), "sqlite: readings: rows"),
    "a reference of the database": (
        sql("update rosters set source_id = 'nowhere'"), "a reference that leads nowhere"),
    "a table of the database": (sql("create table more (a)"), "sqlite: tables"),
    "a view of the database": (
        sql('drop view "Questions (in words)"'), "sqlite: views of questions"),
    "a label in a view": (
        sql("pragma writable_schema = 1",
            "update sqlite_schema set sql = replace(sql, 'School council', 'Board') "
            "where name like 'Votes and%'"),
        "sqlite: Votes and decisions (in words): cell"),
    "the dictionary of the database": (
        sql("update dictionary set title = 'Other' where \"column\" = 'seats'"),
        "sqlite: dictionary: cell"),
    "no keys in the database": (
        sql("create table copy as select * from costs", "drop view \"Costs (in words)\"",
            "drop table costs", "alter table copy rename to costs"),
        "sqlite: references of costs"),
    "no database": (
        lambda data: (data / f"{NAME}.sqlite").write_bytes(b"no database" * 99) and None,
        "sqlite: can't be read"),
    "a number in the workbook": (
        packed(f"{NAME}.xlsx", ROSTERS, b"<v>2</v></c>", b"<v>3</v></c>"), "xlsx: rosters: cell"),
    "a text in the workbook": (
        packed(f"{NAME}.xlsx", "sharedStrings.xml", b"<t>000104</t>", b"<t>104</t>"),
        "xlsx: "),
    "a formula in the workbook": (
        packed(f"{NAME}.xlsx", ROSTERS, b"<v>2</v>", b"<f>1+1</f><v>2</v>"),
        "xlsx: a formula or a link"),
    "the name of a sheet": (
        packed(f"{NAME}.xlsx", "xl/workbook.xml", b'name="votes"', b'name="ballots"'),
        "xlsx: sheets"),
    "a sheet that is broken": (
        packed(f"{NAME}.xlsx", ROSTERS, b"</sheetData>", b""), "xlsx: can't be read"),
    "no workbook": (gone(f"{NAME}.xlsx"), "xlsx: a file of all tables is missing"),
    "a table in the zip": (
        packed(f"{NAME}.zip", "/vote_counts.csv", b",7,", b",8,"),
        "zip: another file than the one beside it: shown 'vote_counts.csv'"),
    "the README in the zip": (
        packed(f"{NAME}.zip", "README.txt", b"invented", b"true"),
        "zip: another file than the one beside it"),
    "a file of the zip": (without(f"{NAME}.zip", "known-issues"), "zip: files in it"),
    "no zip": (
        lambda data: (data / f"{NAME}.zip").write_bytes(b"no zip") and None,
        "zip: can't be read"),
    "a type in a description": (
        described("schools.csv-metadata.json", first_column("datatype", {"base": "integer"})),
        "schools.csv-metadata.json: schools: a column"),
    "a title in a description": (
        described("votes.csv-metadata.json", first_column("dc:title", "Other")),
        "votes.csv-metadata.json: votes: a column"),
    "a column of a description": (
        described("votes.csv-metadata.json", lambda one: one["tableSchema"]["columns"].pop()),
        "votes.csv-metadata.json: votes: a column"),
    "the key of a description": (
        described("votes.csv-metadata.json",
                  lambda one: one["tableSchema"].update(primaryKey=["cycle"])),
        "votes.csv-metadata.json: votes: key"),
    "the codes of a description": (
        swap("votes.csv-metadata.json", '"format": "day|month|year"', '"format": "day|year"'),
        "votes.csv-metadata.json: votes: a column"),
    "a reference of the description of all": (
        described("csv-metadata.json",
                  lambda one: one["tables"][1]["tableSchema"]["foreignKeys"].pop()),
        "csv-metadata.json: schools: references"),
    "a table of the description of all": (
        described("csv-metadata.json", lambda one: one["tables"].pop()),
        "csv-metadata.json: tables"),
    "no description of all": (gone("csv-metadata.json"), "csv-metadata.json: tables"),
    "the title of a citation": (
        swap("CITATION.cff", 'title: "An invented', 'title: "Another'),
        "CITATION.cff: a citation without the title"),
    "a release that is not there": (
        swap("CITATION.cff", "url:", 'version: "2025-01-10"\nurl:'),
        "CITATION.cff: the release that is cited"),
    "a file for search engines": (
        swap("votes/index.html", "data/votes.csv\"}", "data/ballots.csv\"}"),
        "data/votes/index.html: a file for search engines"),
    "a source for search engines": (
        swap("votes/index.html", "\"isBasedOn\":[\"", "\"isBasedOn\":[\"https://other.example/\",\""),
        "data/votes/index.html: a source for search engines"),
    "no description for search engines": (
        swap("index.html", "application/ld+json", "application/json"),
        "data/index.html: no description for search engines"),
    "rows of a table in the README": (
        swap("README.txt", "per vote and option: 12", "per vote and option: 13"),
        "README.txt: rows of vote_counts"),
    "empty cells in the known issues": (
        swap("known-issues.txt", "seats: 5 of 8", "seats: 4 of 8"),
        "known-issues.txt: empty cells of votes.seats"),
    "a caveat in the known issues": (
        swap("known-issues.txt", "A poll is not", "A poll is"), "known-issues.txt"),
    "a reading in the known issues": (
        swap("known-issues.txt", "“poll”", "“vote”"), "known-issues.txt: a reading"),
    "rows of a period in the known issues": (
        swap("known-issues.txt", "2019-20: 2 of", "2019-20: 1 of"),
        "known-issues.txt: rows of periods"),
    "files of a release that is not there": (
        lambda data: swap_newest(data), "data/latest/votes.csv: other files"),
}  # fmt: skip


def swap_newest(data: Path) -> None:
    (data / "latest").mkdir()
    (data / "latest/votes.csv").write_bytes(b"vote_id\n")


def test_the_true_site_has_none(built: Path) -> None:
    assert verify(built).mismatches == ()


@pytest.mark.parametrize("name", FALSEHOODS)
def test_a_falsehood_is_found(data: Path, name: str) -> None:
    change, expected = FALSEHOODS[name]
    change(data)
    remake(data.parent)
    found = [str(one) for one in verify(data.parent).mismatches]
    assert any(expected in one for one in found), found
    assert not [one for one in found if re.search("manifest|a changed file", one)]
