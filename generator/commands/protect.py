"""`protect`: private counts → the protected survey and its record in the data folder.

Nothing that it prints tells more than the files that it writes.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from generator.errors import InputError, PolicyError, Problem
from generator.model import CheckedTable, Edition, File, Policy
from generator.protect.gate import Mask
from generator.protect.panel import Panel
from generator.protect.private import Question

WITNESSES, KEPT, MEMORY = "witnesses.json", "kept", "memory"
OWNER_ONLY = 0o600
NO_BASIS = 'Cite the rule, as in basis = "34 CFR 99.31(b)(1)".'


def run(private: Path, data: Path) -> None:
    """Protect the counts in `private` and write them to `data`, both files or none.

    InputError for unusable input, PolicyError where the counts can't be protected.
    """
    from generator.read.private import refuse_work_tree
    from generator.write.beside import write_beside

    refuse_work_tree(private, "private counts")
    made = protect(private, data)
    write_beside(private / KEPT, made.kept, mode=OWNER_ONLY)
    write_beside(private / MEMORY, [made.memory], mode=OWNER_ONLY)
    write_beside(private, [File(WITNESSES, _witnesses(made.passed))], mode=OWNER_ONLY)
    write_beside(data, made.files)
    print(f"{data}: wrote {' and '.join(one.path for one in made.files)}; the audit was passed")


@dataclass(frozen=True)
class Made:
    """What would be written: `files` to the data folder, the rest to the private one.

    `passed` are the panels that were protected anew, with their masks; `memory` are the counts
    behind the files, `kept` the masks to be kept for the next run.
    """

    files: tuple[File, ...]
    passed: tuple[tuple[Panel, Mask], ...]
    memory: File
    kept: tuple[File, ...]


def protect(private: Path, data: Path) -> Made:
    """What would be written; touches nothing."""
    from generator.check import check
    from generator.protect.panel import panels
    from generator.protect.recode import recode
    from generator.read import read

    edition, raw = read(data)
    # The survey that stands there may be of an older policy: it is what we are about to replace.
    others = {name: table for name, table in raw.items() if table.table.kind != "survey"}
    checked = check(others, edition)
    refuse_unready(edition, data)
    policy, schools = edition.policy, checked["schools"].frame
    questions, counts = read_counts(private, policy, checked)
    networks = dict(zip(schools["school_id"], schools["network"].fillna(""), strict=True))
    found = panels(recode(counts, questions, policy), questions, policy, networks)
    return release_beside(private, data, tuple(found), questions, policy)


def read_counts(
    private: Path, policy: Policy, checked: Mapping[str, CheckedTable]
) -> tuple[Mapping[str, Question], pd.DataFrame]:
    """The questions and the counts of the private folder; InputError with what is wrong."""
    from generator.protect.private import (
        COUNTS_FILE,
        QUESTIONS_FILE,
        parse_counts,
        parse_questions,
    )
    from generator.read.private import private_place, read_private
    from generator.read.rows import decode

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
    place, schools = private_place(private, COUNTS_FILE), checked["schools"].frame["school_id"]
    return questions, parse_counts(content, place, questions, policy, schools)


def release_beside(
    private: Path,
    data: Path,
    found: Sequence[Panel],
    questions: Mapping[str, Question],
    policy: Policy,
) -> Made:
    """The panels protected, those that were released beside what releases said of them."""
    from generator.protect.kept import key_of, to_bytes
    from generator.protect.memory import as_kept, counts_of, may_replace, memory_csv, released
    from generator.protect.record import files, public_rows, refuse_telling
    from generator.read.releases import read_releases

    versions = released(read_releases(data), lambda digest: remembered(private, digest))
    passed, kept_rows, behind, masks = [], list[tuple[str, ...]](), {}, []
    for panel in found:
        mask = decided(private, panel, policy)
        masks.append(File(f"{key_of(panel, policy)}.npz", to_bytes(mask)))
        key = panel.school_year, panel.group
        before = versions.get(key, ())
        joint = may_replace(panel, mask, before, policy)
        if joint:
            refuse_telling(panel, joint, questions)
            passed.append((panel, joint))
            behind[key] = counts_of(panel)
        else:
            kept_rows += as_kept(before[-1])
            if before[-1].counts is not None:
                behind[key] = dict(before[-1].counts)
    rows = public_rows(passed, questions, kept_rows)
    made = [File(*file) for file in files(rows, questions.values(), policy)]
    name = hashlib.sha256(made[0].content).hexdigest()
    return Made(tuple(made), tuple(passed), File(f"{name}.csv", memory_csv(behind)), tuple(masks))


def decided(private: Path, panel: Panel, policy: Policy) -> Mask:
    """The mask of the panel, kept from an earlier run or decided anew; audited either way."""
    from generator.protect.gate import decide, prove
    from generator.protect.kept import from_bytes, key_of

    path = private / KEPT / f"{key_of(panel, policy)}.npz"
    mask = from_bytes(path.read_bytes(), panel) if path.is_file() else None
    if mask:
        try:
            prove(panel, mask, policy)
            return mask
        except PolicyError:
            pass  # a mask that someone changed: decide anew
    mask = decide(panel, policy)
    prove(panel, mask, policy)
    return mask


def remembered(private: Path, digest: str) -> bytes | None:
    """The counts behind a published file by its SHA-256, where the private folder holds them."""
    path = private / MEMORY / f"{digest}.csv"
    return path.read_bytes() if path.is_file() else None


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
