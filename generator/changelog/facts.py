"""Computed values that changed: by a change of their tables, or for a reason of their own."""

import csv
import io
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Protocol

from generator.changelog.reasons import ABOUT_FACTS, VALUE, Book, Key, Reason, Values, told
from generator.changelog.spans import UNTOLD, Said, Span
from generator.diff import Change
from generator.downloads import FACT_COLUMNS
from generator.errors import Problem

WORD = re.compile(r"\w+")


class Shown(Protocol):
    """The facts that pages show."""

    def values(self) -> Iterator[tuple[str, str, str]]:
        """Id, value and mark of each fact as facts.csv writes them."""

    def line(self, fact: str) -> str:
        """Its line there."""


def said_of(facts: Shown, known: Collection[str]) -> dict[str, Said]:
    """Value and mark of the known facts that pages show, by their ids."""
    return {name: (value, mark) for name, value, mark in facts.values() if name in known}


def unexplained_facts(
    span: Span, facts: Shown, reasons: Mapping[Key, Reason], book: Book
) -> Iterator[Problem]:
    """A Problem for each computed value that is another while none of its tables is, and that has
    no line. The cells of tables are told as such."""
    moved = UNTOLD.union(change.table for change in span.changes)
    for name, values in sorted((span.facts or {}).items()):
        key = (span.since, ABOUT_FACTS, name, VALUE)
        if key not in reasons and not moved.intersection(_tables(facts.line(name))):
            old_new = _values(values)
            found = f"facts {name}: {told(old_new)} since release {span.since} without a reason"
            yield book.missing(key, old_new, found)


def wrong_fact_lines(span: Span, reasons: Mapping[Key, Reason], book: Book) -> Iterator[Problem]:
    """A Problem for each line about a computed value that did not change so."""
    for one in _about_facts(span, reasons):
        _, _, name, column = one.key
        values = (span.facts or {}).get(name)
        if values is None or column != VALUE:
            found = f"a reason for the fact {name} {column}, which did not change"
            expected = f"the value of a fact that changed since release {span.since}"
            yield book.problem(one.key, found, expected)
        elif one.values != _values(values):
            found = f"a reason for the fact {name}: {told(one.values)}"
            yield book.problem(one.key, found, f"{told(_values(values))}, as it changed")


def changed_facts(span: Span, reasons: Mapping[Key, Reason]) -> Iterator[Change]:
    """The changes of computed values that have a reason of their own."""
    for one in _about_facts(span, reasons):
        yield Change(ABOUT_FACTS, one.key[2], VALUE, "value_changed", *one.values)


def _about_facts(span: Span, reasons: Mapping[Key, Reason]) -> Iterator[Reason]:
    for key, one in sorted(reasons.items()):
        if key[:2] == (span.since, ABOUT_FACTS):
            yield one


def _values(values: tuple[Said, Said]) -> Values:
    (old, old_mark), (new, new_mark) = values
    return old, old_mark, new, new_mark


def _tables(line: str) -> set[str]:
    """The tables that a fact comes from: those that its expression names, those of its rows."""
    (cells,) = csv.reader(io.StringIO(line, newline=""))
    fact = dict(zip(FACT_COLUMNS, cells, strict=True))
    named = {address.partition("/")[0] for address in fact["inputs"].split()}
    return named.union(WORD.findall(fact["expression"]))
