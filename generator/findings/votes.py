"""Contradictions between votes: advice, majorities, outcomes, and what another source prints."""

from collections.abc import Iterator

from generator.facts import decides_sql, effect_sql, sources_of
from generator.findings.found import Finding, Rule, lines, of_vote
from generator.findings.sql import EFFECTS, ON_OFFICERS, on_officers, standing
from generator.model import Record, Row
from generator.views import vote_view

# What two sources can say of one vote; other columns are our own.
COMPARED = ("vote_date", "body", "seats", "quorum", "binding", "outcome", "officers_after")


def advisory_decision(record: Record) -> Iterator[Finding]:
    """An advisory tally of no deciding council, against the decision that stood."""
    for vote in record.votes.values():
        decision = standing(record, vote)
        if vote["binding"] != "no" or vote["body"] == "council" or not vote["unit_id"]:
            continue
        if decision is None or decision["question_id"] != vote["question_id"]:
            continue
        one, other = on_officers(record, vote), on_officers(record, decision)
        if one and other and one != other:
            yield of_vote(record, "advisory_decision", vote, (vote_view(record, decision),))


ADVISORY_DECISION = Rule(
    "advisory_decision", advisory_decision, "votes",
    "vote_id in (select a.vote_id from votes a join votes d"
    " on d.vote_id = case a.superseded_by when '' then a.vote_id else a.superseded_by end"
    " where a.binding = 'no' and a.body <> 'council' and a.unit_id <> ''"
    " and d.superseded_by = '' and d.question_id = a.question_id"
    f" and {effect_sql('a')} in {EFFECTS} and {effect_sql('d')} in {EFFECTS}"
    f" and {effect_sql('a')} <> {effect_sql('d')})",
)  # fmt: skip


def majority(record: Record, vote: Row) -> str:
    """What more than half of the votes on officers were for, "" where nothing had so many."""
    votes = dict.fromkeys(ON_OFFICERS, 0)
    for row in record.tallies.get(str(vote["vote_id"]), ()):
        effect = record.options[str(vote["question_id"]), "option", str(row["option"])]["effect"]
        if effect in votes:
            votes[str(effect)] += int(row["count"])
    return next((effect for effect in votes if 2 * votes[effect] > sum(votes.values())), "")


def majority_outcome(record: Record) -> Iterator[Finding]:
    """More than half of a council's votes for one thing, and another thing as the outcome that
    stood. Votes on a plan are on no one's staying, so they are no majority of this kind."""
    for vote in record.votes.values():
        decision = standing(record, vote)
        if vote["body"] != "council" or not vote["unit_id"] or decision is None:
            continue
        if decision["question_id"] != vote["question_id"]:
            continue
        most, outcome = majority(record, vote), on_officers(record, decision)
        if most and outcome and most != outcome:
            yield of_vote(record, "majority_outcome", vote, (vote_view(record, decision),))


_CAST = (
    "from vote_counts c join question_options p on p.question_id = v.question_id"
    " and p.role = 'option' and p.code = c.option"
    f" where c.vote_id = v.vote_id and p.effect in {EFFECTS}"
)
MAJORITY_OUTCOME = Rule(
    "majority_outcome", majority_outcome, "votes",
    "vote_id in (select v.vote_id from votes v join votes d"
    " on d.vote_id = case v.superseded_by when '' then v.vote_id else v.superseded_by end"
    " where v.body = 'council' and v.unit_id <> '' and d.superseded_by = ''"
    f" and d.question_id = v.question_id and {effect_sql('d')} in {EFFECTS}"
    f" and exists (select p.effect {_CAST} and p.effect <> {effect_sql('d')} group by p.effect"
    f" having 2 * sum(c.count) > (select sum(c.count) {_CAST})))",
)  # fmt: skip


def readings_of(record: Record, vote: Row) -> list[Row]:
    """What other sources print for cells of the vote and of its tally, but for what a publisher
    put right itself, and where the value of ours rests on that very source alone."""
    key = str(vote["vote_id"])
    cells = {("votes", key): vote}
    cells |= {("vote_counts", f"{key}.{row['option']}"): row for row in record.tallies.get(key, ())}
    return [
        reading
        for (table, name), row in cells.items()
        for reading in record.readings.get(name, ())
        if reading["table"] == table
        and not reading["is_corrected"]
        and (table == "vote_counts" or reading["column"] in COMPARED)
        and row[str(reading["column"])] is not None
        and set(sources_of(row)) - {reading["source_id"]}
    ]


def readings_differ(record: Record) -> Iterator[Finding]:
    """Two sources that print different tallies, dates or bodies for one vote."""
    for vote in record.votes.values():
        if found := readings_of(record, vote):
            yield of_vote(record, "readings_differ", vote, lines(record, "readings", found))


_CELL = " ".join(f"when '{name}' then votes.{name}" for name in COMPARED)
READINGS_DIFFER = Rule(
    "readings_differ", readings_differ, "votes",
    'exists (select 1 from readings r where r."table" = \'votes\' and r.row_key = votes.vote_id'
    f" and r.is_corrected <> 'true' and case r.\"column\" {_CELL} else '' end <> ''"
    " and (votes.source_id <> r.source_id"
    " or votes.other_source_ids not in ('', r.source_id)))"
    " or exists (select 1 from readings r join vote_counts c"
    " on r.row_key = c.vote_id || '.' || c.option"
    " where r.\"table\" = 'vote_counts' and c.vote_id = votes.vote_id"
    " and r.is_corrected <> 'true' and c.source_id <> r.source_id)",
)  # fmt: skip


def survey_vote(record: Record) -> Iterator[Finding]:
    """More than half of those who answered, against the decision of the unit in the same year.

    Only where a count of people, the group and the question are known: a withheld or unstated
    number of people is not compared, and neither are words such as "most".
    """
    for answer in record.rows["feedback"]:
        wanted = answer["effect"]
        if wanted not in ("keep", "remove") or not has_majority(answer):
            continue
        against = [
            vote
            for vote in record.by_unit["votes"].get(str(answer["unit_id"]), ())
            if vote["decides"]
            and vote["cycle"] == str(answer["survey_date"] or "")[:4]
            and on_officers(record, vote) == ("remove" if wanted == "keep" else "keep")
        ]
        for vote in against[:1]:
            found = of_vote(record, "survey_vote", vote, lines(record, "feedback", [answer]))
            yield Finding(
                **{**vars(found), "id": f"survey_vote.{answer['feedback_id']}", "rows": (answer,)}
            )


def has_majority(answer: Row) -> bool:
    """More than half of an exactly known number of people gave the answer."""
    if not answer["n"] or answer["n_precision"] != "exact":
        return False
    if answer["count"] is not None:
        return answer["precision"] == "exact" and bool(2 * answer["count"] > answer["n"])
    rough = answer["precision"] in ("exact", "rounded", "approximate", "lower_bound")
    return rough and answer["share"] is not None and bool(answer["share"] > 0.5)


SURVEY_VOTE = Rule(
    "survey_vote", survey_vote, "feedback",
    "feedback_id in (select f.feedback_id from feedback f join votes d on d.unit_id = f.unit_id"
    f" and d.cycle = substr(f.survey_date, 1, 4) where {decides_sql('d')}"
    " and f.n + 0 > 0 and f.n_precision = 'exact' and case when f.count <> ''"
    " then f.precision = 'exact' and 2 * f.count > f.n + 0"
    " else f.precision in ('exact', 'rounded', 'approximate', 'lower_bound')"
    " and f.share + 0 > 0.5 end"
    f" and ((f.effect = 'keep' and {effect_sql('d')} = 'remove')"
    f" or (f.effect = 'remove' and {effect_sql('d')} = 'keep')))",
)  # fmt: skip
RULES = (ADVISORY_DECISION, MAJORITY_OUTCOME, READINGS_DIFFER, SURVEY_VOTE)
