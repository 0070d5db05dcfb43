"""The tables against their own description: codes, marks, references, values that must be there."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from generator.verify.mismatch import Mismatch
from generator.verify.published import PACKAGE, Published
from generator.verify.words import MARKS

MARK = "_mark"


def check_schema(folder: Path, published: Published) -> Iterator[Mismatch]:
    """Every cell of every table that the data package does not allow."""
    for resource in json.loads((folder / PACKAGE).read_bytes())["resources"]:
        name, schema = resource["name"], resource["schema"]
        rows = published.rows[name]
        for field in schema["fields"]:
            for key, row in rows.items():
                if fault := cell_fault(field, row):
                    shown = row.get(field["name"], "")
                    where = f"data/{name}.csv"
                    yield Mismatch(where, "", f"{key}.{field['name']}", shown, fault)
        for link in schema.get("foreignKeys", []):
            yield from check_links(name, link, published)


def cell_fault(field: Mapping[str, Any], row: Mapping[str, str]) -> str:
    """What a cell is expected to be and is not; "" for a cell as described."""
    name, value = field["name"], row.get(field["name"], "")
    rules = field.get("constraints", {})
    if not value:
        return "a value" if rules.get("required") else ""
    if rules.get("enum") and value not in rules["enum"]:
        return "one of " + " ".join(rules["enum"])
    if "pattern" in rules and not re.fullmatch(rules["pattern"], value):
        return f"a text of the form {rules['pattern']}"
    if name.endswith(MARK) and row.get(name.removesuffix(MARK)):
        return "no mark beside a value"
    return f"one of {' '.join(MARKS)}" if name.endswith(MARK) and value not in MARKS else ""


def check_links(table: str, link: Mapping[str, Any], published: Published) -> Iterator[Mismatch]:
    """References of one column to rows that are there."""
    (name,), target = link["fields"], link["reference"].get("resource", table)
    (column,) = link["reference"]["fields"]
    known = {row.get(column, "") for row in published.rows.get(target, {}).values()}
    for key, row in published.rows[table].items():
        if row.get(name) and row[name] not in known:
            yield Mismatch(
                f"data/{table}.csv", "", f"{key}.{name}", row[name], f"a row of {target}"
            )
