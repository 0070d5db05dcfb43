"""RawTables → CheckedTables: kinds, keys, references, people and rules, all Problems at once."""

from collections.abc import Iterator, Mapping
from itertools import chain, repeat

import pandas as pd

from generator.check.ledger import ledger_problems
from generator.check.links import edition_problems, key_problems, reference_problems
from generator.check.marks import mark_problems, typed_frame
from generator.check.people import hides, kind_problems, small_counts
from generator.check.schema import HIDDEN, cell_problems
from generator.check.textgate import allow_list, text_problems
from generator.check.translations import translation_problems
from generator.check.waivers import signed, unsigned, waiver_problems
from generator.errors import InputError, Problem
from generator.model import CheckedTable, Context, Edition, RawTable, Rule
from generator.read.cells import quoted


def check(raw: Mapping[str, RawTable], edition: Edition) -> dict[str, CheckedTable]:
    """The tables with typed columns and marks, by name; raises InputError with every Problem.

    A table whose kind forbids to read it is looked at no further. The declared rules look across
    tables, so they run only when no cell, key or reference of any table has a Problem: on a half
    typed frame a rule would report faults that aren't there.
    """
    refused = {
        name: problems
        for name, table in raw.items()
        if (problems := kind_problems(table, edition.policy))
    }
    readable = {name: table for name, table in raw.items() if name not in refused}
    frames = {name: typed_frame(table) for name, table in readable.items()}
    problems = [*chain(*refused.values()), *_form_problems(readable, raw, edition.min_cell)]
    if not problems:
        problems += _rule_problems(readable, Context(frames, edition))
    problems += _word_problems(readable, frames, edition)
    problems += edition_problems(edition, raw)
    if problems:
        raise InputError(problems)
    return {name: CheckedTable(raw[name].table, frame) for name, frame in frames.items()}


def _form_problems(
    readable: Mapping[str, RawTable], raw: Mapping[str, RawTable], min_cell: int
) -> Iterator[Problem]:
    for table in readable.values():
        yield from cell_problems(table, min_cell)
        yield from mark_problems(table)
        yield from key_problems(table)
        yield from reference_problems(table, raw)
        yield from translation_problems(table)
    yield from ledger_problems(readable)


def _word_problems(
    readable: Mapping[str, RawTable], frames: Mapping[str, pd.DataFrame], edition: Edition
) -> Iterator[Problem]:
    allowed = allow_list(readable, edition.allowed_words)
    waived, waiting = signed(readable), unsigned(readable)
    for name, table in readable.items():
        yield from small_counts(table, frames[name], edition.min_cell)
        yield from text_problems(table, allowed, waived, waiting)
    yield from waiver_problems(readable)


def _rule_problems(readable: Mapping[str, RawTable], context: Context) -> Iterator[Problem]:
    for name, table in readable.items():
        if context.tables[name].empty:
            continue
        for rule in table.table.rules:
            yield from _broken(table, rule, context)


def _broken(raw: RawTable, rule: Rule, context: Context) -> Iterator[Problem]:
    frame = context.tables[raw.table.name]
    rows = frame.index[~rule.holds(frame, context).fillna(False).astype(bool)]
    column, cells = raw.table.column(rule.column), raw.frame[rule.column]
    told = rule.tells(frame, context, rows) if rule.tells else repeat(("", rule.expected))
    for row, (beside, expected) in zip(rows, told, strict=False):
        hidden = hides(raw.table, column, cells[row], context.edition.min_cell)
        found = HIDDEN if hidden else quoted(cells[row]) if cells[row] else "an empty cell"
        found, expected = (found, rule.expected) if hidden else (found + beside, expected)
        yield Problem(raw.where, raw.lines[row], rule.column, found, expected, rule.hint)
