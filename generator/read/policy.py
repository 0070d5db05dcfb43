"""`[policy]` of site.toml → a Policy; a ladder that loses an answer is refused like a wrong key."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, TypeGuard, get_args

from generator.errors import Problem
from generator.model import Ladder, Level, Policy
from generator.read.cells import quoted
from generator.read.rows import nearest

LEVELS: tuple[Level, ...] = get_args(Level)
LEAST_MIN_CELL = 2
LADDER_KEYS = ("answers", "steps", "step")
FEWEST = 2
ONCE = "each of them in exactly one class"


def is_texts(value: Any) -> TypeGuard[list[str]]:
    """A list of different words, none empty."""
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(one, str) and one == one.strip() != "" for one in value)
        and all(one.isprintable() for one in value)
        and len(set(value)) == len(value)
    )


def is_levels(value: Any) -> bool:
    """A list of different levels, empty for none."""
    return value == [] or (is_texts(value) and set(value) <= set(LEVELS))


def policy_problems(entries: Mapping[str, Any], where: str) -> Iterator[Problem]:
    """What is wrong between keys and below them; single keys have been looked at before."""
    yield from _group_limit(entries, where)
    respondents = entries.get("respondents")
    groups = entries.get("groups")
    if groups is not None or respondents is not None:
        known = respondents if is_texts(respondents) else []
        yield from _joining("policy.groups", groups, known, where, below="policy.respondents")
    ladders = entries.get("ladders", {})
    if not isinstance(ladders, dict):
        yield Problem(where, 0, "policy.ladders", "a single value", "sections [policy.ladders.…]")
        return
    for name, ladder in ladders.items():
        yield from _ladder_problems(f"policy.ladders.{name}", ladder, where)


def parse_policy(entries: Mapping[str, Any]) -> Policy:
    """The policy of entries without a Problem."""
    return Policy(
        min_cell=entries["min_cell"],
        min_group=entries.get("min_group", entries["min_cell"]),
        totals=tuple(level for level in LEVELS if level in entries.get("totals", LEVELS)),
        basis=entries.get("basis", ""),
        respondents=tuple(entries.get("respondents", ())),
        groups=_classes(entries.get("groups", {})),
        ladders={name: _ladder(entry) for name, entry in entries.get("ladders", {}).items()},
    )


def _ladder(entry: Mapping[str, Any]) -> Ladder:
    steps = tuple(_classes(step) for step in entry.get("steps", ()))
    return Ladder(tuple(entry["answers"]), steps, entry.get("step", min(1, len(steps))))


def _classes(entry: Mapping[str, Sequence[str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((name, tuple(parts)) for name, parts in entry.items())


def _group_limit(entries: Mapping[str, Any], where: str) -> Iterator[Problem]:
    cell, group = entries.get("min_cell"), entries.get("min_group")
    if isinstance(cell, int) and isinstance(group, int) and group < cell:
        wanted = f"a whole number from min_cell ({cell}) on"
        hint = "A group that is smaller than a cell may be would show in every table."
        yield Problem(where, 0, "policy.min_group", str(group), wanted, hint)


def _ladder_problems(place: str, ladder: Any, where: str) -> Iterator[Problem]:
    if not isinstance(ladder, dict):
        yield Problem(where, 0, place, "a single value", f"a section [{place}]")
        return
    for name in ladder:
        if name not in LADDER_KEYS:
            hint = nearest(name, LADDER_KEYS) or "Delete it."
            yield Problem(where, 0, f"{place}.{name}", "an unknown key", "only known keys", hint)
    answers, steps = ladder.get("answers"), ladder.get("steps", [])
    if not is_texts(answers) or len(answers) < FEWEST:
        wanted = "a list of at least two different answers"
        yield Problem(where, 0, f"{place}.answers", _shown(answers), wanted)
        return
    if not isinstance(steps, list):
        yield Problem(where, 0, f"{place}.steps", "a single value", "a list of steps")
        return
    found = list(_step_problems(place, answers, steps, where))
    yield from found or _use_problems(place, ladder, len(steps), where)


def _step_problems(
    place: str, answers: list[str], steps: list[Any], where: str
) -> Iterator[Problem]:
    names = [f"{place}.answers", *(f"{place}.steps[{at}]" for at in range(1, len(steps) + 1))]
    known: Sequence[str] = answers
    for (below, name), step in zip(pairwise(names), steps, strict=True):
        problems = list(_joining(name, step, known, where, below=below))
        if not problems and not FEWEST <= len(step) < len(known):
            wanted = f"at least {FEWEST}, and fewer than the {len(known)} of the step before"
            problems = [Problem(where, 0, name, f"{len(step)} after joining", wanted)]
        yield from problems
        if problems:  # what stands on a broken step can't be said to be right or wrong
            return
        known = list(step)


def _use_problems(place: str, ladder: Mapping[str, Any], steps: int, where: str) -> list[Problem]:
    step = ladder.get("step", min(1, steps))
    if isinstance(step, int) and not isinstance(step, bool) and 0 <= step <= steps:
        return []
    wanted = f"a step from 0 (as answered) to {steps}"
    return [Problem(where, 0, f"{place}.step", _shown(step), wanted)]


def _joining(
    place: str, joined: Any, known: Sequence[str], where: str, *, below: str
) -> Iterator[Problem]:
    """Classes that lose, double or invent one of what they join."""
    if not isinstance(joined, dict) or not all(map(is_texts, joined.values())):
        wanted = 'classes such as { "agree" = ["strongly agree", "agree"] }'
        yield Problem(where, 0, place, "nothing" if joined is None else "no classes", wanted)
        return
    parts = [part for classes in joined.values() for part in classes]
    for part in sorted(set(parts)):
        if part not in known:
            hint = nearest(part, known) or f"Add it to {below}, or take it out."
            yield Problem(where, 0, place, quoted(part), f"only what {below} has", hint)
        elif parts.count(part) > 1:
            yield Problem(where, 0, place, f"{quoted(part)} in two classes", ONCE, "Take one out.")
    for part in known:
        if part not in parts:
            yield Problem(where, 0, place, f"no class for {quoted(part)}", ONCE, "Add it to one.")


def _shown(value: Any) -> str:
    return "nothing" if value is None else quoted(str(value))
