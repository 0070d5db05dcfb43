"""What the site is made of: every package with its hashes, and a licence that lets us use it."""

import json
import re
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packaging.requirements import Requirement

from tests.checkout import ROOT, Checkout, checkout

LOCK = (ROOT / "requirements/build.txt").read_text(encoding="utf-8")
PACKAGE = re.compile(r"^([\w.-]+)==(\S+)[^\n]*((?:\n    --hash=\S+[^\n]*)+)", re.MULTILINE)
ELSEWHERE = re.compile(r"^([\w.-]+)==\S+ ; ", re.MULTILINE)  # what only other systems need
LOCKED = {
    name: (version, set(re.findall(r"sha256:(\w+)", hashes)))
    for name, version, hashes in PACKAGE.findall(LOCK)
}


def listed(place: Checkout, **more: str) -> bytes:
    """The list of packages that `make sbom` writes."""
    done = place.command("make", "sbom", **more)
    assert done.returncode == 0, done.stdout + done.stderr
    return (place.folder / "build/sbom.cdx.json").read_bytes()


def test_the_list_of_packages_is_the_lock_in_a_form_that_programs_know(tmp_path: Path) -> None:
    content = listed(checkout(tmp_path / "one"))
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(content.decode()) is None
    told = json.loads(content)
    assert told["metadata"]["component"]["name"] == "sro-record"
    found = {
        one["name"]: (
            one["version"],
            {digest["content"] for out in one["externalReferences"] for digest in out["hashes"]},
        )
        for one in told["components"]
    }
    assert found == LOCKED
    assert len(LOCKED) > 40
    again = listed(checkout(tmp_path / "two"), TZ="Asia/Tokyo", PYTHONHASHSEED="7", LC_ALL="C")
    assert again == content


def test_every_package_has_a_licence_that_lets_us_use_it(tmp_path: Path) -> None:
    done = checkout(tmp_path / "work").command("make", "licences", 'ARGS=--format "json"')
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(done.stdout[done.stdout.index("[") :])
    names = {re.sub(r"[-_.]+", "-", one["Name"]).lower() for one in told}
    elsewhere = set(ELSEWHERE.findall(LOCK))
    assert {re.sub(r"[-_.]+", "-", name) for name in LOCKED} - names <= elsewhere


def test_an_audit_asks_about_every_package_of_all_locks(tmp_path: Path) -> None:
    """Asking itself needs the network: here it only says how many it would ask about."""
    done = checkout(tmp_path / "work").command("make", "audit", "ARGS=--dry-run")
    assert done.returncode == 0, done.stderr
    (asked,) = re.findall(r"would have audited (\d+) packages", done.stderr)
    lock = "".join(
        (ROOT / f"requirements/{name}.txt").read_text(encoding="utf-8")
        for name in ("test", "installer")
    )
    named = [Requirement(line) for line in re.findall(r"^([\w.-]+==.+) \\$", lock, re.MULTILINE)]
    here = [one for one in named if one.marker is None or one.marker.evaluate()]
    assert int(asked) == len(here) > len(LOCKED)


@pytest.mark.parametrize(
    "lock", sorted((ROOT / "requirements").iterdir()), ids=lambda one: one.stem
)
def test_every_package_of_a_lock_has_hashes_and_no_host(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    started = re.findall(r"^[\w.-]+", text, re.MULTILINE)
    assert started == [name for name, _, _ in PACKAGE.findall(text)] != []
    assert "://" not in text


@pytest.mark.parametrize(
    "licence", ["", "License: UNKNOWN\n", "License-Expression: GPL-3.0-only\n"]
)
def test_a_licence_that_is_unknown_or_unwanted_is_refused(tmp_path: Path, licence: str) -> None:
    info = tmp_path / "packages/madeup-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.4\nName: madeup\nVersion: 1.0\n{licence}")
    place = checkout(tmp_path / "work")
    path = f"{ROOT}:{tmp_path / 'packages'}"
    refused = place.command("make", "licences", "LOCKED=madeup", PYTHONPATH=path)
    assert refused.returncode == 2
    assert "not in allow-only licenses was found for package madeup" in refused.stderr
