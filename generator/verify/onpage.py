"""The facts of a page against what was recomputed: each occurrence, and each row of a table."""

from collections.abc import Iterator

from generator.verify.asked import check_ledger
from generator.verify.found import check_found
from generator.verify.ledger import Known
from generator.verify.mismatch import Mismatch
from generator.verify.page import RECEIPT, Page, Shown, TableRow
from generator.verify.promises import check_promises
from generator.verify.quoted import check_words
from generator.verify.receipts import check_citations, check_receipts
from generator.verify.redline import check_clauses
from generator.verify.remarks import check_replies
from generator.verify.site import Site, linked_school, school_of
from generator.verify.tongue import Tongue
from generator.verify.words import NUMBERS, is_school_year, say_date


def check_page(page: Page, whole: Site) -> Iterator[Mismatch]:
    """Every mismatch of one page."""
    yield from check_facts(page, whole)
    yield from check_receipts(page, whole)
    yield from check_citations(page, whole)
    yield from check_found(page, whole)
    yield from check_promises(page, whole)
    yield from check_ledger(page, whole)
    yield from check_replies(page, whole)
    yield from check_clauses(page, whole)
    yield from check_words(page, whole)


def check_facts(page: Page, whole: Site) -> Iterator[Mismatch]:
    """What can be read of the page, each value on it, and the rows of its tables."""
    for text in page.broken:
        yield Mismatch(page.path, "", "markup that can't be read", text, "")
    for shown in page.shown:
        known = whole.ledger.facts.get(shown.fact)
        if known is None:
            yield Mismatch(page.path, shown.fact, "a fact that facts.csv does not hold")
            continue
        yield from check_shown(page, shown, known, whole.tongue)
        yield from check_subject(page, shown, known, whole)
    yield from check_rows(page, whole)


def check_shown(page: Page, shown: Shown, known: Known, tongue: Tongue) -> Iterator[Mismatch]:
    """One occurrence: its element, its attribute, its words, its link."""

    def fault(what: str, found: str, expected: str) -> Mismatch:
        return Mismatch(page.path, shown.fact, what, found, expected)

    tag, value = element_of(known, shown, tongue)
    if (shown.tag, shown.marked) != (tag, known.value is None):
        yield fault("element", shown.tag + " mark" * shown.marked, tag)
    if shown.value != value and not (tag == "data" and same_number(shown.value, value)):
        yield fault("attribute", shown.value, value)
    if shown.words not in known.words:
        yield fault("words", shown.words, " or ".join(known.words))
    if shown.receipt:
        return
    if page.has_receipts and not shown.link:
        yield fault("a value without a link to its receipt", "", "")
    if shown.link.startswith(f"#{RECEIPT}") and shown.link != f"#{RECEIPT}{shown.fact}":
        yield fault("link", shown.link, f"#{RECEIPT}{shown.fact}")


def element_of(known: Known, shown: Shown, tongue: Tongue) -> tuple[str, str]:
    """The element that a fact has to stand in, and the value of its attribute."""
    if known.value is None:
        return "span", ""
    if known.kind == "date":
        return "time", known.value
    if known.kind in NUMBERS:
        return "data", known.value
    if not known.cell and shown.tag == "time" and say_date(known.value, tongue) == shown.words:
        return "time", known.value
    return "span", ""


def same_number(one: str, other: str) -> bool:
    """True for one number written in two ways."""
    try:
        return float(one) == float(other)
    except ValueError:
        return False


def check_subject(page: Page, shown: Shown, known: Known, whole: Site) -> Iterator[Mismatch]:
    """On a school's page every school and unit is its own; in a vote's article, every vote."""
    subject = known.row["subject"]
    school = school_of(page.origin or page.path, whole)
    if is_foreign(subject, school, whole):
        allowed = " or ".join(sorted(whole.subjects[school]))
        yield Mismatch(page.path, shown.fact, "subject", subject, allowed)
    if known.cell and shown.article.startswith("vote-") and "vote_id" in known.cell.row:
        own = shown.article.removeprefix("vote-")
        votes = whole.published.rows("votes")
        later = votes.get(own, {}).get("superseded_by", "")
        if known.cell.row["vote_id"] not in {own, later} - {""}:
            yield Mismatch(page.path, shown.fact, "vote", known.cell.row["vote_id"], own)


def is_foreign(subject: str, school: str, whole: Site) -> bool:
    """True for another school than this one and for a unit that it does not belong to."""
    about = subject.startswith(("school/", "unit/"))
    return bool(school) and about and subject not in whole.subjects[school]


def check_rows(page: Page, whole: Site) -> Iterator[Mismatch]:
    """Rows of tables: each is about the school that it links to, its year, and one thing."""
    for row in page.rows:
        if not row.facts:
            continue
        found = [
            (page.shown[i].fact, whole.ledger.facts.get(page.shown[i].fact)) for i in row.facts
        ]
        known = [(fact, one) for fact, one in found if one]
        yield from check_row(page, row, known, whole)


def check_row(
    page: Page, row: TableRow, facts: list[tuple[str, Known]], whole: Site
) -> Iterator[Mismatch]:
    """One row of a table."""
    school = linked_school(page, row.link, whole)
    for fact, known in facts:
        subject = known.row["subject"]
        if school and subject not in whole.subjects[school]:
            yield Mismatch(page.path, fact, "subject in a row", subject, f"school/{school}")
        year = known.cell.row.get("school_year") if known.cell else ""
        if year and is_school_year(row.header) and year != row.header:
            yield Mismatch(page.path, fact, "school year in a row", year, row.header)
    if row.grid:
        return
    for table in {known.cell.table for _, known in facts if known.cell}:
        own = [(fact, identity(known)) for fact, known in facts if is_of(known, table)]
        for fact, thing in own:
            if thing != own[0][1]:
                yield Mismatch(page.path, fact, "row of its own", thing, own[0][1])


def is_of(known: Known, table: str) -> bool:
    """True for a cell of that table."""
    return known.cell is not None and known.cell.table == table


def identity(known: Known) -> str:
    """What a cell's row is about: its vote, else the row itself."""
    return (known.cell.row.get("vote_id") or known.cell.key) if known.cell else ""
