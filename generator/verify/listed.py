"""Lists and long tables: over all pages of one, each row stands there as often as it should."""

import posixpath
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from sys import intern

from generator.verify.mismatch import Mismatch
from generator.verify.page import Page
from generator.verify.published import Published, Row

LIST = re.compile(r"((?:states|districts)/[^/]+/)(?:\d+/)?index\.html")
SCHOOLS = re.compile(r"(schools/)(?:list/\d+/)?index\.html")
VOTES = re.compile(r"(votes/)(?:.+/)?index\.html")
COVERAGE = re.compile(r"(coverage/(?:[a-z_]+/)?)(?:\d+/)?index\.html")
COMPARED = re.compile(r"(compare/(?:(?:area|network)-[^/]+/)?)(?:.+/)?index\.html")
GROUP = re.compile(r"compare/(area|network)-[^/]+/")
UNITS = "coverage/"
WHOLE = "compare/"
POLL = "council_members_poll"
ROW = re.compile(r"(?:.*/)?(?:districts|schools)/([^/]+)")


@dataclass
class Lists:
    """The ids that the rows of each list lead to, by folder of the language and address of the
    list, over all of its pages."""

    rows: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def keep(self, page: Page, folder: str, own: str) -> None:
        """Note the rows of a page, if it is one of a list; `own` is its path below the folder."""
        kinds = (LIST, SCHOOLS, VOTES, COVERAGE, COMPARED)
        found = next(filter(None, (kind.fullmatch(own) for kind in kinds)), None)
        if not found:
            return
        noted = self.rows.setdefault((folder, found[1]), [])
        at = posixpath.dirname(page.path)
        links = (
            ROW.fullmatch(posixpath.normpath(posixpath.join(at, row.link)))
            for row in page.rows
            if row.link
        )
        noted += [intern(link[1]) for link in links if link]

    def compare(self, published: Published, folders: list[str]) -> Iterator[Mismatch]:
        """What each list has too often, too seldom or for no reason; a list without a page."""
        always = {**lists_of(published), **tables_of(published)}
        for folder in folders:
            there = {path for of, path in self.rows if of == folder}
            expected = {**always, **coverage_of(published, there)}
            for path in sorted(there | expected.keys()):
                if path not in there:
                    yield Mismatch(folder + path, "", "the list has no page")
                    continue
                found = Counter(self.rows[folder, path])
                wanted = Counter(expected.get(path, ()))
                if group := GROUP.fullmatch(path):
                    wanted = side_by_side(published, group[1], found, Counter(expected[WHOLE]))
                for one in sorted((found - wanted) | (wanted - found)):
                    what = f"times that {one} stands in the list"
                    yield Mismatch(folder + path, "", what, str(found[one]), str(wanted[one]))


def lists_of(published: Published) -> dict[str, list[str]]:
    """The districts of each state and the schools of each district, by the address of their list;
    none in an edition about one district."""
    found: dict[str, list[str]] = {}
    if "district_schools" not in published.tables:
        return found
    for key, row in published.rows("districts").items():
        found[f"districts/{key}/"] = []
        state = row.get("state", "").casefold().replace(" ", "-")
        found.setdefault(f"states/{state}/", []).append(key)
    for row in published.rows("district_schools").values():
        found.setdefault(f"districts/{row.get('district_id')}/", []).append(
            row.get("school_id", "")
        )
    return found


def tables_of(published: Published) -> dict[str, list[str]]:
    """The schools that the rows lead to of the list of all schools, of the votes and of the
    comparison of all, by the address of each."""
    schools = schools_of(published)
    votes = [row for row in published.rows("votes").values() if row.get("unit_id")]
    units = published.rows("decision_units")
    deciding = [row for row in votes if decides(row, units)]
    return {
        "schools/": [] if "district_schools" in published.tables else [*published.rows("schools")],
        "votes/": [first(schools, row["unit_id"]) for row in votes],
        WHOLE: [
            *(school for row in deciding for school in schools[row["unit_id"]]),
            *{school for found in schools.values() for school in found},
        ],
    }


def schools_of(published: Published) -> Mapping[str, list[str]]:
    """The schools of each unit."""
    schools = defaultdict[str, list[str]](list)
    for row in published.rows("unit_schools").values():
        schools[row.get("unit_id", "")].append(row.get("school_id", ""))
    return schools


def first(schools: Mapping[str, list[str]], unit: str) -> str:
    """The school whose page shows a unit."""
    return next(iter(schools.get(unit, ())), "")


def coverage_of(published: Published, there: Collection[str]) -> dict[str, list[str]]:
    """Each unit once in each table of the coverage: those that have pages of their own are counted
    apart, the others together."""
    schools = schools_of(published)
    units = [
        first(schools, key)
        for key, row in published.rows("decision_units").items()
        if row.get("unit_kind") != "part"
    ]
    own = [path for path in there if path.startswith(UNITS) and path != UNITS]
    return {UNITS: units * (covered(published) - len(own)), **dict.fromkeys(own, units)}


def side_by_side(
    published: Published, kind: str, found: Counter[str], among_all: Counter[str]
) -> Counter[str]:
    """Each school of a group as often as among all; its area or network is that of most schools
    which stand there."""
    rows = published.rows("schools")
    named = Counter(rows.get(one, {}).get(kind, "") for one in found)
    ((name, _),) = named.most_common(1) or (("", 0),)
    return Counter(
        {one: times for one, times in among_all.items() if rows.get(one, {}).get(kind) == name}
    )


def decides(vote: Row, units: Mapping[str, Row]) -> bool:
    """True for the vote that stood in its round."""
    whole = not units.get(vote["unit_id"], {}).get("part_of")
    return whole and not vote.get("superseded_by") and vote.get("body") != POLL


def covered(published: Published) -> int:
    """How many tables have a period that the coverage looks at."""
    columns = (("rosters", "school_year"), ("votes", "unit_id"), ("feedback", "survey_date"))
    tables = ((published.rows(table).values(), column) for table, column in columns)
    return sum(any(row.get(column) for row in rows) for rows, column in tables)
