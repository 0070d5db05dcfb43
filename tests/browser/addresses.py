"""The pages that browser tests visit: one of each template."""

import csv
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

# One page of each template. School pages and agreements are found in the tables of the site itself.
PROSE = (
    "", "schools/", "schools/areas/", "compare/", "compare/network-network-15/", "votes/",
    "agreements/", "agreements/compare/", "agreements/years/", "promises/", "program/training/",
    "alternatives/",
    "feedback/", "costs/", "incidents/", "coverage/", "contradictions/", "claims/", "leads/",
    "corrections/", "requests/",
    "legend/", "releases/", "data/", "data/votes/", "data/dictionary/",
    "methods/", "protection/",
    "glossary/", "about/", "maintain/", "maintain/vote/", "maintain/survey/", "404.html",
)  # fmt: skip
# Figures alone: no theme around them.
EMBEDS = (
    "embed/timeline/", "embed/votes-2023-safety_plan/", "embed/costs-budget/",
    "embed/coverage-votes/", "embed/tally-air-force-2023/",
)  # fmt: skip
FOUND = ("a release", "most votes", "a campus", "no record", "an agreement")
PAGES = (*PROSE, *FOUND)
PHONE = {"viewport": {"width": 360, "height": 780}}
DESKTOP = {"viewport": {"width": 1280, "height": 900}}


def rows(site: Path, table: str) -> list[dict[str, str]]:
    with (site / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def find(site: Path) -> Mapping[str, str]:
    """The addresses of PAGES; those of FOUND by what the tables say."""
    schools_of: dict[str, list[str]] = {}
    for row in rows(site, "unit_schools"):
        schools_of.setdefault(row["unit_id"], []).append(row["school_id"])
    votes = Counter(row["unit_id"] for row in rows(site, "votes") if row["unit_id"])
    most = next(unit for unit, _ in votes.most_common() if len(schools_of[unit]) == 1)
    campus = max(schools_of, key=lambda unit: len(schools_of[unit]))
    linked = {school for schools in schools_of.values() for school in schools}
    short = next(row for row in rows(site, "schools") if row["school_id"] not in linked)
    terms = Counter(row["agreement_id"] for row in rows(site, "terms"))
    release = max(path.name for path in (site / "data/releases").iterdir())
    return {
        **{path: path for path in PROSE},
        "a release": f"releases/{release}/",
        "most votes": f"schools/{schools_of[most][0]}/",
        "a campus": f"schools/{schools_of[campus][0]}/",
        "no record": f"schools/{short['school_id']}/",
        "an agreement": f"agreements/{terms.most_common(1)[0][0]}/",
    }
