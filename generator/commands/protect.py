"""`protect`: private counts → the protected survey and its record in the data folder.

Nothing that it prints tells more than the files that it writes.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from generator.errors import InputError, Problem
from generator.model import Edition, File
from generator.protect.gate import Mask
from generator.protect.panel import Panel

WITNESSES = "witnesses.json"
OWNER_ONLY = 0o600
NO_BASIS = 'Cite the rule, as in basis = "34 CFR 99.31(b)(1)".'


def run(private: Path, data: Path) -> None:
    """Protect the counts in `private` and write them to `data`, both files or none.

    InputError for unusable input, PolicyError where the counts can't be protected.
    """
    from generator.read.private import refuse_work_tree
    from generator.write.beside import write_beside

    refuse_work_tree(private, "private counts")
    made, passed = protect(private, data)
    write_beside(private, [File(WITNESSES, _witnesses(passed))], mode=OWNER_ONLY)
    write_beside(data, made)
    print(f"{data}: wrote {' and '.join(file.path for file in made)}; the audit was passed")


def protect(private: Path, data: Path) -> tuple[list[File], list[tuple[Panel, Mask]]]:
    """What would be written to `data`, and the panels with their masks; touches nothing."""
    from generator.check import check
    from generator.protect.gate import pass_panel
    from generator.protect.panel import panels
    from generator.protect.private import (
        COUNTS_FILE,
        QUESTIONS_FILE,
        parse_counts,
        parse_questions,
    )
    from generator.protect.recode import recode
    from generator.protect.record import files, public_rows
    from generator.read import read
    from generator.read.private import private_place, read_private
    from generator.read.rows import decode

    edition, raw = read(data)
    # The survey that stands there may be of an older policy: it is what we are about to replace.
    others = {name: table for name, table in raw.items() if table.table.kind != "survey"}
    checked = check(others, edition)
    refuse_unready(edition, data)
    policy, schools = edition.policy, checked["schools"].frame
    where = private_place(private, QUESTIONS_FILE)
    text = decode(read_private(private, QUESTIONS_FILE), where)
    questions = parse_questions(text, where, policy)
    known = set(checked["sources"].frame["source_id"])
    if strange := sorted(one.id for one in questions.values() if one.source_id not in known):
        wanted = "a value of source_id in sources.csv"
        raise InputError(
            [
                Problem(where, 0, f"{name}.source_id", "an unknown source", wanted)
                for name in strange
            ]
        )
    content = read_private(private, COUNTS_FILE)
    place = private_place(private, COUNTS_FILE)
    counts = parse_counts(content, place, questions, policy, schools["school_id"])
    networks = dict(zip(schools["school_id"], schools["network"].fillna(""), strict=True))
    passed = [
        (panel, pass_panel(panel, policy))
        for panel in panels(recode(counts, questions, policy), questions, policy, networks)
    ]
    rows = public_rows(passed, questions)
    made = files(rows, questions.values(), policy)
    return [File(name, content) for name, content in made], passed


def refuse_unready(edition: Edition, data: Path) -> None:
    """Raise InputError where the policy lacks what a survey needs."""
    policy, where = edition.policy, f"{data.resolve().name}/site.toml"
    lacking = {
        "policy.basis": (policy.basis, "the rule that the policy rests on", NO_BASIS),
        "policy.groups": (policy.groups, "published groups", "Name them, with those they join."),
        "policy.ladders": (policy.ladders, "ladders of answers", "Add [policy.ladders.…]."),
    }
    if problems := [
        Problem(where, 0, key, "nothing", wanted, hint)
        for key, (value, wanted, hint) in lacking.items()
        if not value
    ]:
        raise InputError(problems)


def _witnesses(passed: Iterable[tuple[Panel, Mask]]) -> bytes:
    """The proof, for the maintainer alone: it tells the counts."""
    told = [_panel_witnesses(panel, mask) for panel, mask in passed]
    return (json.dumps(told, separators=(",", ":")) + "\n").encode()


def _panel_witnesses(panel: Panel, mask: Mask) -> Mapping[str, object]:
    worlds = {
        name: [one.world.tolist(), one.school.tolist(), one.change.tolist()]
        for name, one in mask.worlds.items()
    }
    return {"school_year": panel.school_year, "group": panel.group, "worlds": worlds}
