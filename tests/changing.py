"""Reasons for the changes of an invented edition, as a maintainer would add them."""

import re
from pathlib import Path

from generator.changelog import explained
from generator.check import check
from generator.derive import derive
from generator.errors import InputError, Problem
from generator.read import read
from generator.read.reasons import reasons_in
from generator.read.releases import read_releases

LINE = re.compile(r"in place of WHY: (.*?)(?: \(the first line is (.*)\))?$", re.DOTALL)


def problems_of(data: Path) -> tuple[Problem, ...]:
    """What the changes of an edition since its releases lack."""
    edition, raw = read(data)
    try:
        explained(derive(check(raw, edition), edition), read_releases(data), *reasons_in(data))
    except InputError as error:
        return error.problems
    return ()


def explain_all(
    data: Path, reason: str = "our_error", why: str = "We misread it.", successor: str = ""
) -> None:
    """Add the lines that the messages ask for, each with this reason."""
    path = data / "changes.csv"
    for problem in problems_of(data):
        found = LINE.search(problem.hint)
        assert found, problem
        if not path.exists():
            path.write_text(f"{found[2]}\n", encoding="utf-8")
        line = found[1].replace("REASON", reason).replace("WHY", why)
        with path.open("a", encoding="utf-8") as file:
            file.write(line.replace("SUCCESSOR", successor) + "\n")
