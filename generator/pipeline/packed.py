"""All tables in one file each of several kinds, with the words that go with them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from generator import downloads
from generator.leaflets import PATH, README, cite_words, leaflets
from generator.model import File, PublicTable, Record, Release, Text
from generator.pages import Site
from generator.present.citing import newest, spoken

# What depends on the release that it stands in: it is named in them.
ZIP, XLSX, SQLITE = ".zip", ".xlsx", ".sqlite"
MOST_HELD = 20_000  # rows of all tables that a workbook is made from in memory


Members = Iterable[downloads.Member]


def json_files(record: Record) -> Iterator[downloads.Member]:
    """Each table as JSON: its path, and its content piece by piece."""
    for name, public in record.tables.items():
        rows = downloads.typed(public.frame, public.table)
        yield f"{PATH}{name}.json", downloads.to_json(rows, public.table)


def description_files(record: Record) -> Iterator[File]:
    """The tables described for programs that know CSV on the Web."""
    tables = [public.table for public in record.tables.values()]
    for table in tables:
        yield File(f"{PATH}{table.name}{downloads.SUFFIX}", downloads.table_metadata(table))
    yield File(PATH + downloads.OF_ALL, downloads.group_metadata(tables, record.edition))


def packed_files(whole: Site, beside: Members, release: str) -> Iterator[File]:
    """The words, the zip, the workbook and the database, as they stand in a release ("" for none).

    `beside` are the files of the data folder that belong into the zip: tables, dictionary, facts,
    descriptions.
    """
    words = list(leaflets(whole, release))
    yield from words
    yield zip_file(whole, words, beside)
    yield workbook(whole, words)
    yield database(whole)


def zip_file(whole: Site, words: Iterable[File], beside: Members) -> File:
    """The words, then the other members by their paths, in one zip."""
    told = [(file.path, [file.content]) for file in words]
    every = [*told, *sorted(beside, key=lambda member: member[0])]
    inside = ((PurePosixPath(path).name, pieces) for path, pieces in every)
    return File(_name(whole) + ZIP, downloads.to_zip(inside, whole.record.edition.files))


def workbook(whole: Site, words: Iterable[File]) -> File:
    """All tables as one XLSX; its first sheet says what the README among the words says."""
    record = whole.record
    readme = next(file for file in words if file.path == PATH + README).content.decode()
    said = downloads.Said(
        record.edition.title, readme.splitlines()[1:], newest(record),
        spoken(cite_words(whole).too_long(Text("{file}"))),
    )  # fmt: skip
    tables = [public.table for public in record.tables.values()]
    sheets = [(public.table, _rows(public)) for public in record.tables.values()]
    long = sum(len(public.frame) for public in record.tables.values()) > MOST_HELD
    content = downloads.to_xlsx(sheets, downloads.dictionary_rows(tables), said, long=long)
    return File(_name(whole) + XLSX, content)


def database(whole: Site) -> File:
    """All tables as one SQLite file."""
    record = whole.record
    tables = [public.table for public in record.tables.values()]
    filled = [
        downloads.Filled(public.table, _rows(public), record.edition.words)
        for public in record.tables.values()
    ]
    content = downloads.to_sqlite(filled, downloads.dictionary_rows(tables))
    return File(_name(whole) + SQLITE, content)


def _name(whole: Site) -> str:
    return PATH + whole.record.edition.files


def _rows(public: PublicTable) -> Callable[[], downloads.Rows]:
    """What gives the rows of a table: those of all tables are never held at once."""
    return lambda: downloads.typed(public.frame, public.table)


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
