"""Twenty invented schools both ways: stamped by the build, and as Markdown files by MkDocs."""

import json
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import pytest

from generator.model import PageSource, Settings
from generator.pipeline import build, read_record
from generator.pipeline.rendering import epoch
from generator.present.theme import theme_words
from generator.shell import run_mkdocs
from generator.shell.stamped import SPECIMEN, source
from generator.views.schools import School
from tests.edition import edit, write_edition
from tests.kept_shell import real_mkdocs
from tests.presenting import school_pages, settings, site_of
from tests.twenty import CAMPUS, IDS, MOST, NAMES, PLAIN, write_twenty

SCHOOLS = ("000104", "900002", "900003", "900004", *IDS)


@dataclass(frozen=True)
class BothWays:
    """The stamped site, what plain MkDocs made of the same pages, and the pages."""

    stamped: Path
    plain: Path
    pages: Mapping[str, tuple[School, PageSource]]
    base_url: str


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> BothWays:
    folder = tmp_path_factory.mktemp("both")
    data = write_twenty(folder / "data")
    told = settings(folder, data)
    with real_mkdocs():
        build(told, lambda _: None)
    found = school_pages(site_of(data))
    return BothWays(
        told.out, render_plainly(folder, told, found), found, read_record(told).edition.base_url
    )


def render_plainly(
    folder: Path, told: Settings, found: Mapping[str, tuple[School, PageSource]]
) -> Path:
    """The docs of the build without its specimens and with every school's page, by one MkDocs."""
    docs, out = folder / "plain-docs", folder / "plain"
    shutil.copytree(told.build / "docs", docs, ignore=shutil.ignore_patterns(f"{SPECIMEN}*"))
    for _, page in found.values():
        (docs / page.path).mkdir()
        (docs / page.path / "index.md").write_text(source(page), encoding="utf-8")
    whole = site_of(told.data)
    run_mkdocs(
        told.config, docs, out, base_url=whole.record.edition.base_url,
        source_date_epoch=epoch(told, whole.record), language=whole.language.code,
        words=theme_words(whole.record.edition, whole.language),
    )  # fmt: skip
    return out


@pytest.mark.parametrize("school_id", SCHOOLS)
def test_a_stamped_page_is_what_mkdocs_writes_of_its_markdown(
    both: BothWays, school_id: str
) -> None:
    path = Path("schools", school_id, "index.html")
    assert (both.stamped / path).read_bytes() == (both.plain / path).read_bytes()


def pages_in(site: Path, name: str) -> set[Path]:
    """The pages that are MkDocs' business: figures alone never go through it, nor into sitemaps."""
    found = {path.relative_to(site) for path in site.rglob(name)}
    return {path for path in found if path.parts[0] != "embed"}


def test_the_prose_pages_are_what_mkdocs_writes_without_specimens(both: BothWays) -> None:
    kept = pages_in(both.stamped, "*.html")
    plain = {path.relative_to(both.plain) for path in both.plain.rglob("*.html")}
    assert kept == plain
    for path in sorted(kept):
        assert (both.stamped / path).read_bytes() == (both.plain / path).read_bytes(), path


def test_the_twenty_are_the_awkward_ones(both: BothWays) -> None:
    assert set(both.pages) == set(SCHOOLS)
    assert len(SCHOOLS) == 20
    schools = {key: school for key, (school, _) in both.pages.items()}
    votes = {key: len(school.votes) for key, school in schools.items()}
    assert (votes[MOST], votes[IDS[1]], votes[IDS[3]]) == (24, 1, 0)
    assert max(votes.values()) == votes[MOST]
    assert {school.kind for school in schools.values()} == {"record", "short"}
    assert not schools[IDS[1]].listed_now
    campus = [[other for other, _ in schools[key].units[0].others] for key in (PLAIN, *CAMPUS)]
    assert all(len(others) == 3 for others in campus)
    assert len(schools["900003"].units) == 2
    assert max(map(len, NAMES)) == 200
    assert any("\u0600" <= letter <= "\u06ff" for letter in "".join(NAMES))


def test_every_school_stands_in_the_sitemap_once(both: BothWays) -> None:
    found = re.findall("<loc>(.*)</loc>", (both.stamped / "sitemap.xml").read_text("utf-8"))
    assert len(found) == len(set(found))
    schools = {address for address in found if re.search("/schools/[^/]*[0-9]", address)}
    assert schools == {f"{both.base_url}schools/{school_id}/" for school_id in SCHOOLS}
    pages_ = {both.stamped / path.parent for path in pages_in(both.stamped, "index.html")}
    listed = {both.stamped / address.removeprefix(both.base_url) for address in found}
    assert listed == pages_


def test_every_school_is_found_by_its_name_and_its_aliases(both: BothWays) -> None:
    index = json.loads((both.stamped / "search/search_index.json").read_text("utf-8"))
    entries = {entry["location"]: entry for entry in index["docs"]}
    for school_id, (school, page) in both.pages.items():
        entry = entries[page.path]
        assert unescape(entry["title"]) == school.name.value
        words = unescape(entry["text"]).split(" · ")
        assert words == [school.short_name.value, *(name.value for name in school.names)]
        if school_id in IDS:
            assert f"Alias {IDS.index(school_id)} <of> & *{school_id}*" in words
    assert not [entry for entry in index["docs"] if SPECIMEN in entry["location"]]
    assert not [entry for entry in index["docs"] if "<" in entry["title"]]


def test_two_builds_in_one_process_do_not_share_a_record(tmp_path: Path) -> None:
    data = write_edition(tmp_path / "data")
    told = settings(tmp_path, data)
    build(told, lambda _: None)
    edit(data, "schools", 2, "name", "Renamed School")
    build(told, lambda _: None)
    page = (told.out / "schools/000104/index.html").read_text("utf-8")
    assert "<title>Renamed School - " in page
