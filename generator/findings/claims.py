"""Official statements, each with its verdict and the numbers and rows that it rests on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.facts import counted, decides_sql, effect_sql, row_key
from generator.findings.found import Part, lines
from generator.findings.sql import agreed
from generator.findings.sums import sum_fact
from generator.findings.verdict_sql import ANY, COUNTED, FROM, SQL, SUM_OF, VERDICTS
from generator.findings.verdicts import (
    decisions,
    denied_by,
    matches,
    others_of,
    total_of,
    trained,
    verdict,
)
from generator.model import N_, Fact, Record, Row
from generator.views import Line, line


@dataclass(frozen=True)
class Claim:
    """A statement, its verdict, and what the verdict rests on: numbers by name, and rows."""

    said: Line
    verdict: Fact
    numbers: Mapping[str, Fact]
    rows: tuple[Part, ...]


@dataclass(frozen=True)
class Verdict:
    """How many statements have a verdict; `code` is supported, contradicted or untested."""

    code: str
    count: Fact


def claims(record: Record) -> tuple[Claim, ...]:
    """Every statement in the order of the days they were made, as far as known."""
    ordered = sorted(
        record.rows["claims"], key=lambda row: (str(row["said_on"]), str(row["claim_id"]))
    )
    return tuple(claim(record, row) for row in ordered)


def claim(record: Record, row: Row) -> Claim:
    """One statement tested."""
    numbers, rows = evidence(record, row)
    key = str(row["claim_id"])
    fact = Fact(
        id=f"verdict.claim/{key}.all", subject=f"claim/{key}", measure="verdict",
        period="all", value=verdict(record, row), kind="text",
        formula=N_("What the rows that we hold make of the statement, by the rule of its measure."),
        expression=f"sql: select {SQL[str(row['measure'])]} {FROM} where c.claim_id = '{key}'",
        inputs=(f"claims/{key}",), sources=(str(row["source_id"]),), label="",
    )  # fmt: skip
    said = line(record.tables["claims"].table, row)
    return Claim(said, labelled(fact), numbers, rows)


def labelled(fact: Fact) -> Fact:
    """The fact with its words marked for translation."""
    return Fact(**{**vars(fact), "label": str(fact.value)})


def verdict_counts(record: Record, tested: Sequence[Claim]) -> tuple[Verdict, ...]:
    """How many statements there are of each verdict."""
    table = record.tables["claims"].table
    rows = {row_key(table, row): row for row in record.rows["claims"]}
    found = []
    for place, words in enumerate(VERDICTS):
        same = [rows[one.said.key] for one in tested if one.verdict.value == words]
        code = ("supported", "contradicted", "untested")[place]
        count = counted(
            f"claims_{code}", "district", "all", sorted(same, key=lambda r: str(r["claim_id"])),
            table, "select count(*) from claims where claim_id in"
            f" (select c.claim_id {FROM} where {ANY} = '{words}')",
            formula=N_("Statements with this verdict."), unit="",
        )  # fmt: skip
        found.append(Verdict(code, count))
    return tuple(found)


def evidence(record: Record, row: Row) -> tuple[dict[str, Fact], tuple[Part, ...]]:
    """The numbers and the rows that a verdict rests on."""
    match row["measure"]:
        case "all_kept":
            own = f"(select period from claims where claim_id = '{row['claim_id']}')"
            return {"held": held_fact(record, row, row["period"], own)}, ()
        case "rows_found":
            total = total_of(record, row)
            numbers = {"held": held_fact(record, row, total["period"], stated_period(row))}
            if total["topic"] in COUNTED:
                numbers["matching"] = matching_fact(record, row, total)
            return numbers, lines(record, "district_counts", [total, *others_of(record, row)])
        case "schools_sum" | "officers_sum":
            total, topic = total_of(record, row), SUM_OF[str(row["measure"])]
            both = agreed(record, "schools_keep_both", str(total["period"]))
            one = agreed(record, "schools_keep_one", str(total["period"]))
            added = {"sum": sum_fact(topic, both, one)} if both and one else {}
            parts = [part for part in (both, one) if part]
            return added, lines(record, "district_counts", [total, *parts])
        case "all_trained":
            return {}, lines(record, "terms", trained(record, row))
        case _:
            return {}, lines(record, "claims", denied_by(record, row))


def stated_period(row: Row) -> str:
    """The period of the total that a statement is, as a query."""
    return (
        "(select t.period from claims c join district_counts t on t.count_id = c.count_id"
        f" where c.claim_id = '{row['claim_id']}')"
    )


def held_fact(record: Record, row: Row, period: object, query: str) -> Fact:
    """How many decisions of the round we hold; `query` gives the round."""
    return counted(
        "decisions_held", f"claim/{row['claim_id']}", "all", decisions(record, period),
        record.tables["votes"].table,
        f"select count(*) from votes where cycle = {query} and {decides_sql('votes')}",
        formula=N_("Decisions of the round that we hold a row for, one per school or campus."),
        unit="",
    )  # fmt: skip


def matching_fact(record: Record, row: Row, total: Row) -> Fact:
    """How many of them came to what the statement counts."""
    topic = str(total["topic"])
    same = [vote for vote in decisions(record, total["period"]) if matches(record, vote, topic)]
    condition = COUNTED[topic].format(effect=effect_sql("v"))
    return counted(
        "decisions_matching", f"claim/{row['claim_id']}", "all", same,
        record.tables["votes"].table,
        f"select count(*) from votes v where v.cycle = {stated_period(row)}"
        f" and {decides_sql('v')} and {condition}",
        formula=N_("Decisions of the round with the outcome that the statement counts."),
        unit="",
    )  # fmt: skip
