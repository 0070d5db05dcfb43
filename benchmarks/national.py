"""The national edition: the schools of a federal list, with what districts told about police.

The file comes from the National Center for Education Statistics and the Civil Rights Data
Collection, joined, one row a school; it is given by its path and is not part of this repository.
Blank is not found, never zero. A number of officers that no school is likely to have is kept, and
flagged. The same file and number of schools always give the same bytes.

    python -m benchmarks.national --file us_public_schools.csv.gz --schools 1000 --out build/usa
"""

import argparse
import csv
import gzip
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path

from generator.tables import TABLES
from generator.tables.staffing import PLAUSIBLE

LISTED, COLLECTED = "ccd-2019", "crdc-2021-22"
LIST_YEAR, COLLECTION_YEAR = "2019-20", "2021-22"
MIN_CELL = 10
SITE = f"""\
[site]
title = "Police officers in public schools: the federal figures"
place = "the United States"
description = "What districts told the U.S. Department of Education about police in schools."
base_url = "https://national.example/"
languages = ["en"]

[policy]
min_cell = {MIN_CELL}

[textgate]
words = [
  "Center", "Civil", "Collection", "Common", "Core", "Data", "Education", "National", "Rights",
  "Statistics",
]
"""
SOURCES = (
    {
        "source_id": LISTED,
        "title": "Common Core of Data, public schools, joined with school locations of 2014-15",
        "publisher": "National Center for Education Statistics",
        "url": "https://nces.ed.gov/ccd/",
        "published": "2020",
    },
    {
        "source_id": COLLECTED,
        "title": "Civil Rights Data Collection, school support",
        "publisher": "U.S. Department of Education",
        "url": "https://civilrightsdata.ed.gov/",
        "published": "2023",
    },
)

Row = Mapping[str, object]


def edition(found: Iterable[Mapping[str, str]]) -> dict[str, list[Row]]:
    """The rows of the edition's tables, from those of the file."""
    rows = list(found)
    return {
        "sources": list(SOURCES),
        "schools": [school(row) for row in rows],
        "districts": list(districts(rows)),
        "district_schools": [
            {
                "school_id": key(row["ncessch"]),
                "district_id": key(row["leaid"]),
                "source_id": source(row),
            }
            for row in rows
        ],
        "enrollments": [enrollment(row) for row in rows if row["crdc_enrollment"]],
        "staffing": [staffing(row) for row in rows if "CRDC" in row["dir_source"]],
    }


def source(row: Mapping[str, str]) -> str:
    """The list that names the school."""
    return LISTED if row["dir_source"].startswith("CCD") else COLLECTED


def key(code: str) -> str:
    """A federal code as an id of ours, which has no capital letters: it stands in addresses."""
    return code.lower()


def districts(rows: Iterable[Mapping[str, str]]) -> Iterator[Row]:
    """Each district once, by the first name that the file has for it."""
    seen: set[str] = set()
    for row in rows:
        if row["leaid"] not in seen:
            seen.add(row["leaid"])
            yield {
                "district_id": key(row["leaid"]),
                "name": row["lea_name"],
                "state": row["state"],
                "source_id": source(row),
            }


def school(row: Mapping[str, str]) -> Row:
    """A school as the list has it; what the file leaves blank stays blank."""
    grades = [row["lowest_grade_offered"], row["highest_grade_offered"]]
    return {
        "school_id": key(row["ncessch"]),
        "name": row["school_name"],
        "short_name": row["school_name"],
        "ncessch": key(row["ncessch"]),
        "address": row["street_2014_15"].strip(),
        "zip": row["zip_2014_15"],
        "area": row["city"],
        "latitude": row["latitude"],
        "longitude": row["longitude"],
        "network": "Charter" if row["charter"] == "True" else "",
        "grades": " to ".join(filter(None, dict.fromkeys(grades))),
        "last_listed": COLLECTION_YEAR if "CRDC" in row["dir_source"] else LIST_YEAR,
        "source_id": source(row),
    }


def enrollment(row: Mapping[str, str]) -> Row:
    """The students of a school; fewer than MIN_CELL are withheld, none too."""
    students = int(float(row["crdc_enrollment"]))
    few = students < MIN_CELL
    return {
        "school_id": key(row["ncessch"]),
        "school_year": COLLECTION_YEAR,
        "students": "" if few else students,
        "students_mark": "withheld" if few else "",
        "source_id": COLLECTED,
    }


def staffing(row: Mapping[str, str]) -> Row:
    """What the district told about the people at a school."""
    police = row["crdc_fte_police"]
    return {
        "school_id": key(row["ncessch"]),
        "school_year": COLLECTION_YEAR,
        "police": police,
        "doubt": "implausible" if police and float(police) >= PLAUSIBLE else "",
        "guards": row["crdc_fte_guards"],
        "counselors": row["crdc_fte_counselors"],
        "teachers": row["crdc_fte_teachers"],
        "source_id": COLLECTED,
    }


def write(folder: Path, rows: Mapping[str, list[Row]]) -> Path:
    """Write the edition to `folder`, made where missing, and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "site.toml").write_text(SITE, encoding="utf-8")
    for table in TABLES:
        if table.optional and table.name not in rows:
            continue
        held = rows.get(table.name, [])
        names = [column.name for column in table.columns]
        names += [f"{name}_mark" for name in names if any(f"{name}_mark" in row for row in held)]
        with (folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, names, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(held)
    return folder


def read(path: Path, schools: int) -> list[Mapping[str, str]]:
    """The first schools of the file, as many as asked for."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return list(islice(csv.DictReader(file), schools))


def main() -> None:
    """Write the edition that the arguments ask for."""
    parser = argparse.ArgumentParser(description="Write the national edition from a federal list.")
    parser.add_argument("--file", type=Path, required=True, help="the list, as csv.gz")
    parser.add_argument("--schools", type=int, default=1000, help="how many (default: 1000)")
    parser.add_argument("--out", type=Path, required=True, help="the folder to write to")
    told = parser.parse_args()
    write(told.out, edition(read(told.file, told.schools)))


if __name__ == "__main__":
    main()
