"""Contradictions between stated numbers: sums against totals, totals, amounts, ceilings."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from generator.findings.found import Finding, Rule
from generator.findings.sql import (
    agreed,
    agreed_sql,
    apart,
    apart_sql,
    final_sql,
    is_final,
    span,
)
from generator.model import N_, Fact, Record, Row
from generator.views import lines

# A total → how many each school with two officers and each with one adds to it.
SUMS = {"officers": 2, "schools_with_officers": 1}
FORMULAS = {
    "officers": N_("Two officers at each school with two and one at each with one, added up."),
    "schools_with_officers": N_("Schools with two officers and schools with one, added up."),
}
SPAN_OF_YEARS = 12  # the length of "2020 to 2024"


def sum_total(record: Record) -> Iterator[Finding]:
    """Schools by their number of officers, added up, against the total stated for the period."""
    for total in record.rows["district_counts"]:
        period, topic = str(total["period"]), str(total["topic"])
        both = agreed(record, "schools_keep_both", period)
        one = agreed(record, "schools_keep_one", period)
        if topic not in SUMS or total["precision"] != "exact" or not is_final(total):
            continue
        if both and one and SUMS[topic] * both["value"] + one["value"] != total["value"]:
            yield Finding(
                rule="sum_total",
                id=f"sum_total.{total['count_id']}",
                sides=(
                    lines(record, "district_counts", [both, one]),
                    lines(record, "district_counts", [total]),
                ),
                rows=(total,),
                numbers=(("sum", sum_fact(topic, both, one)),),
            )


def sum_fact(topic: str, both: Row, one: Row) -> Fact:
    """The schools with two and with one officer, or their officers, added up."""
    period = str(both["period"])
    query = sum_sql(topic, f"'{period}'")
    return Fact(
        id=f"sum_{topic}.district.{period}", subject="district", measure=f"sum_{topic}",
        period=period, value=SUMS[topic] * both["value"] + one["value"], kind="count",
        formula=FORMULAS[topic],
        expression=f"sql: select {query}",
        inputs=tuple(f"district_counts/{row['count_id']}" for row in (both, one)),
        sources=tuple(dict.fromkeys(str(row["source_id"]) for row in (both, one))),
    )  # fmt: skip


def sum_sql(topic: str, period: str) -> str:
    """That sum; nothing where one of the two numbers is not stated or not agreed upon."""
    both, one = agreed_sql("schools_keep_both", period), agreed_sql("schools_keep_one", period)
    return f"{SUMS[topic]} * {both} + {one}"


SUM_TOTAL = Rule(
    "sum_total", sum_total, "district_counts",
    f"precision = 'exact' and {final_sql('district_counts')} and ("
    + " or ".join(
        f"(topic = '{topic}' and value + 0 <> {sum_sql(topic, 'district_counts.period')})"
        for topic in SUMS
    )
    + ")",
)  # fmt: skip


def in_conflict(rows: Sequence[Row], column: str) -> list[Row]:
    """Those of the rows that can't be true together with one of another source."""
    spans = [span(row[column], str(row["precision"])) for row in rows]
    return [
        row
        for row, own in zip(rows, spans, strict=True)
        if any(
            other["source_id"] != row["source_id"] and apart(own, its)
            for other, its in zip(rows, spans, strict=True)
        )
    ]


def grouped(
    record: Record,
    rule: str,
    rows: Sequence[Row],
    key: Callable[[Row], tuple[str, ...]],
    column: str,
) -> Iterator[Finding]:
    """One finding for each key under which sources differ; a side holds the rows of one value."""
    table = "costs" if column == "amount_usd" else "district_counts"
    for name, group in groupby(sorted(rows, key=key), key):
        found = sorted(in_conflict(list(group), column), key=lambda row: float(row[column]))
        if found:
            yield Finding(
                rule=rule,
                id=f"{rule}.{'.'.join(name).replace(' ', '-')}",
                sides=tuple(
                    lines(record, table, same) for _, same in groupby(found, lambda r: r[column])
                ),
                rows=tuple(found),
            )  # fmt: skip


def totals_differ(record: Record) -> Iterator[Finding]:
    """Totals of one topic and period that can't all be true; running totals are left out, since a
    later one may be larger."""
    rows = [
        row
        for row in record.rows["district_counts"]
        if is_final(row) and row["precision"] != "words_only"
    ]
    yield from grouped(
        record, "totals_differ", rows, lambda row: (str(row["topic"]), str(row["period"])), "value"
    )


TOTALS_DIFFER = Rule(
    "totals_differ", totals_differ, "district_counts",
    "count_id in (select a.count_id from district_counts a join district_counts b"
    " on b.topic = a.topic and b.period = a.period and b.source_id <> a.source_id"
    f" where {final_sql('a')} and {final_sql('b')} and a.precision <> 'words_only'"
    f" and b.precision <> 'words_only' and {apart_sql('a', 'b', 'value')})",
    distinct="topic || '.' || period",
)  # fmt: skip


def years_within(total: Row, part: Row) -> bool:
    """True for a year within a span such as "2020 to 2024"."""
    whole, year = str(total["period"]), str(part["period"])
    return (
        len(whole) == SPAN_OF_YEARS
        and whole[4:8] == " to "
        and len(year) == 4
        and whole[:4] <= year <= whole[8:]
    )


def span_total(record: Record) -> Iterator[Finding]:
    """Schools counted over several years that are fewer than those of one of these years."""
    exact = [
        row
        for row in record.rows["district_counts"]
        if is_final(row) and row["precision"] == "exact" and str(row["topic"]).startswith("schools")
    ]
    for total in exact:
        parts = [
            part
            for part in exact
            if part["topic"] == total["topic"]
            and part["source_id"] != total["source_id"]
            and years_within(total, part)
            and part["value"] > total["value"]
        ]
        if parts:
            yield Finding(
                rule="span_total",
                id=f"span_total.{total['count_id']}",
                sides=(
                    lines(record, "district_counts", [total]),
                    lines(record, "district_counts", parts),
                ),
                rows=(total,),
            )


SPAN_TOTAL = Rule(
    "span_total", span_total, "district_counts",
    "count_id in (select a.count_id from district_counts a join district_counts b"
    " on b.topic = a.topic and b.source_id <> a.source_id"
    f" where {final_sql('a')} and {final_sql('b')} and a.precision = 'exact'"
    " and b.precision = 'exact' and substr(a.topic, 1, 7) = 'schools'"
    f" and length(a.period) = {SPAN_OF_YEARS} and substr(a.period, 5, 4) = ' to '"
    " and length(b.period) = 4 and substr(a.period, 1, 4) <= b.period"
    " and b.period <= substr(a.period, 9) and b.value + 0 > a.value + 0)",
)  # fmt: skip


def amounts_differ(record: Record) -> Iterator[Finding]:
    """Amounts of one kind and period, counted by the same thing, that can't all be true."""
    rows = [row for row in record.rows["costs"] if row["precision"] != "words_only"]
    yield from grouped(
        record, "amounts_differ", rows,
        lambda row: (str(row["cost_kind"]), str(row["period"]), str(row["per"] or "")),
        "amount_usd",
    )  # fmt: skip


AMOUNTS_DIFFER = Rule(
    "amounts_differ", amounts_differ, "costs",
    "cost_id in (select a.cost_id from costs a join costs b on b.cost_kind = a.cost_kind"
    " and b.period = a.period and b.per = a.per and b.source_id <> a.source_id"
    " where a.precision <> 'words_only' and b.precision <> 'words_only'"
    f" and {apart_sql('a', 'b', 'amount_usd')})",
    distinct="cost_kind || '.' || period || '.' || per",
)  # fmt: skip


def ceiling_paid(record: Record) -> Iterator[Finding]:
    """More said paid under an agreement than its contract allows. Less is no contradiction: a
    ceiling is not money paid."""
    for paid in record.rows["costs"]:
        if paid["cost_kind"] != "paid" or not paid["agreement_id"]:
            continue
        own = span(paid["amount_usd"], str(paid["precision"]))
        over = [
            row
            for row in record.rows["costs"]
            if row["cost_kind"] == "contract"
            and row["agreement_id"] == paid["agreement_id"]
            and row["source_id"] != paid["source_id"]
            and row["per"] == paid["per"]
            and row["period"] == paid["period"]
            and apart(own, span(row["amount_usd"], str(row["precision"])))
            and row["amount_usd"] < paid["amount_usd"]
        ]
        if over:
            yield Finding(
                rule="ceiling_paid",
                id=f"ceiling_paid.{paid['cost_id']}",
                sides=(lines(record, "costs", over), lines(record, "costs", [paid])),
                rows=(paid,),
            )


CEILING_PAID = Rule(
    "ceiling_paid", ceiling_paid, "costs",
    "cost_id in (select a.cost_id from costs a join costs b on b.agreement_id = a.agreement_id"
    " and b.per = a.per and b.period = a.period and b.source_id <> a.source_id"
    " where a.cost_kind = 'paid' and b.cost_kind = 'contract' and a.agreement_id <> ''"
    f" and {apart_sql('a', 'b', 'amount_usd')} and b.amount_usd + 0 < a.amount_usd + 0)",
)  # fmt: skip
RULES = (SUM_TOTAL, TOTALS_DIFFER, SPAN_TOTAL, AMOUNTS_DIFFER, CEILING_PAID)
