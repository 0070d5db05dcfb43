"""The published tables with the words of another language: what pages in it may quote."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from generator.verify.mismatch import Mismatch
from generator.verify.published import DATA, FACTS, Column, Published, Row, read_csv, to_row

DICTIONARY, TRANSLATIONS = "dictionary-{code}.csv", "translations-{code}.csv"
COLUMNS = ("table", "row", "column", "words", "status")
OF_FACTS = frozenset({"formula", "value"})
STATUSES = ("reviewed", "unreviewed")
NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
Place = tuple[str, str, str]


def speak(
    folder: Path, published: Published, code: str, facts: Iterable[Row], under: str = DATA
) -> tuple[Published, list[Mismatch]]:
    """The tables with their words in a language, as far as they are translated, and what is wrong
    with the files in the folder `under` that say them; `facts` are the rows of facts.csv."""
    wrong: list[Mismatch] = []
    path = f"{under}/{TRANSLATIONS.format(code=code)}"
    words = read_translations(folder, published, path, facts, wrong)
    tables = {name: dict(rows) for name, rows in published.tables.items()}
    for (table, key, column), said in words.items():
        if table != FACTS and key:
            tables[table][key] = {**tables[table][key], column: said}
    path = f"{under}/{DICTIONARY.format(code=code)}"
    columns = read_columns(folder, published, path, wrong)
    resources = {
        name: replace(one, said=words.get((name, "", "description"), one.said))
        for name, one in published.resources.items()
    }
    own = own_words(published, code)
    spoken = replace(
        published, resources=resources, tables=tables, columns=columns, translated=words, site=own
    )
    return spoken, wrong


def own_words(published: Published, code: str) -> Mapping[str, Any]:
    """What the edition says of itself, its words for codes in the language."""
    said = published.section("translations").get(code, {}).get("words", {})
    return {**published.site, "words": {**published.section("words"), **said}}


def read_translations(
    folder: Path, published: Published, path: str, facts: Iterable[Row], wrong: list[Mismatch]
) -> Mapping[Place, str]:
    """Words by table, row and column. A row that is wrong is told, and what it says is not taken
    for words of a page."""
    header, *lines = read_csv(folder, path, wrong) or [[]]
    if tuple(header) != COLUMNS:
        wrong.append(Mismatch(path, "", "other columns", ",".join(header), ",".join(COLUMNS)))
    originals = {column: {row.get(column, "") for row in facts} for column in OF_FACTS}
    found: dict[Place, str] = {}
    for row in (to_row(COLUMNS, cells) for cells in lines):
        place = row["table"], row["row"], row["column"]
        faults = [*faults_of(place, row, published, originals)]
        if place in found:
            faults.append("a row that stands twice")
        wrong += (Mismatch(path, "", ".".join(place), row["words"], fault) for fault in faults)
        if not faults:
            found[place] = row["words"]
    return found


def faults_of(
    place: Place, row: Row, published: Published, facts: Mapping[str, set[str]]
) -> Iterator[str]:
    """What a translation is expected to be and is not: words for others, with the same numbers."""
    table, key, column = place
    if table == FACTS:
        original = key if key in facts.get(column, ()) else ""
    elif not key and column == "description" and table in published.resources:
        original = published.resources[table].said
    else:
        original = published.row(table, key).get(column, "")
    if not original:
        yield "a translation of words of the data"
    elif Counter(NUMBER.findall(original)) != Counter(NUMBER.findall(row["words"])):
        yield f"the numbers of {original!r}"
    if not row["words"]:
        yield "words"
    if row["status"] not in STATUSES:
        yield f"one of {' '.join(STATUSES)}"


def read_columns(
    folder: Path, published: Published, path: str, wrong: list[Mismatch]
) -> Mapping[tuple[str, str], Column]:
    """The columns in the words of the language; those of the dictionary itself where a row can't
    be read."""
    header, *lines = read_csv(folder, path, wrong) or [[]]
    found = dict(published.columns)
    places = []
    for row in (to_row(header, cells) for cells in lines):
        place = row.get("table", ""), row.get("column", "")
        places.append(place)
        first = published.column(*place)
        labels = labels_in(row.get("allowed", ""), first.labels)
        if labels is None or (row.get("kind"), row.get("unit")) != (first.kind, first.unit):
            expected = f"{first.kind} {first.unit}: {' '.join(first.labels)}"
            wrong.append(Mismatch(path, "", ".".join(place), ",".join(row.values()), expected))
            continue
        title, description = row.get("title", ""), row.get("description", "")
        found[place] = replace(first, title=title, description=description, labels=labels)
    if places != list(published.columns):
        wrong.append(Mismatch(path, "", "other columns than the data package says"))
    return found


def labels_in(allowed: str, codes: Iterable[str]) -> Mapping[str, str] | None:
    """The words for codes in "code: words; code: words"; None for other codes than these."""
    names = tuple(codes)
    pattern = "; ".join(f"{re.escape(name)}: (.+)" for name in names)
    found = re.fullmatch(pattern, allowed)
    return dict(zip(names, found.groups(), strict=True)) if found else None
