"""What a rule finds: rows that stand against each other, or rows that a reporter may follow up."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from generator.facts import cell, counted, row_key
from generator.model import N_, Fact, Record, Row, Text
from generator.views import Line, Vote, unit_subject, vote_view
from generator.views import lines as plain_lines

Part = Vote | Line
# Words that are mostly a number or a year: as facts, so that another digit in them would be seen.
AS_FACTS = {"readings": "printed", "district_counts": "period", "costs": "period"}


@dataclass(frozen=True)
class Finding:
    """One finding. A contradiction has two sides or more, a lead one; each part of a side is a
    sourced row.

    `rows` are those of the rule's table that it was found by, `unit_id` "" where it is about no
    unit. Findings of one rule stand in the order of `group`, then unit, then id. `numbers` are
    values computed for it, by a name that its template knows.
    """

    rule: str
    id: str
    sides: tuple[tuple[Part, ...], ...]
    rows: tuple[Row, ...]
    unit_id: str = ""
    unit: Text | None = None
    group: str = ""
    numbers: tuple[tuple[str, Fact], ...] = ()

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts of all sides in their order, each once: one row can hold both a tally and the
        outcome that it stands against."""
        found: list[Part] = []
        for part in (part for side in self.sides for part in side):
            found += [] if part in found else [part]
        return tuple(found)

    def number(self, name: str) -> Fact:
        """A value computed for it; KeyError where there is none of the name."""
        return dict(self.numbers)[name]


@dataclass(frozen=True)
class Rule:
    """A rule: `find` says what it finds, `where` says the same in SQL for the rows of `table`.

    `distinct` is what findings of several rows differ by, "" where each row is one finding.
    """

    code: str
    find: Callable[[Record], Iterable[Finding]]
    table: str
    where: str
    distinct: str = ""


@dataclass(frozen=True)
class Found:
    """What one rule found, and how many findings that are."""

    code: str
    count: Fact
    findings: tuple[Finding, ...]


def apply(rule: Rule, record: Record, measure: str) -> Found:
    """The findings of one rule in their order, counted with the query that finds them again."""
    findings = tuple(
        sorted(rule.find(record), key=lambda found: (found.group, found.unit_id, found.id))
    )
    table = record.tables[rule.table].table
    rows = [row for found in findings for row in found.rows]
    name = f"count(distinct {rule.distinct})" if rule.distinct else "count(*)"
    count = counted(
        measure, f"district/{rule.code}", "all", sorted(rows, key=lambda row: row_key(table, row)),
        table, f"select {name} from {rule.table} where {rule.where}",
        formula=N_("What the rule finds in all rows that we hold."), unit="",
    )  # fmt: skip
    return Found(rule.code, Fact(**{**vars(count), "value": len(findings)}), findings)


def of_vote(
    record: Record, rule: str, row: Row, *others: tuple[Part, ...], group: str = ""
) -> Finding:
    """A finding that a vote's row leads to; `others` are the sides beside the vote's own."""
    unit = record.units.get(str(row["unit_id"]))
    return Finding(
        rule=rule,
        id=f"{rule}.{row['vote_id']}",
        sides=((vote_view(record, row),), *others),
        rows=(row,),
        unit_id=str(row["unit_id"] or ""),
        unit=Text(str(unit["name"])) if unit else None,
        group=group,
    )


def of_row(record: Record, rule: str, key: str, row: Row, *sides: tuple[Part, ...]) -> Finding:
    """A finding that a row about a unit leads to."""
    unit = record.units.get(str(row.get("unit_id")))
    return Finding(
        rule=rule,
        id=f"{rule}.{key}",
        sides=sides,
        rows=(row,),
        unit_id=str(row.get("unit_id") or ""),
        unit=Text(str(unit["name"])) if unit else None,
    )


def lines(record: Record, name: str, rows: Iterable[Row]) -> tuple[Line, ...]:
    """The rows of one table as Lines, in their order, with AS_FACTS."""
    kept = tuple(rows)
    found = plain_lines(record, name, kept)
    if name not in AS_FACTS:
        return found
    table, column = record.tables[name].table, AS_FACTS[name]
    return tuple(
        replace(
            line,
            cells={
                **line.cells,
                column: cell(table, row, column, unit_subject(row.get("unit_id"))),
            },
        )
        for line, row in zip(found, kept, strict=True)
    )
