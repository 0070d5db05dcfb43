"""Every page of a site, one by one: figures alone first, because other pages are held to them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from generator.verify.cards import check_card
from generator.verify.cited import check_cited
from generator.verify.embeds import (
    Embeds,
    below,
    check_codes,
    check_frozen,
    check_left,
    check_live,
    is_embed,
    take_embed,
)
from generator.verify.evaluate import Evaluator
from generator.verify.files import RELEASES
from generator.verify.languages import UNREADABLE, Sites, sites
from generator.verify.ledger import read_frozen
from generator.verify.mismatch import Mismatch, UnusableError
from generator.verify.onpage import check_page
from generator.verify.page import Page
from generator.verify.pictures import check_pictures
from generator.verify.published import read_published
from generator.verify.reader import read_page
from generator.verify.site import Site
from generator.verify.tongue import TONGUES


@dataclass
class Seen:
    """What was looked at: pages, facts that a page of today shows, and how often they are shown."""

    pages: int = 0
    shown: int = 0
    facts: set[str] = field(default_factory=set)


Say = Callable[[int, int], None]  # how many pages of how many have been read
EACH = 2_000


def silent(done: int, of: int) -> None:
    """For whoever doesn't want to hear."""


def check_pages(
    folder: Path, held: list[str], every: Sites, seen: Seen, say: Say
) -> Iterator[Mismatch]:
    """Every mismatch of the pages among the files held."""
    embeds, files = Embeds(), frozenset(held)
    there = [path for path in held if path.endswith(".html")]
    for path in sorted(there, key=lambda path: not is_embed(path)):
        if seen.pages and seen.pages % EACH == 0:
            say(seen.pages, len(there))
        page = read_page(path, (folder / path).read_bytes().decode(errors="replace"))
        seen.pages, seen.shown = seen.pages + 1, seen.shown + len(page.shown)
        if is_embed(path):
            yield from take_embed(page, embeds)
            continue
        seen.facts.update(one.fact for one in page.shown)
        yield from check_codes(page, embeds)
        yield from check_read(page, every, embeds, files)
    yield from check_left(embeds)
    for release, pages in sorted(embeds.frozen.items()):
        yield from check_release(folder, release, pages)


def check_read(
    page: Page, every: Sites, embeds: Embeds, files: frozenset[str]
) -> Iterator[Mismatch]:
    """Every mismatch of one page, which has to be in the language of its folder, and of the figures
    alone that come from it."""
    whole = every.of(page.path)
    if whole is None:
        yield Mismatch(page.path, "", UNREADABLE, page.language, " or ".join(TONGUES))
        return
    if page.language != whole.tongue.code:
        yield Mismatch(page.path, "", "language of the page", page.language, whole.tongue.code)
    every.keep(page, whole)
    yield from check_page(page, whole)
    yield from check_card(page, whole, files)
    yield from check_cited(page, whole)
    yield from check_pictures(page, whole)
    yield from check_live(page, embeds, whole, days_of(whole))


def days_of(whole: Site) -> tuple[str, ...]:
    """The days that a live figure names: of the last release, and of the newest source."""
    return (*whole.ledger.releases[-1:], *([whole.newest] if whole.newest else []))


def check_release(folder: Path, release: str, pages: list[Page]) -> Iterator[Mismatch]:
    """The frozen figures of a release, each in the language that its folder names."""
    under = f"{RELEASES}/{release}"
    try:
        published, wrong = read_published(folder, under)
    except UnusableError as error:
        yield error.mismatch
        return
    facts = frozenset(shown.fact for page in pages for shown in page.shown)
    evaluate = Evaluator(published)
    ledger, more = read_frozen(folder, release, published, evaluate, facts)
    evaluate.close()
    every, faults = sites(folder, published, ledger, under)
    yield from (*wrong, *more, *faults)
    for page in pages:
        whole = every.of(below(page.path))
        if whole is None or page.language != whole.tongue.code:
            yield Mismatch(page.path, "", UNREADABLE, page.language, " or ".join(TONGUES))
        else:
            yield from check_frozen(page, whole, release)
