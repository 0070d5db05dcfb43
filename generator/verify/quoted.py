"""Words beside the facts: what a page quotes is a cell, and no number stands without a fact."""

import re
from collections.abc import Iterator

from generator.verify.mismatch import Mismatch
from generator.verify.page import Page
from generator.verify.site import Site, school_of, squeeze
from generator.verify.words import is_school_year

COMMANDS = "maintain/"  # there a code is no value but what a maintainer types
NUMBER = re.compile(r"\d[\d,.]*\d|\d")


def check_words(page: Page, whole: Site) -> Iterator[Mismatch]:
    """Words beside the facts: quoted cells are cells, and no number stands without a fact."""
    school = school_of(page.origin or page.path, whole)
    typed = whole.own(page.path).startswith(COMMANDS)
    # A title may hold a number, and then the files of all tables have it in their name.
    files = whole.signed.files
    codes = (code for code in page.codes if numbers(code.replace(files, "")) and not typed)
    for text in (*page.texts, *codes):
        is_period = is_school_year(text) or text in whole.periods
        if not (is_period or whole.may_quote(text, school)):
            yield Mismatch(page.path, "", "a quoted text that no row for this page holds", text, "")
    for text, language in zip(page.texts, page.languages, strict=True):
        if not says_language(text, language, whole):
            yield Mismatch(page.path, "", f"language of a quoted text ({language})", text, "")
    for text in page.strays:
        if text != page.canonical and not is_said(text, whole):
            yield Mismatch(page.path, "", "a number that is no fact", text, "")
    if school and not page.origin:
        name = squeeze(whole.published.row("schools", school).get("name", ""))
        for found in (page.headings[0] if page.headings else "", page.title.rpartition(" - ")[0]):
            if found != name:
                yield Mismatch(page.path, "", "name of the school", found, name)
    tokens = {n for words in (*page.texts, *(s.words for s in page.shown)) for n in numbers(words)}
    # What a picture is labelled with is held against its table.
    labels = (label.words for picture in page.pictures for label in picture.labels)
    tokens |= {n for words in labels for n in numbers(words)}
    # A round of votes is named by its year, though no vote of it may have a day.
    tokens |= whole.cycles
    for heading in (page.description, *page.headings):
        for token in numbers(heading):
            if token not in tokens and not whole.may_quote(heading, school):
                yield Mismatch(page.path, "", f"the number {token} in a heading", heading, "")


def says_language(text: str, language: str, whole: Site) -> bool:
    """True for words without a translation that are told to be in the language of the tables, and
    for others that are not. Words of a column in which nothing is translated may be told or not:
    what is published does not say which of those are names."""
    if language:
        return language == whole.first and text in whole.untold
    return text not in whole.only_untold


def is_said(text: str, whole: Site) -> bool:
    """True for words of the dictionary or the data package."""
    return text in whole.tongue.own_words or text in whole.words or text in whole.said


def numbers(text: str) -> list[str]:
    """The numbers in a text."""
    return NUMBER.findall(text)
