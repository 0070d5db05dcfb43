"""Names as plain words: no accents, no capitals. finder.js does the same; a test compares them."""

import re
import unicodedata
from collections.abc import Iterator

WORD = re.compile(r"[^\W_]{2,}")  # one letter alone finds nothing
# Letters with a stroke or two in one, which are no letter and accent to Unicode.
LETTERS = str.maketrans({
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "þ": "th",
})  # fmt: skip
APOSTROPHES = re.compile("['\u2018\u2019\u02bc`]")  # O'Toole is one word
EDGE = "_"


def words_of(text: str) -> list[str]:
    """The words of a text, folded, in their order, without those of one letter."""
    return WORD.findall(fold(text))


def fold(text: str) -> str:
    """The text in small letters without accents and apostrophes."""
    small = APOSTROPHES.sub("", text.lower())
    if small.isascii():
        return small
    parts = unicodedata.normalize("NFD", small)
    bare = "".join(sign for sign in parts if not unicodedata.category(sign).startswith("M"))
    return bare.translate(LETTERS)


def triples(word: str) -> Iterator[str]:
    """Each three letters in a row, the edges of the word as a letter of their own."""
    edged = f"{EDGE}{word}{EDGE}"
    return (edged[start : start + 3] for start in range(len(edged) - 2))
