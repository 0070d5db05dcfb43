"""Recoded counts → panels: all questions of one group and school year, over one list of schools.

The same people answer all questions of a panel, so what is withheld in one bears on the others.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from generator.model import Policy
from generator.protect.private import Question

WHOLE, NETWORK = "whole", "network"


@dataclass(frozen=True)
class Panel:
    """`counts` are [schools, answers] by question id, zeros where a school was not asked.

    `asked` says by question which schools were. `paths` are the published places above each
    school, nearest first.
    """

    school_year: str
    group: str
    schools: tuple[str, ...]
    paths: Mapping[str, tuple[str, ...]]
    answers: Mapping[str, tuple[str, ...]]
    counts: Mapping[str, NDArray[np.int64]]
    asked: Mapping[str, NDArray[np.bool_]]


def panels(
    frame: pd.DataFrame,
    questions: Mapping[str, Question],
    policy: Policy,
    networks: Mapping[str, str],
) -> Iterator[Panel]:
    """The panels by year and group; `networks` has the network of each school, "" for none."""
    for (year, group), part in frame.groupby(["school_year", "respondent_group"], sort=True):
        schools = tuple(sorted(part["school_id"].unique()))
        counts, asked = {}, {}
        names = tuple(name for name in sorted(questions) if name in set(part["question"]))
        answers = {name: policy.ladders[questions[name].ladder].published() for name in names}
        for name in names:
            table = part[part["question"] == name].pivot(
                index="school_id", columns="answer", values="count"
            )
            whole = table.reindex(index=list(schools), columns=list(answers[name]))
            asked[name] = whole.notna().all(axis=1).to_numpy()
            counts[name] = whole.fillna(0).to_numpy(np.int64)
        paths = {school: path(networks.get(school, ""), policy.totals) for school in schools}
        yield Panel(str(year), str(group), schools, paths, answers, counts, asked)


def places_of(panel: Panel, question: str) -> Iterator[tuple[str, NDArray[np.int64]]]:
    """Each place that the question was put to, schools first, with its counts by answer."""
    asked, counts = panel.asked[question], panel.counts[question]
    for school, numbers, was_asked in zip(panel.schools, counts, asked, strict=True):
        if was_asked:
            yield school, numbers
    for node in sorted({node for above in panel.paths.values() for node in above}):
        below = np.array([node in panel.paths[school] for school in panel.schools], bool)
        if (below & asked).any():
            yield node, counts[below].sum(axis=0)


def path(network: str, totals: Sequence[str]) -> tuple[str, ...]:
    """The published places above a school: "network:…" and "whole"."""
    above = (f"{NETWORK}:{network}",) if network and NETWORK in totals else ()
    return (*above, WHOLE) if WHOLE in totals else above
