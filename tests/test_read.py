"""Reading: cells stay as they stand, rows know their line, and the folder holds only its files."""

from pathlib import Path

import pytest

from generator.errors import InputError
from generator.read import read, read_edition, read_tables
from generator.read.rows import decode, known_columns, nearest, parse_table
from generator.tables import BY_NAME, TABLES
from tests.edition import EDITION, SITE, edit, write_edition

OPTIONS = BY_NAME["unit_schools"]
HEADER = "unit_id,school_id,match,note,source_id\n"


def test_every_table_is_read_in_reading_order(tmp_path: Path) -> None:
    raw = read_tables(write_edition(tmp_path / "data"))
    assert list(raw) == [table.name for table in TABLES if table.name in EDITION]
    assert all(len(raw[name].frame) == len(rows) for name, rows in EDITION.items())
    assert all((table.frame.dtypes == "str").all() for table in raw.values())


def test_nothing_is_interpreted(tmp_path: Path) -> None:
    data = write_edition(tmp_path / "data")
    edit(data, "votes", 2, "caveat", "NA")
    raw = read_tables(data)
    assert raw["schools"].frame["school_id"][0] == "000104"
    assert raw["schools"].frame["zip"][0] == "00601"
    assert raw["votes"].frame["caveat"].tolist()[:2] == ["NA", "Too few members were there."]
    assert raw["votes"].frame["unit_id"].tolist()[-1] == ""


def test_a_table_may_have_no_rows() -> None:
    raw = parse_table(HEADER.encode(), "data/unit_schools.csv", OPTIONS)
    assert list(raw.frame) == ["unit_id", "school_id", "match", "note", "source_id"]
    assert (len(raw.frame), raw.lines) == (0, ())


def test_a_row_stands_where_it_begins() -> None:
    text = (
        HEADER
        + 'a,1,certain,"one\ntwo\nthree",s\nb,2,certain,,s\nc,3,certain,"x\r\ny",s\nd,4,,,s\n'
    )
    raw = parse_table(text.encode(), "data/unit_schools.csv", OPTIONS)
    assert raw.lines == (2, 5, 6, 8)
    assert raw.frame["note"].tolist() == ["one\ntwo\nthree", "", "x\r\ny", ""]


def test_columns_may_stand_in_any_order() -> None:
    raw = parse_table(b"source_id,note,match,school_id,unit_id\ns,n,m,1,u\n", "x", OPTIONS)
    assert raw.frame.iloc[0].to_dict() == {
        "unit_id": "u",
        "school_id": "1",
        "match": "m",
        "note": "n",
        "source_id": "s",
    }


def test_a_mark_column_stands_behind_its_column() -> None:
    names = known_columns(BY_NAME["votes"])
    assert names[names.index("seats") + 1] == "seats_mark"
    assert "caveat_mark" not in names
    assert "vote_id_mark" not in names


def test_a_comma_in_quotes_divides_nothing() -> None:
    raw = parse_table((HEADER + 'a,1,certain,"x, ""y""",s\n').encode(), "x", OPTIONS)
    assert raw.frame["note"].tolist() == ['x, "y"']


@pytest.mark.parametrize(
    ("content", "line"),
    [(b"a\n\xff", 2), (b"a\nb\0", 2), (b"a\n\rb", 2), (b"\xef\xbb\xbfa", 1), (b"", 0)],
)
def test_bytes_that_are_no_text_are_refused_with_their_line(content: bytes, line: int) -> None:
    with pytest.raises(InputError) as error:
        decode(content, "data/x.csv")
    assert [problem.line for problem in error.value.problems] == [line]


def test_the_nearest_word_is_suggested_only_when_near() -> None:
    assert nearest("outcom", ["outcome", "option"]) == 'Did you mean "outcome"?'
    assert nearest("000104", ["900004"]) == ""


def test_the_edition_is_what_the_file_says(tmp_path: Path) -> None:
    edition = read_edition(write_edition(tmp_path / "data"))
    assert edition.title == "An invented record"
    assert edition.languages == ("en",)
    assert edition.min_cell == 10
    assert edition.bounds == {"council": 15, "council_without_quorum": 15, "board": 7}
    assert edition.words == {"body.council": "School council"}
    assert "Gazette" in edition.allowed_words
    assert edition.holds_today == "board-2024"
    assert edition.outside_networks == {"Contract"}


def test_only_the_edition_s_names_and_its_smallest_cell_are_needed(tmp_path: Path) -> None:
    needed = SITE[: SITE.index("holds_today")] + "[policy]\nmin_cell = 2\n"
    edition = read_edition(write_edition(tmp_path / "data", site=needed))
    assert (edition.min_cell, edition.holds_today, edition.bounds) == (2, "", {})


def test_all_files_are_looked_at_before_anything_is_refused(tmp_path: Path) -> None:
    data = write_edition(tmp_path / "data", votes=b"\xff", terms=None, site="[site\n")
    with pytest.raises(InputError) as error:
        read(data)
    places = [problem.where for problem in error.value.problems]
    assert places == ["data/site.toml", "data/terms.csv", "data/votes.csv"]


def test_a_missing_folder_is_one_problem(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="found no such folder") as error:
        read(tmp_path / "data")
    assert len(error.value.problems) == 1


def test_a_folder_named_like_a_table_is_no_file(tmp_path: Path) -> None:
    data = write_edition(tmp_path / "data", terms=None)
    (data / "terms.csv").mkdir()
    with pytest.raises(InputError, match=r"data/terms\.csv: found no such file"):
        read(data)


def test_messages_name_the_folder_but_not_the_way_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(write_edition(tmp_path / "data", terms=None))
    with pytest.raises(InputError) as error:
        read(Path())
    assert str(error.value).startswith("data/terms.csv: ")
