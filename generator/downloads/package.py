"""datapackage.json: the published tables described for programs, from their declarations."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from generator.downloads.dictionary import published_columns
from generator.model import Column, Edition, Kind, Licence, Row, Table, slug
from generator.tables import SCHEMA_VERSION

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
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


def schema_version(reasons: Iterable[Row]) -> str:
    """The version of what the tables are, as the edition publishes them: the generator's, whose
    first number is one higher for each release after which schools got other ids. `reasons` are
    the rows of the reasons for changes; those stay for good."""
    first, _, rest = SCHEMA_VERSION.partition(".")
    renamed = {
        row["since"]
        for row in reasons
        if row["table"] == "schools" and row["row_key"] and not row["column"] and row["new"]
    }
    return f"{int(first) + len(renamed)}.{rest}"


def datapackage(
    tables: Sequence[Table],
    edition: Edition,
    counts: Mapping[str, int],
    version: str = SCHEMA_VERSION,
) -> bytes:
    """A Data Package (version 2) for the CSVs beside it; `counts` are the rows by table name."""
    known = {table.name for table in tables}
    package = {
        "$schema": PROFILE,
        "name": edition.files,
        "title": edition.title,
        "description": edition.description,
        "schema_version": version,
        "homepage": edition.base_url,
        **({"licenses": [licence]} if (licence := _licence(edition.licence)) else {}),
        "resources": [_resource(table, counts[table.name], known) for table in tables],
    }
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode()


def _licence(licence: Licence) -> dict[str, str]:
    """The licence as a data package says it; nothing where none has been chosen."""
    if not licence.name:
        return {}
    found = {"name": licence.id or slug(licence.name), "title": licence.name, "path": licence.url}
    return {name: said for name, said in found.items() if said}


def _resource(table: Table, rows: int, known: set[str]) -> dict[str, Any]:
    return {
        "name": table.name,
        "type": "table",
        "path": f"{table.name}.csv",
        "title": table.title,
        "description": described(table),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"lineTerminator": "\n"},
        "rows": rows,
        "schema": _schema(table, known),
    }


def described(table: Table, translate: Callable[[str], str] = str) -> str:
    """What a table is, in sentences: its grain, its authority, its caveats."""
    authority = [table.authority] if table.authority else []
    parts = [f"{translate(table.grain)}.", *map(translate, (*authority, *table.caveats))]
    return " ".join(f"{part[:1].upper()}{part[1:]}" for part in parts)


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
