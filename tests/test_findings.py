"""Each rule on its boundaries, and what all findings promise: two sourced sides, counts that a
query finds again, order by rule and unit."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.findings import CONTRADICTIONS, LEADS, Findings, find
from generator.findings.found import Finding, Found
from generator.findings.sql import MOST, apart, span
from generator.model import Record
from generator.views import Line
from tests.edition import write_edition
from tests.found_edition import (
    Change,
    answer,
    claim,
    cost,
    replace,
    row,
    total,
    vote,
    write_found,
)
from tests.presenting import record_of
from tests.test_facts import computed, database
from tests.twenty import write_twenty

ROOT = Path(__file__).resolve().parents[1]
EDITIONS = ("real", "small", "twenty", "found")


def edition(name: str, folder: Path) -> Record:
    """The record of one of the editions."""
    writers = {"small": write_edition, "twenty": write_twenty, "found": write_found}
    return record_of(writers[name](folder / "data") if name in writers else ROOT / "data")


@pytest.fixture(scope="module", params=EDITIONS)
def record(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Record:
    return edition(request.param, tmp_path_factory.mktemp(request.param))


@pytest.fixture(scope="module")
def real() -> Findings:
    return find(record_of(ROOT / "data"))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Findings:
    return find(edition("found", tmp_path_factory.mktemp("made")))


def ids(found: Findings) -> dict[str, list[str]]:
    """The ids of all findings by their rule, without its name."""
    return {
        one.code: [finding.id.removeprefix(f"{one.code}.") for finding in one.findings]
        for one in (*found.contradictions, *found.leads)
    }


def all_of(found: Findings) -> list[Finding]:
    """Every finding, contradictions first."""
    return [one for part in (found.contradictions, found.leads) for f in part for one in f.findings]


# ---- what all findings promise, in four editions


def test_every_contradiction_has_a_source_on_each_of_its_sides(record: Record) -> None:
    for found in find(record).contradictions:
        for one in found.findings:
            assert len(one.sides) >= 2, one.id
            for side in one.sides:
                assert side, one.id
                assert all(part.sources for part in side), one.id


def test_every_lead_has_a_sourced_row(record: Record) -> None:
    for found in find(record).leads:
        for one in found.findings:
            assert one.parts, one.id
            assert all(part.sources for part in one.parts), one.id


def test_no_vote_stands_against_a_row_restated_from_one(record: Record) -> None:
    for one in all_of(find(record)):
        lists = [part for part in one.parts if isinstance(part, Line) and part.table == "rosters"]
        assert {part.codes["basis"] for part in lists} <= {"published_list", "news"}, one.id


def test_counts_and_verdicts_compute_again_from_the_published_csvs(record: Record) -> None:
    found, tables = find(record), database(record)
    facts = [one.count for one in (*found.contradictions, *found.leads, *found.verdicts)]
    for tested in found.claims:
        facts += [tested.verdict, *tested.numbers.values()]
    assert [computed(fact, tables) for fact in facts] == [[str(fact.value)] for fact in facts]


def test_rules_stand_in_their_order_and_findings_by_unit(record: Record) -> None:
    found = find(record)
    assert [one.code for one in found.contradictions] == [rule.code for rule in CONTRADICTIONS]
    assert [one.code for one in found.leads] == [rule.code for rule in LEADS]
    for one in (*found.contradictions, *found.leads):
        places = [(finding.group, finding.unit_id, finding.id) for finding in one.findings]
        assert places == sorted(set(places))
        assert one.count.value == len(places)


def test_the_order_of_rows_in_the_files_does_not_matter(tmp_path: Path, made: Findings) -> None:
    data = write_found(tmp_path / "data")
    for table in ("votes", "district_counts", "costs", "claims", "rosters", "feedback"):
        path = data / f"{table}.csv"
        header, *rows = path.read_text("utf-8").splitlines()
        path.write_text("\n".join([header, *reversed(rows)]) + "\n", "utf-8")
    assert ids(find(record_of(data))) == ids(made)


def test_every_rule_has_its_words_and_finds_something_in_the_invented_edition(
    made: Findings,
) -> None:
    assert all(ids(made).values())
    words = {path.stem for path in (ROOT / "templates/findings").glob("*.j2")}
    assert words == {rule.code for rule in (*CONTRADICTIONS, *LEADS)}


def test_a_school_has_the_findings_of_its_units_alone(made: Findings) -> None:
    own = made.of(["sample-park"])
    assert {one.unit_id for one in (*own.contradictions, *own.leads)} == {"sample-park"}
    assert "survey_vote.stay" in [one.id for one in own.contradictions]
    assert made.of([]).contradictions == made.of([]).leads == ()


# ---- the record of Chicago: what is found stays found


def test_the_contradictions_of_the_record_are_these(real: Findings) -> None:
    found = {code: names for code, names in ids(real).items() if code in CODES}
    assert found == {
        "advisory_decision": [
            "little-village-lawndale-2020-advisory",
            "lv-infinity-2020-advisory",
            "lv-social-justice-2020-advisory",
        ],
        "majority_outcome": ["kelly-2020-council"],
        "officers_listed": [],
        "sum_total": ["officers-2023-24-cb-2024-02-23"],
        "readings_differ": [
            "crane-medical-2020-council",
            "kelvyn-park-2020-advisory",
            "kenwood-2023",
            "lindblom-2020",
            "little-village-lawndale-2020-advisory",
        ],
        "totals_differ": [
            "officers.2019-20",
            "schools_keep_one.2021",
            "schools_remove.2021",
            "schools_with_officers.2018-19",
            "schools_with_officers.2019-20",
            "schools_without_council.2020",
        ],
        "span_total": ["schools-remove-2020-to-2024-cb-2024-06-26"],
        "amounts_differ": ["contract.FY2024.", "offer.FY2022.officer-given-up"],
        "ceiling_paid": [],
        "revisit_return": ["revisit-2020"],
        "survey_vote": [],
    }


CODES = {rule.code for rule in CONTRADICTIONS}


def test_the_sum_of_officers_is_55_against_57(real: Findings) -> None:
    (found,) = by_code(real, "sum_total").findings
    ((total_of_57,),) = found.sides[1:]
    stated = total_of_57.cells["value"] if isinstance(total_of_57, Line) else None
    assert (found.number("sum").value, stated.value if stated else None) == (55, 57)


def test_the_leads_of_the_record_are_these(real: Findings) -> None:
    found = ids(real)
    assert found["narrow_votes"] == [
        "board-2020-06-24",
        "back-of-the-yards-2020",
        "gage-park-2020",
        "senn-2020",
        "washington-2020",
        "westinghouse-2020-first",
        "crane-medical-2020-council",
        "lv-world-language-2020-advisory",
    ]
    assert found["reversals"] == [
        "goode-2021",
        "hyde-park-2021",
        "jones-2021",
        "kennedy-2021",
        "lake-view-2021",
        "marshall-2023",
        "solorio-2021",
        "von-steuben-2021",
    ]
    assert len(found["no_quorum"]) == 12
    assert found["abstentions"] == [
        "douglass-2023",
        "hyde-park-2023",
        "jones-2021",
        "lindblom-2020",
    ]
    assert found["terms_gone"] == []
    assert found["few_students"] == ["cps-officers-2020-students-3", "cps-officers-2020-students-2"]


def test_the_verdicts_of_the_record_are_these(real: Findings) -> None:
    untested = "cannot be tested with what is found"
    assert {one.said.key: one.verdict.value for one in real.claims} == {
        "all-kept-2019": untested,
        "trained-2019": untested,
        "revisit-2020": "contradicted",
        "no-return-2020-solorio": "contradicted",
        "keep-2020": untested,
        "remove-2020": untested,
        "keep-one-2021": untested,
        "remove-2021": untested,
        "no-return-2023": "contradicted",
        "officers-2023-24": "contradicted",
        "schools-2023-24": "supported",
    }


def by_code(found: Findings, code: str) -> Found:
    """What one rule found."""
    return next(one for one in (*found.contradictions, *found.leads) if one.code == code)


# ---- each rule on its boundaries

Case = tuple[str, tuple[Change, ...], list[str]]

ADVICE = "park-2020-advice"
PLAIN: Mapping[str, list[str]] = {
    "readings_differ": ["heights-2020", "fixture-2020"],
    "totals_differ": ["schools_keep.2020"],
    "narrow_votes": [ADVICE],
}


def listed(status: str, basis: str = "news", **cells: str) -> Change:
    """A list of 2020-21, the year for which Sample Park's leaders removed officers."""
    plain = {
        "unit_id": "sample-park", "school_year": "2020-21", "source_id": "gazette",
        "wording": "An invented list.",
    }  # fmt: skip
    return row("rosters", **{**plain, "status": status, "basis": basis, **cells})


def council(tally: str, outcome: str = "keep", **cells: str) -> Change:
    """A council's vote at Sample Park that its leaders' decision replaced."""
    plain = {"superseded_by": "park-2020", "outcome": outcome, "binding": "no"}
    return vote("first", "sample-park", tally, **{**plain, **cells})


BOTH, ONE = total("schools_keep_both", "2021-22", "2"), total("schools_keep_one", "2021-22", "1")
SIX = total("officers", "2021-22", "6")
STAY = {
    "effect": "keep", "n": "40", "n_precision": "exact", "share": "0.6", "precision": "rounded",
}  # fmt: skip
CONTRACT = cost("c", "contract", "100", agreement_id="agreement-2020", period="FY2030")


def paid(amount: str, **cells: str) -> Change:
    """Paid under the agreement of that contract."""
    plain = {"agreement_id": "agreement-2020", "period": "FY2030"}
    return cost("p", "paid", amount, "gazette", **{**plain, **cells})


CASES: tuple[Case, ...] = (
    # Advice: only a known outcome on the same question, of a tally that decided nothing.
    ("advisory_decision", (replace("votes", 3, "outcome", "keep"),), [ADVICE]),
    ("advisory_decision", (replace("votes", 3, "outcome", "remove"),), []),
    ("advisory_decision", (), []),
    ("advisory_decision", (
        replace("votes", 3, "outcome", "keep"), replace("votes", 4, "outcome", ""),
    ), []),
    ("advisory_decision", (
        replace("votes", 3, "outcome", "keep"), replace("votes", 3, "binding", ""),
    ), []),
    ("advisory_decision", (council("keep=3 remove=2"),), []),
    # Majorities: more than half of the votes on officers, by a council.
    ("majority_outcome", (council("keep=3 remove=2"),), ["first"]),
    ("majority_outcome", (council("keep=3 remove=3"),), []),
    ("majority_outcome", (council("keep=3 remove=2 abstain=9"),), ["first"]),
    ("majority_outcome", (council("keep=2 remove=3"),), []),
    ("majority_outcome", (council(""),), []),
    ("majority_outcome", (council("keep=3 remove=2", body="council_members_poll"),), []),
    ("majority_outcome", (
        council("keep=3 remove=2"), replace("votes", 4, "outcome", ""),
    ), []),
    ("majority_outcome", (
        council("both=3 none=2", outcome="keep_both", question_id="plan-2021"),
    ), []),
    ("majority_outcome", (replace("votes", 2, "outcome", "remove"),), ["heights-2020"]),
    # Lists: eyes of their own on both sides; a partial list's silence is no row at all.
    ("officers_listed", (listed("in_program"),), ["sample-park.2020-21.gazette"]),
    ("officers_listed", (listed("in_program", "published_list"),), ["sample-park.2020-21.gazette"]),
    ("officers_listed", (listed("in_program", "restated_from_vote"),), []),
    ("officers_listed", (listed("in_program", "inferred"),), []),
    ("officers_listed", (listed(""),), []),
    ("officers_listed", (listed("not_in_program"),), []),
    ("officers_listed", (listed("in_program", school_year="2022-23"),), []),
    ("officers_listed", (
        listed("in_program"), replace("votes", 4, "outcome", ""),
    ), []),
    ("officers_listed", (
        listed("not_in_program", unit_id="example-heights", school_year="2019-20"),
    ), ["example-heights.2019-20.list-2020"]),
    ("officers_listed", (
        listed("not_in_program", unit_id="example-heights"),
    ), ["example-heights.2020-21.gazette"]),
    ("officers_listed", (
        listed("not_in_program", "restated_from_vote", unit_id="example-heights",
               school_year="2019-20"),
    ), []),
    # Sums: exact and final numbers on which sources agree.
    ("sum_total", (BOTH, ONE, SIX), ["officers-2021-22-6-minutes"]),
    ("sum_total", (BOTH, ONE, total("officers", "2021-22", "5")), []),
    ("sum_total", (BOTH, SIX), []),
    ("sum_total", (BOTH, ONE, total("officers", "2021-22", "6", precision="approximate")), []),
    ("sum_total", (BOTH, ONE, total("officers", "2021-22", "6", is_running="true")), []),
    ("sum_total", (BOTH, ONE, SIX, total("schools_keep_one", "2021-22", "2", "gazette")), []),
    ("sum_total", (BOTH, ONE, total("schools_with_officers", "2021-22", "4")),
     ["schools-with-officers-2021-22-4-minutes"]),
    # Readings: another source, and not what a publisher put right itself.
    ("readings_differ", (), ["heights-2020", "fixture-2020"]),
    ("readings_differ", (replace("readings", 2, "is_corrected", "true"),), ["fixture-2020"]),
    ("readings_differ", (replace("readings", 2, "source_id", "minutes"),), ["fixture-2020"]),
    ("readings_differ", (replace("readings", 3, "column", "seats"),), ["heights-2020"]),
    ("readings_differ", (replace("votes", 5, "other_source_ids", ""),),
     ["heights-2020", "fixture-2020"]),
    ("readings_differ", (
        replace("votes", 5, "other_source_ids", ""), replace("readings", 3, "source_id", "gazette"),
    ), ["heights-2020"]),
    # Totals: final ones of one topic and period from two sources.
    ("totals_differ", (), ["schools_keep.2020"]),
    ("totals_differ", (replace("district_counts", 3, "is_running", "true"),), []),
    ("totals_differ", (replace("district_counts", 3, "value", "2"),), []),
    ("totals_differ", (replace("district_counts", 3, "source_id", "minutes"),), []),
    ("totals_differ", (replace("district_counts", 3, "period", "2021"),), []),
    ("totals_differ", (
        total("officers", "2030", "200", precision="approximate"),
        total("officers", "2030", "249", "gazette"),
    ), ["schools_keep.2020"]),
    ("totals_differ", (
        total("officers", "2030", "200", precision="approximate"),
        total("officers", "2030", "250", "gazette"),
    ), ["officers.2030", "schools_keep.2020"]),
    ("totals_differ", (
        total("officers", "2030", "200", precision="lower_bound"),
        total("officers", "2030", "199", "gazette"),
    ), ["officers.2030", "schools_keep.2020"]),
    ("totals_differ", (
        total("officers", "2030", "", precision="words_only"),
        total("officers", "2030", "199", "gazette"),
    ), ["schools_keep.2020"]),
    # Spans of years.
    ("span_total", (
        total("schools_remove", "2020 to 2022", "1"),
        total("schools_remove", "2022", "2", "gazette"),
    ), ["schools-remove-2020-to-2022-1-minutes"]),
    ("span_total", (
        total("schools_remove", "2020 to 2022", "2"),
        total("schools_remove", "2022", "2", "gazette"),
    ), []),
    ("span_total", (
        total("schools_remove", "2020 to 2022", "1"),
        total("schools_remove", "2023", "2", "gazette"),
    ), []),
    ("span_total", (
        total("officers", "2020 to 2022", "1"), total("officers", "2022", "2", "gazette"),
    ), []),
    ("span_total", (
        total("schools_remove", "2020 to 2022", "1"), total("schools_remove", "2022", "2"),
    ), []),
    # Amounts.
    ("amounts_differ", (cost("a", "offer", "10"), cost("b", "offer", "20", "gazette")),
     ["offer.FY2021."]),
    ("amounts_differ", (cost("a", "offer", "10"), cost("b", "offer", "20")), []),
    ("amounts_differ", (cost("a", "offer", "10"), cost("b", "rate", "20", "gazette")), []),
    ("amounts_differ", (
        cost("a", "offer", "10"), cost("b", "offer", "20", "gazette", per="officer"),
    ), []),
    ("amounts_differ", (
        cost("a", "offer", "10300000", precision="rounded"),
        cost("b", "offer", "10340000", "gazette", precision="rounded"),
    ), []),
    # Paid against the ceiling: more alone, and beyond what rounding explains.
    ("ceiling_paid", (CONTRACT, paid("101")), ["p"]),
    ("ceiling_paid", (CONTRACT, paid("100")), []),
    ("ceiling_paid", (CONTRACT, paid("50")), []),
    ("ceiling_paid", (CONTRACT, paid("101", agreement_id="resolution-2024")), []),
    ("ceiling_paid", (CONTRACT, paid("101", agreement_id="")), []),
    ("ceiling_paid", (CONTRACT, paid("110", precision="approximate")), ["p"]),
    ("ceiling_paid", (CONTRACT, paid("100", precision="lower_bound")), []),
    # Statements.
    ("revisit_return", (claim("a", "revisit"), claim("b", "no_return")), ["a"]),
    ("revisit_return", (claim("a", "revisit"),), []),
    ("revisit_return", (claim("b", "no_return"),), []),
    # Surveys: a known n, more than half, and the decision the other way in the same year.
    ("survey_vote", (answer("a", **STAY),), ["a"]),
    ("survey_vote", (answer("a", **{**STAY, "share": "0.5"}),), []),
    ("survey_vote", (
        answer("a", **{**STAY, "n": "", "n_mark": "withheld", "n_precision": ""}),
    ), []),
    ("survey_vote", (answer("a", **{**STAY, "n_precision": "approximate"}),), []),
    ("survey_vote", (answer("a", **{**STAY, "share": "", "precision": "words_only"}),), []),
    ("survey_vote", (answer("a", **{**STAY, "effect": "remove"}),), []),
    ("survey_vote", (answer("a", **{**STAY, "effect": ""}),), []),
    ("survey_vote", (answer("a", **{**STAY, "survey_date": "2021-05"}),), []),
    ("survey_vote", (answer("a", **{**STAY, "precision": "upper_bound"}),), []),
    ("survey_vote", (
        answer("a", **{**STAY, "share": "", "count": "21", "precision": "exact"}),
    ), ["a"]),
    ("survey_vote", (
        answer("a", **{**STAY, "share": "", "count": "20", "precision": "exact"}),
    ), []),
    # Narrow votes: within one question and body of few members.
    ("narrow_votes", (), [ADVICE]),
    ("narrow_votes", (council("keep=4 remove=5"),), ["first", ADVICE]),
    ("narrow_votes", (council("keep=4 remove=4"),), ["first", ADVICE]),
    ("narrow_votes", (council("keep=4 remove=6"),), [ADVICE]),
    ("narrow_votes", (council("keep=4"),), [ADVICE]),
    ("narrow_votes", (council("keep=4 abstain=4"),), [ADVICE]),
    ("narrow_votes", (council("keep=4 remove=4", body="community_poll"),), [ADVICE]),
    # Reversals: councils, known outcomes.
    ("reversals", (
        vote("again", "example-heights", outcome="remove", superseded_by="heights-2020"),
    ), ["heights-2020"]),
    ("reversals", (
        vote("again", "example-heights", outcome="keep", superseded_by="heights-2020"),
    ), []),
    ("reversals", (vote("again", "example-heights", superseded_by="heights-2020"),), []),
    ("reversals", (
        vote("again", "example-heights", outcome="remove", superseded_by="heights-2020",
             body="council_without_quorum"),
    ), []),
    ("reversals", (vote("next", "example-heights", outcome="remove", cycle="2022"),), []),
    ("reversals", (vote("next", "fixture-campus", outcome="remove", cycle="2022"),), []),
    ("reversals", (
        replace("votes", 8, "cycle", "2022"),
        vote("next", "fixture-campus", outcome="remove", cycle="2021"),
    ), ["next"]),
    # Quorum and abstentions.
    ("no_quorum", (), []),
    ("no_quorum", (replace("votes", 4, "quorum", "no"),), ["park-2020"]),
    ("no_quorum", (replace("votes", 4, "quorum_mark", "not_applicable"),), []),
    ("abstentions", (council("keep=4 abstain=2"),), ["first"]),
    ("abstentions", (council("keep=4 abstain=1"),), []),
    ("abstentions", (council("keep=40 abstain=20", body="community_poll"),), []),
    # Surveys of students by their published number.
    ("few_students", (answer("a", n="0", n_precision="exact"),), ["a"]),
    ("few_students", (answer("a", n="29", n_precision="exact"),), ["a"]),
    ("few_students", (answer("a", n="30", n_precision="exact"),), []),
    ("few_students", (answer("a", n_mark="withheld"),), []),
    ("few_students", (answer("a"),), []),
    ("few_students", (answer("a", n="20", n_precision="lower_bound"),), []),
    ("few_students", (answer("a", n="20", n_precision="exact", respondent_group="staff"),), []),
)  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "changes", "expected"), CASES, ids=[f"{c[0]}-{i}" for i, c in enumerate(CASES)]
)
def test_a_rule_finds_what_it_has_to_and_nothing_else(
    tmp_path: Path, rule: str, changes: tuple[Change, ...], expected: list[str]
) -> None:
    record = record_of(write_found(tmp_path / "data", *(changes or (lambda _: None,))))
    found = find(record)
    assert sorted(ids(found)[rule]) == sorted(expected)
    assert computed(by_code(found, rule).count, database(record)) == [str(len(expected))]


# ---- terms, which need texts, and verdicts, which need rounds


def gone(tmp_path: Path, *changes: Change) -> list[str]:
    """The terms that a later text of 2022-23 no longer has; it has one on the ceiling alone."""
    later = (
        row(
            "agreements", agreement_id="later", title="Invented agreement for 2022-23",
            agreement_kind="agreement", school_year="2022-23", text_held="full", source_id="board",
        ),
        row(
            "terms", term_id="t-later", agreement_id="later", category="cost",
            topic="yearly-ceiling", summary="A ceiling.", source_id="board",
        ),
    )  # fmt: skip
    return ids(find(record_of(write_found(tmp_path / "data", *later, *changes))))["terms_gone"]


def test_a_subject_is_gone_where_a_later_full_text_has_none(tmp_path: Path) -> None:
    assert gone(tmp_path) == ["t-2020-training"]


@pytest.mark.parametrize(
    "change",
    [
        replace("agreements", 4, "text_held", "excerpt"),
        replace("agreements", 4, "text_held", "none"),
        replace("agreements", 4, "agreement_kind", "order"),
        replace("agreements", 4, "school_year", "2019-20"),
        replace("terms", 5, "topic", "training-hours"),
        replace("terms", 5, "agreement_id", "agreement-2020"),
    ],
)
def test_no_subject_is_gone_from_what_we_have_not_read(tmp_path: Path, change: Change) -> None:
    assert "t-2020-training" not in gone(tmp_path, change)


UNTESTED = "cannot be tested with what is found"
ASKED = total("schools_asked", "2020", "3")
FINAL = replace("district_counts", 3, "is_running", "true")
TRAINED = row(
    "terms", term_id="t-trained", agreement_id="agreement-2020", category="training",
    topic="officers_trained", summary="Trained.", quantity="4", source_id="board",
)  # fmt: skip
OFFICERS = claim("c", "officers_sum", period="2021-22", count_id="officers-2021-22-6-minutes")


@pytest.mark.parametrize(
    ("key", "changes", "expected"),
    [
        # Two kept and one removed, of three asked: the total of two is what the rows say.
        ("claim-keep", (FINAL, ASKED), "supported"),
        ("claim-keep", (FINAL,), UNTESTED),
        ("claim-keep", (FINAL, total("schools_asked", "2020", "4")), UNTESTED),
        ("claim-keep", (FINAL, ASKED, replace("votes", 5, "outcome", "")), UNTESTED),
        ("claim-keep", (ASKED,), "contradicted"),
        ("claim-keep", (FINAL, replace("district_counts", 2, "value", "1")), "contradicted"),
        ("claim-keep", (FINAL, ASKED, replace("district_counts", 2, "value", "4")), "contradicted"),
        ("claim-keep", (FINAL, replace("district_counts", 2, "value", "4")), UNTESTED),
        ("claim-keep", (
            FINAL, ASKED, replace("district_counts", 2, "precision", "approximate"),
        ), UNTESTED),
        ("c", (claim("c", "all_kept", period="2020"),), "contradicted"),
        ("c", (claim("c", "all_kept", period="2019"),), UNTESTED),
        ("c", (claim("c", "all_kept", period="2020"), replace("votes", 4, "outcome", "keep")),
         UNTESTED),
        ("c", (
            claim("c", "all_kept", period="2020"), replace("votes", 4, "outcome", "keep"), ASKED,
        ), "supported"),
        ("c", (BOTH, ONE, SIX, OFFICERS), "contradicted"),
        ("c", (BOTH, ONE, SIX, OFFICERS, total("schools_keep_one", "2021-22", "2", "gazette")),
         UNTESTED),
        ("c", (BOTH, SIX, OFFICERS), UNTESTED),
        ("claim-trained", (), UNTESTED),
        ("c", (claim("c", "all_trained", period="2020-21"), TRAINED), UNTESTED),
        ("c", (
            claim("c", "all_trained", period="2020-21"), TRAINED, total("officers", "2020-21", "4"),
        ), "supported"),
        ("c", (
            claim("c", "all_trained", period="2020-21"), TRAINED, total("officers", "2020-21", "5"),
        ), "contradicted"),
        ("c", (claim("c", "revisit"),), UNTESTED),
        ("c", (claim("c", "no_return"), claim("d", "revisit")), "contradicted"),
    ],
)  # fmt: skip
def test_a_verdict_follows_the_rule_of_its_measure(
    tmp_path: Path, key: str, changes: tuple[Change, ...], expected: str
) -> None:
    record = record_of(write_found(tmp_path / "data", *(changes or (lambda _: None,))))
    tested = {one.said.key: one for one in find(record).claims}[key]
    assert tested.verdict.value == expected
    assert computed(tested.verdict, database(record)) == [expected]


# ---- numbers as they are stated


@pytest.mark.parametrize(
    ("value", "precision", "expected"),
    [
        (200, "exact", (200, 200)),
        (200, "approximate", (150, 249.5)),
        (200, "rounded", (150, 249.5)),
        (73, "approximate", (72.5, 73)),
        (210, "rounded", (205, 214.5)),
        (200, "lower_bound", (200, MOST)),
        (200, "upper_bound", (0, 200)),
    ],
)
def test_a_stated_number_stands_for_all_that_round_to_it(
    value: float, precision: str, expected: tuple[float, float]
) -> None:
    assert span(value, precision) == expected


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_numbers_are_apart_both_ways_or_neither(one: int, other: int) -> None:
    for precision in ("exact", "rounded", "lower_bound"):
        spans = span(one, precision), span(other, "approximate")
        assert apart(*spans) == apart(*reversed(spans))
        assert not apart(spans[0], spans[0])


# ---- any rows at all


STATUS = st.sampled_from(["in_program", "not_in_program", ""])
BASIS = st.sampled_from(["published_list", "news", "restated_from_vote", "inferred"])
BODY = st.sampled_from(["council", "council_without_quorum", "school_leaders", ""])
OUTCOME = st.sampled_from(["keep", "remove", ""])
COUNT = st.integers(0, 5)  # three of them are at most a council


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(STATUS, BASIS), max_size=3),
    st.lists(
        st.tuples(BODY, OUTCOME, COUNT, COUNT, COUNT, st.sampled_from(["yes", "no", ""])),
        max_size=3,
    ),
)
def test_whatever_the_rows_say_both_sides_have_sources_and_counts_compute_again(
    tmp_path_factory: pytest.TempPathFactory,
    lists: list[tuple[str, str]],
    votes: list[tuple[str, str, int, int, int, str]],
) -> None:
    changes = [
        listed(status, basis, source_id=source)
        for (status, basis), source in zip(lists, ("gazette", "list-2020", "board"), strict=False)
    ]
    changes += [
        vote(
            f"v-{i}", "sample-park", f"keep={keep} remove={remove} abstain={abstain}", body=body,
            outcome=outcome, binding=binding, superseded_by="park-2020" if i % 2 else "",
            cycle=str(2020 + i), effective_school_year=f"{2020 + i}-{21 + i}",
        )
        for i, (body, outcome, keep, remove, abstain, binding) in enumerate(votes, 1)
    ]  # fmt: skip
    data = write_found(tmp_path_factory.mktemp("any") / "data", *changes, lambda _: None)
    record = record_of(data)
    found, tables = find(record), database(record)
    for one in (*found.contradictions, *found.leads):
        assert computed(one.count, tables) == [str(one.count.value)], one.code
    for part in found.contradictions:
        for finding in part.findings:
            assert len(finding.sides) > 1
            assert all(row_.sources for side in finding.sides for row_ in side)
            bases = {row_.codes.get("basis") for row_ in finding.parts if isinstance(row_, Line)}
            assert not bases & {"restated_from_vote", "inferred"}
