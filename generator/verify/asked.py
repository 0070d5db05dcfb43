"""The ledgers of corrections and requests: every row once, about itself, with links that hold."""

import posixpath
from collections import Counter
from collections.abc import Iterator

from generator.verify.mismatch import Mismatch
from generator.verify.page import RECEIPT, Page
from generator.verify.site import Site

# Page → table, what an article's id begins with, the column of the addresses it may show.
LEDGERS = {
    "corrections/index.html": ("corrections", "correction-", "fact"),
    "requests/index.html": ("requests", "request-", "covers"),
}


def check_ledger(page: Page, whole: Site) -> Iterator[Mismatch]:
    """On the page of a ledger: no row is missing, and each article shows its own row alone."""
    if whole.own(page.path) not in LEDGERS:
        return
    table, start, column = LEDGERS[whole.own(page.path)]
    rows = whole.published.rows(table)
    shown = Counter(one.removeprefix(start) for one in page.articles if one.startswith(start))
    for key in sorted({*shown, *rows}):
        if shown[key] != (key in rows):
            found, expected = str(shown[key]), str(int(key in rows))
            yield Mismatch(page.path, "", f"{table} {key}", found, expected)
    for one in page.shown:
        key = one.article.removeprefix(start)
        if key == one.article:
            continue
        named = rows.get(key, {}).get(column, "").split()
        known = whole.ledger.facts.get(one.fact)
        if known and one.fact not in named and known.row["inputs"] != f"{table}/{key}":
            yield Mismatch(page.path, one.fact, "value in an entry", known.row["inputs"], key)


def receipts_named(page: Page, whole: Site) -> Iterator[tuple[str, str]]:
    """(path below the folder of the language, fact) of each receipt on another page that an entry
    of a ledger links to."""
    here = posixpath.dirname(whole.own(page.path))
    for link in page.entry_links:
        path, _, anchor = link.partition(f"#{RECEIPT}")
        if path and anchor:
            yield posixpath.normpath(posixpath.join(here, path)) + "/index.html", anchor
