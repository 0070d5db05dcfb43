"""Promises on their page: every row of the ledger once, and each with its own status."""

from collections import Counter
from collections.abc import Iterator

from generator.verify.mismatch import Mismatch
from generator.verify.page import Page
from generator.verify.site import Site

ARTICLE = "promise-"
PAGE = "promises/index.html"
TABLE, TERMS = "evidence", "terms"


def check_promises(page: Page, whole: Site) -> Iterator[Mismatch]:
    """Each promise of the page, and on the page of promises that none is missing."""
    for shown in page.shown:
        known = whole.ledger.facts.get(shown.fact)
        if not known or not shown.article.startswith(ARTICLE):
            continue
        own = own_rows(shown.article, whole)
        for row in known.row["inputs"].split():
            if row not in own:
                yield Mismatch(page.path, shown.fact, "row of a promise", row, " or ".join(own))
    if whole.own(page.path) == PAGE:
        shown_rows = Counter(
            article.removeprefix(ARTICLE)
            for article in page.articles
            if article.startswith(ARTICLE)
        )
        expected = whole.published.rows(TABLE)
        for key in sorted({*shown_rows, *expected}):
            if shown_rows[key] != (key in expected):
                yield Mismatch(
                    page.path, "", f"promise {key}", str(shown_rows[key]), str(int(key in expected))
                )


def own_rows(article: str, whole: Site) -> tuple[str, ...]:
    """The rows that an article may be about: the promise's own, and the term that promises it."""
    key = article.removeprefix(ARTICLE)
    term = whole.published.row(TABLE, key).get("term_id", "")
    return f"{TABLE}/{key}", f"{TERMS}/{term}"
