"""TopoJSON → areas as closed rings of (longitude, latitude), in plain Python."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any

Position = tuple[float, float]
Ring = tuple[Position, ...]


@dataclass(frozen=True)
class Area:
    """One area of the map; every ring ends where it begins, holes are rings like the others."""

    properties: Mapping[str, Any]
    rings: tuple[Ring, ...]


def areas(topology: Mapping[str, Any]) -> list[Area]:
    """The areas of all objects, in order. Follows the TopoJSON specification, section 2.1.

    ValueError for a geometry that is neither a Polygon nor a MultiPolygon, and for a place that is
    none on the globe. What is no topology at all ends in the errors of Python's own types.
    """
    arcs = [_positions(arc, topology.get("transform")) for arc in topology["arcs"]]
    return [
        Area(geometry.get("properties", {}), tuple(_ring(refs, arcs) for refs in _rings(geometry)))
        for thing in topology["objects"].values()
        for geometry in thing.get("geometries", [thing])
    ]


def rewind(ring: Ring) -> Ring:
    """The ring clockwise on a map with north up, as d3 wants an outer ring.

    RFC 7946 asks for the opposite; d3 then fills the whole sphere outside the area.
    """
    return ring if signed_area(ring) <= 0 else ring[::-1]


def signed_area(ring: Ring) -> float:
    """Twice the ring's area in square degrees; negative if it runs clockwise."""
    pairs = pairwise(ring)
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)


def _positions(arc: Sequence[Sequence[float]], transform: Mapping[str, Any] | None) -> Ring:
    """An arc's positions: as they stand or, if quantized, steps from one to the next."""
    if transform is None:
        return tuple(_place(x, y) for x, y, *_ in arc)
    (kx, ky), (dx, dy) = transform["scale"], transform["translate"]
    xs = accumulate(step[0] for step in arc)
    ys = accumulate(step[1] for step in arc)
    return tuple(_place(x * kx + dx, y * ky + dy) for x, y in zip(xs, ys, strict=True))


def _place(longitude: float, latitude: float) -> Position:
    if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
        raise ValueError(f"found {longitude!r}, {latitude!r}, expected a place on the globe")
    return longitude, latitude


def _rings(geometry: Mapping[str, Any]) -> Iterator[Sequence[int]]:
    if geometry["type"] == "Polygon":
        yield from geometry["arcs"]
    elif geometry["type"] == "MultiPolygon":
        for polygon in geometry["arcs"]:
            yield from polygon
    else:
        raise ValueError(f"found a {geometry['type']} among the areas, expected (Multi)Polygon")


def _ring(refs: Iterable[int], arcs: Sequence[Ring]) -> Ring:
    """Arcs joined end to end; ~i is arc i reversed, and a joint is counted once."""
    ring: list[Position] = []
    for ref in refs:
        arc = arcs[ref] if ref >= 0 else arcs[~ref][::-1]
        ring.extend(arc[1:] if ring else arc)
    return tuple(ring)
