"""`make faults`: what CI does a few times, done often, with the real system's own refusals.

Prints a line a claim with its figures, and ends with 1 if one does not hold. Mounts and a network
of its own need the right to make them; where that lacks, the line says so.
"""

import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import process_time

from tests.edition import edit, write_edition
from tests.fuzzing import case, outcome
from tests.killing import command, kill_builds, leftovers, run, state, surroundings
from tests.remembered import install
from tests.swaps import swap_and_kill

KILLS, SWAPS, CASES = 50, 200, 10_000
SEATS = ("13", "14")
STEP, SHOWN = 1000, 5
ROOMS = (1, 3, 5, 7)  # fifths of a megabyte that are left


def main(arguments: list[str]) -> int:
    """All claims, or those named; how many cases may be named too."""
    named = [one for one in arguments if not one.isdigit()]
    numbers = [int(one) for one in arguments if one.isdigit()]
    cases = numbers[0] if numbers else CASES
    claims: dict[str, Callable[[Path], list[str]]] = {
        "kills": killed, "swaps": swapped, "room": without_room, "read-only": read_only,
        "network": without_network, "fuzz": lambda _: fuzzed(cases),
    }  # fmt: skip
    wrong = []
    with TemporaryDirectory() as folder:
        work = Path(folder) / "work"
        for name in named or claims:
            if name != "fuzz" and not work.exists():
                prepare(work)
            found = claims[name](work)
            wrong += found
            print("\n".join(f"  WRONG {one}" for one in found[:SHOWN]), end="\n" * bool(found))
    return 1 if wrong else 0


def prepare(work: Path) -> None:
    """Two sites of the small edition, and what MkDocs makes of it."""
    write_edition(work / "data")
    (work / "kept").mkdir()
    for number, seats in enumerate(SEATS):
        change(work, number)
        done = run(work)
        if done.returncode:
            raise SystemExit(done.stderr)
        shutil.copytree(work / "site", work.parent / f"site-{seats}")


def change(work: Path, number: int) -> None:
    """Change the data to those of one of the sites."""
    edit(work / "data", "votes", 2, "seats", SEATS[number % 2])


def states(work: Path) -> set[str]:
    """The two sites that may stand there."""
    return {state(work.parent / f"site-{seats}") for seats in SEATS}


def killed(work: Path) -> list[str]:
    """Builds killed at random moments."""
    whole = states(work)
    wrong, late = kill_builds(
        work, lambda number: change(work, number), lambda: whole, KILLS, seed=1
    )
    done = run(work)
    after = state(work / "site")
    wrong += [done.stderr] if done.returncode or after not in whole else []
    wrong += [f"left: {one}" for one in leftovers(work)]
    print(f"kills: {KILLS} builds killed ({late} had ended), {len(wrong)} wrong", flush=True)
    return wrong


def swapped(work: Path) -> list[str]:
    """A site read without a pause while others are published over it and publishers are killed."""
    wrong = []
    one, other = (work.parent / f"site-{seats}" for seats in SEATS)
    for linked in (False, True):
        out = work.parent / f"www-{linked}"
        if linked:
            (work.parent / "first").mkdir()
            out.symlink_to("first")
        published(out, one)
        seen, made, kills = swap_and_kill(out, one, other, SWAPS, KILLS, seed=2)
        wrong += seen.wrong
        kind = "of a link" if linked else "of a folder"
        print(f"swaps: {made} {kind} and {kills} kills under {seen.reads:,} reads of {seen.turns}"
              f" turns, {len(seen.wrong)} missing or mixed", flush=True)  # fmt: skip
    return wrong


def published(out: Path, site: Path) -> None:
    """The first site where readers look."""
    from generator.commands.publish import held, manifest_of
    from generator.write import publish_tree

    publish_tree(out, held(site, manifest_of(site)), "f" * 16)


@contextmanager
def mounted(place: Path, options: str) -> Iterator[bool]:
    """A small file system of its own; False where we may not mount one."""
    place.mkdir()
    asked = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)]
    may = subprocess.run(asked, capture_output=True, check=False).returncode == 0
    try:
        yield may
    finally:
        if may:
            subprocess.run(["umount", str(place)], check=True)
        place.rmdir()


def without_room(work: Path) -> list[str]:
    """A disk that is full after a few megabytes: nothing but the old site is left on it."""
    wrong: list[str] = []
    made = 0
    size = sum(path.stat().st_size for path in (work / "site").rglob("*") if path.is_file())
    for room in ROOMS:
        with mounted(work.parent / "full", f"size={60_000_000 + 4 * size}") as may:
            if not may:
                print("room: no right to mount a small disk here", flush=True)
                return wrong
            inner = work.parent / "full/work"
            for name in ("site", "data"):
                shutil.copytree(work / name, inner / name)
            (inner / "kept").symlink_to(work / "kept")
            (inner / ".site.lock").touch()
            before = state(inner / "site")
            with (inner / "filler").open("wb") as filler:
                filler.write(bytes(max(0, shutil.disk_usage(inner).free - room * 200_000)))
            change(inner, 0 if before != state(work.parent / f"site-{SEATS[0]}") else 1)
            done = run(inner)
            made += 1
            if (
                done.returncode != 1
                or "Traceback" in done.stderr
                or state(inner / "site") != before
            ):
                wrong.append(f"{room} of room: {done.returncode} {done.stderr}")
            (inner / "filler").unlink()
            shutil.rmtree(inner / "build", ignore_errors=True)
            done = run(inner)
            if done.returncode or state(inner / "site") == before:
                wrong.append(f"with room again: {done.stderr}")
    print(f"room: {made} builds on a disk that ran full, {len(wrong)} wrong", flush=True)
    return wrong


def read_only(work: Path) -> list[str]:
    """A disk that can't be written to."""
    with mounted(work.parent / "fixed", "size=64m") as may:
        if not may:
            print("read-only: no right to mount here", flush=True)
            return []
        place = work.parent / "fixed"
        shutil.copytree(work / "site", place / "site")
        (place / ".site.lock").touch()
        before = state(place / "site")
        subprocess.run(["mount", "-o", "remount,ro", str(place)], check=True)
        done = subprocess.run(
            [sys.executable, "-m", "generator", "build", "--data", str(work / "data"),
             "--out", str(place / "site")],
            cwd=work, env=surroundings(), capture_output=True, text=True, check=False,
        )  # fmt: skip
        good = done.returncode == 1 and "Traceback" not in done.stderr
        wrong = [] if good and state(place / "site") == before else [done.stderr]
    print(f"read-only: 1 build refused, {len(wrong)} wrong", flush=True)
    return wrong


def without_network(work: Path) -> list[str]:
    """A build where not even this machine can be reached."""
    apart = ["unshare", "--net", "--map-root-user"]
    if subprocess.run([*apart, "true"], capture_output=True, check=False).returncode:
        print("network: no right to go without one here", flush=True)
        return []
    done = subprocess.run(
        [*apart, *command(work)], cwd=work, env=surroundings(), capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    good = done.returncode == 0 and state(work / "site") in states(work)
    print(f"network: 1 build without any, {int(not good)} wrong", flush=True)
    return [] if good else [done.stderr]


def fuzzed(cases: int) -> list[str]:
    """Broken editions: each ends in pages or in problems."""
    ended: Counter[str] = Counter()
    wrong = []
    start = process_time()
    install()
    for number in range(1, cases + 1):
        found = outcome(case(number), Random(number))
        ended[found.ended] += 1
        if found.ended == "bug":
            wrong.append(f"case {number}: {found.told}")
        if number % STEP == 0 or number == cases:
            print(f"fuzz: {number:,} cases: {ended['pages']:,} in pages, {ended['problems']:,}"
                  f" in problems, {ended['bug']} in a traceback;"
                  f" {process_time() - start:.0f} s of the processor", flush=True)  # fmt: skip
    return wrong


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
