"""A raw export becomes counts: 10,333 invented rows, of which 4,398 are incomplete."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from generator.__main__ import main
from generator.errors import InputError
from generator.protect.questionnaire import parse_questionnaire
from generator.protect.summarise import summarise
from tests.protect.survey import POLICY, SCHOOLS, write_data

ROWS, INCOMPLETE = 10_333, 4_398
QUESTIONNAIRE = """\
school_year = "2019-20"
school_column = "School ID"
group_column = "I am a"

[groups]
"Student" = "students"
"Parent" = "parents"
"Guardian" = "guardians"

[questions.stay]
column = "Q1"
question = "Should officers stay?"
ladder = "yes-no"
source_id = "survey"
answers = { "Yes" = "yes", "No" = "no", "Not sure" = "not sure" }

[questions.safe]
column = "Q2"
question = "Do you feel safe?"
ladder = "agreement"
source_id = "survey"
asked = ["students"]

[questions.safe.answers]
"Strongly agree" = "strongly agree"
"Agree" = "agree"
"Disagree" = "disagree"
"Prefer not to say" = "no answer"
"""
HEADER = ("Time", "School ID", "I am a", "Q1", "Q2", "Tell us more", "E-mail")
GROUPS, Q1 = ("Student", "Parent", "Guardian"), ("Yes", "No", "Not sure")
Q2 = ("Strongly agree", "Agree", "Disagree", "Prefer not to say")


def person(number: int) -> dict[str, str]:
    """One row of the export, complete; students alone were asked the second question."""
    group = GROUPS[number % 7 % 3]
    return {
        "Time": f"2020-06-{number % 28 + 1:02} 10:{number % 60:02}",
        "School ID": SCHOOLS[number // 7 % len(SCHOOLS)],
        "I am a": group,
        "Q1": Q1[number % 11 % 3],
        "Q2": Q2[number % 13 % 4] if group == "Student" else "",
        "Tell us more": f"Words of person {number}, zelda",
        "E-mail": f"person{number}@people.example",
    }


def export(rows: int = ROWS, incomplete: int = INCOMPLETE) -> Iterator[dict[str, str]]:
    """The rows; the incomplete ones lack one thing each, by turns."""
    lacking = ("School ID", "I am a", "Q1")
    for number in range(rows):
        row = person(number)
        if number * incomplete % rows < incomplete:
            row[lacking[number % 3]] = " " if number % 2 else ""
        yield row


def to_csv(rows: Iterator[dict[str, str]], start: str = "") -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, HEADER)
    writer.writeheader()
    writer.writerows(rows)
    return (start + out.getvalue()).encode()


def write(folder: Path, content: bytes, questionnaire: str = QUESTIONNAIRE) -> list[str]:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "raw.csv").write_bytes(content)
    (folder / "q.toml").write_text(questionnaire, encoding="utf-8")
    private = str(folder.parent / "private")
    return [
        "summarise", str(folder / "raw.csv"), "--questionnaire", str(folder / "q.toml"),
        "--private", private,
    ]  # fmt: skip


def rows_of(path: Path) -> list[Mapping[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_made_export_has_the_shape_of_the_district_s_survey() -> None:
    rows = list(export())
    gaps = [r for r in rows if not all(r[name].strip() for name in ("School ID", "I am a", "Q1"))]
    assert (len(rows), len(gaps)) == (ROWS, INCOMPLETE)


def test_incomplete_rows_are_left_out_with_count_and_reason(tmp_path: Path) -> None:
    assert main(write(tmp_path / "raw", to_csv(export()))) == 0
    told = {row["rows"]: int(row["count"]) for row in rows_of(tmp_path / "private/left_out.csv")}
    assert told.pop("kept") == ROWS - INCOMPLETE
    assert sum(told.values()) == INCOMPLETE
    lacking = Counter(
        next((name for name in ("School ID", "I am a", "Q1") if not row[name].strip()), "")
        for row in export()
    )
    assert told == {
        "no school": lacking["School ID"],
        "no group": lacking["I am a"],
        "no answer to stay": lacking["Q1"],
        "no answer to safe": 0,
    }


def test_the_counts_are_those_of_the_complete_rows(tmp_path: Path) -> None:
    main(write(tmp_path / "raw", to_csv(export())))
    counts = {
        tuple(row.values())[:-1]: int(row["count"])
        for row in rows_of(tmp_path / "private/counts.csv")
    }
    complete = [
        row for row in export() if all(row[name].strip() for name in ("School ID", "I am a", "Q1"))
    ]
    yes = Counter(row["School ID"] for row in complete if row["Q1"] == "Yes")
    for school in SCHOOLS:
        groups = ("students", "parents", "guardians")
        found = sum(counts[school, "2019-20", "stay", group, "yes"] for group in groups)
        assert found == yes[school]
    stay = sum(count for key, count in counts.items() if key[2] == "stay")
    assert stay == ROWS - INCOMPLETE
    assert {key[3] for key in counts if key[2] == "safe"} == {"students"}
    assert len(counts) == len({row["School ID"] for row in complete}) * (3 * 3 + 4)


def test_no_word_of_a_person_is_written_or_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(write(tmp_path / "raw", to_csv(export())))
    said = capsys.readouterr()
    written = "".join(
        path.read_text(encoding="utf-8") for path in sorted((tmp_path / "private").iterdir())
    )
    assert not [w for w in ("zelda", "people.example", "2020-06", "Words") if w in written]
    assert said.out == (
        f"{tmp_path / 'private'}: wrote counts.csv and questions.toml;"
        " left_out.csv says what was left out\n"
    )
    assert said.err == ""


def test_the_folder_is_open_to_its_owner_alone(tmp_path: Path) -> None:
    main(write(tmp_path / "raw", to_csv(export(50, 10))))
    private = tmp_path / "private"
    assert private.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in private.iterdir()} == {0o600}


def test_the_counts_can_be_protected_at_once(tmp_path: Path) -> None:
    main(write(tmp_path / "raw", to_csv(export())))
    data = write_data(tmp_path / "data", POLICY)
    assert main(["protect", "--private", str(tmp_path / "private"), "--data", str(data)]) == 0
    assert main(["check", "--data", str(data)]) == 0


def test_another_year_is_put_beside_and_the_same_one_replaced(tmp_path: Path) -> None:
    private = tmp_path / "private"
    main(write(tmp_path / "raw", to_csv(export(500, 100))))
    first = (private / "counts.csv").read_bytes()
    later = QUESTIONNAIRE.replace("2019-20", "2020-21")
    main(write(tmp_path / "raw", to_csv(export(600, 100)), later))
    both = rows_of(private / "counts.csv")
    assert {row["school_year"] for row in both} == {"2019-20", "2020-21"}
    old = [row for row in both if row["school_year"] == "2019-20"]
    assert len(old) == len(first.decode().splitlines()) - 1
    again = (private / "counts.csv").read_bytes()
    main(write(tmp_path / "raw", to_csv(export(600, 100)), later))
    assert (private / "counts.csv").read_bytes() == again


@pytest.mark.parametrize("place", ["raw", "private"])
def test_it_refuses_to_read_or_write_in_a_work_tree(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], place: str
) -> None:
    command = write(tmp_path / "raw", to_csv(export(10, 2)))
    (tmp_path / place / ".git").mkdir(parents=True)
    before = sorted(tmp_path.rglob("*"))
    assert main(command) == 1
    assert "in a git work tree, expected a place outside of any" in capsys.readouterr().err
    assert sorted(tmp_path.rglob("*")) == before


def test_a_bom_and_schools_by_name_are_taken() -> None:
    told = QUESTIONNAIRE.replace(
        "[groups]", '[schools]\n"Example Heights" = "910000"\n\n[groups]', 1
    )
    rows = ({**person(0), "School ID": "Example Heights"} for _ in range(3))
    found = summarise(to_csv(rows, "\ufeff"), "raw.csv", parse_questionnaire(told, "q.toml"))
    assert found.kept == 3
    assert {key[0] for key in found.counts} == {"910000"}


REFUSED = {
    "an unknown answer": (
        {"Q1": "zelda77777"},
        "raw.csv:2 Q1: found a text that the questionnaire does not name, expected one that it"
        " names. Correct the export, or name it in the questionnaire.",
    ),
    "an unknown group": (
        {"I am a": "zelda77777"},
        "raw.csv:2 I am a: found a text that the questionnaire does not name, expected one that it"
        " names. Correct the export, or name it in the questionnaire.",
    ),
}


@pytest.mark.parametrize(("cells", "message"), REFUSED.values(), ids=REFUSED)
def test_what_is_not_named_is_refused_untold(cells: dict[str, str], message: str) -> None:
    rows = iter([{**person(0), **cells}])
    with pytest.raises(InputError) as error:
        summarise(to_csv(rows), "raw.csv", parse_questionnaire(QUESTIONNAIRE, "q.toml"))
    assert str(error.value) == message


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"School ID,I am a,Q1\n", "raw.csv:1 Q2: found no such column,"),
        (b"School ID,I am a,Q1,Q2,Q2\n", "raw.csv:1 Q2: found the column more than once,"),
        (b"School ID,I am a,Q1,Q2\na,Student\n", "raw.csv:2: found 2 cells, expected 4 cells,"),
        (b'School ID,I am a,Q1,Q2\n"zelda', "raw.csv:2: found a row that is not CSV,"),
    ],
)
def test_a_broken_export_is_refused(content: bytes, message: str) -> None:
    with pytest.raises(InputError) as error:
        summarise(content, "raw.csv", parse_questionnaire(QUESTIONNAIRE, "q.toml"))
    assert str(error.value).startswith(message)
    assert "zelda" not in str(error.value)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"2019-20"', '"2019"',
         'q.toml school_year: found no school year, expected one such as "2025-26".'),
        ('column = "Q1"\n', "",
         "q.toml questions.stay.column: found nothing, expected this key."),
        ('asked = ["students"]', 'asked = ["pupils"]',
         "q.toml questions.safe.asked: found an unknown group, expected what [groups] gives."),
        ('"Yes" = "yes"', '"Yes" = 1',
         "q.toml questions.stay.answers: found no map, expected texts with what they mean,"
         ' such as "Yes" = "yes".'),
        ('group_column = "I am a"', 'groop_column = "I am a"',
         "q.toml group_column: found nothing, expected this key.\n"
         "q.toml groop_column: found an unknown key, expected only school_year, school_column,"
         " group_column, groups, questions, schools."),
    ],
)  # fmt: skip
def test_a_questionnaire_is_read_strictly(old: str, new: str, message: str) -> None:
    assert old in QUESTIONNAIRE
    with pytest.raises(InputError) as error:
        parse_questionnaire(QUESTIONNAIRE.replace(old, new, 1), "q.toml")
    assert sorted(str(error.value).splitlines()) == sorted(message.splitlines())
