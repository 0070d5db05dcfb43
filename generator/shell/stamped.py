"""The source of pages: front matter that the theme can print, and the specimen of each kind."""

import json
import re
from html import escape

from generator.model import PageSource

# Mixed case, so that a theme which changes the case of a word can't hide one.
TITLE, DESCRIPTION = "QxTitleqX", "QxDescriptionqX"
CARD, CARD_ALT, CITE = "QxCardqX", "QxInwordsqX", "QxCitedqX"
# The folder of every specimen begins with it; no id of a school does.
SPECIMEN = "qxspecimenqx"
OF_SCHOOL = re.compile(r"schools/(?!areas/)[^/]+/")
UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


def specimen(kind: str, body: str, folder: str = "schools/") -> PageSource:
    """The page of a kind that MkDocs renders; `body` is any body of that kind.

    Its `source` belongs into the docs at `path` + "index.md".
    """
    page = PageSource(
        f"{folder}{SPECIMEN}-{kind}/", TITLE, DESCRIPTION, body, card=CARD, card_alt=CARD_ALT,
        cite=CITE,
    )  # fmt: skip
    for word in (TITLE, DESCRIPTION, CARD, CARD_ALT, CITE, page.path):
        if word.lower() in body.lower():
            raise ValueError(f"specimen {kind}: found {word} in its body, expected it nowhere.")
    return page


def source(page: PageSource) -> str:
    """The Markdown file that MkDocs would render the page from."""
    # A page outside the navigation has nothing to show beside it: its tables get the room.
    head = front_matter(page, hide=("navigation",), feed=bool(OF_SCHOOL.fullmatch(page.path)))
    return f"{head}\n{page.body}"


def front_matter(page: PageSource, *, hide: tuple[str, ...] = (), feed: bool = False) -> str:
    """Front matter of a page, from plain text; ValueError for text that no title can hold.

    Themes print all of it as it stands, so it is escaped here. `hide` names the sidebars that the
    page does without on wide screens: "navigation", "toc".
    """
    words: dict[str, str | list[str]] = {**head_words(page)}
    if page.linked:
        words["linked"] = page.linked
    if hide:
        words["hide"] = list(hide)
    if feed:
        words["feed"] = "feed.xml"
    # What JSON quotes, YAML reads.
    lines = [f"{name}: {json.dumps(word, ensure_ascii=False)}" for name, word in words.items()]
    return "\n".join(["---", *lines, "---", ""])


def head_words(page: PageSource) -> dict[str, str]:
    """What the theme prints of a page, escaped, by its name in the front matter."""
    return {
        "title": theme_text(page.title, page.path),
        "description": theme_text(page.description, page.path),
        "card": escape(page.card),
        "card_alt": escape(page.card_alt, quote=False).replace('"', "&quot;"),
        "cite": page.cite,
        **({"refresh": escape(page.refresh)} if page.refresh else {}),
    }


def theme_text(text: str, where: str) -> str:
    """Text for an element or a double-quoted attribute; an empty one would get the site's own."""
    if not text.strip() or UNPRINTABLE.search(text):
        raise ValueError(
            f"{where}: found {text!a}, expected one line of printable text as "
            "title and as description. Correct the text."
        )
    return escape(text, quote=False).replace('"', "&quot;")
