"""Figures alone: live ones against the page that shows them with receipts, frozen ones against the
tables of their release, and the code that brings either to other sites."""

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape

from generator.verify.mismatch import Mismatch
from generator.verify.onpage import check_facts
from generator.verify.page import RECEIPT, Page, Picture, TableRow
from generator.verify.pictures import check_pictures
from generator.verify.quoted import check_words
from generator.verify.site import Site

FOLDER, INDEX = "embed/", "index.html"
PLACE = re.compile(
    r"embed/(?:(?P<day>\d{4}-\d\d-\d\d)/)?(?:[a-z]{2,3}/)?(?P<figure>[A-Za-z][\w-]*)/index\.html"
)
CODE = re.compile(
    r'<iframe src="([^"<>]*)" title="([^"<>]*)" width="100%" height="\d+" loading="lazy"></iframe>'
)
OF_SCHOOL = re.compile(r"schools/[^/]+/$")


@dataclass
class Embeds:
    """The pages of figures as they are read, which is before all others: live ones by the address
    of the page that they name, until that page is read; frozen ones by their release; the words of
    each one's heading by its path."""

    live: dict[str, list[Page]] = field(default_factory=dict)
    frozen: dict[str, list[Page]] = field(default_factory=dict)
    headings: dict[str, str] = field(default_factory=dict)


def is_embed(path: str) -> bool:
    """True for a file in the folder of figures."""
    return path.startswith(FOLDER)


def below(path: str) -> str:
    """The path of a figure's page below the folder of its release, with that of its language."""
    place = PLACE.fullmatch(path)
    return path.removeprefix(f"{FOLDER}{place['day'] if place and place['day'] else ''}").lstrip(
        "/"
    )


def take_embed(page: Page, embeds: Embeds) -> Iterator[Mismatch]:
    """Note the page of a figure; it holds that one figure, in a frame that is looked at whole."""
    place = PLACE.fullmatch(page.path)
    if place is None or [one.id for one in page.pictures] != [place["figure"]] or page.frames != 1:
        yield Mismatch(page.path, "", "a page of a figure that does not hold it alone")
        return
    heading = page.headings[0] if page.headings else ""
    if page.title.rpartition(" - ")[0] != heading:
        yield Mismatch(page.path, "", "title of a figure", page.title, heading)
    embeds.headings[page.path] = heading
    kept = embeds.frozen if place["day"] else embeds.live
    kept.setdefault(place["day"] or page.canonical, []).append(page)


def check_live(page: Page, embeds: Embeds, whole: Site, days: Iterable[str]) -> Iterator[Mismatch]:
    """The figures that name this page: each is a picture of it with the same table behind it, and
    links to receipts that stand here; `days` are those that it may name."""
    pictures = {picture.id: picture for picture in page.pictures}
    for embed in embeds.live.pop(page.canonical, ()) if page.canonical else ():
        embed.origin = page.path
        if (embed.language, below(embed.path).startswith(whole.folder)) != (page.language, True):
            yield Mismatch(embed.path, "", "language of a figure", embed.language, page.language)
        picture = pictures.get(embed.pictures[0].id)
        if picture is None:
            yield Mismatch(embed.path, "", "a figure that its page does not show", "", page.path)
        elif said(embed, embed.pictures[0]) != said(page, picture):
            yield Mismatch(embed.path, "", "another figure than its page shows", "", page.path)
        yield from check_alone(embed, whole, days)
        yield from check_links(embed, page)


def check_frozen(page: Page, released: Site, release: str) -> Iterator[Mismatch]:
    """A frozen figure against the tables of its release; the page it comes from may be gone."""
    school = OF_SCHOOL.search(page.canonical)
    page.origin = f"{released.folder}{school[0] if school else ''}{INDEX}"
    yield from check_alone(page, released, (release,))


def check_alone(page: Page, whole: Site, days: Iterable[str]) -> Iterator[Mismatch]:
    """What the page of a figure says by itself: values, words, days, the picture."""
    yield from check_facts(page, whole)
    yield from check_pictures(page, whole)
    yield from check_words(page, whole)
    for text in page.days:
        if text not in days:
            yield Mismatch(page.path, "", "day of a figure", text, " or ".join(days))


def check_links(embed: Page, page: Page) -> Iterator[Mismatch]:
    """Values of a live figure lead to their receipts on its page, and its citation to the page."""
    folder, above = posixpath.dirname(embed.path), posixpath.dirname(page.path) or "."
    targets = {posixpath.normpath(posixpath.join(folder, link)) for link in embed.links}
    if above not in targets:
        yield Mismatch(embed.path, "", "a figure without a link to its page", "", page.path)
    proofs = {receipt.fact for receipt in page.receipts}
    for shown in embed.shown:
        if shown.fact not in proofs:
            yield Mismatch(embed.path, shown.fact, "a value without a receipt on its page")
        path, _, fragment = shown.link.partition("#")
        target = posixpath.normpath(posixpath.join(folder, path)), fragment
        if shown.link and target != (above, f"{RECEIPT}{shown.fact}"):
            expected = f"{page.path}#{RECEIPT}{shown.fact}"
            yield Mismatch(embed.path, shown.fact, "link", shown.link, expected)


def said(page: Page, picture: Picture) -> tuple[object, ...]:
    """All that a picture and the table behind it say, wherever they stand."""
    rows = page.rows[max(picture.first, 0) : max(picture.last, 0)]
    labels = [(one.words, one.middle, one.bold, one.x) for one in picture.labels]
    return picture.kind, picture.description, labels, picture.bars, [told(page, r) for r in rows]


def told(page: Page, row: TableRow) -> tuple[str, list[str]]:
    """The header and the facts of a row."""
    return row.header, [page.shown[i].fact for i in row.facts]


def check_codes(page: Page, embeds: Embeds) -> Iterator[Mismatch]:
    """The code beside a figure brings that figure, under its own name. It is no quoted text, so it
    is taken away from those."""
    pictures = {picture.id for picture in page.pictures}
    base = page.canonical.removesuffix(page.path.removesuffix(INDEX))
    codes = [code for code in page.codes if "<iframe" in code]
    page.codes = [code for code in page.codes if "<iframe" not in code]
    for code in codes:
        found = CODE.fullmatch(code)
        address, title = (unescape(words) for words in found.groups()) if found else ("", "")
        path = f"{address.removeprefix(base)}{INDEX}" if address.startswith(base) else ""
        place, heading = PLACE.fullmatch(path), embeds.headings.get(path)
        if place is None or heading is None or place["figure"] not in pictures:
            yield Mismatch(page.path, "", "code of no figure of this page", code)
        elif title != heading:
            yield Mismatch(page.path, "", "title in the code of a figure", title, heading)


def check_left(embeds: Embeds) -> Iterator[Mismatch]:
    """Figures whose page is not there."""
    for address, pages in sorted(embeds.live.items()):
        for page in pages:
            yield Mismatch(page.path, "", "a figure without its page", address)
