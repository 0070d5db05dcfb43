"""What changed since a release: each change told, graded and explained, or the build says no."""

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from generator import downloads
from generator.changelog import as_table, explained, fact_problems, with_changelog
from generator.changelog.kept import kept_tables
from generator.changelog.schema import schema_problems, version_of
from generator.check import check
from generator.derive import derive
from generator.downloads import datapackage, schema_version
from generator.errors import InputError
from generator.model import Fact, File, Record, Release
from generator.pipeline.datafiles import table_files
from generator.pipeline.kept import kept
from generator.read import read
from generator.read.reasons import reasons_in
from generator.read.releases import read_releases
from generator.release import freeze
from generator.tables import SCHEMA_VERSION
from generator.verify.kept import check_kept
from generator.verify.published import Published
from tests.changing import explain_all, problems_of
from tests.edition import add_row, drop_row, edit, write_edition

FIRST, SECOND = "2025-01-10", "2025-03-01"
HEAD = "since,table,row_key,column,old,old_mark,new,new_mark,reason,why,source_id\n"
FACTS = b"id,value,mark\ncount.a,1,\npolicy.b,10,\nvotes.heights-2020.seats,12,\n"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """An edition with a release that holds what it holds; nothing has changed since."""
    folder = write_edition(tmp_path / "data")
    freeze_tables(folder, FIRST)
    return folder


def record_of(data: Path) -> Record:
    edition, raw = read(data)
    return derive(check(raw, edition), edition)


def freeze_tables(data: Path, release: str, facts: bytes = FACTS) -> None:
    """Release the tables alone, without a site."""
    record = with_changelog(record_of(data), as_table((), ()))
    tables = [public.table for public in record.tables.values()]
    files = [
        File(file.path.removeprefix("data/"), file.content) for file in table_files(record, {})
    ]
    package = datapackage(tables, record.edition, dict.fromkeys(record.tables, 0))
    files += [File("datapackage.json", package), File("facts.csv", facts)]
    before = [one.id for one in read_releases(data)]
    for file in freeze(release, before[-1] if before else "", files, [], b"{}"):
        path = data / "releases" / release / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)


def reason(data: Path, line: str, since: str = FIRST) -> None:
    """Add a line to changes.csv: from the table to `new_mark`, then the reason."""
    path = data / "changes.csv"
    if not path.exists():
        path.write_text(HEAD)
    with path.open("a") as file:
        file.write(f"{since},{line},We misread it.,minutes\n")


def told(data: Path) -> dict[str, Mapping[str, str | None]]:
    """The rows of the changelog by their ids."""
    table = explained(record_of(data), read_releases(data), *reasons_in(data)).table
    rows = with_changelog(record_of(data), table).rows["changelog"]
    return {str(row["change_id"]): row for row in rows}


def messages(data: Path) -> list[str]:
    return [str(problem) for problem in problems_of(data)]


def test_nothing_changed(data: Path) -> None:
    assert told(data) == {}


def test_without_a_release_nothing_is_a_change(tmp_path: Path) -> None:
    assert told(write_edition(tmp_path / "data")) == {}


def test_a_changed_value_without_a_reason_is_refused_with_its_line(data: Path) -> None:
    edit(data, "votes", 2, "seats", "11")
    line = f"{FIRST},votes,heights-2020,seats,12,,11,,REASON,WHY,"
    assert messages(data) == [
        f'data/changes.csv: found votes heights-2020 seats: "12" → "11" since release {FIRST} '
        "without a reason, expected a line with its reason. Add this line with new_data, "
        "source_revised, our_error or method in place of REASON, and a sentence in place of WHY: "
        f"{line} (the first line is {HEAD.strip()})"
    ]


def test_with_the_line_it_is_told(data: Path) -> None:
    edit(data, "votes", 2, "seats", "11")
    reason(data, "votes,heights-2020,seats,12,,11,,our_error")
    row = told(data)[f"{FIRST}/votes/heights-2020/seats"]
    assert {name: cell for name, cell in row.items() if cell is not None} == {
        "change_id": f"{FIRST}/votes/heights-2020/seats", "since": FIRST, "table": "votes",
        "row_key": "heights-2020", "column": "seats", "kind": "value_changed", "old": "12",
        "new": "11", "grade": "correction", "reason": "our_error", "why": "We misread it.",
        "source_id": "minutes", "school_ids": "000104",
    }  # fmt: skip
    assert row["release"] is None


def test_a_mark_is_a_part_of_its_cell(data: Path) -> None:
    edit(data, "votes", 2, "seats", "")
    explain_all(data, "source_revised")
    (row,) = told(data).values()
    assert (row["old"], row["new"], row["new_mark"]) == ("12", None, "not_found")
    assert row["grade"] == "correction"


@pytest.mark.parametrize(
    ("given", "grade"),
    [
        ("new_data", "addition"), ("source_revised", "correction"), ("our_error", "correction"),
        ("method", "correction"),
    ],
)  # fmt: skip
def test_reasons_and_grades(data: Path, given: str, grade: str) -> None:
    edit(data, "votes", 2, "seats", "11")
    explain_all(data, given)
    assert [row["grade"] for row in told(data).values()] == [grade]


def test_added_rows_need_no_reason_and_are_a_line_each(data: Path) -> None:
    add_row(data, "enrollments", school_id="900003", school_year="2020-21", students="500",
            source_id="list-2020")  # fmt: skip
    (row,) = told(data).values()
    assert (row["kind"], row["grade"], row["reason"]) == ("row_added", "addition", None)
    assert (row["source_id"], row["school_ids"]) == ("list-2020", "900003")


def test_a_removed_row_needs_a_reason(data: Path) -> None:
    drop_row(data, "enrollments", 2)
    assert "enrollments 000104.2020-21: row removed" in messages(data)[0]
    explain_all(data)
    (row,) = told(data).values()
    assert (row["kind"], row["column"], row["grade"]) == ("row_removed", None, "correction")
    assert row["school_ids"] == "000104"


def test_other_words_with_the_same_numbers_need_no_reason(data: Path) -> None:
    edit(data, "votes", 3, "caveat", "Too few of the members were there.")
    (row,) = told(data).values()
    assert (row["grade"], row["reason"]) == ("wording", None)


def test_other_numbers_in_words_do(data: Path) -> None:
    edit(data, "votes", 3, "caveat", "Only 4 members were there.")
    assert len(messages(data)) == 1


def test_words_that_are_gone_need_a_reason(data: Path) -> None:
    edit(data, "votes", 3, "caveat", "")
    assert '"Too few members were there." → (empty)' in messages(data)[0]


def test_a_reason_for_words_is_their_grade(data: Path) -> None:
    edit(data, "votes", 3, "caveat", "Too few of the members were there.")
    reason(data, "votes,park-2020-advice,caveat,Too few members were there.,,"
           "Too few of the members were there.,,our_error")  # fmt: skip
    assert [row["grade"] for row in told(data).values()] == ["correction"]


def test_one_line_for_a_whole_column(data: Path) -> None:
    edit(data, "enrollments", 2, "students", "1201")
    edit(data, "enrollments", 3, "students", "1151")
    reason(data, "enrollments,,students,,,2,,method")
    assert [row["reason"] for row in told(data).values()] == ["method", "method"]
    edit(data, "enrollments", 4, "students", "642")
    (message,) = messages(data)
    assert message.startswith(
        'data/changes.csv:2: found a reason for enrollments students: (empty) → "2", expected'
        " 3 in new: as many cells changed."
    )


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("votes,heights-2020,seats,12,,10,,our_error", 'found a reason for votes heights-2020 '
         'seats: "12" → "10", expected "12" → "11", as it changed'),
        ("votes,heights-2020,seats,13,,11,,our_error", 'found a reason for votes heights-2020 '
         'seats: "13" → "11", expected "12" → "11", as it changed'),
        ("votes,heights-2020,seats,,not_found,11,,our_error", 'found a reason for votes '
         'heights-2020 seats: (not_found) → "11", expected "12" → "11", as it changed'),
        ("votes,heights-2020,quorum,yes,,no,,our_error",
         "found a reason for votes heights-2020 quorum, which did not change"),
        ("votes,nothing,,,,,,our_error", "found a reason for votes nothing, which did not change"),
        ("votes,,quorum,,,,,method", "found a reason for votes quorum, which did not change"),
        ("votes,,seats,12,,11,,method", 'found a reason for votes seats: "12" → "11", expected 1 in'
         " new: as many cells changed"),
    ],
)  # fmt: skip
def test_a_reason_for_what_did_not_happen_is_refused(data: Path, line: str, found: str) -> None:
    edit(data, "votes", 2, "seats", "11")
    explain_all(data)
    if "heights-2020,seats" in line:
        (data / "changes.csv").unlink()
    reason(data, line)
    (message,) = messages(data)
    assert found in message
    assert message.startswith(f"data/changes.csv:{2 if 'heights-2020,seats' in line else 3}: ")


def test_a_reason_since_no_release_is_refused(data: Path) -> None:
    edit(data, "votes", 2, "seats", "11")
    explain_all(data)
    reason(data, "votes,heights-2020,seats,12,,11,,our_error", since="2024-01-01")
    assert messages(data) == [
        'data/changes.csv:3: found "2024-01-01" in since, expected the id of a release. '
        f"Releases are: {FIRST}."
    ]


def test_a_value_and_a_mark_in_one_line_are_refused(data: Path) -> None:
    edit(data, "votes", 2, "seats", "11")
    reason(data, "votes,heights-2020,seats,12,not_found,11,,our_error")
    with pytest.raises(InputError, match="expected a mark only beside an empty cell"):
        record_of(data)


def test_a_name_in_a_reason_is_refused(data: Path) -> None:
    edit(data, "votes", 2, "seats", "11")
    explain_all(data, why="As Ulrike Invented told us.")
    with pytest.raises(InputError, match="expected words that point to no person"):
        record_of(data)


def test_reasons_stay_after_the_next_release(data: Path) -> None:
    """What was told of one release to the next is told for good; a line taken away is missed."""
    edit(data, "votes", 2, "seats", "11")
    explain_all(data)
    freeze_tables(data, SECOND)
    (row,) = told(data).values()
    assert (row["since"], row["release"]) == (FIRST, SECOND)
    edit(data, "votes", 2, "seats", "12")
    explain_all(data, "source_revised")
    found = told(data)
    assert [row["release"] for row in found.values()] == [SECOND, None]
    assert list(found) == [f"{day}/votes/heights-2020/seats" for day in (FIRST, SECOND)]
    (data / "changes.csv").unlink()
    assert len([one for one in messages(data) if "without a reason" in one]) == 2


def test_the_changes_of_bookkeeping_are_no_changes(data: Path) -> None:
    edit(data, "votes", 2, "seats", "11")
    explain_all(data)
    freeze_tables(data, SECOND)
    assert {row["table"] for row in told(data).values()} == {"votes"}


def new_id(data: Path, old: str, new: str) -> None:
    """Give a school another id in all files."""
    for path in data.glob("*.csv"):
        path.write_text(path.read_text().replace(old, new))


def test_a_school_that_is_gone_has_to_name_its_successor(data: Path) -> None:
    new_id(data, "900002", "900012")
    assert any(f"{FIRST},schools,900002,,,,SUCCESSOR,,REASON,WHY," in one for one in messages(data))
    reason(data, "schools,900002,,,,,,source_revised")
    (message,) = [one for one in messages(data) if ":2:" in one]
    assert message == (
        "data/changes.csv:2: found the school 900002 gone without a successor, expected the "
        "school_id of its successor in new. Write the id that took its place into new."
    )


def test_a_successor_has_to_be_there(data: Path) -> None:
    new_id(data, "900002", "900012")
    reason(data, "schools,900002,,,,900013,,source_revised")
    assert any('found "900013" as the successor of 900002' in one for one in messages(data))


def test_another_id_of_a_school_is_one_change(data: Path) -> None:
    """Rows about the school stay what they are; what else changed in them is told."""
    new_id(data, "900002", "900012")
    edit(data, "enrollments", 4, "students", "641")
    reason(data, "schools,900002,,,,900012,,source_revised")
    explain_all(data)
    found = {name.removeprefix(f"{FIRST}/"): row for name, row in told(data).items()}
    assert sorted(found) == [
        "enrollments/900012.2020-21/students", "schools/900002", "schools/900012",
    ]  # fmt: skip
    gone = found["schools/900002"]
    assert (gone["kind"], gone["new"], gone["grade"]) == ("row_removed", "900012", "breaking")


def test_another_id_of_a_school_raises_the_version(data: Path) -> None:
    """Once for each release after which ids changed, however many did."""
    assert schema_version(record_of(data).rows.get("changes", ())) == SCHEMA_VERSION
    for old, new in (("900002", "900012"), ("900003", "900013")):
        new_id(data, old, new)
        reason(data, f"schools,{old},,,,{new},,source_revised")
    explain_all(data)
    raised = schema_version(record_of(data).rows["changes"])
    assert raised == SCHEMA_VERSION.replace("1.", "2.", 1)
    assert messages(data) == []


def test_whole_columns_and_tables(data: Path) -> None:
    """A release that has a column and a table that are gone since; one of both is new."""
    folder = data / "releases" / FIRST
    package = json.loads((folder / "datapackage.json").read_bytes())
    (held,) = [one for one in package["resources"] if one["name"] == "questions"]
    held = json.loads(json.dumps(held).replace('"name": "title"', '"name": "named"'))
    old = Release(FIRST, "", (
        File("datapackage.json", json.dumps({"resources": [
            {**held, "name": "gone"}, held]}).encode()),
        File("gone.csv", b"question_id\nx\n"),
        File("questions.csv", (folder / "questions.csv").read_bytes().replace(b"title", b"named")),
    ))  # fmt: skip
    with pytest.raises(InputError) as caught:
        explained(record_of(data), [old], *reasons_in(data))
    found = [problem.found for problem in caught.value.problems]
    assert any(one.startswith("gone: table gone") for one in found)
    assert any(one.startswith("questions named: column gone") for one in found)
    assert not any("added" in one for one in found)
    reason(data, "gone,,,,,,,method")
    reason(data, "questions,,named,,,,,method")
    with pytest.raises(InputError) as caught:
        explained(record_of(data), [old], *reasons_in(data))
    (problem,) = caught.value.problems
    assert problem.where == "generator/tables/__init__.py"
    assert "the column questions.named gone, the table gone gone" in problem.found


def fact(name: str, value: int, expression: str = "site.toml[policy].min_cell") -> Fact:
    return Fact(name, "district", "m", "", value, "count", expression=expression)


class Pages:
    """The facts that pages show, as a build keeps them."""

    def __init__(self, facts: dict[str, Fact]) -> None:
        self.facts = facts

    def values(self) -> Iterator[tuple[str, str, str]]:
        yield from ((row.id, row.value, row.mark) for row in kept(self.facts.values()).rows)

    def line(self, fact: str) -> str:
        return downloads.fact_line(self.facts[fact])


def looked_at(data: Path, **values: int) -> list[str]:
    """The problems of computed values, each by the query that it has."""
    known = explained(record_of(data), read_releases(data), *reasons_in(data))
    queries = {"count.a": "sql: select count(*) from votes", "policy.b": "site.toml[policy].b"}
    names = {"count": "count.a", "policy": "policy.b"}
    facts = {names[key]: fact(names[key], n, queries[names[key]]) for key, n in values.items()}
    return [str(problem) for problem in fact_problems(known, Pages(facts))]


def test_a_computed_value_changes_with_its_table(data: Path) -> None:
    assert looked_at(data, count=1, policy=10) == []
    (message,) = looked_at(data, count=2)
    assert f"{FIRST},facts,count.a,value,1,,2,,REASON,WHY," in message
    edit(data, "votes", 2, "seats", "11")
    explain_all(data)
    assert looked_at(data, count=2) == []


def test_a_computed_value_with_a_reason_of_its_own(data: Path) -> None:
    reason(data, "facts,policy.b,value,10,,11,,method")
    assert looked_at(data, policy=11) == []
    (row,) = told(data).values()
    assert (row["table"], row["row_key"], row["grade"]) == ("facts", "policy.b", "correction")
    (message,) = looked_at(data, policy=12)
    assert '"10" → "11", expected "10" → "12", as it changed' in message
    (message,) = looked_at(data, policy=10)
    assert "a reason for the fact policy.b value, which did not change" in message


def test_a_reason_for_a_computed_value_is_held_to_the_releases(data: Path) -> None:
    reason(data, "facts,policy.b,value,10,,11,,method")
    freeze_tables(data, SECOND, FACTS.replace(b"policy.b,10", b"policy.b,11"))
    assert [row["release"] for row in told(data).values()] == [SECOND]
    freeze_tables(data, "2025-04-01", FACTS)
    reason(data, "facts,policy.b,value,11,,12,,method", since=SECOND)
    assert len(messages(data)) == 1


def package(record: Record, change: Callable[[dict[str, list[dict[str, str]]]], None]) -> bytes:
    tables = [public.table for public in record.tables.values()]
    made = json.loads(datapackage(tables, record.edition, dict.fromkeys(record.tables, 0)))
    for resource in made["resources"]:
        if resource["name"] == "votes":
            change(resource["schema"])
    return json.dumps(made).encode()


def drop(schema: dict[str, list[dict[str, str]]]) -> None:
    schema["fields"] = [one for one in schema["fields"] if one["name"] != "seats"]


def retype(schema: dict[str, list[dict[str, str]]]) -> None:
    (seats,) = [one for one in schema["fields"] if one["name"] == "seats"]
    seats["type"] = "string"


@pytest.mark.parametrize(
    ("before", "now", "version", "found"),
    [
        (None, None, "1.1.0", ""),
        (drop, None, "1.1.0", "1.2.0 or higher"),
        (drop, None, "1.2.0", ""),
        (None, drop, "1.9.0", "2.0.0 or higher"),
        (None, drop, "2.0.0", ""),
        (None, retype, "1.2.0", "2.0.0 or higher"),
        (None, None, "1.0.9", "1.1.0 or higher"),
    ],
)
def test_the_version_rises_with_what_the_tables_are(
    data: Path,
    before: Callable[..., None] | None,
    now: Callable[..., None] | None,
    version: str,
    found: str,
) -> None:
    record = record_of(data)
    old, new = (package(record, change or (lambda _: None)) for change in (before, now))
    old = old.replace(SCHEMA_VERSION.encode(), b"1.1.0")
    release = Release(FIRST, "", (File("datapackage.json", old),))
    problems = list(schema_problems(release, json.loads(new), version))
    assert [problem.expected for problem in problems] == ([found] if found else [])
    assert version_of(release) == "1.1.0"


def test_the_first_release_counts_as_the_first_version(data: Path) -> None:
    release = read_releases(data)[0]
    files = [replace(one, content=b'{"resources": []}') for one in release.files[:1]]
    assert version_of(Release(FIRST, "", (File("datapackage.json", files[0].content),))) == "1.0.0"


def test_a_changed_frozen_file_is_refused(data: Path) -> None:
    path = data / "releases" / FIRST / "votes.csv"
    path.write_bytes(path.read_bytes().replace(b"12", b"13", 1))
    with pytest.raises(InputError, match=r"votes\.csv: found other content, expected the file"):
        read_releases(data)
    shutil.rmtree(path.parent)
    assert read_releases(data) == ()


def test_a_table_that_is_gone_keeps_its_last_file(data: Path) -> None:
    """Of all releases that hold it the last one; tables that are published now are left alone."""
    held = json.dumps({"resources": [
        {"name": name, "schema": {"primaryKey": ["id"]}} for name in ("gone", "votes", "changelog")
    ]}).encode()  # fmt: skip
    releases = [
        Release(day, "", (
            File("datapackage.json", held), File("gone.csv", b"id\n%d\n" % number),
            File("votes.csv", b"id\n"), File("changelog.csv", b"id\n"),
        ))
        for number, day in enumerate((FIRST, SECOND))
    ]  # fmt: skip
    assert list(kept_tables(record_of(data), releases)) == [File("data/gone.csv", b"id\n1\n")]
    assert list(kept_tables(record_of(data), ())) == []


def test_verify_holds_the_old_address_of_a_table(tmp_path: Path) -> None:
    frozen = tmp_path / "data/releases" / FIRST
    frozen.mkdir(parents=True)
    fields = {"title": "", "description": "", "rows": 1}
    schema = {"fields": [], "primaryKey": ["id"]}
    package = {"resources": [{"name": "gone", **fields, "schema": schema}]}
    (frozen / "datapackage.json").write_text(json.dumps(package))
    (frozen / "gone.csv").write_text("id\n1\n")
    published = Published({}, {}, {}, {}, {})
    (mismatch,) = check_kept(tmp_path, published, [""])
    assert mismatch.page == "data/gone.csv"
    shutil.copy(frozen / "gone.csv", tmp_path / "data/gone.csv")
    assert list(check_kept(tmp_path, published, [""])) == []
