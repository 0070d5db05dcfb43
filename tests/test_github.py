"""What GitHub reads: an annotation on the line and the cell, the summary of a job."""

from pathlib import Path

import pytest

from generator.commands.check import run
from generator.commands.github import SHOWN, SUMMARY, annotations, refused, start_of
from generator.errors import InputError, PolicyError, Problem
from tests.edition import edit, write_edition


@pytest.mark.parametrize(
    ("line", "cell", "column"),
    [
        ("a,b,c", 0, 1),
        ("a,b,c", 2, 5),
        ('"a, ""b""",c', 1, 12),
        ("a,,", 1, 3),
        ("a,,", 2, 4),
        ("", 0, 1),
        ("a,b", 2, 0),
        ('a,"begins here', 2, 0),
        ("é,ü", 1, 3),
    ],
)
def test_a_cell_is_found_on_its_line(line: str, cell: int, column: int) -> None:
    assert start_of(line, cell) == column


def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *problems: Problem) -> list[str]:
    """The annotations of problems of an edition in a folder `data` of the checkout."""
    data = tmp_path / "data"
    data.mkdir(exist_ok=True)
    (data / "votes.csv").write_text('vote_id,seats\n"a\nb",12\n', encoding="utf-8")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    return list(annotations(InputError(problems), data))


def test_what_would_end_a_message_or_a_property_is_escaped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = Problem("data/a,b:c%.csv", 3, "", '"5%\r\n6"', "a number")
    assert told(tmp_path, monkeypatch, problem) == [
        '::error file=data/a%2Cb%3Ac%25.csv,line=3::found "5%25%0D%0A6", expected a number.'
    ]


def test_a_mark_says_no_more_of_a_place_than_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert told(
        tmp_path, monkeypatch,
        Problem("data/votes.csv", 1, "seats", "x", "y"),
        Problem("data/votes.csv", 2, "seats", "x", "y", "Do."),  # on the line below: quotes
        Problem("data/votes.csv", 3, "chairs", "x", "y"),
        Problem("data/votes.csv", 0, "", "no such file", "a file"),
        Problem("data/site.toml", 0, "site.title", "nothing", "a title", "Add the key."),
    ) == [
        "::error file=data/site.toml::site.title: found nothing, expected a title. Add the key.",
        "::error file=data/votes.csv::found no such file, expected a file.",
        "::error file=data/votes.csv,line=1,col=9::seats: found x, expected y.",
        "::error file=data/votes.csv,line=2::seats: found x, expected y. Do.",
        "::error file=data/votes.csv,line=3::chairs: found x, expected y.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("key", "place"),
    [
        ("site.title", ",line=2"),
        ("policy.min_cell", ",line=5"),
        ("words.body.council", ",line=8"),
        ("site.min_cell", ",line=1"),  # nothing there: where it belongs
        ("policy", ",line=4"),
        ("licence.name", ""),
    ],
)
def test_a_key_of_the_settings_is_found_on_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str, place: str
) -> None:
    (tmp_path / "data").mkdir()
    text = '[site]\ntitle = "x"\n\n[policy]\nmin_cell = 1\n\n[words]\n"body.council" = "="\n'
    (tmp_path / "data/site.toml").write_text(text)
    (line,) = told(tmp_path, monkeypatch, Problem("data/site.toml", 0, key, "x", "y"))
    assert line == f"::error file=data/site.toml{place}::{key}: found x, expected y."


def test_an_edition_in_another_folder_is_named_from_the_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    problem = Problem("denver/site.toml", 0, "", "x", "y")
    (line,) = annotations(InputError([problem]), tmp_path / "editions/denver")
    assert line == "::error file=editions/denver/site.toml::found x, expected y."


def test_a_rule_that_is_not_kept_has_no_line(tmp_path: Path) -> None:
    assert list(annotations(PolicyError("not kept\n100%"), tmp_path)) == [
        "::error::not kept%0A100%25"
    ]
    assert list(refused(tmp_path, PolicyError("not kept")))[-1] == "not kept"


def test_people_see_what_they_saw_before(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    summary = tmp_path / "summary.md"
    summary.write_text("before\n")
    monkeypatch.setenv(SUMMARY, str(summary))
    data = write_edition(tmp_path / "data")
    run(data)
    plain = capsys.readouterr().out
    run(data, "github")
    assert capsys.readouterr().out == plain
    assert summary.read_text().startswith(
        f"before\n### {data}: no problems found\n\n| table | rows |\n"
    )
    edit(data, "votes", 2, "seats", "a|b")
    with pytest.raises(InputError):
        run(data)
    assert capsys.readouterr().out == ""
    monkeypatch.delenv(SUMMARY)
    with pytest.raises(InputError):
        run(data, "github")
    assert capsys.readouterr().out.startswith("::error file=")


def test_a_summary_is_no_longer_than_github_takes(tmp_path: Path) -> None:
    problems = [Problem("data/votes.csv", n + 2, "seats", "`x|<b>`", "y") for n in range(SHOWN + 7)]
    lines = list(refused(tmp_path / "data", InputError(problems)))
    assert lines[0] == f"### {tmp_path}/data: 507 problems"
    assert lines[4] == r"| data/votes.csv:2 | seats | \`x\|&lt;b>\` | y |  |"
    assert lines[-1] == "… and 7 more: the log has them all."
