"""The look by its numbers: contrast of words on every ground, one color and shape an outcome."""

import itertools
import re
from colorsys import hls_to_rgb
from importlib.util import find_spec
from pathlib import Path

import pytest

from generator.charts.citymap import marker
from tests.test_charts import CSS, contrast

ASSETS = Path(__file__).parents[1] / "templates" / "assets"
SITE = (ASSETS / "site.css").read_text(encoding="utf-8")
DARK = (ASSETS.parent / "theme/assets/theme/dark.css").read_text(encoding="utf-8")
SCHEMES = ("default", "slate")
EFFECTS = ("keep", "reduce", "remove", "none", "gap")
DECLARED = re.compile(r"(--[\w-]+):\s*([^;}]+)")

# Words and what they stand on. The bar, the tabs and the foot have their own white.
WORDS = {
    "--md-typeset-color": ("--md-default-bg-color", "--md-code-bg-color"),
    "--md-default-fg-color--light": ("--md-default-bg-color", "--md-code-bg-color"),
    "--md-typeset-a-color": ("--md-default-bg-color", "--md-code-bg-color"),
    "--md-accent-fg-color": ("--md-default-bg-color", "--md-code-bg-color"),
    "--md-code-fg-color": ("--md-code-bg-color",),
    "--md-primary-bg-color": ("--md-primary-fg-color",),
}
TEXT, GRAPHICS = 4.5, 3.0


def material() -> str:
    """The style sheets of the theme, as they are installed."""
    spec = find_spec("material")
    assert spec
    assert spec.submodule_search_locations
    folder = Path(spec.submodule_search_locations[0]) / "templates/assets/stylesheets"
    found = [*folder.glob("main.*.css"), *folder.glob("palette.*.css")]
    assert len(found) == 2
    return "\n".join(path.read_text(encoding="utf-8") for path in found)


def declared(css: str, scheme: str) -> dict[str, str]:
    """The custom properties that a style sheet gives a scheme, or every page."""
    found: dict[str, str] = {}
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", css):
        names = {name.strip().replace('"', "") for name in selectors.split(",")}
        if names & {":root", f"[data-md-color-scheme={scheme}]", "[data-md-color-primary=custom]"}:
            found |= dict(DECLARED.findall(body))
    return found


def variables(scheme: str) -> dict[str, str]:
    """Every custom property of a scheme: Material's, then ours, which win."""
    return declared(material(), scheme) | declared(CSS, scheme) | declared(SITE, scheme)


def rgba(value: str, named: dict[str, str]) -> tuple[float, float, float, float]:
    """Red, green, blue and opacity from 0 to 1; ValueError for a notation that is none of ours."""
    value = re.sub(r"var\((--[\w-]+)\)", lambda found: named[found[1]], value.strip())
    if value.startswith("var(") or "var(" in value:
        return rgba(value, named)
    if hexed := re.fullmatch(r"#([0-9a-f]{3,8})", value):
        digits = hexed[1] if len(hexed[1]) > 4 else "".join(2 * one for one in hexed[1])
        red, green, blue, alpha = bytes.fromhex(digits.ljust(8, "f"))
        return red / 255, green / 255, blue / 255, alpha / 255
    if hsla := re.fullmatch(r"hsla\(([\d.]+)(?:deg)?, *([\d.]+)%, *([\d.]+)%, *([\d.]+)\)", value):
        hue, saturation, light, alpha = map(float, hsla.groups())
        return (*hls_to_rgb(hue / 360, light / 100, saturation / 100), alpha)
    raise ValueError(f"found the color {value!r}, expected hex or hsla")


def flat(color: str, ground: str, named: dict[str, str]) -> tuple[str, str]:
    """Both as #rrggbb, the color laid over its ground."""
    *below, _ = rgba(ground, named)
    *above, alpha = rgba(color, named)
    mixed = [alpha * one + (1 - alpha) * two for one, two in zip(above, below, strict=True)]
    first, second = ("#" + "".join(f"{round(255 * x):02x}" for x in c) for c in (mixed, below))
    return first, second


@pytest.mark.parametrize("scheme", SCHEMES)
def test_words_stand_out_from_every_ground(scheme: str) -> None:
    named = variables(scheme)
    ratios = {
        (word, ground): contrast(*flat(f"var({word})", f"var({ground})", named))
        for word, grounds in WORDS.items()
        for ground in grounds
    }
    assert {pair: ratio for pair, ratio in ratios.items() if ratio < TEXT} == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_badges_and_rings_stand_out_from_every_ground(scheme: str) -> None:
    named = variables(scheme)
    marks = [*(f"--chart-{effect}" for effect in EFFECTS), "--md-accent-fg-color"]
    ratios = {
        (mark, ground): contrast(*flat(f"var({mark})", f"var({ground})", named))
        for mark in marks
        for ground in ("--md-default-bg-color", "--md-code-bg-color")
    }
    assert {pair: ratio for pair, ratio in ratios.items() if ratio < GRAPHICS} == {}


def test_the_paper_of_the_charts_is_the_ground_of_the_page() -> None:
    for scheme in SCHEMES:
        named = variables(scheme)
        assert len(set(flat("var(--chart-paper)", "var(--md-default-bg-color)", named))) == 1


def test_an_outcome_has_one_color_everywhere() -> None:
    """Badges, cards, charts, map and coverage: a rule about an outcome names its color alone."""
    for effect, word in itertools.product(EFFECTS[:3], ("effect", "code")):
        found = re.findall(rf'\[data-{word}="{effect}"\][^{{]*\{{([^}}]*)\}}', SITE)
        used = {color for body in found for color in re.findall(r"--chart-(\w+)", body)}
        assert used == {effect}, f"{word} {effect}"
    for effect in EFFECTS[:4]:
        assert f".map-{effect} {{\n  fill: var(--chart-{effect});" in CSS


def test_a_badge_has_the_shape_of_the_map() -> None:
    """As many corners: a circle has none, then a triangle, a square, a diamond, a cross."""
    corners = {}
    for effect in EFFECTS:
        shape = re.findall(rf'data-effect="{effect}"\] \{{[^}}]*--sro-shape: ([^;]+);', SITE)
        corners[effect] = shape[0].count(",") + 1 if "polygon" in shape[0] else shape[0]
    assert corners == {"keep": "circle()", "reduce": 3, "remove": "inset(6%)", "none": 4, "gap": 12}
    paths = {effect: re.findall(r' d="([^"]+)"', str(marker(effect)))[0] for effect in EFFECTS}
    assert {effect: re.sub(r"[^A-Za-z]", "", path) for effect, path in paths.items()} == {
        "keep": "Maaz", "reduce": "MLHz", "remove": "Mhvhz", "none": "MLLLz", "gap": "MLML",
    }  # fmt: skip


def test_dark_without_a_script_says_what_the_dark_scheme_says() -> None:
    """Every color of ours again; what is Material's is compared in the browser."""
    blocks = re.findall(r'\[data-md-color-scheme="slate"\] \{([^}]*)\}', CSS + SITE)
    assert len(blocks) == 2
    wanted = {name: color for block in blocks for name, color in DECLARED.findall(block)}
    again = dict(DECLARED.findall(DARK))
    assert {name: again.get(name) for name in wanted} == wanted


@pytest.mark.parametrize("value", ["red", "rgb(1, 2, 3)", "#12"])
def test_a_color_in_another_notation_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="expected hex or hsla"):
        rgba(value, {})
