"""A made edition of any number of schools, to measure with: nothing in it is true, and it says so.

It has Chicago's proportions: every ninth school has a record of one to three votes, two tallies in
three votes, two to four roster rows; one record in five has feedback; each school six years of
enrollment. The same arguments always give the same bytes.

    python -m benchmarks.made_edition build/made --schools 2000 --every 9
"""

import argparse
import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from generator.tables import TABLES

EVERY = 9  # Chicago: 70 of 674 schools
FIRST_ID = 100_000
YEARS = ("2019-20", "2020-21", "2021-22", "2022-23", "2023-24", "2024-25")
CYCLES = {"2020": "2020-21", "2021": "2021-22", "2023": "2023-24"}
SOURCES = 40
SITE = """\
[site]
title = "A made edition of {schools} schools"
place = "Madeville"
description = "Every school, vote and number here is invented, to measure the generator with."
base_url = "https://made.example/"
languages = ["en"]
holds_today = "board-2024"
outside_networks = ["Charter"]

[policy]
min_cell = 10

[bounds]
council = 15
board = 7

[textgate]
words = ["Madeville", "Board"]
"""

Row = Mapping[str, object]
Rows = Iterator[Row]


def made(schools: int, every: int = EVERY) -> dict[str, list[Row]]:
    """The rows of the edition's tables; each `every`th school has a record."""
    recorded = range(0, schools, every)
    return {
        "sources": list(_sources()),
        "schools": [_school(i) for i in range(schools)],
        "school_names": [_other_name(i) for i in range(0, schools, 5)],
        "enrollments": [_enrollment(i, year) for i in range(schools) for year in YEARS],
        "decision_units": [_unit(i) for i in recorded],
        "unit_schools": [_unit_school(i) for i in recorded],
        "questions": list(_questions()),
        "question_options": list(_options()),
        "votes": [_board_vote(), *(vote for i in recorded for vote in _votes(i))],
        "vote_counts": [*_board_counts(), *(row for i in recorded for row in _counts(i))],
        "rosters": [row for i in recorded for row in _rosters(i)],
        "agreements": [_agreement(year) for year in YEARS[:-1]],
        "feedback": [row for i in recorded[::5] for row in _feedback(i)],
    }


def write(folder: Path, schools: int, every: int = EVERY) -> Path:
    """Write the edition to `folder`, made where missing, and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "site.toml").write_text(SITE.format(schools=schools), encoding="utf-8")
    rows = made(schools, every)
    for table in TABLES:
        if table.optional and table.name not in rows:
            continue
        names = [column.name for column in table.columns]
        with (folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, names, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows.get(table.name, ()))
    return folder


def _pick(choices: Sequence[str], number: int) -> str:
    return choices[number % len(choices)]


def _source(number: int) -> str:
    return f"source-{number % SOURCES}"


def _sources() -> Rows:
    for number in range(SOURCES):
        yield {
            "source_id": f"source-{number}",
            "title": f"Made list {number} of votes and officers",
            "publisher": "Madeville Gazette",
            "url": f"https://made.example/source/{number}",
            "published": f"2020-{number % 12 + 1:02}",
            "note": "It does not exist." if number % 2 else "",
        }


def _school(i: int) -> Row:
    high = i % 4 == 0
    return {
        "school_id": FIRST_ID + i,
        "name": f"Made School Number {i}",
        "short_name": f"MADE {i}",
        "ncessch": 990_000_000_000 + i if i % 4 == 1 else "",
        "level": "HS" if high else "ES",
        "is_high_school": "true" if high else "false",
        "address": f"{i} N EXAMPLE ST",
        "zip": 60_000 + i % 60,
        "area_id": i % 77 + 1,
        "area": f"Made Area {i % 77 + 1}",
        "latitude": f"{41.6 + i % 400 / 1000:.3f}",
        "longitude": f"{-87.9 + i % 300 / 1000:.3f}",
        "network": "Charter" if i % 6 == 5 else f"Network {i % 17 + 1}",
        "grades": "9-12" if high else "K-8",
        "opened": f"{1950 + i % 60}-09-01",
        "last_listed": "2024-25" if i % 30 else "2022-23",
        "source_id": _source(0),
    }


def _other_name(i: int) -> Row:
    return {
        "school_id": FIRST_ID + i,
        "name": f"Earlier Made School {i}",
        "name_kind": "listed",
        "school_year": "2016-17",
        "source_id": _source(1),
    }


def _enrollment(i: int, year: str) -> Row:
    students = 200 + (i * 37 + int(year[:4]) * 11) % 1800
    return {
        "school_id": FIRST_ID + i,
        "school_year": year,
        "students": students,
        "source_id": _source(0),
    }


def _unit(i: int) -> Row:
    return {
        "unit_id": f"unit-{i}",
        "name": f"Made School {i}",
        "unit_kind": "school",
        "source_id": _source(2),
    }


def _unit_school(i: int) -> Row:
    return {
        "unit_id": f"unit-{i}",
        "school_id": FIRST_ID + i,
        "match": "likely" if i % 10 == 3 else "certain",
        "source_id": _source(2),
    }


def _questions() -> Rows:
    titles = {
        "officers": "Keep officers or remove them?",
        "plan": "Two officers, one or none?",
        "board-2024": "End the program?",
    }
    for code, title in titles.items():
        yield {
            "question_id": code,
            "title": title,
            "description": "A made question.",
            "source_id": _source(3),
        }


def _options() -> Rows:
    scales = {
        ("officers", "option"): (("keep", "keep"), ("remove", "remove"), ("abstain", "none")),
        ("officers", "outcome"): (("keep", "keep"), ("remove", "remove")),
        ("plan", "option"): (("both", "keep"), ("one", "reduce"), ("none", "remove")),
        ("plan", "outcome"): (("keep-both", "keep"), ("keep-one", "reduce"), ("remove", "remove")),
        ("board-2024", "option"): (("yes", "remove"), ("no", "keep")),
        ("board-2024", "outcome"): (("end", "remove"),),
    }
    for (question, role), codes in scales.items():
        for position, (code, effect) in enumerate(codes, start=1):
            yield {
                "question_id": question,
                "role": role,
                "code": code,
                "label": code.replace("-", " "),
                "effect": effect,
                "position": position,
            }


def _board_vote() -> Row:
    return {
        "vote_id": "board-2024",
        "cycle": "2024",
        "vote_date": "2024-02-22",
        "vote_date_precision": "day",
        "question_id": "board-2024",
        "question_wording": "a made motion to end the program.",
        "body": "board",
        "binding": "yes",
        "outcome": "end",
        "outcome_basis": "stated",
        "officers_after": 0,
        "effective_school_year": "2024-25",
        "source_id": _source(4),
    }


def _board_counts() -> Rows:
    for option, count in (("yes", 7), ("no", 0)):
        yield _count("board-2024", option, count, 4)


def _rounds(i: int) -> list[str]:
    """The rounds that a unit voted in: one, two or three of them."""
    return list(CYCLES)[: i // EVERY % 3 + 1]


def _votes(i: int) -> Rows:
    for place, cycle in enumerate(_rounds(i)):
        number = i + place
        first = cycle == "2020"
        outcomes = ("keep", "remove", "") if first else ("keep-both", "keep-one", "remove")
        yield {
            "vote_id": f"unit-{i}-{cycle}",
            "unit_id": f"unit-{i}",
            "cycle": cycle,
            "vote_date": f"{cycle}-06-{number % 28 + 1:02}" if number % 3 else "",
            "vote_date_precision": "day" if number % 3 else "",
            "question_id": "officers" if first else "plan",
            "body": "council",
            "quorum": _pick(("yes", ""), number),
            "binding": "yes",
            "outcome": _pick(outcomes, number),
            "outcome_basis": "stated" if _pick(outcomes, number) else "",
            "effective_school_year": CYCLES[cycle],
            "caveat": "A made caveat about this vote." if number % 7 == 0 else "",
            "source_id": _source(number),
            "other_source_ids": f"{_source(number + 1)} {_source(number + 2)}",
        }


def _counts(i: int) -> Rows:
    for place, cycle in enumerate(_rounds(i)):
        options = ("keep", "remove", "abstain") if cycle == "2020" else ("both", "one", "none")
        if (i // EVERY + place) % 3:
            for number, option in enumerate(options):
                count = (i // EVERY + number * 3) % 5
                yield _count(f"unit-{i}-{cycle}", option, count, i + place)


def _count(vote: str, option: str, count: int, source: int) -> Row:
    return {"vote_id": vote, "option": option, "count": count, "source_id": _source(source)}


def _rosters(i: int) -> Rows:
    # One list is older, so that pages have as many school years as Chicago's.
    years = [*(("2016-17",) if i == 0 else ()), "2019-20", *map(CYCLES.get, _rounds(i))]
    for number, year in enumerate(years):
        told = (i + number) % 2 == 0
        yield {
            "unit_id": f"unit-{i}",
            "school_year": year,
            "status": "in_program",
            "officers": 2 if told else "",
            "officers_kind": "assigned" if told else "",
            "wording": f"A made list says so for row {i}.",
            "basis": "restated_from_vote" if number else "published_list",
            "source_id": _source(i + number),
        }


def _agreement(year: str) -> Row:
    return {
        "agreement_id": f"agreement-{year}",
        "title": f"Made agreement for {year}",
        "agreement_kind": "agreement",
        "school_year": year,
        "adopted_on": f"{year[:4]}-08-26",
        "text_held": "none",
        "source_id": _source(5),
    }


def _feedback(i: int) -> Rows:
    for response, count in (("yes", 40), ("no", 60)):
        yield {
            "feedback_id": f"unit-{i}-{response}",
            "survey_id": f"survey-{i}",
            "survey": "A made survey",
            "survey_date": "2021-05",
            "unit_id": f"unit-{i}",
            "scope": "one school",
            "respondent_group": "students",
            "question": "Do officers help?",
            "response": response,
            "count": count,
            "n": 100,
            "n_precision": "exact",
            "share": count / 100,
            "precision": "exact",
            "all_answers": "yes",
            "source_id": _source(6),
        }


def main() -> None:
    """Write an edition to the folder named."""
    parser = argparse.ArgumentParser(description="Write a made edition, to measure with.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--schools", type=int, default=200)
    parser.add_argument("--every", type=int, default=EVERY, help="each how many have a record")
    options = parser.parse_args()
    print(write(options.folder, options.schools, options.every))


if __name__ == "__main__":
    main()
