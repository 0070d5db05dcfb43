"""An edition about more than one district: lists by state, sums by one rule, nothing for others."""

from pathlib import Path

import pytest

from generator.check import check
from generator.commands.verify import verified
from generator.errors import InputError
from generator.pages import contexts, district_pages, school_pages
from generator.pipeline import build
from generator.read import read
from generator.views.districts import District, district_views, districts, state_views
from tests.districts_edition import DISTRICTS, FIGURES, write_districts
from tests.edition import add_row, drop_row, edit, write_edition
from tests.presenting import record_of, settings, site_of
from tests.shared import made_once


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    def make(folder: Path) -> None:
        build(settings(folder, write_districts(folder / "data")), lambda _: None)

    return made_once(tmp_path_factory, "districts", make)


def numbers(district: District) -> list[object]:
    """What is said of a district, in the order of the page."""
    facts = [district.schools]
    for one in district.told:
        facts += [one.told, one.present, one.not_told, *([one.officers] if one.officers else [])]
    return [fact.value for fact in facts]


def test_a_district_counts_what_was_told_and_leaves_out_what_is_in_doubt(tmp_path: Path) -> None:
    record = record_of(write_districts(tmp_path))
    shared = districts(record)
    one, other, empty = district_views(record, shared, ["d-1", "d-2", "d-3"])
    assert numbers(one) == [4, 3, 2, 1, 3.5]
    assert numbers(other) == [1, 1, 1, 0]  # the one number is in doubt: there is no sum
    assert numbers(empty) == [0]
    assert [row.name.value for row in one.rows] == [
        "Example Heights High School", "Figure School", "Sample Park High School",
        "Specimen Academy of Invented Arts",
    ]  # fmt: skip
    assert [row.police and row.police.value for row in one.rows] == [1.5, 2, 0, None]
    assert [row.in_doubt for row in other.rows] == [True]


def test_a_state_adds_up_its_districts(tmp_path: Path) -> None:
    new, ohio = state_views(districts(record_of(write_districts(tmp_path))))
    assert (new.key, new.name.value, ohio.key) == ("new-land", "New Land", "oh")
    assert [one.link.name.value for one in ohio.districts] == ["O'Neil", "Upper & Lower Unified"]
    assert ohio.schools.value == sum(int(str(one.schools.value)) for one in ohio.districts) == 5
    (told,) = ohio.told
    assert (told.told.value, told.present.value, told.not_told.value) == (4, 3, 1)
    assert told.officers
    assert told.officers.value == 3.5


def test_the_site_agrees_with_its_data_and_leads_from_state_to_school(built: Path) -> None:
    site = built / "site"
    verified(site)
    assert 'href="../states/new-land/"' in (site / "schools/index.html").read_text("utf-8")
    state = (site / "states/oh/index.html").read_text("utf-8")
    assert 'href="../../districts/d-1/"' in state
    district = (site / "districts/d-1/index.html").read_text("utf-8")
    assert "Upper &amp; Lower Unified" in district
    assert 'href="../../schools/900003/"' in district
    school = (site / "schools/900003/index.html").read_text("utf-8")
    assert 'href="../../states/oh/"' in school
    assert 'href="../../districts/d-1/"' in school
    sitemap = (site / "sitemap.xml").read_text("utf-8")
    assert sitemap.count("/districts/d-") == len(DISTRICTS)
    assert not (site / "schools/areas").exists()


def test_a_school_with_figures_alone_shows_them(tmp_path: Path) -> None:
    ((school, page),) = school_pages(site_of(write_districts(tmp_path)), [FIGURES])
    assert school.kind == "figures"
    assert "What the district told" in page.body
    assert f"staffing.{FIGURES}.2021-22.police" in {fact.id for fact in page.facts}


def test_an_edition_about_one_district_has_no_page_of_them(tmp_path: Path) -> None:
    whole = site_of(write_edition(tmp_path))
    assert whole.districts is None
    assert list(district_pages(whole, ["d-1"])) == []
    paths = [path for _, path, _ in contexts(whole)]
    assert "schools/areas/" in paths
    assert not [path for path in paths if path.startswith(("states/", "districts/"))]
    ((school, page),) = school_pages(whole, ["000104"])
    assert school.district is None
    assert "sro-path" not in page.body


def refused(data: Path) -> str:
    """What the check says."""
    edition, raw = read(data)
    with pytest.raises(InputError) as caught:
        check(raw, edition)
    return str(caught.value)


def test_a_school_without_a_district_is_refused_by_its_line(tmp_path: Path) -> None:
    data = write_districts(tmp_path)
    drop_row(data, "district_schools", 4)
    assert refused(data).startswith(
        'schools.csv:4 school_id: found "900003", expected a row in district_schools.csv',
        refused(data).index("schools.csv"),
    )


def test_a_table_that_is_missing_has_none_of_the_ids(tmp_path: Path) -> None:
    data = write_districts(tmp_path / "data")
    (data / "districts.csv").unlink()
    said = refused(data)
    assert (
        'district_schools.csv:2 district_id: found "d-1", expected a value of district_id' in said
    )


def test_districts_without_the_table_of_their_schools_are_refused(tmp_path: Path) -> None:
    data = write_districts(tmp_path / "data")
    (data / "district_schools.csv").unlink()
    assert (
        'districts.csv:2 district_id: found "d-1", expected district_schools.csv beside this file.'
        in refused(data)
    )


def test_a_table_of_districts_without_a_row_makes_no_district(tmp_path: Path) -> None:
    data = write_edition(tmp_path / "data")
    header = (write_districts(tmp_path / "other") / "districts.csv").read_text("utf-8")
    (data / "districts.csv").write_text(header.partition("\n")[0] + "\n", encoding="utf-8")
    assert site_of(data).districts is None


@pytest.mark.parametrize("state", ["</script>", "New  Land", "N.Y.", "Québec", "../x"])
def test_a_state_that_fits_no_address_is_refused(tmp_path: Path, state: str) -> None:
    data = write_districts(tmp_path / "data")
    edit(data, "districts", 2, "state", state)
    assert f'districts.csv:2 state: found "{state}", expected letters from A to Z' in refused(data)


def test_a_state_has_one_spelling(tmp_path: Path) -> None:
    """Two would share an address."""
    data = write_districts(tmp_path / "data")
    edit(data, "districts", 3, "state", "oh")
    assert 'districts.csv:3 state: found "oh", expected the spelling of the rows' in refused(data)


def test_a_school_in_two_districts_is_refused(tmp_path: Path) -> None:
    data = write_districts(tmp_path)
    add_row(data, "district_schools", school_id="900004", district_id="d-1", source_id="board")
    assert "district_schools.csv:7" in refused(data)


def test_an_unknown_district_is_refused(tmp_path: Path) -> None:
    data = write_districts(tmp_path)
    edit(data, "district_schools", 2, "district_id", "d-9")
    assert 'district_schools.csv:2 district_id: found "d-9"' in refused(data)


@pytest.mark.parametrize(("police", "doubt"), [("19.9", "implausible"), ("20", "")])
def test_a_number_is_flagged_exactly_where_it_is_implausible(
    tmp_path: Path, police: str, doubt: str
) -> None:
    data = write_districts(tmp_path)
    edit(data, "staffing", 2, "police", police)
    edit(data, "staffing", 2, "doubt", doubt)
    assert "implausible from 20 police officers on" in refused(data)
