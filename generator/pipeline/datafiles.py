"""The data of the site as files: tables, dictionary, facts, and each school's rows of the facts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

from generator import downloads
from generator.model import Fact, File, Record
from generator.pipeline.packed import description_files
from generator.pipeline.spoken import translations
from generator.present import Language
from generator.read import AREAS, PROTECTION, SITE, read_text
from generator.views.changes import moved

SPOKEN = ("dictionary", "translations")  # once more for each language beside the first
ZIPPED = frozenset({"datapackage.json", downloads.OF_ALL})
FACTS = "data/facts.csv"
TOGETHER = 2000  # lines of facts that are written at once
About = tuple[str, str, str]  # subject, id and line of a fact


def texts(data: Path) -> dict[str, str]:
    """What is published of an edition's folder beside its tables, as it stands there, by name."""
    found = {name: read_text(data / name) for name in (SITE, AREAS, PROTECTION)}
    return {name: text for name, text in found.items() if text}


def data_files(record: Record, beside: Mapping[str, str]) -> Iterator[File]:
    """What follows from the tables alone: themselves, and their descriptions."""
    yield from table_files(record, beside)
    tables = [public.table for public in record.tables.values()]
    counts = {name: len(public.frame) for name, public in record.tables.items()}
    version = downloads.schema_version(record.rows.get("changes", ()))
    package = downloads.datapackage(tables, record.edition, counts, version)
    yield File("data/datapackage.json", package)
    yield from description_files(record)


def is_zipped(path: str) -> bool:
    """True for those of the data folder's files that belong into the zip; one description there is
    for all its tables. Words of other languages, whose names alone hold a hyphen, stand beside it.
    """
    name = path.removeprefix("data/")
    return (name.endswith(".csv") and "-" not in name) or name in ZIPPED


def table_files(record: Record, beside: Mapping[str, str]) -> Iterator[File]:
    """What follows from the data alone: every table, its dictionary, what the edition says of
    itself, its outlines of areas, the protection record of a survey. Whoever computes a fact again
    needs the policy and the words that stand there; whoever rebuilds the site needs the rest."""
    for name, public in record.tables.items():
        yield File(f"data/{name}.csv", downloads.to_csv(public.frame, public.table))
    tables = [public.table for public in record.tables.values()]
    yield File("data/dictionary.csv", downloads.dictionary_csv(tables))
    yield from (File(f"data/{name}", text.encode()) for name, text in beside.items())


def fact_chunks(lines: Iterable[str]) -> Iterator[bytes]:
    """facts.csv piece by piece, from its lines."""
    waiting: list[str] = []
    for line in chain([downloads.FACT_HEADING], lines):
        waiting.append(line)
        if len(waiting) == TOGETHER:
            yield "".join(waiting).encode()
            waiting.clear()
    yield "".join(waiting).encode()


def spoken_files(record: Record, facts: Iterable[Fact], language: Language) -> Iterator[File]:
    """What is published for another language: the dictionary in it, and the words of the tables and
    facts. The tables themselves stay in one language."""
    code = language.code
    tables = [public.table for public in record.tables.values()]
    dictionary = downloads.dictionary_csv(tables, language.translate)
    yield File(f"data/dictionary-{code}.csv", dictionary)
    words = downloads.translations(translations(record, facts, language))
    yield File(f"data/translations-{code}.csv", words)


def subjects_of(record: Record, school_id: str) -> list[str]:
    """What the facts of a school are about: itself, and the units that it belongs to."""
    return [
        f"school/{school_id}",
        *(f"unit/{unit}" for unit in record.units_of_school.get(school_id, ())),
    ]


def school_files(record: Record, ids: Sequence[str], facts: Iterable[About]) -> Iterator[File]:
    """The data.csv of these schools: its lines of facts.csv, in order of the facts' ids, what any
    page says of it or of a unit that it belongs to; the same under the ids that it had before."""
    found: dict[str, list[tuple[str, str]]] = {}
    for subject, name, line in facts:
        found.setdefault(subject, []).append((name, line))
    before: dict[str, list[str]] = {}
    for old, new in moved(record).items():
        before.setdefault(new, []).append(old)
    for school_id in ids:
        own = sorted(
            one for subject in subjects_of(record, school_id) for one in found.get(subject, ())
        )
        content = downloads.fact_lines(line for _, line in own)
        names = (school_id, *before.get(school_id, ()))
        yield from (File(f"schools/{name}/data.csv", content) for name in names)
