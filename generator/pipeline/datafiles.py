"""The data of the site as files: tables, dictionary, facts, and each school's rows of the facts."""

from collections.abc import Iterator, Mapping

from generator import downloads
from generator.model import Fact, File, Record

SITE = "site.toml"


def data_files(record: Record, site_toml: str, facts: Mapping[str, Fact]) -> Iterator[File]:
    """All downloads of the data folder, then the data.csv of every school."""
    lines = {key: downloads.fact_line(facts[key]) for key in sorted(facts)}
    yield from table_files(record, site_toml)
    tables = [public.table for public in record.tables.values()]
    counts = {name: len(public.frame) for name, public in record.tables.items()}
    yield File("data/datapackage.json", downloads.datapackage(tables, record.edition, counts))
    yield File("data/facts.csv", downloads.fact_lines(lines.values()))
    yield from school_files(record, facts, lines)


def table_files(record: Record, site_toml: str) -> Iterator[File]:
    """What follows from the data alone: every table, its dictionary, what the edition says of
    itself. Whoever computes a fact again needs the policy and the words that stand there."""
    for name, public in record.tables.items():
        yield File(f"data/{name}.csv", downloads.to_csv(public.frame, public.table))
    tables = [public.table for public in record.tables.values()]
    yield File("data/dictionary.csv", downloads.dictionary_csv(tables))
    yield File(f"data/{SITE}", site_toml.encode())


def school_files(
    record: Record, facts: Mapping[str, Fact], lines: Mapping[str, str]
) -> Iterator[File]:
    """Each school's lines of facts.csv, in order of the facts' ids: what any page says of it or of
    a unit that it belongs to."""
    found: dict[str, list[str]] = {}
    for key in lines:
        found.setdefault(facts[key].subject, []).append(key)
    for school_id in record.school_names:
        units = record.units_of_school.get(school_id, ())
        subjects = [f"school/{school_id}", *(f"unit/{unit}" for unit in units)]
        own = sorted(key for subject in subjects for key in found.get(subject, ()))
        content = downloads.fact_lines(lines[key] for key in own)
        yield File(f"schools/{school_id}/data.csv", content)
