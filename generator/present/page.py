"""The page being written, and what a template says of its own place: links, citations."""

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import chain
from typing import Any

from jinja2.runtime import Macro
from markupsafe import Markup, escape

from generator.model import Fact, Figure
from generator.present.places import CLOSE, OPEN, UNSEEN, Form, LookedError, place

# Groups of sources, and how many of each are cited at most (None: all).
Citation = tuple[tuple[tuple[str, ...], ...], int | None]
FILE = re.compile(r"[^?]*\.[a-z]+")
FRAMES = "embed/"  # figures alone: hosts allow frames by folder, so that one holds all languages'
CODE = re.compile(rf"(?:[\w.:/-]|{OPEN}\d+[ikr]\d+{CLOSE})*")


@dataclass
class Page:
    """The page being written: its path under the folder of its language, the sources it cites in
    order and the links to them, the facts that it shows by id, its pictures with the words for
    those who don't see them, and what it has linked to the glossary. One object for page after
    page, so that templates are loaded once.

    `proofs` is the address of the page that has the receipts, "" for this one, None for no page.
    `released` is the first release of each fact, `forms` are further forms of values in moulds.
    `is_blank` while a mould is made; `later` then takes its citations, where their numbers depend
    on the page.
    """

    path: str = ""
    proofs: str | None = ""
    folder: str = ""
    released: Mapping[str, str] = field(default_factory=dict)
    cites: dict[str, int] = field(default_factory=dict)
    links: dict[Citation, str] = field(default_factory=dict)
    facts: dict[str, Fact] = field(default_factory=dict)
    pictures: list[tuple[Figure, str]] = field(default_factory=list)
    explained: set[str] = field(default_factory=set)
    forms: dict[str, Form] = field(default_factory=dict)
    is_blank: bool = False
    later: list[Citation] | None = None

    def turn(self, path: str, proofs: str | None = "") -> None:
        """Begin the next page."""
        self.path, self.proofs = path, proofs
        self.cites.clear()
        self.links.clear()
        self.facts.clear()
        self.pictures.clear()
        self.explained.clear()

    def note(self, fact: Fact) -> Fact:
        """Take a fact that the page shows, with its first release."""
        refuse_other_value(fact, self.facts.get(fact.id))
        first = self.released.get(fact.id)
        noted = replace(fact, first_release=first) if first else fact
        self.facts[fact.id] = noted
        return noted

    @contextmanager
    def blank(self) -> Iterator[None]:
        """While a whole page is printed for its mould."""
        self.is_blank = True
        try:
            yield
        finally:
            self.is_blank = False

    @contextmanager
    def casting(self) -> Iterator[list[Citation]]:
        """While a part is printed for its mould: its facts alone, the sources of its citations, a
        place for the address of the receipts. The terms that it links are new to the page again
        afterwards."""
        before, self.later, self.is_blank = dict(self.facts), [], True
        explained, proofs = set(self.explained), self.proofs
        self.proofs = proofs and place(0, "a")
        self.facts.clear()
        try:
            yield self.later
        finally:
            self.facts.clear()
            self.facts.update(before)
            self.explained.clear()
            self.explained.update(explained)
            self.later, self.is_blank, self.proofs = None, False, proofs

    def cite(self, source_id: str) -> int:
        """The page's own number of a source, a new one at its first use."""
        return self.cites.setdefault(source_id, len(self.cites) + 1)


def refuse_other_value(fact: Fact, known: Fact | None) -> None:
    """A fact has one value, and one reason where it has none, wherever it is printed."""
    if known is None or known is fact:
        return
    if (known.value, known.mark, known.n) != (fact.value, fact.mark, fact.n):
        raise ValueError(
            f"{fact.id}: found {said(known)} in one place and {said(fact)} in another, expected "
            "one value. Compute it once."
        )


def said(fact: Fact) -> str:
    """Value, mark and denominator of a fact, for a message."""
    value = repr(fact.value) if fact.mark is None else fact.mark.value
    return value if fact.n is None else f"{value} of {fact.n}"


def linker(page: Page) -> Callable[[str], Markup]:
    """Gives the address of a path of the site, relative to the page being written. Pages are those
    of its language; files stand once, beside those of the first language, and so do the figures of
    all languages."""

    def url(path: str) -> Markup:
        target, hash_, anchor = path.partition("#")
        here, there = placed(page, page.path), placed(page, target)
        relative = posixpath.relpath(there, here) if target else ""
        slash = "/" if target.endswith("/") and not relative.endswith("/") else ""
        return escape(f"{relative}{slash}{hash_}{anchor}")

    return url


def placed(page: Page, path: str) -> str:
    """Where a path that a page names stands, from the root of the site."""
    stands_once = FILE.fullmatch(path) or path.startswith(FRAMES)
    return f"/{path}" if stands_once else f"/{page.folder}{path}"


def explainer(page: Page) -> Callable[[str, Markup], Markup]:
    """Gives words linked to their entry in the glossary at their first use on the page, and bare
    afterwards. Not for headings and links, nor for what a page says of itself in its head."""
    url = linker(page)

    def term(anchor: str, words: Markup) -> Markup:
        if anchor in page.explained:
            return words
        page.explained.add(anchor)
        return Markup('<a class="sro-term" href="{}">{}</a>').format(
            url(f"glossary/#{attr(anchor)}"), words
        )

    return term


def citer(page: Page) -> Callable[..., Markup]:
    """Gives numbered links to the sources of facts, texts or views, in the order given."""

    def cite(*groups: Any, most: int | None = None) -> Markup:
        found = tuple(sources_in(group) for group in groups if group is not None)
        if page.later is None:
            return Markup(cited(page, found, most))
        page.later.append((found, most))
        return Markup(place(len(page.later) - 1, "c"))

    return cite


def cited(page: Page, groups: Iterable[tuple[str, ...]], most: int | None) -> str:
    """The links to these sources, `most` of each group, numbered as the page does."""
    sources = dict.fromkeys(chain(*(group[:most] for group in groups)))
    links = [source_link(source, page.cite(source)) for source in sources]
    return f'<sup class="cite">{"".join(links)}</sup>' if links else ""


@lru_cache(maxsize=4096)
def source_link(source_id: str, number: int) -> str:
    """The link to a source in the list of its page."""
    return f'<a href="#source-{attr(source_id)}">[{number}]</a>'


def keeper(page: Page) -> Callable[..., Markup]:
    """Renders a macro that says the same on page after page once, and then repeats it with the
    facts it shows and the sources it cites. The macro is an imported one: those stay the same."""

    @lru_cache(maxsize=256)
    def rendered(
        macro: Macro,
        arguments: tuple[bool, ...],
        depth: int,
        cited: tuple[str, ...],
        explained: frozenset[str],
    ) -> tuple[Markup, dict[str, Fact], dict[str, int], frozenset[str]]:
        before = dict(page.facts)
        page.facts.clear()
        html, facts = Markup(macro(*arguments)), dict(page.facts)
        page.facts.clear()
        page.facts.update(before)
        return html, facts, dict(page.cites), frozenset(page.explained)

    def kept(macro: Macro, *arguments: bool) -> Markup:
        # Links depend on the depth of the page, numbers of sources on those cited before, and what
        # is linked to the glossary on what has been.
        depth = page.path.count("/")
        before = tuple(page.cites), frozenset(page.explained)
        html, facts, cites, explained = rendered(macro, arguments, depth, *before)
        page.facts.update(facts)
        page.cites.update(cites)
        page.explained.update(explained)
        return html

    return kept


def sources_in(group: Any) -> tuple[str, ...]:
    """Source ids of anything that has `sources`, or of a tuple of ids."""
    found: tuple[str, ...] = group if isinstance(group, tuple) else group.sources
    return found


def attr(code: str) -> Markup:
    """A code for an attribute: letters, digits and . : / - _ alone, so that no text passes."""
    if code is UNSEEN:
        raise LookedError
    if not isinstance(code, str) or not CODE.fullmatch(code):
        raise ValueError(f"found {code!r}, expected a code of letters, digits and . : / - _.")
    return Markup(code)
