"""The tables against their own description: codes, marks, references, values that must be there."""

import re
from collections.abc import Iterator

from generator.verify.mismatch import Mismatch
from generator.verify.published import Field, Published, Row
from generator.verify.tongue import CODES

MARK = "_mark"


def check_schema(published: Published) -> Iterator[Mismatch]:
    """Every cell of every table that the data package does not allow."""
    for table, resource in published.resources.items():
        for field in resource.fields:
            for key, row in published.rows(table).items():
                if fault := cell_fault(field, row):
                    shown = row.get(field.name, "")
                    yield Mismatch(f"data/{table}.csv", "", f"{key}.{field.name}", shown, fault)
        for link in resource.links:
            yield from check_links(table, *link, published)


def cell_fault(field: Field, row: Row) -> str:
    """What a cell is expected to be and is not; "" for a cell as described."""
    value = row.get(field.name, "")
    if not value:
        return "a value" if field.required else ""
    if field.labels and value not in field.labels:
        return "one of " + " ".join(field.labels)
    if field.pattern and not re.fullmatch(field.pattern, value):
        return f"a text of the form {field.pattern}"
    if field.name.endswith(MARK) and row.get(field.name.removesuffix(MARK)):
        return "no mark beside a value"
    return f"one of {' '.join(CODES)}" if field.name.endswith(MARK) and value not in CODES else ""


def check_links(
    table: str, name: str, target: str, column: str, published: Published
) -> Iterator[Mismatch]:
    """References of one column to rows that are there."""
    known = {row.get(column, "") for row in published.rows(target).values()}
    for key, row in published.rows(table).items():
        if row.get(name) and row[name] not in known:
            yield Mismatch(
                f"data/{table}.csv", "", f"{key}.{name}", row[name], f"a row of {target}"
            )
