"""What the edition in data/ promises: counts that must stand, and what must never be in it."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.present.receipts import MEASURES
from generator.tables import TABLES
from tests.presenting import NoPictures, all_pages, site_of

DATA = Path(__file__).resolve().parents[1] / "data"
Row = dict[str, str]

ROWS = {
    "agreements": 15,
    "alternatives": 16,
    "changes": 8,
    "claims": 11,
    "corrections": 0,
    "costs": 27,
    "decision_units": 71,
    "district_counts": 69,
    "enrollments": 3944,
    "evidence": 25,
    "feedback": 34,
    "incidents": 34,
    "question_options": 36,
    "questions": 6,
    "readings": 9,
    "replies": 0,
    "requests": 0,
    "rosters": 173,
    "school_names": 147,
    "schools": 674,
    "sources": 168,
    "terms": 120,
    "topics": 69,
    "unit_schools": 74,
    "vote_counts": 195,
    "votes": 129,
}
ASKED_2020 = 72
MIN_CELL = 10
# The columns that count people in the tables that repeat what others published.
PEOPLE = (("enrollments", "students"), ("feedback", "count"), ("incidents", "count"))
# The 39 statements of the district's presentation of 2019, alternatives among them.
PRESENTATION = """
    v-2019-who v-2019-claim v-2019-webinars
    p-crime p-threat p-threats-week-low p-threats-week-high
    s-first s-feedback
    c-youth c-discipline c-experience c-respect c-principals
    r-intervene r-relations r-protect r-team
    t-development t-relations t-deescalation t-policies t-bias t-restorative t-parallel
    m-roles m-supervision m-training m-selection
    e-cbo e-feedback
    a-safe-passage a-mentoring a-jobs a-interventions a-pipeline a-bullying a-certification
    l-2018-19
""".split()
SENTENCES = (
    ("agreements", "caveat"),
    ("claims", "caveat"),
    ("claims", "statement"),
    ("costs", "description"),
    ("costs", "note"),
    ("decision_units", "caveat"),
    ("district_counts", "note"),
    ("district_counts", "why"),
    ("evidence", "caveat"),
    ("evidence", "found"),
    ("feedback", "note"),
    ("incidents", "note"),
    ("questions", "description"),
    ("readings", "why"),
    ("rosters", "note"),
    ("rosters", "wording"),
    ("schools", "caveat"),
    ("sources", "note"),
    ("terms", "caveat"),
    ("terms", "summary"),
    ("votes", "caveat"),
    ("votes", "question_wording"),
)


def read(table: str) -> list[Row]:
    """The rows of a table, each a dict of text cells."""
    with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def by_id(table: str, key: str) -> dict[str, Row]:
    """The rows of a table by their key."""
    return {row[key]: row for row in read(table)}


def decisions_2020() -> Iterator[Row]:
    """The row that decided, of each unit that was asked in 2020."""
    kinds = {row["unit_id"]: row["unit_kind"] for row in read("decision_units")}
    for vote in read("votes"):
        unit = vote["unit_id"]
        if vote["cycle"] == "2020" and unit and not vote["superseded_by"] and kinds[unit] != "part":
            yield vote


def tally(vote_id: str) -> dict[str, int]:
    """Votes by option; an option without a count is absent."""
    rows = read("vote_counts")
    return {row["option"]: int(row["count"]) for row in rows if row["vote_id"] == vote_id}


def test_every_table_has_the_rows_that_were_transcribed() -> None:
    assert {name: len(read(name)) for name in ROWS} == ROWS


def test_no_table_is_left_uncounted() -> None:
    assert {path.stem for path in DATA.glob("*.csv")} == set(ROWS)


@pytest.mark.parametrize("name", sorted(ROWS))
def test_files_are_plain_utf8_with_line_feeds(name: str) -> None:
    content = (DATA / f"{name}.csv").read_bytes()
    content.decode("utf-8")
    assert not content.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in content
    assert content.endswith(b"\n")


# Votes


def test_of_72_units_asked_in_2020_64_have_a_row() -> None:
    outcomes = Counter(vote["outcome"] for vote in decisions_2020())
    assert outcomes == {"keep": 42, "remove": 16, "": 6}
    asked = {
        row["value"]
        for row in read("district_counts")
        if row["topic"] == "schools_asked" and row["period"] == "2020"
    }
    assert asked == {str(ASKED_2020)}


def test_the_six_without_an_outcome_are_these() -> None:
    unknown = {vote["unit_id"] for vote in decisions_2020() if not vote["outcome"]}
    assert unknown == {"englewood-stem", "manley", "ogden", "prosser", "sullivan", "wells"}


def test_a_unit_decided_once_in_2020() -> None:
    units = Counter(vote["unit_id"] for vote in decisions_2020())
    assert [unit for unit, times in units.items() if times > 1] == []


def test_an_outcome_says_what_it_rests_on_and_nothing_else_does() -> None:
    votes = read("votes")
    assert [v["vote_id"] for v in votes if bool(v["outcome"]) != bool(v["outcome_basis"])] == []


def test_a_ballot_that_did_not_bind_was_replaced() -> None:
    votes = read("votes")
    loose = [v["vote_id"] for v in votes if v["binding"] == "no" and not v["superseded_by"]]
    assert loose == []


def test_no_leader_or_office_has_a_tally() -> None:
    bodies = {vote["vote_id"]: vote["body"] for vote in read("votes")}
    with_tally = {bodies[row["vote_id"]] for row in read("vote_counts")}
    assert with_tally <= {"council", "council_without_quorum", "community_poll", "board"}


def test_the_joint_tally_of_little_village_is_the_sum_of_its_parts() -> None:
    parts = [u["unit_id"] for u in read("decision_units") if u["part_of"]]
    sums: Counter[str] = Counter()
    for part in parts:
        sums.update(tally(f"{part}-2020-advisory"))
    assert len(parts) == 4
    assert dict(sums) == tally("little-village-lawndale-2020-advisory") == {"keep": 9, "remove": 11}


@pytest.mark.parametrize(
    ("vote_id", "counts"),
    [
        ("lindblom-2020", {"keep": 6, "remove": 4, "abstain": 2}),
        ("amundsen-2020", {"keep": 10, "remove": 0, "abstain": 0}),
        ("senn-2020", {"keep": 6, "remove": 6, "abstain": 1}),
        ("kelly-2020-council", {"keep": 6, "remove": 4}),
        ("prosser-2020-first", {"keep": 5, "remove": 2}),
        ("westinghouse-2020-first", {"keep": 5, "remove": 4}),
        ("westinghouse-2020", {"keep": 6, "remove": 4}),
        ("clemente-2020-advisory", {"keep": 3, "remove": 8}),
        ("clemente-2020", {"keep": 1, "remove": 9}),
        ("hyde-park-2021-06-21", {"both": 7, "one": 2, "none": 2}),
        ("cics-ellison-2023", {"yes": 62, "no": 18, "abstain": 0}),
        ("taft-2022", {"abstain": 1}),
        ("board-2020-06-24", {"yes": 3, "no": 4, "abstain": 0}),
        ("board-2024-02-22", {"yes": 7, "no": 0}),
        ("douglass-2020", {}),
    ],
)
def test_a_tally_holds_what_was_counted_and_no_invented_zero(
    vote_id: str, counts: dict[str, int]
) -> None:
    assert vote_id in by_id("votes", "vote_id")
    assert tally(vote_id) == counts


def test_a_council_too_small_for_a_quorum_is_not_said_to_have_bound() -> None:
    bodies = {v["vote_id"]: (v["body"], v["binding"]) for v in read("votes")}
    sizes = Counter[str]()
    for row in read("vote_counts"):
        sizes[row["vote_id"]] += int(row["count"])
    small = {vote for vote, size in sizes.items() if size < 7 and bodies[vote][0] == "council"}
    # Of the vote of 2022 at Taft the abstention alone was counted.
    assert small == {"foreman-2023", "gage-park-2023", "harlan-2023", "taft-2022"}
    assert {bodies[vote][1] for vote in small - {"taft-2022"}} == {""}


def test_rows_of_the_list_of_2023_are_numbered_as_it_prints_them() -> None:
    listed = [v for v in read("votes") if v["source_id"] == "cps-2023-wssp"]
    places = {v["unit_id"]: v["locator"] for v in listed}
    assert set(places.values()) == {f"Row {number} of the table." for number in range(1, 27)}
    assert places["lindblom"] == "Row 26 of the table."
    rosters = [row for row in read("rosters") if row["source_id"] == "cps-2023-wssp"]
    assert {row["unit_id"]: row["locator"] for row in rosters} == places


def test_seats_stand_where_a_source_says_them() -> None:
    seats = {v["vote_id"]: v["seats"] for v in read("votes") if v["seats"]}
    assert seats == {
        "board-2024-02-22": "7",
        "hyde-park-2020": "13",
        "westinghouse-2020": "11",
        "westinghouse-2020-first": "11",
    }


# Schools and units


def test_652_schools_were_listed_in_2024_25() -> None:
    listed = Counter(row["last_listed"] == "2024-25" for row in read("schools"))
    assert listed == {True: 652, False: 22}


def test_a_school_off_the_list_is_not_said_to_have_closed() -> None:
    gone = [row for row in read("schools") if row["last_listed"] != "2024-25"]
    assert {row["closed"] for row in gone} == {""}
    assert {row["closed_mark"] for row in gone} == {"not_found"}
    assert all(row["caveat"] for row in gone)


def test_what_no_list_says_is_left_open() -> None:
    assert {row["governance"] for row in read("schools")} == {""}
    rows = read("sources")
    assert {row[column] for row in rows for column in ("retrieved", "licence", "sha256")} == {""}


def test_every_unit_has_a_school_and_a_campus_has_four() -> None:
    schools = Counter(row["unit_id"] for row in read("unit_schools"))
    kinds = {row["unit_id"]: row["unit_kind"] for row in read("decision_units")}
    assert {unit: 4 if kind == "campus" else 1 for unit, kind in kinds.items()} == schools


def test_a_printed_name_that_may_mean_two_schools_is_not_called_certain() -> None:
    rows = [row for row in read("unit_schools") if row["unit_id"] == "bronzeville"]
    assert [(row["school_id"], row["match"]) for row in rows] == [("610381", "likely")]


def test_names_that_no_source_printed_are_not_there() -> None:
    printed = {row["name"] for row in read("school_names") if row["name_kind"] == "printed"}
    unseen = "North-Grand|Orr|Raby|Richards|South Shore|Tilden|Phoenix Military|Young|Payton|Brooks"
    assert printed.isdisjoint(unseen.split("|"))
    assert {"Lane Tech", "Whitney Young", "Little Village Lawndale"} <= printed


def test_a_name_beside_a_list_year_differs_from_the_school_s_own() -> None:
    own = by_id("schools", "school_id")
    listed = [row for row in read("school_names") if row["name_kind"] == "listed"]
    assert [row for row in listed if row["name"] == own[row["school_id"]]["short_name"]] == []
    assert [row for row in listed if not row["school_year"]] == []


# People


def test_small_enrollments_are_withheld() -> None:
    rows = read("enrollments")
    withheld = [row for row in rows if row["students_mark"] == "withheld"]
    assert len(withheld) == 36
    assert [row for row in rows if bool(row["students"]) == bool(row["students_mark"])] == []


@pytest.mark.parametrize(("table", "column"), PEOPLE)
def test_no_figure_is_about_fewer_than_ten_people(table: str, column: str) -> None:
    numbers = [int(row[column]) for row in read(table) if row[column]]
    assert numbers
    assert min(numbers) >= MIN_CELL


def test_a_group_is_empty_or_has_ten_people() -> None:
    sizes = [int(row["n"]) for row in read("feedback") if row["n"]]
    assert sizes.count(0) == 2
    assert [n for n in sizes if 0 < n < MIN_CELL] == []
    empty = [row for row in read("feedback") if row["n"] == "0"]
    assert {(row["response"], row["count"], row["share"]) for row in empty} == {
        ("no responses", "", "")
    }


def test_no_count_and_n_leave_a_small_group() -> None:
    left: dict[tuple[str, ...], int] = {}
    for row in read("feedback"):
        # Who spoke at a public meeting spoke in public; all others answered a survey.
        if row["count"] and row["n"] and row["survey_id"] != "lane-tech-comment-2020":
            asked = (row["survey_id"], row["unit_id"], row["question"], row["n"])
            left[asked] = left.get(asked, int(row["n"])) - int(row["count"])
    assert left
    assert [asked for asked, rest in left.items() if 0 < rest < MIN_CELL] == []


def test_no_shares_leave_a_small_group_of_students() -> None:
    totals: dict[tuple[str, str], int] = {}
    shares: Counter[tuple[str, str]] = Counter()
    for row in read("incidents"):
        about = (row["period"], row["measure"].partition(",")[0])
        if row["count"]:
            totals[about] = max(totals.get(about, 0), int(row["count"]))
        if row["share"]:
            shares[about] += round(1000 * float(row["share"]))
    rest = {about: totals[about] * (1000 - shares[about]) / 1000 for about in totals}
    assert shares[("2019-20", "Arrests at school")] == 959
    assert [about for about, people in rest.items() if people < MIN_CELL] == []


def test_what_a_reader_could_subtract_is_withheld_and_says_so() -> None:
    teachers = by_id("feedback", "feedback_id")["taft-teachers-2020-teachers-1"]
    assert (teachers["count"], teachers["n"], teachers["n_mark"]) == ("76", "", "withheld")
    white = by_id("incidents", "incident_id")["arrests-at-school-2019-20-white"]
    assert (white["share"], white["share_mark"]) == ("", "withheld")
    assert "not repeated" in teachers["note"]
    assert "Not repeated" in white["note"]


def test_arrests_are_those_of_the_whole_district() -> None:
    names = {row["name"] for row in read("school_names")}
    names |= {row["name"] for row in read("decision_units")}
    told = [
        f"{r['measure']} {r['people_group']} {r['unit']} {r['note']}" for r in read("incidents")
    ]
    assert "Northside College Prep" in names
    assert [name for name in names for text in told if name in text] == []


def test_no_address_or_text_carries_a_student_s_name() -> None:
    sources = by_id("sources", "source_id")
    url = "https://chicago.suntimes.com/education/2020/8/12/21364543/"
    assert sources["st-2020-08-12"]["url"] == url
    assert "shortened" in sources["st-2020-08-12"]["note"]


def test_no_role_stands_beside_a_vote() -> None:
    role = re.compile(r"\b(abstaining|dissenting|chair\w*|student member|parent member)\b", re.I)
    cells = [
        cell
        for table in ("votes", "vote_counts", "readings", "rosters")
        for row in read(table)
        for cell in row.values()
    ]
    assert [cell for cell in cells if role.search(cell)] == []


# Texts, money, totals


def test_the_whole_presentation_of_2019_is_there() -> None:
    terms = {
        row["term_id"] for row in read("terms") if row["agreement_id"] == "cps-2019-presentation"
    }
    named = {
        row["alternative_id"] for row in read("alternatives") if row["source_id"] == "cps-2019-deck"
    }
    assert len(set(PRESENTATION)) == 39
    assert terms | named == set(PRESENTATION)
    assert len(terms) == 32


def test_a_conflict_keeps_every_total() -> None:
    def values(topic: str, period: str) -> set[str]:
        rows = read("district_counts")
        return {r["value"] for r in rows if (r["topic"], r["period"]) == (topic, period)}

    assert values("schools_keep", "2020") == {"15", "33", "54", "55"}
    assert values("schools_without_council", "2020") == {"6", "9"}
    assert values("schools_remove", "2021") == {"7", "8", "9", "10"}
    assert values("officers", "2019-20") == {"100", "200", "204", "209", "214"}


def test_at_most_one_total_is_preferred_and_each_choice_says_why() -> None:
    rows = read("district_counts")
    chosen = Counter((r["topic"], r["period"]) for r in rows if r["preferred"] == "yes")
    assert chosen
    assert max(chosen.values()) == 1
    assert [r["count_id"] for r in rows if r["preferred"] and not r["why"]] == []


def test_an_incident_row_says_one_figure_or_why_not() -> None:
    columns = ("count", "share", "change", "rate")
    odd = [
        row["incident_id"]
        for row in read("incidents")
        if sum(bool(row[c]) for c in columns) != (row["share_mark"] != "withheld")
    ]
    assert odd == []


def test_the_proposed_and_the_approved_contract_are_two_rows() -> None:
    same = [r["cost_id"] for r in read("costs") if r["amount_usd"] == "10200000"]
    assert same == ["contract-fy2023-approved", "contract-fy2023-proposed"]


def test_a_policy_of_no_charge_is_a_true_zero() -> None:
    free = [r["cost_id"] for r in read("costs") if float(r["amount_usd"]) == 0]
    assert free == ["policy-2015-11"]


@pytest.mark.parametrize(("table", "column"), SENTENCES)
def test_sentences_begin_and_end_as_sentences_do(table: str, column: str) -> None:
    cells = [row[column] for row in read(table) if row[column]]
    assert cells
    assert [cell for cell in cells if not (cell[0].isupper() or cell[0].isdigit())] == []
    assert [cell for cell in cells if not cell.endswith(".")] == []


def test_no_note_of_a_transcriber_is_left() -> None:
    # Ids of sources, file names and shouted words are for whoever transcribes.
    ids = [row["source_id"] for row in read("sources") if re.search(r"\d", row["source_id"])]
    shop = re.compile(rf"\b(CONFLICT|NOT|ONLY|FOIA|\w+\.csv|{'|'.join(map(re.escape, ids))})\b")
    cells = [row[column] for table, column in SENTENCES for row in read(table)]
    assert [cell for cell in cells if shop.search(cell)] == []


def test_every_computed_value_has_a_title_of_its_own() -> None:
    whole = site_of(DATA, pictures=NoPictures())
    shown = {fact.measure for page in all_pages(whole).values() for fact in page.facts}
    columns = {f"{t.name}.{column.name}" for t in TABLES for column in t.columns}
    named = {one for one in shown if one.startswith("decisions_")} | MEASURES.keys() | columns
    assert shown <= named
