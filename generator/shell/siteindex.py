"""What MkDocs wrote about its own pages, completed: the search index, the sitemap, robots.txt."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape

from generator.shell.stamped import SPECIMEN

SITEMAP = "sitemap.xml"
MOST = 50_000  # addresses in one file, as sitemaps.org has it
XHTML = "http://www.w3.org/1999/xhtml"
LOC = re.compile(r"<loc>(.*?)</loc>")


def search_entry(path: str, title: str, words: Iterable[str] = ()) -> dict[str, str]:
    """One page in the form of Material's search plugin; `words` are further names it is found by.

    Text is escaped like the plugin does it: quotation marks stay, so that O'Toole is one word.
    """
    text = " · ".join(escape(word, quote=False) for word in words)
    return {"location": path, "title": escape(title, quote=False), "text": text}


def add_to_search(index: str, entries: Iterable[Mapping[str, str]]) -> str:
    """Material's search_index.json without the specimens and with the entries, in their order."""
    found = json.loads(index)
    own = [entry for entry in found["docs"] if SPECIMEN not in entry["location"]]
    return json.dumps({**found, "docs": [*own, *map(dict, entries)]}, separators=(",", ":"))


def sitemaps(
    xml: str, paths: Iterable[str], base_url: str, folders: Mapping[str, str], most: int = MOST
) -> Iterator[tuple[str, str]]:
    """The sitemap by its path: MkDocs' of the first language without the specimens and with the
    paths, each page once for each language; `folders` are those of the languages by their codes.
    Beyond `most` addresses in numbered parts, and at its path an index of them.

    Without dates: the one day that MkDocs gives every page says nothing about the page.
    """
    base = escape(f"{base_url.rstrip('/')}/")
    own = [address for address in LOC.findall(xml) if SPECIMEN not in address]
    pages = dict.fromkeys([*(one.removeprefix(base) for one in own), *map(escape, paths)])
    lines = [
        f"<url><loc>{base}{folder}{page}</loc>{alternates(base, page, folders)}</url>"
        for folder in folders.values()
        for page in pages
    ]
    links = f' xmlns:xhtml="{XHTML}"' if len(folders) > 1 else ""
    if len(lines) <= most:
        yield SITEMAP, document("urlset", links, lines)
        return
    parts = [lines[start : start + most] for start in range(0, len(lines), most)]
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield name, document("urlset", links, part)
    index = [f"<sitemap><loc>{base}{name}</loc></sitemap>" for name in names]
    yield SITEMAP, document("sitemapindex", "", index)


def document(element: str, attributes: str, lines: Iterable[str]) -> str:
    """A document of the sitemap protocol."""
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<{element} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"{attributes}>',
            *lines,
            f"</{element}>\n",
        ]
    )


def alternates(base: str, page: str, folders: Mapping[str, str]) -> str:
    """The links of a page to itself in each language; none on a site of one language."""
    if len(folders) < 2:
        return ""
    return "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href="{base}{folder}{page}"/>'
        for code, folder in folders.items()
    )


def robots(*base_urls: str) -> str:
    """robots.txt: everything may be read; one sitemap for each language's base address."""
    lines = [f"Sitemap: {base_url.rstrip('/')}/sitemap.xml" for base_url in base_urls]
    return "\n".join(["User-agent: *", "Allow: /", "", *lines, ""])
