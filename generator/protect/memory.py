"""What was once shown stays known: new counts of a released panel, audited beside the old ones.

The unit is a panel, all questions of one group and year. New counts take its place only if every
count, hidden ones and sums too, changed by nobody or by `min_cell` people and more, and if the
proof holds although what a release showed, and what did not change since, is known. Otherwise the
released rows stay as they are.
"""

import csv
import hashlib
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from generator.check.protection import parse_record
from generator.errors import PolicyError
from generator.model import Policy, Release
from generator.protect.gate import Mask, prove
from generator.protect.hierarchy import Worlds
from generator.protect.panel import Panel, places_of
from generator.protect.tree import plant

Flags = NDArray[np.bool_]
Counts = Mapping[tuple[str, str, str], int]  # place, question, answer → people
SURVEY, RECORD = "survey_answers.csv", "protection.json"
MEMORY = ("school_year", "respondent_group", "place", "question", "answer", "count")
POLICY_KEYS = ("min_cell", "min_group", "totals", "groups")


@dataclass(frozen=True)
class Version:
    """A panel as a release published it: its rows as text cells, the policy of its record.

    `counts` are those behind it, private; None where the private folder does not hold them.
    """

    release: str
    rows: pd.DataFrame
    policy: Mapping[str, object]
    counts: Counts | None
    networks: Mapping[str, str]


def counts_of(panel: Panel) -> dict[tuple[str, str, str], int]:
    """The counts of a panel by place, for schools that were asked."""
    return {
        (place, question, answer): int(count)
        for question in panel.counts
        for place, numbers in places_of(panel, question)
        for answer, count in zip(panel.answers[question], numbers, strict=True)
    }


def released(
    releases: Iterable[Release], remembered: Callable[[str], bytes | None]
) -> dict[tuple[str, str], tuple[Version, ...]]:
    """What releases published of each school year and group, oldest first.

    `remembered` gives the counts behind a published survey by the SHA-256 of its file, as
    `memory_csv` wrote them. Raises PolicyError for a survey that was released without its record.
    """
    found: dict[tuple[str, str], tuple[Version, ...]] = {}
    for release in releases:
        files = {file.path: file.content for file in release.files}
        if SURVEY not in files:
            continue
        record = parse_record(files.get(RECORD, b"").decode(errors="replace"))
        if record is None:
            raise PolicyError(f"release {release.id}: a survey without its protection record.")
        behind = _counts_behind(remembered(hashlib.sha256(files[SURVEY]).hexdigest()))
        rows = _frame(files[SURVEY])
        schools = _frame(files["schools.csv"])
        networks = dict(zip(schools["school_id"], schools["network"], strict=True))
        for (year, group), part in rows.groupby(["school_year", "respondent_group"], sort=True):
            key = str(year), str(group)
            counts = behind.get(key)
            version = Version(release.id, part, record["policy"], counts, networks)
            found[key] = (*found.get(key, ()), version)
    return found


def memory_csv(counts: Mapping[tuple[str, str], Counts]) -> bytes:
    """The counts behind what is published, by school year and group; private."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(MEMORY)
    for panel in sorted(counts):
        for cell in sorted(counts[panel]):
            writer.writerow((*panel, *cell, counts[panel][cell]))
    return out.getvalue().encode()


def _counts_behind(content: bytes | None) -> dict[tuple[str, str], dict[tuple[str, str, str], int]]:
    found: dict[tuple[str, str], dict[tuple[str, str, str], int]] = {}
    for year, group, place, question, answer, count in (
        _frame(content).itertuples(index=False, name=None) if content else ()
    ):
        found.setdefault((year, group), {})[place, question, answer] = int(count)
    return found


def _frame(content: bytes) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False)


def may_replace(
    panel: Panel, mask: Mask, versions: Sequence[Version], policy: Policy
) -> Mask | None:
    """The mask under which the new counts may take the place of every released version.

    None where the released rows have to stay. Raises PolicyError where they can't stay either:
    under another policy, and beside a question that no release holds.
    """
    for version in versions:
        _refuse_other_rule(panel, version, policy)
    found: Mask | None = mask
    for version in versions:
        found = _beside(panel, found, version, policy) if found else None
    return found


def as_kept(version: Version) -> list[tuple[str, ...]]:
    """The rows of a version as they stay, each with the release that it is from."""
    rows = version.rows.copy()
    rows["as_released"] = rows["as_released"].where(rows["as_released"] != "", version.release)
    return [tuple(row) for row in rows.itertuples(index=False, name=None)]


def _refuse_other_rule(panel: Panel, version: Version, policy: Policy) -> None:
    where = f"{panel.school_year}, {panel.group}: released on {version.release}"
    now = policy.as_json()
    ladders: Any = version.policy.get("ladders", {})
    if any(version.policy.get(key) != now[key] for key in POLICY_KEYS) or any(
        now["ladders"].get(name) != ladder for name, ladder in ladders.items()
    ):
        hint = "What was shown stays known. Keep the policy, or leave the year out."
        raise PolicyError(f"{where} under another policy. {hint} Nothing was written.")
    answers = {
        name: tuple(dict.fromkeys(part["answer"]))
        for name, part in version.rows.groupby("question_id", sort=True)
    }
    if {name: set(told) for name, told in answers.items()} != {
        name: set(told) for name, told in panel.answers.items()
    }:
        hint = "The same people would be told twice. Leave the new ones out."
        raise PolicyError(f"{where} with other questions or answers. {hint} Nothing was written.")


def _beside(panel: Panel, mask: Mask, version: Version, policy: Policy) -> Mask | None:
    """The mask with what stays hidden from the version; None where the version has to stay."""
    new, old = counts_of(panel), version.counts
    same_paths = all(
        version.networks.get(school, "") == _network(panel.paths[school])
        for school in panel.schools
    )
    if old is None or new.keys() != old.keys() or not same_paths:
        return None
    shown_before = _shown(version.rows)
    if not _changes_are_large(new, old, policy.min_cell):
        return None
    joint = _joint(panel, mask, old, shown_before)
    if not _shows_a_change(panel, joint, old, shown_before):
        return None
    try:
        prove(panel, _known(panel, joint, old, shown_before), policy)
        prove(panel, joint, policy)
    except PolicyError:
        return None
    return joint


def _network(path: Sequence[str]) -> str:
    return next((node.partition(":")[2] for node in path if ":" in node), "")


def _sized(counts: Counts) -> dict[tuple[str, str, str], int]:
    """The counts, and how many answered under the answer ""."""
    found = dict(counts)
    for (place, question, _), count in counts.items():
        found[place, question, ""] = found.get((place, question, ""), 0) + count
    return found


def _changes_are_large(new: Counts, old: Counts, min_cell: int) -> bool:
    before, after = _sized(old), _sized(new)
    changes = (abs(after[cell] - before[cell]) for cell in after)
    return all(change == 0 or change >= min_cell for change in changes)


def _shown(rows: pd.DataFrame) -> set[tuple[str, str, str]]:
    """The cells that a release showed."""
    places = rows["school_id"] + rows["network"].map(lambda name: f"network:{name}" if name else "")
    places = places.where(rows["level"] != "whole", "whole")
    counts = zip(places, rows["question_id"], rows["answer"], rows["count"], strict=True)
    sizes = zip(places, rows["question_id"], rows["n"], strict=True)
    found = {(place, question, answer) for place, question, answer, count in counts if count}
    return found | {(place, question, "") for place, question, n in sizes if n}


def _each(panel: Panel, question: str) -> Iterable[tuple[bool, int, str]]:
    """The rows of the masks of a question: is it a node, its place in the mask, its name."""
    nodes = plant(panel.paths).nodes
    yield from ((False, at, name) for at, name in enumerate(panel.schools))
    yield from ((True, at, name) for at, name in enumerate(nodes))


def _flags(
    panel: Panel, old: Counts, shown: set[tuple[str, str, str]]
) -> Mapping[str, tuple[tuple[Flags, Flags], tuple[Flags, Flags]]]:
    """By question, for schools and nodes: cells that did not change and were hidden, or shown."""
    before, after = _sized(old), _sized(counts_of(panel))
    found = {}
    for question, counts in panel.counts.items():
        answers = (*panel.answers[question], "")
        sizes = (len(panel.schools), len(plant(panel.paths).nodes))
        hidden, seen = (
            (np.zeros((sizes[0], counts.shape[1] + 1), bool),
             np.zeros((sizes[1], counts.shape[1] + 1), bool))
            for _ in range(2)
        )  # fmt: skip
        for is_node, at, place in _each(panel, question):
            for column, answer in enumerate(answers):
                cell = (place, question, answer)
                if cell in after and before[cell] == after[cell]:
                    (seen if cell in shown else hidden)[is_node][at, column] = True
        found[question] = (hidden, seen)
    return found


def _joint(panel: Panel, mask: Mask, old: Counts, shown: set[tuple[str, str, str]]) -> Mask:
    """With what was hidden and did not change hidden still: else it would tell the release's."""
    flags = _flags(panel, old, shown)
    return replace(
        mask,
        school_flags={name: mask.school_flags[name] | flags[name][0][0] for name in panel.counts},
        node_flags={name: mask.node_flags[name] | flags[name][0][1] for name in panel.counts},
    )


def _known(panel: Panel, mask: Mask, old: Counts, shown: set[tuple[str, str, str]]) -> Mask:
    """What is left hidden for a reader of the release, and the worlds that keep to it."""
    flags = _flags(panel, old, shown)
    schools = {name: mask.school_flags[name] & ~flags[name][1][0] for name in panel.counts}
    nodes = {name: mask.node_flags[name] & ~flags[name][1][1] for name in panel.counts}
    worlds = {
        name: _within(panel, mask.worlds[name], schools[name], nodes[name]) for name in panel.counts
    }
    return replace(mask, school_flags=schools, node_flags=nodes, worlds=worlds)


def _within(panel: Panel, worlds: Worlds, schools: Flags, nodes: Flags) -> Worlds:
    """The worlds that change nothing but hidden cells."""
    tree = plant(panel.paths)
    kept = []
    for world in np.unique(worlds.world):
        entries = worlds.world == world
        change = np.zeros((len(panel.schools), worlds.change.shape[1]), np.int64)
        change[worlds.school[entries]] = worlds.change[entries]
        above = tree.sums(change)
        full = [np.concatenate([one, one.sum(axis=1, keepdims=True)], axis=1) for one in
                (change, above)]  # fmt: skip
        if not ((full[0] != 0) & ~schools).any() and not ((full[1] != 0) & ~nodes).any():
            kept.append(world)
    entries = np.isin(worlds.world, kept)
    return Worlds(worlds.world[entries], worlds.school[entries], worlds.change[entries])


def _shows_a_change(
    panel: Panel, mask: Mask, old: Counts, shown: set[tuple[str, str, str]]
) -> bool:
    """Whether a cell that both show changed: if none did, a reader would take all for the same."""
    before, after = _sized(old), _sized(counts_of(panel))
    for question in panel.counts:
        both = mask.school_flags[question], mask.node_flags[question]
        for is_node, at, place in _each(panel, question):
            for column, answer in enumerate((*panel.answers[question], "")):
                cell = (place, question, answer)
                open_ = cell in shown and cell in after and not both[is_node][at, column]
                if open_ and before[cell] != after[cell]:
                    return True
    return False
