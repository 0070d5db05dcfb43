"""The record beside a survey: do its rows come from the gate, under the policy of this edition?

No message tells a value: a row that the gate did not write may be a count of few people.
"""

import csv
import hashlib
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

import pandas as pd

from generator.errors import Problem
from generator.model import Policy, RawTable

RECORD, PASSED = "protection.json", "passed"
KEYS = {"policy", "recoded", "relations", "audit", "tables"}
TABLE_OF = ("school_year", "question_id", "respondent_group", "level")
PLACE = ("school_id", "network")
AGAIN = "Protect the counts again; no row of it was read."


def protection_problems(raw: RawTable, policy: Policy) -> list[Problem]:
    """Why the rows of a survey may not be published; none where they match their record."""
    if not raw.protection:
        found, wanted = "a survey without a protection record", "rows that the gate has protected"
        hint = "Protect the counts first; no row of it was read."
        return [Problem(raw.where, 0, "", found, wanted, hint)]
    record = parse_record(raw.protection)
    where = str(PurePosixPath(raw.where).with_name(RECORD))
    if record is None:
        return [Problem(where, 0, "", "no protection record", "the one that the gate wrote", AGAIN)]
    return list(_mismatches(raw, record, policy, where))


def parse_record(text: str) -> Mapping[str, Any] | None:
    """The record of a JSON text, None where it is none."""
    try:
        record = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) and set(record) == KEYS else None


def csv_text(frame: pd.DataFrame) -> str:
    """Text cells as the gate writes them: what is hashed, and what stands in the file."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(frame.columns)
    # As lists: going through the arrays of a frame cell by cell takes ten times as long.
    writer.writerows(zip(*(frame[name].tolist() for name in frame.columns), strict=True))
    return out.getvalue()


def digest(frame: pd.DataFrame) -> str:
    """SHA-256 of the rows, and of the file as the gate wrote it."""
    return hashlib.sha256(csv_text(frame).encode()).hexdigest()


def count_cells(frame: pd.DataFrame) -> list[dict[str, str | int]]:
    """Cells shown and withheld by year, question, group and level, in that order.

    Cells are the counts of answers, and for each place once how many answered.
    """
    places = frame.drop_duplicates([*TABLE_OF, *PLACE])
    cells = pd.concat(
        [
            frame[list(TABLE_OF)].assign(shown=frame["count"] != ""),
            places[list(TABLE_OF)].assign(shown=places["n"] != ""),
        ]
    )
    groups = cells.groupby(list(TABLE_OF), sort=True)["shown"].agg(["sum", "size"])
    return [
        {**dict(zip(TABLE_OF, key, strict=True)), "shown": shown, "withheld": size - shown}
        for key, shown, size in zip(
            groups.index.tolist(), groups["sum"].tolist(), groups["size"].tolist(), strict=True
        )
    ]


def _mismatches(
    raw: RawTable, record: Mapping[str, Any], policy: Policy, where: str
) -> Iterator[Problem]:
    if record["policy"] != policy.as_json():
        wanted = "the policy of site.toml"
        yield Problem(where, 0, "policy", "another policy", wanted, AGAIN)
    if not isinstance(record["audit"], dict) or record["audit"].get("verdict") != PASSED:
        yield Problem(where, 0, "audit", "no proof", "an audit that was passed", AGAIN)
    told = record["tables"].get(raw.table.name) if isinstance(record["tables"], dict) else None
    if not isinstance(told, dict):
        yield Problem(where, 0, "tables", "no such table", f"the rows of {raw.where}", AGAIN)
    elif told.get("sha256") != digest(raw.frame):
        found, wanted = "rows that the gate did not write", "the rows that the record is about"
        yield Problem(raw.where, 0, "", found, wanted, AGAIN)
    elif told.get("cells") != count_cells(raw.frame):
        found, wanted = "other numbers of cells", "the cells shown and withheld in the rows"
        yield Problem(where, 0, "tables", found, wanted, AGAIN)
