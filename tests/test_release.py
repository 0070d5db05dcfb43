"""Manifests and releases: what is frozen stays, and what may not be frozen is refused."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest
from markupsafe import Markup

from generator.commands import release
from generator.commands.check import run as check
from generator.commands.verify import MismatchError
from generator.errors import InputError
from generator.model import File, Past, Release
from generator.pipeline import build
from generator.read.releases import read_releases
from generator.release import (
    address,
    columns,
    entry,
    first_releases,
    freeze,
    histories,
    manifest,
    manifest_files,
)
from generator.verify import verify
from tests.changing import explain_all
from tests.edition import add_row, edit
from tests.mutations import remake
from tests.presenting import settings
from tests.shared import made_once, small, surveyed

FIRST, SECOND = "2025-01-10", "2025-03-01"
BECAUSE = " Why it changed (our error): We misread it."
LOOK = "embed/embed.css"
FACTS = b'id,value,mark\na.b.c,1,\n"d.e,f.g",,not_found\n'


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an edition in data and its site; nobody changes it."""
    return small(tmp_path_factory)


@pytest.fixture
def place(built: Path, tmp_path: Path) -> Path:
    """A copy of the data and the site to change."""
    return Path(shutil.copytree(built, tmp_path, dirs_exist_ok=True, symlinks=True))


@pytest.fixture(scope="module")
def released(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same after a release, a change of the data and another build; nobody changes it."""

    def make(folder: Path) -> None:
        shutil.copytree(built, folder, dirs_exist_ok=True, symlinks=True)
        freeze_first(folder)
        edit(folder / "data", "votes", 2, "seats", "11")
        explain_all(folder / "data")
        build(settings(folder, folder / "data"), lambda _: None)

    return made_once(tmp_path_factory, "released", make)


@pytest.fixture
def later(released: Path, tmp_path: Path) -> Path:
    """A copy of that to change."""
    return Path(shutil.copytree(released, tmp_path, dirs_exist_ok=True, symlinks=True))


def freeze_first(place: Path) -> Path:
    release.run(FIRST, place / "data", place / "site")
    return place / "data/releases" / FIRST


def test_the_packages_that_built_it_are_frozen_with_it(place: Path) -> None:
    listed = place / "sbom.cdx.json"
    listed.write_text('{"bomFormat": "CycloneDX", "components": [{"name": "mkdocs"}]}')
    release.run(FIRST, place / "data", place / "site", packages=listed)
    (frozen,) = read_releases(place / "data")
    assert {file.path: file.content for file in frozen.files}["packages.cdx.json"] == (
        listed.read_bytes()
    )
    build(settings(place, place / "data"), lambda _: None)
    for folder in (f"releases/{FIRST}", "latest"):
        published = place / "site/data" / folder / "packages.cdx.json"
        assert published.read_bytes() == listed.read_bytes()
    assert verify(place / "site").mismatches == ()


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (None, "no file (No such file or directory), expected a list of packages."),
        ("{", "something else, expected a list of packages (CycloneDX, as JSON)."),
        ("[]", "something else, expected"),
        ('{"bomFormat": "CycloneDX", "components": []}', "something else, expected"),
        ('{"bomFormat": "SPDX", "components": [1]}', "something else, expected"),
    ],
)
def test_what_lists_no_packages_is_not_frozen(place: Path, content: str | None, found: str) -> None:
    listed = place / "sbom.cdx.json"
    if content is not None:
        listed.write_text(content)
    with pytest.raises(InputError) as caught:
        release.run(FIRST, place / "data", place / "site", packages=listed)
    assert str(caught.value).startswith(f"{listed}: found {found}")
    assert str(caught.value).endswith("make sbom writes one.")
    assert not (place / "data/releases").exists()


def held_of(one: Release, site: Path) -> Iterator[tuple[Path, bytes]]:
    """Where each file of a release stands on the site, and what it holds."""
    yield from ((site / address(one.id, file.path), file.content) for file in one.files)


def test_the_manifest_names_every_file_but_itself_sorted() -> None:
    files = [File("b/é.csv", b"two\n"), File("a.html", b"one")]
    (last,) = manifest_files(map(entry, files))
    assert last.path == "manifest.json"
    assert json.loads(last.content) == {
        "schema_version": 1,
        "files": [
            {"path": "a.html", "bytes": 3, "sha256": sha256(b"one").hexdigest()},
            {"path": "b/é.csv", "bytes": 4, "sha256": sha256(b"two\n").hexdigest()},
        ],
    }


def test_a_long_manifest_stands_in_parts() -> None:
    """Each part is a manifest of its own files; the first names the parts, and nothing else."""
    files = [entry(File(name, name.encode())) for name in "edcba"]
    *parts, whole = manifest_files(files, most=2)
    assert whole.path == "manifest.json"
    assert json.loads(whole.content)["parts"] == [entry(part)._asdict() for part in parts]
    assert [part.path for part in parts] == [f"manifest-{n}.json" for n in (1, 2, 3)]
    named = [[one["path"] for one in json.loads(part.content)["files"]] for part in parts]
    assert named == [["a", "b"], ["c", "d"], ["e"]]
    assert [file.content for file in manifest_files(files, most=5)] == [manifest(files)]


def test_a_manifest_is_the_same_in_any_order() -> None:
    files = [entry(File(name, name.encode())) for name in ("a", "b", "c")]
    assert manifest(files) == manifest(reversed(files))


def test_columns_of_facts_are_read_as_csv() -> None:
    assert list(columns(FACTS, "mark", "id")) == [("", "a.b.c"), ("not_found", "d.e,f.g")]
    with pytest.raises(ValueError, match="'unit' is not in list"):
        list(columns(FACTS, "unit"))


def test_a_fact_has_a_past_from_the_first_release_that_holds_it() -> None:
    """Each release with another value or another mark is kept, those that repeat one are not."""
    told = [
        FACTS,
        b'id,mark,value\na.b.c,,1\nnew,,3\n"d.e,f.g",withheld,\n',
        b"id,value,mark\na.b.c,2,\nnew,3,\n",
        b"id,value,mark\na.b.c,1,\n",
    ]
    days = (FIRST, SECOND, "2025-04-01", "2025-05-01")
    releases = [
        Release(day, "", (File("facts.csv", content),))
        for day, content in zip(days, told, strict=True)
    ]
    past = histories(releases)
    assert past == {
        "a.b.c": (Past(days[0], "1", ""), Past(days[2], "2", ""), Past(days[3], "1", "")),
        "d.e,f.g": (Past(days[0], "", "not_found"), Past(days[1], "", "withheld")),
        "new": (Past(SECOND, "3", ""),),
    }
    assert first_releases(past) == {"a.b.c": FIRST, "d.e,f.g": FIRST, "new": SECOND}
    assert histories(()) == {}


def test_a_release_says_what_it_holds() -> None:
    data = [
        File("facts.csv", FACTS), File("datapackage.json", b'{"schema_version": "1.1.0"}'),
        File("changelog.csv", b"release,grade\n,wording\n2025-01-10,breaking\n,wording\n"),
    ]  # fmt: skip
    figures = [File("embed/a/index.html", b""), File(LOOK, b"")]
    frozen = {file.path: file.content for file in freeze(SECOND, FIRST, data, figures, b"{}")}
    assert json.loads(frozen["release.json"]) == {
        "schema_version": "1.1.0", "id": SECOND, "previous": FIRST, "files": 6, "figures": 1,
        "facts": 2, "changes": {"wording": 2},
    }  # fmt: skip
    named = {one["path"] for one in json.loads(frozen["manifest.json"])["files"]}
    assert named == {one.path for one in data} | {
        "embed/a/index.html",
        LOOK,
        "site-manifest.json",
        "release.json",
    }


def test_a_release_freezes_the_data_of_the_site(place: Path) -> None:
    folder = freeze_first(place)
    names = {path.name for path in folder.iterdir()}
    assert names > {"facts.csv", "votes.csv", "dictionary.csv", "datapackage.json", "site.toml"}
    own = {"release.json", "manifest.json", "site-manifest.json", "embed"}
    naming = {"README.txt", "known-issues.txt", "CITATION.cff"}
    packed = {f"an-invented-record.{form}" for form in ("zip", "xlsx")}
    for name in names - own - naming - packed:
        assert (folder / name).read_bytes() == (place / "site/data" / name).read_bytes()
    for name in naming:
        assert FIRST in (folder / name).read_text("utf-8")
        assert FIRST not in (place / "site/data" / name).read_text("utf-8")
    assert (folder / "site-manifest.json").read_bytes() == (
        place / "site/manifest.json"
    ).read_bytes()
    assert not list(place.glob("data/releases/.*"))
    assert [one.id for one in read_releases(place / "data")] == [FIRST]


def test_a_later_site_says_the_first_release_and_holds_it_unchanged(later: Path) -> None:
    site = later / "site"
    (one,) = read_releases(later / "data")
    assert [path for path, file in held_of(one, site) if file != path.read_bytes()] == []
    assert len(list((site / "data/releases" / FIRST).iterdir())) < len(one.files)
    said = f"First in release <span data-text>{FIRST}</span>, unchanged since."
    assert said in (site / "votes/index.html").read_text(encoding="utf-8")
    assert verify(site).mismatches == ()
    assert verify(site).mismatches == ()
    release.run(SECOND, later / "data", site)
    assert [one.previous for one in read_releases(later / "data")] == ["", FIRST]


def test_a_false_first_release_is_found(later: Path) -> None:
    path = later / "site/data/facts.csv"
    path.write_bytes(path.read_bytes().replace(f",{FIRST}\n".encode(), f",{SECOND}\n".encode(), 1))
    assert [one for one in verify(later / "site").mismatches if one.what == "first_release"]


def test_a_changed_file_of_a_release_on_the_site_is_found(later: Path) -> None:
    path = later / "site/data/releases" / FIRST / "votes.csv"
    path.write_bytes(path.read_bytes() + b"\n")
    found = [str(one) for one in verify(later / "site").mismatches]
    assert found
    assert any(one.startswith(f"data/releases/{FIRST}/votes.csv: a changed file") for one in found)
    beside = (f"data/releases/{FIRST}/", "data/latest/votes.csv: another file than the newest")
    assert [one for one in found if not (one.startswith(beside) and "votes" in one.lower())] == []


def test_the_newest_release_has_an_address_that_stays(later: Path) -> None:
    """Its files, and no figure: those of a release stand beside the live ones."""
    site = later / "site"
    (one,) = read_releases(later / "data")
    held = {
        path.relative_to(site / "data/latest").as_posix(): path.read_bytes()
        for path in (site / "data/latest").rglob("*")
        if path.is_file()
    }
    assert held == {
        file.path: file.content for file in one.files if not file.path.startswith("embed/")
    }
    assert {"datapackage.json", "an-invented-record.zip", "README.txt"} < held.keys()


def test_before_the_first_release_there_is_no_newest_one(built: Path) -> None:
    assert not (built / "site/data/latest").exists()


def test_the_files_of_a_release_name_it_and_those_of_later_data_do_not(later: Path) -> None:
    """Words, zip and workbook say the same of it, whatever changed since."""
    frozen, live = later / "data/releases" / FIRST, later / "site/data"
    assert f'version: "{FIRST}"' in (frozen / "CITATION.cff").read_text("utf-8")
    assert "\nversion" not in (live / "CITATION.cff").read_text("utf-8")
    assert f"Release {FIRST}." in (frozen / "README.txt").read_text("utf-8")
    assert f"Changed since release {FIRST}." in (live / "README.txt").read_text("utf-8")
    for folder in (frozen, live):
        with ZipFile(folder / "an-invented-record.zip") as archive:
            for name in ("README.txt", "CITATION.cff", "votes.csv", "facts.csv"):
                inside = archive.read(f"an-invented-record/{name}")
                assert inside == (folder / name).read_bytes()


def test_data_as_released_name_their_release(place: Path) -> None:
    """Built anew after the release, the same tables stand in it."""
    freeze_first(place)
    build(settings(place, place / "data"), lambda _: None)
    said = (place / "site/data/CITATION.cff").read_text("utf-8")
    assert f'version: "{FIRST}"\ndate-released: "{FIRST}"\n' in said
    assert verify(place / "site").mismatches == ()


def test_tables_as_records_are_in_no_release(place: Path) -> None:
    """They say what the CSVs say, in twice the bytes."""
    folder = freeze_first(place)
    assert (place / "site/data/votes.json").is_file()
    assert not (folder / "votes.json").exists()
    assert (folder / "votes.csv-metadata.json").is_file()


def test_a_site_with_another_zip_is_not_released(place: Path) -> None:
    """One built by another program, whose manifest fits and whose files hold the same values."""
    path = place / "site/data/an-invented-record.zip"
    with ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    with ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    remake(place / "site")
    with pytest.raises(InputError, match=r"an-invented-record.zip: found another file"):
        freeze_first(place)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("first", "a day"),
        ("2025-13-01", "a day"),
        (FIRST, "a day after"),
        ("2024-12-31", "a day after"),
    ],
)
def test_an_id_that_is_no_later_day_is_refused(place: Path, given: str, expected: str) -> None:
    freeze_first(place)
    with pytest.raises(InputError, match=f'ID: found "{given}", expected {expected}'):
        release.run(given, place / "data", place / "site")
    assert len(list((place / "data/releases").iterdir())) == 1


def test_a_site_of_other_data_is_refused(place: Path) -> None:
    edit(place / "data", "votes", 2, "seats", "11")
    with pytest.raises(InputError, match=r"site/data/votes\.csv: found other content"):
        freeze_first(place)
    assert not (place / "data/releases").exists()


def test_a_site_with_other_words_is_refused(place: Path) -> None:
    path = place / "data/site.toml"
    path.write_text(path.read_text().replace("School council", "Council"), encoding="utf-8")
    with pytest.raises(InputError, match=r"site/data/site\.toml: found other content"):
        freeze_first(place)


def test_a_site_that_does_not_verify_is_refused(place: Path) -> None:
    (place / "site/index.html").write_bytes(b"")
    with pytest.raises(MismatchError, match=r"index\.html: a changed file"):
        freeze_first(place)
    assert not (place / "data/releases").exists()


def break_file(folder: Path) -> None:
    (folder / "votes.csv").write_bytes(b"vote_id\n")


def lose_file(folder: Path) -> None:
    (folder / "votes.csv").unlink()


def add_file(folder: Path) -> None:
    (folder / "more.csv").write_bytes(b"a\n")


def link_file(folder: Path) -> None:
    (folder / "votes.csv").rename(folder.parent.parent / "elsewhere")
    (folder / "votes.csv").symlink_to(folder.parent.parent / "elsewhere")


def lose_manifest(folder: Path) -> None:
    (folder / "manifest.json").unlink()


def break_manifest(folder: Path) -> None:
    (folder / "manifest.json").write_bytes(b'{"files": [{"path": "votes.csv"}]}')


def rename(folder: Path) -> None:
    folder.rename(folder.with_name("2025-01-11"))


def name_wrongly(folder: Path) -> None:
    folder.rename(folder.with_name("first"))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            break_file,
            f"releases/{FIRST}/votes.csv: found other content, expected the file as it was",
        ),
        (lose_file, f"releases/{FIRST}/votes.csv: found no such file"),
        (add_file, f"releases/{FIRST}/more.csv: found a file that the manifest does not name"),
        (link_file, f"releases/{FIRST}/votes.csv: found a link or a folder"),
        (lose_manifest, f"releases/{FIRST}/manifest.json: found no manifest"),
        (break_manifest, f"releases/{FIRST}/manifest.json: found no manifest"),
        (rename, 'releases/2025-01-11/release.json: found another release, expected "2025-01-11"'),
        (name_wrongly, "releases/first: found no release, expected folders named by a day"),
    ],
)
def test_check_refuses_a_changed_release(
    place: Path, change: Callable[[Path], None], said: str
) -> None:
    change(freeze_first(place))
    with pytest.raises(InputError) as caught:
        check(place / "data")
    assert f"data/{said}" in str(caught.value)


def test_an_edition_without_a_release_has_none(place: Path) -> None:
    assert read_releases(place / "data") == ()
    check(place / "data")


# ---- what a receipt says of the past


@pytest.fixture(scope="module")
def twice(released: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """After a second release and more changes: values of each kind, an empty cell, a new row."""
    return made_once(tmp_path_factory, "twice", lambda folder: release_twice(released, folder))


def release_twice(released: Path, folder: Path) -> None:
    """Copy what was released to the folder, then change, release and change it again."""
    shutil.copytree(released, folder, dirs_exist_ok=True, symlinks=True)
    data = folder / "data"
    edit(data, "vote_counts", 2, "count", "6")
    edit(data, "rosters", 2, "officers", "")
    explain_all(data)
    build(settings(folder, data), lambda _: None)
    release.run(SECOND, data, folder / "site")
    edit(data, "vote_counts", 2, "count", "5")
    edit(data, "votes", 2, "outcome", "remove")
    edit(data, "votes", 2, "vote_date", "2020-07")
    edit(data, "votes", 2, "vote_date_precision", "month")
    edit(data, "feedback", 3, "share", "0.41")
    edit(data, "costs", 4, "amount_usd", "51000")
    add_row(data, "terms", term_id="t-new", agreement_id="agreement-2020", category="cost",
            topic="new", summary="A term more.", quantity="5", quantity_unit="dollars",
            source_id="board")  # fmt: skip
    explain_all(data)
    build(settings(folder, data), lambda _: None)


def receipt(site: Path, path: str, fact: str) -> str:
    """The words of a receipt, what stands under its summary."""
    text = (site / path / "index.html").read_text(encoding="utf-8")
    (found,) = re.findall(rf'<details id="receipt-{re.escape(fact)}">(.*?)</details>', text)
    return Markup(found.partition("</summary>")[2]).striptags()


@pytest.mark.parametrize(
    ("fact", "told"),
    [
        ("vote_counts.heights-2020.keep.count",
         f"First in release {FIRST}. In release {FIRST} it was 7.{BECAUSE} "
         f"In release {SECOND} it was 6.{BECAUSE}"),
        ("vote_counts.heights-2020.remove.count", f"First in release {FIRST}, unchanged since."),
        ("votes.heights-2020.outcome",
         f"First in release {FIRST}. In release {FIRST} it was Officers stay.{BECAUSE}"),
        ("votes.heights-2020.vote_date",
         f"First in release {FIRST}. In release {FIRST} it was July 14, 2020.{BECAUSE}"),
        ("rosters.example-heights.2019-20.list-2020.officers",
         f"First in release {FIRST}. In release {FIRST} it was 2.{BECAUSE}"),
        ("feedback.f-2.share",
         f"First in release {FIRST}. In release {FIRST} it was 40%.{BECAUSE}"),
        ("costs.c-2021-offer.amount_usd",
         f"First in release {FIRST}. In release {FIRST} it was $50,000.50.{BECAUSE}"),
    ],
)  # fmt: skip
def test_a_receipt_says_what_a_value_was(twice: Path, fact: str, told: str) -> None:
    assert receipt(twice / "site", "schools/000104", fact).endswith(told)


def test_a_computed_value_has_a_past_too(twice: Path) -> None:
    said = receipt(twice / "site", "agreements", "terms.agreement/agreement-2020.2020-21")
    assert said.endswith(f"First in release {FIRST}. In release {FIRST} it was 2.")
    assert said.startswith("Terms of this text that we hold. select count(*) from terms where")


def test_a_value_that_no_release_holds_says_so(twice: Path) -> None:
    site = twice / "site"
    assert receipt(site, "agreements/agreement-2020", "terms.t-new.quantity").endswith(
        "In no release yet."
    )


def test_what_was_is_recomputed(twice: Path) -> None:
    assert verify(twice / "site").mismatches == ()


@pytest.mark.parametrize(
    ("true", "false"),
    [
        ("it was <span data-text>7</span>", "it was <span data-text>9</span>"),
        (", unchanged since.", "."),
        ("In no release yet.", f"First in release <span data-text>{FIRST}</span>."),
    ],
)
def test_a_false_past_is_found(
    twice: Path, copied: Callable[[Path], Path], true: str, false: str
) -> None:
    site = copied(twice / "site")
    pages = [path for path in site.rglob("*.html") if true in path.read_text(encoding="utf-8")]
    pages[0].write_text(pages[0].read_text(encoding="utf-8").replace(true, false, 1), "utf-8")
    remake(site)
    assert [one for one in verify(site).mismatches if one.what == "receipt"]


def test_a_release_keeps_the_record_of_a_protected_survey(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    shutil.copytree(surveyed(tmp_path_factory), tmp_path, dirs_exist_ok=True, symlinks=True)
    data = tmp_path / "data"
    folder = freeze_first(tmp_path)
    for name in ("protection.json", "survey_answers.csv"):
        assert (folder / name).read_bytes() == (tmp_path / "site/data" / name).read_bytes()
    assert (folder / "protection.json").read_bytes() == (data / "protection.json").read_bytes()
    (tmp_path / "site/data/protection.json").write_bytes(b"{}")
    remake(tmp_path / "site")
    with pytest.raises(InputError, match="rows that no protection record is about"):
        release.run(SECOND, data, tmp_path / "site")
