"""The languages of an edition: each a code, a locale, translations and the edition's own words."""

from collections.abc import Callable, Mapping

from babel import Locale, UnknownLocaleError

from generator.model import Edition
from generator.present import Language
from generator.present.catalog import Catalog

# Where a language is read here: numbers and dates are written as its readers in this country do.
TERRITORY = "US"
WRITTEN = "en"  # the language of the templates
CATALOG = "locales/{code}/messages.po"  # under the folder of the templates


def language(
    code: str,
    edition: Edition | None,
    catalog: Catalog | None = None,
    own: frozenset[str] = frozenset(),
) -> Language:
    """The language of a code, with the edition's own words where there is one. `catalog` has the
    program's, None for English, in which the templates are written; `own` are words of the data
    that stand in facts, in this language already."""
    locale = _locale(code)
    first = edition.texts if edition else {}
    said = edition.translations.get(code) if edition else None
    texts = {**first, **(said.texts if said else {})}
    ours = {**{words: words for words in own}, **{first[key]: texts[key] for key in first}}
    return Language(
        code=code,
        locale=str(locale),
        translate=_translator(catalog, ours) if catalog else str,
        translate_plural=catalog.plural if catalog else _plural,
        words=edition.words if edition else {},
        direction=locale.text_direction,
        texts=texts,
    )


def _locale(code: str) -> Locale:
    """How the language is written here, or anywhere where nothing is known of that."""
    try:
        return Locale.parse(f"{code}_{TERRITORY}")
    except UnknownLocaleError:
        return Locale.parse(code)


def _translator(catalog: Catalog, own: Mapping[str, str]) -> Callable[[str], str]:
    def translate(message: str) -> str:
        return own[message] if message in own else catalog.translate(message)

    return translate


def name_of(code: str) -> str:
    """What the language calls itself: "English", "Español"."""
    own = Locale.parse(code).get_display_name() or code
    return own[:1].upper() + own[1:]


def _plural(one: str, many: str, count: int) -> str:
    return one if count == 1 else many
