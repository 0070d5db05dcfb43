"""The picture that goes with a link to a page: a few words beside the pattern of an outcome."""

import base64
import hashlib
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.metadata import version
from pathlib import Path
from textwrap import wrap
from typing import Any, Protocol

from generator.charts.png import shrink

WIDTH, HEIGHT = 1200, 630
# Two weights of Roboto (Apache 2.0, LICENSE.txt beside them) without signs that cards don't need,
# under a name that no machine has: a family of its own would be drawn in the machine's release, and
# the same card would have other bytes elsewhere. Words in other scripts take what the machine has.
FONT, FONTS = "Record Sans", Path(__file__).resolve().parent / "fonts"
INK, QUIET, PAPER = "#1c2128", "#545b66", "#ffffff"
COLORS = {
    "keep": "#0b4a8f",
    "reduce": "#b07d00",
    "remove": "#b5332a",
    "none": "#5e5a54",
    "record": INK,
}
BAND, LEFT = 150, 210
SIZES = {"large": (66, 30), "small": (36, 55)}  # px, letters in a line
HEIGHTS = {"large": 82, "small": 46}  # of a line, px
DRAWN = "2"  # raise it when the code below changes, and kept pictures are drawn anew
TEXTURES = {
    "keep": "",
    "reduce": '<path d="M-8,8L8,-8M0,32L32,0M24,40L40,24" stroke="#ffffff" stroke-width="6"/>',
    "remove": '<circle cx="8" cy="8" r="5" fill="#ffffff"/>'
    '<circle cx="24" cy="24" r="5" fill="#ffffff"/>',
    "none": '<path d="M0,8H32M0,24H32" stroke="#ffffff" stroke-width="6"/>',
    "record": "",
}


@dataclass(frozen=True)
class Card:
    """What the picture says, from top to bottom; `side` picks color and pattern, as in charts."""

    name: str
    side: str
    head: str
    lead: str
    title: str
    more: str


class Cache(Protocol):
    """Where pictures are kept between builds, by key."""

    def get(self, key: str) -> str | None:
        """The text kept under `key`, or None."""

    def put(self, key: str, svg: str) -> None:
        """Keep a text under `key`."""


def draw_card(card: Card, pictures: Cache) -> bytes:
    """The picture as PNG, drawn only if the cache has no such picture."""
    svg = svg_of(card)
    seed = "\n".join((version("vl-convert-python"), DRAWN, svg))
    key = hashlib.sha256(seed.encode()).hexdigest()
    kept = pictures.get(key)
    if kept is None:
        kept = base64.b64encode(shrink(renderer().svg_to_png(svg))).decode()
        pictures.put(key, kept)
    return base64.b64decode(kept)


@cache
def renderer() -> Any:
    """What draws, with the fonts of cards."""
    import vl_convert  # late: 0.4 s

    vl_convert.register_font_directory(str(FONTS))
    return vl_convert


def svg_of(card: Card) -> str:
    """The picture as SVG, of our own making throughout: no size depends on a font."""
    below = 180 + HEIGHTS["small"] * len(_wrapped(card.lead, "small")) + 50
    parts = (
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{PAPER}"/>',
        '<defs><pattern id="p" width="32" height="32" patternUnits="userSpaceOnUse">'
        f'<rect width="32" height="32" fill="{COLORS[card.side]}"/>{TEXTURES[card.side]}'
        "</pattern></defs>",
        f'<rect width="{BAND}" height="{HEIGHT}" fill="url(#p)"/>',
        _lines(card.head, "small", 100, QUIET, bold=True),
        _lines(card.lead, "small", 180),
        _lines(card.title, "large", below),
        _lines(card.more, "small", 570, QUIET),
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" font-family="{FONT}">{"".join(parts)}</svg>'
    )


def _wrapped(text: str, size: str) -> list[str]:
    return wrap(text, SIZES[size][1])


def _lines(text: str, size: str, y: int, ink: str = INK, *, bold: bool = False) -> str:
    px, height = SIZES[size][0], HEIGHTS[size]
    weight = ' font-weight="700"' if bold or size == "large" else ""
    return "".join(
        f'<text x="{LEFT}" y="{y + height * i}" font-size="{px}" fill="{ink}"{weight}>'
        f"{escape(line, quote=False)}</text>"
        for i, line in enumerate(_wrapped(text, size))
    )
