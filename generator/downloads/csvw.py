"""Descriptions of the CSVs after the W3C's CSV on the Web, for programs that know it.

Such a program looks for `votes.csv-metadata.json` beside votes.csv, then for `csv-metadata.json`.
The first describes the one table alone; the second all of them, with what refers to what, which the
standard allows only among the tables of one description. It has no word for a reference that may be
empty either: those are in the data package alone.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from generator.downloads.dictionary import published_columns
from generator.downloads.package import PATTERNS, described
from generator.model import Column, Edition, Kind, Table

CONTEXT = ["http://www.w3.org/ns/csvw", {"@language": "en"}]
SUFFIX, OF_ALL = ".csv-metadata.json", "csv-metadata.json"
DIALECT = {"encoding": "utf-8", "lineTerminators": ["\n"], "header": True, "doubleQuote": True}
TYPES: Mapping[Kind, Mapping[str, Any]] = {
    "count": {"base": "integer"},
    "number": {"base": "decimal"},
    "money": {"base": "decimal"},
    "share": {"base": "decimal"},
    "flag": {"base": "boolean", "format": "true|false"},
    "url": {"base": "anyURI"},
}


def table_metadata(table: Table) -> bytes:
    """The description of one table."""
    return _bytes({"@context": CONTEXT, **_table(table, {table.name}), "dialect": DIALECT})


def group_metadata(tables: Sequence[Table], edition: Edition) -> bytes:
    """The description of all tables with their references."""
    known = {table.name for table in tables}
    group = {
        "@context": CONTEXT,
        "dc:title": edition.title,
        "dc:description": edition.description,
        "dialect": DIALECT,
        "tables": [_table(table, known) for table in tables],
    }
    return _bytes(group)


def _bytes(content: Mapping[str, Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _table(table: Table, known: set[str]) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "columns": [_column(column) for column in published_columns(table)],
        "primaryKey": list(table.key),
    }
    keys = [
        _foreign_key(column)
        for column in table.columns
        if column.required and column.kind == "id" and column.refers.split(".")[0] in known
    ]
    return {
        "url": f"{table.name}.csv",
        "dc:title": table.title,
        "dc:description": described(table),
        "tableSchema": schema | ({"foreignKeys": keys} if keys else {}),
    }


def _foreign_key(column: Column) -> dict[str, Any]:
    target, _, name = column.refers.partition(".")
    there = {"resource": f"{target}.csv", "columnReference": [name]}
    return {"columnReference": [column.name], "reference": there}


def _column(column: Column) -> dict[str, Any]:
    return {
        "name": column.name,
        "titles": column.name,  # what the header of the file says; the title is below
        "dc:title": column.title,
        "dc:description": column.description,
        **({"schema:unitText": column.unit} if column.unit else {}),
        "datatype": _datatype(column),
        "null": "",
        **({"required": True} if column.required else {}),
        **({"separator": " "} if column.kind == "ids" else {}),
    }


def _datatype(column: Column) -> dict[str, Any]:
    if column.values:
        return {"base": "string", "format": "|".join(column.values)}
    bounds = {"minimum": column.low, "maximum": column.high}
    found = dict(TYPES.get(column.kind, {"base": "string"}))
    if column.kind == "ids":
        return found
    if pattern := PATTERNS.get(column.kind):
        found["format"] = pattern
    return found | {
        name: int(bound) if float(bound).is_integer() else bound
        for name, bound in bounds.items()
        if bound is not None
    }
