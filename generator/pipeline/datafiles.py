"""The data of the site as files: tables, dictionary, facts, and each school's rows of the facts."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from generator import downloads
from generator.model import Fact, File, Record
from generator.read import PROTECTION, SITE, read_text


def texts(data: Path) -> dict[str, str]:
    """What is published of an edition's folder beside its tables, as it stands there, by name."""
    found = {name: read_text(data / name) for name in (SITE, PROTECTION)}
    return {name: text for name, text in found.items() if text}


def data_files(
    record: Record, beside: Mapping[str, str], facts: Mapping[str, Fact]
) -> Iterator[File]:
    """All downloads of the data folder, then the data.csv of every school."""
    ordered = [facts[key] for key in sorted(facts)]
    yield from table_files(record, beside)
    tables = [public.table for public in record.tables.values()]
    counts = {name: len(public.frame) for name, public in record.tables.items()}
    yield File("data/datapackage.json", downloads.datapackage(tables, record.edition, counts))
    yield File("data/facts.csv", downloads.facts_csv(ordered))
    yield from school_files(record, ordered)


def table_files(record: Record, beside: Mapping[str, str]) -> Iterator[File]:
    """What follows from the data alone: every table, its dictionary, what the edition says of
    itself, the protection record of a survey. Whoever computes a fact again needs the policy and
    the words that stand there; whoever rebuilds the site needs the record."""
    for name, public in record.tables.items():
        yield File(f"data/{name}.csv", downloads.to_csv(public.frame, public.table))
    tables = [public.table for public in record.tables.values()]
    yield File("data/dictionary.csv", downloads.dictionary_csv(tables))
    yield from (File(f"data/{name}", text.encode()) for name, text in beside.items())


def school_files(record: Record, facts: Iterable[Fact]) -> Iterator[File]:
    """Each school's rows of facts.csv: what any page says of it or of a unit that it belongs to."""
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        found.setdefault(fact.subject, []).append(fact)
    for school_id in record.school_names:
        units = record.units_of_school.get(school_id, ())
        subjects = [f"school/{school_id}", *(f"unit/{unit}" for unit in units)]
        own = [fact for subject in subjects for fact in found.get(subject, ())]
        own.sort(key=lambda fact: fact.id)
        yield File(f"schools/{school_id}/data.csv", downloads.facts_csv(own))
