"""What a receipt says of a fact: what it is, how it is computed, from which rows."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from markupsafe import Markup, escape

from generator.model import Fact, Record, Text
from generator.present import Language
from generator.present.page import Page, citer

SHOWN = 6  # rows named in a receipt; facts.csv names them all


def receipt_functions(
    record: Record, language: Language, page: Page
) -> Mapping[str, Callable[..., Any]]:
    """The functions of parts/receipts.j2."""
    cite = citer(page)
    titles = {
        f"{name}.{column.name}": column.title
        for name, public in record.tables.items()
        for column in public.table.columns
    }

    @cache  # as many as there are columns and formulas
    def escaped(message: str) -> Markup:
        return escape(language.translate(message))

    def what(fact: Fact) -> Markup:
        return escaped(titles.get(fact.measure, fact.formula))

    def how(fact: Fact) -> Markup:
        if fact.measure in titles:
            return escaped(fact.formula)
        return Markup(f"<code>{escape(fact.expression.removeprefix('sql: '))}</code>")

    def proof(fact: Fact) -> Markup:
        rows = " ".join([f"<code>{escape(row)}</code>" for row in fact.inputs[:SHOWN]])
        return Markup(f"{how(fact)} {rows}{cite(fact, most=SHOWN)}")

    return {
        "page_facts": lambda: list(page.facts.values()),
        "what": what,
        "proof": proof,
        "release_of": lambda fact: Text(fact.first_release),
    }
