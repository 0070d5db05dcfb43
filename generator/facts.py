"""Rows → Facts: each value a page may print, with the expression that computes it again."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from generator.model import (
    BY_NAME_MARK,
    FIRST,
    LANG,
    PARTIAL_DATE,
    Column,
    Fact,
    Kind,
    Mark,
    Past,
    Record,
    Row,
    Table,
    Text,
)
from generator.tables import BY_NAME

DECIDING = (
    "from votes where cycle = '{cycle}' and unit_id <> '' and superseded_by = ''"
    " and body <> 'council_members_poll'"
    " and unit_id not in (select unit_id from decision_units where part_of <> '')"
)
# Quoted, because a column may have a name that means something to SQL ("table", "column").
KEY_OF = {
    name: " || '.' || ".join(f'"{part}"' for part in table.key) for name, table in BY_NAME.items()
}


def effect_sql(vote: str) -> str:
    """What the outcome of a vote meant for officers."""
    return (
        f"(select o.effect from question_options o where o.question_id = {vote}.question_id"
        f" and o.role = 'outcome' and o.code = {vote}.outcome)"
    )


def decides_sql(vote: str) -> str:
    """A vote that decided for its unit and round: `derive.with_decides` in SQL."""
    return (
        f"{vote}.unit_id <> '' and {vote}.superseded_by = ''"
        f" and {vote}.body <> 'council_members_poll' and {vote}.unit_id not in"
        " (select unit_id from decision_units where part_of <> '')"
    )


def row_key(table: Table, row: Row) -> str:
    """The row's key as one string, its parts divided by full stops."""
    return ".".join(str(row[name]) for name in table.key)


def sources_of(row: Row) -> tuple[str, ...]:
    """The row's source and the others that say the same, in that order."""
    return _each_once(str(row.get("source_id") or ""), str(row.get("other_source_ids") or ""))


@lru_cache(maxsize=4096)  # rows of one source follow each other, and each of its cells asks
def _each_once(source: str, others: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*filter(None, [source]), *others.split()]))


def cell(table: Table, row: Row, name: str, subject: str, period: str = "", key: str = "") -> Fact:
    """The Fact of one cell. Its expression is `table[row-key].column`; `key` is the row's, where
    the caller has it already."""
    column = table.column(name)
    key = key or row_key(table, row)
    value, label = row[name], ""
    if column.prose and name + FIRST in row:  # a fact is the same in each language
        value, label = row[name + FIRST], value
    return Fact(
        id=f"{table.name}.{key}.{name}",
        subject=subject,
        measure=f"{table.name}.{name}",
        period=period or str(row.get("school_year") or row.get("cycle") or row.get("period") or ""),
        value=value,
        kind=column.kind,
        unit=column.unit,
        mark=None if value is not None else mark_of(column, row),
        label=label or column.values.get(str(value), ""),
        formula=column.description,
        expression=f"{table.name}[{key}].{name}",
        inputs=(f"{table.name}/{key}",),
        sources=sources_of(row),
    )


def mark_of(column: Column, row: Row) -> Mark:
    """Why the cell is empty: what the row says, else not found."""
    return BY_NAME_MARK.get(str(row.get(f"{column.name}_mark")), Mark.NOT_FOUND)


def original(row: Row, name: str) -> object:
    """The cell as the data has it, whatever the language of the record: for rules and queries."""
    return row.get(name + FIRST, row[name])


def text(row: Row, name: str) -> Text | None:
    """The sourced words of a cell, None where there are none."""
    return words(row, name, sources_of(row)) if row.get(name) else None


def words(row: Row, name: str, sources: tuple[str, ...] = ()) -> Text:
    """The words of a cell that has some; `lang` where they are not in the record's language."""
    return Text(str(row[name]), sources, row.get(name + LANG) or "")


def counted(
    measure: str,
    subject: str,
    period: str,
    rows: Iterable[Row],
    table: Table,
    sql: str,
    *,
    formula: str,
    unit: str,
    n: int | None = None,
) -> Fact:
    """How many rows there are. `sql` computes it from the published CSVs, one table a file."""
    kept = tuple(rows)
    return Fact(
        id=f"{measure}.{subject}.{period}",
        subject=subject,
        measure=measure,
        period=period,
        value=len(kept),
        kind="count",
        unit=unit,
        n=n,
        formula=formula,
        expression=f"sql: {sql}",
        inputs=tuple(f"{table.name}/{row_key(table, row)}" for row in kept),
        sources=tuple(dict.fromkeys(source for row in kept for source in sources_of(row))),
    )


def absent(measure: str, subject: str, period: str, sql: str, formula: str) -> Fact:
    """A value that no row of ours holds: not found, and the query that shows it."""
    return Fact(
        id=f"{measure}.{subject}.{period}",
        subject=subject,
        measure=measure,
        period=period,
        value=None,
        kind="text",
        mark=Mark.NOT_FOUND,
        formula=formula,
        expression=f"sql: {sql}",
    )


def query(fact: Fact) -> str:
    """The fact's expression as one SQL query; a cell becomes a select by its table's key."""
    if fact.expression.startswith("sql: "):
        return fact.expression.removeprefix("sql: ")
    table, _, rest = fact.expression.partition("[")
    key, _, column = rest.rpartition("].")
    key = key.replace("'", "''")
    return f"select \"{column}\" from {table} where {KEY_OF[table]} = '{key}'"


FORMS: Mapping[Kind, re.Pattern[str]] = {
    **dict.fromkeys(("count", "number", "money", "share"), re.compile(r"-?\d+(\.\d+)?")),
    "date": PARTIAL_DATE,
}  # fmt: skip


def was(record: Record, fact: Fact, past: Past) -> Fact:
    """The fact as it was in a release; a value that is no longer of its kind is told as text."""
    if not past.value:
        return replace(fact, value=None, mark=BY_NAME_MARK.get(past.mark, Mark.NOT_FOUND))
    plain = replace(fact, value=past.value, mark=None, label=_label(record, fact, past.value))
    if fact.kind in FORMS and not FORMS[fact.kind].fullmatch(past.value):
        return replace(plain, kind="text")
    if fact.kind == "flag":
        return replace(plain, value=past.value == "true")
    if fact.kind in FORMS and fact.kind != "date":
        return replace(plain, value=float(past.value) if "." in past.value else int(past.value))
    return plain


def _label(record: Record, fact: Fact, code: str) -> str:
    """The words for a code that a cell once held."""
    name, _, column = fact.measure.partition(".")
    public = record.tables.get(name)
    if public is None or column not in {one.name for one in public.table.columns}:
        return ""
    vote = record.votes.get(fact.inputs[0].partition("/")[2]) if name == "votes" else None
    if vote and column == "outcome":
        option = record.options.get((str(vote["question_id"]), column, code))
        return str(option["label"]) if option else ""
    return public.table.column(column).values.get(code, "")


def outcome(record: Record, vote: Row, subject: str) -> Fact:
    """The outcome of a vote in the words of its question's scale."""
    table = record.tables["votes"].table
    plain = cell(table, vote, "outcome", subject)
    option = record.options.get((str(vote["question_id"]), "outcome", str(vote["outcome"])))
    return replace(plain, label=str(option["label"])) if option else plain
