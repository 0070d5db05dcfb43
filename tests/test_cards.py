"""Pictures for links to pages: small, the same twice, told in words that the page bears out."""

import hashlib
import re
import struct
import zlib
from html import unescape
from pathlib import Path

import pytest

from generator.charts import MemoryCache
from generator.charts.card import COLORS, Card, draw_card, svg_of
from generator.charts.png import shrink
from generator.pipeline import build
from generator.verify import verify
from tests.edition import edit, write_edition
from tests.mutations import remake
from tests.presenting import record_of, settings, site_of

META = re.compile(r'<meta property="og:([a-z:]+)" content="([^"]*)">')
MOST = 40_000
# Of a card that says "Title ñ ¿", drawn on a machine with many fonts and on one without any.
DRAWN_PIXELS = "4fe1dcc4eb6b03d88a3ba03267541d5ced4b26a1ed255bd2487c24c0864ef0da"
NAME = """The "Odd" <b> & O'Heights"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of an edition with an awkward name; nobody changes it but to put it back."""
    folder = tmp_path_factory.mktemp("cards")
    data = write_edition(folder / "data")
    edit(data, "schools", 2, "name", NAME)
    told = settings(folder, data)
    build(told, lambda _: None)
    return told.out


def head(site: Path, path: str) -> dict[str, str]:
    """What a link to a page shows."""
    html = (site / path / "index.html").read_text(encoding="utf-8")
    return {name: unescape(words) for name, words in META.findall(html)}


def test_every_page_says_what_a_link_to_it_shows(site: Path) -> None:
    pages = [p for p in site.rglob("index.html") if "embed" not in p.parts]
    for page in pages:
        path = page.parent.relative_to(site).as_posix()
        said = head(site, path)
        address = "https://records.example/" + ("" if path == "." else f"{path}/")
        assert said["url"] == address
        assert said["locale"] == "en_US"
        assert "" not in (said["title"], said["description"], said["image:alt"])
        assert (site / said["image"].removeprefix("https://records.example/")).is_file()
        assert 'name="twitter:card" content="summary_large_image"' in page.read_text("utf-8")


def test_an_awkward_name_is_escaped(site: Path) -> None:
    html = (site / "schools/000104/index.html").read_text(encoding="utf-8")
    assert head(site, "schools/000104")["title"] == NAME
    assert NAME in head(site, "schools/000104")["description"]
    assert "<b>" not in html


def test_a_decision_is_told_with_its_round_and_by_no_name(site: Path) -> None:
    said = head(site, "schools/000104")
    assert said["image"].endswith("/cards/en/decided-2021-plan-2021-keep_one.png")
    assert said["image:alt"] == ("Newest decision that we hold, round of 2021: One officer stays.")
    assert "/cards/en/record.png" in head(site, "votes")["image"]


def test_a_picture_is_small_and_of_the_size_that_is_asked_for(site: Path) -> None:
    pictures = list(site.glob("cards/*/*.png"))
    assert len(pictures) > 2
    for path in pictures:
        content = path.read_bytes()
        assert struct.unpack(">II", content[16:24]) == (1200, 630)
        assert len(content) < MOST


def test_a_picture_is_drawn_once_and_the_same_twice() -> None:
    card, cache = Card("a", "keep", "Head", "Lead", "Title ñ ¿", "More"), MemoryCache()
    first = draw_card(card, cache)
    assert draw_card(card, cache) == first == draw_card(card, MemoryCache())
    assert cache.drawn == 1


def test_each_machine_draws_the_same_whatever_fonts_it_has() -> None:
    card = Card("a", "keep", "Head", "Lead", "Title ñ ¿", "More")
    png = draw_card(card, MemoryCache())
    at = png.index(b"IDAT")
    (size,) = struct.unpack(">I", png[at - 4 : at])
    # The packed bytes may depend on the release of zlib, what is packed on nothing.
    assert hashlib.sha256(zlib.decompress(png[at + 4 : at + 4 + size])).hexdigest() == DRAWN_PIXELS


@pytest.mark.parametrize("side", COLORS)
def test_sides_differ_and_words_are_escaped(side: str) -> None:
    svg = svg_of(Card("a", side, "A <b> & c", "", "Title", ""))
    assert COLORS[side] in svg
    assert "A &lt;b&gt; &amp; c" in svg


def test_another_form_of_png_is_refused() -> None:
    ours = draw_card(Card("a", "keep", "", "", "Title", ""), MemoryCache())
    with pytest.raises(ValueError, match="another form"):
        shrink(ours)


def test_a_school_has_the_card_of_the_decision_that_its_page_names_first(tmp_path: Path) -> None:
    whole = site_of(write_edition(tmp_path / "data"))
    record = record_of(tmp_path / "data")
    names = {card.name for card in whole.cards.used()}
    for school, units in record.units_of_school.items():
        card, _ = whole.cards.of_units(units)
        assert card.name in names, school


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("round of 2021: One officer stays", "round of 2021: Both officers stay"),
        ("round of 2021: One", "round of 2020: One"),
        ("decided-2021-plan-2021-keep_one", "decided-2020-officers-2020-remove"),
        ('og:title" content="', 'og:title" content="Not '),
        ('og:description" content="', 'og:description" content="Not '),
        ('og:url" content="', 'og:url" content="x'),
    ],
)
def test_a_falsehood_of_a_link_is_found(site: Path, old: str, new: str) -> None:
    page = site / "schools/000104/index.html"
    before = page.read_bytes()
    assert old.encode() in before
    page.write_bytes(before.replace(old.encode(), new.encode()))
    remake(site)
    found = verify(site).mismatches
    page.write_bytes(before)
    remake(site)
    assert [one for one in found if one.what.startswith("og:")]
    assert verify(site).mismatches == ()
