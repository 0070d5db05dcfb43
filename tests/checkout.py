"""A checkout as GitHub's machine has it, with a small edition, in which steps of workflows run."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.edition import write_edition
from tests.presenting import SHARED_PICTURES

ROOT = Path(__file__).resolve().parents[1]
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
GITHUB = re.compile(r"\$\{\{")
FROM_MAKE = ("MAKE", "MFLAGS", "GNUMAKEFLAGS")
GIVEN = re.compile(r"(?<![\w-])(\w+)=")


def read(name: str) -> Mapping[str, Any]:
    """A workflow by the name of its file."""
    text = (ROOT / f".github/workflows/{name}.yml").read_text(encoding="utf-8")
    loaded: Mapping[str, Any] = yaml.safe_load(text)
    return loaded


def jobs() -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Workflow, job and what the job says."""
    for path in WORKFLOWS:
        for job, said in read(path.stem)["jobs"].items():
            yield path.stem, job, said


def steps() -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every step, with the name of its workflow."""
    for workflow, _, job in jobs():
        yield from ((workflow, step) for step in job["steps"])


def outside_make() -> dict[str, str]:
    """This process's surroundings without what a make above hands to a make below: with its flags
    the inner one prints the folders it enters, and `make test ARGS=…` gives ARGS to all of them."""
    given = GIVEN.findall(os.environ.get("MAKEFLAGS", ""))
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(FROM_MAKE) and name not in given
    }


@dataclass
class Checkout:
    """A checkout with a small edition in it, where steps run as on GitHub's machine."""

    folder: Path

    @property
    def summary(self) -> str:
        """What was added to the summary of the job."""
        return (self.folder / "summary.md").read_text(encoding="utf-8")

    def run(self, workflow: str, step: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run a step by its name; its own expressions are the caller's to fill in."""
        (told,) = (one for name, one in steps() if (name, one.get("name")) == (workflow, step))
        given = {name: value for name, value in told.get("env", {}).items() if name not in more}
        assert not GITHUB.search(" ".join(given.values())), given
        place = self.folder / told.get("working-directory", ".")
        return self.command("bash", "-e", "-c", told["run"], place=place, **given, **more)

    def command(
        self, *command: str, place: Path | None = None, **more: str
    ) -> subprocess.CompletedProcess[str]:
        """Run a command in the checkout, with what GitHub sets."""
        return subprocess.run(
            command,
            cwd=place or self.folder,
            env={
                **outside_make(),
                "PYTHONPATH": str(ROOT),
                "PYTHONDONTWRITEBYTECODE": "1",
                "GITHUB_WORKSPACE": str(self.folder),
                "GITHUB_STEP_SUMMARY": str(self.folder / "summary.md"),
                **more,
            },
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )


def checkout(folder: Path) -> Checkout:
    """A folder with a small edition, an environment that is installed, and what targets read."""
    own = folder / ".venv"
    own.mkdir(parents=True)
    for path in Path(sys.prefix).iterdir():
        if path.suffix != ".stamp":
            (own / path.name).symlink_to(path)
    for name in ("Makefile", "pyproject.toml", "requirements", ".github"):
        (folder / name).symlink_to(ROOT / name)
    for name in ("venv", "build", "supply"):
        (own / f"{name}.stamp").touch()
    (folder / "build").mkdir()
    (folder / "build/cache").symlink_to(os.environ[SHARED_PICTURES])
    write_edition(folder / "data")
    return Checkout(folder)
