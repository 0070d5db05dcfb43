"""What a link to a page shows on other sites, against the page itself and a school's decisions."""

import re
from collections.abc import Iterator

from generator.verify.mismatch import Mismatch
from generator.verify.page import Page
from generator.verify.site import Site, school_of, squeeze

PICTURE = re.compile(r"cards/[a-z-]+/(?:record|decided-(?P<decision>.+))\.png")
INDEX = "index.html"


def check_card(page: Page, whole: Site, files: frozenset[str]) -> Iterator[Mismatch]:
    """Title, description and address are the page's; the picture is there, and tells a decision of
    this school or none."""
    if not page.shared and not page.canonical:  # the page for addresses that are missing
        return
    path = page.path.removesuffix(INDEX)
    own = {
        "og:title": page.title.rpartition(" - ")[0],
        "og:description": page.description,
        "og:url": page.canonical,
    }
    for name, expected in own.items():
        if squeeze(page.shared.get(name, "")) != squeeze(expected):
            yield Mismatch(page.path, "", name, page.shared.get(name, ""), expected)
    base = page.canonical.removesuffix(path)  # of the whole site
    picture = page.shared.get("og:image", "").removeprefix(base)
    found = PICTURE.fullmatch(picture)
    if found is None or picture not in files:
        yield Mismatch(page.path, "", "og:image", page.shared.get("og:image", ""), "a card")
        return
    said = page.shared.get("og:image:alt", "")
    allowed = dict(decisions(school_of(page.path, whole), whole))
    outcomes = allowed.get(found["decision"] or "")
    if found["decision"] is None:
        if re.search(r"\d", said):
            yield Mismatch(page.path, "", "og:image:alt", said, "no decision")
    elif outcomes is None:
        yield Mismatch(page.path, "", "og:image", picture, " or ".join(sorted(allowed)))
    elif not said.endswith(tuple(f"{one}." for one in outcomes)):
        yield Mismatch(page.path, "", "og:image:alt", said, " or ".join(outcomes))


def decisions(school: str, whole: Site) -> Iterator[tuple[str, list[str]]]:
    """The names of the pictures that a school's page may have, with the ends of their words."""
    for unit in sorted(whole.subjects[school]) if school else ():
        for key, row in whole.votes_of.get(unit, ()):
            known = whole.ledger.facts.get(f"votes.{key}.outcome")
            parts = [row.get(name) or "not-found" for name in ("question_id", "outcome")]
            ends = [f"{row['cycle']}: {one}" for one in known.words] if known else []
            yield "-".join([row["cycle"], *parts]), ends
