"""The data of the site as files: tables, dictionary, facts, and each school's rows of the facts."""

from collections.abc import Iterable, Iterator, Mapping

from generator import downloads
from generator.model import Fact, File, Record

SITE, PROTECTION = "site.toml", "protection.json"


def data_files(
    record: Record, site_toml: str, facts: Mapping[str, Fact], protection: str = ""
) -> Iterator[File]:
    """All downloads of the data folder, then the data.csv of every school."""
    ordered = [facts[key] for key in sorted(facts)]
    yield from table_files(record, site_toml, protection)
    tables = [public.table for public in record.tables.values()]
    counts = {name: len(public.frame) for name, public in record.tables.items()}
    yield File("data/datapackage.json", downloads.datapackage(tables, record.edition, counts))
    yield File("data/facts.csv", downloads.facts_csv(ordered))
    yield from school_files(record, ordered)


def table_files(record: Record, site_toml: str, protection: str = "") -> Iterator[File]:
    """What follows from the data alone: every table, its dictionary, what the edition says of
    itself, the protection record of its survey ("" without one). Whoever computes a fact again
    needs the policy and the words that stand there."""
    for name, public in record.tables.items():
        yield File(f"data/{name}.csv", downloads.to_csv(public.frame, public.table))
    tables = [public.table for public in record.tables.values()]
    yield File("data/dictionary.csv", downloads.dictionary_csv(tables))
    yield File(f"data/{SITE}", site_toml.encode())
    if protection:
        yield File(f"data/{PROTECTION}", protection.encode())


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
