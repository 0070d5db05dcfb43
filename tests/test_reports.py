"""The link by which readers report a problem: what it holds, however awkward the value's id is."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from generator.errors import InputError
from generator.model import Past
from generator.read.edition import parse_edition
from generator.verify import verify
from tests.edition import SITE, write_edition
from tests.ledger_edition import REPORTING
from tests.mutations import remake
from tests.presenting import all_pages, site_of
from tests.test_ledgers import true_site  # noqa: F401  (a fixture)
from tests.twenty import tables

RECEIPT = re.compile(r'<details id="receipt-([^"]+)">.*?</details>')
LINK = re.compile(r'<a class="sro-report" href="([^"]+)">([^<]+)</a>')
MAIL = 'address = "mailto:errors@records.example"'
FORM = 'address = "https://forge.example/new?title={title}&labels=data&body={body}"'


def reports(body: str) -> dict[str, tuple[str, str]]:
    """(address, words) of the link in each receipt, by the fact."""
    found = {}
    for receipt in RECEIPT.finditer(body):
        links = LINK.findall(receipt[0])
        assert len(links) == 1, receipt[0]
        found[unescape(receipt[1])] = (unescape(links[0][0]), links[0][1])
    return found


def bodies(data: Path, **past: tuple[Past, ...]) -> dict[str, str]:
    known = {name.replace("__", "."): before for name, before in past.items()}
    return {path: page.body for path, page in all_pages(site_of(data, past=known)).items()}


@pytest.mark.parametrize("address", [MAIL, FORM])
def test_each_receipt_has_a_link_with_value_release_and_page(tmp_path: Path, address: str) -> None:
    data = write_edition(tmp_path / "data", site=f"{SITE}\n[reports]\n{address}\n", **tables())
    count = 0
    for path, body in bodies(data).items():
        for fact, (link, _) in reports(body).items():
            split = urlsplit(link)
            given = parse_qs(split.query, strict_parsing=True)
            words = given["title" if split.scheme == "https" else "subject"]
            assert words == [f"Problem: {fact}"]
            assert given["body"] == [
                f"Release: not released yet\r\nhttps://records.example/{path}\r\n\r\n"
            ]
            assert split.path in ("errors@records.example", "/new")
            count += 1
    assert count > 500


def test_a_link_names_the_release_that_has_the_value(tmp_path: Path) -> None:
    data = write_edition(tmp_path / "data", site=f"{SITE}\n[reports]\n{MAIL}\n")
    body = bodies(
        data,
        schools__000104__level=(Past("2025-01-02", "HS", ""), ),
        schools__000104__governance=(Past("2025-01-02", "appointed", ""),),
        **{"enrollments__000104__2024-25__students": (
            Past("2025-01-02", "", "withheld"), Past("2025-02-03", "1150", ""),
        )},
    )["schools/000104/"]  # fmt: skip
    found = {
        fact: parse_qs(urlsplit(link).query)["body"][0].splitlines()[0]
        for fact, (link, _) in reports(body).items()
    }
    assert found["schools.000104.level"] == "Release: 2025-02-03"
    assert found["enrollments.000104.2024-25.students"] == "Release: 2025-02-03"
    assert found["schools.000104.governance"] == "Release: not released yet"


def test_numbers_are_called_numbers(tmp_path: Path) -> None:
    data = write_edition(tmp_path / "data", site=f"{SITE}\n[reports]\n{MAIL}\n")
    found = reports(bodies(data)["schools/900002/"])
    assert found["schools.900002.level"][1] == "Report a problem with this value"
    assert (
        found["vote_counts.park-2020-advice.keep.count"][1] == "Report a problem with this number"
    )
    # Not found: there is no number to be wrong.
    assert found["enrollments.900002.2024-25.students"][1] == "Report a problem with this value"


def test_without_an_address_there_is_no_link(tmp_path: Path) -> None:
    pages = bodies(write_edition(tmp_path / "data"))
    assert not any("sro-report" in body for body in pages.values())
    assert "Say which value it is" in pages["corrections/"]


@pytest.mark.parametrize(
    "address",
    [
        "errors@records.example", "mailto:", "mailto:a b@c.example", "https://forge.example/new",
        "javascript:alert({body})", "https://forge.example/new?body={body}#{text}",
        'https://forge.example/"{body}', "mailto:a@b.example?body={body}",
    ],
)  # fmt: skip
def test_an_address_that_takes_no_report_is_refused(address: str) -> None:
    with pytest.raises(InputError) as error:
        parse_edition(f"{SITE}\n[reports]\naddress = '{address}'\n", "data/site.toml")
    assert [str(one).partition(", expected")[2] for one in error.value.problems] == [
        ' a mail address as "mailto:corrections@example.org", or one on the web with {body}.'
    ]


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("schools/000104/index.html", "mailto:errors@", "mailto:error@"),
        ("es/schools/000104/index.html", "Problema:%20schools.000104.level", "Problema:%20x"),
        ("es/schools/000104/index.html", "es/schools/000104/%0D%0A", "es/schools/900002/%0D%0A"),
        ("votes/index.html", "not%20released%20yet", "2025-01-01"),
        ("votes/index.html", "Report a problem with this", "Tell us of a problem with this"),
        ("schools/000104/index.html", ' <a class="sro-report"', ' <b class="sro-report"'),
    ],
)
def test_a_false_link_is_found(
    true_site: Path,  # noqa: F811
    copied: Callable[[Path], Path], path: str, old: str, new: str,
) -> None:  # fmt: skip
    assert REPORTING in (true_site / "data/site.toml").read_text("utf-8")
    copy = copied(true_site)
    html = (copy / path).read_text("utf-8")
    assert old in html
    (copy / path).write_text(html.replace(old, new, 1), encoding="utf-8")
    remake(copy)
    assert any("report" in str(one) or "receipt" in str(one) for one in verify(copy).mismatches)
