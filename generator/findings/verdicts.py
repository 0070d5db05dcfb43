"""The verdict on a statement by the rule of its measure, over our rows."""

from generator.facts import row_key
from generator.findings.sql import agreed, is_final, on_officers
from generator.findings.sums import SUMS
from generator.findings.verdict_sql import CONTRADICTED, COUNTED, SUM_OF, SUPPORTED, UNTESTED
from generator.model import Record, Row


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
