"""What pages show of the record: totals with denominators, years, gaps, names, agreements."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from generator.errors import PolicyError
from generator.facts import query
from generator.model import Fact, Mark, Record, Text
from generator.present import figures
from generator.present.functions import strips_of
from generator.views import Line, Vote, in_time, readings_of, vote_view
from generator.views.comparable import require_comparable
from generator.views.compare import place
from generator.views.coverage import coverage
from generator.views.dictionary import school_count, table_view
from generator.views.events import events
from generator.views.pictured import marks_on_map, picked, status_years, told_amounts, told_lanes
from generator.views.schools import School, names_of, schools
from generator.views.site import agreements, by_area, by_letter, cards, cost_kinds, listed
from generator.views.totals import Round, decided_in, question_totals, rounds
from tests.edition import EDITION, add_row, drop_row, edit, write_edition
from tests.presenting import record_of, site_of
from tests.test_facts import computed, database

Change = Callable[[Path], None]


def changed(folder: Path, *changes: Change) -> Record:
    """The record of the small edition after some changes of its files."""
    data = write_edition(folder / "data")
    for change in changes:
        change(data)
    return record_of(data)


def asked(total: str, preferred: str = "yes", **cells: str) -> Change:
    """Somebody stated how many schools were asked in 2020."""
    return lambda data: add_row(
        data, "district_counts", count_id=f"asked-{total or 'none'}-{preferred}",
        topic="schools_asked", period="2020", as_of="2020", value=total, precision="exact",
        preferred=preferred, source_id="minutes", **cells,
    )  # fmt: skip


def vote(vote_id: str, unit: str, **cells: str) -> Change:
    """One more vote."""
    plain = {"cycle": "2020", "body": "council", "source_id": "minutes"}
    return lambda data: add_row(
        data, "votes", **{**plain, "vote_id": vote_id, "unit_id": unit, **cells}
    )


def value(fact: object) -> object:
    """The value of what has to be a Fact."""
    assert isinstance(fact, Fact)
    return fact.value


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Record:
    return changed(tmp_path_factory.mktemp("views"))


def one(record: Record, school_id: str) -> School:
    (school,) = schools(record, [school_id])
    return school


def round_2020(record: Record) -> Round:
    (found,) = [found for found in rounds(record) if found.cycle == "2020"]
    return found


# ---- totals of a round


def test_a_round_is_told_question_by_question(record: Record) -> None:
    assert [found.cycle for found in rounds(record)] == ["2021", "2020"]
    found = round_2020(record)
    assert (found.found.value, found.asked, found.missing) == (3, None, None)
    (question,) = found.questions
    assert question.question_id == "officers-2020"
    assert question.found.value == 3
    outcomes = {(one.label.value if one.label else ""): one for one in question.outcomes}
    assert {label: one.count.value for label, one in outcomes.items()} == {
        "Officers stay": 2,
        "No officers": 1,
    }
    assert {one.count.n for one in question.outcomes} == {3}
    assert {label: one.effect for label, one in outcomes.items()} == {
        "Officers stay": "keep",
        "No officers": "remove",
    }
    assert [vote.id for vote in question.votes] == ["heights-2020", "park-2020", "fixture-2020"]
    assert [vote.id for vote in found.others] == ["specimen-2020", "park-2020-advice"]


def test_a_decision_without_an_outcome_counts_as_not_found(record: Record) -> None:
    council, poll = rounds(record)[0].questions
    counts = [
        (one.label, one.effect, one.count.value, one.count.n)
        for question in (council, poll)
        for one in question.outcomes
    ]
    assert counts == [(Text("One officer stays"), "reduce", 1, 1), (None, "", 1, 1)]
    last = poll.outcomes[-1].count
    assert last.id == "decisions_outcome_not_found.district/plan-2021/community_poll.2021"


def test_a_poll_is_counted_apart_from_councils(record: Record) -> None:
    newest = rounds(record)[0]
    assert newest.apart
    found = [(q.voters, [vote.id for vote in q.votes]) for q in newest.questions]
    assert found == [("decisions", ["heights-2021"]), ("community_poll", ["fixture-2021"])]
    assert not round_2020(record).apart


def test_leaders_decide_beside_councils_and_are_no_tally(record: Record) -> None:
    rows = [row for row in record.votes.values() if row["cycle"] == "2020" and row["decides"]]
    assert {row["body"] for row in rows} == {"council", "school_leaders"}
    assert require_comparable(rows) == ("officers-2020", "decisions")
    with pytest.raises(PolicyError) as error:
        require_comparable(rows, tallies=True)
    assert str(error.value) == (
        "votes: found 2 kinds in one total (officers-2020 by council: votes/fixture-2020, "
        "votes/heights-2020; officers-2020 by school_leaders: votes/park-2020), expected one "
        "question and one kind of body. Ask for a total of each."
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [("heights-2020", "heights-2021"), ("heights-2021", "fixture-2021"),
     ("heights-2020", "park-2020-advice"), ("heights-2020", "specimen-2020"),
     ("heights-2020", "board-2024")],
)  # fmt: skip
def test_votes_of_two_kinds_have_no_total(record: Record, one: str, other: str) -> None:
    rows = [record.votes[one], record.votes[other]]
    with pytest.raises(PolicyError, match=f"votes/{one}.*votes/{other}|votes/{other}.*{one}"):
        require_comparable(rows)
    with pytest.raises(PolicyError, match="Ask for a total of each"):
        question_totals(record, "2020", rows)


def test_no_votes_are_of_no_kind() -> None:
    assert require_comparable([]) == ("", "")


def test_a_long_list_of_rows_is_cut_with_its_number(record: Record) -> None:
    council = record.votes["heights-2020"]
    rows = [{**council, "vote_id": f"v{n}"} for n in range(7)]
    with pytest.raises(PolicyError, match="votes/v4 and 2 more; "):
        require_comparable([*rows, record.votes["fixture-2021"]])


def test_a_decision_without_a_question_stands_apart(tmp_path: Path) -> None:
    record = changed(tmp_path, vote("unknown", "sample-park", cycle="2022"))
    (question,) = rounds(record)[0].questions
    assert (question.question_id, question.title) == ("", None)
    (only,) = question.outcomes
    assert (only.label, only.count.value, only.count.n) == (None, 1, 1)
    assert only.count.subject == "district/question-not-found"


def test_outcomes_stand_in_the_order_of_the_scale(tmp_path: Path) -> None:
    rows = list(reversed(EDITION["question_options"]))
    record = record_of(write_edition(tmp_path / "data", question_options=rows))
    (question,) = round_2020(record).questions
    assert [one.label.value for one in question.outcomes if one.label] == [
        "Officers stay",
        "No officers",
    ]


def test_counts_add_up_to_their_denominator(tmp_path: Path) -> None:
    record = changed(
        tmp_path,
        vote("more", "specimen"),
        vote("unknown", "sample-park", cycle="2022"),
        vote("known", "example-heights", cycle="2022", question_id="plan-2021"),
    )
    for found in rounds(record):
        assert sum(value(q.found) for q in found.questions) == found.found.value  # type: ignore[misc]
        for question in found.questions:
            assert sum(value(one.count) for one in question.outcomes) == question.found.value  # type: ignore[misc]
    assert len(rounds(record)[0].questions) == 2
    assert rounds(record)[0].apart


def test_missing_is_asked_less_found(tmp_path: Path) -> None:
    record = changed(tmp_path, asked("5"), asked("9", "no"))
    found = round_2020(record)
    assert found.asked is not None
    assert found.missing is not None
    assert (found.asked.value, found.found.value, found.missing.value) == (5, 3, 2)
    assert found.missing.n == 5
    assert found.missing.inputs == (*found.asked.inputs, *found.found.inputs)
    assert query(found.missing) == f"select ({query(found.asked)}) - ({query(found.found)})"
    assert computed(found.missing, database(record)) == ["2"]


@pytest.mark.parametrize("total", ["", "2"])
def test_nothing_is_missing_where_nobody_says_of_how_many(tmp_path: Path, total: str) -> None:
    found = round_2020(changed(tmp_path, asked(total)))
    assert found.missing is None
    assert (found.asked is None) == (total == "")


def test_a_vote_of_the_board_belongs_to_no_round(record: Record) -> None:
    assert "2024" not in [found.cycle for found in rounds(record)]


def test_the_home_page_counts_within_the_largest_question(tmp_path: Path) -> None:
    record = changed(tmp_path, asked("5"))
    found = cards(record, rounds(record))
    said = [(card.code, card.fact.value, card.of.value if card.of else None) for card in found]
    assert said == [("found", 3, 5), ("outcome", 2, 3), ("outcome", 1, 3)]


# ---- one school


def test_what_is_not_found_of_a_school(record: Record) -> None:
    school = one(record, "900004")
    gaps = [(gap.code, gap.about.value if gap.about else "") for gap in school.gaps]
    assert gaps == [
        ("date", "2020"),
        ("tally", "2020"),
        ("outcome", "2021"),
        *(("year", year) for year in ("2019-20", "2021-22", "2022-23", "2023-24")),
    ]
    assert {gap.fact.mark for gap in school.gaps} == {Mark.NOT_FOUND}
    assert {gap.fact.value for gap in school.gaps} == {None}


def test_a_complete_school_misses_only_years(record: Record) -> None:
    gaps = [(gap.code, gap.fact.period) for gap in one(record, "000104").gaps]
    assert gaps == [("year", "2022-23"), ("year", "2023-24")]


def test_a_school_without_a_unit_has_a_short_page_and_no_gaps(tmp_path: Path) -> None:
    def drop_links(data: Path) -> None:
        for line in (7, 5):
            drop_row(data, "unit_schools", line)
        drop_row(data, "decision_units", 6)

    school = one(changed(tmp_path, drop_links), "900004")
    assert (school.kind, school.gaps, school.years, school.votes) == ("short", (), (), ())


def test_a_year_after_the_end_is_over_and_no_gap(record: Record) -> None:
    last = one(record, "000104").years[-1]
    assert (last.year.value, last.code, last.absent, last.rosters) == ("2024-25", "over", None, ())


def test_a_row_about_a_year_after_the_end_stands(tmp_path: Path) -> None:
    def later(data: Path) -> None:
        add_row(
            data, "rosters", unit_id="example-heights", school_year="2024-25",
            status="not_in_program", wording="No officer is posted.", basis="news",
            source_id="gazette",
        )  # fmt: skip

    last = one(changed(tmp_path, later), "000104").years[-1]
    assert (last.code, len(last.rosters)) == ("not_in_program", 1)


def test_a_campus_finds_its_own_row_for_each_of_its_schools(record: Record) -> None:
    for school_id in ("900003", "900004"):
        (year,) = [y for y in one(record, school_id).years if y.year.value == "2020-21"]
        assert (year.code, len(year.rosters)) == ("not_found", 1)
        absent = [y.absent for y in one(record, school_id).years if y.absent]
        assert {fact.subject for fact in absent} == {"unit/fixture-campus"}


def test_school_years_are_told_by_status(record: Record) -> None:
    told = status_years(one(record, "000104").years)
    assert [(one.code, [year.value for year in one.years]) for one in told] == [
        ("in_program", ["2019-20", "2020-21", "2021-22"]),
        ("over", ["2024-25"]),
        ("not_found", ["2022-23", "2023-24"]),
    ]


def test_of_many_bars_a_sentence_names_the_ends_the_least_and_the_greatest() -> None:
    def told(*values: float | None) -> tuple[str, bool]:
        named = zip("abcdefghijk", values, strict=False)
        facts = [Fact(letter, "", "", "", value, "count") for letter, value in named]
        found = picked([fact.id for fact in facts], facts)
        return "".join(found.bars), found.whole

    assert told(3, 1, 2) == ("abc", True)
    assert told(*range(10)) == ("abcdefghij", True)
    assert told(5, 4, 9, 3, 9, 2, None, 2, 4, 4, 4) == ("acfk", False)
    assert told(*[7] * 11) == ("ak", False)
    assert told(*[None] * 11) == ("ak", False)


def test_the_agreement_in_force_stands_where_officers_were(record: Record) -> None:
    years = {year.year.value: year for year in one(record, "000104").years}
    in_force = {key: [text.key for text in year.agreements] for key, year in years.items()}
    assert in_force == {
        "2019-20": [],
        "2020-21": ["agreement-2020"],
        **{key: [] for key in ("2021-22", "2022-23", "2023-24", "2024-25")},
    }
    (year,) = [y for y in one(record, "900002").years if y.year.value == "2020-21"]
    assert (year.code, year.agreements) == ("not_in_program", ())


def test_several_rows_of_a_year_stand_by_their_basis(tmp_path: Path) -> None:
    def news(data: Path) -> None:
        add_row(
            data, "rosters", unit_id="example-heights", school_year="2019-20", wording="Said.",
            basis="inferred", source_id="board",
        )  # fmt: skip
        add_row(
            data, "rosters", unit_id="example-heights", school_year="2019-20", wording="Said.",
            basis="news", source_id="gazette",
        )  # fmt: skip

    first = one(changed(tmp_path, news), "000104").years[0]
    assert [row.basis.value for row in first.rosters] == ["published_list", "news", "inferred"]
    assert first.code == "in_program"


def test_a_school_has_the_votes_of_all_its_units_and_its_own_decisions(record: Record) -> None:
    school = one(record, "900003")
    assert [vote.id for vote in school.votes] == ["specimen-2020", "fixture-2020", "fixture-2021"]
    assert [vote.id for vote in school.decisions] == ["fixture-2020", "fixture-2021"]
    assert [vote.is_part for vote in school.votes] == [True, False, False]
    other = one(record, "900004")
    assert [vote.id for vote in other.votes] == ["fixture-2020", "fixture-2021"]


def test_what_holds_now_of_a_school(record: Record) -> None:
    found = {school.id: school for school in schools(record, list(record.school_names))}
    assert {key: school.listed_now for key, school in found.items()} == {
        "000104": True,
        "900002": True,
        "900003": True,
        "900004": False,
    }
    assert [key for key, school in found.items() if school.outside] == ["900003"]
    newest = found["000104"].enrollment
    assert newest is not None
    assert value(newest.cells["students"]) == 1150
    assert found["900003"].enrollment is None


def test_other_names_stand_once_without_the_schools_own() -> None:
    row = {"name": "Example High School", "short_name": "EXAMPLE HS"}
    names = [
        {"name": name, "source_id": source}
        for name, source in (
            ("example hs", "a"),
            ("Zeta", "b"),
            ("Example High School", "c"),
            ("Alpha", "d"),
            ("ALPHA", "e"),
        )
    ]
    assert names_of(row, names) == (Text("Alpha", ("d",)), Text("Zeta", ("b",)))


def test_facts_of_a_page_are_about_its_school_its_units_or_more(record: Record) -> None:
    school = one(record, "900003")
    facts = [cell for cell in school.details.cells.values() if isinstance(cell, Fact)]
    assert {fact.subject for fact in facts} == {"school/900003"}
    subjects = {vote.outcome.subject for vote in school.votes}
    assert subjects == {"unit/specimen", "unit/fixture-campus"}
    assert vote_view(record, record.votes["board-2024"]).outcome.subject == "district"


# ---- votes


def test_a_vote_is_replaced_by_the_later_one(record: Record) -> None:
    view = vote_view(record, record.votes["park-2020-advice"])
    assert view.replaced_by is not None
    assert (view.replaced_by.id, view.replaced_by.replaced_by) == ("park-2020", None)
    assert not view.decides


def test_a_vote_shows_its_outcome_in_the_words_of_its_question(record: Record) -> None:
    view = vote_view(record, record.votes["heights-2021"])
    assert (view.outcome.value, view.outcome.label) == ("keep_one", "One officer stays")
    assert (view.effect, view.unanimous) == ("reduce", False)
    assert [(row.option.value, row.count.value, row.side) for row in view.tally] == [
        ("Two officers", 2, "keep"),
        ("One officer", 6, "reduce"),
        ("No officer", 0, "remove"),
    ]


def test_yes_and_no_have_sides_of_their_own(record: Record) -> None:
    view = vote_view(record, record.votes["board-2024"])
    assert [row.side for row in view.tally] == ["for", "against"]
    assert view.unit == Text("Exampleton")


def test_votes_are_in_time_with_an_unknown_day_last(record: Record) -> None:
    views = [vote_view(record, row) for row in record.votes.values()]
    assert [vote.id for vote in in_time(views)] == [
        "specimen-2020",
        "park-2020-advice",
        "heights-2020",
        "park-2020",
        "fixture-2020",
        "fixture-2021",
        "heights-2021",
        "board-2024",
    ]


def test_a_reading_stands_at_its_vote_and_names_its_column(record: Record) -> None:
    (found,) = readings_of(record, record.votes["fixture-2020"])
    assert (found.title, found.printed) == ("Body", Text("poll", ("minutes",)))
    (found,) = readings_of(record, record.votes["heights-2020"])
    assert (found.title, found.printed) == ("Votes", Text("8", ("gazette",)))
    assert readings_of(record, record.votes["park-2020"]) == ()


# ---- lists


def test_schools_are_listed_by_name_letter_and_area(record: Record) -> None:
    found = listed(record, decided_in(rounds(record)))
    assert [school.id for school in found] == ["000104", "900004", "900002", "900003"]
    letters = {letter: [school.id for school in rows] for letter, rows in by_letter(found)}
    assert letters == {"E": ["000104"], "P": ["900004"], "S": ["900002", "900003"]}
    areas = [(area.name.value if area.name else "", len(area.rows)) for area in by_area(found)]
    assert areas == [("Example Heights", 1), ("Fixture Village", 2), ("Sample Park", 1)]


def test_a_school_without_an_area_comes_last(tmp_path: Path) -> None:
    def forget(data: Path) -> None:
        for column in ("area_id", "area"):
            edit(data, "schools", 2, column, "")

    record = changed(tmp_path, forget)
    (*_, last) = by_area(listed(record, decided_in(rounds(record))))
    assert (last.name, [school.id for school in last.rows]) == (None, ["000104"])


def test_the_newest_decision_is_listed_and_not_the_newest_vote(tmp_path: Path) -> None:
    record = changed(
        tmp_path,
        vote("late", "example-heights", cycle="2023", body="council_members_poll"),
    )
    found = listed(record, decided_in(rounds(record)))
    newest = {school.id: school.newest for school in found}
    ids = {key: found.id if isinstance(found, Vote) else None for key, found in newest.items()}
    assert ids == {
        "000104": "heights-2021",
        "900002": "park-2020",
        "900003": "fixture-2021",
        "900004": "fixture-2021",
    }


def test_a_text_has_its_terms_by_category_and_its_amounts(record: Record) -> None:
    found = {item.text.key: item for item in agreements(record)}
    first = found["agreement-2020"]
    assert first.count.value == 2
    assert sorted(category.code for category in first.categories) == ["cost", "training"]
    assert [line.key for line in first.costs] == ["c-2021-ceiling"]
    assert [line.key for line in found["resolution-2024"].costs] == []


def test_amounts_of_one_kind_are_shown_apart(record: Record) -> None:
    kinds = {kind.code: [line.key for line in kind.rows] for kind in cost_kinds(record)}
    assert kinds == {
        "budget": ["c-2020-budget"],
        "contract": ["c-2021-ceiling"],
        "offer": ["c-2021-offer"],
    }
    assert not any(kind.charted for kind in cost_kinds(record))


def test_what_an_amount_is_counted_by_is_told_unless_it_holds_a_number(tmp_path: Path) -> None:
    def told(per: str) -> list[Text | None]:
        data = tmp_path / (per or "none")
        record = changed(data, lambda data: edit(data, "costs", 2, "per", per))
        (kind, *_) = cost_kinds(record)
        return [one.per for one in told_amounts(kind.rows).bars]

    assert told("school and year") == [Text("school and year", ("gazette",))]
    assert told("100 students") == told("") == [None]


def test_amounts_of_one_period_are_labelled_by_what_they_are(tmp_path: Path) -> None:
    def proposed(data: Path) -> None:
        for key, period in (("c-2020-proposed", "FY2020"), ("c-2019-budget", "FY2019")):
            add_row(
                data, "costs", cost_id=key, period=period, cost_kind="budget", amount_usd="1",
                precision="exact", description=f"Row {key}.", source_id="gazette",
            )  # fmt: skip

    language = site_of(write_edition(tmp_path / "site")).language
    (kind, *_) = cost_kinds(changed(tmp_path, proposed))
    assert [row.label for row in figures.costs(kind.rows, language).rows] == [
        "FY2019", "FY2020: Budget of the program.", "FY2020: Row c-2020-proposed.",
    ]  # fmt: skip


def test_events_are_in_time(record: Record) -> None:
    assert [(value(event.date), event.lane) for event in events(record)] == [
        ("2020-08-26", "agreement"),
        ("2024-02-22", "board"),
        ("2024-02-22", "other"),
    ]
    assert events(record)[1].title.value == "End the program?"


def test_the_marks_of_the_map_are_counted_as_the_published_tables_say(tmp_path: Path) -> None:
    def counts(record: Record) -> dict[str, object]:
        marks = marks_on_map(listed(record, decided_in(rounds(record))))
        tables = database(record)
        assert all(computed(mark.count, tables) == [str(value(mark.count))] for mark in marks)
        return {mark.side: value(mark.count) for mark in marks}

    def half_a_place(data: Path) -> None:
        edit(data, "schools", 4, "longitude", "")

    def older(data: Path) -> None:
        edit(data, "votes", 7, "cycle", "2019")  # what was decided in 2021 is the newest no more

    assert counts(changed(tmp_path / "all")) == {"reduce": 1, "remove": 1, "gap": 2}
    assert counts(changed(tmp_path / "half", half_a_place)) == {"reduce": 1, "remove": 1, "gap": 1}
    assert counts(changed(tmp_path / "older", older)) == {"keep": 1, "remove": 1, "gap": 2}


def test_what_the_time_line_shows_is_told_by_lanes(record: Record) -> None:
    first, *others = events(record)
    old = replace(first, date=replace(first.date, value="2013-12-31"))
    told = told_lanes([old, first, *others])
    assert [(one.code, value(one.first), value(one.last)) for one in told] == [
        ("agreement", "2020-08-26", "2020-08-26"),
        ("board", "2024-02-22", "2024-02-22"),
        ("other", "2024-02-22", "2024-02-22"),
    ]
    ((year, event),) = told[0].named.bars
    assert (year, event, told[0].named.whole) == (Text("2020-21"), first, True)
    assert told_lanes([old]) == ()


def test_a_table_counts_its_rows_and_its_empty_cells(record: Record) -> None:
    view = table_view(record, "votes")
    assert view.rows.value == 8
    empty: Mapping[str, object] = {col.name: col.empty_cells.value for col in view.columns}
    assert (empty["vote_id"], empty["vote_date"], empty["outcome"]) == (0, 1, 3)


def test_schools_with_a_record_are_those_with_a_unit(record: Record) -> None:
    assert school_count(record, with_record=False).value == 4
    assert school_count(record, with_record=True).value == 4


def test_a_line_holds_facts_for_values_and_texts_for_words(record: Record) -> None:
    (line,) = [line for line in one(record, "000104").costs if line.key == "c-2021-offer"]
    assert isinstance(line, Line)
    assert isinstance(line.cells["description"], Text)
    assert value(line.cells["amount_usd"]) == 50000.5
    assert line.cells["note"] is None
    assert line.codes["cost_kind"] == "offer"
    agreement = line.cells["agreement_id"]
    assert isinstance(agreement, Fact)
    assert agreement.mark == Mark.NOT_APPLICABLE


def test_a_unit_has_its_own_lines_of_the_coverage(record: Record) -> None:
    found = {unit: own for unit in record.units if (own := strips_of(record)(unit))}
    assert set(found) == {key for key, row in record.units.items() if row["unit_kind"] != "part"}
    names = {str(record.units[unit]["name"]): own for unit, own in found.items()}
    for at, part in enumerate(part for part in coverage(record) if part.periods):
        for line in part.units:
            strip = names[line.name.value][at]
            assert strip.title == part.title
            assert tuple(cell for _, cell in strip.cells) == line.cells
            assert [name for name, _ in strip.cells] == [period.name for period in part.periods]
            assert {cell.fact.subject for cell in line.cells} <= {f"unit/{u}" for u in record.units}


def test_an_empty_cell_of_the_coverage_says_why(record: Record) -> None:
    heights = {strip.title: dict(strip.cells) for strip in strips_of(record)("example-heights")}
    said = {
        title: {
            period.value: (cell.code, cell.fact.mark.value if cell.fact.mark else cell.fact.value)
            for period, cell in cells.items()
        }
        for title, cells in heights.items()
    }
    assert said["Officers by school year"] == {
        "2019-20": ("in_program", "in_program"),
        "2020-21": ("in_program", "in_program"),
        "2021-22": ("in_program", "in_program"),
        "2022-23": ("not_found", "not_found"),
        "2023-24": ("not_found", "not_found"),
        "2024-25": ("over", "not_applicable"),
    }
    assert said["Feedback"] == {"2021": ("found", 3)}


def test_an_edition_without_votes_shows_what_other_tables_say(tmp_path: Path) -> None:
    def drop_votes(data: Path) -> None:
        for table in ("vote_counts", "votes", "readings"):
            lines = len((data / f"{table}.csv").read_text(encoding="utf-8").splitlines())
            for line in range(lines, 1, -1):
                drop_row(data, table, line)
        path = data / "site.toml"
        text = path.read_text(encoding="utf-8").replace('holds_today = "board-2024"\n', "")
        path.write_text(text, encoding="utf-8")

    found = strips_of(changed(tmp_path, drop_votes))("example-heights")
    assert [strip.title for strip in found] == ["Officers by school year", "Feedback"]


def test_no_two_networks_come_to_one_address() -> None:
    assert place("Network 15", ()) == "network-15"
    names = ["Network 15", "NETWORK-15", "Año 1", "Aho 1", "A 1", "Aço 1", "شبكة", "教育", "!"]
    taken: set[str] = set()
    for name in names:
        taken.add(place(name, taken))
    assert len(taken) == len(names)
    assert all(one and set(one) <= set("abcdefghijklmnopqrstuvwxyz0123456789-") for one in taken)
    # An address does not change when a network comes or goes.
    assert place("شبكة", ()) == place("شبكة", taken)
