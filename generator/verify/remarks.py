"""What the ledgers say of a value: in its receipt, and replies in full on pages that show it."""

from collections import Counter
from collections.abc import Iterator

from generator.verify.ledger import Known
from generator.verify.mismatch import Mismatch
from generator.verify.page import Page
from generator.verify.published import Row
from generator.verify.site import Site, school_of, squeeze

REPLY = "reply-"


def remark_words(known: Known, whole: Site) -> Iterator[str]:
    """What a receipt says beside its value: reports of errors that were not declined, open requests
    for it, replies; those about the value itself before those about its row."""
    fact = known.row["id"]
    for address in (fact, fact.rpartition(".")[0]) if known.cell else (fact,):
        for row in whole.published.rows("corrections").values():
            if row["fact"] == address and row["decision"] in whole.tongue.reported:
                yield whole.tongue.reported[row["decision"]]
        for row in whole.published.rows("requests").values():
            if row["answer"] == "open" and address in row["covers"].split():
                yield whole.tongue.request
        for row in whole.published.rows("replies").values():
            if row["fact"] == address:
                yield whole.tongue.reply.format(office=squeeze(row["office"]))


def check_replies(page: Page, whole: Site) -> Iterator[Mismatch]:
    """Each reply about a value or about the school of a page stands on it once, with a link to it
    beside the value, and no other reply does."""
    replies = whole.published.rows("replies")
    if not replies:
        return
    school = school_of(page.path, whole)
    facts = {one.fact for one in page.shown if not one.receipt}
    rows = {fact.rpartition(".")[0] for fact in facts}
    expected = Counter(
        key for key, row in replies.items()
        if row["fact"] in facts | rows or is_about(row, school, whole)
    )  # fmt: skip
    found = Counter(one.removeprefix(REPLY) for one in page.articles if one.startswith(REPLY))
    if found != expected:
        shown = " ".join(sorted(found.elements()))
        yield Mismatch(page.path, "", "replies", shown, " ".join(sorted(expected)))
    for key in expected:
        if not page.reply_links[key]:
            yield Mismatch(page.path, "", f"link to the reply {key}", "none", "one or more")
    for receipt in page.receipts:
        for link in receipt.links:
            if link.startswith(f"#{REPLY}") and link.removeprefix(f"#{REPLY}") not in expected:
                yield Mismatch(page.path, receipt.fact, "link to no reply", link, "")


def is_about(row: Row, school: str, whole: Site) -> bool:
    """True for a reply about the whole school, or about a unit that it belongs to."""
    own = whole.subjects.get(school, frozenset())
    about = {f"school/{row['school_id']}", f"unit/{row['unit_id']}"} - {"school/", "unit/"}
    return bool(about & own)
