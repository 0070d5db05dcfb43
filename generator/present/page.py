"""The page being written, and what a template says of its own place: links, citations."""

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import Any

from jinja2.runtime import Macro
from markupsafe import Markup, escape

from generator.model import Fact, Figure

CODE = re.compile(r"[\w.:/-]*")


@dataclass
class Page:
    """The page being written: its path under the site's root, the sources it cites in order, the
    facts that it shows by id, its pictures with the words for those who don't see them. One object
    for page after page, so that templates are loaded once.
    """

    path: str = ""
    cites: dict[str, int] = field(default_factory=dict)
    facts: dict[str, Fact] = field(default_factory=dict)
    pictures: list[tuple[Figure, str]] = field(default_factory=list)

    def turn(self, path: str) -> None:
        """Begin the next page."""
        self.path = path
        self.cites.clear()
        self.facts.clear()
        self.pictures.clear()

    def cite(self, source_id: str) -> int:
        """The page's own number of a source, a new one at its first use."""
        return self.cites.setdefault(source_id, len(self.cites) + 1)


def linker(page: Page) -> Callable[[str], Markup]:
    """Gives the address of a path of the site, relative to the page being written."""

    def url(path: str) -> Markup:
        target, hash_, anchor = path.partition("#")
        relative = posixpath.relpath("/" + target, "/" + page.path) if target else ""
        slash = "/" if target.endswith("/") and not relative.endswith("/") else ""
        return escape(f"{relative}{slash}{hash_}{anchor}")

    return url


def citer(page: Page) -> Callable[..., Markup]:
    """Gives numbered links to the sources of facts, texts or views, in the order given."""

    def cite(*groups: Any) -> Markup:
        found = [sources_in(group) for group in groups if group is not None]
        links = [source_link(source, page.cite(source)) for source in dict.fromkeys(chain(*found))]
        return Markup(f'<sup class="cite">{"".join(links)}</sup>') if links else Markup("")

    return cite


@lru_cache(maxsize=4096)
def source_link(source_id: str, number: int) -> str:
    """The link to a source in the list of its page."""
    return f'<a href="#source-{attr(source_id)}">[{number}]</a>'


def keeper(page: Page) -> Callable[..., Markup]:
    """Renders a macro that says the same on page after page once, and then repeats it with the
    facts it shows and the sources it cites. The macro is an imported one: those stay the same."""

    @lru_cache(maxsize=256)
    def rendered(
        macro: Macro, arguments: tuple[bool, ...], depth: int, cited: tuple[str, ...]
    ) -> tuple[Markup, dict[str, Fact], dict[str, int]]:
        before = dict(page.facts)
        page.facts.clear()
        html, facts = Markup(macro(*arguments)), dict(page.facts)
        page.facts.clear()
        page.facts.update(before)
        return html, facts, dict(page.cites)

    def kept(macro: Macro, *arguments: bool) -> Markup:
        # Links depend on the depth of the page, numbers of sources on those cited before.
        depth = page.path.count("/")
        html, facts, cites = rendered(macro, arguments, depth, tuple(page.cites))
        page.facts.update(facts)
        page.cites.update(cites)
        return html

    return kept


def sources_in(group: Any) -> tuple[str, ...]:
    """Source ids of anything that has `sources`, or of a tuple of ids."""
    return tuple(group) if isinstance(group, tuple) else tuple(group.sources)


def attr(code: str) -> Markup:
    """A code for an attribute: letters, digits and . : / - _ alone, so that no text passes."""
    if not isinstance(code, str) or not CODE.fullmatch(code):
        raise ValueError(f"found {code!r}, expected a code of letters, digits and . : / - _.")
    return Markup(code)
