"""The finder's index: every name leads to its school, and every file stays small."""

import json
import random
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.finder import MOST_SCHOOLS, MOST_WORDS, Entry, entries, finder_files, index_files
from generator.finder.fold import fold, triples, words_of
from generator.finder.shards import DEPTH, SHOWN, Places, file_name, shards
from generator.model import File
from generator.write.paths import path_fault
from tests.edition import edit, write_edition
from tests.presenting import record_of

Read = Mapping[str, Any]


def read(files: Iterable[File]) -> dict[str, Read]:
    """The parsed files by their paths; each path once."""
    found: dict[str, Read] = {}
    for file in files:
        assert file.path not in found
        found[file.path] = json.loads(file.content)
    return found


def walk(files: Mapping[str, Read], folder: str, key: str) -> list[Any]:
    """The rows that a script finds for the letters typed; as finder.js walks."""
    node = files[f"{folder}.json"]
    for at, letter in enumerate(key[:DEPTH], start=1):
        if "next" not in node:
            break
        if letter not in node["next"]:
            return []
        node = files[f"{folder}/{file_name(key[:at])}.json"]
    rows: list[Any] = node["rows"]
    return rows


def ids(files: Mapping[str, Read], typed: str) -> set[str]:
    return {row[0] for row in walk(files, "finder/words", typed)}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Bartolomé de las Casas", ["bartolome", "de", "las", "casas"]),
        ("Luke O\u2019Toole", ["luke", "otoole"]),
        ("A. N. Pritzker", ["pritzker"]),
        ("Łódź-Straße", ["lodz", "strasse"]),
        ("\u05d1\u05d9\u05ea \u05e1\u05e4\u05e8", ["\u05d1\u05d9\u05ea", "\u05e1\u05e4\u05e8"]),
        ('<b>"Quoted"</b> & Co_op', ["quoted", "co", "op"]),
        ("60632", ["60632"]),
        ("", []),
    ],
)
def test_names_become_plain_words(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert [fold(word) for word in words_of(text)] == words_of(" ".join(words_of(text)))


HARD = (
    Entry("1", 'Bartolomé <i>"de"</i> las Casas', "North & South", "60601", ("CASAS ES",)),
    Entry("2", "\u05d1\u05d9\u05ea \u05e1\u05e4\u05e8", "", "", ()),
    Entry("3", "Long " + "n" * 200, "", "60602", ()),
    Entry("4", "X", "", "", ()),
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("bart", "1"), ("casas", "1"), ("es", "1"), ("60601", "1"), ("north", "1"),
        ("\u05e1\u05e4", "2"), ("nnnn", "3"), ("n" * 200, "3"),
    ],
)  # fmt: skip
def test_hard_names_are_found(typed: str, found: str) -> None:
    assert found in ids(read(index_files(HARD)), typed)


def test_a_name_stands_in_the_index_as_it_is() -> None:
    rows = walk(read(index_files(HARD)), "finder/words", "bart")
    assert ["1", HARD[0].name, "North & South", "60601", "CASAS ES"] in rows


def made(count: int) -> list[Entry]:
    """Schools with a common word, a rare one and one of three."""
    return [
        Entry(str(i), f"School Unique{i:05} {('North', 'South', 'West')[i % 3]}", "", "", ())
        for i in range(count)
    ]


def test_no_file_holds_more_than_its_share() -> None:
    files = read(index_files(made(3 * MOST_SCHOOLS)))
    most = max(len(file["rows"]) for path, file in files.items() if "words" in path)
    assert most <= MOST_SCHOOLS + SHOWN
    assert "457" in ids(files, "unique00457")
    assert len(ids(files, "sch")) == SHOWN
    assert len(ids(files, "school")) == MOST_SCHOOLS


def test_all_schools_of_a_word_are_there_while_they_fit() -> None:
    files = read(index_files(made(3 * MOST_SCHOOLS)))
    assert len(ids(files, "north")) == MOST_SCHOOLS
    assert "next" not in files["finder/words/n.json"]


def test_a_name_that_begins_so_comes_first() -> None:
    found = [Entry(str(i), f"Aaa{i} Kelso", "", "", ()) for i in range(MOST_SCHOOLS)]
    last = Entry("k", "Kelly", "", "", ())
    rows = walk(read(index_files([*found, last])), "finder/words", "ke")
    assert rows[0][0] == "k"


def test_the_order_of_rows_changes_nothing() -> None:
    schools = made(500)
    mixed = random.Random(5).sample(schools, len(schools))
    assert list(index_files(schools)) == list(index_files(mixed))


def near(files: Mapping[str, Read], letters: str) -> list[str]:
    """The words of the file in which these three letters are; as finder.js looks for it."""
    names = [name for name in files["finder/near.json"]["rows"] if name <= letters]
    rows: list[str] = files[f"finder/near/{file_name(names[-1])}.json"]["rows"] if names else []
    return rows


def test_mistyped_words_are_near_by_three_letters() -> None:
    words = [f"{a}{b}ll{c}" for a in "abcdefghij" for b in "aeiou" for c in "klmnopqrst"]
    files = read(index_files([Entry("1", " ".join(words), "", "", ())]))
    assert len(files["finder/near.json"]["rows"]) > 3
    for word in words:
        assert all(word in near(files, letters) for letters in triples(word))
    assert max(len(file["rows"]) for path, file in files.items() if "near/" in path) <= MOST_WORDS


def test_neither_numbers_nor_short_words_are_mended() -> None:
    assert read(index_files([Entry("1", "Kay 60606", "", "", ())]))["finder/near.json"] == {
        "rows": []
    }


@given(
    st.dictionaries(st.text("abc\u05d0", min_size=1, max_size=4), st.integers(1, 9), max_size=30)
)
def test_every_key_leads_to_its_lines(counts: dict[str, int]) -> None:
    places, lines = Places(), [str(number) for number in range(sum(counts.values()))]
    number, of_key = 0, {}
    for key, count in counts.items():
        of_key[key] = set(range(number, number + count))
        for line in range(number, number + count):
            places.add([key], line, leads=bool(line % 2))
        number += count
    files = read(shards("f", places, lines, 9))
    for key, wanted in of_key.items():
        assert wanted <= set(walk(files, "f", key))


def test_the_names_of_a_school_and_of_its_decisions_are_collected(tmp_path: Path) -> None:
    data = write_edition(tmp_path / "data")
    found = {entry.id: entry for entry in entries(record_of(data))}
    record = record_of(data)
    assert found.keys() == set(record.school_names)
    for unit, schools in record.schools_of_unit.items():
        for school in schools:
            name = str(record.units[unit]["name"])
            assert name in (found[school].name, *found[school].others)
    for row in record.tables["school_names"].frame.itertuples():
        assert row.name in (found[row.school_id].name, *found[row.school_id].others)
    assert all(len(set(entry.others)) == len(entry.others) for entry in found.values())


def test_an_area_that_is_not_found_is_empty(tmp_path: Path) -> None:
    data = write_edition(tmp_path / "data")
    for column in ("area", "area_id", "zip"):
        edit(data, "schools", 2, column, "")
    assert any((one.area, one.zip) == ("", "") for one in entries(record_of(data)))
    assert read(finder_files(record_of(data)))


def test_no_file_has_the_name_of_a_device_of_windows() -> None:
    """Schools are called Aux Sable and Concord; finder.js makes the same names."""
    assert [file_name(one) for one in ("aux", "con", "com1", "conc", "au", "çon")] == [
        "aux-", "con-", "com1-", "conc", "au", "-e7-on",
    ]  # fmt: skip
    names = ["aux sable", *(f"con{letter} school" for letter in "abcdefgh")]
    places = Places()
    for line, name in enumerate(names):
        places.add([name], line, leads=True)
    paths = {file.path for file in shards("finder/words", places, names, 1)}
    assert "finder/words/con-.json" in paths
    assert not any(path_fault(path) for path in paths)
