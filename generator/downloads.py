"""The published tables as files: CSV, the data dictionary, datapackage.json, all from declarations.

Lines end with LF although RFC 4180 says CRLF: every reader takes both, but cut, awk and grep leave
the CR in the last cell, and a diff of our releases stays one of lines. The package says so.
"""

import json
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from decimal import Decimal
from itertools import chain
from operator import attrgetter
from typing import Any

import pandas as pd

from generator.model import (
    N_,
    STATUS,
    Column,
    Edition,
    Fact,
    Kind,
    Mark,
    PublicTable,
    Table,
    to_rows,
)

MARK_SUFFIX = "_mark"
NEEDS_QUOTES = re.compile('[",\r\n]')
NEEDS_QUOTES_BUT_COMMA = re.compile('["\r\n]')
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
FACT_COLUMNS = (
    *("id", "subject", "measure", "period", "value", "unit", "mark", "n"),
    *("formula", "expression", "inputs", "sources", "first_release"),
)
TRANSLATION_COLUMNS = ("table", "row", "column", "words", "status")
CELLS_OF = attrgetter(*FACT_COLUMNS)
# A date may be a year or a month, which no type of a data package allows: so it is a pattern.
TYPES: Mapping[Kind, Mapping[str, Any]] = {
    "count": {"type": "integer"},
    "number": {"type": "number"},
    "money": {"type": "number"},
    "share": {"type": "number"},
    "flag": {"type": "boolean", "trueValues": ["true"], "falseValues": ["false"]},
    "url": {"type": "string", "format": "uri"},
}
PATTERNS: Mapping[Kind, str] = {
    "date": r"\d{4}(-\d{2}(-\d{2})?)?",
    "school_year": r"\d{4}-\d{2}",
    "ids": r"[^ ]+( [^ ]+)*",
}

# The words for marks in the dictionary: shorter than on pages, which speak of one value.
MARKS = {
    "not_found": N_("not found"),
    "withheld": N_("withheld"),
    "redacted": N_("redacted"),
    "not_held": N_("not held"),
    "requested": N_("requested"),
    "not_reported": N_("not reported"),
    "not_applicable": N_("not applicable"),
    "not_yet_due": N_("not yet due"),
}


@dataclass(frozen=True)
class DictionaryRow:
    """What one column of one published table means; `allowed` is "code: label; …"."""

    table: str
    column: str
    title: str
    description: str
    kind: str
    unit: str
    allowed: str
    required: str
    empty_means: str


def to_csv(frame: pd.DataFrame, table: Table) -> bytes:
    """The table as published: its declared columns in order, each mark right behind its column.

    UTF-8 without BOM. Whole numbers have no point, others as few digits as say them exactly; an
    empty cell is empty and its reason stands in `<name>_mark`. Other columns of the frame are left
    out; KeyError if a declared one is missing.
    """
    names = [column.name for column in published_columns(table)]
    return _csv(names, zip(*(frame[name].tolist() for name in names), strict=True))


def facts_csv(facts: Iterable[Fact]) -> bytes:
    """Every fact that a page may print, with all that is needed to compute it again."""
    return fact_lines(map(fact_line, facts))


def fact_lines(lines: Iterable[str]) -> bytes:
    """The lines of facts under their heading."""
    return "".join([_line(FACT_COLUMNS), *lines]).encode()


def fact_line(fact: Fact) -> str:
    """A fact as a line of facts.csv: it stands there, and in the data.csv of its school."""
    return _line(CELLS_OF(fact))


def published_columns(table: Table) -> tuple[Column, ...]:
    """The columns of the published table, marks among them."""
    return tuple(
        published
        for column in table.columns
        for published in (column, _mark_column(column))
        if published is column or column.empty is not None
    )


def dictionary_rows(
    tables: Iterable[Table], translate: Callable[[str], str] = str
) -> list[DictionaryRow]:
    """One row per table and published column, in their order, in words that `translate` gives."""
    return [
        _dictionary_row(table, column, translate)
        for table in tables
        for column in published_columns(table)
    ]


def dictionary_csv(tables: Iterable[Table], translate: Callable[[str], str] = str) -> bytes:
    """The data dictionary of all tables as one CSV, in words that `translate` gives."""
    names = [field.name for field in fields(DictionaryRow)]
    return _csv(names, (astuple(row) for row in dictionary_rows(tables, translate)))


def translations(tables: Mapping[str, PublicTable], code: str) -> bytes:
    """The words of all tables in a language, a cell a line: table, key of the row, column, the
    words, and whether a second person has read them."""
    return _csv(TRANSLATION_COLUMNS, chain(*(_translated(one, code) for one in tables.values())))


def _translated(public: PublicTable, code: str) -> Iterator[tuple[object, ...]]:
    table = public.table
    found = [column.name for column in table.columns if f"{column.name}_{code}" in public.frame]
    if not found:
        return
    for row in to_rows(public.frame):
        key = ".".join(str(row[name]) for name in table.key)
        for name in found:
            if words := row[f"{name}_{code}"]:
                yield table.name, key, name, words, row[STATUS]


def datapackage(tables: Sequence[Table], edition: Edition, counts: Mapping[str, int]) -> bytes:
    """A Data Package (version 2) for the CSVs beside it; `counts` are the rows by table name."""
    known = {table.name for table in tables}
    package = {
        "$schema": PROFILE,
        "name": re.sub(r"[^a-z0-9]+", "-", edition.title.lower()).strip("-"),
        "title": edition.title,
        "description": edition.description,
        "homepage": edition.base_url,
        "resources": [_resource(table, counts[table.name], known) for table in tables],
    }
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode()


def _csv(names: Sequence[str], rows: Iterable[Iterable[object]]) -> bytes:
    # Not the csv module: whether it quotes a lone CR depends on the version of Python.
    return "".join(_line(row) for row in (names, *rows)).encode()


def _line(row: Iterable[object]) -> str:
    cells = [value if type(value) is str else _text(value) for value in row]
    line = ",".join(cells)
    # Most lines hold nothing to quote: one look at the whole is cheaper than one at each cell.
    if line.count(",") >= len(cells) or NEEDS_QUOTES_BUT_COMMA.search(line):
        line = ",".join(map(_quote, cells))
    return line + "\n"


def _quote(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if NEEDS_QUOTES.search(text) else text


def _text(value: Any) -> str:
    """A value as the text of its cell; "" for an empty one."""
    match value:
        case str():
            return str(value)
        case bool():
            return "true" if value else "false"
        case float():
            return _number(value)
        case tuple():
            return " ".join(value)
    return "" if value is None or value is pd.NA else str(value)


def _number(value: float) -> str:
    """As few digits as say the number exactly, without an exponent."""
    if math.isnan(value):
        return ""
    if math.isinf(value):
        raise ValueError("an infinite number in a table")
    return f"{Decimal(repr(value + 0.0)):f}".removesuffix(".0")  # + 0.0: no minus at a zero


def _mark_column(column: Column) -> Column:
    """The column that says why a cell of `column` is empty."""
    words = {mark.value: MARKS[mark.value] for mark in Mark}
    title, description = N_("Why empty"), N_("Why the cell before it is empty.")
    return Column(column.name + MARK_SUFFIX, title, description, "category", values=words)


def _dictionary_row(table: Table, column: Column, translate: Callable[[str], str]) -> DictionaryRow:
    allowed = "; ".join(f"{code}: {translate(label)}" for code, label in column.values.items())
    return DictionaryRow(
        table=table.name,
        column=column.name,
        title=translate(column.title),
        description=translate(column.description),
        kind=column.kind,
        unit=column.unit,
        allowed=allowed,
        required=translate(N_("yes")) if column.required else "",
        empty_means=translate(MARKS[column.empty.value]) if column.empty else "",
    )


def _resource(table: Table, rows: int, known: set[str]) -> dict[str, Any]:
    return {
        "name": table.name,
        "type": "table",
        "path": f"{table.name}.csv",
        "title": table.title,
        "description": " ".join(f"{part[:1].upper()}{part[1:]}" for part in _sentences(table)),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"lineTerminator": "\n"},
        "rows": rows,
        "schema": _schema(table, known),
    }


def _sentences(table: Table) -> list[str]:
    return [f"{table.grain}.", *([table.authority] if table.authority else []), *table.caveats]


def _schema(table: Table, known: set[str]) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in published_columns(table)],
        "primaryKey": list(table.key),
        "missingValues": [""],
    }
    keys = [_foreign_key(table, column) for column in table.columns if _points(column, known)]
    return schema | ({"foreignKeys": keys} if keys else {})


def _points(column: Column, known: set[str]) -> bool:
    """True where a cell is one reference; a data package has no word for a cell of several."""
    return column.kind == "id" and column.refers.split(".")[0] in known


def _foreign_key(table: Table, column: Column) -> dict[str, Any]:
    resource, _, name = column.refers.partition(".")
    reference = {} if resource == table.name else {"resource": resource}
    return {"fields": [column.name], "reference": reference | {"fields": [name]}}


def _field(column: Column) -> dict[str, Any]:
    constraints = {
        "required": column.required or None,
        "minimum": _bound(column.low),
        "maximum": _bound(column.high),
        "pattern": PATTERNS.get(column.kind),
        "enum": list(column.values) or None,
    }
    given = {name: value for name, value in constraints.items() if value is not None}
    return {
        "name": column.name,
        "title": column.title,
        "description": column.description,
        **TYPES.get(column.kind, {"type": "string"}),
        **({"unit": column.unit} if column.unit else {}),
        **({"categories": categories} if (categories := _categories(column)) else {}),
        **({"constraints": given} if given else {}),
    }


def _categories(column: Column) -> list[dict[str, str]]:
    """The labels of the codes; none where each is its code in words, as for a mark."""
    labelled = column.values.items()
    if all(label == code.replace("_", " ") for code, label in labelled):
        return []
    return [{"value": code, "label": label} for code, label in labelled]


def _bound(bound: float | None) -> float | None:
    return int(bound) if bound is not None and float(bound).is_integer() else bound
