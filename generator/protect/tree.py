"""Where schools belong: school → network or district → whole, any number of steps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generator.errors import InputError, Problem

Counts = NDArray[np.int64]
NO_NODE = -1


@dataclass(frozen=True)
class Tree:
    """Schools by id, nodes with children before parents; parents are places in `nodes`, or −1."""

    schools: tuple[str, ...]
    nodes: tuple[str, ...]
    school_parents: tuple[int, ...]
    node_parents: tuple[int, ...]

    def path(self, node: int) -> tuple[int, ...]:
        """The node and all above it."""
        found = []
        while node != NO_NODE:
            found.append(node)
            node = self.node_parents[node]
        return tuple(found)

    def sums(self, counts: Counts) -> Counts:
        """[schools, cells] → [nodes, cells]."""
        found = np.zeros((len(self.nodes), counts.shape[1]), np.int64)
        parents = np.array(self.school_parents, np.int64)
        np.add.at(found, parents[parents != NO_NODE], counts[parents != NO_NODE])
        for node, parent in enumerate(self.node_parents):
            if parent != NO_NODE:
                found[parent] += found[node]
        return found


def plant(paths: Mapping[str, Sequence[str]]) -> Tree:
    """The tree of each school's nodes, nearest first.

    Raises `InputError` where a node stands below two others: sums over it would be ambiguous.
    """
    parents: dict[str, str | None] = {}
    problems = []
    for school, path in sorted(paths.items()):
        for node, parent in zip(path, [*path[1:], None], strict=False):
            if parents.setdefault(node, parent) != parent:
                problems.append(_two_parents(school, node))
    if problems:
        raise InputError(problems)
    nodes = sorted(parents, key=lambda node: (-_depth(node, parents), node))
    place = {node: i for i, node in enumerate(nodes)}
    schools = tuple(sorted(paths))
    return Tree(
        schools,
        tuple(nodes),
        tuple(place[paths[school][0]] if paths[school] else NO_NODE for school in schools),
        tuple(_place(parents[node], place) for node in nodes),
    )


def _place(node: str | None, place: Mapping[str, int]) -> int:
    return NO_NODE if node is None else place[node]


def _depth(node: str, parents: Mapping[str, str | None]) -> int:
    depth, above = 0, parents[node]
    while above is not None and depth <= len(parents):
        depth, above = depth + 1, parents[above]
    return depth


def _two_parents(school: str, node: str) -> Problem:
    return Problem(
        f"the path of school {school}", 0, "", f"{node} below two others", "one place for each node"
    )
