"""Contradictions between stated totals: of one period, and of years within a span."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from generator.findings.found import Finding, Rule, lines
from generator.findings.sql import (
    apart,
    apart_sql,
    final_sql,
    is_final,
    span,
)
from generator.model import Record, Row

NO_CODE = re.compile(r"[^a-zA-Z0-9_.-]+")  # what an id of a page can't hold
SPAN_OF_YEARS = 12  # the length of "2020 to 2024"


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
                id=f"{rule}.{NO_CODE.sub('-', '.'.join(name))}",
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


RULES = (TOTALS_DIFFER, SPAN_TOTAL)
