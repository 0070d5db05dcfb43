"""Another program than MkDocs makes the same site, but for its own mark."""

import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from generator.commands.build import refuse_missing
from generator.errors import InputError
from generator.pipeline import build
from generator.verify import verify
from tests.kept_shell import real_mkdocs
from tests.presenting import settings
from tests.shared import small

MARK = re.compile(rb'<meta name="generator" content="mkdocs-([^,"]+), (mkdocs-material-[\d.]+)">')


def test_properdocs_makes_the_same_site_but_for_its_mark(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    before = small(tmp_path_factory)
    told = replace(settings(tmp_path, before / "data"), builder="properdocs")
    with real_mkdocs():
        build(told, lambda _: None)
    old, new = contents(before / "site"), contents(tmp_path / "site")
    assert old.keys() == new.keys()
    marked = {path for path in old if old[path] != new[path]}
    # The manifest has the hashes of the others.
    assert marked == {path for path in old if MARK.search(old[path])} | {"manifest.json"}
    assert len(marked) > 50
    ((maker, _),) = {maker for path in marked for maker in MARK.findall(new[path])}
    assert maker.startswith(b"ProperDocs 1.")
    for path in marked - {"manifest.json"}:
        assert MARK.sub(rb"\2", old[path]) == MARK.sub(rb"\2", new[path]), path
    assert hashes(old["manifest.json"], marked) == hashes(new["manifest.json"], marked)
    assert verify(tmp_path / "site").mismatches == ()


def contents(site: Path) -> dict[str, bytes]:
    """The bytes of every file, by its path."""
    files = (path for path in site.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in files}


def hashes(manifest: bytes, without: set[str]) -> dict[str, str]:
    """What a manifest says of the other files."""
    files = json.loads(manifest)["files"]
    return {one["path"]: one["sha256"] for one in files if one["path"] not in without}


def test_a_builder_that_is_not_installed_is_named_before_any_work() -> None:
    with pytest.raises(InputError) as caught:
        refuse_missing("zensical")
    assert str(caught.value) == (
        "--builder: found zensical, which is not installed, expected a program that renders the "
        "pages. make site BUILDER=zensical installs it."
    )


def test_a_builder_that_nobody_knows_is_wrong_use(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "generator", "build", "--builder", "os"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "invalid choice: 'os'" in done.stderr
