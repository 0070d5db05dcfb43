"""The pages on the data: what to take, each table with its dictionary and gaps, the dictionary."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from markupsafe import Markup, escape

from generator.downloads import linked_data, loading
from generator.model import PageSource, Record
from generator.present import Language
from generator.views import dictionary

DATA, ALL = "data/", "data/dictionary/"


def data_contexts(record: Record) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(template, path, context) of these pages."""
    tables = [dictionary.table_view(record, name) for name in record.tables]
    name = record.edition.files
    lines = loading(f"{record.edition.base_url.rstrip('/')}/{DATA}", name)
    context = {
        "tables": tables,
        "files": name,
        "has_release": bool(record.last_release),
        "loads": [
            (Markup(escape(program)), Markup(escape(code))) for program, code in lines.items()
        ],
    }
    yield "pages/data/index.md.j2", DATA, context
    yield "pages/data/dictionary.md.j2", ALL, {"tables": tables}
    for table in tables:
        yield "pages/data/table.md.j2", f"{DATA}{table.name}/", {"table": table}


def linked(page: PageSource, record: Record, language: Language, base: str) -> PageSource:
    """The page with what search engines are told, where it is on all tables or on one; `base` is
    the address of the pages of its language."""
    table = page.path.removeprefix(DATA).rstrip("/")
    if not page.path.startswith(DATA) or table not in ("", *record.tables):
        return page
    said = linked_data(record, table, base + page.path, language.translate)
    return replace(page, linked=said)
