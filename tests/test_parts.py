"""Lists that are too long for one page: cut without loss, each part a page that leads to all."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.commands.verify import verified
from generator.model import Text
from generator.pages import lists
from generator.pipeline import build
from generator.verify import verify
from generator.views import apart
from generator.views.parts import cut
from tests.bilingual_edition import write_bilingual
from tests.districts_edition import write_districts
from tests.mutations import read, remake
from tests.parts_edition import shorten_pages
from tests.presenting import settings
from tests.shared import made_once
from tests.test_links import faults, files_of, pages

Copied = Callable[[Path], Path]
PARTS = r'<nav class="sro-parts"[^>]* aria-label="Parts.*?</nav>'
STATE, DISTRICT = "states/oh/", "districts/d-1/"
SCHOOL_ROW = re.compile(r'<tr><th scope="row"><a href="[./]*/schools/.*?</tr>\n?', re.DOTALL)


@given(st.lists(st.integers(), max_size=60), st.integers(1, 20))
def test_each_row_stands_once_and_in_its_order(rows: list[int], most: int) -> None:
    parts = cut(rows, "list/", lambda row: Text(str(row)), most)
    assert [row for part in parts for row in part.rows] == rows
    sizes = [len(part.rows) for part in parts]
    assert max(sizes) <= most
    assert max(sizes) - min(sizes) <= 1
    assert len(parts) == max(1, -(-len(rows) // most))
    assert [part.path for part in parts] == [
        "list/", *(f"list/{number}/" for number in range(2, len(parts) + 1))
    ]  # fmt: skip


def test_a_part_knows_its_ends_and_what_stands_beside_it() -> None:
    one, two, three = cut("abcdefg", "list/", Text, 3)
    assert one.parts == two.parts == three.parts
    assert [(part.first.value, part.last.value) for part in one.parts] == [
        ("a", "b"), ("c", "d"), ("e", "g"),
    ]  # fmt: skip
    assert (one.part, one.before, one.after) == (None, None, one.parts[1])
    assert (two.part, two.before, two.after) == one.parts[1::-1] + one.parts[2:]
    assert (three.part, three.before, three.after) == (one.parts[2], one.parts[1], None)


def test_a_list_that_fits_has_no_parts() -> None:
    (whole,) = cut("abc", "list/", Text, 3)
    assert (whole.parts, whole.part, whole.before, whole.after) == ((), None, None, None)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The edition of districts, its lists in parts of one district and of two schools."""

    def make(folder: Path) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(lists, "DISTRICTS", 1)
            patch.setattr(lists, "SCHOOLS", 2)
            build(settings(folder, write_districts(folder / "data")), lambda _: None)

    return made_once(tmp_path_factory, "lists-in-parts", make) / "site"


@pytest.mark.parametrize("path", [STATE, DISTRICT])
def test_each_part_leads_to_all_others_and_stands_in_the_indexes(site: Path, path: str) -> None:
    paths = [path, f"{path}2/"]
    titles, search = set(), read(site / "search/search_index.json")
    for here in paths:
        html = read(site / here / "index.html")
        (nav,) = re.findall(PARTS, html, re.DOTALL)
        led = [urljoin(here, link) for link in re.findall('href="([^"]+)"', nav)]
        assert led == [other for other in paths if other != here]
        assert nav.count('aria-current="page"') == 1
        assert html.count('rel="next"') == (here == path)
        assert html.count('rel="prev"') == (here != path)
        assert f'<link rel="canonical" href="https://records.example/{here}">' in html
        titles |= set(re.findall("<title>.*?</title>", html))
        assert f'"location":"{here}"' in search
        assert f"<loc>https://records.example/{here}</loc>" in read(site / "sitemap.xml")
    assert len(titles) == len(paths)


def test_what_was_told_of_the_whole_stands_on_the_first_part_alone(site: Path) -> None:
    for path in (STATE, DISTRICT):
        assert "Added up:" in read(site / path / "index.html")
        assert "Added up:" not in read(site / path / "2/index.html")
    assert not (site / "districts/d-2/2").exists()  # one school: no parts


def test_verify_agrees_with_a_site_in_parts_and_its_links_lead_somewhere(site: Path) -> None:
    verified(site)
    assert not list(faults(pages(site), files_of(site)))


def drop(html: str) -> str:
    return SCHOOL_ROW.sub("", html, count=1)


def double(html: str) -> str:
    return SCHOOL_ROW.sub(lambda row: row[0] * 2, html, count=1)


def stray(html: str) -> str:
    return html.replace("/schools/900003/", "/schools/900004/")


@pytest.mark.parametrize(
    ("change", "what"),
    [(drop, [("0", "1")]), (double, [("2", "1")]), (stray, [("0", "1"), ("1", "0")])],
)
def test_verify_counts_the_rows_over_all_parts(
    site: Path, copied: Copied, change: Callable[[str], str], what: list[tuple[str, str]]
) -> None:
    other = copied(site)
    page = other / DISTRICT / "2/index.html"
    html = read(page)
    assert change(html) != html
    page.write_text(change(html), encoding="utf-8")
    remake(other)
    found = [
        (one.shown, one.recomputed)
        for one in verify(other).mismatches
        if one.page == DISTRICT and "stands in the list" in one.what
    ]
    assert found == what


def test_verify_misses_a_list(site: Path, copied: Copied) -> None:
    other = copied(site)
    (other / "districts/d-3/index.html").unlink()
    remake(other)
    found = [one.what for one in verify(other).mismatches if one.page == "districts/d-3/"]
    assert found == ["the list has no page"]


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 400), max_size=20))
def test_what_stays_on_a_page_fits_and_a_page_that_fits_stays_whole(sizes: dict[str, int]) -> None:
    far = apart.too_long(sizes)
    left = sum(size for key, size in sizes.items() if key not in far)
    assert left <= apart.WHOLE
    assert bool(far) == (sum(sizes.values()) > apart.WHOLE)
    assert left <= apart.MOST or not far


@given(st.lists(st.text(min_size=1), min_size=1, max_size=400), st.integers(0, 600))
def test_a_table_that_left_its_page_is_whole_and_each_page_is_named(
    rows: list[str], wide: int
) -> None:
    pages_ = apart.pages_of(rows, "votes/2023/", Text, wide)
    assert [row for one in pages_ for row in one.rows] == rows
    assert all(len(one.rows) * max(wide, 1) <= max(apart.CELLS, wide) for one in pages_ if wide)
    assert max(len(one.rows) for one in pages_) <= apart.MOST
    ends = [(part.path, part.first.value, part.last.value) for part in pages_[0].parts]
    assert ends == [(one.path, one.rows[0], one.rows[-1]) for one in pages_]


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The edition of one district in two languages, each row of its long tables on its own page."""

    def make(folder: Path) -> None:
        data = write_bilingual(folder / "data")
        # Both languages lead to the files that are named after the first one's title.
        said = read(data / "site.toml").replace("Un registro inventado", "An invented record")
        (data / "site.toml").write_text(said, encoding="utf-8")
        with pytest.MonkeyPatch.context() as patch:
            shorten_pages(patch)
            build(settings(folder, data), lambda _: None)

    return made_once(tmp_path_factory, "parts-tables", make) / "site"


ROUND = "votes/2020-officers-2020/"
LEFT = (ROUND, "votes/2020-others/", "coverage/rosters/", "coverage/votes/", "compare/officers/")


def test_verify_agrees_with_long_tables_in_parts_and_links_lead_somewhere(tables: Path) -> None:
    verified(tables)
    found = pages(tables)
    assert not list(faults(found, files_of(tables)))
    for folder in ("", "es/"):
        assert {folder + path for path in (*LEFT, "schools/list/2/")} <= found.keys()


@pytest.mark.parametrize("path", LEFT)
def test_a_page_leads_to_all_pages_of_its_long_table(tables: Path, path: str) -> None:
    above = f"{path.partition('/')[0]}/"
    html = read(tables / above / "index.html")
    parts = sorted(
        page.parent.relative_to(tables).as_posix() + "/"
        for page in (tables / path).rglob("index.html")
    )
    led = {urljoin(above, link) for link in re.findall('href="([^"]+)"', html)}
    assert led >= set(parts)
    for here in parts:
        own = read(tables / here / "index.html")
        assert own.count("<tbody") >= 1
        assert f'<link rel="canonical" href="https://records.example/{here}">' in own
        assert f"<loc>https://records.example/{here}</loc>" in read(tables / "sitemap.xml")
        assert {urljoin(here, link) for link in re.findall('href="([^"]+)"', own)} >= (
            set(parts) - {here}
        )


def test_search_reads_none_of_the_links_to_parts(tables: Path) -> None:
    # Nor does MkDocs, which goes through each tag of what search reads several times.
    said = "This list stands on several pages"
    assert said in read(tables / "schools/index.html")
    assert said not in read(tables / "search/search_index.json")


def test_anchors_and_figures_of_the_long_tables_stay_where_they_were(tables: Path) -> None:
    votes = read(tables / "votes/index.html")
    assert 'id="round-2020-officers-2020"' in votes
    assert votes.count('<figure class="chart-figure"') >= 1
    named = re.findall('<nav class="sro-parts"[^>]* aria-labelledby="([^"]+)"', votes)
    assert len(named) == len(set(named)) > 1
    assert all(f'id="{one}"' in votes for names in named for one in names.split())
    assert "data-sortable" not in votes.partition('id="board"')[0]
    assert "sro-choose" not in read(tables / "compare/index.html")


ROW = re.compile(r'<tr[^>]*><th scope="row"><a href="[./]*(?:schools/)?\d+/".*?</tr>', re.DOTALL)


@pytest.mark.parametrize(
    ("page", "of"),
    [
        (f"{ROUND}2/", "votes/"), ("coverage/rosters/2/", "coverage/rosters/"),
        ("compare/officers/2/", "compare/"), ("schools/list/2/", "schools/"),
        (f"es/{ROUND}2/", "es/votes/"),
    ],
)  # fmt: skip
def test_verify_misses_a_row_of_a_part_and_finds_one_too_many(
    tables: Path, copied: Copied, page: str, of: str
) -> None:
    other = copied(tables)
    path = other / page / "index.html"
    html = read(path)
    for new, more in (("", -1), (ROW.search(html)[0] * 2, 1)):  # type: ignore[index]
        path.write_text(ROW.sub(lambda _, new=new: new, html, count=1), encoding="utf-8")
        remake(other)
        found = [
            int(one.shown) - int(one.recomputed)
            for one in verify(other).mismatches
            if one.page == of and "stands in the list" in one.what
        ]
        assert found == [more]


def test_verify_misses_a_page_of_a_part(tables: Path, copied: Copied) -> None:
    other = copied(tables)
    (other / ROUND / "2/index.html").unlink()
    remake(other)
    found = [one.what for one in verify(other).mismatches if one.page == "votes/"]
    assert len(found) == 1
    assert "stands in the list" in found[0]


def without(path: Path, school: str) -> None:
    """Take the rows of a school from a page, with the receipts that no other row needs."""
    html = re.sub(rf'<tr[^>]*><th scope="row"><a href="[^"]*{school}/".*?</tr>', "", read(path))
    for fact in re.findall(r'<details id="receipt-([^"]+)">', html):
        if f'href="#receipt-{fact}"' not in html:
            proof = rf'<details id="receipt-{re.escape(fact)}">.*?</details>\n?'
            html = re.sub(proof, "", html, flags=re.DOTALL)
    path.write_text(html, encoding="utf-8")


def test_verify_misses_a_unit_that_another_table_of_the_coverage_has_twice(
    tables: Path, copied: Copied
) -> None:
    other = copied(tables)
    for folder in ("", "es/"):
        without(other / folder / "coverage/rosters/2/index.html", "900003")
        path = other / folder / "coverage/votes/2/index.html"
        twice = ROW.sub(lambda row: row[0] * 2, read(path), count=1)
        path.write_text(twice, encoding="utf-8")
    remake(other)
    found = {
        (one.page, one.shown, one.recomputed)
        for one in verify(other).mismatches
        if one.what == "times that 900003 stands in the list"
    }
    assert found == {
        (folder + page, shown, "1")
        for folder in ("", "es/")
        for page, shown in (("coverage/rosters/", "0"), ("coverage/votes/", "2"))
    }


def test_verify_misses_a_school_that_stands_nowhere_in_its_group(
    tables: Path, copied: Copied
) -> None:
    other = copied(tables)
    for folder in ("", "es/"):
        for path in (other / folder / "compare/area-30").rglob("index.html"):
            without(path, "900003")
    remake(other)
    found = {
        one.page
        for one in verify(other).mismatches
        if one.what == "times that 900003 stands in the list"
    }
    assert found == {"compare/area-30/", "es/compare/area-30/"}
