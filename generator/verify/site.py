"""What pages are held to: the tables, the facts, who belongs to whom, all words sourced."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.verify.ledger import Ledger
from generator.verify.page import Page
from generator.verify.published import Published

SCHOOL = re.compile(r"schools/([^/]+)/index\.html")


@dataclass(frozen=True)
class Site:
    """What pages are held to: the tables, the facts, who belongs to whom, all words sourced."""

    published: Published
    ledger: Ledger
    subjects: Mapping[str, frozenset[str]]
    words: frozenset[str]


def site(published: Published, ledger: Ledger) -> Site:
    """All that `check_page` needs, computed once."""
    units: dict[str, set[str]] = {key: {f"school/{key}"} for key in published.rows["schools"]}
    for row in published.rows["unit_schools"].values():
        units.setdefault(row["school_id"], set()).add(f"unit/{row['unit_id']}")
    subjects = {key: frozenset(values) for key, values in units.items()}
    return Site(published, ledger, subjects, frozenset(sourced(published)))


def sourced(published: Published) -> Iterator[str]:
    """Every cell as a page writes it, years of dates, and the words of the edition."""
    yield from (squeeze(text) for text in published.said)
    for table, rows in published.rows.items():
        dates = [
            name
            for name in published.header[table]
            if (column := published.columns.get((table, name))) and column.kind == "date"
        ]
        for row in rows.values():
            yield from (squeeze(value) for value in row.values())
            yield from (row[name][:4] for name in dates)


def squeeze(text: str) -> str:
    """The text with single blanks, as a page's words are read."""
    return " ".join(text.split())


def school_of(path: str, whole: Site) -> str:
    """The school whose page this is; "" for any other page."""
    found = SCHOOL.fullmatch(path)
    return found[1] if found and found[1] in whole.subjects else ""


def linked_school(page: Page, link: str, whole: Site) -> str:
    """The school whose page a link of a page leads to, "" for any other address."""
    if not link or "://" in link or "#" in link:
        return ""
    target = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), link))
    return school_of(f"{target}/index.html", whole)
