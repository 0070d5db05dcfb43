"""Atom feeds: what RFC 4287 demands, the entries that the changes give, names of every sort."""

import re
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from xml.etree import ElementTree

import feedparser
import pytest

from generator.commands import release
from generator.feeds import feeds as feeds_of
from generator.model import File
from generator.pages import Site
from generator.pipeline import build
from generator.verify import verify
from tests.changing import explain_all
from tests.edition import add_row, drop_row, edit, write_edition
from tests.ledger_edition import write_spoken_ledgers
from tests.mutations import remake
from tests.presenting import settings, site_of
from tests.shared import made_once
from tests.twenty import IDS, NAMES, write_twenty

FIRST, SECOND = "2025-11-10", "2025-12-01"
ATOM = "{http://www.w3.org/2005/Atom}"
DAY = re.compile(r"\d{4}-\d\d-\d\dT00:00:00Z")
WHY = "We misread <the> minutes & more."
BASE = "https://records.example/"


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition in two languages, released, changed and released again; nobody changes it."""
    return made_once(tmp_path_factory, "feeds", make_changed)


def make_changed(folder: Path) -> None:
    """Release, change a value, drop a row and add two, release, change once more."""
    data, site = write_spoken_ledgers(folder / "data"), folder / "site"
    build(settings(folder, data), lambda _: None)
    release.run(FIRST, data, site)
    edit(data, "votes", 2, "seats", "11")
    drop_row(data, "enrollments", 3)
    for year in ("2018-19", "2019-20"):
        add_row(data, "enrollments", school_id="900003", school_year=year, students="77",
                source_id="list-2020")  # fmt: skip
    explain_all(data, why=WHY)
    build(settings(folder, data), lambda _: None)
    release.run(SECOND, data, site)
    edit(data, "votes", 2, "seats", "13")
    explain_all(data, why="It is not released yet.")
    build(settings(folder, data), lambda _: None)


@pytest.fixture(scope="module")
def site(changed: Path) -> Path:
    return changed / "site"


def feeds(site: Path) -> Iterator[tuple[str, ElementTree.Element]]:
    for path in sorted(site.rglob("feed.xml")):
        yield path.relative_to(site).as_posix(), ElementTree.fromstring(path.read_bytes())


def keys(site: Path, path: str) -> list[str]:
    """What the ids of a feed's entries end with, in their order."""
    root = ElementTree.fromstring((site / path).read_bytes())
    return [
        (entry.findtext(f"{ATOM}id") or "").partition("#")[2]
        for entry in root.findall(f"{ATOM}entry")
    ]


def test_every_school_has_a_feed_in_each_language(site: Path) -> None:
    schools = ("000104", "900002", "900003", "900004")
    own = {f"{folder}schools/{key}/feed.xml" for folder in ("", "es/") for key in schools}
    assert {path for path, _ in feeds(site)} == own | {"feed.xml", "es/feed.xml"}


def test_feeds_are_what_the_standard_demands(site: Path) -> None:
    known = set()
    for path, root in feeds(site):
        assert root.tag == f"{ATOM}feed"
        address = BASE + path
        links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
        assert links == {"self": address, "alternate": address.removesuffix("feed.xml")}
        entries = root.findall(f"{ATOM}entry")
        for one in (root, *entries):
            for name in ("id", "title", "updated"):
                assert len(one.findall(f"{ATOM}{name}")) == 1
                assert one.findtext(f"{ATOM}{name}")
            assert DAY.fullmatch(one.findtext(f"{ATOM}updated") or "")
            assert re.fullmatch(r"https://[!-~]+", one.findtext(f"{ATOM}id") or "")
            known.add(one.findtext(f"{ATOM}id"))
        assert root.findtext(f"{ATOM}author/{ATOM}name")
        for entry in entries:
            assert len(entry.findall(f"{ATOM}content")) == 1
            (link,) = entry.findall(f"{ATOM}link")
            assert link.get("rel") == "alternate"
            assert (link.get("href") or "").startswith(BASE)
        assert root.findtext(f"{ATOM}updated") == entries[0].findtext(f"{ATOM}updated")
    assert len(known) == sum(1 + len(root.findall(f"{ATOM}entry")) for _, root in feeds(site))


def test_a_reader_of_feeds_takes_them(site: Path) -> None:
    for path in site.rglob("feed.xml"):
        found = feedparser.parse(path.read_bytes())
        assert found.bozo is False, path
        assert found.version == "atom10"
        assert found.entries
        assert all(one.updated_parsed and one.summary for one in found.entries)


def test_entries_are_the_released_changes_and_decisions_newest_first(site: Path) -> None:
    seats = f"change/{FIRST}/votes/heights-2020/seats"
    gone = f"change/{FIRST}/enrollments/000104.2024-25"
    every = keys(site, "feed.xml")
    own = keys(site, "schools/000104/feed.xml")
    said = ["correction/place", "correction/schools", "correction/seats"]
    new = f"added/{SECOND}/enrollments"
    assert every == [new, gone, seats, f"release/{FIRST}", *said]
    assert own == [gone, seats, f"release/{FIRST}", said[0], said[2]]
    assert keys(site, "es/schools/900003/feed.xml") == [
        f"added/{SECOND}/enrollments", f"release/{FIRST}",
    ]  # fmt: skip
    assert keys(site, "schools/900004/feed.xml") == [f"release/{FIRST}"]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("feed.xml", 'it was “12”, now it is “11”. Reason: our error. We misread <the> minutes &'),
        ("es/feed.xml", "era «12», ahora es «11». Razón: error nuestro."),
        ("schools/900003/feed.xml", "The table has new rows about this school."),
        ("es/schools/000104/feed.xml", "Se aceptó un aviso de un error"),
    ],
)  # fmt: skip
def test_an_entry_says_what_changed(site: Path, path: str, words: str) -> None:
    said = "\n".join(f"{e.title}\n{e.summary}" for e in feedparser.parse(
        (site / path).read_bytes(), sanitize_html=False).entries)  # fmt: skip
    assert words in said


def test_what_is_in_no_release_is_in_no_feed(site: Path) -> None:
    for path in site.rglob("feed.xml"):
        assert "It is not released yet." not in path.read_text("utf-8")


def feed_files(whole: Site) -> list[File]:
    """The feed of the site and those of all schools."""
    found = feeds_of(whole)
    schools = (found.of_school(one) for one in whole.record.school_names)
    return [found.site(), *chain.from_iterable(schools)]


def test_names_of_every_sort_are_well_formed(tmp_path: Path) -> None:
    whole = site_of(write_twenty(tmp_path / "data"))
    made = {file.path: file.content for file in feed_files(whole)}
    again = {file.path: file.content for file in feed_files(whole)}
    assert made == again
    for key, name in zip(IDS, NAMES, strict=True):
        root = ElementTree.fromstring(made[f"schools/{key}/feed.xml"])
        assert root.findtext(f"{ATOM}title") == f"{name.strip()} - An invented record"


def test_before_the_first_release_a_feed_is_empty_and_dated_by_the_tables(tmp_path: Path) -> None:
    whole = site_of(write_edition(tmp_path / "data"))
    for file in feed_files(whole):
        root = ElementTree.fromstring(file.content)
        assert root.findtext(f"{ATOM}updated") == "2025-11-02T00:00:00Z"
        assert root.findall(f"{ATOM}entry") == []
        assert len(file.content) < 700


def test_pages_name_their_feeds(site: Path) -> None:
    for folder in ("", "es/"):
        page = (site / folder / "schools/000104/index.html").read_text("utf-8")
        assert re.findall(r'type="application/atom\+xml"[^>]* href="([^"]+)"', page) == [
            "../../feed.xml", "feed.xml",
        ]  # fmt: skip
        assert page.count('href="feed.xml"') == 2
        page = (site / folder / "votes/index.html").read_text("utf-8")
        assert re.findall(r'type="application/atom\+xml"[^>]* href="([^"]+)"', page) == [
            "../feed.xml"
        ]
        assert page.count('href="../feed.xml"') == 2


def test_a_true_site_has_no_mismatch(site: Path) -> None:
    assert verify(site).mismatches == ()


def replaced(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new, 1)


def less(text: str) -> str:
    return re.sub(r"<entry>.*?</entry>\n", "", text, count=1, flags=re.DOTALL)


def twice(text: str) -> str:
    return re.sub(r"<entry>.*?</entry>\n", lambda found: found[0] * 2, text, count=1, flags=re.S)


@pytest.mark.parametrize(
    ("path", "change"),
    [
        ("feed.xml", less),
        ("es/feed.xml", twice),
        ("schools/000104/feed.xml", replaced("“12”", "“21”")),
        ("es/feed.xml", replaced("«11»", "«10»")),
        ("feed.xml", replaced("#correction-", "/")),
        ("schools/900003/feed.xml", replaced(f"{SECOND}T", f"{FIRST}T")),
        ("schools/900003/feed.xml", replaced("added/", "change/")),
        ("schools/900004/feed.xml", replaced("schools/900004/feed.xml", "schools/900003/feed.xml")),
        ("es/schools/900004/feed.xml", replaced('es/schools/900004/"', 'schools/900004/"')),
        ("feed.xml", replaced("</feed>", "")),
        ("feed.xml", replaced("Another number of seats was", "No number of seats was")),
    ],
)
def test_a_false_feed_is_found(
    site: Path, copied: Callable[[Path], Path], path: str, change: Callable[[str], str]
) -> None:
    copy = copied(site)
    text = (copy / path).read_text("utf-8")
    assert change(text) != text
    (copy / path).write_text(change(text), encoding="utf-8")
    remake(copy)
    assert [one for one in verify(copy).mismatches if one.page == path]


def test_a_feed_that_is_missing_is_found(site: Path, copied: Callable[[Path], Path]) -> None:
    copy = copied(site)
    (copy / "es/schools/900002/feed.xml").unlink()
    remake(copy)
    assert "es/schools/900002/feed.xml: no feed" in map(str, verify(copy).mismatches)
