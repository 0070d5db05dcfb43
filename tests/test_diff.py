"""Two editions compared: each cell, row, column and table that differs, and nothing else."""

import csv
import json
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.__main__ import main
from generator.diff import Change, Tables, compare
from generator.diff.pages import Pages, compare_pages
from generator.diff.records import records
from generator.diff.report import as_json, markdown, summary, terminal
from generator.diff.tables import compare_tables, keys_of
from generator.errors import InputError
from tests.edition import drop_row, edit, write_edition

KEY = ("id",)
OLD = b"id,name,seats,seats_mark\na,One,1,\nb,Two,,not_found\nc,Three,3,\n"


def changes(old: bytes, new: bytes, key: tuple[str, ...] = KEY) -> list[tuple[str, ...]]:
    """(row, column, kind, old, its mark, new, its mark) of each change."""
    return [
        (one.row_key, one.column, one.kind, one.old, one.old_mark, one.new, one.new_mark)
        for one in compare_tables("t", old, new, [key])
    ]


def test_equal_files_have_no_changes() -> None:
    assert changes(OLD, OLD) == []
    assert changes(OLD, OLD.replace(b"\n", b"\r\n")) == []


def test_rows_in_another_order_are_the_same() -> None:
    head, *rows = OLD.splitlines(keepends=True)
    assert changes(OLD, head + b"".join(reversed(rows))) == []


def test_cells_and_rows() -> None:
    new = b"id,name,seats,seats_mark\nb,Two,2,\nc,Three,,withheld\nd,Four,4,\n"
    assert changes(OLD, new) == [
        ("a", "", "row_removed", "", "", "", ""),
        ("b", "seats", "value_changed", "", "not_found", "2", ""),
        ("c", "seats", "value_changed", "3", "", "", "withheld"),
        ("d", "", "row_added", "", "", "", ""),
    ]


def test_another_mark_is_a_change_of_its_cell() -> None:
    assert changes(OLD, OLD.replace(b"not_found", b"withheld")) == [
        ("b", "seats", "value_changed", "", "not_found", "", "withheld")
    ]


def test_columns_are_told_once_and_the_rest_is_compared() -> None:
    new = b"id,seats,seats_mark,area,area_mark\na,1,,North,\nb,,not_found,,not_found\nc,4,,South,\n"
    assert changes(OLD, new) == [
        ("", "name", "column_gone", "", "", "", ""),
        ("", "area", "column_added", "", "", "", ""),
        ("c", "seats", "value_changed", "3", "", "4", ""),
    ]


def test_rows_are_compared_though_every_record_has_another_column() -> None:
    new = b"id,seats,seats_mark,name,more\nc,3,,Three,x\nb,,not_found,Two,x\ne,5,,Five,x\n"
    assert changes(OLD, new) == [
        ("", "more", "column_added", "", "", "", ""),
        ("a", "", "row_removed", "", "", "", ""),
        ("e", "", "row_added", "", "", "", ""),
    ]


def test_a_mark_of_a_column_that_was_there_is_told() -> None:
    assert changes(b"id,n\na,1\n", b"id,n,n_mark\na,1,\n") == [
        ("", "n_mark", "column_added", "", "", "", "")
    ]


def test_quotes_commas_and_line_breaks() -> None:
    old = b'id,note\na,"one, two"\nb,"first\nsecond ""x"""\nc,plain\n'
    assert changes(old, old.replace(b"plain", b'"plain"')) == []
    assert changes(old, old.replace(b"second", b"third")) == [
        ("b", "note", "value_changed", 'first\nsecond "x"', "", 'first\nthird "x"', "")
    ]


def test_a_key_of_several_columns_and_a_key_that_is_gone() -> None:
    old = b"a,b,n\n1,x,5\n1,y,6\n"
    assert changes(old, b"a,b,n\n1,x,5\n1,y,7\n", ("a", "b"))[0][0] == "1.y"
    assert [one[:3] for one in changes(old, b"a,n\n1,5\n", ("b",))] == [
        ("", "b", "column_gone"), ("1.6", "", "row_removed"),
    ]  # fmt: skip


def test_a_key_that_stands_twice_is_numbered() -> None:
    assert changes(b"id,n\na,1\n", b"id,n\na,2\na,3\n") == [
        ("a", "n", "value_changed", "1", "", "2", ""),
        ("a (2)", "", "row_added", "", "", "", ""),
    ]


def test_empty_files_and_short_rows() -> None:
    assert changes(b"id\n", b"id\na\n") == [("a", "", "row_added", "", "", "", "")]
    assert changes(b"", b"id\n") == [("", "id", "column_added", "", "", "", "")]
    assert changes(b"id,n\na\n", b"id,n\na,\n") == []
    assert keys_of(b"", KEY) == frozenset()
    assert keys_of(OLD, KEY) == {"a", "b", "c"}


@pytest.mark.parametrize(
    ("new", "message"),
    [
        (OLD.replace(b"Two", b"caf\xe9"),
         "new:3: found a byte that is not UTF-8 (0xe9), expected UTF-8 text. Save the file as"
         " UTF-8, with the line ends of Unix or Windows."),
        (OLD.replace(b"\n", b"\r"),
         "new:1: found a carriage return without a line feed, expected cells and commas. Save the"
         " file as UTF-8, with the line ends of Unix or Windows."),
        (OLD.replace(b"Two", b"T\rwo"),
         "new:3: found a carriage return without a line feed, expected cells and commas. Save the"
         " file as UTF-8, with the line ends of Unix or Windows."),
        (OLD.replace(b"Two", b'T"wo,"x'),
         "new:3: found a quote that does not close, expected cells and commas. Save the file as"
         " UTF-8, with the line ends of Unix or Windows."),
        (OLD.replace(b"found\n", b"found,5\n"),
         "new:3: found 5 cells, expected 4 cells, as in the header. Put quotes around a cell that"
         " holds a comma."),
        (OLD.replace(b"id,name", b"id,more,name").replace(b"3,", b'"3\n3",,,'),
         "new:4: found 6 cells, expected 5 cells, as in the header. Put quotes around a cell that"
         " holds a comma."),
        (OLD.replace(b"name", b"seats"),
         "new:1 seats: found the column 2 times, expected it once."),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_with_its_line(new: bytes, message: str) -> None:
    with pytest.raises(InputError) as error:
        changes(OLD, new)
    assert [str(one) for one in error.value.problems] == [message]


@pytest.fixture
def usual_limit() -> Iterator[int]:
    """The longest cell Python's reader takes, as a process has it that no library has changed it
    in: the limit is one for the whole process."""
    found = csv.field_size_limit(131_072)
    yield 131_072
    csv.field_size_limit(found)


def test_cells_may_be_long(usual_limit: int) -> None:
    new = OLD.replace(b"Two", b"x" * 200_000)
    assert changes(OLD, new) == [("b", "name", "value_changed", "Two", "", "x" * 200_000, "")]
    assert csv.field_size_limit() == usual_limit  # check relies on it


@pytest.mark.parametrize("key", [KEY, ()])
def test_a_line_that_stands_twice_is_a_row_more(key: tuple[str, ...]) -> None:
    (added,) = changes(OLD, OLD + OLD.splitlines(keepends=True)[1], key)
    assert added[0].endswith(" (2)")
    assert added[2] == "row_added"
    (removed,) = changes(OLD + OLD.splitlines(keepends=True)[1], OLD, key)
    assert removed[2] == "row_removed"


def test_a_byte_order_mark_is_no_part_of_a_name() -> None:
    assert changes(OLD, b"\xef\xbb\xbf" + OLD) == []


def test_whole_tables() -> None:
    old, new = Tables({"a": OLD, "b": OLD}), Tables({"c": OLD, "a": OLD})
    assert list(compare(old, new)) == [
        Change("c", "", "", "table_added"), Change("b", "", "", "table_gone"),
    ]  # fmt: skip


CELL = st.text(st.sampled_from('ab",\n é'), max_size=4)
ROWS = st.dictionaries(st.sampled_from("abcdefgh"), st.tuples(CELL, CELL), max_size=6)


def as_csv(rows: dict[str, tuple[str, ...]], seed: int, more: bool) -> bytes:
    """The rows as a CSV, every cell quoted, in any order."""
    lines = [("id", "x", "y", *["z"] * more)]
    lines += [(key, *cells, *["1"] * more) for key, cells in rows.items()]
    body = lines[1:]
    random.Random(seed).shuffle(body)
    quoted = (",".join('"' + cell.replace('"', '""') + '"' for cell in line) for line in body)
    return "\n".join([",".join(lines[0]), *quoted, ""]).encode()


@given(ROWS, ROWS, st.integers(0, 9), st.booleans())
def test_it_finds_what_comparing_cell_by_cell_finds(
    old: dict[str, tuple[str, str]], new: dict[str, tuple[str, str]], seed: int, more: bool
) -> None:
    """Whether records cancel as bytes or every row has another column."""
    found = changes(as_csv(old, seed, False), as_csv(new, seed + 1, more))
    expected = [("", "z", "column_added", "", "", "", "")] * more
    for key in sorted(old.keys() | new.keys()):
        if key not in new:
            expected.append((key, "", "row_removed", "", "", "", ""))
        elif key not in old:
            expected.append((key, "", "row_added", "", "", "", ""))
        else:
            for name, was, now in zip("xy", old[key], new[key], strict=True):
                if was != now:
                    expected.append((key, name, "value_changed", was, "", now, ""))
    assert found == expected


def test_records_keep_broken_lines_together() -> None:
    assert records(b'a,"b\nc"\nd\n"e\n') == [b'a,"b\nc"', b"d", b'"e']
    assert records(b"") == []


NAMES = ("2025-01-10", "data")
SOME = [
    Change("votes", "x|y", "seats", "value_changed", "12", "", "", "not_found"),
    Change("votes", "z", "", "row_removed"),
    Change("notes", "", "", "table_added"),
]


def test_the_terminal_shows_a_change_a_line() -> None:
    head, names, rule, *lines = terminal(SOME, NAMES)
    told = "1 row removed, 1 value changed, 1 table added, 1 gap opened"
    assert head == f"2025-01-10 → data: {told}"
    assert names.split() == ["table", "row", "column", "before", "after"]
    assert set(rule) == {"-", " "}
    assert [line.split("  ")[0] for line in lines] == ["votes", "votes", "notes"]
    assert lines[0].split() == ["votes", "x|y", "seats", "12", "(not", "found)"]
    assert next(terminal([*SOME, *SOME], NAMES)).endswith(
        ": 2 rows removed, 2 values changed, 2 tables added, 2 gaps opened"
    )
    assert list(terminal([], NAMES)) == ["2025-01-10 → data: No differences."]


def test_a_terminal_gets_no_endless_table_and_no_control_characters() -> None:
    many = [Change("t", f"{n}", "c", "value_changed", "\x1b[31m", "", "y" * 99) for n in range(600)]
    lines = list(terminal(many, NAMES))
    assert lines[-1] == "… and 100 more; --format json has them all."
    assert "\x1b" not in "".join(lines)
    assert max(map(len, lines)) < 140


def test_markdown_is_a_table_that_no_cell_breaks() -> None:
    text = "\n".join(markdown(SOME, NAMES))
    assert "| votes | 1 | 1 |  |" in text
    assert r"| votes | x\|y | seats | 12 | (not found) |" in text
    assert r"| votes | z |  | (row removed) |  |" in text


def test_markdown_fits_a_comment() -> None:
    many = [Change("t", f"{n}", "c", "value_changed", "x" * 40, "", "_" * 40) for n in range(5000)]
    text = "\n".join(markdown(many, NAMES))
    assert len(text) < 65_536
    left = int(text.rsplit("… and ", 1)[1].split()[0].replace(",", ""))
    assert text.count("| t |") - 1 + left == 5000


def test_json_holds_every_change() -> None:
    told = json.loads("\n".join(as_json(SOME, NAMES)))
    assert (told["format_version"], told["old"], told["new"]) == (1, *NAMES)
    assert told["changes"][0] == {
        "table": "votes", "row_key": "x|y", "column": "seats", "kind": "value_changed",
        "old": "12", "old_mark": "", "new": "", "new_mark": "not_found",
    }  # fmt: skip
    assert told["counts"]["row_removed"] == 1
    assert told["gaps"] == {"closed": 0, "opened": 1}
    assert "pages" not in told
    assert json.loads("\n".join(as_json([], NAMES)))["changes"] == []


OLD_SITE = {
    "index.html": "1", "votes/index.html": "1", "old/index.html": "1", "404.html": "1",
    "embed/a/index.html": "1", "data/votes.csv": "1",
}  # fmt: skip
NEW_SITE = {**OLD_SITE, "votes/index.html": "2", "new/index.html": "1", "index.html": "2"}
NEW_SITE |= {"embed/a/index.html": "2", "data/votes.csv": "2"}
del NEW_SITE["old/index.html"]
PAGES = compare_pages(OLD_SITE, NEW_SITE)


def test_pages_of_two_sites_are_told() -> None:
    assert Pages(("./", "votes/"), ("new/",), ("old/",)) == PAGES
    told = "2 pages changed, 1 page added, 1 page gone"
    assert next(terminal([], NAMES, PAGES)) == f"2025-01-10 → data: {told}"
    assert next(terminal(SOME, NAMES, PAGES)).endswith(f", 1 gap opened, {told}")
    assert json.loads("\n".join(as_json([], NAMES, PAGES)))["pages"] == {
        "changed": ["./", "votes/"], "added": ["new/"], "gone": ["old/"],
    }  # fmt: skip


def test_markdown_lists_pages_folded_away_and_still_fits_a_comment() -> None:
    pages = Pages(tuple(f"schools/{n}/" for n in range(900)), (), ())
    many = [Change("t", f"{n}", "c", "value_changed", "x" * 40, "", "_" * 40) for n in range(5000)]
    text = "\n".join(markdown(many, NAMES, pages))
    assert "<details><summary>900 pages changed</summary>\n\n- schools/0/\n" in text
    assert "- schools/99/\n- … and 800 more\n\n</details>\n" in text
    assert len(text) < 65_536


def test_a_cell_that_is_filled_closes_a_gap() -> None:
    filled = Change("votes", "x", "seats", "value_changed", "", "not_found", "12", "")
    other = Change("votes", "x", "seats", "value_changed", "", "not_found", "", "withheld")
    assert summary([filled, other]) == "2 values changed, 1 gap closed"


def test_two_folders_of_an_edition(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Marks are those that the build would publish, whether a file has the column or not."""
    old, new = write_edition(tmp_path / "old"), write_edition(tmp_path / "new")
    edit(new, "votes", 2, "seats", "")
    edit(new, "votes", 3, "seats_mark", "")
    drop_row(new, "enrollments", 2)
    assert main(["diff", str(old), str(new), "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)["changes"]
    assert [(one["table"], one["row_key"], one["column"], one["new_mark"]) for one in told] == [
        ("enrollments", "000104.2020-21", "", ""), ("votes", "heights-2020", "seats", "not_found"),
    ]  # fmt: skip
    assert main(["diff", str(old), str(old)]) == 0
    assert "No differences." in capsys.readouterr().out


def test_a_folder_of_plain_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, seats in (("old", "1"), ("new", "2")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "votes.csv").write_text(f"vote_id,seats\nx,{seats}\n")
    assert main(["diff", str(tmp_path / "old"), str(tmp_path / "new"), "--format", "markdown"]) == 0
    assert "| votes | x | seats | 1 | 2 |" in capsys.readouterr().out


def test_what_is_no_edition_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = write_edition(tmp_path / "data")
    (data / "releases/2025-01-10").mkdir(parents=True)
    assert main(["diff", "2025-01-11", str(data), "--data", str(data)]) == 1
    assert capsys.readouterr().err == (
        f"2025-01-11: found no such release, expected a folder or a release of {data}. "
        "Releases are: 2025-01-10.\n"
    )
    (data / "datapackage.json").write_text("{}")
    assert main(["diff", str(data), str(data)]) == 1
    assert "found no data package" in capsys.readouterr().err


def test_a_broken_table_is_named_by_its_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, bad in (("old", b"caf\xe9"), ("new", b"cafe")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "votes.csv").write_bytes(b"vote_id,note\nx," + bad + b"\n")
    assert main(["diff", str(tmp_path / "old"), str(tmp_path / "new")]) == 1
    assert capsys.readouterr().err.startswith(f"{tmp_path}/old/votes.csv:2: found a byte that is")


def test_a_reader_who_stops_sees_no_traceback(tmp_path: Path) -> None:
    """As `sro-record diff old new | head -1` does."""
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
        rows = "".join(f"{n},{name}{'x' * 99}\n" for n in range(2000))
        (tmp_path / name / "t.csv").write_text(f"id,n\n{rows}")
    command = [sys.executable, "-m", "generator", "diff", str(tmp_path / "old"),
               str(tmp_path / "new"), "--format", "json"]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().startswith(b'{"format_version"')
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 141
