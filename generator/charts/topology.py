"""TopoJSON → areas as closed rings of (longitude, latitude), in plain Python."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any

from generator.errors import InputError, Problem

Position = tuple[float, float]
Ring = tuple[Position, ...]
SHOWN = 60  # characters of a value
MOST = 1e15  # beyond it a double holds no single steps
HINT = "Export it again, as TopoJSON with polygons alone, or take the file away."


class TopologyError(ValueError):
    """Which member of a topology is wrong, what was found there and what was expected."""

    def __init__(self, member: str, found: str, expected: str) -> None:
        self.member, self.found, self.expected = member, found, expected
        super().__init__(f"{member}: found {found}, expected {expected}")


@dataclass(frozen=True)
class Area:
    """One area of the map; every ring ends where it begins, holes are rings like the others."""

    properties: Mapping[str, Any]
    rings: tuple[Ring, ...]


def parse_areas(text: str, where: str) -> tuple[Area, ...]:
    """The areas of a TopoJSON file, none of an empty text. InputError names the first member that
    is missing or wrong."""
    try:
        return tuple(areas(json.loads(text))) if text else ()
    except json.JSONDecodeError as error:
        found, expected = f"a fault at character {error.colno} ({error.msg})", "JSON"
        raise InputError([Problem(where, error.lineno, "", found, expected, HINT)]) from error
    except TopologyError as error:
        problem = Problem(where, 0, error.member, error.found, error.expected, HINT)
        raise InputError([problem]) from error
    except (ValueError, RecursionError) as error:
        found, expected = "a number of thousands of digits, or as many brackets", "TopoJSON"
        raise InputError([Problem(where, 0, "", found, expected, HINT)]) from error


def areas(topology: Any) -> list[Area]:
    """The areas of all objects, in order. Follows the TopoJSON specification, section 2.1.

    TopologyError for what is no topology, for a geometry that is neither a Polygon nor a
    MultiPolygon, for a place that is none on the globe, and for areas that no map can show.
    """
    whole = _object(topology, "")
    transform = _transform(whole["transform"]) if "transform" in whole else None
    arcs = [
        _positions(arc, transform, f"arcs[{at}]") for at, arc in enumerate(_list(whole, "", "arcs"))
    ]
    objects = _object(whole.get("objects"), "objects")
    found = [
        _area(geometry, place, arcs)
        for name, thing in objects.items()
        for geometry, place in _geometries(_object(thing, f"objects.{name}"), f"objects.{name}")
    ]
    longitudes = {x for area in found for ring in area.rings for x, _ in ring}
    if found and len(longitudes) == 1:
        raise TopologyError("objects", "areas without a width", "areas that a map can show")
    return found


def rewind(ring: Ring) -> Ring:
    """The ring clockwise on a map with north up, as d3 wants an outer ring.

    RFC 7946 asks for the opposite; d3 then fills the whole sphere outside the area.
    """
    return ring if signed_area(ring) <= 0 else ring[::-1]


def signed_area(ring: Ring) -> float:
    """Twice the ring's area in square degrees; negative if it runs clockwise."""
    pairs = pairwise(ring)
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)


def _geometries(thing: Mapping[str, Any], place: str) -> Iterator[tuple[Mapping[str, Any], str]]:
    """The geometries of an object, which may be one itself, each with its place."""
    if "geometries" not in thing:
        yield thing, place
        return
    for at, one in enumerate(_list(thing, place, "geometries")):
        yield _object(one, f"{place}.geometries[{at}]"), f"{place}.geometries[{at}]"


def _area(geometry: Mapping[str, Any], place: str, arcs: Sequence[Ring]) -> Area:
    properties = _object(geometry.get("properties", {}), f"{place}.properties")
    rings = tuple(_ring(refs, at, arcs) for refs, at in _rings(geometry, place))
    if not rings:
        raise TopologyError(f"{place}.arcs", "no ring", "the outline of the area")
    return Area(properties, rings)


def _rings(geometry: Mapping[str, Any], place: str) -> Iterator[tuple[Any, str]]:
    """The arcs of each ring, with their place."""
    kind = geometry.get("type")
    if kind not in ("Polygon", "MultiPolygon"):
        raise TopologyError(f"{place}.type", _shown(kind), "Polygon or MultiPolygon")
    for at, one in enumerate(_list(geometry, place, "arcs")):
        inside = f"{place}.arcs[{at}]"
        if kind == "Polygon":
            yield one, inside
        elif isinstance(one, list):
            yield from ((ring, f"{inside}[{number}]") for number, ring in enumerate(one))
        else:
            raise TopologyError(inside, _shown(one), "a list of rings")


def _ring(refs: Any, place: str, arcs: Sequence[Ring]) -> Ring:
    """Arcs joined end to end; ~i is arc i reversed, and a joint is counted once."""
    if not (isinstance(refs, list) and refs):
        raise TopologyError(place, _shown(refs), "a list of numbers of arcs")
    ring: list[Position] = []
    for ref in refs:
        if not isinstance(ref, int) or isinstance(ref, bool) or not -len(arcs) <= ref < len(arcs):
            expected = f"the numbers of arcs, of which there are {len(arcs)}"
            raise TopologyError(place, _shown(ref), expected)
        arc = arcs[ref] if ref >= 0 else arcs[~ref][::-1]
        ring.extend(arc[1:] if ring else arc)
    return tuple(ring)


def _positions(arc: Any, transform: Sequence[Position] | None, place: str) -> Ring:
    """An arc's positions: as they stand or, if quantized, steps from one to the next."""
    if not isinstance(arc, list) or len(arc) < 2:
        raise TopologyError(place, _shown(arc), "a list of two or more positions")
    pairs = [_pair(one, f"{place}[{at}]") for at, one in enumerate(arc)]
    if transform is not None:
        (kx, ky), (dx, dy) = transform
        xs, ys = (accumulate(steps) for steps in zip(*pairs, strict=True))
        pairs = [(x * kx + dx, y * ky + dy) for x, y in zip(xs, ys, strict=True)]
    for at, (x, y) in enumerate(pairs):
        if not (-180 <= x <= 180 and -90 <= y <= 90):
            expected = "a longitude and a latitude on the globe"
            raise TopologyError(f"{place}[{at}]", f"{x!r}, {y!r}", expected)
    return tuple(pairs)


def _transform(transform: Any) -> tuple[Position, Position]:
    whole = _object(transform, "transform")
    scale, translate = whole.get("scale"), whole.get("translate")
    return _pair(scale, "transform.scale"), _pair(translate, "transform.translate")


def _pair(value: Any, place: str) -> Position:
    """The first two numbers of a position: what else stands there is a height."""
    if not (isinstance(value, list) and len(value) >= 2 and all(map(_is_number, value[:2]))):
        raise TopologyError(place, _shown(value), "two numbers")
    return value[0], value[1]


def _is_number(value: Any) -> bool:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and -MOST < value < MOST


def _object(value: Any, place: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise TopologyError(place, _shown(value), "an object in braces")
    return value


def _list(thing: Mapping[str, Any], place: str, name: str) -> list[Any]:
    value = thing.get(name)
    if not isinstance(value, list):
        raise TopologyError(f"{place}.{name}".lstrip("."), _shown(value), "a list in brackets")
    return value


def _shown(value: Any) -> str:
    """The value as the file writes it, or what it is where that is long."""
    text = "nothing" if value is None else json.dumps(value)
    if len(text) <= SHOWN:
        return text
    return f"a list of {len(value)}" if isinstance(value, list) else f"{text[: SHOWN - 1]}…"
