"""Figures that stand alone and pictures for links, for builds and for releases."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from generator import pages
from generator.charts import MemoryCache
from generator.charts.card import Cache, draw_card
from generator.embeds import STYLE, Frame, embed_file, of_page, of_school
from generator.model import Fact, File
from generator.pipeline.tongues import Tongue, site_of
from generator.present.cards import Cards
from generator.read import read_text
from generator.release import FIGURES
from generator.shell.policy import framed_policy


def live_frame() -> Frame:
    """What the page of a live figure is told."""
    return Frame(framed_policy())


def drawn() -> Cache:
    """Where the pictures of figures are kept while they are printed live and for a release."""
    return MemoryCache()


def figures_in(
    tongues: Iterable[Tongue], templates: Path, pictures: Cache, release: str = ""
) -> Iterator[File]:
    """Every figure that stands alone, in each language: live, or frozen in a release."""
    for tongue in tongues:
        whole = site_of(tongue, templates, pictures, ())
        yield from (file for file, _ in figures_of(whole, release))


def figures_of(whole: pages.Site, release: str) -> Iterator[tuple[File, tuple[Fact, ...]]]:
    """Those of one language, each with the facts that it shows."""
    frame = Frame(framed_policy(), release)
    for _, path, context in pages.contexts(whole):
        for embed in of_page(path, context):
            yield embed_file(whole, embed, frame)
    for school_id in whole.record.school_names:
        for embed in of_school(whole.record, school_id):
            yield embed_file(whole, embed, frame)


def style(templates: Path) -> File:
    """The look of a release's figures, which stays as it is with them."""
    return File(f"{FIGURES}{STYLE}", read_text(templates / "assets" / STYLE).encode())


def card_files(cards: Cards, cache: Cache) -> Iterator[File]:
    """The pictures for links to pages, each once."""
    for card in cards.used():
        yield File(cards.path(card.name), draw_card(card, cache))
