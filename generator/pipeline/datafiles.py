"""The data of the site as files: tables, dictionary, facts, and each school's rows of the facts."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from generator import downloads
from generator.model import Fact, File, Record
from generator.pages import Site
from generator.pipeline.packed import description_files, packed_files, record_files, typed_rows
from generator.pipeline.spoken import translations
from generator.present import Language
from generator.read import AREAS, PROTECTION, SITE, read_text
from generator.views.changes import moved

SPOKEN = ("dictionary", "translations")  # once more for each language beside the first
ZIPPED = frozenset({"datapackage.json", downloads.OF_ALL})


def texts(data: Path) -> dict[str, str]:
    """What is published of an edition's folder beside its tables, as it stands there, by name."""
    found = {name: read_text(data / name) for name in (SITE, AREAS, PROTECTION)}
    return {name: text for name, text in found.items() if text}


def data_files(whole: Site, beside: Mapping[str, str], facts: Mapping[str, Fact]) -> Iterator[File]:
    """All downloads of the data folder, then the data.csv of every school."""
    record = whole.record
    lines = {key: downloads.fact_line(facts[key]) for key in sorted(facts)}
    tables = [public.table for public in record.tables.values()]
    counts = {name: len(public.frame) for name, public in record.tables.items()}
    version = downloads.schema_version(record.rows.get("changes", ()))
    files = [
        *table_files(record, beside),
        File(
            "data/datapackage.json",
            downloads.datapackage(tables, record.edition, counts, version),
        ),
        File("data/facts.csv", downloads.fact_lines(lines.values())),
        *description_files(record),
    ]
    yield from files
    rows = typed_rows(record)
    yield from packed_files(whole, rows, zipped(files), record.in_release)
    yield from record_files(record, rows)
    yield from school_files(record, facts, lines)


def zipped(files: Iterable[File]) -> Iterator[File]:
    """Those of the data folder's files that belong into the zip; one description there is for all
    its tables. Words of other languages, whose names alone hold a hyphen, stand beside it."""
    for file in files:
        name = file.path.removeprefix("data/")
        if (name.endswith(".csv") and "-" not in name) or name in ZIPPED:
            yield file


def table_files(record: Record, beside: Mapping[str, str]) -> Iterator[File]:
    """What follows from the data alone: every table, its dictionary, what the edition says of
    itself, its outlines of areas, the protection record of a survey. Whoever computes a fact again
    needs the policy and the words that stand there; whoever rebuilds the site needs the rest."""
    for name, public in record.tables.items():
        yield File(f"data/{name}.csv", downloads.to_csv(public.frame, public.table))
    tables = [public.table for public in record.tables.values()]
    yield File("data/dictionary.csv", downloads.dictionary_csv(tables))
    yield from (File(f"data/{name}", text.encode()) for name, text in beside.items())


def spoken_files(record: Record, facts: Mapping[str, Fact], language: Language) -> Iterator[File]:
    """What is published for another language: the dictionary in it, and the words of the tables and
    facts. The tables themselves stay in one language."""
    code = language.code
    tables = [public.table for public in record.tables.values()]
    dictionary = downloads.dictionary_csv(tables, language.translate)
    yield File(f"data/dictionary-{code}.csv", dictionary)
    words = downloads.translations(translations(record, facts.values(), language))
    yield File(f"data/translations-{code}.csv", words)


def school_files(
    record: Record, facts: Mapping[str, Fact], lines: Mapping[str, str]
) -> Iterator[File]:
    """Each school's lines of facts.csv, in order of the facts' ids: what any page says of it or of
    a unit that it belongs to; the same under the ids that it had before."""
    found: dict[str, list[str]] = {}
    for key in lines:
        found.setdefault(facts[key].subject, []).append(key)
    ids = {school_id: [school_id] for school_id in record.school_names}
    for old, new in moved(record).items():
        ids[new].append(old)
    for school_id in record.school_names:
        units = record.units_of_school.get(school_id, ())
        subjects = [f"school/{school_id}", *(f"unit/{unit}" for unit in units)]
        own = sorted(key for subject in subjects for key in found.get(subject, ()))
        content = downloads.fact_lines(lines[key] for key in own)
        yield from (File(f"schools/{one}/data.csv", content) for one in ids[school_id])
