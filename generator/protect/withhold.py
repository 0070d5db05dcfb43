"""Which rows are withheld whole: groups too small to be shown, and the fewest more against sums.

A row is a school's, network's or district's answers of one group and year. It is withheld in all
questions or in none, since the same people answer them: a sibling question would tell how many.

For the same reason schools that weren't asked the same questions can't stand in for each other:
what one question counts more than another is how many are in the schools that only it was put to.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generator.protect.tree import NO_NODE, Counts, Tree

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Withheld:
    """By school and by node: whether the row is withheld.

    `kinds` [schools]: withheld schools of one kind can stand in for each other.
    """

    schools: Flags
    nodes: Flags
    kinds: Counts


def withhold(tree: Tree, sizes: Counts, limit: int) -> Withheld:
    """`sizes` is [schools, questions]: how many answered.

    Afterwards each shown node has, in each question, no withheld child that anyone answered for,
    or two or more with `limit` answers between them: then each of them could have all or none.
    """
    kinds = _kinds(sizes)
    work = _Work(tree, _by_kind(sizes, kinds) if kinds.any() else sizes, limit)
    for node in range(len(tree.nodes)):
        work.settle(node)
    return Withheld(work.schools, work.nodes, kinds)


def _kinds(sizes: Counts) -> Counts:
    """A number for each choice of questions that a school's people answered.

    All 0 where people skip questions: then nobody can tell who is in one and not in another.
    """
    answered, most = sizes > 0, sizes.max(axis=1, keepdims=True, initial=0)
    if not ((sizes == most) | ~answered).all():
        return np.zeros(len(sizes), np.int64)
    _, kinds = np.unique(answered[:, ::-1], axis=0, return_inverse=True)
    return np.array(kinds, np.int64).reshape(len(sizes))


def _by_kind(sizes: Counts, kinds: Counts) -> Counts:
    """[schools, kinds]: everyone counted in the school's kind alone."""
    found = np.zeros((len(sizes), int(kinds.max()) + 1), np.int64)
    found[np.arange(len(sizes)), kinds] = sizes.max(axis=1)
    return found


class _Work:
    def __init__(self, tree: Tree, sizes: Counts, limit: int) -> None:
        self.sizes, self.limit = sizes, limit
        self.sums = tree.sums(sizes)
        self.schools = _small(sizes, limit)
        self.nodes = _small(self.sums, limit)
        self.school_children: list[list[int]] = [[] for _ in tree.nodes]
        self.node_children: list[list[int]] = [[] for _ in tree.nodes]
        for school, parent in enumerate(tree.school_parents):
            if parent != NO_NODE:
                self.school_children[parent].append(school)
        for node, parent in enumerate(tree.node_parents):
            if parent != NO_NODE:
                self.node_children[parent].append(node)
        # How many people stand in a node's withheld schools that hidden nodes join to it.
        self.movable = np.zeros_like(self.sums)
        self.joined = np.zeros_like(self.sums)

    def settle(self, node: int) -> None:
        """Withhold more children until the rule holds; without any left, the node itself."""
        self._count(node)
        while not self.nodes[node]:
            lacking = (self.joined[node] > 0) & (
                (self.joined[node] < 2) | (self.movable[node] < self.limit)
            )
            if not lacking.any():
                return
            if not self._withhold_child(node, lacking):
                self.nodes[node] = True
            self._count(node)
        self._open_up(node)

    def _count(self, node: int) -> None:
        amounts = [self.sizes[school] for school in self._held_schools(node)]
        amounts += [self.movable[child] for child in self.node_children[node] if self.nodes[child]]
        joined = np.array(amounts, np.int64).reshape(len(amounts), self.sizes.shape[1])
        self.movable[node] = joined.sum(axis=0)
        self.joined[node] = (joined > 0).sum(axis=0)

    def _held_schools(self, node: int) -> Iterator[int]:
        return (school for school in self.school_children[node] if self.schools[school])

    def _withhold_child(self, node: int, lacking: Flags) -> bool:
        """Withhold the smallest child that helps: a school before a network. False: none does."""
        schools = [s for s in self.school_children[node] if not self.schools[s]]
        nodes = [n for n in self.node_children[node] if not self.nodes[n]]
        school = _smallest(schools, self.sizes, lacking)
        if school is not None:
            self.schools[school] = True
            return True
        child = _smallest(nodes, self.sums, lacking)
        if child is None:
            return False
        self.nodes[child] = True
        self._open_up(child)
        return True

    def _open_up(self, node: int) -> None:
        """A withheld sum that its parts give away is none: withhold a part in each question."""
        self._count(node)
        while not self._is_joined(node).all():
            if not self._withhold_child(node, ~self._is_joined(node)):
                return
            self._count(node)

    def _is_joined(self, node: int) -> Flags:
        return np.array((self.sums[node] == 0) | (self.joined[node] > 0), bool)


def _small(sizes: Counts, limit: int) -> Flags:
    return np.array(((sizes > 0) & (sizes < limit)).any(axis=1), bool)


def _smallest(places: Sequence[int], sizes: Counts, lacking: Flags) -> int | None:
    useful = [place for place in places if (sizes[place] * lacking).any()]
    return min(useful, key=lambda place: (int(sizes[place].sum()), place), default=None)
