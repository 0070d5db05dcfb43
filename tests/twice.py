"""`make twice`: one edition built in two surroundings that have nothing alike; all bytes compared.

python -m tests.twice data
"""

import hashlib
import os
import stat
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from tests.presenting import ROOT

NOBODY = 65534


@dataclass(frozen=True)
class Place:
    """Where and how a build is run; `user` is "" for ours."""

    folder: str
    environment: Mapping[str, str]
    mask: int
    jobs: int
    user: bool = False


ONE = Place(
    "one", {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "1"}, 0o022, 1
)
OTHER = Place(
    "another place/ñandú", {
        "TZ": "America/Chicago", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8",
        "PYTHONHASHSEED": "2", "COLUMNS": "40",
    }, 0o077, 2, user=True,
)  # fmt: skip


def build(where: Path, place: Place, data: Path, pictures: str = "") -> Path:
    """The site that the command makes of the data at a place; `pictures` is a folder of charts that
    were drawn before, "" to draw all."""
    folder = where / place.folder
    folder.mkdir(parents=True)
    (folder / "build").mkdir()
    if pictures:
        (folder / "build/cache").symlink_to(pictures)
    somebody = may_be_nobody(where) if place.user and not pictures else {}
    for path in (folder, folder / "build") if somebody else ():
        os.chown(path, NOBODY, NOBODY)
    done = subprocess.run(
        [sys.executable, "-B", "-m", "generator", "build", "--data", str(data), "--out", "site",
         "--jobs", str(place.jobs)],
        cwd=folder, capture_output=True, text=True, check=False, umask=place.mask, **somebody,
        env={"PATH": os.environ["PATH"], "HOME": str(folder), "PYTHONPATH": str(ROOT),
             **place.environment},
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(f"{folder}: {done.stdout}{done.stderr}")
    return folder / "site"


def may_be_nobody(where: Path) -> dict[str, int]:
    """The arguments that let a process belong to nobody; none where it may not, or where nobody may
    not read what a build needs."""
    if os.geteuid() != 0:
        return {}
    somebody = {"user": NOBODY, "group": NOBODY}
    where.chmod(0o755)
    asked = [sys.executable, "-B", "-c", "import generator.pipeline"]
    try:
        subprocess.run(
            asked, cwd=where, env={"PYTHONPATH": str(ROOT)}, capture_output=True, check=True,
            **somebody,
        )  # fmt: skip
    except (OSError, subprocess.CalledProcessError):
        return {}
    return somebody


def held(site: Path) -> dict[str, tuple[str, int]]:
    """The SHA-256 and the mode of each file of a site, the hidden ones too, by path."""
    return {
        path.relative_to(site).as_posix(): (
            hashlib.sha256(path.read_bytes()).hexdigest(), stat.S_IMODE(path.stat().st_mode),
        )
        for path in sorted(site.rglob("*")) if path.is_file()
    }  # fmt: skip


def differences(one: Path, other: Path) -> Iterator[str]:
    """Each file that is another in one of two sites, or in one of them alone."""
    ours, theirs = held(one), held(other)
    for path in sorted(ours.keys() | theirs.keys()):
        if ours.get(path) != theirs.get(path):
            yield f"{path}: {ours.get(path, 'no file')} and {theirs.get(path, 'no file')}"


def main(arguments: Sequence[str]) -> int:
    """Build twice and print what differs; 1 if anything does."""
    data = Path(arguments[0] if arguments else "data").resolve()
    with TemporaryDirectory() as folder:
        start = perf_counter()
        one, other = (build(Path(folder), place, data) for place in (ONE, OTHER))
        found = list(differences(one, other))
        print("\n".join(found), end="\n" * bool(found))
        whose = "two users" if may_be_nobody(Path(folder)) else "one user"
        took = f"{perf_counter() - start:.0f} s"
        print(f"{len(held(one)):,} files built twice (by {whose}), {len(found)} differ, in {took}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
