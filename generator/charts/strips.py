"""Pictures along the years: what happened when, and a school's status in each school year."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from generator.charts.parts import (
    LINE,
    WIDTH,
    Row,
    Spec,
    lines,
    paint,
    points,
    rects,
    row_rect,
    row_text,
    sheet,
    texts,
    wide,
    wrap,
)
from generator.model import Datum, Figure

_EDGE = 18  # px left and right of the axis, so that the first and last year are not cut in half
_PLOT = WIDTH - 2 * _EDGE
_STEP = 22
_SHAPES = {
    "keep": "circle",
    "reduce": "triangle-up",
    "remove": "square",
    "none": "diamond",
    "for": "triangle-right",
    "against": "triangle-left",
    "abstain": "triangle-down",
    "amount": "circle",
    "gap": "cross",
}
_CELLS = 5  # school years in one line: "2019-20" needs 52 px
_CELL = 30


@dataclass(frozen=True)
class _Event:
    """An event and the px it takes up in its lane, its words to the right or to the left of it.

    Words with too little room on both sides stand in `above`, lines over the event from `left` on.
    """

    row: Datum
    start: float
    end: float
    left: float
    right: float
    words_left: bool
    above: tuple[str, ...] = ()


def timeline(figure: Figure, _: Mapping[str, str]) -> Spec:
    """Lanes over an axis of years: spans as bars, moments as points, each with its words.

    Events of a lane whose words would touch stand one under the other, the earlier above.
    ValueError for an event without a date: only the table beside the picture has a place for it.
    """
    dates = [date for row in figure.rows for date in (_date(row), row.end) if date is not None]
    domain = (math.floor(min(dates)), math.ceil(max(dates)))
    px = _PLOT / (domain[1] - domain[0])
    headings, placed, height = _lanes(figure, domain[0], px)
    bars = [(event, y) for event, y in placed if event.row.end is not None]
    dots = [(event, y) for event, y in placed if event.row.end is None]

    def year(x: float) -> float:
        return domain[0] + x / px

    def said(left: bool) -> list[Row]:
        return [
            row_text(event.row.label, year(event.start if left else event.end), y)
            for event, y in placed
            if event.row.label and not event.above and event.words_left is left
        ]

    return sheet(
        [
            rects(
                [row_rect(year(e.start), year(e.end), y - 7, y + 7, e.row.side) for e, y in bars]
            ),
            points([_dot(event.row, y) for event, y in dots]),
            texts(said(left=False), dx=4),
            texts(said(left=True), "right", dx=-4),
            texts([row for event, y in placed for row in _over(event, year(event.left), y)]),
            texts([row for name, y in headings for row in lines(name, year(-_EDGE), y)], bold=True),
        ],
        plot=_PLOT,
        height=height,
        domain=domain,
        left=_EDGE,
        foot=24,
        axis={"format": "d", "values": list(range(domain[0], domain[1] + 1, 2))},
    )


def _date(row: Datum) -> float:
    if row.value is None:
        raise ValueError(f"{row.label}: found an event without a date, expected a year")
    return row.value


def _dot(row: Datum, y: float) -> Row:
    return {"x": row.value, "y": y, "shape": _SHAPES[row.side], "fill": paint(row.side)}


def _lanes(
    figure: Figure, first: int, px: float
) -> tuple[list[tuple[str, float]], list[tuple[_Event, float]], float]:
    """Headings and events with their y, and the height of all lanes."""
    headings: list[tuple[str, float]] = []
    placed: list[tuple[_Event, float]] = []
    y = 0.0
    for name, rows in groupby(figure.rows, key=lambda row: row.group):
        headings.append((name, y))
        y += LINE * len(wrap(name)) + 2
        levels: list[list[_Event]] = []
        for event in sorted((_event(row, first, px) for row in rows), key=lambda e: e.start):
            level = next((one for one in levels if _is_free(event, one)), None)
            if level is None:
                levels.append(level := [])
            level.append(event)
        for level in levels:
            y += LINE * max(len(event.above) for event in level)
            placed += ((event, y + _STEP / 2) for event in level)
            y += _STEP
        y += 8
    return headings, placed, y


def _is_free(event: _Event, taken: list[_Event]) -> bool:
    return all(event.right < other.left or other.right < event.left for other in taken)


def _event(row: Datum, first: int, px: float) -> _Event:
    half = 0 if row.end is not None else 6
    start = (_date(row) - first) * px - half
    end = (_date(row) if row.end is None else row.end) * px - first * px + half
    right_room, left_room = _PLOT + _EDGE - end - 8, start + _EDGE - 8
    wanted = wide(row.label)
    if wanted > max(right_room, left_room):
        return _under_words(row, start, end)
    words = wanted + 8 if row.label else 2
    words_left = words - 8 > right_room
    left, right = (start - words, end + 2) if words_left else (start - 2, end + words)
    return _Event(row, start, end, left, right, words_left)


def _under_words(row: Datum, start: float, end: float) -> _Event:
    """An event under its words, which begin where it does, or so far before that they fit."""
    above = wrap(row.label)
    most = max(map(wide, above))
    left = max(min(start, _PLOT + _EDGE - most), -_EDGE)
    right = max(end + 2, left + most)
    return _Event(row, start, end, left, right, words_left=False, above=tuple(above))


def _over(event: _Event, x: float, y: float) -> list[Row]:
    """The lines over an event in the middle of whose mark y is."""
    top = y - _STEP / 2 - LINE * len(event.above)
    return [row_text(part, x, top + LINE * (i + 0.5)) for i, part in enumerate(event.above)]


def years(figure: Figure, _: Mapping[str, str]) -> Spec:
    """One cell a school year, with the letter of its status in `text`, five to a line."""
    pitch = WIDTH / _CELLS
    places = [
        (row, i % _CELLS * pitch, i // _CELLS * (_CELL + LINE + 10))
        for i, row in enumerate(figure.rows)
    ]
    middle = (pitch - 4) / 2
    boxes = [(row, row_rect(x, x + pitch - 4, y, y + _CELL, row.side)) for row, x, y in places]
    return sheet(
        [
            rects([box for row, box in boxes if row.value is not None]),
            rects([box for row, box in boxes if row.value is None], dashed=True),
            points([_plate(x + middle, y + _CELL / 2) for _, x, y in places], size=700),
            texts(
                [row_text(row.text, x + middle, y + _CELL / 2) for row, x, y in places],
                "center",
                bold=True,
            ),
            texts(
                [row_text(row.label, x + middle, y + _CELL + LINE / 2 + 2) for row, x, y in places],
                "center",
            ),
        ],
        plot=WIDTH - 2,
        height=places[-1][2] + _CELL + LINE + 4,
        domain=(0, WIDTH - 2),
        left=1,
        foot=1,
        axis=None,
    )


def _plate(x: float, y: float) -> Row:
    """Ground for a letter, which would not be read on a pattern."""
    return {"x": x, "y": y, "shape": "circle", "fill": "var(--chart-paper)"}
