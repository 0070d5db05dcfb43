"""The small edition with agreements that are held in full, their clauses, and texts of all dates.

Everything is invented.
"""

from pathlib import Path

from tests.edition import EDITION, Rows, write_edition


def _rows(columns: str, lines: tuple[str, ...]) -> list[dict[str, str]]:
    names = columns.split()
    cells = ((cell.strip() for cell in line.split("|")) for line in lines)
    return [{**dict(zip(names, row, strict=True)), "source_id": "board"} for row in cells]


def _texts(*lines: str) -> Rows:
    rows = _rows("agreement_id agreement_kind school_year adopted_on starts_on ends_on text_held",
                 lines)  # fmt: skip
    # No two titles differ in one digit: that a title is another title is no false word.
    return [{**row, "title": f"Invented text {place * 111}"} for place, row in enumerate(rows, 1)]


def _terms(*lines: str) -> Rows:
    return _rows("term_id agreement_id category topic quantity quantity_unit summary", lines)


def _clauses(*lines: str) -> Rows:
    return _rows("agreement_id clause position number words", lines)


AGREEMENTS = _texts(
    "full-2021 | agreement | 2021-22 | 2021-08-01 | | | full",
    "full-2022 | agreement | 2022-23 | | 2022-09-01 | 2023-08-31 | full",
    "part-2023 | agreement | 2023-24 | 2023-07 | | | excerpt",
    "old | agreement | | | | 2017-12-31 | none",
    "order-2019 | order | | | 2019 | | none",
    "decree | decree | | | 2018-01-01 | 2022-01-15 | none",
    "law | law | | | | | none",
)
TERMS = _terms(
    "f21-cost | full-2021 | cost | yearly-ceiling | 11000000 | USD | The most to be paid.",
    "f21-hours | full-2021 | training | training-hours | 40 | hours | Hours of training.",
    "f22-cost | full-2022 | cost | yearly-ceiling | | | The most to be paid is left open.",
    "f22-course | full-2022 | training | yearly-ceiling | | | Courses are paid apart.",
    "f22-reports | full-2022 | data_and_reporting | reports | 4 | reports | Reports to the board.",
    "p23-cost | part-2023 | cost | yearly-ceiling | 9000000.5 | USD | The most to be paid.",
    "p23-reports | part-2023 | data_and_reporting | reports | 2 | reports | Reports to the board.",
    "said | resolution-2024 | voting | agreement_in_force | | | No text was in force then.",
)
CLAUSES = _clauses(
    "full-2021 | scope | 1 | 1. | This text is about officers in schools.",
    "full-2021 | pay | 2 | 2. | The schools pay at most 11 parts of the cost <each> year.",
    "full-2021 | badge | 3 | | Officers wear a badge.",
    "full-2022 | scope | 1 | 1. | This text is about officers in schools.",
    "full-2022 | pay | 2 | 2. | The schools pay at most 9 parts of the whole cost <each> year.",
    "full-2022 | reports | 3 | 3. | Officers report 4 times in a year.",
)
TOPICS: Rows = [
    {"topic": topic, "title": f"On {topic.replace('_', '-').replace('-', ' ')}"}
    for topic in sorted({row["topic"] for row in (*EDITION["terms"], *TERMS)})
]


def write_agreements(folder: Path, **tables: Rows | None) -> Path:
    """Write the edition to `folder` and return it; a table given by name replaces its rows."""
    rows: dict[str, Rows | None] = {
        "agreements": [*EDITION["agreements"], *AGREEMENTS],
        "terms": [*EDITION["terms"], *TERMS],
        "topics": TOPICS,
        "clauses": CLAUSES,
    }
    return write_edition(folder, **{**rows, **tables})
