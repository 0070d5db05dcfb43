"""Sentence, table, picture and CSV say the same; what disagrees is our bug: no site is written."""

import re
from collections.abc import Iterable

from generator.model import Datum
from generator.present import Language, shown
from generator.present.page import Page

NUMBER = re.compile(r"\d[\d,.]*\d|\d")
OF_FACTS = {"tally", "outcomes", "bars"}  # kinds whose bars are facts of the page
BETWEEN = " / "  # a bar's number and what it is of


def refuse_other_pictures(page: Page, language: Language) -> None:
    """Every bar and every number in the words beside a picture is a fact that the page shows."""
    if not page.pictures:
        return
    values: dict[str, set[object]] = {}
    for fact in page.facts.values():
        values.setdefault(shown(fact, language), set()).add(fact.value)
    for figure, alt in page.pictures:
        if figure.kind in OF_FACTS:
            for row in figure.rows:
                _refuse_bar(page, row, values)
        own = numbers([*values, *(row.label for row in figure.rows), figure.axis])
        for number in numbers([alt]) - own:
            raise ValueError(
                f"{page.path}: found {number} in the words for a picture ({alt!r}), expected "
                "numbers of facts that the page shows."
            )


def _refuse_bar(page: Page, row: Datum, values: dict[str, set[object]]) -> None:
    if row.value is None and any(row.mark == fact.mark for fact in page.facts.values()):
        return  # a gap, which has no words of its own
    text, *others = row.text.split(BETWEEN)
    if row.value in values.get(text, ()) and all(other in values for other in others):
        return
    raise ValueError(
        f"{page.path}: found a bar of {row.value} labelled {row.text!r} ({row.label}), expected "
        "the value and the words of a fact that the page shows."
    )


def numbers(texts: Iterable[str]) -> set[str]:
    """The numbers in texts, as they are written."""
    return {number for text in texts for number in NUMBER.findall(text)}
