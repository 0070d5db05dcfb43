"""Lists of states and districts: over all pages of a list, each of its rows stands there once."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from sys import intern

from generator.verify.mismatch import Mismatch
from generator.verify.page import Page
from generator.verify.published import Published

LIST = re.compile(r"((?:states|districts)/[^/]+/)(?:\d+/)?index\.html")
ROW = re.compile(r"(?:\.\./)+(?:districts|schools)/([^/]+)/")


@dataclass
class Lists:
    """The ids that the rows of each list lead to, by folder of the language and address of the
    list, over all of its pages."""

    rows: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def keep(self, page: Page, folder: str, own: str) -> None:
        """Note the rows of a page, if it is one of a list; `own` is its path below the folder."""
        found = LIST.fullmatch(own)
        if not found:
            return
        noted = self.rows.setdefault((folder, found[1]), [])
        links = (ROW.fullmatch(row.link) for row in page.rows)
        noted += [intern(link[1]) for link in links if link]

    def compare(self, published: Published, folders: list[str]) -> Iterator[Mismatch]:
        """What each list has too often, too seldom or for no reason; a list without a page."""
        expected = lists_of(published)
        for folder in folders:
            there = {path for of, path in self.rows if of == folder}
            for path in sorted(there | expected.keys()):
                if path not in there:
                    yield Mismatch(folder + path, "", "the list has no page")
                    continue
                found = Counter(self.rows[folder, path])
                wanted = Counter(expected.get(path, ()))
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
