"""The rule by which counts of people are protected: one object, quoted on the methods page."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Level = Literal["network", "whole"]
Classes = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Ladder:
    """The answers to a question, joined step by step into fewer classes.

    A step is pairs of a class and what of the step before it holds; each step holds everything of
    the one before exactly once. `step` is the one whose classes are published, counted from 1; 0
    publishes the answers as they were given. A person chooses it before the counts are there: a
    step chosen by the counts would tell something of them.
    """

    answers: tuple[str, ...]
    steps: tuple[Classes, ...] = ()
    step: int = 0

    def published(self) -> tuple[str, ...]:
        """The classes of the step in use, in its order."""
        if not self.step:
            return self.answers
        return tuple(name for name, _ in self.steps[self.step - 1])

    def joined(self) -> dict[str, str]:
        """The published class of each answer."""
        found = {answer: answer for answer in self.answers}
        for step in self.steps[: self.step]:
            above = {part: name for name, parts in step for part in parts}
            found = {answer: above[name] for answer, name in found.items()}
        return found

    def classes(self) -> Classes:
        """The published classes with the answers that each joins."""
        joined = self.joined()
        return tuple(
            (name, tuple(answer for answer in self.answers if joined[answer] == name))
            for name in self.published()
        )


@dataclass(frozen=True)
class Policy:
    """What `[policy]` in site.toml says.

    Counts under `min_cell` are withheld, and groups under `min_group` in all questions of their
    school and year. `totals` are the levels above the school that are published. `respondents` are
    the groups as asked, `groups` the published ones with those that each joins. `basis` cites what
    the rule rests on.
    """

    min_cell: int
    min_group: int
    totals: tuple[Level, ...] = ("network", "whole")
    basis: str = ""
    respondents: tuple[str, ...] = ()
    groups: Classes = ()
    ladders: Mapping[str, Ladder] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The policy as it stands in a protection record: plain values, always the same order."""
        return {
            "min_cell": self.min_cell,
            "min_group": self.min_group,
            "totals": list(self.totals),
            "basis": self.basis,
            "groups": _plain(self.groups),
            "ladders": {name: _ladder(self.ladders[name]) for name in sorted(self.ladders)},
        }


def _ladder(ladder: Ladder) -> dict[str, Any]:
    return {
        "answers": list(ladder.answers),
        "steps": [_plain(step) for step in ladder.steps],
        "step": ladder.step,
    }


def _plain(classes: Classes) -> dict[str, list[str]]:
    return {name: list(parts) for name, parts in classes}
