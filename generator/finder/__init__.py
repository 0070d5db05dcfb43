"""The finder's index: names, ZIP codes and areas of schools, in small JSON files by first letters.

`finder/words` leads from the letters typed to schools, `finder/near` from three letters in a row to
the words that have them, for a word that no school has. The script finder.js reads both.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.finder.fold import triples, words_of
from generator.finder.shards import Places, file_name, shards
from generator.model import File, Record

MOST_SCHOOLS = 200  # in one file: about 20 kB, parsed and searched at once by an old phone
MOST_WORDS = 500
SHORTEST_MENDED = 4  # letters of a word that may be meant by another one
JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True)
class Entry:
    """A school as the finder shows it: id, name, area and ZIP code ("" where not found), and every
    other name that it has or had, each once."""

    id: str
    name: str
    area: str
    zip: str
    others: tuple[str, ...]


def finder_files(record: Record) -> Iterator[File]:
    """All files of the index. The same record gives the same files, whatever the order of rows."""
    return index_files(entries(record))


def index_files(found: Iterable[Entry]) -> Iterator[File]:
    """The index of these schools; those of one word stand in the order of their names."""
    lines: list[str] = []
    words = Places()
    for number, entry in enumerate(sorted(found, key=lambda one: (one.name.casefold(), one.id))):
        row = (entry.id, entry.name, entry.area, entry.zip, *entry.others)
        lines.append(JSON.encode(row))
        # Folded at once: with 100,000 schools every call counts.
        first, *others = dict.fromkeys(words_of("\n".join(row[1:]))) or ("",)
        words.add((first,), number, leads=True)
        words.add(others, number, leads=False)
    yield from shards("finder/words", words, lines, MOST_SCHOOLS)
    yield from near_files(words.words())


def near_files(words: Iterable[str]) -> Iterator[File]:
    """The words of letters that a mistyped one may stand for, by three letters in a row.

    `finder/near.json` names the files, each by the first letters in it; it has those that stand,
    as text, before the next name.
    """
    found: dict[str, list[str]] = {}
    for word in words:
        if len(word) >= SHORTEST_MENDED and word.isalpha():
            for letters in triples(word):
                found.setdefault(letters, []).append(word)
    parts = dict(_runs(found))
    yield _rows("finder/near.json", parts)
    for name, kept in parts.items():
        yield _rows(f"finder/near/{file_name(name)}.json", kept)


def _runs(found: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, list[str]]]:
    """Runs of keys whose words together are not many: the first key, the words each once."""
    first, kept, size = "", list[str](), 0
    for key in sorted(found):
        if kept and size + len(found[key]) > MOST_WORDS:
            yield first, sorted(set(kept))
            kept, size = [], 0
        first = first if kept else key
        kept += found[key]
        size += len(found[key])
    if kept:
        yield first, sorted(set(kept))


def _rows(path: str, rows: Iterable[str]) -> File:
    return File(path, f"{JSON.encode({'rows': list(rows)})}\n".encode())


def entries(record: Record) -> Iterator[Entry]:
    """The schools with all names under which they, or decisions about them, were listed."""
    names = other_names(record)
    schools = _columns(record, "schools", ("school_id", "name", "short_name", "area", "zip"))
    for school_id, name, short, area, code in schools:
        others = dict.fromkeys((short, *sorted(names.get(school_id, ()))))
        kept = tuple(other for other in others if other and other != name)
        yield Entry(school_id, name, area, code, kept)


def other_names(record: Record) -> dict[str, set[str]]:
    """By school: its names in other lists and in sources, and those of its decision units."""
    found: dict[str, set[str]] = {}
    for school_id, name in _columns(record, "school_names", ("school_id", "name")):
        found.setdefault(school_id, set()).add(name)
    for unit_id, schools in record.schools_of_unit.items():
        for school_id in schools:
            found.setdefault(school_id, set()).add(str(record.units[unit_id]["name"]))
    return found


def _columns(record: Record, table: str, names: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """These columns row by row, "" for an empty cell."""
    frame = record.tables[table].frame
    return zip(*(frame[name].astype(object).where(frame[name].notna(), "") for name in names),
               strict=True)  # fmt: skip
