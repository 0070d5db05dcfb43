"""Tables whose answers are known: published ones, and ones solved to the end."""

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from generator.errors import InputError, PolicyError
from generator.protect import cases, intervals, suppress
from generator.protect.audit import audit_table
from generator.protect.table import Hiding, Table
from tests.protect.carried import as_case, carried, names

ROOT = Path(__file__).resolve().parents[2]
BY_FACT = "whole_percents"  # no hiding helps against what is known anyhow
SOLVABLE = [name for name in names() if name != BY_FACT]


def worked_out(case: dict[str, Any]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads(intervals.answer(json.dumps(case)))
    return found


def solved(case: dict[str, Any]) -> tuple[Table, Hiding]:
    return suppress.solve_case(cases.parse(json.dumps(case)))


def named(table: Table, cells: frozenset[int]) -> set[str]:
    return {table.relations.ids[cell] for cell in cells}


def check(table: Table, hiding: Hiding, hidden: set[str], min_cell: int) -> None:
    """The audit of a table, in its own terms."""
    ids = table.relations.ids
    audit_table(
        dict(zip(ids, table.values, strict=True)),
        [
            ({ids[cell]: factor for cell, factor in row.terms}, row.low, row.high)
            for row in table.relations.rows
        ],
        hidden,
        named(table, table.small),
        [{ids[cell]: amount for cell, amount in change} for change in hiding.witnesses],
        min_cell,
    )


@pytest.mark.parametrize("name", [name for name in names() if "intervals" in carried(name)])
def test_what_can_be_worked_out(name: str) -> None:
    short = carried(name)
    found = worked_out(as_case(short))
    assert {cell: one["interval"] for cell, one in found.items()} == short["intervals"]
    limit = short["min_cell"] or 10
    for one in found.values():
        low, high = one["interval"]
        assert one["exact"] == (low == high)
        assert one["covers"] == (low == 0 and high >= limit)


@pytest.mark.parametrize("name", SOLVABLE)
def test_what_is_hidden_protects_every_small_cell(name: str) -> None:
    case = as_case(carried(name))
    table, hiding = solved(case)
    hidden = named(table, hiding.hidden)
    found = worked_out(case | {"hidden": sorted(hidden)})
    assert all(found[cell]["covers"] for cell in named(table, table.small))
    assert not hidden & set(case["published_as_no_responses"])
    check(table, hiding, hidden, case["threshold_n"] or 10)


@pytest.mark.parametrize("name", [name for name in names() if "cost" in carried(name)])
def test_no_hiding_is_cheaper(name: str) -> None:
    short = carried(name)
    table, hiding = solved(as_case(short))
    assert table.cost(hiding.hidden) == short["cost"]


@pytest.mark.parametrize("name", SOLVABLE)
def test_no_cell_is_hidden_for_nothing(name: str) -> None:
    case = as_case(carried(name))
    table, hiding = solved(case)
    hidden, small = named(table, hiding.hidden), named(table, table.small)
    for cell in sorted(hidden - small):
        found = worked_out(case | {"hidden": sorted(hidden - {cell})})
        assert not all(found[one]["covers"] for one in small), cell
        with pytest.raises(PolicyError, match="a cell that is shown changes"):
            check(table, hiding, hidden - {cell}, case["threshold_n"] or 10)


@pytest.mark.parametrize("name", SOLVABLE)
def test_protecting_twice_changes_nothing(name: str) -> None:
    table, hiding = solved(as_case(carried(name)))
    assert suppress.suppress(table, hiding.hidden).hidden == hiding.hidden


@pytest.mark.parametrize("name", SOLVABLE)
def test_the_order_of_rows_says_nothing(name: str) -> None:
    case = as_case(carried(name))
    dealt = random.Random(name)
    mixed = dict(case)
    mixed["cells"] = dict(dealt.sample(sorted(case["cells"].items()), len(case["cells"])))
    mixed["relations"] = [
        relation | {"parts": dealt.sample(relation["parts"], len(relation["parts"]))}
        for relation in dealt.sample(case["relations"], len(case["relations"]))
    ]
    assert suppress.answer(json.dumps(mixed)) == suppress.answer(json.dumps(case))


def test_what_is_known_anyhow_is_refused() -> None:
    with pytest.raises(PolicyError, match="leaves no counts in which it could be"):
        solved(as_case(carried(BY_FACT)))


def ask(module: str, path: Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", f"generator.protect.{module}", str(path)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def written(folder: Path, name: str) -> Path:
    path = folder / "case.json"
    path.write_text(json.dumps(as_case(carried(name))), encoding="utf-8")
    return path


def test_the_commands_print_json_alone(tmp_path: Path) -> None:
    path = written(tmp_path, "one_small_cell")
    found = json.loads(ask("suppress", path).stdout)
    assert found["cost"] == 3
    assert len(found["hidden"]) == 4
    path = written(tmp_path, "linked_tables")
    found = json.loads(ask("intervals", path).stdout)
    assert found["Elm"] == {"interval": [3, 3], "exact": True, "covers": False}


def test_the_commands_fail_by_their_exit_codes(tmp_path: Path) -> None:
    assert ask("suppress", written(tmp_path, BY_FACT)).returncode == 3
    missing = ask("intervals", tmp_path / "none.json")
    assert (missing.returncode, missing.stdout) == (1, "")
    assert "No such file" in missing.stderr


GOOD = {
    "cells": {"a": 4, "b": 3, "all": 7},
    "relations": [{"total": "all", "parts": ["a", "b"]}],
    "hidden": ["a", "b"],
}


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (
            {"cells": {"a": 4.5, "b": 3, "all": 7}},
            "cells a: found something else, expected a whole",
        ),
        ({"cells": {"a": 5, "b": 3, "all": 7}}, "found cells that don't add up (a, all, b)"),
        ({"cells": {"a": 4, "b": None, "all": None}}, "cells all: found no count, expected one"),
        ({"hidden": ["c"]}, "hidden: found a cell that is not in cells"),
        ({"threshold_n": 1}, "threshold_n: found something else, expected a whole number from 2"),
        ({"relations": [{"total": "all"}]}, "relations[0]: found other keys"),
        ({"facts": [{"coef": {"a": 1}, "at least": 2}]}, "facts[0]: found other keys"),
        ({"facts": [{"coef": {"a": "x"}, "lo": 2}]}, "facts[0]: found a factor that is no number"),
        ({"facts": [{"coef": {"a": 1}, "lo": 5}]}, "found cells that don't add up (a)"),
        ({"relations": 7}, "relations: found int, expected a list"),
    ],
)
def test_an_unusable_case_is_refused(change: dict[str, Any], found: str) -> None:
    with pytest.raises(InputError) as error:
        cases.parse(json.dumps(GOOD | change))
    assert found in str(error.value)


@pytest.mark.parametrize("text", ["", "[]", "{", "[" * 100_000])
def test_text_that_is_no_case_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="expected one JSON object"):
        cases.parse(text)
