"""What a picture must show and must never hold; its colours for readers who see them otherwise."""

import itertools
import math
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest

from generator import charts
from generator.charts.svg import PATTERNS, clean, swatch
from generator.model import Datum, Figure, FigureKind
from tests.presenting import ROOT

WORDS = {"not_found": "not found", "withheld": "withheld"}
SVG = "{http://www.w3.org/2000/svg}"
TALLY = Figure(
    "tally",
    (
        Datum("keep", 7, "keep"),
        Datum("remove", 3, "remove"),
        Datum("abstain", None, "abstain", "not_found"),
    ),
    "votes of the council",
    13,
)
COSTS = Figure(
    "bars",
    (
        Datum("FY2020", 33e6, "amount", text="$33M", group="Budget"),
        Datum("FY2021", 15e6, "amount", text="$15M", group="Budget"),
        Datum("FY2020", 18e6, "amount", text="$18M", group="Paid"),
        Datum("FY2021", None, "amount", "not_found", group="Paid"),
    ),
)
TIMELINE = Figure(
    "timeline",
    (
        Datum("FY21", 2020.66, "none", group="Agreements", end=2021.66),
        Datum("FY22", 2021.7, "none", group="Agreements", end=2022.7),
        Datum("all keep", 2014.2, "keep", group="Votes"),
        Datum("55 keep, 17 remove", 2020.6, "keep", group="Votes"),
        Datum("safety plans", 2021.6, "reduce", group="Votes"),
        Datum("Board: no officers", 2024.15, "remove", group="Votes"),
    ),
)
YEARS = Figure(
    "years",
    (
        Datum("2018-19", None, "gap", "not_found", text="?"),
        *(Datum(f"{year}-{year - 1999}", 1, "keep", text="P") for year in range(2019, 2023)),
        Datum("2023-24", 0, "remove", text="N"),
    ),
)
OUTCOMES = Figure(
    "outcomes",
    (
        Datum("officers stay", 42, "keep"),
        Datum("no officers from this year on", 16, "remove"),
        Datum("not found", 14, "gap"),
    ),
    "schools and campuses, of 72",
)
ALL = (TALLY, OUTCOMES, COSTS, TIMELINE, YEARS)


def drawn(figure: Figure, words: dict[str, str] | None = None) -> ET.Element:
    chart = charts.draw(figure, words or WORDS, charts.MemoryCache())
    return ET.fromstring(charts.place(chart, "one", "A title", "A finding."))


def words_of(picture: ET.Element) -> list[str]:
    return [node.text or "" for node in picture.iter(f"{SVG}text")]


def boxes(picture: ET.Element) -> list[tuple[str, float, bool]]:
    """Side, width in px and whether the outline is dashed, of every filled box."""
    found = []
    for node in picture.iter(f"{SVG}path"):
        if "url(#chart-" in node.get("fill", "") and "h" in node.get("d", ""):
            side = re.search(r"#chart-(\w+)", node.attrib["fill"])
            width = re.search(r"h(-?[\d.]+)", node.attrib["d"])
            assert side
            assert width
            found.append((side[1], float(width[1]), "stroke-dasharray" in node.attrib))
    return found


def tally(*rows: Datum) -> Figure:
    return Figure("tally", rows)


def test_every_number_stands_at_its_bar() -> None:
    said = words_of(drawn(TALLY))
    assert said[said.index("keep") :] == [
        *("keep", "remove", "abstain"),
        *("7", "3", "not found"),
        "votes of the council",
    ]


def test_bars_are_as_long_as_their_numbers() -> None:
    lengths = {side: width for side, width, _ in boxes(drawn(TALLY))}
    assert lengths["keep"] / lengths["remove"] == pytest.approx(7 / 3, rel=0.01)


def test_zero_is_a_number_without_length() -> None:
    picture = drawn(tally(Datum("keep", 4, "keep"), Datum("abstain", 0, "abstain")))
    assert ("abstain", 0.0, False) in boxes(picture)
    assert words_of(picture).count("0") == 2  # the axis begins with the other one


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ((7,), ["keep", "7"]),
        ((0,), ["keep", "0"]),
        ((0, 0, 0), ["keep", "remove", "abstain", "0", "0", "0"]),
        ((None, None, None), ["keep", "remove", "abstain", *("withheld",) * 3]),
    ],
    ids=["one value", "one zero", "a total of zero", "all withheld"],
)
def test_a_picture_of_next_to_nothing_says_it(
    numbers: tuple[int | None, ...], said: list[str]
) -> None:
    """Every number or word stands there, no bar is longer than another, nothing is divided by 0."""
    rows = [
        Datum(side, count, side, None if count is not None else "withheld")
        for side, count in zip(("keep", "remove", "abstain"), numbers, strict=False)
    ]
    picture = drawn(tally(*rows))
    found = words_of(picture)
    assert found[len(found) - len(said) :] == said or found[: len(said)] == said
    assert "nan" not in ET.tostring(picture, "unicode").lower()
    assert len({width for _, width, _ in boxes(picture)}) == 1


def test_a_missing_number_is_a_dashed_hatch_with_its_word_and_no_zero() -> None:
    only_gaps = tally(
        Datum("agree", None, "for", "withheld"), Datum("no", None, "none", "not_found")
    )
    picture = drawn(only_gaps)
    assert words_of(picture) == ["agree", "no", "withheld", "not found"]
    assert all(side == "gap" and width > 24 and dashed for side, width, dashed in boxes(picture))
    assert len(boxes(picture)) == 2


@pytest.mark.parametrize("others", [(1, 2), (9, 9), (13, 0)])
def test_a_gap_has_the_same_length_whatever_the_numbers_are(others: tuple[int, int]) -> None:
    numbers = [Datum("keep", others[0], "keep"), Datum("remove", others[1], "remove")]
    figure = replace(tally(*numbers, Datum("abstain", None, "none", "withheld")), top=13)
    gap = [width for side, width, _ in boxes(drawn(figure)) if side == "gap"]
    assert gap == [pytest.approx(190, abs=12)]


def test_a_counted_gap_is_a_bar_with_its_number() -> None:
    found = boxes(drawn(OUTCOMES))
    assert [(side, dashed) for side, _, dashed in found] == [
        ("keep", False),
        ("remove", False),
        ("gap", False),
    ]
    assert "schools and campuses, of 72" in words_of(drawn(OUTCOMES))


@pytest.mark.parametrize(
    "row",
    [
        Datum("keep", None, "keep"),
        Datum("keep", 3, "keep", "not_found"),
        Datum("keep", math.nan, "keep"),
        Datum("keep", -1, "keep"),
        Datum("keep", math.inf, "keep"),
        Datum("keep", 3, "red"),
    ],
)
def test_a_row_without_a_plain_meaning_is_refused(row: Datum) -> None:
    with pytest.raises(ValueError, match="keep: found"):
        charts.spec(tally(row), WORDS)


def test_no_rows_and_no_date_are_refused() -> None:
    with pytest.raises(ValueError, match="found no rows"):
        charts.spec(tally(), WORDS)
    with pytest.raises(ValueError, match="without a date"):
        charts.spec(Figure("timeline", (Datum("poll", None, "none", "not_found"),)), WORDS)


def test_ticks_are_whole_numbers_up_to_the_top() -> None:
    ticks = [word for word in words_of(drawn(tally(Datum("keep", 1, "keep")))) if word.isdigit()]
    assert ticks == ["0", "1", "1"]  # the last one stands at the bar
    many = words_of(drawn(tally(Datum("keep", 13, "keep"))))
    assert [word for word in many if word.isdigit()] == ["0", "2", "4", "6", "8", "10", "12", "13"]
    crowd = words_of(drawn(tally(Datum("keep", 2000000, "keep"))))
    assert [word for word in crowd if word.isdigit()] == ["0", "1000000", "2000000", "2000000"]


def test_money_stands_in_groups_in_the_words_given() -> None:
    said = words_of(drawn(COSTS))
    assert [said.count(word) for word in ("Budget", "Paid", "$33M", "$18M", "not found")] == [1] * 5
    assert not any("48" in word or "51" in word for word in said)


def test_long_labels_stand_whole_above_their_bars() -> None:
    label = "retirar a los agentes de la escuela por decisión del consejo escolar"
    said = words_of(drawn(tally(Datum(label, 2, "remove"))))
    assert "retirar a los agentes de la escuela por decisión del consejo escolar" in " ".join(said)
    assert all(len(word) <= 44 for word in said)


def test_a_timeline_shows_spans_as_boxes_and_moments_as_shapes() -> None:
    picture = drawn(TIMELINE)
    assert [side for side, width, _ in boxes(picture) if width > 20] == ["none", "none"]
    shapes = [node for node in picture.iter(f"{SVG}path") if "url(#chart-" in node.get("fill", "")]
    assert len(shapes) == 6
    assert {row.label for row in TIMELINE.rows} <= set(words_of(picture))
    assert {"2014", "2024"} <= set(words_of(picture))


def test_words_of_one_lane_never_touch_and_the_earlier_stand_above() -> None:
    crowd = tuple(Datum("a dozen words", 2020 + i / 10, "keep", group="Votes") for i in range(9))
    crowd += (Datum("", 2014, "none", group="Votes"),)
    places = re.findall(
        r'<text[^>]*transform="translate\((-?[\d.]+),([\d.]+)\)"[^>]*>a dozen words',
        charts.draw(Figure("timeline", crowd), WORDS, charts.MemoryCache()).svg,
    )
    assert len(places) == 9
    assert len({y for _, y in places}) == 9
    assert [float(x) for x, _ in sorted(places, key=lambda place: float(place[1]))] == sorted(
        float(x) for x, _ in places
    )


def test_words_too_long_for_a_timeline_stand_whole_above_their_events() -> None:
    rows = (
        Datum("a sentence that fits on neither side", 2016, "keep"),
        Datum("a sentence that fits on neither side", 2019, "keep"),
        Datum("short", 2017, "keep"),
        Datum("", 2014, "keep"),
        Datum("", 2020, "keep"),
    )
    figure = Figure("timeline", rows)
    said = [words for words in words_of(drawn(figure)) if words[:1].isalpha()]
    svg = charts.draw(figure, WORDS, charts.MemoryCache()).svg
    assert sorted(said) == [*["a sentence that fits on neither side"] * 2, "short"]
    dots = sorted(
        float(place) for place in re.findall(r'<path transform="translate\([\d.]+,([\d.]+)\)"', svg)
    )
    lines = sorted(
        float(place) for place in re.findall(r'translate\([\d.]+,([\d.]+)\)"[^>]*>a sent', svg)
    )
    # Each line above the mark that it belongs to, below the one before.
    assert all(any(0 < dot - line < 30 for dot in dots) for line in lines)


def test_words_longer_than_a_timeline_stand_in_lines() -> None:
    long = "una presentación del distrito ante la Junta con todas las cifras de los años anteriores"
    rows = (Datum(long, 2017, "keep"), Datum("", 2014, "keep"), Datum("", 2020, "keep"))
    said = [words for words in words_of(drawn(Figure("timeline", rows))) if words[:1].isalpha()]
    assert " ".join(said) == long
    assert len(said) > 1


def test_years_have_pattern_and_letter() -> None:
    picture = drawn(YEARS)
    assert [(side, dashed) for side, _, dashed in boxes(picture)] == [
        *[("keep", False)] * 4,
        ("remove", False),
        ("gap", True),
    ]
    assert sorted(word for word in words_of(picture) if len(word) == 1) == list("?NPPPP")


@pytest.mark.parametrize("figure", ALL, ids=lambda figure: figure.kind)
def test_nothing_but_the_picture_is_in_it(figure: Figure) -> None:
    svg = charts.draw(figure, WORDS, charts.MemoryCache()).svg
    assert not re.search(
        r"style|script|xlink|href|clip|\bid=|aria|#000|black|on\w+=|font-family", svg
    )
    assert re.findall(r"https?:[^\"]*", svg) == ["http://www.w3.org/2000/svg"]
    paints = set(re.findall(r' (?:fill|stroke)="([^"]*)"', svg))
    assert all(
        re.fullmatch(r"none|currentColor|(url\(#chart-\w+\) )?var\(--chart-\w+\)", paint)
        for paint in paints
    )


@pytest.mark.parametrize("figure", ALL, ids=lambda figure: figure.kind)
def test_a_kind_keeps_to_the_schema_of_vega_lite(figure: Figure) -> None:
    import altair as alt

    alt.Chart.from_dict(charts.spec(figure, WORDS), validate=True)


@pytest.mark.parametrize("figure", ALL, ids=lambda figure: figure.kind)
def test_text_stays_inside_and_is_at_least_13_px(figure: Figure) -> None:
    picture = drawn(figure)
    sizes = {node.attrib["font-size"] for node in picture.iter(f"{SVG}text")}
    assert sizes == {"13px"}
    assert int(picture.attrib["width"]) == 328


def test_equal_figures_are_drawn_once_and_alike() -> None:
    cache = charts.MemoryCache()
    twin = replace(TALLY, rows=tuple(replace(row) for row in TALLY.rows))
    one, two = charts.draw(TALLY, WORDS, cache), charts.draw(twin, dict(WORDS), cache)
    assert (one.svg, one.key, cache.drawn) == (two.svg, two.key, 1)
    assert charts.draw(TALLY, WORDS, charts.MemoryCache()).svg == one.svg
    charts.draw(replace(TALLY, top=9), WORDS, cache)
    assert cache.drawn == 2


def test_what_a_cache_holds_is_not_drawn_again() -> None:
    cache = charts.MemoryCache()
    cache.kept[charts.draw(TALLY, WORDS, charts.MemoryCache()).key] = "<svg>kept</svg>"
    assert charts.draw(TALLY, WORDS, cache).svg == "<svg>kept</svg>"
    assert cache.drawn == 0


def test_a_reason_in_other_words_is_another_picture() -> None:
    spanish = {"not_found": "no encontrado"}
    assert "no encontrado" in words_of(drawn(TALLY, spanish))


def test_two_places_share_a_picture_but_no_id() -> None:
    chart = charts.draw(TALLY, WORDS, charts.MemoryCache())
    places = [charts.place(chart, name, 'Votes <of> "A"', "Kept & counted.") for name in "ab"]
    ids = [set(re.findall(r' id="([^"]+)"', place)) for place in places]
    assert ids == [{"a-t", "a-d"}, {"b-t", "b-d"}]
    root = ET.fromstring(places[0])
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-labelledby"] == "a-t a-d"
    assert [node.text for node in list(root)[:2]] == ['Votes <of> "A"', "Kept & counted."]


@pytest.mark.parametrize(
    ("name", "title", "alt"), [("a", "", "x"), ("a", "x", " "), ("1a", "x", "x"), ('a"', "x", "x")]
)
def test_a_picture_without_words_or_with_a_bad_id_is_refused(
    name: str, title: str, alt: str
) -> None:
    chart = charts.draw(TALLY, WORDS, charts.MemoryCache())
    with pytest.raises(ValueError, match="found"):
        charts.place(chart, name, title, alt)


def test_labels_are_escaped() -> None:
    nasty = "<b>&amp;"
    svg = charts.draw(tally(Datum(nasty, 1, "keep")), WORDS, charts.MemoryCache()).svg
    assert "<b>" not in svg
    assert nasty in words_of(ET.fromstring(svg))


def test_cleaning_drops_what_is_not_allowed() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="9.6" height="5"><script>x()</script>'
        '<a href="https://example.org"><path d="M0,0"/></a>'
        '<g style="fill:red" onclick="x()"><path d="M1.25,-0.01L3,4" id="p" fill="none"/></g></svg>'
    )
    assert clean(svg, "tally") == (
        '<svg xmlns="http://www.w3.org/2000/svg" class="chart chart-tally" viewBox="0 0 10 5" '
        'width="10" height="5" direction="ltr" focusable="false">'
        '<path d="M1.2,0L3,4" fill="none"/></svg>'
    )


# Colours ------------------------------------------------------------------------------------------

CSS = (Path(__file__).parents[1] / "templates/assets/charts.css").read_text(encoding="utf-8")
RULES = re.findall(r'\[data-md-color-scheme="(\w+)"\] \{([^}]*)\}', CSS)
SCHEMES = {name: dict(re.findall(r"--([\w-]+): (#\w{6});", rule)) for name, rule in RULES}
BALLOTS = (
    ("keep", "reduce", "remove", "none"),
    ("keep", "reduce", "remove", "abstain"),
    ("for", "against", "abstain"),
)

# How readers without one kind of cone see linear RGB: Machado, Oliveira and Fernandes,
# "A Physiologically-based Model for Simulation of Color Vision Deficiency" (2009), severity 1.
SIGHTS = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def linear(colour: str) -> list[float]:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]


def contrast(one: str, two: str) -> float:
    """WCAG 2's contrast ratio."""
    lights = [
        sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear(c), strict=True))
        for c in (one, two)
    ]
    return (max(lights) + 0.05) / (min(lights) + 0.05)


def lab(light: list[float]) -> tuple[float, float, float]:
    """CIE 1976 L*a*b* of linear RGB, D65."""
    matrix = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    white = (0.95047, 1.0, 1.08883)
    x, y, z = (
        sum(m * p for m, p in zip(row, light, strict=True)) / w
        for row, w in zip(matrix, white, strict=True)
    )
    a, b, c = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * b - 16, 500 * (a - b), 200 * (b - c)


def seen(colour: str, sight: str) -> tuple[float, float, float]:
    light = linear(colour)
    mixed = [sum(m * p for m, p in zip(row, light, strict=True)) for row in SIGHTS[sight]]
    return lab([min(1.0, max(0.0, part)) for part in mixed])


def test_both_schemes_name_the_same_colours() -> None:
    assert set(SCHEMES) == {"default", "slate"}
    assert set(SCHEMES["default"]) == set(SCHEMES["slate"])
    assert len(SCHEMES["default"]) == 12


def test_the_papers_are_the_theme_s_own_grounds() -> None:
    assert SCHEMES["default"]["chart-paper"] == "#ffffff"
    assert SCHEMES["slate"]["chart-paper"] == "#1e2329"  # hsla(215, 15%, 14%, 1)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_colour_stands_out_from_paper_and_map(scheme: str) -> None:
    colours = SCHEMES[scheme]
    inks = [name for name in colours if name.startswith("chart-") and name != "chart-paper"]
    assert len(inks) == 9
    low = {name: contrast(colours[name], colours["chart-paper"]) for name in inks}
    low |= {f"{s} on map": contrast(colours[f"chart-{s}"], colours["map-fill"]) for s in BALLOTS[0]}
    assert {name: ratio for name, ratio in low.items() if ratio < 3} == {}


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("sight", SIGHTS)
def test_sides_of_one_ballot_differ_for_every_sight(scheme: str, sight: str) -> None:
    colours = SCHEMES[scheme]
    near = {
        (one, two): round(
            math.dist(seen(colours[f"chart-{one}"], sight), seen(colours[f"chart-{two}"], sight)), 1
        )
        for ballot in BALLOTS
        for one, two in itertools.combinations(ballot, 2)
    }
    assert {pair: far for pair, far in near.items() if far < 20} == {}


def test_every_side_has_a_pattern_of_its_own() -> None:
    tiles = re.findall(r'<pattern id="chart-(\w+)"[^>]*>(.*?)</pattern>', PATTERNS)
    assert [side for side, _ in tiles] == [
        *("keep", "reduce", "remove", "none", "for", "against", "abstain", "amount", "gap")
    ]
    for ballot in (*BALLOTS, ("keep", "reduce", "remove", "abstain", "gap")):
        textures = {re.sub(r"--chart-\w+", "", tile) for side, tile in tiles if side in ballot}
        assert len(textures) == len(ballot)


@pytest.mark.parametrize("fragment", [PATTERNS, swatch("keep")])
def test_patterns_and_samples_need_no_style_and_are_not_read_out(fragment: str) -> None:
    assert ET.fromstring(fragment).attrib["aria-hidden"] == "true"
    assert "style" not in fragment


def test_the_kinds_are_those_of_the_model() -> None:
    assert set(charts.KINDS) == set(FigureKind.__args__)  # type: ignore[attr-defined]


def test_altair_loads_without_a_grammar_of_addresses() -> None:
    """It is installed here, for the list of packages, and would more than double the time."""
    program = (
        "import sys; from generator import charts; from tests.test_charts import TALLY, WORDS;"
        "assert not {'altair', 'lark'} & set(sys.modules); charts.spec(TALLY, WORDS);"
        "print(sorted({'altair', 'lark', 'rfc3987_syntax'} & set(sys.modules)));"
        "import rfc3987_syntax"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("['altair']\n", "")
