"""The frozen types that the stages hand to each other; the name says how far the data has come."""

from generator.model.build import Settings, Summary
from generator.model.data import (
    CheckedTable,
    Context,
    Edition,
    PublicTable,
    RawTable,
    Record,
    Release,
    Row,
    to_rows,
)
from generator.model.declared import BY_NAME_MARK, N_, Column, Kind, Mark, Rule, Table, TableKind
from generator.model.policy import Ladder, Level, Policy
from generator.model.shown import (
    Chart,
    Datum,
    Fact,
    Figure,
    FigureKind,
    File,
    PageSource,
    Past,
    Text,
)
from generator.model.values import PARTIAL_DATE, SCHOOL_YEAR, is_school_year, precision

__all__ = [
    "BY_NAME_MARK",
    "N_",
    "PARTIAL_DATE",
    "SCHOOL_YEAR",
    "Chart",
    "CheckedTable",
    "Column",
    "Context",
    "Datum",
    "Edition",
    "Fact",
    "Figure",
    "FigureKind",
    "File",
    "Kind",
    "Ladder",
    "Level",
    "Mark",
    "PageSource",
    "Past",
    "Policy",
    "PublicTable",
    "RawTable",
    "Record",
    "Release",
    "Row",
    "Rule",
    "Settings",
    "Summary",
    "Table",
    "TableKind",
    "Text",
    "is_school_year",
    "precision",
    "to_rows",
]
