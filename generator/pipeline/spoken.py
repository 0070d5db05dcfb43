"""The words of the site's data in another language, a line each, for data/translations-<code>.csv.

Whoever reads the published files can tell from them alone what pages in that language may say.
"""

from collections.abc import Iterable, Iterator

from generator.downloads import described
from generator.model import STATUS, Fact, PublicTable, Record, to_rows
from generator.present import Language, shown

# No translator's file says who has read it, so nobody is said to have.
UNREVIEWED = "unreviewed"
Line = tuple[object, ...]


def translations(record: Record, facts: Iterable[Fact], language: Language) -> Iterator[Line]:
    """(table, row, column, words, status) of every translated cell; of what a table is, under no
    row; of computed facts, whose row is the words as facts.csv has them."""
    for public in record.tables.values():
        yield from of_cells(public, language.code)
    for public in record.tables.values():
        words = described(public.table, language.translate)
        yield public.table.name, "", "description", words, UNREVIEWED
    yield from of_facts(facts, language)


def of_cells(public: PublicTable, code: str) -> Iterator[Line]:
    """The cells of a table that have a translation, in the order of rows and columns."""
    table = public.table
    found = [column.name for column in table.columns if f"{column.name}_{code}" in public.frame]
    if not found:
        return
    for row in to_rows(public.frame):
        key = ".".join(str(row[name]) for name in table.key)
        for name in found:
            if words := row[f"{name}_{code}"]:
                yield table.name, key, name, words, row[STATUS]


def of_facts(facts: Iterable[Fact], language: Language) -> Iterator[Line]:
    """How computed values come about, and those that are words, each once."""
    formulas, values = {}, {}
    for fact in facts:
        formulas[fact.formula] = language.translate(fact.formula)
        if isinstance(fact.value, str) and fact.kind != "date":  # told by its form, not in words
            values[fact.value] = shown(fact, language)
    for column, found in (("formula", formulas), ("value", values)):
        for original, words in sorted(found.items()):
            if original != words:
                yield "facts", original, column, words, UNREVIEWED
