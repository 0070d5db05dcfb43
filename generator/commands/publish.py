"""`publish`: a site that verifies, put in the place of the one that readers see, in one step."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from generator.commands.verify import describe, verified
from generator.errors import InputError, Problem, UsageError
from generator.model import File
from generator.release import MANIFEST
from generator.write import publish_tree
from generator.write.manifests import named

ANEW = "Publish it again. The published site is untouched."


def run(out: Path, site: Path) -> None:
    """Verify the site and put a copy of it in the place of `out`; say what changed there.

    InputError for a site with a mismatch, or one that became another meanwhile; OutputError where
    it can't be written, UsageError where it would replace what it reads. The published site is then
    as it was.
    """
    refuse_overlap(out, site)
    content = manifest_of(site)
    print(describe(site, verified(site)), flush=True)
    name = hashlib.sha256(content).hexdigest()
    written = publish_tree(out, held(site, content), name[:16])
    print(
        f"{out}: {written.files:,} files published, {written.changed:,} changed,"
        f" {written.removed:,} gone; {MANIFEST} has SHA-256 {name}"
    )


def refuse_overlap(out: Path, site: Path) -> None:
    """Refuse to publish a site into itself, into a folder of it, or over one that holds it."""
    there, here = out.resolve(), site.resolve()
    if there == here or there in here.parents or here in there.parents:
        expected = "a folder apart from the site, because it is replaced whole"
        found = f"the place of {here}"
        raise UsageError(Problem(str(out), 0, "", found, expected, "Choose another."))


def manifest_of(site: Path) -> bytes:
    """The manifest as it stands now; what is published are the files that it names."""
    path = site / MANIFEST
    if not path.is_file():
        hint = "Build the site first."
        raise InputError([Problem(str(path), 0, "", "no such file", "a site's manifest", hint)])
    return path.read_bytes()


def held(site: Path, manifest: bytes) -> Iterator[File]:
    """Every file that the manifest names, with the content that it names, and the manifest."""
    for one in named(site, manifest):
        path = site / one.path
        content = path.read_bytes() if path.is_file() else b""
        if hashlib.sha256(content).hexdigest() != one.sha256:
            expected = "the file as it was verified"
            raise InputError([Problem(str(path), 0, "", "another file", expected, ANEW)])
        yield File(one.path, content)
    yield File(MANIFEST, manifest)
