"""Recomputes every value of a finished site from the CSV files that the site itself publishes.

It shares no code with the stages that made the site: what it agrees with, two programs computed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.verify.changes import check_changes
from generator.verify.evaluate import Evaluator
from generator.verify.feeds import check_feeds
from generator.verify.files import check_files, paths
from generator.verify.formats import check_formats
from generator.verify.hosting import check_hosting
from generator.verify.kept import check_kept
from generator.verify.languages import sites
from generator.verify.ledger import Ledger, read_ledger
from generator.verify.mismatch import Mismatch, UnusableError
from generator.verify.pages import Say, Seen, check_pages, silent
from generator.verify.published import read_csv, read_published
from generator.verify.schema import check_schema
from generator.verify.site import subjects_of
from generator.verify.surveys import check_surveys

__all__ = ["Mismatch", "Say", "Verified", "silent", "verify"]


@dataclass(frozen=True)
class Verified:
    """What was looked at, and every mismatch in order of page and fact."""

    files: int
    pages: int
    facts: int
    shown: int
    mismatches: tuple[Mismatch, ...]


def verify(folder: Path, say: Say = silent) -> Verified:
    """Hold a site to its manifest and to its own published data; `say` hears how far it is."""
    held = paths(folder)
    found = list(check_files(folder, held))
    try:
        pages, facts, shown, more = _recompute(folder, held, say)
    except UnusableError as error:
        pages, facts, shown, more = 0, 0, 0, [error.mismatch]
    return Verified(len(held), pages, facts, shown, tuple(sorted({*found, *more})))


def _recompute(folder: Path, held: list[str], say: Say) -> tuple[int, int, int, list[Mismatch]]:
    """Pages, facts, occurrences and mismatches of everything beside the manifest."""
    published, found = read_published(folder)
    found += [*check_schema(published), *check_surveys(folder, published)]
    found += check_formats(folder, held, published)
    found += check_changes(folder, published)
    evaluate = Evaluator(published)
    ledger, wrong = read_ledger(folder, published, evaluate)
    evaluate.close()
    every, faults = sites(folder, published, ledger)
    wrong += faults
    seen = Seen()
    wrong += check_pages(folder, held, every, seen, say)
    for fact in sorted(ledger.facts.keys() - seen.facts):
        wrong.append(Mismatch("data/facts.csv", fact, "a fact that no page shows"))
    wrong += every.compare()
    wrong += every.lists.compare(published, list(every.by_folder))
    there = frozenset(held)
    wrong += check_feeds(folder, there, every, published, ledger)
    wrong += check_kept(folder, published, list(every.by_folder))
    wrong += check_hosting(folder, held, published)
    for school, subjects in sorted(subjects_of(published).items()):
        for below in every.by_folder:
            if f"{below}schools/{school}/index.html" not in there:
                wrong.append(Mismatch(f"{below}schools/{school}/", "", "the school has no page"))
        wrong += check_school_rows(folder, school, subjects, ledger)
    return seen.pages, len(ledger.rows), seen.shown, found + wrong


def check_school_rows(
    folder: Path, school: str, subjects: frozenset[str], ledger: Ledger
) -> Iterator[Mismatch]:
    """A school's data.csv: its subjects' rows of facts.csv, in order of their ids."""
    path = f"schools/{school}/data.csv"
    wrong: list[Mismatch] = []
    table = read_csv(folder, path, wrong)
    yield from wrong
    rows = [row for subject in subjects for row in ledger.by_subject.get(subject, ())]
    expected = {row["id"]: list(row.values()) for row in sorted(rows, key=lambda row: row["id"])}
    given = {cells[0]: cells for cells in table[1:] if cells}
    if [*given.items()] == [*expected.items()] and len(table) == len(expected) + 1:
        return
    for fact in sorted(expected.keys() | given.keys()):
        if given.get(fact) != expected.get(fact):
            shown, value = given.get(fact, ["no row"]), expected.get(fact, ["no row"])
            yield Mismatch(path, fact, "row", ",".join(shown), ",".join(value))
    if len(table) != len(expected) + 1 or list(given) != list(expected):
        yield Mismatch(path, "", "rows", str(len(table) - 1), f"{len(expected)} in order")
