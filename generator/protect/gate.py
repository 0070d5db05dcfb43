"""One panel through the gate: what to hide in each of its questions, decided and then proved."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generator.model import Policy
from generator.protect.audit import Places, audit_question, audit_siblings
from generator.protect.hierarchy import Worlds, protect
from generator.protect.panel import Panel
from generator.protect.tree import plant
from generator.protect.withhold import withhold

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Mask:
    """What is hidden, by question: [places, answers + 1], the last column how many answered.

    `nodes` are the places above schools, children first. `worlds` are the proof: secret.
    """

    nodes: tuple[str, ...]
    school_flags: Mapping[str, Flags]
    node_flags: Mapping[str, Flags]
    worlds: Mapping[str, Worlds]


def pass_panel(panel: Panel, policy: Policy) -> Mask:
    """The mask of a panel. Raises PolicyError, place and kind alone, where there is no proof."""
    mask = decide(panel, policy)
    prove(panel, mask, policy)
    return mask


def decide(panel: Panel, policy: Policy) -> Mask:
    """What to hide, and the worlds that are to prove it; `prove` looks whether they do."""
    tree = plant(panel.paths)
    names = tuple(panel.counts)
    sizes = np.stack([panel.counts[name].sum(axis=1) for name in names], axis=1)
    held = withhold(tree, sizes, policy.min_group)
    found = {name: protect(tree, panel.counts[name], held, policy.min_cell) for name in names}
    return Mask(
        tree.nodes,
        {name: one.schools for name, one in found.items()},
        {name: one.nodes for name, one in found.items()},
        {name: one.worlds for name, one in found.items()},
    )


def prove(panel: Panel, mask: Mask, policy: Policy) -> None:
    """Raise PolicyError, place and kind alone, unless the mask's worlds prove it."""
    tree = plant(panel.paths)
    places = Places(tree.schools, tree.nodes, tree.school_parents, tree.node_parents)
    for name, worlds in mask.worlds.items():
        audit_question(
            places,
            panel.counts[name],
            (mask.school_flags[name], mask.node_flags[name]),
            (worlds.world, worlds.school, worlds.change),
            policy.min_cell,
            f"{name}, {panel.school_year}, {panel.group}",
        )
    audit_siblings(
        (*tree.schools, *tree.nodes),
        [_all_sizes(tree.sums(counts), counts) for counts in panel.counts.values()],
        [np.concatenate([mask.school_flags[name], mask.node_flags[name]]) for name in panel.counts],
        policy.min_group,
        f"{panel.school_year}, {panel.group}",
    )


def _all_sizes(nodes: NDArray[np.int64], schools: NDArray[np.int64]) -> NDArray[np.int64]:
    sizes: NDArray[np.int64] = np.concatenate([schools.sum(axis=1), nodes.sum(axis=1)])
    return sizes
