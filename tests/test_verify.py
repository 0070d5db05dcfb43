"""verify finds nothing on a true site, and every falsehood that is put on one."""

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from generator.commands.verify import run
from generator.pipeline import build
from generator.release import MANIFEST
from generator.verify import pages, verify
from generator.verify.ledger import FACTS
from tests.agreements_edition import write_agreements
from tests.mutations import OF_CONTENT, OF_FILES, Mutation, change_fact, remake, some_fact
from tests.presenting import AREAS, settings
from tests.reread import anew
from tests.shared import made_once

SEEDS = (1, 2)


@pytest.fixture(scope="module")
def true_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the invented edition with full agreements and a map; nobody changes it."""
    return made_once(tmp_path_factory, "verify", build_true) / "site"


def build_true(folder: Path) -> None:
    """Write the edition to the folder's `data` and build its `site`."""
    data = write_agreements(folder / "data")
    (data / "areas.topojson").write_text(AREAS, encoding="utf-8")
    build(settings(folder, data), lambda _: None)


@pytest.fixture
def copy(true_site: Path, copied: Callable[[Path], Path]) -> Path:
    """A copy of the site to falsify."""
    return copied(true_site)


def test_a_true_site_has_no_mismatch(true_site: Path) -> None:
    found = verify(true_site)
    assert found.mismatches == ()
    assert found.files == sum(path.is_file() for path in true_site.rglob("*"))
    assert found.pages == len(list(true_site.rglob("*.html")))
    assert found.facts > 300
    assert found.shown > 2 * found.facts


def test_long_work_says_how_far_it_is(
    true_site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    count = len(list(true_site.rglob("*.html")))
    monkeypatch.setattr(pages, "EACH", count // 2)
    run(true_site)
    first, *_, last = capsys.readouterr().out.splitlines()
    assert first == f"checked {count // 2} of {count} pages"
    assert last.endswith("no mismatch")


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", OF_CONTENT)
def test_a_falsehood_is_found_although_the_manifest_fits(copy: Path, name: str, seed: int) -> None:
    before = (copy / MANIFEST).read_bytes()
    OF_CONTENT[name](copy, Random(f"{name} {seed}"))
    remake(copy)
    assert (copy / MANIFEST).read_bytes() != before  # it has the sums of all files
    found = verify(copy).mismatches
    assert found
    assert not [one for one in found if "manifest" in str(one) or "changed file" in str(one)]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    "column", ["value", "subject", "measure", "unit", "formula", "inputs", "sources"]
)
def test_each_column_of_a_fact_is_held_to_what_is_computed(
    copy: Path, column: str, seed: int
) -> None:
    # Other copies of the row are found to differ too: here the row itself has to be named.
    fact = some_fact(copy, Random(seed), column, cell=True)
    change_fact(copy, fact["id"], **{column: f"{fact[column]}7"})
    named = [one for one in verify(copy).mismatches if (one.page, one.fact) == (FACTS, fact["id"])]
    assert (column, f"{fact[column]}7") in {(one.what, one.shown) for one in named}


@pytest.mark.parametrize("name", sorted(OF_CONTENT)[::9])
def test_what_is_read_once_is_what_is_read_anew(copy: Path, true_site: Path, name: str) -> None:
    OF_CONTENT[name](copy, Random(name))
    remake(copy)
    with anew():
        expected = verify(copy)
    assert [verify(true_site).mismatches, verify(copy), verify(copy)] == [(), expected, expected]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("mutate", OF_FILES)
def test_a_change_of_files_is_found(copy: Path, mutate: Mutation, seed: int) -> None:
    mutate(copy, Random(seed))
    assert verify(copy).mismatches
