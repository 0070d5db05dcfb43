"""Blocks of a page that search shall not read are kept from MkDocs, which would read them all.

Long lists cost MkDocs more than all else: it goes through each of their tags several times. Such a
block comes out as it went in, so a short one stands in its place meanwhile.
"""

import re
from collections.abc import Sequence

from generator.shell.blocks import split_blocks

EXCLUDED = re.compile(r"<\w+ [^>]*\bdata-search-exclude\b[^>]*>")
PLACE = "QxHeldqX"
PLACES = re.compile(rf"<p data-search-exclude>{PLACE}(\d+)x</p>")


def hold(body: str) -> tuple[str, tuple[str, ...]]:
    """The body with a short block for each one whose first tag says `data-search-exclude`, and
    those blocks in order. ValueError for a block that MkDocs would change."""
    held: list[str] = []
    blocks = split_blocks(body)
    for at, block in enumerate(blocks):
        if EXCLUDED.match(block):
            blocks[at] = f"<p data-search-exclude>{PLACE}{len(held)}x</p>"
            held.append(block)
    return "\n\n".join(blocks) + "\n", tuple(held)


def put_back(html: str, held: Sequence[str]) -> str:
    """The page with its blocks in their places; ValueError if one has no place or two."""
    parts = PLACES.split(html)
    if parts[1::2] != [str(number) for number in range(len(held))]:
        found = ", ".join(parts[1::2]) or "none"
        raise ValueError(f"found the places {found} of held blocks, expected {len(held)} in order.")
    parts[1::2] = held
    return "".join(parts)
