"""Official statements, each with the measure that tests it and the verdict by rule.

A verdict is one query over the published tables; `verdict` says the same of our rows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.facts import counted, row_key
from generator.findings.found import Part
from generator.findings.sql import (
    agreed,
    agreed_sql,
    decides_sql,
    effect_sql,
    final_sql,
    is_final,
    on_officers,
)
from generator.findings.totals import SUMS, sum_fact, sum_sql
from generator.model import N_, Fact, Record, Row
from generator.views import Line, line, lines

SUPPORTED = N_("supported")
CONTRADICTED = N_("contradicted")
UNTESTED = N_("cannot be tested with what is found")
VERDICTS = (SUPPORTED, CONTRADICTED, UNTESTED)
SUM_OF = {"officers_sum": "officers", "schools_sum": "schools_with_officers"}
COUNTED = {
    "schools_keep": "{effect} in ('keep', 'reduce')",
    "schools_remove": "{effect} = 'remove'",
    "schools_keep_both": "v.outcome = 'keep_both'",
    "schools_keep_one": "v.outcome = 'keep_one'",
}


@dataclass(frozen=True)
class Claim:
    """A statement, its verdict, and what the verdict rests on: numbers by name, and rows."""

    said: Line
    verdict: Fact
    numbers: Mapping[str, Fact]
    rows: tuple[Part, ...]


@dataclass(frozen=True)
class Verdict:
    """How many statements have a verdict; `code` is its place in VERDICTS."""

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
    key, period = str(row["claim_id"]), str(row["period"] or "all")
    fact = Fact(
        id=f"verdict.claim/{key}.{period}", subject=f"claim/{key}", measure="verdict",
        period=period, value=verdict(record, row), kind="text",
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


def verdict(record: Record, row: Row) -> str:
    """The verdict by the rule of the statement's measure."""
    match row["measure"]:
        case "all_kept":
            return _all_kept(record, row)
        case "rows_found":
            return _rows_found(record, row)
        case "schools_sum" | "officers_sum":
            return _sum(record, row)
        case "all_trained":
            return _all_trained(record, row)
        case _:
            return CONTRADICTED if denied_by(record, row) else UNTESTED


def decisions(record: Record, cycle: object) -> list[Row]:
    """The decisions of a round that we hold."""
    return [row for row in record.votes.values() if row["decides"] and row["cycle"] == cycle]


def _all_kept(record: Record, row: Row) -> str:
    effects = [on_officers(record, vote) for vote in decisions(record, row["period"])]
    asked = agreed(record, "schools_asked", str(row["period"]))
    if "remove" in effects:
        return CONTRADICTED
    kept = len([effect for effect in effects if effect])
    return SUPPORTED if asked and asked["value"] == kept else UNTESTED


def matches(record: Record, vote: Row, topic: str) -> bool:
    """True for a decision that a total of the topic counts."""
    if topic in ("schools_keep_both", "schools_keep_one"):
        return bool(vote["outcome"] == topic.removeprefix("schools_"))
    effect = on_officers(record, vote)
    return effect in {"schools_keep": ("keep", "reduce"), "schools_remove": ("remove",)}.get(
        topic, ()
    )


def total_of(record: Record, row: Row) -> Row:
    """The stated total that a statement is."""
    table = record.tables["district_counts"].table
    rows = {row_key(table, total): total for total in record.rows["district_counts"]}
    return rows[str(row["count_id"])]


def others_of(record: Record, row: Row) -> list[Row]:
    """Final, exact totals of the same topic and period from other sources."""
    total = total_of(record, row)
    return [
        other
        for other in record.rows["district_counts"]
        if (other["topic"], other["period"]) == (total["topic"], total["period"])
        and other["source_id"] != row["source_id"]
        and other["precision"] == "exact"
        and is_final(other)
    ]


def _rows_found(record: Record, row: Row) -> str:
    total = total_of(record, row)
    topic, value = str(total["topic"]), total["value"]
    if topic not in COUNTED or value is None or total["precision"] != "exact":
        return UNTESTED
    held = decisions(record, total["period"])
    found = sum(matches(record, vote, topic) for vote in held)
    known = sum(vote["outcome"] is not None for vote in held)
    asked = agreed(record, "schools_asked", str(total["period"]))
    differs = is_final(total) and any(o["value"] != value for o in others_of(record, row))
    if found > value or differs or (asked and found + asked["value"] - known < value):
        return CONTRADICTED
    return SUPPORTED if asked and asked["value"] == known and found == value else UNTESTED


def _sum(record: Record, row: Row) -> str:
    total, topic = total_of(record, row), SUM_OF[str(row["measure"])]
    both = agreed(record, "schools_keep_both", str(total["period"]))
    one = agreed(record, "schools_keep_one", str(total["period"]))
    if both is None or one is None or total["value"] is None or total["precision"] != "exact":
        return UNTESTED
    added = SUMS[topic] * both["value"] + one["value"]
    return SUPPORTED if added == total["value"] else CONTRADICTED


def trained(record: Record, row: Row) -> list[Row]:
    """Terms of the period's agreements that count officers trained."""
    texts = {
        text["agreement_id"]
        for text in record.rows["agreements"]
        if text["school_year"] == row["period"] and row["period"]
    }
    return [
        term
        for term in record.rows["terms"]
        if term["topic"] == "officers_trained"
        and term["agreement_id"] in texts
        and term["quantity"] is not None
        and term["source_id"] != row["source_id"]
    ]


def _all_trained(record: Record, row: Row) -> str:
    officers = agreed(record, "officers", str(row["period"]))
    counts = [term["quantity"] for term in trained(record, row)]
    if not counts or officers is None:
        return UNTESTED
    return CONTRADICTED if min(counts) < officers["value"] else SUPPORTED


def denied_by(record: Record, row: Row) -> list[Row]:
    """Statements that say the opposite."""
    opposite = {"revisit": "no_return", "no_return": "revisit"}.get(str(row["measure"]))
    return [other for other in record.rows["claims"] if other["measure"] == opposite]


def evidence(record: Record, row: Row) -> tuple[dict[str, Fact], tuple[Part, ...]]:
    """The numbers and the rows that a verdict rests on."""
    match row["measure"]:
        case "all_kept":
            return {"held": held_fact(record, row, str(row["period"]))}, ()
        case "rows_found":
            total = total_of(record, row)
            period = str(total["period"])
            numbers = {"held": held_fact(record, row, period)}
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


def held_fact(record: Record, row: Row, period: str) -> Fact:
    """How many decisions of the round we hold."""
    key = row["claim_id"]
    return counted(
        "decisions_held", f"claim/{key}", period, decisions(record, period),
        record.tables["votes"].table,
        f"select count(*) from votes where cycle = '{period}' and {decides_sql('votes')}"
        f" and exists (select 1 from claims where claim_id = '{key}')",
        formula=N_("Decisions of the round that we hold a row for, one per school or campus."),
        unit="",
    )  # fmt: skip


def matching_fact(record: Record, row: Row, total: Row) -> Fact:
    """How many of them came to what the statement counts."""
    key, period, topic = row["claim_id"], str(total["period"]), str(total["topic"])
    same = [vote for vote in decisions(record, period) if matches(record, vote, topic)]
    condition = COUNTED[topic].format(effect=effect_sql("v"))
    return counted(
        "decisions_matching", f"claim/{key}", period, same, record.tables["votes"].table,
        f"select count(*) from votes v where v.cycle = '{period}' and {decides_sql('v')}"
        f" and {condition} and exists (select 1 from claims where claim_id = '{key}')",
        formula=N_("Decisions of the round with the outcome that the statement counts."),
        unit="",
    )  # fmt: skip


FROM = "from claims c left join district_counts t on t.count_id = c.count_id"


def _decisions_sql(period: str, condition: str) -> str:
    return (
        f"(select count(*) from votes v where v.cycle = {period} and {decides_sql('v')}"
        f" and {condition})"
    )


def _case(*branches: tuple[str, str]) -> str:
    whens = " ".join(f"when {condition} then '{words}'" for condition, words in branches)
    return f"case {whens} else '{UNTESTED}' end"


_EFFECT = effect_sql("v")
_FOUND = (
    "case t.topic "
    + " ".join(
        f"when '{topic}' then {_decisions_sql('t.period', condition.format(effect=_EFFECT))}"
        for topic, condition in COUNTED.items()
    )
    + " end"
)
_ASKED = agreed_sql("schools_asked", "t.period")
_KNOWN = _decisions_sql("t.period", "v.outcome <> ''")
_VALUE = "(nullif(t.value, '') + 0)"
_OPPOSITE = "exists (select 1 from claims o where o.measure = '{measure}')"
_TRAINED = (
    "(select min(n.quantity + 0) from terms n join agreements a"
    " on a.agreement_id = n.agreement_id where n.topic = 'officers_trained'"
    " and n.quantity <> '' and n.source_id <> c.source_id"
    " and c.period <> '' and a.school_year = c.period)"
)
_OFFICERS = agreed_sql("officers", "c.period")
SQL: Mapping[str, str] = {
    "all_kept": _case(
        (_decisions_sql("c.period", f"{_EFFECT} = 'remove'") + " > 0", CONTRADICTED),
        (
            _decisions_sql("c.period", f"{_EFFECT} in ('keep', 'reduce')")
            + f" = {agreed_sql('schools_asked', 'c.period')}",
            SUPPORTED,
        ),
    ),
    "rows_found": _case(
        (f"t.precision <> 'exact' or {_FOUND} is null", UNTESTED),
        (
            f"{_FOUND} > {_VALUE} or {_FOUND} + {_ASKED} - {_KNOWN} < {_VALUE}"
            " or (t.is_running <> 'true' and exists (select 1 from district_counts o"
            " where o.topic = t.topic and o.period = t.period and o.source_id <> c.source_id"
            f" and o.precision = 'exact' and {final_sql('o')} and o.value + 0 <> {_VALUE}))",
            CONTRADICTED,
        ),
        (f"{_ASKED} = {_KNOWN} and {_FOUND} = {_VALUE}", SUPPORTED),
    ),
    **{
        measure: _case(
            ("t.precision <> 'exact'", UNTESTED),
            (f"{sum_sql(topic, 't.period')} = {_VALUE}", SUPPORTED),
            (f"{sum_sql(topic, 't.period')} <> {_VALUE}", CONTRADICTED),
        )
        for measure, topic in SUM_OF.items()
    },
    "all_trained": _case(
        (f"{_TRAINED} < {_OFFICERS}", CONTRADICTED),
        (f"{_TRAINED} >= {_OFFICERS}", SUPPORTED),
    ),
    "revisit": _case((_OPPOSITE.format(measure="no_return"), CONTRADICTED)),
    "no_return": _case((_OPPOSITE.format(measure="revisit"), CONTRADICTED)),
}
ANY = (
    "case c.measure "
    + " ".join(f"when '{measure}' then {sql}" for measure, sql in SQL.items())
    + " end"
)
