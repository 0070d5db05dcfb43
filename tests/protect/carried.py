"""The cases in cases/: small tables with what is known to follow from them, in a short form.

`tables` have schools or groups down and answers across, and get their sums here; `ties` are a total
and its parts; `percents` are shares shown without decimals, as [of what, percent].
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

ALL = "all"
CASES = Path(__file__).parent / "cases"
HALF = 0.5
JUST_UNDER = 0.499999


def names() -> list[str]:
    """The cases, in order."""
    return sorted(path.stem for path in CASES.glob("*.json"))


def carried(name: str) -> dict[str, Any]:
    """The case as it is written."""
    found: dict[str, Any] = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    return found


def as_case(short: Mapping[str, Any]) -> dict[str, Any]:
    """The case as the commands take it."""
    cells, relations = dict(short.get("cells", {})), []
    for one in short.get("tables", ()):
        prefix = f"{one['name']}:" if one["name"] else ""
        summed, sums = two_way(one["counts"], one["answers"], prefix)
        cells |= summed
        relations += sums
    relations += [tie(total, parts) for total, *parts in short.get("ties", ())]
    case = {
        "kind": short.get("kind", "survey"),
        "threshold_n": short["min_cell"],
        "cells": cells,
        "relations": relations,
        "hidden": short["hidden"],
        "primary": short.get("small", []),
        "published_as_no_responses": short.get("empty", []),
        "facts": [
            rounded(cell, cells[whole], percent)
            for cell, (whole, percent) in short.get("percents", {}).items()
        ],
    }
    return case


def two_way(
    counts: Mapping[str, Sequence[int]], answers: Sequence[str], prefix: str = ""
) -> tuple[dict[str, int], list[dict[str, Any]]]:
    """Cells "row|answer" with all sums, and the relations that make them."""
    rows = {row: dict(zip(answers, values, strict=True)) for row, values in counts.items()}
    rows[ALL] = {answer: sum(row[answer] for row in rows.values()) for answer in answers}
    for row in rows.values():
        row[ALL] = sum(row.values())
    cells = {f"{prefix}{name}|{a}": n for name, row in rows.items() for a, n in row.items()}
    across = [tie(f"{prefix}{n}|{ALL}", [f"{prefix}{n}|{a}" for a in answers]) for n in counts]
    down = [
        tie(f"{prefix}{ALL}|{a}", [f"{prefix}{n}|{a}" for n in counts]) for a in [*answers, ALL]
    ]
    return cells, across + down


def tie(total: str, parts: Iterable[str]) -> dict[str, Any]:
    """total = parts."""
    return {"total": total, "parts": list(parts)}


def rounded(cell: str, whole: int, percent: int) -> dict[str, Any]:
    """What a whole percent says of a count, rounding half up."""
    low, high = (percent - HALF) * whole, (percent + JUST_UNDER) * whole
    return {"coef": {cell: 100.0}, "lo": low, "hi": high}
