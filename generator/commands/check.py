"""`check`: read and check an edition, write nothing."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from generator.errors import InputError, PolicyError, Problem


def run(data: Path, form: str = "terminal") -> None:
    """Check the folder and say how much it holds; InputError names every Problem of it.

    For GitHub each Problem is told once more as it reads them, and a summary of the job is added.
    """
    from generator.commands.github import annotations, in_order, refused, write_summary

    try:
        rows = count_rows(data)
    except (InputError, PolicyError) as error:
        if form == "github":
            print(*annotations(error, data), sep="\n")
            write_summary(refused(data, error))
        raise
    print(f"{data}: {len(rows)} tables, {sum(rows.values()):,} rows, no problems found")
    if form == "github":
        write_summary(in_order(data, rows))


def count_rows(data: Path) -> Mapping[str, int]:
    """The rows of every table of an edition that passes the check, by table name."""
    try:
        rows = _rows(data)
    except InputError as error:
        raise InputError([*error.problems, *_outline_problems(data)]) from error
    if problems := _outline_problems(data):
        raise InputError(problems)
    return rows


def _rows(data: Path) -> Mapping[str, int]:
    # pandas and pandera take half a second to import; the command line loads them when needed.
    from generator.changelog import explained
    from generator.check import check
    from generator.check.named import refuse_unreleased
    from generator.derive import derive
    from generator.read import read
    from generator.read.reasons import reasons_in
    from generator.read.releases import read_releases

    edition, raw = read(data)
    checked = check(raw, edition)
    releases = read_releases(data)
    refuse_unreleased(data, releases)
    explained(derive(checked, edition), releases, *reasons_in(data))
    return {name: len(table.frame) for name, table in checked.items()}


def _outline_problems(data: Path) -> Sequence[Problem]:
    """Why the areas of the map can't be drawn, which no table tells."""
    from generator.charts.topology import parse_areas
    from generator.read import read_outlines

    try:
        parse_areas(*read_outlines(data))
    except InputError as error:
        return error.problems
    return ()
