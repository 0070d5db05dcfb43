"""Runs MkDocs, cuts its page of each kind into a shell, and stamps every school page from it."""

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from generator.errors import InputError, Problem
from generator.model import PageSource
from generator.shell.blocks import headings, join_blocks, split_blocks
from generator.shell.policy import policy
from generator.shell.stamped import CARD, CARD_ALT, CITE, DESCRIPTION, SPECIMEN, TITLE, head_words

PATH = re.compile(r"(?:[A-Za-z0-9][A-Za-z0-9._-]*/)+")
PERMALINK_TITLE = re.compile(r'<a class="headerlink" href="#[^"]*" title="([^"]*)">')
BUILDERS = {"mkdocs": "MkDocs", "properdocs": "ProperDocs"}
NO_WORDS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Shell:
    """A rendered specimen without its words: parts[0] slots[0] parts[1] … slots[n-1] parts[n].

    Slots name fields of PageSource. A shell fits pages of the same depth and the same headings.
    """

    parts: tuple[str, ...]
    slots: tuple[str, ...]
    depth: int
    headings: tuple[str, ...]
    permalink: str


def run_mkdocs(
    config: Path,
    docs: Path,
    site: Path,
    *,
    base_url: str,
    source_date_epoch: int,
    language: str = "en",
    locale: str = "en_US",
    words: Mapping[str, str] = NO_WORDS,
    builder: str = "mkdocs",
) -> None:
    """Render `docs` into `site`, which is replaced; InputError with MkDocs' words if it complains.

    `base_url` is the root of this language's site. `words` sets further variables of mkdocs.yml
    (SITE_NAME, NAV_PROGRAM, WORD_NOT_FOUND …) in that language. `builder` is the module to run:
    MkDocs, or a program that takes and gives the same.
    """
    settings = {
        "SITE_DOCS": str(docs.resolve()),
        "SITE_SHELL": str(site.resolve()),
        "SITE_URL": f"{base_url.rstrip('/')}/",
        "SITE_LANGUAGE": language,
        "SITE_LOCALE": locale,
        "SITE_POLICY": policy(),
        "SOURCE_DATE_EPOCH": str(source_date_epoch),
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONUTF8": "1",
    }
    # Not --quiet: it drops the warnings before --strict has counted them.
    done = subprocess.run(
        [sys.executable, "-m", builder, "build", "--strict", "-f", str(config)],
        env={**os.environ, **words, **settings},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        said = "\n".join(line for line in done.stdout.splitlines() if not line.startswith("INFO"))
        found = f"{BUILDERS.get(builder, builder)} ended with {done.returncode}:\n{said.strip()}\n"
        hint = "Mend the page or the setting that it names."
        raise InputError([Problem(str(config), 0, "", found, "a build without warnings", hint)])


def cut(html: str, page: PageSource) -> Shell:
    """Cut the page that MkDocs made of a specimen at its sentinels.

    ValueError if one is missing or was changed on its way through the theme, or if MkDocs made
    something else of the body than `to_html` does.
    """
    permalink, blocks = _permalink(html, page), split_blocks(page.body)
    words = {
        "title": TITLE,
        "description": DESCRIPTION,
        "card": CARD,
        "card_alt": CARD_ALT,
        "cite": CITE,
        "path": page.path,
        "body": join_blocks(blocks, permalink),
    }
    for slot, word in words.items():
        if word not in html:
            raise ValueError(_missing(page.path, slot, word))
    found = _places(html, words)
    ends = [start + len(words[slot]) for start, slot in found]
    starts, slots = [start for start, _ in found], tuple(slot for _, slot in found)
    parts = [html[a:b] for a, b in zip([0, *ends], [*starts, len(html)], strict=True)]
    _refuse_changed(page.path, parts, slots, words)
    return Shell(tuple(parts), slots, page.path.count("/"), headings(blocks), permalink)


def stamp(shell: Shell, page: PageSource) -> str:
    """The page's whole HTML, byte for byte what MkDocs would write for `source(page)`.

    ValueError for a page that the shell does not fit, and for a body that `to_html` refuses.
    """
    if not PATH.fullmatch(page.path) or page.path.count("/") != shell.depth:
        raise ValueError(
            f"{page.path}: expected {shell.depth} folders of plain letters and digits, each with "
            "a slash behind it: relative links depend on the depth. Use a shell of that depth."
        )
    blocks = split_blocks(page.body)
    if headings(blocks) != shell.headings:
        raise ValueError(
            f"{page.path}: found headings {headings(blocks)}, expected {shell.headings} as in "
            "the specimen: the table of contents is made of them. Use another kind."
        )
    words = {
        **head_words(page),
        "path": page.path,
        "body": join_blocks(blocks, shell.permalink),
    }
    joined = [shell.parts[0]]
    for slot, part in zip(shell.slots, shell.parts[1:], strict=True):
        joined += (words[slot], part)
    return "".join(joined)


def is_left_out(path: str) -> bool:
    """True for files of MkDocs' output that are no part of the site, by path under its root.

    These are the specimens, and the packed sitemap that nobody asks for and nothing keeps in step.
    """
    return SPECIMEN in path or path == "sitemap.xml.gz"


def _permalink(html: str, page: PageSource) -> str:
    """The title of the links beside headings, in the language of the page."""
    found = PERMALINK_TITLE.search(html)
    if not found:
        raise ValueError(_missing(page.path, "heading", 'a link of class "headerlink"'))
    return found[1]


def _places(html: str, words: Mapping[str, str]) -> list[tuple[int, str]]:
    """Where the words stand, with their slots, in order. The bodies are looked for as they are: a
    pattern as long as a body takes seconds to compile."""
    body = words["body"]
    small = {slot: word for slot, word in words.items() if slot != "body"}
    pattern = re.compile("|".join(f"(?P<{slot}>{re.escape(word)})" for slot, word in small.items()))
    found, at = [], 0
    for around in html.split(body):
        found += [(at + one.start(), str(one.lastgroup)) for one in pattern.finditer(around)]
        at += len(around)
        found.append((at, "body"))
        at += len(body)
    return found[:-1]


def _missing(where: str, slot: str, word: str) -> str:
    shown = f"{word[:200]} …" if len(word) > 200 else word
    return (
        f"{where}: {slot} not found in the page that MkDocs made, expected {shown}. "
        "Look at what the theme or an extension of mkdocs.yml makes of it."
    )


def _refuse_changed(
    where: str, parts: list[str], slots: tuple[str, ...], words: Mapping[str, str]
) -> None:
    """Refuse a second body, and a sentinel that the theme prints in changed form somewhere."""
    if slots.count("body") != 1:
        raise ValueError(f"{where}: found body {slots.count('body')} times, expected it once.")
    rest = "".join(parts).lower()
    for slot in ("title", "description", "path"):
        word = words[slot].rstrip("/").lower()
        if word in rest:
            around = rest[max(0, rest.index(word) - 60) :][:160]
            raise ValueError(
                f"{where}: found {slot} changed in {around!r}, expected {words[slot]} as it is. "
                "Mend the template of the theme that prints it."
            )
