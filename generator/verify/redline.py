"""Clauses of two texts: without what is new a clause is the earlier one, without what is gone the
later one, word for word."""

from collections import Counter
from collections.abc import Iterator

from generator.verify.mismatch import Mismatch
from generator.verify.page import Clause, Page
from generator.verify.site import Site, squeeze

TABLE, ARTICLE, MEASURE = "clauses", "clause-", "clause"


def check_clauses(page: Page, whole: Site) -> Iterator[Mismatch]:
    """Every clause of the page, and that each one whose status stands there is shown once."""
    for clause in page.clauses:
        yield from check_clause(page, clause, whole)
    expected: Counter[str] = Counter()
    for fact in {shown.fact for shown in page.shown if not shown.receipt}:
        known = whole.ledger.facts.get(fact)
        if known and known.row["measure"] == MEASURE:
            expected[known.row["inputs"]] += 1
    found = Counter(
        " ".join(f"{TABLE}/{key}" for key in (one.earlier, one.later) if key)
        for one in page.clauses
    )
    for rows in sorted({*found, *expected}):
        if found[rows] != expected[rows]:
            yield Mismatch(page.path, "", "clause", f"{rows} × {found[rows]}", str(expected[rows]))


def check_clause(page: Page, clause: Clause, whole: Site) -> Iterator[Mismatch]:
    """One clause in its two texts."""
    for key, other in ((clause.earlier, "ins"), (clause.later, "del")):
        words = " ".join(words for mode, words, _ in clause.pieces if mode != other)
        cell = squeeze(whole.signed.row(TABLE, key).get("words", ""))
        if words != cell:
            yield Mismatch(page.path, "", f"words of the clause {key or 'none'}", words, cell)
    expected = whole.first if whole.first != whole.tongue.code else ""
    for _, words, language in clause.pieces:
        if language != expected:
            yield Mismatch(page.path, "", f"language of a clause ({language})", words, expected)
    for shown in page.shown:
        known = whole.ledger.facts.get(shown.fact)
        if known and not shown.receipt and shown.article == clause.article:
            rows = {f"{TABLE}/{key}" for key in (clause.earlier, clause.later) if key}
            if known.row["measure"] == MEASURE and set(known.row["inputs"].split()) != rows:
                yield Mismatch(
                    page.path, shown.fact, "rows of a clause", known.row["inputs"],
                    " ".join(sorted(rows)),
                )  # fmt: skip
