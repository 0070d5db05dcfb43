"""The published tables as files: CSV and what others read instead, all from declarations."""

from collections.abc import Iterable
from operator import attrgetter

import pandas as pd

from generator.downloads.archive import Member, to_zip
from generator.downloads.csvw import OF_ALL, SUFFIX, group_metadata, table_metadata
from generator.downloads.database import Filled, to_sqlite
from generator.downloads.dictionary import (
    DictionaryRow,
    dictionary_csv,
    dictionary_rows,
    published_columns,
)
from generator.downloads.lines import csv_file, line
from generator.downloads.linked import linked_data
from generator.downloads.loading import loading
from generator.downloads.package import datapackage, described, schema_version
from generator.downloads.records import to_json
from generator.downloads.values import Rows, typed
from generator.downloads.workbook import Said, to_xlsx
from generator.model import Fact, Table

__all__ = [
    "FACT_COLUMNS",
    "FACT_HEADING",
    "OF_ALL",
    "SUFFIX",
    "DictionaryRow",
    "Filled",
    "Member",
    "Rows",
    "Said",
    "datapackage",
    "described",
    "dictionary_csv",
    "dictionary_rows",
    "fact_line",
    "fact_lines",
    "group_metadata",
    "linked_data",
    "loading",
    "published_columns",
    "schema_version",
    "table_metadata",
    "to_csv",
    "to_json",
    "to_sqlite",
    "to_xlsx",
    "to_zip",
    "translations",
    "typed",
]

FACT_COLUMNS = (
    *("id", "subject", "measure", "period", "value", "unit", "mark", "n"),
    *("formula", "expression", "inputs", "sources", "first_release"),
)
TRANSLATION_COLUMNS = ("table", "row", "column", "words", "status")
FACT_HEADING = line(FACT_COLUMNS)
CELLS_OF = attrgetter(*FACT_COLUMNS)


def to_csv(frame: pd.DataFrame, table: Table) -> bytes:
    """The table as published: its declared columns in order, each mark right behind its column.

    UTF-8 without BOM. Whole numbers have no point, others as few digits as say them exactly; an
    empty cell is empty and its reason stands in `<name>_mark`. Other columns of the frame are left
    out; KeyError if a declared one is missing.
    """
    names = [column.name for column in published_columns(table)]
    return csv_file(names, zip(*(frame[name].tolist() for name in names), strict=True))


def fact_lines(lines: Iterable[str]) -> bytes:
    """The lines of facts under their heading."""
    return "".join([FACT_HEADING, *lines]).encode()


def fact_line(fact: Fact) -> str:
    """A fact as a line of facts.csv: it stands there, and in the data.csv of its school."""
    return line(CELLS_OF(fact))


def translations(rows: Iterable[Iterable[object]]) -> bytes:
    """Words in another language, a line each: table, key of the row, column, the words, and whether
    a second person has read them."""
    return csv_file(TRANSLATION_COLUMNS, rows)
