"""Findings on pages: as many as their rule finds, each under the school that its rows are about."""

from collections import Counter
from collections.abc import Iterator

from generator.verify.mismatch import Mismatch
from generator.verify.page import Page
from generator.verify.site import Site, linked_school

ARTICLE = "finding-"
CONTRADICTIONS = "contradictions/index.html"
COUNT = "contradictions.district/{rule}.all"


def check_found(page: Page, whole: Site) -> Iterator[Mismatch]:
    """Every finding that stands in an article of its own."""
    first = {shown.article: shown.fact for shown in reversed(page.shown)}
    found = {article: fact for article, fact in first.items() if article.startswith(ARTICLE)}
    for article, fact in found.items():
        school = linked_school(page, page.article_links.get(article, ""), whole)
        known = whole.ledger.facts.get(fact)
        if school and known and known.row["subject"] not in whole.subjects[school]:
            yield Mismatch(
                page.path, fact, "school of a finding", f"school/{school}", known.row["subject"]
            )
    if whole.own(page.path) == CONTRADICTIONS:
        yield from check_counts(page, Counter(rule_of(article) for article in found), whole)


def rule_of(article: str) -> str:
    """The rule in an article's id."""
    return article.removeprefix(ARTICLE).partition(".")[0]


def check_counts(page: Page, shown: Counter[str], whole: Site) -> Iterator[Mismatch]:
    """As many articles of each rule as its count says."""
    prefix, _, suffix = COUNT.partition("{rule}")
    counts = {
        fact.removeprefix(prefix).removesuffix(suffix): known.value
        for fact, known in whole.ledger.facts.items()
        if fact.startswith(prefix)
    }
    for rule in sorted({*counts, *shown}):
        if str(shown[rule]) != counts.get(rule):
            expected = counts.get(rule) or "no such rule"
            yield Mismatch(page.path, "", f"findings of {rule}", str(shown[rule]), expected)
