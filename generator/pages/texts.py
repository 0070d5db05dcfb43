"""The pages of agreements and other texts, and of what became of their promises."""

from generator.model import Record
from generator.pages.lists import Contexts
from generator.views import site as siteviews
from generator.views.inforce import years
from generator.views.matrix import matrix
from generator.views.promises import promises
from generator.views.redline import redlines


def agreement_contexts(record: Record) -> Contexts:
    """The pages of agreements and other texts, one by one, side by side, and year by year; and that
    of what became of their promises."""
    texts, ledger = siteviews.agreements(record), promises(record)
    yield "pages/agreements/index.md.j2", "agreements/", {"agreements": texts}
    changed = redlines(record)
    promised = {found.text.key: found.count for found in ledger.texts}
    for item in texts:
        path = f"agreements/{item.text.key}/"
        context = {
            "item": item,
            "promised": promised.get(item.text.key),
            "redline": changed.get(item.text.key),
        }
        yield "pages/agreements/agreement.md.j2", path, context
    compared = {"matrix": matrix(record)}
    yield "pages/agreements/compare.md.j2", "agreements/compare/", compared
    yield "pages/agreements/years.md.j2", "agreements/years/", {"found": years(record)}
    found = {"counts": ledger.counts, "texts": ledger.texts}
    yield "pages/promises.md.j2", "promises/", found
