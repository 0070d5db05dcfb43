"""What no cell may hold, whatever its column: hidden characters, stray blanks, formulas."""

import unicodedata
from dataclasses import dataclass

FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
TURNS_TEXT = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
LINE_BREAKS = frozenset("\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
LONGEST_SHOWN = 60
LONGEST = 5_000


@dataclass(frozen=True)
class Fault:
    """What is wrong with a cell's characters; says the place in the cell, never its text."""

    found: str
    expected: str
    hint: str


def quoted(text: str) -> str:
    """The text in double quotes, cut when long, with every unseen character spelled out."""
    cut = text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"
    return '"' + "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in cut) + '"'


def cell_fault(text: str, *, words: bool) -> Fault | None:
    """The first fault of a cell, or None. `words`: the column holds text, not a number or code.

    Only a text can be taken for a formula: a number that starts with a minus is a number.
    """
    return _long(text) or _unseen(text) or _blank(text) or (_formula(text) if words else None)


def _long(text: str) -> Fault | None:
    if len(text) <= LONGEST:
        return None
    wanted = f"at most {LONGEST} characters"
    return Fault(f"{len(text)} characters", wanted, "Check the quotes around it.")


def _unseen(text: str) -> Fault | None:
    if text.isprintable():
        return None
    return next((fault for at, c in enumerate(text, 1) if (fault := _unseen_at(c, at))), None)


def _unseen_at(character: str, at: int) -> Fault | None:
    if character in LINE_BREAKS:
        return Fault(
            f"a line break at character {at}", "a cell on one line", "Put the text on one line."
        )
    if unicodedata.category(character) not in UNSEEN:
        return None
    sort = "turns the direction of text" if character in TURNS_TEXT else "cannot be seen"
    return Fault(
        f"a character that {sort} (U+{ord(character):04X}) at character {at}",
        "only characters that can be seen",
        "Delete it.",
    )


def _blank(text: str) -> Fault | None:
    if text == text.strip():
        return None
    side = "start" if text[0].isspace() else "end"
    return Fault(f"a blank at the {side}", "a cell without blanks around it", "Delete the blank.")


def _formula(text: str) -> Fault | None:
    if not text.startswith(FORMULA_STARTS):
        return None
    return Fault(
        f'text that starts with "{text[0]}"',
        "text that no spreadsheet takes for a formula",
        "Begin with a word.",
    )
