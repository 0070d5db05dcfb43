"""From Vega's SVG to ours: what may stay, and the patterns that a page holds once."""

import html
import re
import xml.etree.ElementTree as ET

_SVG = "{http://www.w3.org/2000/svg}"
_ELEMENTS = frozenset({"g", "path", "line", "text", "tspan"})
# An allow-list: what Vega adds tomorrow stays out until someone has looked at it. No style, no
# class, no id and no href, so nothing can break a strict policy or collide on the page.
_ATTRIBUTES = frozenset(
    "d x y x1 x2 y1 y2 dx dy transform fill stroke stroke-width stroke-dasharray stroke-opacity "
    "opacity text-anchor font-size font-weight".split()
)
_DEFAULTS = {("opacity", "1"), ("stroke-width", "1"), ("text-anchor", "start")}
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_NUMBER = re.compile(r"-?\d+\.\d+")


def names(figure_id: str, title: str, alt: str) -> tuple[str, str]:
    """The attribute that names a picture, and the title and description that it names.

    ValueError without a title or a sentence, or if `figure_id` can't be an id.
    """
    if not title.strip() or not alt.strip():
        raise ValueError(f"figure {figure_id!r}: found no title or no alt text, expected both")
    if not _ID.fullmatch(figure_id):
        raise ValueError(f"found figure id {figure_id!r}, expected letters, digits, - and _")
    return f'aria-labelledby="{figure_id}-t {figure_id}-d"', (
        f'<title id="{figure_id}-t">{html.escape(title)}</title>'
        f'<desc id="{figure_id}-d">{html.escape(alt)}</desc>'
    )


def clean(svg: str, kind: str) -> str:
    """Vega's SVG with nothing but allowed elements and attributes, coordinates to 0.1."""
    root = ET.fromstring(svg)
    width, height = (round(float(root.attrib[side])) for side in ("width", "height"))
    body = "".join(_element(child) for child in root)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart chart-{kind}" '
        f'viewBox="0 0 {width} {height}" width="{width}" height="{height}" direction="ltr" '
        f'focusable="false">{body}</svg>'
    )


def _element(node: ET.Element) -> str:
    """One element and what is in it; empty groups vanish, groups that say nothing are unwrapped."""
    name = node.tag.removeprefix(_SVG)
    if name not in _ELEMENTS or _invisible(node):
        return ""
    said = "".join(f' {key}="{_short(value)}"' for key, value in _kept(node))
    inside = html.escape(node.text or "", quote=False) + "".join(_element(part) for part in node)
    if name == "g" and not (inside and said):
        return inside
    return f"<{name}{said}>{inside}</{name}>" if inside else f"<{name}{said}/>"


def _kept(node: ET.Element) -> list[tuple[str, str]]:
    idle = {*_DEFAULTS, ("transform", "translate(0,0)")}
    return [pair for pair in node.attrib.items() if pair[0] in _ATTRIBUTES and pair not in idle]


def _invisible(node: ET.Element) -> bool:
    """Vega draws frames that nobody sees around every group."""
    return node.get("display") == "none" or node.get("class") in ("background", "foreground")


def _short(value: str) -> str:
    return html.escape(_NUMBER.sub(lambda found: _tenths(float(found[0])), value))


def _tenths(number: float) -> str:
    return f"{round(number, 1) + 0:g}"  # + 0: a rounded -0.01 is no -0


def _pattern(side: str, texture: str, ground: str = "") -> str:
    """A tile of 8 × 8 px: the side's colour under lines or dots of the page's own colour."""
    ground = f'<rect width="8" height="8" fill="var(--chart-{ground or side})"/>'
    return (
        f'<pattern id="chart-{side}" width="8" height="8" patternUnits="userSpaceOnUse">'
        f"{ground}{texture}</pattern>"
    )


def _strokes(path: str, ink: str = "paper", width: float = 1.5) -> str:
    return f'<path d="{path}" fill="none" stroke="var(--chart-{ink})" stroke-width="{width}"/>'


_DOTS = (
    '<circle cx="2" cy="2" r="1.3" fill="var(--chart-paper)"/>'
    '<circle cx="6" cy="6" r="1.3" fill="var(--chart-paper)"/>'
)
_RISING = "M-2,2L2,-2M0,8L8,0M6,10L10,6"
_FALLING = "M-2,6L2,10M0,0L8,8M6,-2L10,2"

PATTERNS = (
    '<svg class="chart-patterns" width="0" height="0" aria-hidden="true" focusable="false"><defs>'
    + _pattern("keep", "")
    + _pattern("reduce", _strokes(_RISING))
    + _pattern("remove", _DOTS)
    + _pattern("none", _strokes("M0,2H8M0,6H8"))
    + _pattern("for", _strokes("M2,0V8M6,0V8", width=1))
    + _pattern("against", _strokes("M0,4H8M4,0V8"))
    + _pattern("abstain", _strokes("M0,4H8", width=2))
    + _pattern("amount", "")
    + _pattern("gap", _strokes(_FALLING, "gap", 1), ground="paper")
    + "</defs></svg>"
)
"""What every page with a picture holds once, in its body. Hidden by its size and the style sheet:
patterns inside `display: none` are not drawn by all browsers."""


def swatch(side: str) -> str:
    """A sample of a side's pattern for a legend; the words stand beside it."""
    return (
        '<svg class="chart-swatch" width="24" height="16" viewBox="0 0 24 16" aria-hidden="true" '
        'focusable="false"><rect x="0.5" y="0.5" width="23" height="15" stroke="currentColor" '
        f'fill="url(#chart-{side}) var(--chart-{side})"/></svg>'
    )
