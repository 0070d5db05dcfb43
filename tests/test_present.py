"""Facts and Texts as words of a language: every kind, every mark, exactly."""

from dataclasses import replace
from typing import Any

import pytest

from generator.model import Fact, Kind, Mark, Text
from generator.present import (
    MARKS,
    Language,
    fact_html,
    in_sentence,
    number,
    plain,
    shown,
    text_html,
)
from generator.present.languages import language
from generator.read.edition import parse_edition
from tests.edition import SITE

EDITION = parse_edition(SITE, "site.toml")
ENGLISH = language("en", EDITION)
SPANISH = language("es", EDITION)


def fact(value: Any, kind: Kind, **more: Any) -> Fact:
    """A fact of one value."""
    plain_fact = Fact(
        id="votes.a.x", subject="unit/a", measure="votes.x", period="2020", value=value, kind=kind
    )
    return replace(plain_fact, **more)


def element(found: Fact, spoken: Language = ENGLISH) -> str:
    """Its element without the link around it."""
    return str(fact_html(found, spoken, link=False))


@pytest.mark.parametrize(
    ("value", "kind", "html"),
    [
        (7, "count", '<data value="7" data-fact="votes.a.x">7</data>'),
        (0, "count", '<data value="0" data-fact="votes.a.x">0</data>'),
        (12345, "count", '<data value="12345" data-fact="votes.a.x">12,345</data>'),
        (1234.5, "number", '<data value="1234.5" data-fact="votes.a.x">1,234.5</data>'),
        (-0.8, "number", '<data value="-0.8" data-fact="votes.a.x">-0.8</data>'),
        (12100000.0, "money", '<data value="12100000" data-fact="votes.a.x">$12,100,000</data>'),
        (50000.5, "money", '<data value="50000.5" data-fact="votes.a.x">$50,000.50</data>'),
        (0.6, "share", '<data value="0.6" data-fact="votes.a.x">60%</data>'),
        (0.125, "share", '<data value="0.125" data-fact="votes.a.x">12.5%</data>'),
        (0.0, "share", '<data value="0" data-fact="votes.a.x">0%</data>'),
        (
            "2020-07-14",
            "date",
            '<time datetime="2020-07-14" data-fact="votes.a.x">July 14, 2020</time>',
        ),
        ("2020-07", "date", '<time datetime="2020-07" data-fact="votes.a.x">July 2020</time>'),
        ("2020", "date", '<time datetime="2020" data-fact="votes.a.x">2020</time>'),
        ("2020-21", "school_year", '<span data-fact="votes.a.x">2020-21</span>'),
        (True, "flag", '<span data-fact="votes.a.x">yes</span>'),
        (False, "flag", '<span data-fact="votes.a.x">no</span>'),
        ("a-b", "id", '<span data-fact="votes.a.x">a-b</span>'),
        ("<i>&", "text", '<span data-fact="votes.a.x">&lt;i&gt;&amp;</span>'),
        ("<i>", "category", '<span data-fact="votes.a.x">&lt;i&gt;</span>'),
    ],
)
def test_a_value_is_shown_by_its_kind(value: Any, kind: Kind, html: str) -> None:
    assert element(fact(value, kind)) == html


@pytest.mark.parametrize(
    ("value", "kind", "words"),
    [
        ("2020-07-14", "date", "14 de julio de 2020"),
        ("2020-07", "date", "julio de 2020"),
        ("2020", "date", "2020"),
        (12100000.0, "money", "$12,100,000"),
        (1234.5, "number", "1,234.5"),
        (-0.0004, "number", "0"),
        (-0.0004, "share", "0%"),
        (0.125, "share", "12.5%"),
    ],
)
def test_another_language_writes_values_its_own_way(value: Any, kind: Kind, words: str) -> None:
    assert shown(fact(value, kind), SPANISH).replace("\xa0", " ") == words


@pytest.mark.parametrize("mark", list(Mark))
@pytest.mark.parametrize("kind", ["count", "date", "money", "share", "category", "flag", "text"])
def test_a_mark_is_said_in_words_whatever_the_kind(mark: Mark, kind: Kind) -> None:
    words = {
        Mark.NOT_FOUND: "not found",
        Mark.WITHHELD: "withheld",
        Mark.REDACTED: "redacted by the source",
        Mark.NOT_HELD: "not held by the office",
        Mark.REQUESTED: "requested",
        Mark.NOT_REPORTED: "not reported",
        Mark.NOT_APPLICABLE: "not applicable",
        Mark.NOT_YET_DUE: "not yet due",
    }
    assert words == dict(MARKS)
    assert element(fact(None, kind, mark=mark)) == (
        f'<span class="mark" data-fact="votes.a.x">{words[mark]}</span>'
    )


def test_a_fact_links_to_its_receipt() -> None:
    html = str(fact_html(fact(7, "count"), ENGLISH))
    assert html == (
        '<a class="f" href="#receipt-votes.a.x"><data value="7" data-fact="votes.a.x">7</data></a>'
    )


def test_an_id_cannot_leave_its_attribute() -> None:
    html = element(fact(7, "count", id='a"><b>'))
    assert html == '<data value="7" data-fact="a&#34;&gt;&lt;b&gt;">7</data>'


def test_a_category_is_said_by_the_edition_then_by_its_label_then_by_its_code() -> None:
    body = fact("council", "category", measure="votes.body", label="council")
    assert shown(body, ENGLISH) == "School council"
    assert shown(replace(body, value="board", label="board of education"), ENGLISH) == (
        "board of education"
    )
    assert shown(replace(body, value="board", label=""), ENGLISH) == "board"


def test_a_category_has_other_words_inside_a_sentence() -> None:
    spoken = replace(ENGLISH, words={"body.council.in_sentence": "the School council"})
    body = fact("council", "category", measure="votes.body", label="council")
    assert in_sentence(body, spoken) == "the School council"
    assert in_sentence(body, ENGLISH) == "School council"


def test_labels_and_marks_are_translated() -> None:
    spoken = replace(ENGLISH, words={}, translate=str.upper)
    assert shown(fact("a", "category", label="label"), spoken) == "LABEL"
    assert shown(fact("keep", "id", label="Officers stay"), spoken) == "OFFICERS STAY"
    assert shown(fact(None, "count", mark=Mark.NOT_FOUND), spoken) == "NOT FOUND"
    assert shown(fact(True, "flag"), spoken) == "YES"


@pytest.mark.parametrize("kind", ["count", "number", "money", "share"])
def test_words_are_no_number(kind: Kind) -> None:
    with pytest.raises(ValueError, match=f"votes.a.x: found 'many', expected a number for {kind}"):
        number(fact("many", kind))


@pytest.mark.parametrize(
    ("value", "text"),
    [(True, "true"), (False, "false"), (2.0, "2"), (2.5, "2.5"), (2, "2"), (None, ""), ("a", "a")],
)
def test_values_are_plain_as_in_the_csvs(value: object, text: str) -> None:
    assert plain(value) == text


def test_a_text_is_escaped_and_says_its_language() -> None:
    assert text_html(Text("<b> & \"q\" 'a'"), ENGLISH) == (
        "<span data-text>&lt;b&gt; &amp; &#34;q&#34; &#39;a&#39;</span>"
    )
    assert text_html(Text("hola", lang="es"), ENGLISH) == '<span data-text lang="es">hola</span>'
    assert text_html(Text("hola", lang="es"), SPANISH) == "<span data-text>hola</span>"


def test_a_language_knows_its_locale_and_direction() -> None:
    assert (ENGLISH.locale, ENGLISH.direction) == ("en_US", "ltr")
    assert (SPANISH.locale, SPANISH.direction) == ("es_US", "ltr")
    assert ENGLISH.translate_plural("one", "many", 1) == "one"
    assert ENGLISH.translate_plural("one", "many", 0) == "many"
