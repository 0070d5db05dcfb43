"""Replies, requests and reports of errors beside the values that they are about."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.verify import verify
from tests.edition import add_row, edit, write_edition
from tests.ledger_edition import write_ledgers
from tests.mutations import remake
from tests.presenting import all_pages, site_of
from tests.test_ledgers import true_site  # noqa: F401  (a fixture)

BESIDE = re.compile(r'receipt-([^"]+)">(?:(?!</a>).)*</a> <a class="sro-remark" href="([^"]+)">')
IN_RECEIPT = re.compile(r'<details id="receipt-([^"]+)">(.*?)</details>')


@pytest.fixture(scope="module")
def bodies(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    data = write_ledgers(tmp_path_factory.mktemp("remarks") / "data")
    return {path: page.body for path, page in all_pages(site_of(data)).items()}


def in_receipts(body: str) -> dict[str, list[str]]:
    found = {fact: re.findall(r'sro-remark" href="([^"]+)"', text)
             for fact, text in IN_RECEIPT.findall(body)}  # fmt: skip
    return {fact: links for fact, links in found.items() if links}


def test_a_reply_stands_on_the_page_with_a_link_beside_its_value(bodies: dict[str, str]) -> None:
    body = bodies["schools/000104/"]
    assert ("votes.heights-2020.outcome", "#reply-heights") in BESIDE.findall(body)
    assert body.count('id="reply-heights"') == 1
    assert "The council meant one year only." in body
    assert 'id="reply-heights"' not in bodies["schools/900002/"]


def test_a_reply_about_a_row_has_one_link_and_stands_in_all_its_receipts(
    bodies: dict[str, str],
) -> None:
    for path in ("schools/900004/", "schools/000104/", "votes/"):
        links = [link for _, link in BESIDE.findall(bodies[path]) if link == "#reply-board"]
        assert links == ["#reply-board"], path
        receipts = in_receipts(bodies[path])
        own = [fact for fact in receipts if fact.startswith("votes.board-2024.")]
        assert len(own) > 2
        assert all("#reply-board" in receipts[fact] for fact in own)


def test_a_reply_about_a_school_stands_below_its_name(bodies: dict[str, str]) -> None:
    body = bodies["schools/900002/"]
    assert '</p>\n<p class="sro-flag"><a class="sro-remark" href="#reply-park">' in body
    assert body.count('id="reply-park"') == 1
    assert [path for path, one in bodies.items() if "reply-park" in one] == ["schools/900002/"]


def test_a_reply_about_a_campus_stands_at_each_of_its_schools(tmp_path: Path) -> None:
    data = write_ledgers(tmp_path / "data")
    add_row(data, "replies", reply_id="campus", unit_id="fixture-campus", office="a school",
            received_on="2025-02-01", words="All schools agree.", source_id="gazette")  # fmt: skip
    pages = all_pages(site_of(data))
    own = [path for path, page in pages.items() if 'id="reply-campus"' in page.body]
    assert own == ["schools/900003/", "schools/900004/"]


def test_a_requested_value_links_to_its_request(bodies: dict[str, str]) -> None:
    body = bodies["schools/900003/"]
    link = "../../requests/#request-quorum"
    assert ("votes.fixture-2021.quorum", link) in BESIDE.findall(body)
    assert in_receipts(body)["votes.fixture-2021.quorum"] == [link]
    assert 'id="request-quorum"' in bodies["requests/"]


def test_a_receipt_tells_of_reports_that_were_not_declined(bodies: dict[str, str]) -> None:
    receipts = in_receipts(bodies["schools/000104/"])
    assert receipts["votes.heights-2020.seats"] == ["../../corrections/#correction-seats"]
    assert in_receipts(bodies["incidents/"]) == {
        "incidents.i-2012.count": ["../corrections/#correction-arrests"]
    }
    assert "schools.district.all" not in in_receipts(bodies["schools/"])
    # Of a row: in the receipts of its cells.
    cells = {f for f, links in in_receipts(bodies["schools/900002/"]).items()
             if "../../corrections/#correction-row" in links}  # fmt: skip
    assert cells
    assert all(fact.startswith("rosters.sample-park.2020-21.minutes.") for fact in cells)
    # No link beside the value: a report proves nothing yet.
    assert not any("correction" in link for _, link in BESIDE.findall(bodies["incidents/"]))


def test_the_head_of_a_page_says_nothing_of_replies(tmp_path: Path) -> None:
    pages = all_pages(site_of(write_ledgers(tmp_path / "data")))
    assert not any("A reply by" in page.description for page in pages.values())


def test_without_ledgers_nothing_stands_beside_a_value(tmp_path: Path) -> None:
    pages = all_pages(site_of(write_edition(tmp_path / "data")))
    assert not any("sro-remark" in page.body or "sro-replies" in page.body
                   for page in pages.values())  # fmt: skip


def test_an_answered_request_is_no_longer_linked(tmp_path: Path) -> None:
    data = write_ledgers(tmp_path / "data")
    edit(data, "requests", 2, "answer", "denied")
    edit(data, "requests", 2, "answered_on", "2024-12-09")
    line = (data / "votes.csv").read_text("utf-8").split("\n")
    at = next(n for n, text in enumerate(line, 1) if text.startswith("fixture-2021,"))
    edit(data, "votes", at, "quorum_mark", "withheld")
    body = all_pages(site_of(data))["schools/900003/"].body
    assert "request-quorum" not in body


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("schools/000104/index.html", 'id="reply-heights"', 'id="reply-park"'),
        ("es/schools/900004/index.html", 'id="reply-board"', 'id="board"'),
        ("schools/000104/index.html", "The council meant one year only.", "It meant no year."),
        ("schools/900002/index.html", 'href="#reply-park"', 'href="#sources"'),
        ("es/schools/900003/index.html", "La solicitud de este valor</a></details>",
         "Nada</a></details>"),
        ("incidents/index.html", "error is open", "error was accepted"),
    ],
)  # fmt: skip
def test_a_false_remark_is_found(
    true_site: Path,  # noqa: F811
    copied: Callable[[Path], Path], path: str, old: str, new: str,
) -> None:  # fmt: skip
    copy = copied(true_site)
    html = (copy / path).read_text("utf-8")
    assert old in html
    (copy / path).write_text(html.replace(old, new, 1), encoding="utf-8")
    remake(copy)
    assert [one for one in verify(copy).mismatches if one.page == path]
