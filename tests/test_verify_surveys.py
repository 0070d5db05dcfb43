"""The attack that anyone can make: it finds what exact bounds find; a true site withstands it."""

import csv
import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.protect.intervals import intervals
from generator.protect.relations import Relations, sum_row
from generator.verify import Mismatch, verify
from generator.verify.flow import Flow
from generator.verify.published import read_published
from generator.verify.surveys import ALL, SIZE, Cell, Counts, Place, _network, check_surveys
from tests.protect.survey import invented
from tests.shared import surveyed

SURVEY = "data/survey_answers.csv"


@st.composite
def masked(draw: st.DrawFn) -> tuple[Counts, dict[Cell, int]]:
    """A survey of some schools, with any choice of cells withheld, and the true counts."""
    answers = "abc"[: draw(st.integers(2, 3))]
    networks: list[Place] = [("network", "n1"), ("network", "n2")]
    above: dict[Place, Place] = {}
    cells: dict[Cell, int] = {}
    for number in range(draw(st.integers(1, 5))):
        school = ("school", f"s{number}")
        network = draw(st.sampled_from([*networks, ALL]))
        above[school] = network
        if network != ALL:
            above[network] = ALL
        for answer in answers:
            cells[school, answer] = draw(st.integers(0, 6))
    for (place, answer), count in list(cells.items()):
        up: Place | None = above[place]
        cells[place, SIZE] = cells.get((place, SIZE), 0) + count
        while up is not None:
            for name in (answer, SIZE):
                cells[up, name] = cells.get((up, name), 0) + count
            up = above.get(up)
    held = {cell: draw(st.booleans()) for cell in sorted(cells)}
    return Counts({cell: None if held[cell] else n for cell, n in cells.items()}, above), cells


def exact_bounds(counts: Counts) -> dict[Cell, tuple[int, int | None]]:
    """The bounds of every hidden cell by the solver, from the sums themselves."""
    names = sorted(counts.cells)
    place = {name: at for at, name in enumerate(names)}
    answers = sorted({answer for _, answer in names} - {SIZE})
    rows = []
    for where in sorted({one for one, _ in names}):
        rows.append(sum_row(place[where, SIZE], [place[where, a] for a in answers]))
        children = [one for one, up in counts.above.items() if up == where]
        for answer in [*answers, SIZE] if children else []:
            rows.append(sum_row(place[where, answer], [place[one, answer] for one in children]))
    shown = {place[name]: n for name, n in counts.cells.items() if n is not None}
    found = intervals(Relations(tuple(map(str, names)), tuple(rows)), shown)
    return {names[cell]: (one.low, one.high) for cell, one in found.items()}


@settings(max_examples=150, deadline=None)
@given(masked(), st.integers(2, 12))
def test_the_attack_finds_what_exact_bounds_find(
    survey: tuple[Counts, dict[Cell, int]], limit: int
) -> None:
    counts, _ = survey
    hidden = [cell for cell, n in sorted(counts.cells.items()) if n is None]
    flow = _network(counts, hidden)
    assert flow.fits
    for cell, (low, high) in exact_bounds(counts).items():
        arc = hidden.index(cell)
        assert flow.varies(arc) == (low != high), cell
        assert flow.reaches(arc, limit) == (high is None or high >= limit), cell


def test_counts_that_do_not_fit_are_no_flow() -> None:
    assert not Flow([3, -2], [(0, 1)]).fits
    assert not Flow([2, -2], [(0, 1)]).fits
    assert Flow([-2, 2], [(0, 1)]).fits


@pytest.fixture(scope="module")
def true_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the invented survey, as built; nobody changes it."""
    return surveyed(tmp_path_factory) / "site"


@pytest.fixture
def copy(true_site: Path, tmp_path: Path) -> Path:
    """The part of the site that the attack reads, to falsify."""
    folder = tmp_path / "copy"
    shutil.copytree(true_site / "data", folder / "data")
    return folder


def rows(site: Path, path: str = SURVEY) -> list[dict[str, str]]:
    with (site / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(site: Path, told: list[dict[str, str]], path: str = SURVEY) -> None:
    """Write rows, and a record that says they passed: a forger would write it too."""
    _write(site, told, path)
    record = json.loads((site / "data/protection.json").read_text(encoding="utf-8"))
    digest = hashlib.sha256((site / path).read_bytes()).hexdigest()
    record["tables"]["survey_answers"]["sha256"] = digest
    (site / path).with_name("protection.json").write_text(json.dumps(record), encoding="utf-8")


def _write(site: Path, told: list[dict[str, str]], path: str) -> None:
    (site / path).parent.mkdir(parents=True, exist_ok=True)
    with (site / path).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(told[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(told)


def attack(site: Path) -> list[Mismatch]:
    published, _ = read_published(site)
    return list(check_surveys(site, published))


def release(site: Path, told: list[dict[str, str]], day: str = "2026-01-01") -> None:
    """Put a release on the site that said this."""
    write(site, told, f"data/releases/{day}/survey_answers.csv")
    _write(site, rows(site, "data/schools.csv"), f"data/releases/{day}/schools.csv")


def test_a_true_site_gives_nothing_away(true_site: Path) -> None:
    assert verify(true_site).mismatches == ()
    held = [row for row in rows(true_site) if not row["count"]]
    assert len(held) > 40
    assert "0" in {row["count"] for row in rows(true_site)}


def test_a_survey_of_no_record_is_found(copy: Path) -> None:
    told = rows(copy)
    _write(copy, told[1:], SURVEY)
    assert "rows that no protection record is about" in [one.what for one in attack(copy)]
    (copy / "data/protection.json").unlink()
    assert "rows that no protection record is about" in [one.what for one in attack(copy)]


def hidden_pairs(site: Path) -> Iterator[tuple[dict[str, str], dict[str, str]]]:
    """Two hidden answers of a school whose size is shown, of three: each gives the other away."""
    told = rows(site)
    for row in told:
        others = [
            one
            for one in told
            if one["row_id"].rpartition(".")[0] == row["row_id"].rpartition(".")[0]
            and one is not row
        ]
        open_ = [one for one in others if not one["count"]]
        if row["level"] == "school" and row["n"] and not row["count"] and len(open_) == 1:
            yield row, open_[0]


def test_a_hidden_count_that_its_sum_gives_away_is_found(copy: Path) -> None:
    told = rows(copy)
    row, other = next(hidden_pairs(copy))
    names = row["row_id"], other["row_id"]
    shown = next(one for one in told if one["row_id"] == names[1])
    shown |= {"count": "10", "count_mark": ""}
    write(copy, told)
    found = attack(copy)
    place = f"{row['school_year']}, {row['question_id']}, {row['respondent_group']}"
    wanted = f"{place}, school {row['school_id']}, {row['answer']}: can be worked out"
    assert wanted in [one.what for one in found]
    assert not [one for one in found if one.shown or one.recomputed]


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"count": "9", "count_mark": ""}, "a small count is shown"),
        ({"count_mark": "not_found"}, "a count without value or mark"),
        ({"count_mark": ""}, "a count without value or mark"),
        ({"share": "0.25", "share_mark": ""}, "a share without its count"),
        ({"n": "9"}, "a small group is shown"),
        ({"n": "", "n_mark": "withheld"}, "is withheld in one question, shown in another"),
    ],
)
def test_what_a_row_may_not_say_is_found(copy: Path, change: dict[str, str], what: str) -> None:
    told = rows(copy)
    row, _ = next(hidden_pairs(copy))
    same = row["row_id"].rpartition(".")[0] + "."
    for one in told:
        if one["row_id"] == row["row_id"] or ("n" in change and one["row_id"].startswith(same)):
            one |= change
    write(copy, told)
    assert any(what in one.what for one in attack(copy))


def test_a_small_change_since_a_release_is_found(copy: Path) -> None:
    """Three late forms: the school and all above it say three more."""
    told = rows(copy)
    release(copy, told)
    assert attack(copy) == []
    row = next(one for one in told if one["level"] == "school" and one["count"] not in ("", "0"))
    old = [dict(one) for one in told]
    before = next(one for one in old if one["row_id"] == row["row_id"])
    before["count"] = str(int(row["count"]) + 3)
    release(copy, old)
    assert any("changed by few people since an older release" in one.what for one in attack(copy))


def test_two_releases_that_hide_different_cells_give_each_other_away(copy: Path) -> None:
    """What an older release showed is known, though it is withheld now."""
    true = invented()
    for _, other in hidden_pairs(copy):
        place = other["school_id"], other["school_year"], other["question_id"]
        count = true.get((*place, other["respondent_group"], other["answer"]), 0)
        # Its answers are published as they were given, the other question's are joined.
        if (place[2], other["respondent_group"]) == ("stay", "students") and count >= 10:
            break
    old = rows(copy)
    before = next(one for one in old if one["row_id"] == other["row_id"])
    before |= {"count": str(count), "count_mark": ""}
    for one in old:  # what stands open now was withheld then
        same = one["row_id"].rpartition(".")[0] == other["row_id"].rpartition(".")[0]
        if same and one["count"] and one is not before:
            one |= {"count": "", "count_mark": "withheld", "share": "", "share_mark": "withheld"}
    release(copy, old)
    found = [one for one in attack(copy) if one.page == SURVEY]
    assert any(one.what.endswith(": can be worked out") for one in found)


def test_releases_that_can_not_both_be_so_tell_nothing_together(copy: Path) -> None:
    """Hidden counts may have changed since: what does not fit together is no proof of anything."""
    _, other = next(hidden_pairs(copy))
    old = rows(copy)
    before = next(one for one in old if one["row_id"] == other["row_id"])
    before |= {"count": "100000", "count_mark": ""}
    release(copy, old)
    assert [one for one in attack(copy) if one.page == SURVEY] == []


def test_every_mask_is_attacked_without_a_solver() -> None:
    """The build lock has none: what verify imports has to be there for anyone."""
    from generator.verify import flow, surveys

    text = "".join(Path(str(one.__file__)).read_text(encoding="utf-8") for one in (flow, surveys))
    assert "highspy" not in text
    assert "numpy" not in text
