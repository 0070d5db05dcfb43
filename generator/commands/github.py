"""What GitHub reads of us: a problem on the very line of a file, and the summary of a job."""

import csv
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from generator.diff.report import row
from generator.errors import InputError, PolicyError, Problem

# It reads a message up to the line's end, a property up to the next comma or colon.
MESSAGE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})
SUMMARY, PLACE = "GITHUB_STEP_SUMMARY", "GITHUB_WORKSPACE"
SHOWN = 500  # a summary holds a megabyte; the log has them all
HEADER = ("place", "column", "found", "expected", "what to do")


def annotations(error: InputError | PolicyError, data: Path) -> Iterator[str]:
    """A line for each thing that is wrong, on the line of the file that it is about.

    It shows ten of a step beside the changed lines; all of them stand in the log and the summary.
    """
    if isinstance(error, PolicyError):
        yield f"::error::{str(error).translate(MESSAGE)}"
        return
    for problem in error.problems:
        given = {name: value for name, value in _properties(problem, data).items() if value}
        place = ",".join(f"{name}={value.translate(PROPERTY)}" for name, value in given.items())
        yield f"::error {place}::{_message(problem).translate(MESSAGE)}"


def _properties(problem: Problem, data: Path) -> Mapping[str, str]:
    path = _path(problem.where, data)
    line = problem.line or _line_of_key(path, problem.column)
    return {"file": _in_checkout(path), "line": str(line or ""), "col": _column(path, problem)}


def _message(problem: Problem) -> str:
    """The problem without its file and line, which the annotation stands on."""
    told = str(problem)
    place = f"{problem.where}:{problem.line}" if problem.line else problem.where
    return told.removeprefix(place).lstrip(": ")


def _path(where: str, data: Path) -> Path:
    """The file that a problem names: one of the edition, by its folder's own name, or another."""
    folder, _, rest = where.partition("/")
    return data / rest if rest and folder == data.resolve().name else Path(where)


def _in_checkout(path: Path) -> str:
    """How GitHub names the file, from the top of the checkout."""
    return Path(os.path.relpath(path, os.environ.get(PLACE) or ".")).as_posix()


def _line_of_key(path: Path, name: str) -> int:
    """The line of a key of a TOML file, "site.title", else that of its section; 0 for neither."""
    if path.suffix != ".toml" or not name or not path.is_file():
        return 0
    lines = [line.strip() for line in path.read_text("utf-8", "replace").split("\n")]
    sections = {
        line[1:-1]: at for at, line in enumerate(lines) if re.fullmatch(r"\[[^\[]+\]", line)
    }
    around = [one for one in sections if f"{name}.".startswith(f"{one}.")]
    if not around:
        return 0
    section = max(around, key=len)
    begins = sections[section]
    for at, line in enumerate(lines[begins + 1 :], begins + 2):
        if line.startswith("["):
            break
        if line.partition("=")[0].strip().strip('"') == name.removeprefix(f"{section}."):
            return at
    return begins + 1


def _column(path: Path, problem: Problem) -> str:
    """Where the cell of a table begins on its line, counted from 1; "" where that can't be told."""
    if not (problem.line and problem.column and path.suffix == ".csv" and path.is_file()):
        return ""
    lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
    header = next(csv.reader(lines[:1]), [])
    if problem.column not in header or problem.line > len(lines):
        return ""
    return str(start_of(lines[problem.line - 1], header.index(problem.column)) or "")


def start_of(line: str, cell: int) -> int:
    """Where a cell begins, counted from 1; 0 if a line break in quotes moved it to another line."""
    cells, quoted = 0, False
    for at, sign in enumerate(line):
        if cells == cell:
            return at + 1
        quoted ^= sign == '"'
        cells += sign == "," and not quoted
    return len(line) + 1 if cells == cell else 0


def write_summary(lines: Iterator[str]) -> None:
    """Add the lines to the summary of the job, where there is one."""
    if path := os.environ.get(SUMMARY):
        with Path(path).open("a", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in lines)


def in_order(data: Path, rows: Mapping[str, int]) -> Iterator[str]:
    """The summary of an edition without problems: what was read."""
    yield from (f"### {data}: no problems found", "", *row(("table", "rows")), *row(["---"] * 2))
    yield from (line for name, count in rows.items() for line in row((name, f"{count:,}")))


def refused(data: Path, error: InputError | PolicyError) -> Iterator[str]:
    """The summary of an edition that is refused: every problem with its place."""
    if isinstance(error, PolicyError):
        yield from (f"### {data}: refused", "", str(error))
        return
    found: Sequence[Problem] = error.problems
    yield from (f"### {data}: {_counted(len(found))}", "", *row(HEADER), *row(["---"] * 5))
    for one in found[:SHOWN]:
        place = f"{one.where}:{one.line}" if one.line else one.where
        yield from row((place, one.column, one.found, one.expected, one.hint))
    if len(found) > SHOWN:
        yield from ("", f"… and {len(found) - SHOWN:,} more: the log has them all.")


def _counted(problems: int) -> str:
    return "1 problem" if problems == 1 else f"{problems:,} problems"
