"""Contradictions between a total and its parts: schools by their number of officers, added up."""

from collections.abc import Iterator

from generator.findings.found import Finding, Rule, lines
from generator.findings.sql import agreed, agreed_sql, final_sql, is_final
from generator.model import N_, Fact, Record, Row

# A total → how many each school with two officers and each with one adds to it.
SUMS = {"officers": 2, "schools_with_officers": 1}
FORMULAS = {
    "officers": N_("Two officers at each school with two and one at each with one, added up."),
    "schools_with_officers": N_("Schools with two officers and schools with one, added up."),
}


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
    # A period is free text: the row's id stands for it in ids and queries.
    key = str(both["count_id"])
    period = f"(select period from district_counts where count_id = '{key}')"
    return Fact(
        id=f"sum_{topic}.district.{key}", subject="district", measure=f"sum_{topic}",
        period=key, value=SUMS[topic] * both["value"] + one["value"], kind="count",
        formula=FORMULAS[topic],
        expression=f"sql: select {sum_sql(topic, period)}",
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
RULES = (SUM_TOTAL,)
