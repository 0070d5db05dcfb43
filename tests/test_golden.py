"""Small invented editions in, chosen files out: a change of words or markup shows as a diff.

The files of `expected` are made where the folder is missing, and never in CI: to accept a change,
delete the folder, run this test, and read the diff before committing it.
"""

import difflib
import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.model import PageSource
from generator.pipeline.datafiles import data_files, school_files
from generator.pipeline.kept import kept
from tests.presenting import NoPictures, all_pages, record_of, site_of

GOLDEN = Path(__file__).parent / "golden"
# What is kept of each case: pages by their paths, and files of data. Few, so that a person reads
# every diff; other tests hold the rest.
CASES: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "one_vote": (
        ("", "schools/", "votes/", "agreements/deal-2020/", "schools/900001/", "schools/900002/"),
        ("data/votes.csv", "data/vote_counts.csv", "schools/900001/data.csv"),
    ),
    "campus": (
        ("votes/", "feedback/", "costs/", "schools/910001/"),
        ("data/rosters.csv", "data/feedback.csv", "schools/910001/data.csv"),
    ),
    "elsewhere": (
        (
            "",
            "schools/",
            "schools/areas/",
            "compare/",
            "votes/",
            "methods/",
            "glossary/",
            "data/votes/",
            "schools/7001/",
        ),
        ("data/votes.csv", "schools/7001/data.csv"),
    ),
    "nothing_found": (
        ("", "votes/", "data/votes/", "schools/920001/"),
        ("data/votes.csv", "data/sources.csv", "schools/920001/data.csv"),
    ),
}
PATTERNS = re.compile(r'<div aria-hidden="true"><svg class="chart-patterns".*?</svg></div>\n')
CELL, CELL_LINE = re.compile(r"(?<=>)(?=<(?:t[dhr]|d[dt]|sup|/tr)\b)"), "\n"
SHOWN = 200


def chosen(case: str) -> dict[str, str]:
    """The chosen files of a case, made from its data, by their paths."""
    paths, names = CASES[case]
    whole = site_of(GOLDEN / case / "data", pictures=NoPictures())
    pages = all_pages(whole)
    facts = {fact.id: fact for page in pages.values() for fact in page.facts}
    told = [(row.subject, row.id, row.line) for row in kept(facts.values()).rows]
    about = school_files(whole.record, list(whole.record.school_names), told)
    data = {file.path: file.content for file in (*data_files(whole.record, {}), *about)}
    return {
        **{f"{path or 'home/'}page.md": text(pages[path]) for path in paths},
        **{name: data[name].decode() for name in names},
    }


def text(page: PageSource) -> str:
    """What a page says, its title first, each cell of a table on a line of its own.

    Left out is what every page has alike, and the receipts, since data.csv has the same.
    """
    body = PATTERNS.sub("", page.body.partition("\n\n## Receipts")[0])
    words = "".join(f"word: {word}\n" for word in page.words)
    head = f"title: {page.title}\ndescription: {page.description}\n{words}"
    return f"{head}\n{CELL.sub(CELL_LINE, body)}\n"


def files(folder: Path) -> dict[str, str]:
    """The files of a folder by their paths."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in found}


def write(folder: Path, made: Mapping[str, str]) -> None:
    """Write the files of a case."""
    for path, content in made.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content, encoding="utf-8", newline="")


def difference(expected: Mapping[str, str], made: Mapping[str, str]) -> str:
    """Which files came and went, then how the others differ, line by line; "" for no difference."""
    gone, new = sorted(expected.keys() - made.keys()), sorted(made.keys() - expected.keys())
    lines = [*(f"gone: {path}" for path in gone), *(f"new: {path}" for path in new)]
    for path in [] if lines else made:
        lines += difflib.unified_diff(
            expected[path].splitlines(), made[path].splitlines(), f"expected/{path}",
            f"made/{path}", lineterm="", n=1,
        )  # fmt: skip
    more = len(lines) - SHOWN
    return "\n".join([*lines[:SHOWN], *([f"… and {more} lines more"] if more > 0 else [])])


def compare(folder: Path, made: Mapping[str, str], *, in_ci: bool) -> str:
    """The difference from `folder`; writes the folder first where it is missing, but not in CI."""
    if not folder.is_dir() and not in_ci:
        write(folder, made)
    return difference(files(folder), made)


@pytest.mark.parametrize("case", CASES)
def test_the_files_of_a_case_are_as_they_were(case: str) -> None:
    found = compare(GOLDEN / case / "expected", chosen(case), in_ci=bool(os.environ.get("CI")))
    assert not found, f"to accept, delete tests/golden/{case}/expected and run again:\n{found}"


def test_every_case_is_listed_and_made_of_invented_schools() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == CASES.keys()
    for case in CASES:
        assert record_of(GOLDEN / case / "data").edition.place == "Exampleton"


# ---- the comparison itself


def test_paths_are_compared_before_bytes() -> None:
    assert difference({"a": "1", "b": "2"}, {"b": "3", "c": "4"}) == "gone: a\nnew: c"
    assert difference({"a": "1"}, {"a": "1"}) == ""


def test_a_difference_is_shown_by_lines() -> None:
    expected = "\n".join(str(number) for number in range(9))
    assert difference({"a": expected}, {"a": expected.replace("4", "four")}).splitlines() == [
        "--- expected/a", "+++ made/a", "@@ -4,3 +4,3 @@", " 3", "-4", "+four", " 5",
    ]  # fmt: skip


def test_a_long_difference_is_cut() -> None:
    before, after = ("\n".join(f"{sign}{n}" for n in range(SHOWN)) for sign in "ab")
    shown = difference({"x": before}, {"x": after}).splitlines()
    assert (len(shown), shown[-1]) == (SHOWN + 1, "… and 203 lines more")


def test_what_is_missing_is_made_here_and_never_in_ci(tmp_path: Path) -> None:
    folder = tmp_path / "expected"
    assert compare(folder, {"a/b.md": "x\n"}, in_ci=True) == "new: a/b.md"
    assert not folder.exists()
    assert compare(folder, {"a/b.md": "x\n"}, in_ci=False) == ""
    assert files(folder) == {"a/b.md": "x\n"}
    assert compare(folder, {"a/b.md": "y\n"}, in_ci=False) != ""
    shutil.rmtree(folder)
