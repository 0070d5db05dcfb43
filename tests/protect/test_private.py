"""Private counts: what is read, what is refused, and that no message tells a value."""

from pathlib import Path

import pytest

from generator.errors import InputError
from generator.model import Policy
from generator.protect.private import Question, parse_counts, parse_questions
from generator.read.edition import parse_edition
from generator.read.private import refuse_work_tree
from tests.edition import SITE
from tests.protect.survey import HEADER, POLICY, QUESTIONS, SCHOOLS, invented, text, to_csv

COUNTS, ASKED = "private/counts.csv", "private/questions.toml"
FEW = "a value not shown here (it may count few people)"


def policy() -> Policy:
    return parse_edition(SITE.replace("[policy]\nmin_cell = 10\n", POLICY), "site.toml").policy


def questions(content: str = QUESTIONS) -> dict[str, Question]:
    return parse_questions(content, ASKED, policy())


def refusal(content: str | bytes) -> str:
    raw = content if isinstance(content, bytes) else content.encode()
    with pytest.raises(InputError) as error:
        parse_counts(raw, COUNTS, questions(), policy(), SCHOOLS)
    return str(error.value)


def changed(row: int, column: str, value: str) -> str:
    """The counts with one cell changed; the header is row 0."""
    rows = [line.split(",") for line in text(invented()).splitlines()]
    rows[row][HEADER.index(column)] = value
    return to_csv(rows)


def test_counts_are_read_in_the_order_of_their_keys() -> None:
    frame = parse_counts(text(invented()).encode(), COUNTS, questions(), policy(), SCHOOLS)
    assert list(frame.columns) == list(HEADER)
    assert len(frame) == len(invented())
    assert frame["count"].sum() == sum(invented().values())
    keys = list(frame[list(HEADER[:-1])].itertuples(index=False, name=None))
    assert keys == sorted(invented())


def test_the_order_of_the_rows_means_nothing() -> None:
    back = dict(reversed(invented().items()))
    one, other = (
        parse_counts(text(counts).encode(), COUNTS, questions(), policy(), SCHOOLS)
        for counts in (invented(), back)
    )
    assert one.equals(other)


REFUSED = {
    "no number": (
        changed(3, "count", "77777*"),
        f"{COUNTS}:4 count: found {FEW}, expected a whole number."
        " Move footnote marks and units to a note.",
    ),
    "negative": (
        changed(3, "count", "-77777"),
        f"{COUNTS}:4 count: found {FEW}, expected a whole number."
        " Move footnote marks and units to a note.",
    ),
    "empty": (
        changed(3, "count", ""),
        f"{COUNTS}:4 count: found an empty cell, expected a whole number."
        " Fill the cell, or leave out the row.",
    ),
    "unknown school": (
        changed(1, "school_id", "zz77777"),
        f"{COUNTS}:2 school_id: found {FEW}, expected a value of school_id in schools.csv.",
    ),
    "unknown question": (
        changed(1, "question", "zz77777"),
        f"{COUNTS}:2 question: found {FEW}, expected a question of questions.toml.",
    ),
    "a group that no map names": (
        changed(1, "respondent_group", "zz77777"),
        f"{COUNTS}:2 respondent_group: found {FEW},"
        " expected one of policy.respondents in site.toml.",
    ),
    "an answer that no ladder has": (
        changed(1, "answer", "zz77777"),
        f"{COUNTS}:2 answer: found {FEW},"
        " expected an answer of the question's ladder in site.toml.",
    ),
    "a row twice": (
        text(invented()) + text(invented()).splitlines()[1] + "\n",
        f"{COUNTS}:{len(invented()) + 2} school_id, school_year, question, respondent_group,"
        f" answer: found {FEW}, expected a key that no other row has; line 2 has the same."
        " Delete or correct one of the two rows.",
    ),
    "a lost answer": (
        "".join(line for line in text(invented()).splitlines(True) if ",strongly" not in line
                or SCHOOLS[0] not in line or "parents" not in line),
        f"{COUNTS}:6 answer: found an answer missing,"
        " expected a row for every answer of the question. Write a zero as 0.",
    ),
    "a row too short": (
        text(invented()) + f"{SCHOOLS[0]},77777\n",
        f"{COUNTS}:{len(invented()) + 2}: found 2 cells, expected 6 cells, as in the header."
        " Put quotes around a cell that holds a comma.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("content", "message"), REFUSED.values(), ids=REFUSED)
def test_a_refusal_says_the_place_and_never_the_value(content: str, message: str) -> None:
    first = refusal(content).splitlines()[0]
    assert first == message
    assert "77777" not in first
    assert SCHOOLS[0] not in first


@pytest.mark.parametrize(
    "content",
    [
        text(invented()).partition("\n")[2],
        text(invented()).replace("count\n", "count,name\n", 1),
        text(invented()) + '"91',
        "\ufeff" + text(invented()),
        text(invented()).replace("\n", "\r"),
        "",
    ],
    ids=["no header", "one more column", "open quote", "BOM", "old line ends", "empty"],
)
def test_no_broken_file_tells_a_value(content: str) -> None:
    said = refusal(content)
    assert not [word for word in ("2021-22", *SCHOOLS, "strongly", "students") if word in said]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('ladder = "yes-no"', 'ladder = "zz"',
         f"{ASKED} stay.ladder: found an unknown ladder, expected one of [policy.ladders] in"
         " site.toml."),
        ('ladder = "yes-no"\n', "",
         f"{ASKED} stay: found other keys, expected a section with question, ladder, source_id."),
        ("[stay]", "[Stay]",
         f"{ASKED} Stay: found no id, expected an id of small letters, digits and hyphens."),
        ('"Should officers stay?"', "7",
         f"{ASKED} stay.question: found no words, expected words in quotes."),
        (QUESTIONS, "",
         f"{ASKED}: found no question, expected a section for each question."),
        ("[stay]", "[stay",
         f"{ASKED}:6: found a fault at character 6, expected TOML. Check quotes, brackets and equal"
         " signs."),
    ],
)  # fmt: skip
def test_questions_are_read_strictly(old: str, new: str, message: str) -> None:
    with pytest.raises(InputError) as error:
        questions(QUESTIONS.replace(old, new, 1))
    assert str(error.value) == message


@pytest.mark.parametrize("inside", ["", "private", "deep/private"])
@pytest.mark.parametrize("kind", ["folder", "file", "bare", "link"])
def test_a_git_work_tree_is_no_private_place(tmp_path: Path, inside: str, kind: str) -> None:
    tree = tmp_path / "tree"
    tree.mkdir()
    if kind == "file":
        (tree / ".git").write_text("gitdir: elsewhere\n", encoding="utf-8")
    elif kind == "bare":
        (tree / "objects").mkdir()
        (tree / "HEAD").write_text("ref: refs/heads/main\n", encoding="utf-8")
    else:
        (tree / ".git").mkdir()
    (tree / inside).mkdir(parents=True, exist_ok=True)
    place = tree / inside
    if kind == "link":
        place = tmp_path / "link"
        place.symlink_to(tree / inside)
    with pytest.raises(InputError, match="in a git work tree, expected a place outside of any"):
        refuse_work_tree(place, "private counts")


def test_any_other_place_is_private_even_before_it_exists(tmp_path: Path) -> None:
    (tmp_path / "tree" / ".git").mkdir(parents=True)
    refuse_work_tree(tmp_path / "elsewhere" / "private", "private counts")
