"""The small edition with rows for every rule of the findings, and ways to add a vote or a total.

Everything is invented. Each rule finds something here, so every sentence about one is printed.
"""

from collections.abc import Callable
from pathlib import Path

from tests.edition import add_row, edit, write_edition

Change = Callable[[Path], None]


def row(table: str, **cells: str) -> Change:
    """One more row of a table."""
    return lambda data: add_row(data, table, **cells)


def vote(vote_id: str, unit: str, tally: str = "", **cells: str) -> Change:
    """One more vote of 2020 on keeping officers; `tally` is "keep=3 remove=5"."""
    plain = {
        "cycle": "2020", "question_id": "officers-2020", "body": "council", "source_id": "minutes",
    }  # fmt: skip

    def change(data: Path) -> None:
        add_row(data, "votes", **{**plain, "vote_id": vote_id, "unit_id": unit, **cells})
        for part in tally.split():
            option, count = part.split("=")
            add_row(
                data, "vote_counts", vote_id=vote_id, option=option, count=count,
                source_id=cells.get("source_id", "minutes"),
            )  # fmt: skip

    return change


def total(topic: str, period: str, value: str, source: str = "minutes", **cells: str) -> Change:
    """One more stated total."""
    plain = {"as_of": "2022", "precision": "exact"}
    key = f"{topic.replace('_', '-')}-{period.replace(' ', '-')}-{value or 'none'}-{source}"
    return row(
        "district_counts", count_id=key, topic=topic, period=period, value=value,
        source_id=source, **{**plain, **cells},
    )  # fmt: skip


def cost(cost_id: str, kind: str, amount: str, source: str = "board", **cells: str) -> Change:
    """One more amount."""
    plain = {"period": "FY2021", "precision": "exact", "description": "An invented amount."}
    return row(
        "costs", cost_id=cost_id, cost_kind=kind, amount_usd=amount, source_id=source,
        **{**plain, **cells},
    )  # fmt: skip


def claim(claim_id: str, measure: str, source: str = "gazette", **cells: str) -> Change:
    """One more statement."""
    plain = {"said_on": "2022", "place": "a report", "statement": "An invented statement."}
    return row("claims", claim_id=claim_id, measure=measure, source_id=source, **{**plain, **cells})


def answer(feedback_id: str, **cells: str) -> Change:
    """One more answer of a survey of Sample Park's students in 2020."""
    plain = {
        "survey_id": feedback_id, "survey": "Invented survey", "survey_date": "2020-05",
        "unit_id": "sample-park", "scope": "one school", "respondent_group": "students",
        "question": "Should officers stay?", "response": "yes", "precision": "exact",
        "source_id": "survey",
    }  # fmt: skip
    return row("feedback", feedback_id=feedback_id, **{**plain, **cells})


def replace(table: str, line: int, column: str, value: str) -> Change:
    """Another value in one cell."""
    return lambda data: edit(data, table, line, column, value)


# Sample Park's leaders removed officers in 2020; Example Heights kept both, then one in 2021.
EVERY_RULE: tuple[Change, ...] = (
    # Advice: the council without a quorum was for keeping them.
    replace("votes", 3, "outcome", "keep"),
    # A majority that was not enough, and a vote of one vote's difference.
    vote(
        "park-2020-first", "sample-park", "keep=5 remove=4", superseded_by="park-2020",
        binding="no", outcome="keep",
    ),
    # A council that voted again: both officers, then one.
    vote(
        "heights-2021-first", "example-heights", "both=6 one=2 none=1", cycle="2021",
        question_id="plan-2021", outcome="keep_both", superseded_by="heights-2021",
    ),
    # A decision without a quorum, with two who abstained.
    vote(
        "fixture-2022", "fixture-campus", "keep=1 remove=8 abstain=2", cycle="2022",
        outcome="remove", quorum="no",
    ),
    # The board, whose votes are about no school, by one vote.
    vote("board-2022", "", "yes=3 no=4", cycle="2022", question_id="board-2024", body="board"),
    row(
        "rosters", unit_id="sample-park", school_year="2020-21", status="in_program",
        wording="An officer is named.", basis="news", source_id="gazette",
    ),
    row(
        "rosters", unit_id="example-heights", school_year="2019-20", status="not_in_program",
        wording="No officer is named.", basis="news", source_id="gazette",
    ),
    total("schools_keep_both", "2021-22", "2"),
    total("schools_keep_one", "2021-22", "1"),
    total("officers", "2021-22", "6"),
    total("schools_with_officers", "2021-22", "3"),
    total("schools_with_officers", "2020-21", "3", basis="schools"),
    total("schools_with_officers", "2020-21", "4", "gazette", note="One more."),
    total("schools_remove", "2020 to 2022", "1"),
    total("schools_remove", "2021", "2", "gazette"),
    cost("two-a", "offer", "10", period="FY2023", per="officer", note="A note."),
    cost("two-b", "offer", "20", "gazette", period="FY2023", per="officer"),
    cost("over", "paid", "12500000", "gazette", agreement_id="agreement-2020"),
    claim("again", "revisit", caveat="A caveat."),
    claim("never", "no_return", office="Exampleton Board"),
    claim("all", "all_kept", period="2020"),
    claim(
        "sum", "schools_sum", period="2021-22",
        count_id="schools-with-officers-2021-22-3-minutes",
    ),
    claim("officers", "officers_sum", period="2021-22", count_id="officers-2021-22-6-minutes"),
    claim("trained", "all_trained", period="2020-21"),
    total("officers", "2020-21", "5"),
    row(
        "terms", term_id="t-trained", agreement_id="agreement-2020", category="training",
        topic="officers_trained", summary="Officers were trained.", quantity="4",
        quantity_unit="officers", source_id="board",
    ),
    # A later agreement that is held in full and has no term on training.
    row(
        "agreements", agreement_id="agreement-2022", title="Invented agreement for 2022-23",
        agreement_kind="agreement", school_year="2022-23", text_held="full", source_id="board",
    ),
    row(
        "agreements", agreement_id="agreement-2023", title="Invented agreement for 2023-24",
        agreement_kind="agreement", school_year="2023-24", text_held="full", source_id="board",
    ),
    row(
        "terms", term_id="t-2022-cost", agreement_id="agreement-2022", category="cost",
        topic="yearly-ceiling", summary="The schools pay at most a ceiling.", source_id="board",
    ),
    row(
        "terms", term_id="t-2023-cost", agreement_id="agreement-2023", category="cost",
        topic="yearly-ceiling", summary="The schools pay at most a ceiling.", source_id="board",
    ),
    answer("stay", effect="keep", n="40", n_precision="exact", share="0.6", precision="rounded"),
    answer("nobody", n="0", n_precision="exact", response="no responses"),
)  # fmt: skip


def write_found(folder: Path, *changes: Change) -> Path:
    """The small edition with these changes, with EVERY_RULE where none are named."""
    data = write_edition(folder)
    for change in changes or EVERY_RULE:
        change(data)
    return data
