"""`new`: a fresh edition in a folder of its own, which builds as it stands."""

import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.commands.build import ROOT, TEMPLATES
from generator.errors import InputError, Problem
from generator.model import File

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST = 60
PLACE = re.compile(r"[^\W_][\w .'’&-]*")
# What a Makefile and a shell take as it stands; never with the name or the key of an account.
SOURCE = re.compile(r"(https://|git@)[A-Za-z0-9.-]+(:\d+)?[:/][A-Za-z0-9._~/-]+")
ACCOUNT = re.compile(r"(?<=https://)[^/@]*@")
WORKFLOWS = ".github"
# What an edition takes from the program's own repository as it stands.
SHARED = (".github/workflows/comment.yml", ".github/comment.py")
LANGUAGES = ("en", "es")


def run(name: str, out: Path | None, place: str = "") -> None:
    """Write the edition and say what to do next; InputError for a name or a folder not to take."""
    refuse_name(name)
    folder = out or Path(name)
    refuse_taken(folder)
    said = place or name.replace("-", " ").title()
    refuse_place(said)
    # Late: pandas takes half a second, and a name can be refused before.
    from generator.pipeline.tongues import language_named
    from generator.starter import Program, edition_files

    program = Program(source_of(ROOT), version_of(ROOT))
    languages = tuple(language_named(TEMPLATES, code) for code in LANGUAGES)
    made = [*edition_files(name, said, program, TEMPLATES, languages), *workflows(TEMPLATES)]
    write(folder, made)
    print(f"{folder}: {len(made)} files, an edition for {said} without a row")
    print(f"next: cd {folder}, then make site; README.md says the rest, README.es.md in Spanish")
    if not program.source:
        print(f"write the address of the program behind SOURCE in {folder}/Makefile")


def refuse_name(name: str) -> None:
    """A name is a folder's and a repository's: nothing that leads elsewhere."""
    if not NAME.fullmatch(name) or len(name) > LONGEST:
        expected = f"small letters a to z, digits and single dashes, at most {LONGEST}"
        hint = "As in denver or new-york; --out says where the folder goes."
        raise InputError([Problem("NAME", 0, "", f'"{name}"', expected, hint)])


def refuse_place(place: str) -> None:
    """The name of a place stands in a TOML string and in Markdown."""
    if not PLACE.fullmatch(place):
        expected = "letters, digits, blanks and . - ' &"
        raise InputError([Problem("--place", 0, "", f'"{place}"', expected)])


def refuse_taken(folder: Path) -> None:
    """Nothing that stands there is written over."""
    hint = "Choose another with --out, or empty it."
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise InputError([Problem(str(folder), 0, "", "no folder", "a folder, or none yet", hint)])
    if folder.exists() and any(folder.iterdir()):
        raise InputError([Problem(str(folder), 0, "", "files in it", "an empty folder", hint)])


def workflows(templates: Path) -> Iterator[File]:
    """The workflows that an edition has: its own, and those of the program that fit it too."""
    folder = templates / "edition"
    for path in sorted((folder / WORKFLOWS).rglob("*.yml")):
        yield File(path.relative_to(folder).as_posix(), path.read_bytes())
    for name in SHARED:
        yield File(name, (ROOT / name).read_bytes())


def write(folder: Path, files: Iterable[File]) -> None:
    """Write all files, or leave nothing of them."""
    was_there = folder.exists()
    try:
        for file in files:
            path = folder / file.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.content)
    except OSError as error:
        for path in folder.iterdir() if folder.is_dir() else ():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        if not was_there and folder.is_dir():
            folder.rmdir()
        found = f"a folder that cannot be written ({error.strerror})"
        raise InputError([Problem(str(folder), 0, "", found, "a folder to write to")]) from error


def source_of(checkout: Path) -> str:
    """Where the checkout was cloned from, without an account; "" where that is not known."""
    address = ACCOUNT.sub("", git(checkout, "remote", "get-url", "origin"))
    return address if SOURCE.fullmatch(address) else ""


def version_of(checkout: Path) -> str:
    """The tag of what is checked out, else its commit; "main" where there is neither."""
    tag = git(checkout, "describe", "--tags", "--exact-match")
    return tag or git(checkout, "rev-parse", "HEAD") or "main"


def git(checkout: Path, *words: str) -> str:
    """What git says, "" where it says nothing or is not there."""
    try:
        done = subprocess.run(
            ["git", "-C", str(checkout), *words], capture_output=True, text=True, check=False
        )
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
