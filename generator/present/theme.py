"""The words that the theme prints, by the variable of mkdocs.yml that brings them there."""

from html import escape

from generator.model import N_, Edition
from generator.present import Language

THEME_WORDS = {
    "NAV_PROGRAM": N_("Program"),
    "NAV_FEEDBACK": N_("Feedback and costs"),
    "NAV_RECORD": N_("The record"),
    "WORD_TO_DARK": N_("Switch to dark colors"),
    "WORD_TO_LIGHT": N_("Switch to light colors"),
    "WORD_PERMALINK": N_("Permanent link"),
    "WORD_NOT_FOUND": N_("This page does not exist"),
    "WORD_NOT_FOUND_HINT": N_("Search above, or start from one of these pages:"),
    "WORD_LANGUAGE": N_("Language"),
    "WORD_FEED": N_("Follow the changes (feed)"),
    "WORD_CITE": N_("How to cite this page"),
    "WORD_COPY": N_("Copy"),
    "WORD_COPIED": N_("Copied"),
    "WORD_FINDER": N_("Find your school"),
    "WORD_FINDER_HINT": N_("Name, ZIP code or area"),
    "WORD_FINDER_LIST": N_("In the list"),
    # Translators: small words that people of this language type around the name of a school ("the",
    # "school of"); the finder leaves them out. As many as you like, in small letters.
    "WORD_FINDER_AROUND": N_("the of at in"),
    "WORD_FINDER_FOUND": N_("Schools found: "),
    "WORD_FINDER_MORE": N_("Not all are shown: type more."),
    "WORD_FINDER_NEAR": N_("Nothing has all these words. Similar:"),
    "WORD_FINDER_NONE": N_("No school found. Every school stands in the list."),
    "WORD_FINDER_FAILED": N_("The names could not be loaded. Every school stands in the list."),
}


def theme_words(edition: Edition, language: Language) -> dict[str, str]:
    """The words that the theme prints, as variables of mkdocs.yml. It escapes nothing, so what the
    edition says of itself is escaped here."""
    return {
        "SITE_NAME": escape(edition.title),
        "SITE_DESCRIPTION": escape(edition.description),
        **{name: language.translate(message) for name, message in THEME_WORDS.items()},
    }
