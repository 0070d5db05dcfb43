"""The claims: what the gate costs on one core, and what a second run with few changes costs.

A survey of 650 schools, ten questions in three years, three answers of three groups: under 90 s
when nothing is kept, less when it is. One question put to 88,000 schools: under 90 s, its audit
under 5 s, all within 2 GB. Seconds are of the processor: other programs hardly disturb them.
"""

import argparse
import random
import resource
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from time import process_time

import numpy as np

from benchmarks import made_survey
from benchmarks.timing import ROOT, cost, generator, place_of, scratch

SECONDS, AUDIT_SECONDS, MEGABYTES = 90, 5, 2000
SCHOOLS, MANY = 650, 88_000
NETWORK, STATE = 65, 20  # schools in a district, districts in a region
KILOBYTE = 1024 if sys.platform != "darwin" else 1  # macOS counts bytes


def edition(schools: int) -> None:
    """The command on a made edition, from nothing and with everything kept."""
    with scratch() as folder:
        data, private = folder / "data", folder / "private"
        made_survey.write(data, private, schools)
        wanted = f"(below {SECONDS} is wanted)"
        arguments = ("protect", "--private", str(private), "--data", str(data))
        for name in ("nothing kept", "everything kept"):
            took = cost(lambda: generator(ROOT, *arguments))
            print(f"{schools} schools × 10 questions × 3 years, {name}: ", end="")
            print(f"{took.processor:.1f} s of the processor {wanted}", flush=True)
        change_one(private / "counts.csv")
        took = cost(lambda: generator(ROOT, *arguments))
        print(f"{schools} schools × 10 questions × 3 years, one count changed: ", end="")
        print(f"{took.processor:.1f} s of the processor {wanted}", flush=True)


def change_one(path: Path) -> None:
    """One more person in the last row."""
    lines = path.read_text(encoding="utf-8").splitlines()
    start, _, count = lines[-1].rpartition(",")
    lines[-1] = f"{start},{int(count) + 1}"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def many(schools: int) -> None:
    """One question, three answers, four levels: in a process of its own, to see its memory."""
    from generator.protect.audit import Places, audit_question
    from generator.protect.hierarchy import protect
    from generator.protect.tree import plant
    from generator.protect.withhold import withhold

    dice = random.Random(schools)
    tree = plant({f"s{at:06}": path_of(at) for at in range(schools)})
    sizes = [max(0, round(dice.lognormvariate(4.3, 0.9))) for _ in range(schools)]
    rows = [split(dice, size) for size in sizes]
    counts = np.array(rows, np.int64)
    start = process_time()
    held = withhold(tree, counts.sum(axis=1, keepdims=True), 10)
    found = protect(tree, counts, held, 10)
    decided = process_time()
    places = Places(tree.schools, tree.nodes, tree.school_parents, tree.node_parents)
    worlds = (found.worlds.world, found.worlds.school, found.worlds.change)
    audit_question(places, counts, (found.schools, found.nodes), worlds, 10, "q")
    audited = process_time()
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KILOBYTE / 1e6
    print(f"{schools:,} schools, one question: {decided - start:.1f} s ", end="")
    print(f"(below {SECONDS}), audit {audited - decided:.1f} s (below {AUDIT_SECONDS}), ", end="")
    print(f"{most:.0f} MB (below {MEGABYTES}); {found.nodes.sum()} sums withheld", flush=True)


def path_of(school: int) -> tuple[str, ...]:
    """District, region, whole."""
    district = school // NETWORK
    return f"d{district:05}", f"r{district // STATE:04}", "whole"


def split(dice: random.Random, people: int) -> Sequence[int]:
    """How many gave each of three answers."""
    weights = [dice.gammavariate(shape, 1) for shape in (6, 1.5, 3)]
    chosen = dice.choices(range(3), weights, k=people)
    return [chosen.count(answer) for answer in range(3)]


def main() -> None:
    """Print what each claim costs beside what is wanted."""
    parser = argparse.ArgumentParser(description="Measure the gate.")
    parser.add_argument("--schools", type=int, default=SCHOOLS)
    parser.add_argument("--many", type=int, default=0, help="only this many schools, one question")
    options = parser.parse_args()
    if options.many:
        many(options.many)
        return
    edition(options.schools)
    command = [sys.executable, "-m", "benchmarks.protect", "--many", str(MANY)]
    subprocess.run(command, cwd=ROOT, env=place_of(), check=True)


if __name__ == "__main__":
    main()
