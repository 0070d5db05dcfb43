"""The languages of an edition: each a code, a locale, translations and the edition's own words."""

from babel import Locale

from generator.model import Edition
from generator.present import Language

# Where a language is read here: numbers and dates are written as its readers in this country do.
TERRITORY = "US"


def language(code: str, edition: Edition) -> Language:
    """The language of a code. English is the language that the templates are written in."""
    locale = Locale.parse(f"{code}_{TERRITORY}")
    return Language(
        code=code,
        locale=str(locale),
        translate=str,
        translate_plural=_plural,
        words=edition.words,
        direction=locale.text_direction,
    )


def _plural(one: str, many: str, count: int) -> str:
    return one if count == 1 else many
