"""What can go wrong for a reader of our messages: bad input, wrong use, a rule not to be kept."""

from collections.abc import Sequence
from dataclasses import dataclass

EXIT_OK, EXIT_INPUT, EXIT_USAGE, EXIT_POLICY = 0, 1, 2, 3
SHOWN = 50


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong with the input: where, what was found, what was expected, what to do.

    `where` is "data/votes.csv" and `line` the line in that file (0: the file as a whole).
    """

    where: str
    line: int
    column: str
    found: str
    expected: str
    hint: str = ""

    def __str__(self) -> str:
        place = f"{self.where}:{self.line}" if self.line else self.where
        if self.column:
            place = f"{place} {self.column}"
        hint = f" {self.hint}" if self.hint else ""
        return f"{place}: found {self.found}, expected {self.expected}.{hint}"


class InputError(Exception):
    """The input is not usable as it stands; holds every Problem found, in file and line order."""

    exit_code = EXIT_INPUT

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__(report(self.problems))


class OutputError(Exception):
    """The site could not be written: no room, no permission, or another build at work.

    The site that was there before is untouched.
    """

    exit_code = EXIT_INPUT

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem)


class UsageError(Exception):
    """The arguments can't be meant so: a build into what it reads. Nothing was read or written."""

    exit_code = EXIT_USAGE

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem)


class PolicyError(Exception):
    """A rule of disclosure or comparison that can't be kept; nothing was written."""

    exit_code = EXIT_POLICY


def report(problems: Sequence[Problem], shown: int = SHOWN) -> str:
    """At most `shown` problems, one a line, then how many more there are."""
    lines = [str(problem) for problem in problems[:shown]]
    if len(problems) > shown:
        lines.append(f"… and {len(problems) - shown} more problems.")
    return "\n".join(lines)
