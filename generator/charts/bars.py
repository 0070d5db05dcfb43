"""Tallies, outcomes and amounts: one bar a row, its words beside or above it, its number behind."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from generator.charts.parts import (
    LINE,
    WIDTH,
    Row,
    Spec,
    lines,
    rects,
    row_rect,
    row_text,
    rules,
    sheet,
    texts,
    wide,
    wrap,
)
from generator.model import Datum, Figure

_BESIDE = 84  # px; longer labels stand above their bars, where they are never cut off
_WORD = 110  # px; longer reasons need the room that labels beside the bars would take
_BAR = 18
_GAP = 8
_STEPS = tuple(digit * 10**power for power in range(9) for digit in (1, 2, 5))


@dataclass(frozen=True)
class _Frame:
    """Room for labels on the left, then `plot` px that stand for 0 to `top`."""

    beside: bool
    left: float
    plot: float
    top: float

    def units(self, px: float) -> float:
        """Pixels from zero in units of the axis."""
        return px * self.top / self.plot


@dataclass(frozen=True)
class _Slots:
    """Where headings and bars begin, in px from the top, and where everything ends."""

    headings: tuple[tuple[str, float], ...]
    bars: tuple[tuple[Datum, float], ...]
    height: float


def bars(figure: Figure, words: Mapping[str, str]) -> Spec:
    """One bar a row. Groups stand one under the other on one scale: they are never added up."""
    frame = _frame(figure, words)
    slots = _slots(figure, frame)
    boxes = [(row, _box(row, y, frame, words)) for row, y in slots.bars]
    axis = _whole_numbers(frame) if _counts_something(figure) else None
    edge = frame.units(1 - frame.left)
    under = slots.height + (25 if axis else 4)
    headings = [part for group, y in slots.headings for part in lines(group, edge, y)]
    numbers = [row_text(_said(row, words), box["x2"], box["y"] + _BAR / 2) for row, box in boxes]
    axis_words = lines(figure.axis, edge, under)
    return sheet(
        [
            rects([box for row, box in boxes if row.value is not None]),
            rects([box for row, box in boxes if row.value is None], dashed=True),
            rules([_zero(box, frame) for _, box in boxes]),
            texts(_labels(slots, frame), "right" if frame.beside else "left"),
            texts(headings, bold=True),
            texts(numbers, dx=5),
            texts(axis_words),
        ],
        plot=frame.plot,
        height=slots.height,
        domain=(0, frame.top),
        left=frame.left,
        foot=under - slots.height + LINE * len(axis_words) + 2,
        axis=axis,
    )


def _counts_something(figure: Figure) -> bool:
    """Money has no axis, its words stand at the bars; nor has a picture of nothing but gaps."""
    return figure.kind != "bars" and any(row.value is not None for row in figure.rows)


def _frame(figure: Figure, words: Mapping[str, str]) -> _Frame:
    label = max(wide(row.label) for row in figure.rows) + 7
    reason = max((wide(_said(row, words)) for row in figure.rows if row.mark), default=0)
    beside = label <= _BESIDE and reason <= _WORD
    left = round(label) if beside else 5
    if reason > WIDTH - left - 32:
        raise ValueError("found a reason of more than 40 letters, expected a shorter one")
    number = max((wide(_said(row, words)) for row in figure.rows if not row.mark), default=0)
    top = max(figure.top or 0, *(row.value or 0 for row in figure.rows)) or 1
    return _Frame(beside, left, round(WIDTH - left - number - 8), top)


def _slots(figure: Figure, frame: _Frame) -> _Slots:
    headings: list[tuple[str, float]] = []
    placed: list[tuple[Datum, float]] = []
    y = 0.0
    for group, rows in groupby(figure.rows, key=lambda row: row.group):
        if group:
            y += _GAP if y else 0
            headings.append((group, y))
            y += LINE * len(wrap(group)) + 3
        for row in rows:
            y += 0 if frame.beside else LINE * len(wrap(row.label))
            placed.append((row, y))
            y += _BAR + _GAP
    return _Slots(tuple(headings), tuple(placed), y - _GAP)


def _labels(slots: _Slots, frame: _Frame) -> list[Row]:
    if frame.beside:
        return [row_text(row.label, frame.units(-6), y + _BAR / 2) for row, y in slots.bars]
    lifts = [(row, y - LINE * len(wrap(row.label))) for row, y in slots.bars]
    return [part for row, y in lifts for part in lines(row.label, 0, y)]


def _box(row: Datum, y: float, frame: _Frame, words: Mapping[str, str]) -> Row:
    """The bar of a number, or a hatched gap as long as there is room: it has no length to read."""
    if row.value is not None:
        return row_rect(0, row.value, y, y + _BAR, row.side)
    room = WIDTH - frame.left - wide(_said(row, words)) - 8
    return row_rect(0, frame.units(room), y, y + _BAR, "gap")


def _said(row: Datum, words: Mapping[str, str]) -> str:
    """What stands behind the bar: the number or its words, or why there is none."""
    if row.value is None:
        return words[row.mark]
    return row.text or f"{row.value:.12g}"  # :g alone writes a million as 1e+06


def _zero(box: Row, frame: _Frame) -> Row:
    """The line that bars grow from; without it an amount of 0 would hang in the air."""
    reach = _GAP / 2 if frame.beside else 0
    return {"x": 0, "y": box["y"] - reach, "y2": box["y2"] + reach}


def _whole_numbers(frame: _Frame) -> Spec:
    """Ticks at whole numbers: a vote can't be halved. No grid: the numbers are printed."""
    most = max(1, min(7, int(frame.plot / (wide(f"{frame.top:.0f}") + 14))))
    step = next(step for step in _STEPS if frame.top / step <= most)
    return {"format": "d", "values": list(range(0, int(frame.top) + 1, step)), "grid": False}
