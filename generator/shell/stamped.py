"""The source of pages: front matter that the theme can print, and the specimen of each kind."""

import json
import re
from html import escape

from generator.model import PageSource

# Mixed case, so that a theme which changes the case of a word can't hide one.
TITLE, DESCRIPTION = "QxTitleqX", "QxDescriptionqX"
# The folder of every specimen begins with it; no id of a school does.
SPECIMEN = "qxspecimenqx"
UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


def specimen(kind: str, body: str, folder: str = "schools/") -> PageSource:
    """The page of a kind that MkDocs renders; `body` is any body of that kind.

    Its `source` belongs into the docs at `path` + "index.md".
    """
    page = PageSource(f"{folder}{SPECIMEN}-{kind}/", TITLE, DESCRIPTION, body)
    for word in (TITLE, DESCRIPTION, page.path):
        if word.lower() in body.lower():
            raise ValueError(f"specimen {kind}: found {word} in its body, expected it nowhere.")
    return page


def source(page: PageSource) -> str:
    """The Markdown file that MkDocs would render the page from."""
    # A page outside the navigation has nothing to show beside it: its tables get the room.
    head = front_matter(page.title, page.description, where=page.path, hide=("navigation",))
    return f"{head}\n{page.body}"


def front_matter(
    title: str, description: str, *, hide: tuple[str, ...] = (), where: str = "front matter"
) -> str:
    """Front matter of a page, from plain text; ValueError for text that no title can hold.

    Themes print title and description as they stand, so they are escaped here. `hide` names the
    sidebars that the page does without on wide screens: "navigation", "toc".
    """
    words: dict[str, str | list[str]] = {
        "title": theme_text(title, where),
        "description": theme_text(description, where),
    }
    if hide:
        words["hide"] = list(hide)
    # What JSON quotes, YAML reads.
    lines = [f"{name}: {json.dumps(word, ensure_ascii=False)}" for name, word in words.items()]
    return "\n".join(["---", *lines, "---", ""])


def theme_text(text: str, where: str) -> str:
    """Text for an element or a double-quoted attribute; an empty one would get the site's own."""
    if not text.strip() or UNPRINTABLE.search(text):
        raise ValueError(
            f"{where}: found {text!a}, expected one line of printable text as "
            "title and as description. Correct the text."
        )
    return escape(text, quote=False).replace('"', "&quot;")
