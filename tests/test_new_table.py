"""A new table is three places: its file, its declaration, its line. The rest follows."""

from pathlib import Path

import pytest

from generator import pages, tables
from generator.charts import MemoryCache
from generator.check import check
from generator.derive import derive
from generator.downloads import to_csv
from generator.model import Column, Record, Table
from generator.pages import Site
from generator.present.languages import language
from generator.read import read_edition, read_tables
from generator.tables.common import SOURCE, school_id
from tests.edition import EDITION, SITE, write_edition
from tests.presenting import TEMPLATES

ARRESTS = Table(
    name="arrests",
    title="Arrests by year",
    grain="one row per school and school year",
    kind="public_record",
    authority="An invented authority.",
    key=("school_id", "school_year"),
    columns=(
        school_id("The school."),
        Column("school_year", "School year", "The year.", "school_year", required=True),
        Column("arrests", "Arrests", "How many.", "count", low=0, required=True),
        SOURCE,
    ),
)


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Record:
    monkeypatch.setattr(tables, "TABLES", (*tables.TABLES, ARRESTS))
    data = write_edition(tmp_path / "data", site=SITE)
    school, source = EDITION["schools"][0]["school_id"], EDITION["sources"][0]["source_id"]
    text = f"school_id,school_year,arrests,source_id\n{school},2021-22,37,{source}\n"
    (data / "arrests.csv").write_text(text, encoding="utf-8")
    edition = read_edition(data)
    return derive(check(read_tables(data, tables.TABLES), edition), edition)


def site_of_record(record: Record) -> Site:
    return pages.site(record, language("en", record.edition), TEMPLATES, MemoryCache(), ())


def test_its_rows_stand_on_the_school_s_page(record: Record) -> None:
    school = EDITION["schools"][0]["school_id"]
    ((_, page),) = pages.school_pages(site_of_record(record), [school])
    assert "## Arrests by year {: #table-arrests }" in page.body
    assert f'<data value="37" data-fact="arrests.{school}.2021-22.arrests">37</data>' in page.body


def test_a_school_without_rows_says_so(record: Record) -> None:
    school = next(s for s in record.units_of_school if s != EDITION["schools"][0]["school_id"])
    ((_, page),) = pages.school_pages(site_of_record(record), [school])
    assert "No row of this table is about this school." in page.body


def test_it_has_its_dictionary_and_its_download(record: Record) -> None:
    found = {page.path: page for page in pages.prose(site_of_record(record))}
    assert "How many." in found["data/arrests/"].body
    public = record.tables["arrests"]
    assert to_csv(public.frame, public.table).decode().splitlines()[0].startswith("school_id,")
