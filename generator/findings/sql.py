"""What rules ask of a row, each question twice: of our rows, and in SQL of the published ones."""

from generator.model import Record, Row
from generator.views import effect_of

ON_OFFICERS = ("keep", "reduce", "remove")
EFFECTS = "('keep', 'reduce', 'remove')"
# Totals and amounts lie far below it.
MOST = 10**15


def standing(record: Record, vote: Row) -> Row | None:
    """The vote itself where nothing replaced it, else the one that did, if that one stood."""
    if not vote["superseded_by"]:
        return vote
    later = record.votes[str(vote["superseded_by"])]
    return None if later["superseded_by"] else later


def on_officers(record: Record, vote: Row | None) -> str:
    """What the outcome meant for officers, "" where it is not known or meant nothing for them."""
    effect = effect_of(record, vote) if vote else ""
    return effect if effect in ON_OFFICERS else ""


def span(value: float, precision: str) -> tuple[float, float]:
    """The least and the most that a stated number can stand for, both included.

    A rounded or approximate one stands for all whole numbers that round to it at its last digit
    other than zero: "about 200" for 150 to 249.
    """
    if precision == "lower_bound":
        return value, MOST
    if precision == "upper_bound":
        return 0, value
    if precision in ("rounded", "approximate"):
        digits = str(int(value))
        half = 10 ** (len(digits) - len(digits.rstrip("0"))) / 2
        return value - half, value + half - 0.5
    return value, value


def apart(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """True where no number lies within both."""
    return one[0] > other[1] or other[0] > one[1]


def apart_sql(one: str, other: str, column: str) -> str:
    """The same for the numbers of two rows."""
    (low, high), (low_, high_) = _span_sql(one, column), _span_sql(other, column)
    return f"({low} > {high_} or {low_} > {high})"


def _span_sql(row: str, column: str) -> tuple[str, str]:
    value, precision = f"{row}.{column}", f"{row}.precision"
    whole = f"cast({value} as integer)"
    half = f"substr('{MOST}', 1, 1 + length({whole}) - length(rtrim({whole}, '0'))) / 2.0"
    low = (
        f"case when {precision} = 'upper_bound' then 0 when {precision} in"
        f" ('rounded', 'approximate') then {value} - {half} else {value} + 0 end"
    )
    high = (
        f"case when {precision} = 'lower_bound' then {MOST} when {precision} in"
        f" ('rounded', 'approximate') then {value} + {half} - 0.5 else {value} + 0 end"
    )
    return low, high


def is_final(total: Row) -> bool:
    """A stated total with a number, stated when every result was in."""
    return total["value"] is not None and not total["is_running"]


def final_sql(total: str) -> str:
    """The same in SQL."""
    return f"{total}.value <> '' and {total}.is_running <> 'true'"


def agreed(record: Record, topic: str, period: str) -> Row | None:
    """The first row of an exact total on which all final and exact ones of the period agree."""
    rows = [
        row
        for row in record.rows["district_counts"]
        if (row["topic"], row["period"], row["precision"]) == (topic, period, "exact")
        and is_final(row)
    ]
    return rows[0] if len({row["value"] for row in rows}) == 1 else None


def agreed_sql(topic: str, period: str) -> str:
    """That total; nothing where totals differ or none is stated."""
    return (
        "(select case when count(distinct s.value) = 1 then min(s.value + 0) end"
        f" from district_counts s where s.topic = '{topic}' and s.period = {period}"
        f" and s.precision = 'exact' and {final_sql('s')})"
    )
