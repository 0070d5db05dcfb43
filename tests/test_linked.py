"""What search engines are told of the data, and the lines that load them elsewhere."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from generator.downloads import linked_data, loading
from generator.pages import prose
from tests.edition import write_edition
from tests.presenting import record_of, site_of
from tests.shared import small


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the small edition; nobody changes it."""
    return small(tmp_path_factory) / "site"


def told(site: Path, path: str) -> Mapping[str, Any]:
    html = (site / path / "index.html").read_text("utf-8")
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    said: dict[str, Any] = json.loads(found)
    return said


def test_the_data_page_describes_all_tables(site: Path) -> None:
    said = told(site, "data")
    assert (said["@context"], said["@type"]) == ("https://schema.org", "Dataset")
    assert said["url"] == "https://records.example/data/"
    assert said["name"] == "An invented record"
    assert said["temporalCoverage"] == "2019/2025"
    assert said["spatialCoverage"] == {"@type": "Place", "name": "Exampleton"}
    assert "license" not in said
    for one in said["distribution"]:
        assert (site / one["contentUrl"].removeprefix("https://records.example/")).is_file()
    for one in said["hasPart"]:
        assert (site / one["url"].removeprefix("https://records.example/") / "index.html").is_file()


def test_the_page_of_a_table_describes_it_with_its_sources(site: Path) -> None:
    said = told(site, "data/votes")
    assert said["name"] == "An invented record: Votes and decisions"
    assert len(said["description"]) > 50
    assert set(said["isBasedOn"]) == {
        "https://records.example/minutes", "https://gazette.example/votes?page=2",
        "https://records.example/board",
    }  # fmt: skip
    assert [one["contentUrl"] for one in said["distribution"]] == [
        "https://records.example/data/votes.csv", "https://records.example/data/votes.json",
    ]  # fmt: skip


def test_no_other_page_describes_data(tmp_path: Path) -> None:
    whole = site_of(write_edition(tmp_path / "data"))
    found = {page.path for page in prose(whole) if page.linked}
    assert found == {"data/", *(f"data/{name}/" for name in whole.record.tables)}


def test_nothing_in_it_ends_the_element(tmp_path: Path) -> None:
    record = record_of(write_edition(tmp_path / "data"))
    record.edition.__dict__["description"] = "</script><!-- & <b>"
    said = linked_data(record, "", "https://records.example/data/")
    assert "<" not in said
    assert json.loads(said)["description"] == "</script><!-- & <b>"


def test_the_lines_of_the_data_page_load_the_table(site: Path) -> None:
    lines = loading(f"{site / 'data'}/", "an-invented-record")
    html = (site / "data/index.html").read_text("utf-8")
    assert all(f'<strong translate="no">{program}</strong>' in html for program in lines)
    one = eval(lines["pandas"], {"pd": pd})
    two = eval(lines["pandas (JSON)"], {"pd": pd})
    three = duckdb.sql(lines["DuckDB"]).fetchall()
    assert len(one) == len(two) == len(three) == 8
    assert list(one["vote_id"]) == list(two["vote_id"]) == [row[0] for row in three]
    assert sorted(one["seats"]) == ["", "", "", "", "", "12", "12", "7"]
    schools = eval(lines["pandas"].replace("votes.csv", "schools.csv"), {"pd": pd})
    assert schools["school_id"][0] == "000104"
    assert lines["Datasette"].split()[1] in {path.name for path in (site / "data").iterdir()}
