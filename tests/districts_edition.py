"""The invented edition in two states and three districts: one without schools, and a school that
figures alone are about."""

from pathlib import Path

from tests.edition import EDITION, SITE, Rows, write_edition

LICENCE = '\n[licence]\nname = "An invented licence"\nurl = "https://records.example/licence"\n'
FIGURES = "900009"
SCHOOLS: Rows = [
    *EDITION["schools"],
    {"school_id": FIGURES, "name": "Figure School", "short_name": "FIGURE",
     "last_listed": "2024-25", "source_id": "list-2020"},
]  # fmt: skip
DISTRICTS: Rows = [
    {"district_id": key, "name": name, "state": state, "source_id": "list-2020"}
    for key, name, state in (
        ("d-1", "Upper & Lower Unified", "OH"), ("d-2", "O'Neil", "OH"),
        ("d-3", "Empty District", "New Land"),
    )
]  # fmt: skip
MEMBERS: Rows = [
    {"school_id": school, "district_id": district, "source_id": "list-2020"}
    for school, district in (
        ("000104", "d-1"), ("900002", "d-1"), ("900003", "d-1"), ("900004", "d-2"),
        (FIGURES, "d-1"),
    )
]  # fmt: skip
STAFFING: Rows = [
    {"school_id": school, "school_year": "2021-22", "police": police, "doubt": doubt,
     "source_id": "list-2020"}
    for school, police, doubt in (
        ("000104", "1.5", ""), ("900002", "0", ""), ("900003", "", ""),
        ("900004", "40", "implausible"), (FIGURES, "2", ""),
    )
]  # fmt: skip


def write_districts(folder: Path) -> Path:
    """The edition's files."""
    return write_edition(
        folder, site=SITE + LICENCE, schools=SCHOOLS, districts=DISTRICTS,
        district_schools=MEMBERS, staffing=STAFFING,
    )  # fmt: skip
