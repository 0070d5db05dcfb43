"""Decoding areas, placing schools, and a map that keyboard and screen reader are not lost in."""

import json
import math
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

from generator.charts.citymap import WIDTH, Point, draw_map, marker, projection, spread
from generator.charts.topology import Area, areas, rewind, signed_area
from generator.commands.check import count_rows
from generator.errors import InputError
from generator.pipeline import read_areas
from tests.edition import edit, write_edition
from tests.presenting import unwritten

SVG = "{http://www.w3.org/2000/svg}"

# Two unit squares side by side. Arc 0 is their shared border, running north; the last
# geometry is both squares the other way round, with every arc reversed (~0 = -1).
SHARED: dict[str, Any] = {
    "type": "Topology",
    "arcs": [
        [[1, 0], [1, 1]],
        [[1, 1], [0, 1], [0, 0], [1, 0]],
        [[1, 1], [2, 1], [2, 0], [1, 0]],
    ],
    "objects": {
        "data": {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "Polygon", "arcs": [[0, 1]], "properties": {"number": 1}},
                {"type": "Polygon", "arcs": [[2, 0]], "properties": {"number": 2}},
                {"type": "MultiPolygon", "arcs": [[[-2, -1]], [[-1, -3]]]},
            ],
        }
    },
}
WEST = ((1, 0), (1, 1), (0, 1), (0, 0), (1, 0))


def test_arcs_are_joined_and_their_joints_counted_once() -> None:
    west, east, both = areas(SHARED)
    assert west == Area({"number": 1}, (WEST,))
    assert east.rings == (((1, 1), (2, 1), (2, 0), (1, 0), (1, 1)),)
    assert both.properties == {}


def test_a_negative_arc_runs_backwards() -> None:
    both = areas(SHARED)[2]
    assert both.rings[0] == WEST[::-1]
    assert both.rings[1] == ((1, 1), (1, 0), (2, 0), (2, 1), (1, 1))
    assert all(ring[0] == ring[-1] for ring in both.rings)


def test_quantized_arcs_are_steps() -> None:
    quantized = {
        "arcs": [[[0, 0], [10, 0], [0, 10], [-10, -10]]],
        "transform": {"scale": [0.1, 0.2], "translate": [-88, 41]},
        "objects": {"one": {"type": "Polygon", "arcs": [[0]]}},
    }
    [area] = areas(quantized)
    assert [tuple(round(part, 6) for part in place) for place in area.rings[0]] == [
        (-88, 41),
        (-87, 41),
        (-87, 43),
        (-88, 41),
    ]


def test_other_geometries_are_refused() -> None:
    line = {"arcs": [], "objects": {"one": {"type": "LineString", "arcs": [0]}}}
    with pytest.raises(ValueError, match=r'objects\.one\.type: found "LineString", '):
        areas(line)


def test_rewinding_makes_rings_clockwise_and_only_then_changes_them() -> None:
    assert signed_area(WEST) > 0
    assert rewind(WEST) == WEST[::-1]
    assert rewind(WEST[::-1]) == WEST[::-1]
    assert signed_area(rewind(WEST)) == -2


CITY = [Area({}, (((-88.0, 41.0), (-87.0, 41.0), (-87.0, 42.0), (-88.0, 42.0), (-88.0, 41.0)),))]


def school(
    name: str, longitude: float | None = -87.5, latitude: float | None = 41.5, side: str = "keep"
) -> Point:
    return Point(
        name, f"School {name}", "officers stay", f"/schools/{name}/", side, longitude, latitude
    )


def test_north_is_up_and_a_degree_east_is_shorter_than_one_north() -> None:
    project, height = projection(CITY)
    west, north = project((-88.0, 42.0))
    east, south = project((-87.0, 41.0))
    assert (west, north) == (4, 4)
    assert east == pytest.approx(WIDTH - 4)
    assert (south - north) / (east - west) == pytest.approx(1 / math.cos(math.radians(41.5)))
    assert height == math.ceil(south + 4)


def test_schools_of_one_campus_stand_apart_around_it() -> None:
    project, _ = projection(CITY)
    campus = [school(name) for name in "abcd"]
    placed = spread([*campus, school("far", -87.1)], project)
    assert [point.id for point, _ in placed] == ["a", "b", "c", "d", "far"]
    spots = [spot for _, spot in placed]
    assert min(math.dist(p, q) for i, p in enumerate(spots) for q in spots[:i]) > 10
    assert all(math.dist(spot, project((-87.5, 41.5))) < 12 for spot in spots[:4])
    assert spots[4] == project((-87.1, 41.5))


def test_a_school_alone_stays_where_it_is() -> None:
    project, _ = projection(CITY)
    assert spread([school("a")], project) == [(school("a"), project((-87.5, 41.5)))]


def drawn(*points: Point) -> ET.Element:
    return ET.fromstring(draw_map(CITY, points, "map", "Schools", "By outcome & year.").svg)


def test_a_school_without_coordinates_is_handed_back_and_not_drawn() -> None:
    lost, half = school("lost", None, None), school("half", -87.5, None)
    city = draw_map(CITY, [school("a"), lost, half], "map", "Schools", "By outcome.")
    assert city.missing == (lost, half)
    assert city.svg.count("<a ") == 1
    assert "lost" not in city.svg


def test_every_school_is_a_link_with_its_name_and_outside_the_tab_order() -> None:
    picture = drawn(school("a"), school("b", -87.2, side="remove"))
    links = list(picture.iter(f"{SVG}a"))
    assert [link.attrib["href"] for link in links] == ["/schools/a/", "/schools/b/"]
    assert {link.attrib["tabindex"] for link in links} == {"-1"}
    assert links[0].attrib["aria-label"] == "School a: officers stay"
    assert links[0].find(f"{SVG}path/{SVG}title") is not None


def test_sides_have_shapes_of_their_own() -> None:
    sides = ("keep", "reduce", "remove", "none", "gap")
    picture = drawn(*(school(s, -87.1 - i / 10, side=s) for i, s in enumerate(sides)))
    marks = [node for node in picture.iter(f"{SVG}path") if node.get("class") != "map-areas"]
    assert [mark.attrib["class"] for mark in marks] == [f"map-{side}" for side in sides]
    assert len({mark.attrib["d"] for mark in marks}) == 5
    assert all(mark.attrib["d"] in marker(side) for mark, side in zip(marks, sides, strict=True))


def test_the_map_has_a_name_one_outline_and_nothing_from_outside() -> None:
    picture = drawn(school("a"))
    assert picture.attrib["role"] == "group"
    assert picture.attrib["aria-labelledby"] == "map-t map-d"
    assert [node.text for node in list(picture)[:2]] == ["Schools", "By outcome & year."]
    assert len([n for n in picture.iter(f"{SVG}path") if n.get("class") == "map-areas"]) == 1
    svg = draw_map(CITY, [school("a")], "map", "Schools", "By outcome.").svg
    assert re.findall(r"https?:[^\"]*", svg) == ["http://www.w3.org/2000/svg"]
    assert not re.search(r"style=|script|xlink", svg)


def test_names_and_addresses_are_escaped() -> None:
    nasty = Point("n", 'A "B" & <C>', "officers stay", '/s/"x"/', "keep", -87.5, 41.5)
    [link] = drawn(nasty).iter(f"{SVG}a")
    assert link.attrib["href"] == '/s/"x"/'
    assert link.attrib["aria-label"] == 'A "B" & <C>: officers stay'


@pytest.mark.parametrize(("name", "title"), [("map", ""), ("1", "Schools")])
def test_a_map_without_a_name_is_refused(name: str, title: str) -> None:
    with pytest.raises(ValueError, match="found"):
        draw_map(CITY, [], name, title, "By outcome.")


AREA = '"objects": {"a": {"type": "Polygon", "arcs": [[0]]}}'
SQUARE = '"arcs": [[[0, 0], [1, 1], [1, 0], [0, 0]]]'
OTHER = {
    b"\xff": ":1: found a byte that is not UTF-8 (0xff), expected UTF-8 text.",
    b"\xef\xbb\xbf{}": ":1: found a byte order mark (BOM), expected UTF-8 without BOM.",
    b"{\n7}": ":2: found a fault at character 1 (Expecting property name enclosed in double"
    " quotes), expected JSON.",
    b"["
    * 200_000: ": found a number of thousands of digits, or as many brackets, expected TopoJSON.",
    b"{}": " arcs: found nothing, expected a list in brackets.",
    b"[]": ": found [], expected an object in braces.",
    b'{"arcs": []}': " objects: found nothing, expected an object in braces.",
    b'{"arcs": [[[0, 0]]], "objects": {}}': " arcs[0]: found [[0, 0]], expected a list of two or"
    " more positions.",
    b'{"arcs": [[[0, 0], [0]]], "objects": {}}': " arcs[0][1]: found [0], expected two numbers.",
    b'{"arcs": [[[0, 0], [1, 91]]], "objects": {}}': " arcs[0][1]: found 1, 91, expected a"
    " longitude and a latitude on the globe.",
    b'{"arcs": [[[0, 0], [NaN, 1]]], "objects": {}}': " arcs[0][1]: found [NaN, 1], expected two"
    " numbers.",
    b'{"arcs": [[[0, 0], [1e999, 1]]], "objects": {}}': " arcs[0][1]: found [Infinity, 1],"
    " expected two numbers.",
    b'{"arcs": [], "objects": {}, "transform": {"scale": [1, 1]}}': " transform.translate: found"
    " nothing, expected two numbers.",
    b'{"arcs": [], "objects": {"a": []}}': " objects.a: found [], expected an object in braces.",
    b'{"arcs": [], "objects": {"a": {"geometries": [{"type": "Point"}]}}}': " objects.a"
    '.geometries[0].type: found "Point", expected Polygon or MultiPolygon.',
    b'{"arcs": [], "objects": {"a": {"type": "Polygon"}}}': " objects.a.arcs: found nothing,"
    " expected a list in brackets.",
    b'{"arcs": [], "objects": {"a": {"type": "Polygon", "arcs": []}}}': " objects.a.arcs: found no"
    " ring, expected the outline of the area.",
    b'{"arcs": [], "objects": {"a": {"type": "Polygon", "arcs": [[]]}}}': " objects.a.arcs[0]:"
    " found [], expected a list of numbers of arcs.",
    b'{"arcs": [], "objects": {"a": {"type": "MultiPolygon", "arcs": [[[7]]]}}}': " objects.a"
    ".arcs[0][0]: found 7, expected the numbers of arcs, of which there are 0.",
    b'{"arcs": [], "objects": {"a": {"type": "MultiPolygon", "arcs": [7]}}}': " objects.a"
    ".arcs[0]: found 7, expected a list of rings.",
    f"{{{SQUARE.replace('1', '0')}, {AREA}}}".encode(): " objects: found areas without a width,"
    " expected areas that a map can show.",
}


@pytest.mark.parametrize(("content", "fault"), OTHER.items(), ids=range(len(OTHER)))
def test_a_file_of_areas_that_holds_something_else_is_a_problem(
    tmp_path: Path, content: bytes, fault: str
) -> None:
    data = write_edition(tmp_path / "data")
    (data / "areas.topojson").write_bytes(content)
    with pytest.raises(InputError) as error:
        count_rows(data)
    assert str(error.value).startswith(f"data/areas.topojson{fault} ")
    with pytest.raises(InputError) as once_more:
        read_areas(unwritten(tmp_path, data))
    assert str(once_more.value) == str(error.value)


def test_a_broken_outline_and_a_broken_table_are_told_at_once(tmp_path: Path) -> None:
    data = write_edition(tmp_path / "data")
    (data / "areas.topojson").write_text("{}", encoding="utf-8")
    edit(data, "votes", 2, "seats", "x")
    with pytest.raises(InputError) as error:
        count_rows(data)
    places = [(one.where, one.line, one.column) for one in error.value.problems]
    assert places == [("data/areas.topojson", 0, "arcs"), ("data/votes.csv", 2, "seats")]
    assert error.value.problems[0].hint.startswith("Export it again, as TopoJSON with polygons")


@pytest.mark.parametrize(
    "content", ["", '{"arcs": [], "objects": {}}', f"{{{SQUARE}, {AREA}}}", json.dumps(SHARED)]
)
def test_a_file_of_areas_or_of_none_is_taken(tmp_path: Path, content: str) -> None:
    data = write_edition(tmp_path / "data")
    (data / "areas.topojson").write_text(content, encoding="utf-8")
    assert count_rows(data)
    assert len(read_areas(unwritten(tmp_path, data))) == content.count("olygon")
