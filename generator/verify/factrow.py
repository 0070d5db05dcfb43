"""One row of facts.csv against what was recomputed for it, column by column."""

import re
from collections.abc import Iterator

from generator.verify.evaluate import NOT_FOUND, Cell, EvaluationError, Evaluator, Result
from generator.verify.published import Published, Row
from generator.verify.words import number

# A query that finds nothing can't say why: what we have not seen, or what can't be.
MARKS_OF_NOTHING = frozenset({NOT_FOUND, "not_applicable"})
COUNT = re.compile(r"sql: select count\(\*\) from (\w+)\b(.*)", re.DOTALL)
NAMED = ("school/", "unit/", "agreement/", "table/", "claim/", "term/", "correction/", "request/")

Check = tuple[str, str, str]


def check_fact(
    row: Row, result: Result, published: Published, evaluate: Evaluator
) -> Iterator[Check]:
    """Whatever disagrees, as (what, shown, recomputed)."""
    if not same(row["value"], result.value or ""):
        yield "value", row["value"], result.value or ""
    if result.value is not None and row["mark"]:
        yield "mark", row["mark"], ""
    marks = {result.mark} if result.mark else MARKS_OF_NOTHING
    if result.value is None and row["mark"] not in marks:
        yield "mark", row["mark"], " or ".join(sorted(marks))
    if result.cell:
        yield from check_cell(row, result.cell, published)
    else:
        yield from check_computed(row, published, evaluate)


def check_cell(row: Row, cell: Cell, published: Published) -> Iterator[Check]:
    """What the row of a single cell has to say."""
    column = published.column(cell.table, cell.column)
    expected = {
        "id": f"{cell.table}.{cell.key}.{cell.column}",
        "subject": subject_of(cell.table, cell.row, published),
        "measure": f"{cell.table}.{cell.column}",
        "unit": column.unit,
        "formula": column.description,
        "inputs": f"{cell.table}/{cell.key}",
        "sources": " ".join(sources_of(cell.row)),
    }
    yield from ((name, row[name], value) for name, value in expected.items() if row[name] != value)
    vote = published.row("votes", cell.row.get("vote_id", ""))
    if row["period"] and row["period"] not in {*cell.row.values(), *vote.values()}:
        yield "period", row["period"], "a value of the row"


def check_computed(row: Row, published: Published, evaluate: Evaluator) -> Iterator[Check]:
    """What the row of a computed fact has to say."""
    expected = f"{row['measure']}.{row['subject']}.{row['period']}"
    if row["id"] != expected:
        yield "id", row["id"], expected
    about = row["subject"].partition("/")[2]
    if row["subject"].startswith(NAMED) and about not in named_in(row["expression"], published):
        yield "subject", row["subject"], "a subject that the expression names"
    for address in row["inputs"].split():
        table, _, key = address.partition("/")
        if key not in published.rows(table):
            yield "inputs", address, "a row of a table"
    for source in row["sources"].split():
        if source not in published.rows("sources"):
            yield "sources", source, "a row of sources"
    yield from check_inputs(row, published, evaluate)


def named_in(expression: str, published: Published) -> set[str]:
    """What an expression names: its texts, its tables, and the units of the votes among them."""
    texts = set(re.findall(r"'([^']*)'", expression))
    votes = published.rows("votes")
    units = {votes[text].get("unit_id", "") for text in texts & votes.keys()}
    return texts | units | set(re.findall(r"\bfrom (\w+)", expression))


def check_inputs(row: Row, published: Published, evaluate: Evaluator) -> Iterator[Check]:
    """The rows that a count counts are its inputs, and their sources its sources."""
    found = COUNT.fullmatch(row["expression"])
    if not found or not row["inputs"]:
        return
    table, rest = found.groups()
    resource = published.resources.get(table)
    key = " || '.' || ".join(f'"{name}"' for name in resource.key) if resource else "''"
    try:
        keys = {str(one) for (one,) in evaluate.query(f"select {key} from {table}{rest}")}
    except EvaluationError as error:
        yield "inputs", row["inputs"], str(error)
        return
    named = [address.removeprefix(f"{table}/") for address in row["inputs"].split()]
    if sorted(named) != sorted(keys):
        yield "inputs", row["inputs"], " ".join(sorted(f"{table}/{one}" for one in keys))
        return
    sources = dict.fromkeys(s for one in named for s in sources_of(published.row(table, one)))
    if row["sources"] != " ".join(sources):
        yield "sources", row["sources"], " ".join(sources)


def subject_of(table: str, row: Row, published: Published) -> str:
    """What a row is about: its school, its decision unit, that of its vote, or the district."""
    if school := row.get("school_id"):
        return f"school/{school}"
    if "vote_id" in row and table != "votes":
        row = published.row("votes", row["vote_id"])
    unit = row.get("unit_id")
    return f"unit/{unit}" if unit else "district"


def sources_of(row: Row) -> tuple[str, ...]:
    """The row's source, then others that say the same."""
    others = row.get("other_source_ids", "").split()
    return tuple(dict.fromkeys(([row["source_id"]] if row.get("source_id") else []) + others))


def same(one: str, other: str) -> bool:
    """True for equal texts and for equal numbers written in two ways."""
    if one == other:
        return True
    numbers = number(one), number(other)
    return None not in numbers and numbers[0] == numbers[1]
