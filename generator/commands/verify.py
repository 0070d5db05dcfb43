"""`verify`: a finished site against its manifest and its own published data."""

import sys
from pathlib import Path

from generator.commands.telling import telling
from generator.errors import InputError, Problem
from generator.model import Step
from generator.verify import Say, Verified, silent, verify


class MismatchError(InputError):
    """A site whose values don't all agree; the message has a line for each mismatch."""

    def __init__(self, folder: Path, verified: Verified) -> None:
        found = f"{len(verified.mismatches):,} mismatches"
        expected = "a site that agrees with its own data"
        super().__init__([Problem(str(folder), 0, "", found, expected)])
        lines = [str(mismatch) for mismatch in verified.mismatches]
        self.args = ("\n".join([*lines, str(self.problems[0])]),)


def run(folder: Path, rebuild: bool = False) -> None:
    """Verify the folder and say what was looked at; MismatchError for anything that disagrees. Or
    build what it holds again, a release too, and compare."""
    if rebuild:
        from generator.commands.rebuild import rebuild as build_again

        print(build_again(folder))
        return
    with telling(sys.stdout) as say:
        found = verified(folder, lambda done, of: say(checked(done, of)))
    print(describe(folder, found))


def checked(done: int, of: int) -> Step:
    """How many pages have been read."""
    return Step(f"checked {done:,} of {of:,} pages", done, of)


def verified(folder: Path, say: Say = silent) -> Verified:
    """What verify found in a folder that has no mismatch."""
    if not folder.is_dir():
        hint = "Name the folder of a built site."
        raise InputError([Problem(str(folder), 0, "", "no such folder", "a site", hint)])
    found = verify(folder, say)
    if found.mismatches:
        raise MismatchError(folder, found)
    return found


def describe(folder: Path, found: Verified) -> str:
    """The summary of a site without a mismatch."""
    return (
        f"{folder}: {found.files:,} files as the manifest says; {found.facts:,} facts computed "
        f"again, shown {found.shown:,} times on {found.pages:,} pages; no mismatch"
    )
