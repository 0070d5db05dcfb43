"""The audit believes nothing: every way in which a proof can be wrong is refused."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from generator.errors import PolicyError
from generator.protect.audit import Places, audit_question, audit_siblings, audit_table
from generator.protect.hierarchy import Protected, Worlds, protect
from generator.protect.tree import plant
from generator.protect.withhold import withhold

COUNTS = {"a": 2, "b": 20, "all": 22}
TIES = [({"all": -1, "a": 1, "b": 1}, 0, 0), ({"a": 1}, None, 40)]
WORLDS = [{"a": -2, "b": 2}, {"a": 8, "b": -8}]


def test_a_table_with_a_proof_passes() -> None:
    audit_table(COUNTS, TIES, {"a", "b"}, {"a"}, WORLDS, 10)


@pytest.mark.parametrize(
    ("hidden", "worlds", "found"),
    [
        ("b", WORLDS, "a: a small count is shown"),
        ("a", WORLDS, "witness 0: a cell that is shown changes"),
        ("ab", WORLDS[1:], "a: no witness has nobody there"),
        ("ab", WORLDS[:1], "a: no witness reaches the limit"),
        ("ab", [*WORLDS, {"a": -3, "b": 3}], "witness 2: a falls below 0"),
        ("ab", [*WORLDS, {"a": 1}], "witness 2: a relation is broken (a, all, b)"),
        ("ab", [*WORLDS, {"a": 1.0, "b": -1.0}], "witness 2: not whole numbers"),
        ("ab", [*WORLDS, {"c": 1}], "witness 2: a cell that is shown changes"),
    ],
)
def test_a_table_without_proof_is_refused(
    hidden: str, worlds: list[dict[str, int]], found: str
) -> None:
    with pytest.raises(PolicyError) as error:
        audit_table(COUNTS, TIES, set(hidden), {"a"}, worlds, 10)
    assert found in str(error.value)


@pytest.mark.parametrize("counts", [COUNTS | {"a": 2.0}, COUNTS | {"a": True}])
def test_counts_are_whole_numbers(counts: dict[str, int]) -> None:
    with pytest.raises(PolicyError, match="the counts: not whole numbers"):
        audit_table(counts, TIES, {"a", "b"}, {"a"}, WORLDS, 10)


def test_counts_keep_their_own_relations() -> None:
    with pytest.raises(PolicyError, match="the counts: a relation is broken"):
        audit_table(COUNTS | {"all": 21}, TIES, {"a", "b"}, {"a"}, WORLDS, 10)


TREE = plant({f"school-{i}": ("north", "whole") for i in range(4)} | {"school-9": ("whole",)})
PLACES = Places(TREE.schools, TREE.nodes, TREE.school_parents, TREE.node_parents)
ANSWERED = np.array([[3, 20, 20], [30, 4, 30], [30, 30, 30], [0, 0, 0], [2, 1, 4]], np.int64)


def proof() -> Protected:
    held = withhold(TREE, ANSWERED.sum(axis=1, keepdims=True), 10)
    return protect(TREE, ANSWERED, held, 10)


def audit(found: Protected, counts: np.ndarray = ANSWERED, places: Places = PLACES) -> None:  # type: ignore[type-arg]
    worlds = (found.worlds.world, found.worlds.school, found.worlds.change)
    audit_question(places, counts, (found.schools, found.nodes), worlds, 10, "a question")


def test_a_question_with_a_proof_passes() -> None:
    audit(proof())


def shown(name: str, cell: int) -> Callable[[Protected], Protected]:
    def change(found: Protected) -> Protected:
        schools = found.schools.copy()
        schools[TREE.schools.index(name), cell] = False
        return replace(found, schools=schools)

    return change


def changed(entry: int, by: list[int]) -> Callable[[Protected], Protected]:
    def change(found: Protected) -> Protected:
        changes = found.worlds.change.copy()
        changes[entry] += np.array(by)
        return replace(found, worlds=replace(found.worlds, change=changes))

    return change


def only(first: int) -> Callable[[Protected], Protected]:
    def change(found: Protected) -> Protected:
        kept = found.worlds.world < first
        worlds = found.worlds
        return replace(
            found, worlds=Worlds(worlds.world[kept], worlds.school[kept], worlds.change[kept])
        )

    return change


def twice(found: Protected) -> Protected:
    worlds = found.worlds
    again = [np.concatenate([part, part]) for part in (worlds.world, worlds.school, worlds.change)]
    return replace(found, worlds=Worlds(*again))


def in_parts(found: Protected) -> Protected:
    worlds = found.worlds
    return replace(found, worlds=replace(worlds, change=worlds.change.astype(np.float64)))


def emptied(found: Protected) -> Protected:
    schools = found.schools.copy()
    schools[TREE.schools.index("school-3")] = True
    return replace(found, schools=schools)


def narrower(found: Protected) -> Protected:
    return replace(found, schools=found.schools[:, :-1])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (shown("school-0", 0), "school-0: a small count is shown"),
        (shown("school-9", 3), "school-9: a small count is shown"),
        (changed(0, [-90, 90, 0]), "a witness falls below 0"),
        (changed(0, [0, 0, 1]), "a witness changes a cell that is shown"),
        (only(0), "no witness has nobody there"),
        (twice, "a school twice in one world"),
        (in_parts, "not whole numbers"),
        (emptied, "school-3: a row that nobody answered is hidden"),
        (narrower, "another shape than the counts"),
    ],
)
def test_a_question_without_proof_is_refused(
    change: Callable[[Protected], Protected], said: str
) -> None:
    with pytest.raises(PolicyError) as error:
        audit(change(proof()))
    assert said in str(error.value)
    assert str(error.value).startswith("a question, ")


def test_a_question_has_counts() -> None:
    with pytest.raises(PolicyError, match="the counts: not whole numbers from 0"):
        audit(proof(), ANSWERED - 1)
    with pytest.raises(PolicyError, match="the counts: not whole numbers from 0"):
        audit(proof(), ANSWERED.astype(np.float64))


def test_children_stand_before_their_nodes() -> None:
    wrong = replace(PLACES, node_parents=(-1, 0))
    with pytest.raises(PolicyError, match="a node stands before its children"):
        audit(proof(), places=wrong)


def test_a_refusal_says_no_number() -> None:
    with pytest.raises(PolicyError) as error:
        audit(shown("school-0", 0)(proof()))
    assert str(error.value) == (
        "a question, school-0: a small count is shown; nothing was written."
    )


HIDDEN, SHOWN = [True, True, True], [False, True, False]


@pytest.mark.parametrize(
    ("sizes", "flags", "said"),
    [
        ([30, 30], [HIDDEN, SHOWN], "Ash: withheld in one question, shown in another"),
        ([30, 9], [SHOWN, SHOWN], "Ash: a group below the limit is shown"),
        ([30, 30], [[True, False, True], HIDDEN], "Ash: a cell is shown of a row that is withheld"),
    ],
)
def test_a_sibling_question_gives_nothing_away(
    sizes: list[int], flags: list[list[bool]], said: str
) -> None:
    arrays = [np.array([size]) for size in sizes], [np.array([one]) for one in flags]
    with pytest.raises(PolicyError, match=f"2021 staff, {said}"):
        audit_siblings(["Ash"], *arrays, 10, "2021 staff")


@pytest.mark.parametrize(
    ("sizes", "flags"),
    [([30, 30], [SHOWN, SHOWN]), ([9, 0], [HIDDEN, [False] * 3]), ([4, 30], [HIDDEN, HIDDEN])],
)
def test_questions_that_say_the_same_pass(sizes: list[int], flags: list[list[bool]]) -> None:
    arrays = [np.array([size]) for size in sizes], [np.array([one]) for one in flags]
    audit_siblings(["Ash"], *arrays, 10, "2021 staff")
