"""Figure → Chart: each distinct picture is rendered once, cleaned, and placed under its own ids."""

import functools
import hashlib
import json
from collections.abc import Mapping
from importlib.metadata import version
from typing import Protocol

from generator.charts.bars import bars
from generator.charts.parts import Spec, refuse
from generator.charts.strips import timeline, years
from generator.charts.svg import LOOK, clean, names
from generator.model import Chart, Figure

VEGA_LITE = "6.4"
KINDS = {"tally": bars, "outcomes": bars, "bars": bars, "timeline": timeline, "years": years}


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
    return KINDS[figure.kind](figure, words)


def draw(figure: Figure, words: Mapping[str, str], cache: Cache) -> Chart:
    """The figure as SVG, rendered only if the cache has no such picture.

    `words` are the reasons in the page's language, by the code of the mark.
    """
    key, drawing = _plan(figure, tuple(sorted(words.items())))
    svg = cache.get(key)
    if svg is None:
        svg = clean(_render(drawing), figure.kind)
        cache.put(key, svg)
    return Chart(figure, key, svg)


def place(chart: Chart, figure_id: str, title: str, alt: str) -> str:
    """The picture for one place on a page: ids, title and a sentence that says the finding.

    ValueError without a title or a sentence, or if `figure_id` can't be an id.
    """
    attribute, named = names(figure_id, title, alt)
    tag, body = chart.svg.split(">", 1)
    return f'{tag} role="img" {attribute}>{named}{body}'


@functools.cache
def _plan(figure: Figure, words: tuple[tuple[str, str], ...]) -> tuple[str, str]:
    """The picture's key and its spec as canonical JSON; a spec takes as long as a rendering."""
    drawing = json.dumps(spec(figure, dict(words)), sort_keys=True, ensure_ascii=False)
    seed = "\n".join((version("vl-convert-python"), VEGA_LITE, LOOK, figure.kind, drawing))
    return hashlib.sha256(seed.encode()).hexdigest(), drawing


def _render(drawing: str) -> str:
    import vl_convert  # late: 0.4 s that `check` and `verify` don't need to wait for

    return vl_convert.vegalite_to_svg(drawing, vl_version=VEGA_LITE)
