"""A site after a release and changes: its pages, receipts, old addresses, and what verify says."""

import csv
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from markupsafe import Markup

from generator.__main__ import main
from generator.commands.check import count_rows
from generator.errors import InputError
from generator.model import Step
from generator.pipeline import build
from generator.read.releases import read_releases
from generator.verify import verify
from tests.changed_edition import FIRST, SECOND, WHY, build_changed
from tests.edition import edit
from tests.mutations import remake
from tests.presenting import settings
from tests.shared import made_once


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition in two languages, released twice and changed after each; nobody changes it."""
    return made_once(tmp_path_factory, "changed", build_changed)


@pytest.fixture
def copy(changed: Path, copied: Callable[[Path], Path]) -> Path:
    """A copy of the site to change."""
    return copied(changed / "site")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def html(site: Path, path: str) -> str:
    return (site / path / "index.html").read_text(encoding="utf-8")


def words(text: str) -> str:
    """What a reader reads of a piece of a page."""
    return Markup(re.sub("<br>|</t[dh]>", " ", text)).striptags()


def changes_on(text: str) -> list[str]:
    """The rows of the tables of changes on a page, as a reader reads them."""
    tables = re.findall(r'<table class="sro-table sro-changes">(.*?)</table>', text, re.DOTALL)
    return [
        words(row) for one in tables for row in re.findall("<tr>(.*?)</tr>", one, re.DOTALL)[1:]
    ]


def test_verify_agrees(changed: Path) -> None:
    assert verify(changed / "site").mismatches == ()


def test_the_changelog_tells_all(changed: Path) -> None:
    told = {
        row["change_id"]: (row["release"], row["grade"], row["reason"], row["school_ids"])
        for row in rows(changed / "site/data/changelog.csv")
    }
    assert told == {
        f"{FIRST}/votes/heights-2020/seats": (SECOND, "correction", "our_error", "000104"),
        f"{SECOND}/schools/900002": ("", "breaking", "source_revised", "900012"),
        f"{SECOND}/schools/900012": ("", "addition", "", "900012"),
        f"{SECOND}/enrollments/900012.2024-25": ("", "correction", "source_revised", "900012"),
        f"{SECOND}/feedback/f-new": ("", "addition", "", "000104"),
        f"{SECOND}/costs/c-2021-offer/amount_usd": (
            "", "correction", "source_revised", "000104"),
    }  # fmt: skip


def test_a_build_counts_the_rows_that_a_check_counts(changed: Path, tmp_path: Path) -> None:
    said = []

    def stop(step: Step) -> None:
        said.append(step.words)
        raise InputError([])

    with pytest.raises(InputError):
        build(settings(tmp_path, changed / "data"), stop)
    assert said == [f"checked {sum(count_rows(changed / 'data').values()):,} rows"]


def test_the_page_of_a_release_tells_what_it_changed(changed: Path) -> None:
    page = html(changed / "site", f"releases/{SECOND}")
    assert changes_on(page) == [
        f"Votes and decisions: Voting seats heights-2020 12 11 our error: {WHY} [1]"
    ]
    assert f'href="../../data/releases/{SECOND}/facts.csv"' in page
    first = html(changed / "site", f"releases/{FIRST}")
    assert "The first release." in first
    assert changes_on(first) == []


def test_what_is_in_no_release_stands_first_what_breaks_before_the_rest(changed: Path) -> None:
    page = html(changed / "site", "releases")
    breaking, *others = changes_on(page)
    assert breaking.startswith("Schools 900002 row removed: its successor is 900012 (its page)")
    assert [one.split(" row removed")[0].split(" 50000")[0] for one in others] == [
        "Enrollment 900012.2024-25", "Costs: Amount c-2021-offer",
    ]  # fmt: skip
    counts = re.findall(r'data-fact="(changes\.grade/\w+\.[\d-]+|rows_added\.[^"]+)"', page)
    assert {
        f"changes.grade/breaking.{SECOND}", f"changes.grade/correction.{SECOND}",
        f"changes.grade/addition.{SECOND}", f"changes.grade/correction.{FIRST}",
        f"rows_added.table/schools.{SECOND}", f"rows_added.table/feedback.{SECOND}",
    } == set(counts)  # fmt: skip


def test_the_reason_stands_in_the_words_of_the_language(changed: Path) -> None:
    page = html(changed / "site", f"es/releases/{SECOND}")
    assert f"error nuestro: {WHY} así" in changes_on(page)[0]


def test_a_school_s_page_tells_its_changes_and_others_do_not(changed: Path) -> None:
    assert changes_on(html(changed / "site", "schools/000104")) == [
        "Costs: Amount c-2021-offer In no release yet 50000.5 51000 source revised: The source "
        "says otherwise now. [3]",
        f"Votes and decisions: Voting seats heights-2020 In release {SECOND} 12 11 our error: "
        f"{WHY} [2]",
    ]
    assert changes_on(html(changed / "site", "schools/900003")) == []


def test_a_receipt_says_why(changed: Path) -> None:
    page = html(changed / "site", "schools/000104")
    (found,) = re.findall(r'<details id="receipt-votes.heights-2020.seats">(.*?)</details>', page)
    assert words(found).endswith(
        f"First in release {FIRST}. In release {FIRST} it was 12. Why it changed (our error): {WHY}"
    )
    spanish = html(changed / "site", "es/schools/000104")
    (found,) = re.findall(
        r'<details id="receipt-votes.heights-2020.seats">(.*?)</details>', spanish
    )
    assert words(found).endswith(f"Por qué cambió (error nuestro): {WHY} así")


def test_the_old_address_of_a_school_leads_to_the_new_one(changed: Path) -> None:
    site = changed / "site"
    for folder in ("", "es/"):
        page = html(site, f"{folder}schools/900002")
        assert '<meta http-equiv="refresh" content="0; url=../900012/">' in page
        assert '<a href="../900012/" translate="no">' in page
        assert 'http-equiv="refresh"' not in html(site, f"{folder}schools/900012")
    old, new = (site / f"schools/{one}/data.csv" for one in ("900002", "900012"))
    assert old.read_bytes() == new.read_bytes()


def test_whoever_follows_a_school_by_its_old_id_reads_on(changed: Path) -> None:
    """Under the id that the feed always had, so that no reader shows old entries as new."""
    for folder in ("", "es/"):
        old, new = (
            (changed / f"site/{folder}schools/{one}/feed.xml").read_text("utf-8")
            for one in ("900002", "900012")
        )
        assert "schools/900012" not in old
        assert old.replace("900002", "900012") == new


def test_a_release_says_its_version_and_its_grades(changed: Path) -> None:
    about = json.loads((changed / f"data/releases/{SECOND}/release.json").read_bytes())
    package = json.loads((changed / f"data/releases/{SECOND}/datapackage.json").read_bytes())
    assert about["schema_version"] == package["schema_version"]
    assert about["changes"] == {"correction": 1}


def test_the_first_release_is_as_it_was(changed: Path) -> None:
    first, second = read_releases(changed / "data")
    for file in (*first.files, *second.files):
        if not file.path.startswith("embed/"):
            held = changed / "site/data/releases"
            one = first if file in first.files else second
            assert (held / one.id / file.path).read_bytes() == file.content


def test_two_releases_are_compared(changed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = str(changed / "data")
    assert main(["diff", FIRST, SECOND, "--data", data, "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)["changes"]
    assert [(one["table"], one["kind"], one["old"], one["new"]) for one in told] == [
        ("votes", "value_changed", "12", "11"), ("changes", "table_added", "", ""),
    ]  # fmt: skip
    assert main(["diff", data, str(changed / "site")]) == 0
    assert capsys.readouterr().out == f"{data} → {changed / 'site'}: No differences.\n"


def test_check_and_build_ask_for_the_line(
    changed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)  # where it runs there is one build at a time
    data = Path(shutil.copytree(changed / "data", tmp_path / "data"))
    edit(data, "votes", 3, "seats", "5")
    for command in (["check"], ["build", "--out", str(tmp_path / "site")]):
        assert main([*command, "--data", str(data)]) == 1
        said = capsys.readouterr().err
        assert f"{SECOND},votes,park-2020-advice,seats,,not_found,5,,REASON,WHY,," in said
    assert not (tmp_path / "site").exists()


def other(site: Path, table: str, column: str, value: str) -> None:
    """Write another value into a cell of the first line."""
    path = site / f"data/{table}.csv"
    found = rows(path)
    found[0][column] = value
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(found[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(found)


def cut(site: Path) -> None:
    path = site / "data/changelog.csv"
    path.write_text("\n".join(path.read_text().split("\n")[:-2]) + "\n")


def swap(site: Path, path: str, true: str, false: str) -> None:
    text = (site / path).read_text(encoding="utf-8")
    assert true in text
    (site / path).write_text(text.replace(true, false, 1), encoding="utf-8")


LIES: dict[str, tuple[Callable[[Path], object], str]] = {
    "another old value": (lambda site: other(site, "changelog", "old", "13"), "changelog"),
    "another grade": (lambda site: other(site, "changelog", "grade", "wording"), "changelog"),
    "another reason": (lambda site: other(site, "changelog", "reason", "method"), "changelog"),
    "other schools": (lambda site: other(site, "changelog", "school_ids", ""), "changelog"),
    "another release": (lambda site: other(site, "changelog", "release", ""), "changelog"),
    "a line less": (cut, "changelog"),
    "another reason in the table of reasons": (
        lambda site: other(site, "changes", "reason", "method"), "changelog"),
    "a value that changed without a line": (
        lambda site: other(site, "alternatives", "amount_usd", "50001"), "changelog"),
    "a reason in a receipt": (
        lambda site: swap(site, "schools/000104/index.html",
                          "Why it changed (our error)", "Why it changed (method)"), "receipt"),
    "an old address that leads elsewhere": (
        lambda site: swap(site, "schools/900002/index.html", "url=../900012/", "url=../900003/"),
        "schools/900002"),
    "an old download": (lambda site: (site / "schools/900002/data.csv").unlink(), "schools/900002"),
}  # fmt: skip


@pytest.mark.parametrize("lie", LIES)
def test_verify_finds(copy: Path, lie: str) -> None:
    tell, where = LIES[lie]
    tell(copy)
    remake(copy)
    assert any(where in str(one) for one in verify(copy).mismatches)
