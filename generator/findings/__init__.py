"""The record held against itself: contradictions, tested statements, leads. Computed once a build.

A contradiction needs a sourced row on both sides; what has one side alone is a gap, and stands on
the coverage page.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from generator.findings import leads, money, rosters, statements, sums, totals, votes
from generator.findings.claims import Claim, Verdict, claims, verdict_counts
from generator.findings.found import Finding, Found, apply
from generator.model import Record

CONTRADICTIONS = (
    votes.ADVISORY_DECISION,
    votes.MAJORITY_OUTCOME,
    *rosters.RULES,
    *sums.RULES,
    votes.READINGS_DIFFER,
    *totals.RULES,
    *money.RULES,
    *statements.RULES,
    votes.SURVEY_VOTE,
)
LEADS = leads.RULES


@dataclass(frozen=True)
class OfSchool:
    """What rules found about the units of one school, in their order."""

    contradictions: tuple[Finding, ...]
    leads: tuple[Finding, ...]


@dataclass(frozen=True)
class Findings:
    """Everything found: each rule in its order, whether it found something or not."""

    contradictions: tuple[Found, ...]
    claims: tuple[Claim, ...]
    verdicts: tuple[Verdict, ...]
    leads: tuple[Found, ...]

    @property
    def contested(self) -> frozenset[str]:
        """The units that a contradiction is about."""
        return frozenset(one.unit_id for found in self.contradictions for one in found.findings)

    def of(self, units: Iterable[str]) -> OfSchool:
        """What is about these units."""
        kept = set(units)
        contradictions, leads_ = (
            _in_order(one for unit in kept for one in part.get(unit, ())) for part in self._by_unit
        )
        return OfSchool(contradictions, leads_)

    @cached_property
    def _by_unit(self) -> tuple[Mapping[str, list[tuple[int, Finding]]], ...]:
        """Contradictions and leads by unit, each with its place among all."""
        return tuple(_by_unit(part) for part in (self.contradictions, self.leads))


def _by_unit(rules: Iterable[Found]) -> Mapping[str, list[tuple[int, Finding]]]:
    found: dict[str, list[tuple[int, Finding]]] = {}
    for place, one in enumerate(one for rule in rules for one in rule.findings):
        if one.unit_id:
            found.setdefault(one.unit_id, []).append((place, one))
    return found


def _in_order(placed: Iterable[tuple[int, Finding]]) -> tuple[Finding, ...]:
    return tuple(one for _, one in sorted(placed, key=lambda pair: pair[0]))


def find(record: Record) -> Findings:
    """Apply every rule to the record."""
    tested = claims(record)
    return Findings(
        contradictions=tuple(apply(rule, record, "contradictions") for rule in CONTRADICTIONS),
        claims=tested,
        verdicts=verdict_counts(record, tested),
        leads=tuple(apply(rule, record, "leads") for rule in LEADS),
    )
