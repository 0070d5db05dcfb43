"""The receipts and the citations of a page against the facts and the table of sources."""

from collections import Counter
from collections.abc import Iterator

from generator.verify.changes import CHANGELOG
from generator.verify.ledger import Known, earlier, words_before
from generator.verify.mismatch import Mismatch
from generator.verify.page import Page, Receipt
from generator.verify.published import Row
from generator.verify.remarks import remark_words
from generator.verify.reports import report_faults, report_words
from generator.verify.site import Site, squeeze
from generator.verify.words import say_date

SHOWN = 6  # rows and sources that a receipt names; facts.csv names them all


def check_receipts(page: Page, whole: Site) -> Iterator[Mismatch]:
    """A receipt for each fact of the page and a fact for each receipt; each says what is so."""
    numbers = {shown.fact for shown in page.shown if not shown.receipt}
    proofs = Counter(receipt.fact for receipt in page.receipts)
    for fact in sorted(numbers - proofs.keys()):
        yield Mismatch(page.path, fact, "a number without a receipt")
    for fact in sorted(proofs.keys() - numbers):
        yield Mismatch(page.path, fact, "a receipt without a number")
    for fact in sorted(fact for fact, times in proofs.items() if times > 1):
        yield Mismatch(page.path, fact, "a receipt that stands twice")
    inside = Counter((shown.receipt, shown.fact) for shown in page.shown if shown.receipt)
    for receipt in page.receipts:
        known = whole.ledger.facts.get(receipt.fact)
        if inside[receipt.fact, receipt.fact] != 1:
            yield Mismatch(
                page.path, receipt.fact, "a receipt that does not show its own fact once"
            )
        if known:
            yield from check_receipt(page, receipt, known, whole)


def check_receipt(page: Page, receipt: Receipt, known: Known, whole: Site) -> Iterator[Mismatch]:
    """One receipt: its rows, its expression, its sources, and all its words."""
    row = known.row
    computed = [] if known.cell else [row["expression"].removeprefix("sql: ")]
    codes = [*computed, *row["inputs"].split()[:SHOWN]]
    if receipt.codes != codes:
        yield Mismatch(page.path, row["id"], "receipt", " ".join(receipt.codes), " ".join(codes))
    sources = row["sources"].split()[:SHOWN]
    if receipt.sources != sources:
        found = " ".join(receipt.sources)
        yield Mismatch(page.path, row["id"], "sources", found, " ".join(sources))
    said = receipt.words.removeprefix(receipt.summary)
    if "".join(said.split()) != "".join(words_of(page, known, whole).split()):
        yield Mismatch(page.path, row["id"], "receipt", said, words_of(page, known, whole))
    for fault in report_faults(page, receipt, known, whole):
        yield Mismatch(page.path, row["id"], "report link", " ".join(receipt.links), fault)
    column = known.cell and whole.published.column(known.cell.table, known.cell.column)
    title = column.title if column else ""
    said = receipt.summary
    if not any(said.endswith(f"{title}: {words}") for words in known.words) or (
        title and not said.startswith(f"{title}: ")
    ):
        yield Mismatch(page.path, row["id"], "summary", said, title)


def words_of(page: Page, known: Known, whole: Site) -> str:
    """What a receipt says under its summary."""
    row = known.row
    numbers = {source.id: str(i) for i, source in enumerate(page.sources, 1)}
    query = "" if known.cell else row["expression"].removeprefix("sql: ")
    rows = [part for address in row["inputs"].split()[:SHOWN] for part in placed(address, whole)]
    cited = [f"[{numbers.get(source, '')}]" for source in row["sources"].split()[:SHOWN]]
    told = [*history(known, whole), *report_words(known, whole), *remark_words(known, whole)]
    return " ".join([formula(known, whole), query, *rows, *cited, *told])


def formula(known: Known, whole: Site) -> str:
    """How a value comes about, in the words of the language: of its column, or as facts.csv says
    it."""
    if known.cell:
        return whole.published.column(known.cell.table, known.cell.column).description
    return whole.published.computed(known.row["formula"], "formula")


def placed(address: str, whole: Site) -> tuple[str, str]:
    """A row's address and where in its source it stands; counts stand where their vote does."""
    table, _, key = address.partition("/")
    row = whole.published.row(table, key)
    vote = whole.published.row("votes", row.get("vote_id", ""))
    if "locator" not in row and vote.get("source_id") == row.get("source_id"):
        row = vote
    return address, row.get("locator", "")


def history(known: Known, whole: Site) -> Iterator[str]:
    """Since which release the fact is on the site, and what it was in others."""
    past = whole.ledger.past.get(known.row["id"], ())
    if not past:
        yield whole.tongue.in_none
        return
    before = earlier(known, past)
    yield (whole.tongue.first if before else whole.tongue.unchanged).format(release=past[0][0])
    for release, value, mark in before:
        words = words_before(known, value, mark, whole.published, whole.tongue)
        yield whole.tongue.before.format(release=release, words=words)
        if row := reason_after(known.row["id"], release, whole):
            labels = whole.published.column(CHANGELOG, "reason").labels
            reason = labels.get(row["reason"], "")
            yield whole.tongue.because.format(reason=reason, why=row["why"])


def reason_after(fact: str, release: str, whole: Site) -> Row:
    """The first change of a fact with a reason since a release; an empty row for none."""
    found = [
        row for row in whole.published.rows(CHANGELOG).values()
        if row["reason"] and row["since"] >= release
        and fact in (f"{row['table']}.{row['row_key']}.{row['column']}", row["row_key"])
    ]  # fmt: skip
    return min(found, key=lambda row: row["since"], default={})


def check_citations(page: Page, whole: Site) -> Iterator[Mismatch]:
    """Numbers of citations, and what the list of sources at the page's end says of each."""
    places = {source.id: str(i) for i, source in enumerate(page.sources, 1)}
    for words, source in page.cites:
        if words != f"[{places.get(source, '')}]":
            yield Mismatch(page.path, "", f"citation of {source}", words, places.get(source, ""))
    for cited in page.sources:
        row = whole.published.rows("sources").get(cited.id)
        if row is None:
            yield Mismatch(page.path, "", f"source {cited.id} is not in the table of sources")
            continue
        if cited.link != row.get("url", ""):
            yield Mismatch(page.path, "", f"address of {cited.id}", cited.link, row.get("url", ""))
        title, publisher, published = (
            squeeze(row.get(name, "")) for name in ("title", "publisher", "published")
        )
        day = say_date(published, whole.tongue) or whole.tongue.marks["not_found"]
        for words in (f"{title}.", publisher, whole.tongue.published.format(day=day)):
            if words not in cited.words:
                yield Mismatch(page.path, "", f"source {cited.id}", cited.words, words)
