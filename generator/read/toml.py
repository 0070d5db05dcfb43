"""The text of a TOML file → its content, or a Problem on the line where it is none."""

import re
import tomllib
from typing import Any

from generator.errors import InputError, Problem

# Python 3.14 has the place as numbers; before, it stands in the words alone, as it does there too.
PLACE = re.compile(r" \(at line (\d+), column (\d+)\)$")
END = " (at end of document)"
HINT = "Check quotes, brackets and equal signs."


def parse_toml(text: str, where: str, *, private: bool = False) -> dict[str, Any]:
    """What the text says. InputError says on which line and at which character it is no TOML; why,
    only where the file is not private: Python's words may quote it."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line, place, why = _place(str(error), text)
        found = f"a fault{place}" if private else f"a fault{place} ({why})"
        raise InputError([Problem(where, line, "", found, "TOML", HINT)]) from error
    except (ValueError, RecursionError) as error:
        found, expected = "a number of thousands of digits, or as many brackets", "values to read"
        raise InputError([Problem(where, 0, "", found, expected, HINT)]) from error


def _place(said: str, text: str) -> tuple[int, str, str]:
    """The line of a fault, its place on it in words, and the fault without either."""
    if found := PLACE.search(said):
        return int(found[1]), f" at character {found[2]}", said[: found.start()]
    if said.endswith(END):
        # Blank lines at the end help nobody to find what is not closed.
        return text.rstrip().count("\n") + 1, " at the end of the file", said.removesuffix(END)
    return 0, "", said
