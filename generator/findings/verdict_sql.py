"""The verdicts as queries over the published tables: one for each measure of a statement."""

from collections.abc import Mapping

from generator.facts import decides_sql, effect_sql
from generator.findings.sql import agreed_sql, final_sql
from generator.findings.sums import sum_sql
from generator.model import N_

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
