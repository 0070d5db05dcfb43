"""Contradictions about money: amounts of one kind, and payments against a contract's ceiling."""

from collections.abc import Iterator

from generator.findings.found import Finding, Rule, lines
from generator.findings.sql import apart, apart_sql, span
from generator.findings.totals import grouped
from generator.model import Record


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
RULES = (AMOUNTS_DIFFER, CEILING_PAID)
