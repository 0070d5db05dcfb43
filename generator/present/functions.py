"""What templates can call: sources, addresses of units, charts, words for codes of declarations."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from markupsafe import Markup, escape

from generator import charts
from generator.charts import svg as chart_svg
from generator.facts import words
from generator.model import N_, STATUS, Figure, Mark, Record, Row, Text
from generator.present import MARKS, Language, figures, shown
from generator.present.page import Page, explainer
from generator.tables import changelog
from generator.tables.changes import REASONS
from generator.views import Line, Vote, line, pictured
from generator.views.coverage import Look, Strip, looks, strips
from generator.views.totals import QuestionTotals

GLOSSARY_LINK = re.compile(r"\[([^\]]+)\]\(#([a-z-]+)\)")  # as in "a [poll](#poll)"
TERMS = {"council", "network", "area"}  # of the glossary, which an edition may explain anew
KINDS = {
    "public_record": N_("Public record"),
    "published_elsewhere": N_("Published elsewhere, shown as printed"),
    "survey": N_("Survey, protected"),
}
COLUMN_KINDS = {
    "id": N_("id, as text"),
    "ids": N_("ids, divided by spaces"),
    "text": N_("text"),
    "url": N_("web address"),
    "date": N_("date, as far as known"),
    "school_year": N_("school year"),
    "count": N_("whole number"),
    "number": N_("number"),
    "money": N_("amount of money"),
    "share": N_("share from 0 to 1"),
    "category": N_("one of the allowed values"),
    "flag": N_("true or false"),
}


def functions(
    record: Record, language: Language, cache: charts.Cache, page: Page
) -> Mapping[str, Any]:
    """The functions that depend on the record, the language or the pictures drawn so far."""
    texts = {str(row["agreement_id"]): words(row, "title") for row in record.rows["agreements"]}
    return {
        "place": Text(record.edition.place),
        "own": own_words(language, page),
        "is_translation": language.code != record.edition.languages[0],
        "is_unreviewed": is_unreviewed(record),
        "program_over": record.is_over,
        "has_rows": record.has_rows,
        "has_areas": has_any(record, "area"),
        "has_networks": has_any(record, "network"),
        "own_terms": own_terms(language),
        "cited": cited(record, page),
        "link": link,
        "patterns": Markup(f'<div aria-hidden="true">{chart_svg.PATTERNS}</div>'),
        "chart": drawer(language, cache, page),
        "tally_figure": lambda vote: figures.tally(vote, language),
        "outcomes_figure": outcomes_figure(language),
        "years_figure": lambda school, letters: figures.years(school, [str(x) for x in letters]),
        "status_years": lambda school: pictured.status_years(school.years),
        "told_amounts": pictured.told_amounts,
        "told_lanes": pictured.told_lanes,
        "told_periods": pictured.told_periods,
        "costs_figure": lambda rows: figures.costs(rows, language),
        "answers_figure": lambda asked: figures.answers(asked, language),
        "coverage_figure": lambda part: figures.coverage(part, language),
        "strips_of": strips_of(record),
        "table_caveats": words_of(record, language),
        "kind_words": labels(KINDS, language),
        "kind_of_column": labels(COLUMN_KINDS, language),
        "kind_of_change": labels(changelog.KINDS, language),
        "grade_words": labels(changelog.GRADES, language),
        "reason_words": labels(REASONS, language),
        "mark_words": labels({mark.value: words for mark, words in MARKS.items()}, language),
        "unit_path": lambda vote: unit_path(record, vote.unit_id),
        "unit_path_of": lambda unit_id: unit_path(record, unit_id),
        "unit_name": lambda unit_id: Text(str(record.units[unit_id]["name"])),
        "text_title": lambda agreement_id: texts[agreement_id],
    }


def own_words(language: Language, page: Page) -> Callable[[str], Markup]:
    """The edition's own sentence for a place, with links to the glossary; "" where it has none."""
    term = explainer(page)

    def own(place: str) -> Markup:
        parts = GLOSSARY_LINK.split(language.texts.get(place, ""))
        pieces = [escape(parts[0])]
        for linked, anchor, after in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
            pieces += [term(anchor, escape(linked)), escape(after)]
        return Markup("").join(pieces)

    return own


def own_terms(language: Language) -> list[Markup]:
    """The terms of the glossary that only this edition has, in its order."""
    names = (key.split(".")[1] for key in language.texts if key.startswith("glossary."))
    return [escape(name) for name in dict.fromkeys(names) if name not in TERMS]


def has_any(record: Record, column: str) -> bool:
    """Whether the list says this of any school."""
    return bool(record.tables["schools"].frame[column].notna().any())


def is_unreviewed(record: Record) -> bool:
    """True where a second person has not read all translations of the data."""
    frames = (public.frame for public in record.tables.values())
    return any((frame[STATUS] == "unreviewed").any() for frame in frames if STATUS in frame)


def cited(record: Record, page: Page) -> Callable[[], tuple[Line, ...]]:
    """The sources that the page has cited so far, in the order of their numbers."""
    table = record.tables["sources"].table
    lines = {key: line(table, row, f"source/{key}") for key, row in record.sources.items()}

    return lambda: tuple(lines[key] for key in page.cites)


def link(source: Line) -> Markup:
    """The address of a source; only http and https reach a page."""
    address = source.cells["url"]
    if not isinstance(address, Text) or not address.value.startswith(("https://", "http://")):
        raise ValueError(f"source {source.key}: found no http address, expected one.")
    return escape(address.value)


def strips_of(record: Record) -> Callable[[str], tuple[Strip, ...]]:
    """Gives the coverage of a decision unit."""

    @cache
    def every() -> tuple[Look, ...]:
        return looks(record)

    return lambda unit_id: strips(record, unit_id, every())


def drawer(
    language: Language, cache: charts.Cache, page: Page
) -> Callable[[Figure, str, Markup, Markup], Markup]:
    """Draw a figure, or take it from the cache, and place it under its id title and alt text."""
    words = figures.mark_words(language)

    def chart(figure: Figure, figure_id: str, title: Markup, alt: Markup) -> Markup:
        drawn = charts.draw(figure, words, cache)
        plain = [" ".join(Markup(text).striptags().split()) for text in (title, alt)]
        page.pictures.append((figure, plain[1]))
        return Markup(charts.place(drawn, figure_id.replace(".", "-"), *plain))

    return chart


def outcomes_figure(language: Language) -> Callable[[QuestionTotals, Markup], Figure]:
    """Decisions by outcome, with the words under the axis."""

    def figure(totals: QuestionTotals, axis: Markup) -> Figure:
        return figures.outcomes(totals, axis.striptags(), language)

    return figure


def words_of(record: Record, language: Language) -> Callable[[str], list[Markup]]:
    """The caveats of a table's declaration."""

    def caveats(name: str) -> list[Markup]:
        found = record.tables[name].table.caveats
        return [escape(language.translate(words)) for words in found]

    return caveats


def labels(words: Mapping[str, str], language: Language) -> Callable[[str], Markup]:
    """The words for a code of a declaration."""

    def label(code: str) -> Markup:
        return escape(language.translate(words[code]))

    return label


def unit_path(record: Record, unit_id: str) -> str:
    """The page of a unit: that of its first school."""
    return f"schools/{record.schools_of_unit[unit_id][0]}/"


def outcome_words(vote: Vote | None, language: Language) -> str:
    """The outcome of a vote in words, the mark's where there is none."""
    return shown(vote.outcome, language) if vote else language.translate(MARKS[Mark.NOT_FOUND])


def today(record: Record) -> Row | None:
    """The vote that says what holds today, None where the edition names none."""
    return record.votes.get(record.edition.holds_today)
