"""The claim: two releases of a million rows each are compared within 15 seconds and 2 GB.

Made tables, nothing in them true: one cell in a hundred rows is another, some rows are gone and
some are new. In the second pair every row has a column more too, so that no record is the same.
"""

import csv
import json
import resource
from collections.abc import Iterator
from pathlib import Path

from benchmarks.build import KILOBYTE
from benchmarks.timing import cost, generator, scratch

ROWS = 1_000_000
SECONDS, GIGABYTES = 15, 2.0
NAMES = ("row_id", "school_id", "school_year", "count", "share", "note", "source_id")
MORE = "other"


def row(number: int, *, later: bool) -> tuple[str, ...]:
    """A row of the older release or of the later one."""
    count = number % 1000 + (later and number % 100 == 0)
    note = f"Made, as row {number} says" if number % 10 else f'Made, "so to speak", row {number}'
    return (
        f"made-{number:07}", f"{100_000 + number % 5000}", f"{2000 + number % 25}-01",
        f"{count}", f"0.{number % 97 + 1}", note, f"source-{number % 40}",
    )  # fmt: skip


def rows(*, later: bool) -> Iterator[tuple[str, ...]]:
    """A million rows of one release; every ten thousandth stands in one of the two alone."""
    for number in range(ROWS + ROWS // 10_000):
        if number % 10_000 != (5 if later else 6):
            yield row(number, later=later)


def write(folder: Path, *, later: bool, more: bool = False) -> Path:
    """A release's table and its description; `more` for a column more."""
    folder.mkdir()
    names = (*NAMES, MORE) if more else NAMES
    with (folder / "made.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(names)
        writer.writerows((*one, "1") if more else one for one in rows(later=later))
    resource_ = {"name": "made", "schema": {"primaryKey": ["row_id"]}}
    (folder / "datapackage.json").write_text(json.dumps({"resources": [resource_]}))
    return folder


def main() -> None:
    """Print seconds and memory beside what is wanted."""
    with scratch() as folder:
        old = write(folder / "old", later=False)
        for name, more in (("the same columns", False), ("a column more", True)):
            new = write(folder / name.replace(" ", "-"), later=True, more=more)
            took = cost(lambda new=new: generator(folder, "diff", old.name, new.name))
            most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * KILOBYTE / 1e9
            print(f"diff of {ROWS:,} rows, {name}: {took.processor:.1f} s of the processor", end="")
            print(f", {most:.2f} GB  (below {SECONDS} s and {GIGABYTES:.0f} GB is wanted)")


if __name__ == "__main__":
    main()
