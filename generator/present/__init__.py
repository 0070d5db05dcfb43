"""Facts and Texts as words of one language: the only place where a value becomes what is read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from babel.dates import format_date, format_skeleton
from babel.numbers import format_currency, format_decimal, format_percent
from markupsafe import Markup, escape

from generator.model import N_, Fact, Mark, Text, precision
from generator.present.places import LookedError, Place, place

MARKS: Mapping[Mark, str] = {
    Mark.NOT_FOUND: N_("not found"),
    Mark.WITHHELD: N_("withheld"),
    Mark.REDACTED: N_("redacted by the source"),
    Mark.NOT_HELD: N_("not held by the office"),
    Mark.REQUESTED: N_("requested"),
    Mark.NOT_REPORTED: N_("not reported"),
    Mark.NOT_APPLICABLE: N_("not applicable"),
    Mark.NOT_YET_DUE: N_("not yet due"),
}
FLAGS = {True: N_("yes"), False: N_("no")}


@dataclass(frozen=True)
class Language:
    """A language of the site: its code, its Babel locale, its translations, the edition's words and
    sentences."""

    code: str
    locale: str
    translate: Callable[[str], str]
    translate_plural: Callable[[str, str, int], str]
    words: Mapping[str, str]
    direction: str = "ltr"
    texts: Mapping[str, str] = field(default_factory=dict)


def shown(fact: Fact, language: Language) -> str:
    """The words for a fact: the value in the language's form, or its mark's words."""
    if fact.value is None:
        return language.translate(MARKS[fact.mark or Mark.NOT_FOUND])
    if type(fact.value) is Place:
        return place(fact.value.number, "w")
    return FORMS.get(fact.kind, _text)(fact, language)


def marks(language: Language) -> list[tuple[str, Markup]]:
    """Every mark's code and words."""
    return [(mark.value, escape(language.translate(words))) for mark, words in MARKS.items()]


def in_sentence(fact: Fact, language: Language) -> str:
    """The words for a category inside a sentence ("the school council")."""
    key = f"{fact.measure.rpartition('.')[2]}.{fact.value}.in_sentence"
    return language.words.get(key) or shown(fact, language)


def _date(fact: Fact, language: Language) -> str:
    text = str(fact.value)
    match precision(text):
        case "day":
            return _day(text, language.locale)
        case "month":
            return _month(text, language.locale)
        case "year":
            return text


@lru_cache(maxsize=4096)  # few days are printed on many pages
def _day(text: str, locale: str) -> str:
    return str(format_date(date.fromisoformat(text), "long", locale=locale))


@lru_cache(maxsize=1024)
def _month(text: str, locale: str) -> str:
    return str(format_skeleton("yMMMM", date.fromisoformat(f"{text}-01"), locale=locale))


def number(fact: Fact) -> float | int:
    """The number of a fact whose kind is one; ValueError for a fact of words."""
    if type(fact.value) is Place:
        raise LookedError
    if not isinstance(fact.value, (int, float)):
        raise ValueError(f"{fact.id}: found {fact.value!r}, expected a number for {fact.kind}.")
    return fact.value


def _number(fact: Fact, language: Language) -> str:
    return _decimal(number(fact), language.locale)


@lru_cache(maxsize=4096)
def _decimal(value: float, locale: str) -> str:
    return without_sign_of_zero(str(format_decimal(value, locale=locale)))


def without_sign_of_zero(words: str) -> str:
    """A number that rounds to nothing is no less than nothing."""
    return words.removeprefix("-") if words in ("-0", "-0%") else words


def _money(fact: Fact, language: Language) -> str:
    form = "¤#,##0.00" if number(fact) % 1 else "¤#,##0"
    return str(
        format_currency(
            number(fact), fact.unit or "USD", form, locale=language.locale, currency_digits=False
        )
    )


def _share(fact: Fact, language: Language) -> str:
    share = str(format_percent(number(fact), "#,##0.#%", locale=language.locale))
    return without_sign_of_zero(share)


def _category(fact: Fact, language: Language) -> str:
    key = f"{fact.measure.rpartition('.')[2]}.{fact.value}"
    return language.words.get(key) or language.translate(fact.label or str(fact.value))


def _flag(fact: Fact, language: Language) -> str:
    return language.translate(FLAGS[bool(fact.value)])


def _text(fact: Fact, language: Language) -> str:
    return language.translate(fact.label) if fact.label else str(fact.value)


FORMS: Mapping[str, Callable[[Fact, Language], str]] = {
    "date": _date,
    "count": _number,
    "number": _number,
    "money": _money,
    "share": _share,
    "category": _category,
    "flag": _flag,
}


def fact_html(
    fact: Fact, language: Language, words: str = "", *, link: bool = True, proofs: str = ""
) -> Markup:
    """The element of a fact: data for numbers, time for dates, span for the rest and for marks.

    It links to its receipt at the end of the page, or of the page at the address `proofs`; `link`
    is False inside other links, in receipts, and where there is none.
    """
    key = escape(fact.id)
    element = _element(fact, key, escape(words or shown(fact, language)))
    return Markup(f'<a class="f" href="{proofs}#receipt-{key}">{element}</a>' if link else element)


def _element(fact: Fact, key: str, words: str) -> str:
    if fact.value is None:
        return f'<span class="mark" data-fact="{key}">{words}</span>'
    if fact.kind == "date":
        return f'<time datetime="{escape(fact.value)}" data-fact="{key}">{words}</time>'
    if fact.kind in ("count", "number", "money", "share"):
        return f'<data value="{escape(plain(fact.value))}" data-fact="{key}">{words}</data>'
    return f'<span data-fact="{key}">{words}</span>'


def plain(value: object) -> str:
    """The value as the CSVs write it: no ".0", true and false small."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def text_html(text: Text, language: Language) -> Markup:
    """The escaped words of a cell, told apart from the page's own; `lang` where it is not its."""
    words = escape(text.value)
    if text.lang and text.lang != language.code:
        return Markup(f'<span data-text lang="{escape(text.lang)}">{words}</span>')
    return Markup(f"<span data-text>{words}</span>")
