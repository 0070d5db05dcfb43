"""The tables in other forms: JSON, XLSX, SQLite, zip and descriptions say what the CSVs say."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from generator.verify.database import check_database
from generator.verify.files import FIGURES, RELEASES
from generator.verify.leaflets import check_leaflets
from generator.verify.linked import check_linked
from generator.verify.mismatch import Mismatch, UnusableError
from generator.verify.published import DATA, PACKAGE, Field, Published, Resource, read_published
from generator.verify.values import other, values
from generator.verify.workbook import check_workbook

LATEST = f"{DATA}/latest"
GROUP, SIDE = "csv-metadata.json", ".csv-metadata.json"
WORDS = ("README.txt", "LICENCE.txt", "known-issues.txt", "CITATION.cff")
ZIPPED = (*WORDS, "dictionary.csv", "facts.csv", PACKAGE, GROUP)
VERSION = re.compile(r'^version: "([^"]*)"$', re.M)
BASES = {
    "count": "integer", "number": "decimal", "money": "decimal", "share": "decimal",
    "flag": "boolean", "url": "anyURI",
}  # fmt: skip


def check_formats(folder: Path, held: list[str], published: Published) -> Iterator[Mismatch]:
    """The files of the data folder, those of each release that has them, and the newest one's under
    its lasting address."""
    releases = sorted({path.split("/")[2] for path in held if path.startswith(f"{RELEASES}/")})
    there = frozenset(held)
    yield from check_tables(folder, DATA, there, published, ("", *releases))
    for table in published.resources:
        yield from check_records(folder, f"{DATA}/{table}.json", table, published)
    for release in releases:
        under = f"{RELEASES}/{release}"
        if f"{under}/{GROUP}" in there:
            try:
                frozen, _ = read_published(folder, under)
            except UnusableError as error:
                yield error.mismatch
            else:
                yield from check_tables(folder, under, there, frozen, (release,))
    yield from check_latest(folder, held, releases[-1:])
    yield from check_linked(folder, held, published)


def check_tables(
    folder: Path, under: str, held: frozenset[str], published: Published, named: tuple[str, ...]
) -> Iterator[Mismatch]:
    """The files for all tables in one folder; `named` are the releases that they may name."""
    name = f"{under}/{published.files}"
    for path in (f"{name}.zip", f"{name}.xlsx", f"{name}.sqlite"):
        if path not in held:
            yield Mismatch(path, "", "a file of all tables is missing")
    yield from check_zip(folder, under, f"{name}.zip", published)
    yield from check_workbook(folder, under, f"{name}.xlsx", published)
    yield from check_database(folder, under, f"{name}.sqlite", published)
    yield from check_descriptions(folder, under, published)
    yield from check_leaflets(folder, under, published)
    yield from check_citation(folder, f"{under}/CITATION.cff", published, named)


def check_zip(folder: Path, under: str, path: str, published: Published) -> Iterator[Mismatch]:
    """The zip holds the files that stand beside it."""
    try:
        with ZipFile(folder / path) as archive:
            inside = {name.rpartition("/")[2]: archive.read(name) for name in archive.namelist()}
            count = len(archive.namelist())
    except (OSError, BadZipFile) as error:
        yield Mismatch(path, "", f"can't be read as a zip ({type(error).__name__})")
        return
    expected = {*ZIPPED, *(f"{table}.csv" for table in published.resources)}
    if inside.keys() != expected or count != len(expected):
        lack, more = sorted(expected - inside.keys()), sorted(inside.keys() - expected)
        yield Mismatch(path, "", "files in it", f"more: {more}", f"missing: {lack}")
    for name, content in sorted(inside.items()):
        file = folder / under / name
        if not file.is_file() or file.read_bytes() != content:
            yield Mismatch(path, "", "another file than the one beside it", name, "")


def check_records(folder: Path, path: str, table: str, published: Published) -> Iterator[Mismatch]:
    """A table as JSON: a list of records with all columns."""
    try:
        records = json.loads((folder / path).read_bytes())
        names = {tuple(record) for record in records}
        found = [list(record.values()) for record in records]
    except (OSError, ValueError, TypeError, AttributeError) as error:
        yield Mismatch(path, "", f"can't be read as records ({type(error).__name__})")
        return
    if names - {published.headers[table]}:
        yield Mismatch(path, "", "other columns than the CSV has")
    place, shown, wanted = other(found, values(folder, DATA, published, table))
    if place:
        yield Mismatch(path, "", place, shown, wanted)


def check_descriptions(folder: Path, under: str, published: Published) -> Iterator[Mismatch]:
    """CSV on the Web, for all tables and for each, says what the data package says."""
    group = read_json(folder / under / GROUP)
    described = {one.get("url"): one for one in group.get("tables", []) if isinstance(one, dict)}
    if list(described) != [f"{table}.csv" for table in published.resources]:
        yield Mismatch(f"{under}/{GROUP}", "", "tables", " ".join(map(str, described)))
        return
    for table, resource in published.resources.items():
        always = {field.name for field in resource.fields if field.required}
        links = tuple(link for link in resource.links if link[0] in always)
        said = described[f"{table}.csv"]
        yield from check_described(f"{under}/{GROUP}", said, published, resource, links)
        path = f"{under}/{table}{SIDE}"
        own = tuple(link for link in links if link[1] == table)
        yield from check_described(path, read_json(folder / path), published, resource, own)


def check_described(
    path: str, said: Mapping[str, Any], published: Published, resource: Resource,
    links: tuple[tuple[str, str, str], ...],
) -> Iterator[Mismatch]:  # fmt: skip
    """One table's description."""
    schema = said.get("tableSchema", {})
    columns = [column_said(one) for one in schema.get("columns", [])]
    expected = [column_expected(published, resource.name, field) for field in resource.fields]
    for found, wanted in zip([*columns, *[()] * len(expected)], expected, strict=False):
        if found != wanted:
            yield Mismatch(path, "", f"{resource.name}: a column", str(found), str(wanted))
    if len(columns) > len(expected) or said.get("url") != f"{resource.name}.csv":
        yield Mismatch(path, "", f"{resource.name}: more columns, or another file")
    if tuple(schema.get("primaryKey", [])) != resource.key:
        yield Mismatch(path, "", f"{resource.name}: key", str(schema.get("primaryKey")))
    found_links = [
        (one["columnReference"][0], one["reference"]["resource"].removesuffix(".csv"),
         one["reference"]["columnReference"][0]) for one in schema.get("foreignKeys", [])
    ]  # fmt: skip
    if found_links != list(links):
        yield Mismatch(path, "", f"{resource.name}: references", str(found_links), str(links))


def column_said(one: Mapping[str, Any]) -> tuple[object, ...]:
    """A column as CSV on the Web says it."""
    kind = one.get("datatype", {})
    codes = kind.get("format", "") if kind.get("base") == "string" else ""
    return (
        one.get("name"), one.get("dc:title"), one.get("dc:description"), kind.get("base"), codes,
        bool(one.get("required")), one.get("separator", ""),
    )  # fmt: skip


def column_expected(published: Published, table: str, field: Field) -> tuple[object, ...]:
    """The same from the dictionary and the data package."""
    column = published.column(table, field.name)
    form = "|".join(field.labels) or ("" if column.kind == "ids" else field.pattern)
    return (
        field.name, column.title, column.description, BASES.get(column.kind, "string"), form,
        field.required, " " if column.kind == "ids" else "",
    )  # fmt: skip


def check_citation(
    folder: Path, path: str, published: Published, named: tuple[str, ...]
) -> Iterator[Mismatch]:
    """CITATION.cff names the edition, and no release but one that is there."""
    text = (folder / path).read_text("utf-8") if (folder / path).is_file() else ""
    title = json.dumps(published.section("site").get("title", ""), ensure_ascii=False)
    if f"title: {title}" not in text.splitlines():
        yield Mismatch(path, "", "a citation without the title", "", title)
    found = VERSION.search(text)
    version = found[1] if found else ""
    if version not in named:
        yield Mismatch(path, "", "the release that is cited", version, " or ".join(named))


def check_latest(folder: Path, held: list[str], newest: list[str]) -> Iterator[Mismatch]:
    """The lasting address of the newest release holds its files, its figures left out."""
    there = {path.removeprefix(f"{LATEST}/") for path in held if path.startswith(f"{LATEST}/")}
    for release in newest or [""]:
        under = f"{RELEASES}/{release}/"
        frozen = {path.removeprefix(under) for path in held if path.startswith(under)}
        expected = {name for name in frozen if not name.startswith(f"{FIGURES}/")}
        for name in sorted(there ^ expected):
            yield Mismatch(f"{LATEST}/{name}", "", "other files than the newest release has")
        for name in sorted(there & expected):
            if (folder / LATEST / name).read_bytes() != (folder / under / name).read_bytes():
                yield Mismatch(f"{LATEST}/{name}", "", "another file than the newest release has")


def read_json(path: Path) -> Mapping[str, Any]:
    """An object of JSON, an empty one where there is none."""
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
