"""Leads for reporters: rows that a rule picks as questions to ask, never as findings of fault."""

from collections.abc import Iterator, Sequence

from generator.facts import decides_sql, effect_sql, original
from generator.findings.found import Finding, Rule, lines, of_row, of_vote
from generator.findings.sql import on_officers
from generator.model import Record, Row
from generator.views import vote_view
from generator.views.comparable import by_kind

# Bodies of a few members each: two of them are many, as two of a hundred answers would not be.
COUNCILS = ("council", "council_without_quorum", "board")
STUDENTS = "students"
ABSTAIN = "abstain"
MANY_ABSTAINED = 2
FEW_STUDENTS = 30  # the words of the page say it too


def narrow_votes(record: Record) -> Iterator[Finding]:
    """Votes that one vote more or less would have tied or turned, within one question and body."""
    counted = [vote for vote in record.votes.values() if vote["body"] in COUNCILS]
    for (question, body), votes in by_kind(counted, tallies=True).items():
        for vote in votes:
            if is_narrow(record.tallies.get(str(vote["vote_id"]), ())):
                yield of_vote(record, "narrow_votes", vote, group=f"{question}.{body}")


def is_narrow(tally: Sequence[Row]) -> bool:
    """True where the two options with most votes are at most one apart."""
    counts = sorted((int(row["count"]) for row in tally if row["option"] != ABSTAIN), reverse=True)
    return len(counts) > 1 and counts[0] - counts[1] <= 1


_COUNTS = (
    "select c.count + 0 from vote_counts c where c.vote_id = votes.vote_id"
    f" and c.option <> '{ABSTAIN}' order by c.count + 0 desc limit 1"
)
_BODIES = "('council', 'council_without_quorum', 'board')"
NARROW_VOTES = Rule(
    "narrow_votes", narrow_votes, "votes",
    f"body in {_BODIES} and ({_COUNTS}) - ({_COUNTS} offset 1) <= 1",
)  # fmt: skip


def reversals(record: Record) -> Iterator[Finding]:
    """Councils that decided otherwise a second time: in one round, or from one round to the next
    from keeping officers to removing them or back."""
    for vote in record.votes.values():
        if vote["body"] == "council" and vote["unit_id"]:
            before = [*_voted_again(record, vote), *_round_before(record, vote)]
            if before:
                shown = tuple(vote_view(record, earlier) for earlier in before)
                yield of_vote(record, "reversals", vote, shown)


def _voted_again(record: Record, vote: Row) -> list[Row]:
    effect = on_officers(record, vote)
    return [
        earlier
        for earlier in record.by_unit["votes"][str(vote["unit_id"])]
        if earlier["superseded_by"] == vote["vote_id"]
        and earlier["body"] == "council"
        and effect
        and on_officers(record, earlier) not in ("", effect)
    ]


def _round_before(record: Record, vote: Row) -> list[Row]:
    decided = [row for row in record.by_unit["votes"][str(vote["unit_id"])] if row["decides"]]
    cycles = [str(row["cycle"]) for row in decided if row["cycle"] < vote["cycle"]]
    if not vote["decides"] or not cycles:
        return []
    return [
        row
        for row in decided
        if row["cycle"] == max(cycles)
        and row["body"] == "council"
        and {on_officers(record, row), on_officers(record, vote)} == {"keep", "remove"}
    ]


REVERSALS = Rule(
    "reversals", reversals, "votes",
    "vote_id in (select d.vote_id from votes d join votes e on e.unit_id = d.unit_id"
    " where d.body = 'council' and e.body = 'council' and d.unit_id <> ''"
    " and ((e.superseded_by = d.vote_id"
    f" and {effect_sql('d')} in ('keep', 'reduce', 'remove')"
    f" and {effect_sql('e')} in ('keep', 'reduce', 'remove')"
    f" and {effect_sql('d')} <> {effect_sql('e')})"
    f" or ({decides_sql('d')} and {decides_sql('e')}"
    " and e.cycle = (select max(w.cycle) from votes w where w.unit_id = d.unit_id"
    f" and w.cycle < d.cycle and {decides_sql('w')})"
    f" and (({effect_sql('d')} = 'keep' and {effect_sql('e')} = 'remove')"
    f" or ({effect_sql('d')} = 'remove' and {effect_sql('e')} = 'keep')))))",
)  # fmt: skip


def no_quorum(record: Record) -> Iterator[Finding]:
    """Decisions that stood, of a round in which too few members of the council were there."""
    for vote in record.votes.values():
        if vote["decides"] and vote["quorum"] == "no":
            yield of_vote(record, "no_quorum", vote)


NO_QUORUM = Rule(
    "no_quorum", no_quorum, "votes",
    "quorum = 'no' and " + decides_sql("votes"),
)  # fmt: skip


def abstentions(record: Record) -> Iterator[Finding]:
    """Votes of a council or board in which two members or more abstained."""
    for vote in record.votes.values():
        tally = record.tallies.get(str(vote["vote_id"]), ())
        abstained = sum(int(row["count"]) for row in tally if row["option"] == ABSTAIN)
        if vote["body"] in COUNCILS and abstained >= MANY_ABSTAINED:
            yield of_vote(record, "abstentions", vote)


ABSTENTIONS = Rule(
    "abstentions", abstentions, "votes",
    f"body in {_BODIES} and exists (select 1 from vote_counts c where c.vote_id = votes.vote_id"
    f" and c.option = '{ABSTAIN}' and c.count + 0 >= {MANY_ABSTAINED})",
)  # fmt: skip


def day_of(text: Row) -> str:
    """The first date that a text has, its school year where it has none, else ""."""
    names = ("adopted_on", "starts_on", "ends_on", "school_year")
    return next((str(text[name]) for name in names if text[name]), "")


def terms_gone(record: Record) -> Iterator[Finding]:
    """Terms on a subject of which a later text of the same kind, read in full, has no term.

    A text of which a part was read, or none, says nothing of what it does not have.
    """
    texts = {str(row["agreement_id"]): row for row in record.rows["agreements"]}
    topics: dict[str, set[str]] = {}
    for term in record.rows["terms"]:
        topics.setdefault(str(term["agreement_id"]), set()).add(str(term["topic"]))
    for term in record.rows["terms"]:
        own = texts[str(term["agreement_id"])]
        without = [
            text
            for key, text in texts.items()
            if text["text_held"] == "full"
            and text["agreement_kind"] == own["agreement_kind"]
            and "" < day_of(own) < day_of(text)
            and topics.get(key)
            and term["topic"] not in topics[key]
        ]
        if without:
            sides = (lines(record, "terms", [term]), lines(record, "agreements", without))
            yield of_row(record, "terms_gone", str(term["term_id"]), term, *sides)


def _day_sql(text: str) -> str:
    return (
        f"coalesce(nullif({text}.adopted_on, ''), nullif({text}.starts_on, ''),"
        f" nullif({text}.ends_on, ''), {text}.school_year)"
    )


TERMS_GONE = Rule(
    "terms_gone", terms_gone, "terms",
    "exists (select 1 from agreements o join agreements l on l.agreement_kind = o.agreement_kind"
    " where o.agreement_id = terms.agreement_id and l.text_held = 'full'"
    f" and {_day_sql('o')} <> '' and {_day_sql('o')} < {_day_sql('l')}"
    " and exists (select 1 from terms n where n.agreement_id = l.agreement_id)"
    " and not exists (select 1 from terms n where n.agreement_id = l.agreement_id"
    " and n.topic = terms.topic))",
)  # fmt: skip


def few_students(record: Record) -> Iterator[Finding]:
    """Surveys that no student answered, or fewer than thirty, by the number that is published.

    A withheld or unstated number is neither few nor many.
    """
    known = ("exact", "rounded", "approximate", "upper_bound")
    for row in record.rows["feedback"]:
        if original(row, "respondent_group") != STUDENTS or row["n_precision"] not in known:
            continue
        if row["n"] is not None and row["n"] < FEW_STUDENTS:
            side = lines(record, "feedback", [row])
            yield of_row(record, "few_students", str(row["feedback_id"]), row, side)


FEW_STUDENTS_RULE = Rule(
    "few_students", few_students, "feedback",
    f"respondent_group = '{STUDENTS}' and n <> '' and n + 0 < {FEW_STUDENTS}"
    " and n_precision in ('exact', 'rounded', 'approximate', 'upper_bound')",
)  # fmt: skip
RULES = (NARROW_VOTES, REVERSALS, NO_QUORUM, ABSTENTIONS, TERMS_GONE, FEW_STUDENTS_RULE)
