"""Contradictions about where officers were: a list against another list or against a decision."""

from collections.abc import Iterator

from generator.facts import decides_sql, effect_sql, row_key
from generator.findings.found import Finding, Part, Rule, lines, of_row
from generator.findings.sql import on_officers
from generator.model import Record, Row
from generator.views import vote_view

# A row restated from a vote or inferred is no second source; a school that no row names says
# nothing, because lists are partial.
OWN_EYES = ("published_list", "news")


def officers_listed(record: Record) -> Iterator[Finding]:
    """A list or report that has officers at a unit in a school year for which another one, or the
    decision for that year, says none; and the reverse for a decision."""
    table = record.tables["rosters"].table
    for row in record.rows["rosters"]:
        if row["basis"] not in OWN_EYES or not row["status"]:
            continue
        against = (*_lists(record, row), *_decisions(record, row))
        if against:
            own = lines(record, "rosters", [row])
            yield of_row(record, "officers_listed", row_key(table, row), row, own, against)


def _lists(record: Record, row: Row) -> tuple[Part, ...]:
    if row["status"] != "in_program":
        return ()
    others = [
        other
        for other in record.by_unit["rosters"].get(str(row["unit_id"]), ())
        if other["basis"] in OWN_EYES
        and other["school_year"] == row["school_year"]
        and other["status"] == "not_in_program"
        and other["source_id"] != row["source_id"]
    ]
    return lines(record, "rosters", others)


def _decisions(record: Record, row: Row) -> tuple[Part, ...]:
    listed = row["status"] == "in_program"
    return tuple(
        vote_view(record, vote)
        for vote in record.by_unit["votes"].get(str(row["unit_id"]), ())
        if vote["decides"]
        and vote["effective_school_year"] == row["school_year"]
        and vote["source_id"] != row["source_id"]
        and on_officers(record, vote)
        and (on_officers(record, vote) == "remove") == listed
    )


_BASES = "('published_list', 'news')"
OFFICERS_LISTED = Rule(
    "officers_listed", officers_listed, "rosters",
    f"basis in {_BASES} and status <> '' and (exists (select 1 from votes d"
    f" where d.unit_id = rosters.unit_id and {decides_sql('d')}"
    " and d.effective_school_year = rosters.school_year and d.source_id <> rosters.source_id"
    f" and {effect_sql('d')} in ('keep', 'reduce', 'remove')"
    f" and ({effect_sql('d')} = 'remove') = (rosters.status = 'in_program'))"
    " or (status = 'in_program' and exists (select 1 from rosters o"
    " where o.unit_id = rosters.unit_id and o.school_year = rosters.school_year"
    f" and o.basis in {_BASES} and o.status = 'not_in_program'"
    " and o.source_id <> rosters.source_id)))",
)  # fmt: skip
RULES = (OFFICERS_LISTED,)
