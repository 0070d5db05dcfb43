"""All tables in one file each of several kinds, with the words that go with them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from generator import downloads
from generator.leaflets import PATH, README, cite_words, leaflets
from generator.model import File, Record, Release, Text, slug
from generator.pages import Site
from generator.present.citing import newest, spoken

# What depends on the release that it stands in: it is named in them.
ZIP, XLSX, SQLITE = ".zip", ".xlsx", ".sqlite"


TypedRows = Mapping[str, downloads.Rows]


def typed_rows(record: Record) -> TypedRows:
    """The rows of every table as values, by its name; JSON, workbook and database hold them."""
    return {
        name: downloads.typed(public.frame, public.table) for name, public in record.tables.items()
    }


def record_files(record: Record, rows: TypedRows) -> Iterator[File]:
    """Each table as JSON."""
    for name, public in record.tables.items():
        yield File(f"{PATH}{name}.json", downloads.to_json(rows[name], public.table))


def description_files(record: Record) -> Iterator[File]:
    """The tables described for programs that know CSV on the Web."""
    tables = [public.table for public in record.tables.values()]
    for table in tables:
        yield File(f"{PATH}{table.name}{downloads.SUFFIX}", downloads.table_metadata(table))
    yield File(PATH + downloads.OF_ALL, downloads.group_metadata(tables, record.edition))


def packed_files(
    whole: Site, rows: TypedRows, beside: Iterable[File], release: str
) -> Iterator[File]:
    """The words, the zip, the workbook and the database, as they stand in a release ("" for none).

    `beside` are the files of the data folder that belong into the zip: tables, dictionary, facts,
    descriptions.
    """
    words = list(leaflets(whole, release))
    yield from words
    name = PATH + slug(whole.record.edition.title)
    ordered = [*words, *sorted(beside, key=lambda file: file.path)]
    inside = [replace(file, path=PurePosixPath(file.path).name) for file in ordered]
    yield File(name + ZIP, downloads.to_zip(inside, slug(whole.record.edition.title)))
    yield from tables_in_one(whole, rows, name, words)


def tables_in_one(whole: Site, rows: TypedRows, name: str, words: Sequence[File]) -> Iterator[File]:
    """The workbook and the database."""
    record = whole.record
    tables = {key: public.table for key, public in record.tables.items()}
    dictionary = downloads.dictionary_rows(tables.values())
    readme = next(file for file in words if file.path == PATH + README).content.decode()
    said = downloads.Said(
        record.edition.title, readme.splitlines()[1:], newest(record),
        spoken(cite_words(whole).too_long(Text("{file}"))),
    )  # fmt: skip
    sheets = [(tables[key], rows[key]) for key in tables]
    yield File(name + XLSX, downloads.to_xlsx(sheets, dictionary, said))
    filled = [downloads.Filled(tables[key], rows[key], record.edition.words) for key in tables]
    yield File(name + SQLITE, downloads.to_sqlite(filled, dictionary))


def in_release(record: Record, releases: Sequence[Release]) -> str:
    """The newest release, if its tables are those of the record; "" where one is another. One
    without rows may be new: it says nothing."""
    held: Mapping[str, bytes] = (
        {file.path: file.content for file in releases[-1].files} if releases else {}
    )
    equal = releases and all(
        held.get(f"{name}.csv", b"")
        == (
            downloads.to_csv(public.frame, public.table)
            if len(public.frame) or f"{name}.csv" in held
            else b""
        )
        for name, public in record.tables.items()
    )
    return releases[-1].id if equal else ""
