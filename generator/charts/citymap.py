"""The map of a city's areas and schools, as SVG of our own (a fraction of a geoshape's size)."""

import html
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from generator.charts.svg import names
from generator.charts.topology import Area, Position

WIDTH = 360  # px; the height follows from the areas
_MARGIN = 4
_TOUCH = 9  # px; marks nearer than that cover each other
_MARKS = {
    "keep": "M-5,0a5,5 0 1 0 10,0a5,5 0 1 0 -10,0z",
    "reduce": "M0,-6L6,5H-6z",
    "remove": "M-4.5,-4.5h9v9h-9z",
    "none": "M0,-6.5L6,0L0,6.5L-6,0z",
    "gap": "M-5,-5L5,5M-5,5L5,-5",
}
"""One shape a side, about equally large, around 0,0; colour alone would not tell them apart."""


@dataclass(frozen=True)
class Point:
    """A school on the map: what it links to, what its tooltip says, what was decided about it."""

    id: str
    name: str
    said: str
    href: str
    side: str
    longitude: float | None
    latitude: float | None


@dataclass(frozen=True)
class CityMap:
    """The picture, and the points it could not show because nobody says where they are."""

    svg: str
    missing: tuple[Point, ...]


def draw_map(
    areas: Sequence[Area], points: Sequence[Point], figure_id: str, title: str, alt: str
) -> CityMap:
    """All areas as one path, each point as a link in the shape of its side.

    The links can be clicked but take no tab stop: the same list stands beside the map as a table,
    and nobody should have to tab through it twice. ValueError without title or alt text.
    """
    attribute, named = names(figure_id, title, alt)
    project, height = projection(areas)
    shown = [point for point in points if _is_placed(point)]
    marks = "".join(_link(point, spot) for point, spot in spread(shown, project))
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="map" viewBox="0 0 {WIDTH} {height}" '
        f'width="{WIDTH}" height="{height}" role="group" direction="ltr" focusable="false" '
        f"{attribute}>{named}"
        f'<path class="map-areas" d="{_outline(areas, project)}"/>{marks}</svg>'
    )
    return CityMap(svg, tuple(point for point in points if not _is_placed(point)))


def marker(side: str) -> str:
    """A side's shape for a legend; the words stand beside it."""
    return (
        '<svg class="map-marker" width="16" height="16" viewBox="-8 -8 16 16" aria-hidden="true" '
        f'focusable="false"><path class="map-{side}" d="{_MARKS[side]}"/></svg>'
    )


Project = Callable[[Position], Position]


def projection(areas: Iterable[Area]) -> tuple[Project, int]:
    """(longitude, latitude) → (x, y) in px, north up, and the height of the picture in px.

    Equirectangular at the areas' middle latitude: over one city the error is below a pixel.
    """
    positions = [place for area in areas for ring in area.rings for place in ring]
    west, east = min(x for x, _ in positions), max(x for x, _ in positions)
    south, north = min(y for _, y in positions), max(y for _, y in positions)
    squeeze = math.cos(math.radians((south + north) / 2))
    scale = (WIDTH - 2 * _MARGIN) / ((east - west) * squeeze)

    def project(place: Position) -> Position:
        x, y = (place[0] - west) * squeeze * scale, (north - place[1]) * scale
        return x + _MARGIN, y + _MARGIN

    return project, math.ceil((north - south) * scale + 2 * _MARGIN)


def spread(points: Iterable[Point], project: Project) -> list[tuple[Point, Position]]:
    """Each point with its place in px; points that would cover each other stand in a small ring.

    Schools of one campus have one address. The ring is around their first point, in given order.
    """
    groups: list[tuple[Position, list[Point]]] = []
    for point in points:
        spot = project(_place(point))
        near = next((group for at, group in groups if math.dist(at, spot) < _TOUCH), None)
        if near is None:
            groups.append((spot, [point]))
        else:
            near.append(point)
    return [pair for at, group in groups for pair in zip(group, _ring(at, len(group)), strict=True)]


def _ring(middle: Position, size: int) -> list[Position]:
    if size == 1:
        return [middle]
    radius = _TOUCH / 1.6 / math.sin(math.pi / size)
    turns = [2 * math.pi * i / size for i in range(size)]
    return [(middle[0] - radius * math.cos(t), middle[1] - radius * math.sin(t)) for t in turns]


def _is_placed(point: Point) -> bool:
    return point.longitude is not None and point.latitude is not None


def _place(point: Point) -> Position:
    if point.longitude is None or point.latitude is None:
        raise ValueError(f"{point.id}: found no coordinates, expected both")
    return point.longitude, point.latitude


def _link(point: Point, spot: Position) -> str:
    said = html.escape(f"{point.name}: {point.said}")
    return (
        f'<a href="{html.escape(point.href)}" tabindex="-1" aria-label="{said}">'
        f'<path class="map-{point.side}" transform="translate({spot[0]:.1f},{spot[1]:.1f})" '
        f'd="{_MARKS[point.side]}"><title>{said}</title></path></a>'
    )


def _outline(areas: Iterable[Area], project: Project) -> str:
    """All rings as one path: an area has no meaning of its own here, only its border."""
    return "".join(
        "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in map(project, ring[:-1])) + "z"
        for area in areas
        for ring in area.rings
    )
