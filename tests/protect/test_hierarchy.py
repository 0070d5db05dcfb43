"""Schools, networks and the whole: attacked with exact bounds, over all questions at once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.errors import InputError, PolicyError
from generator.protect.audit import Places, audit_question, audit_siblings
from generator.protect.hierarchy import Protected, protect
from generator.protect.intervals import intervals
from generator.protect.relations import Relations, sum_row
from generator.protect.tree import Counts, Tree, plant
from generator.protect.withhold import Withheld, withhold

ANSWERS = 3
Name = tuple[int, str, int]  # question, school or node, answer (the last: how many)


@dataclass(frozen=True)
class Survey:
    """Schools' paths, and for each question what was answered, by school."""

    paths: Mapping[str, tuple[str, ...]]
    answers: Sequence[Mapping[str, tuple[int, ...]]]
    min_cell: int
    min_group: int


@dataclass(frozen=True)
class Passed:
    """A survey after the gate."""

    tree: Tree
    counts: list[Counts]
    held: Withheld
    found: list[Protected]


def passed(survey: Survey) -> Passed:
    tree = plant(survey.paths)
    counts = [np.array([one[s] for s in tree.schools], np.int64) for one in survey.answers]
    sizes = np.stack([one.sum(axis=1) for one in counts], axis=1)
    held = withhold(tree, sizes, survey.min_group)
    return Passed(tree, counts, held, [protect(tree, c, held, survey.min_cell) for c in counts])


def audit(survey: Survey, done: Passed) -> None:
    tree, limit = done.tree, survey.min_group
    places = Places(tree.schools, tree.nodes, tree.school_parents, tree.node_parents)
    for counts, found in zip(done.counts, done.found, strict=True):
        worlds = (found.worlds.world, found.worlds.school, found.worlds.change)
        masks = (found.schools, found.nodes)
        audit_question(places, counts, masks, worlds, survey.min_cell, "q")
    sizes = [counts.sum(axis=1) for counts in done.counts]
    audit_siblings(tree.schools, sizes, [found.schools for found in done.found], limit, "q")
    sizes = [tree.sums(counts).sum(axis=1) for counts in done.counts]
    audit_siblings(tree.nodes, sizes, [found.nodes for found in done.found], limit, "q")


def cells(done: Passed) -> Iterator[tuple[Name, int, bool]]:
    """Every published cell: its name, its count, whether it is hidden."""
    for question, (counts, found) in enumerate(zip(done.counts, done.found, strict=True)):
        values = np.concatenate([counts, done.tree.sums(counts)])
        sized = np.concatenate([values, values.sum(axis=1, keepdims=True)], axis=1)
        hidden = np.concatenate([found.schools, found.nodes])
        for row, place in enumerate([*done.tree.schools, *done.tree.nodes]):
            for cell in range(sized.shape[1]):
                yield (question, place, cell), int(sized[row, cell]), bool(hidden[row, cell])


def sums(done: Passed, survey: Survey) -> Iterator[tuple[Name, list[Name]]]:
    """Answers add up to their number, children to their node."""
    tree = done.tree
    parents = {school: path[0] for school, path in survey.paths.items()}
    for node, parent in enumerate(tree.node_parents):
        if parent >= 0:
            parents[tree.nodes[node]] = tree.nodes[parent]
    for question, counts in enumerate(done.counts):
        last = counts.shape[1]
        for place in [*tree.schools, *tree.nodes]:
            yield (question, place, last), [(question, place, a) for a in range(last)]
        for node in tree.nodes:
            children = [child for child, parent in parents.items() if parent == node]
            for cell in range(last + 1):
                yield (question, node, cell), [(question, child, cell) for child in children]


def same_people(done: Passed) -> Iterator[tuple[Name, Name]]:
    """Where nobody skips a question, each school has as many in every question put to it."""
    sizes = [counts.sum(axis=1) for counts in done.counts]
    asked = [[q for q, size in enumerate(sizes) if size[s]] for s in range(len(sizes[0]))]
    if all(len({int(sizes[q][s]) for q in one}) < 2 for s, one in enumerate(asked)):
        for school, one in zip(done.tree.schools, asked, strict=True):
            for q in one[1:]:
                first, last = done.counts[one[0]].shape[1], done.counts[q].shape[1]
                yield (one[0], school, first), (q, school, last)


def attack(survey: Survey, done: Passed) -> list[Name]:
    """What arithmetic gives away, all questions taken together: small cells, or any hidden one."""
    values = {name: value for name, value, _ in cells(done)}
    names = tuple(sorted(values))
    place = {name: i for i, name in enumerate(names)}
    rows = [sum_row(place[t], [place[p] for p in parts]) for t, parts in sums(done, survey)]
    rows += [sum_row(place[one], [place[other]]) for one, other in same_people(done)]
    shown = {place[name]: value for name, value, hidden in cells(done) if not hidden}
    bounds = intervals(Relations(tuple(map(str, names)), tuple(rows)), shown)
    sizes = {name[:2]: values[name[0], name[1], done.counts[name[0]].shape[1]] for name in names}
    safe = {
        name: bounds[place[name]].covers(survey.min_cell)
        if values[name] < survey.min_cell
        else not bounds[place[name]].exact
        for name in names
        if place[name] in bounds
    }
    small = [n for n in names if values[n] < survey.min_cell and sizes[n[:2]]]
    return [name for name in names if not safe.get(name, name not in small)]


@st.composite
def surveys(draw: st.DrawFn, schools: int = 6) -> Survey:
    """Up to six schools in three networks, two regions and the whole, one or two questions.

    Some schools stand below the whole alone; some groups are empty; people may skip a question.
    """
    above = st.sampled_from(
        [("n1", "r1", "all"), ("n2", "r1", "all"), ("n3", "r2", "all"), ("r2", "all"), ("all",)]
    )
    count = st.one_of(st.integers(0, 3), st.integers(0, 12), st.integers(0, 60))
    paths = {f"s{i}": draw(above) for i in range(draw(st.integers(1, schools)))}
    answered = {s: draw(st.tuples(*[count] * draw(st.integers(2, ANSWERS)))) for s in paths}
    widest = max(map(len, answered.values()))
    first = {s: (*row, *[0] * (widest - len(row))) for s, row in answered.items()}
    others = [{s: draw(st.permutations(row)) for s, row in first.items()}]
    skipping = draw(st.booleans())
    for s in paths if not skipping else ():
        others[0][s] = others[0][s] if draw(st.integers(0, 4)) else (0,) * widest
    others += [{s: tuple(max(0, n - draw(st.integers(0, 2))) for n in first[s]) for s in paths}]
    asked = [first, *others[: draw(st.integers(0, 1 + skipping))]]
    min_cell = draw(st.sampled_from([2, 3, 10]))
    group = min_cell + draw(st.sampled_from([0, 0, 5]))
    return Survey(paths, [{s: tuple(r) for s, r in one.items()} for one in asked], min_cell, group)


@settings(max_examples=120, deadline=None)
@given(surveys())
def test_nobody_works_out_what_is_hidden(survey: Survey) -> None:
    done = passed(survey)
    audit(survey, done)
    assert attack(survey, done) == []


@settings(max_examples=40, deadline=None)
@given(surveys(), st.randoms(use_true_random=False))
def test_order_says_nothing_and_twice_is_once(survey: Survey, dealt: object) -> None:
    mixed = replace(survey, paths=dict(reversed(survey.paths.items())))
    one, other = passed(survey), passed(mixed)
    assert list(cells(one)) == list(cells(other))
    for first, second in zip(one.found, other.found, strict=True):
        assert (first.worlds.change == second.worlds.change).all()


@settings(max_examples=40, deadline=None)
@given(surveys(schools=4), st.lists(st.integers(0, 40), min_size=ANSWERS, max_size=ANSWERS))
def test_one_school_more_unprotects_nobody(survey: Survey, counts: list[int]) -> None:
    width = len(next(iter(survey.answers[0].values())))
    more = [dict(one) | {"s-new": tuple(counts[:width])} for one in survey.answers]
    grown = replace(survey, paths=dict(survey.paths) | {"s-new": ("n1", "r1", "all")}, answers=more)
    before = {name: hidden for name, _, hidden in cells(passed(survey))}
    done = passed(grown)
    audit(grown, done)
    assert attack(grown, done) == []
    for name, value, hidden in cells(done):
        if name in before and value < survey.min_cell and name[1] in survey.paths:
            assert hidden == before[name]


@settings(max_examples=40, deadline=None)
@given(surveys())
def test_no_hidden_cell_can_be_shown_again(survey: Survey) -> None:
    """Every hidden cell is small, of a withheld row, or part of a proof that needs it."""
    done = passed(survey)
    for question, found in enumerate(done.found):
        for school, cell in np.argwhere(found.schools).tolist():
            schools = found.schools.copy()
            schools[school, cell] = False
            changed = list(done.found)
            changed[question] = replace(found, schools=schools)
            with pytest.raises(PolicyError):
                audit(survey, replace(done, found=changed))


def test_the_sums_above_stay_where_a_mirror_is_near() -> None:
    survey = Survey(
        {f"s{i}": ("n1" if i < 2 else "n2", "all") for i in range(4)},
        [{"s0": (3, 40, 50), "s1": (30, 40, 50), "s2": (30, 4, 50), "s3": (30, 40, 50)}],
        min_cell=10,
        min_group=10,
    )
    (found,) = passed(survey).found
    assert not found.nodes.any()
    assert found.schools.sum() == 8


def test_a_network_of_one_school_hides_what_the_school_hides() -> None:
    survey = Survey(
        {"s0": ("n1", "all"), "s1": ("n2", "all"), "s2": ("n2", "all")},
        [{"s0": (3, 40, 50), "s1": (30, 40, 50), "s2": (30, 40, 50)}],
        min_cell=10,
        min_group=10,
    )
    done = passed(survey)
    (found,) = done.found
    alone, whole = done.tree.nodes.index("n1"), done.tree.nodes.index("all")
    assert (found.nodes[alone] == found.schools[0]).all()
    assert not found.nodes[whole].any()


def test_a_small_group_takes_another_along_in_all_questions() -> None:
    survey = Survey(
        {f"s{i}": ("n1", "all") for i in range(3)},
        [
            {"s0": (2, 1, 3), "s1": (10, 5, 5), "s2": (80, 70, 90)},
            {"s0": (4, 1, 1), "s1": (12, 4, 4), "s2": (60, 70, 60)},
        ],
        min_cell=10,
        min_group=10,
    )
    done = passed(survey)
    assert done.held.schools.tolist() == [True, True, False]
    assert all(found.schools[:2].all() for found in done.found)
    assert not any(found.nodes.any() for found in done.found)


def test_an_empty_group_is_shown_as_empty() -> None:
    survey = Survey(
        {"s0": ("all",), "s1": ("all",)},
        [{"s0": (0, 0, 0), "s1": (30, 40, 50)}],
        min_cell=10,
        min_group=10,
    )
    (found,) = passed(survey).found
    assert not found.schools.any()


def test_a_node_has_one_place() -> None:
    with pytest.raises(InputError, match="n1 below two others, expected one place for each node"):
        plant({"s0": ("n1", "all"), "s1": ("n1", "elsewhere")})
