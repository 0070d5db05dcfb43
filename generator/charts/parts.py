"""What every kind of picture is put together from; lengths in px of a picture 328 px wide."""

import functools
import math
import sys
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from generator.model import Datum

WIDTH = 328  # a phone's column: drawn 1:1 there, and enlarged a little on a wide screen
LINE = 17
INK = "currentColor"
SIDES = ("keep", "reduce", "remove", "none", "for", "against", "abstain", "amount", "gap")
# Widths at 13 px in the widest of the usual system fonts: the reader's font is not known here, and
# too much room is better than words cut off.
_LETTER = 7.5
_CAPITAL = 8.6  # and digits

Row = dict[str, Any]
Spec = dict[str, Any]
Align = Literal["left", "right", "center"]


@functools.cache
def load_altair() -> None:
    """Import Altair, which `check` and `verify` don't need to wait for.

    Where another tool has installed rfc3987_syntax (the list of packages, the tests), jsonschema
    reads its grammar of addresses for 1.3 s, twice as long as the rest of Altair takes. No picture
    holds an address, so it is hidden while Altair loads.
    """
    hidden = {"rfc3987_syntax": None} if "rfc3987_syntax" not in sys.modules else {}
    sys.modules.update(hidden)  # type: ignore[arg-type]  # None is how Python spells "not there"
    try:
        import altair  # noqa: F401
    finally:
        for name in hidden:
            del sys.modules[name]


def paint(side: str) -> str:
    """The pattern of a side; its plain colour on a page that holds no patterns."""
    return f"url(#chart-{side}) var(--chart-{side})"


def refuse(row: Datum) -> None:
    """ValueError for a row with neither value nor reason, or both, or of an unknown side.

    NaN is refused too: it is how an empty cell of a frame would slip in and be drawn as nothing.
    """
    if row.value is not None and not 0 <= row.value < math.inf:
        raise ValueError(f"{row.label}: found {row.value}, expected 0 or more, or None and a mark")
    if (row.value is None) != bool(row.mark):
        raise ValueError(
            f"{row.label}: found {row.value} and {row.mark!r}, expected one of the two"
        )
    if row.side not in SIDES:
        raise ValueError(f"{row.label}: found side {row.side!r}, expected one of {SIDES}")


def wide(text: str) -> float:
    """About how wide a text is, in px; rather too wide than too narrow."""
    capitals = sum(letter.isupper() or letter.isdigit() for letter in text)
    return _CAPITAL * capitals + _LETTER * (len(text) - capitals)


def wrap(text: str, width: float = WIDTH) -> list[str]:
    """The text in lines that fit into `width` px."""
    return textwrap.wrap(text, int(width / _LETTER))


def lines(text: str, x: float, y: float) -> list[Row]:
    """Rows for `texts`: the text from `y` down, one row a line, `x` in units of the axis."""
    return [row_text(part, x, y + LINE * i + LINE / 2) for i, part in enumerate(wrap(text))]


def row_text(text: str, x: float, y: float) -> Row:
    """A row for `texts`, `y` being the middle of the line."""
    return {"text": text, "x": round(x, 4), "y": round(y, 1)}


def row_rect(x: float, x2: float, y: float, y2: float, side: str) -> Row:
    """A row for `rects`; `x` in units of the axis, `y` in px from the top."""
    return {"x": round(x, 4), "x2": round(x2, 4), "y": y, "y2": y2, "fill": paint(side)}


def rects(rows: Sequence[Row], *, dashed: bool = False) -> Any:
    """Boxes filled by side; a dashed outline says that the box is no amount."""
    import altair as alt

    dash = {"strokeDash": [3, 2]} if dashed else {}
    mark = _data(rows).mark_rect(stroke=INK, strokeWidth=1, **dash)
    fill = alt.Fill(field="fill", type="nominal", scale=None)
    return mark.encode(*_xy(), alt.X2(field="x2"), alt.Y2(field="y2"), fill)


def rules(rows: Sequence[Row]) -> Any:
    """Vertical lines at x from y to y2."""
    import altair as alt

    return _data(rows).mark_rule(color=INK).encode(*_xy(), alt.Y2(field="y2"))


def points(rows: Sequence[Row], size: float = 110) -> Any:
    """Points in the shape and with the filling that their rows name; `size` in square px."""
    import altair as alt

    mark = _data(rows).mark_point(size=size, stroke=INK, strokeWidth=1, opacity=1)
    fill = alt.Fill(field="fill", type="nominal", scale=None)
    return mark.encode(*_xy(), alt.Shape(field="shape", type="nominal", scale=None), fill)


def texts(rows: Sequence[Row], align: Align = "left", *, dx: float = 0, bold: bool = False) -> Any:
    """Words, each at its place; not measured and never cut off by Vega."""
    import altair as alt

    weight = {"fontWeight": "bold"} if bold else {}
    mark = _data(rows).mark_text(
        align=align, baseline="middle", dx=dx, fontSize=13, fill=INK, limit=0, **weight
    )
    return mark.encode(*_xy(), alt.Text(field="text", type="nominal"))


def sheet(
    layers: Sequence[Any],
    *,
    plot: float,
    height: float,
    domain: tuple[float, float],
    left: float,
    foot: float,
    axis: Mapping[str, Any] | None,
) -> Spec:
    """The layers on one plot of `plot` × `height` px, its x axis from domain to domain.

    y counts px from the top. `left` and `foot` are the room beside and under the plot. Nothing is
    measured by the renderer (autosize none), so that fonts can't change the size.
    """
    import altair as alt

    first, *others = (layer for layer in layers if layer.data.values)
    x, y = _xy()
    x = x.scale(domain=list(domain), range=[0, plot], nice=False, zero=False)
    x = x.axis(title=None, **axis) if axis is not None else x.axis(None)
    y = y.scale(domain=[0, height], range=[0, height], nice=False).axis(None)
    chart = alt.layer(first.encode(x, y), *others).properties(
        width=plot,
        height=height,
        autosize="none",
        padding={"left": left, "right": WIDTH - left - plot, "top": 4, "bottom": foot},
    )
    # Altair's own check takes half of the time; the tests hold every kind to the schema.
    return dict(_ink(chart).to_dict(validate=False))


def _xy() -> tuple[Any, Any]:
    """x in units of the axis and y in px. Spelled out: "x:Q" costs Altair three times as long."""
    import altair as alt

    return alt.X(field="x", type="quantitative"), alt.Y(field="y", type="quantitative")


def _data(rows: Sequence[Row]) -> Any:
    import altair as alt

    return alt.Chart(alt.Data(values=list(rows)))


def _ink(chart: Any) -> Any:
    """Vega's black disappears in the dark: all lines and letters take the colour of the text."""
    return (
        chart.configure(background="transparent")
        .configure_axis(
            labelColor=INK,
            domainColor=INK,
            tickColor=INK,
            gridColor=INK,
            gridOpacity=0.2,
            labelFontSize=13,
            labelFlush=False,
            labelPadding=3,
        )
        .configure_view(stroke=None)
    )
