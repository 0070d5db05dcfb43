"""HTML → tags and texts, by one pattern: a site's pages are a hundred times one page's length.

The standard library's parser takes four times as long. Markup that the pattern does not fit is not
guessed at, as browsers do, but told as broken: a page of ours has none. What is repeated is never
tried in another way (++), so that no page, whoever made it, takes long.
"""

import re
from html import unescape

TOKEN = re.compile(
    r"<(?P<raw>script|style)\b[^>]*>.*?</(?P=raw)\s*>"
    r"|<(?P<begin>[a-zA-Z][^\s/>]*)(?P<given>(?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)>"
    r"|</(?P<end>[a-zA-Z][^\s/>]*)\s*>"
    r"|<!--.*?-->|<!doctype [^>]*>",
    re.DOTALL | re.IGNORECASE,
)
STEP = TOKEN.groups + 1
ATTRIBUTE = re.compile(
    r"([^\s\"'<>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+)))?", re.DOTALL
)


class Markup:
    """Reads a page; `begin`, `end` and `data` are what a reader of pages does with its parts."""

    def __init__(self) -> None:
        self.broken: list[str] = []

    def read(self, html: str) -> None:
        """Hand on every tag and every text of a page in order; what fits neither is in `broken`."""
        parts = TOKEN.split(html)  # text, then the groups of a tag, and so on; at last a text
        tags = zip(parts[::STEP], parts[2::STEP], parts[3::STEP], parts[4::STEP], strict=False)
        for text, begun, given, ended in tags:
            if text:
                self._text(text)
            if begun:
                self.begin(begun.lower(), given)
            elif ended:
                self.end(ended.lower())
        if parts[-1]:
            self._text(parts[-1])

    def _text(self, text: str) -> None:
        if "<" in text:
            self.broken.append(" ".join(text.split()))
        self.data(unescape(text) if "&" in text else text)

    def begin(self, tag: str, given: str) -> None:
        """A tag begins, with its attributes as they stand."""

    def end(self, tag: str) -> None:
        """A tag ends."""

    def data(self, text: str) -> None:
        """Text between two tags, without character references."""


def attributes(given: str) -> dict[str, str]:
    """Attributes by name; of two with one name the first, as browsers do."""
    found: dict[str, str] = {}
    if not given:
        return found
    for name, double, single, bare in ATTRIBUTE.findall(given):
        value = double or single or bare
        found.setdefault(name.lower(), unescape(value) if "&" in value else value)
    return found
