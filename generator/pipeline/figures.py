"""The record as a build reads it, and the figures that stand alone, for builds and releases."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from generator import pages
from generator.charts import MemoryCache
from generator.charts.card import Cache, draw_card
from generator.check import check
from generator.derive import derive
from generator.embeds import STYLE, Frame, embed_file, of_page, of_school
from generator.model import File, Record, Release
from generator.present.cards import Cards
from generator.present.languages import language
from generator.read import read, read_text
from generator.read.releases import read_releases
from generator.release import FIGURES, first_releases, frozen_figures, histories
from generator.shell.policy import framed_policy
from generator.views.schools import schools


def read_record(data: Path, base_url: str) -> Record:
    """The checked and joined record of the edition, under the address that the build was given."""
    edition, raw = read(data)
    if base_url:
        edition = replace(edition, base_url=base_url)
    return derive(check(raw, edition), edition)


def with_past(record: Record, releases: Sequence[Release]) -> Record:
    """The record with what its releases, in their order, say of its facts and figures."""
    past = histories(releases)
    return replace(
        record,
        first_release=first_releases(past),
        past=past,
        last_release=releases[-1].id if releases else "",
        frozen=frozen_figures(releases[-1]) if releases else {},
    )


def read_whole(data: Path, templates: Path, base_url: str) -> pages.Site:
    """All that figures are printed from, in the edition's first language."""
    record = with_past(read_record(data, base_url), read_releases(data))
    spoken = language(record.edition.languages[0], record.edition)
    return pages.site(record, spoken, templates, MemoryCache(), ())


def live_frame() -> Frame:
    """What the page of a live figure is told."""
    return Frame(framed_policy())


def whole_figures(whole: pages.Site, release: str = "") -> Iterator[File]:
    """Every figure that stands alone: live, or frozen in a release."""
    frame = Frame(framed_policy(), release)
    for _, path, context in pages.contexts(whole):
        for embed in of_page(path, context):
            yield embed_file(whole, embed, frame)[0]
    for school in schools(whole.record, list(whole.record.school_names)):
        for embed in of_school(whole.record, school):
            yield embed_file(whole, embed, frame)[0]


def style(templates: Path) -> File:
    """The look of a release's figures, which stays as it is with them."""
    return File(f"{FIGURES}{STYLE}", read_text(templates / "assets" / STYLE).encode())


def card_files(cards: Cards, cache: Cache) -> Iterator[File]:
    """The pictures for links to pages, each once."""
    for card in cards.used():
        yield File(cards.path(card.name), draw_card(card, cache))
