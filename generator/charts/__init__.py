"""Figure → Chart: each distinct picture is rendered once, cleaned, and placed under its own ids."""

import functools
import hashlib
import inspect
import json
from collections.abc import Mapping
from importlib.metadata import version
from typing import Protocol

from generator.charts import bars, parts, strips, svg
from generator.charts.parts import Spec, load_altair, refuse
from generator.charts.svg import clean, names
from generator.model import Chart, Figure

VEGA_LITE = "6.4"
KINDS = {
    "tally": bars.bars,
    "outcomes": bars.bars,
    "bars": bars.bars,
    "timeline": strips.timeline,
    "years": strips.years,
}


class Cache(Protocol):
    """Where pictures are kept between pages and builds, by key."""

    def get(self, key: str) -> str | None:
        """The picture kept under `key`, or None."""

    def put(self, key: str, svg: str) -> None:
        """Keep a picture under `key`."""


class MemoryCache:
    """A cache that lives as long as the process; `drawn` counts the pictures put into it."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.drawn = 0

    def get(self, key: str) -> str | None:
        """The picture kept under `key`, or None."""
        return self.kept.get(key)

    def put(self, key: str, svg: str) -> None:
        """Keep a picture under `key`."""
        self.drawn += 1
        self.kept[key] = svg


def spec(figure: Figure, words: Mapping[str, str]) -> Spec:
    """The figure as a Vega-Lite spec; `words` are the reasons by the code of the mark.

    ValueError for a figure without rows, and for a row that has neither value nor reason, or both.
    """
    if not figure.rows:
        raise ValueError(f"{figure.kind}: found no rows, expected at least one")
    for row in figure.rows:
        refuse(row)
    load_altair()
    return KINDS[figure.kind](figure, words)


def draw(figure: Figure, words: Mapping[str, str], cache: Cache) -> Chart:
    """The figure as SVG, rendered only if the cache has no such picture.

    `words` are the reasons in the page's language, by the code of the mark.
    """
    key = _key(figure, tuple(words[row.mark] for row in figure.rows if row.mark in words))
    kept = cache.get(key)
    if kept is None:
        drawing = json.dumps(spec(figure, words), sort_keys=True, ensure_ascii=False)
        kept = clean(_render(drawing), figure.kind)
        cache.put(key, kept)
    return Chart(figure, key, kept)


def place(chart: Chart, figure_id: str, title: str, alt: str) -> str:
    """The picture for one place on a page: ids, title and a sentence that says the finding.

    ValueError without a title or a sentence, or if `figure_id` can't be an id.
    """
    attribute, named = names(figure_id, title, alt)
    tag, body = chart.svg.split(">", 1)
    return f'{tag} role="img" {attribute}>{named}{body}'


@functools.cache
def _key(figure: Figure, reasons: tuple[str, ...]) -> str:
    """What a picture is kept by: what it shows, and all that draws it.

    Not its spec: Altair takes as long for one as the rendering.
    """
    return hashlib.sha256("\n".join((_drawn_by(), repr(figure), *reasons)).encode()).hexdigest()


@functools.cache
def _drawn_by() -> str:
    """The code that draws and the versions of what it calls: another of them draws all anew."""
    sources = [inspect.getsource(module) for module in (bars, parts, strips, svg)]
    return "\n".join((version("altair"), version("vl-convert-python"), VEGA_LITE, *sources))


def _render(drawing: str) -> str:
    import vl_convert  # late: 0.4 s that `check` and `verify` don't need to wait for

    return vl_convert.vegalite_to_svg(drawing, vl_version=VEGA_LITE)
