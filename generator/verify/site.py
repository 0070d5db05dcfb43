"""What pages are held to: the tables, the facts, who belongs to whom, all words sourced."""

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from generator.verify.factrow import subject_of
from generator.verify.ledger import Ledger, earlier, words_before
from generator.verify.page import Page
from generator.verify.published import Published, Row
from generator.verify.tongue import Tongue
from generator.verify.words import WHOLE_DAY

FEW = 64  # words
SCHOOL = re.compile(r"schools/([^/]+)/index\.html")


@dataclass(frozen=True)
class Site:
    """What the pages of one language are held to; `folder` is where they stand ("" or "es/"),
    `signed` the tables as published, in the language `first`.

    `subjects` are a school and its units, by the school's id; `quoted` the words that a page may
    quote, by the subject of their row: a school's page may quote its own and those of no school or
    unit (""), any other page all `words`. Those in `untold` stand in cells without a translation
    into the language, those in `only_untold` nowhere else; `said` are the words of the dictionary
    and the data package.
    """

    tongue: Tongue
    folder: str
    first: str
    published: Published
    signed: Published
    ledger: Ledger
    subjects: Mapping[str, frozenset[str]]
    quoted: Mapping[str, Collection[str]]
    words: frozenset[str]
    untold: frozenset[str]
    only_untold: frozenset[str]
    said: str

    @cached_property
    def newest(self) -> str:
        """The newest day on which a source was published, "" where none says a day."""
        days = (row.get("published", "") for row in self.signed.rows("sources").values())
        return max((day for day in days if day.count("-") == WHOLE_DAY), default="")

    @cached_property
    def cycles(self) -> frozenset[str]:
        """The rounds of votes."""
        return frozenset(row.get("cycle", "") for row in self.published.rows("votes").values())

    @cached_property
    def periods(self) -> frozenset[str]:
        """The periods that every unit is looked at by, those without a row of it too: rounds of
        votes and years of surveys."""
        asked = self.published.rows("feedback").values()
        return self.cycles | {row["survey_date"][:4] for row in asked if row.get("survey_date")}

    @cached_property
    def votes_of(self) -> Mapping[str, list[tuple[str, Row]]]:
        """The votes of each unit, with their keys."""
        found: dict[str, list[tuple[str, Row]]] = {}
        for key, row in self.published.rows("votes").items():
            found.setdefault(f"unit/{row.get('unit_id')}", []).append((key, row))
        return found

    def own(self, path: str) -> str:
        """A page's path below the folder of the language, "" for one outside of it."""
        return path.removeprefix(self.folder) if path.startswith(self.folder) else ""

    def may_quote(self, text: str, school: str) -> bool:
        """True for the words of a cell that a page of this school ("" for other pages) may hold."""
        if not school:
            return text in self.words
        own = ("", *self.subjects[school])
        return any(text in self.quoted.get(subject, ()) for subject in own)


def site(
    published: Published, signed: Published, ledger: Ledger, tongue: Tongue, folder: str, first: str
) -> Site:  # fmt: skip
    """All that `check_page` needs for the pages of a language, computed once; the tables and the
    facts are given with its words."""
    said = [squeeze(text) for text in published.said()]
    quoted: dict[str, list[str]] = {"": [*said, *ledger.releases]}
    for subject, text in chain(cells(published), before(published, ledger, tongue)):
        quoted.setdefault(subject, []).append(text)
    untold, only_untold = untranslated(published)
    words = frozenset(text for texts in quoted.values() for text in texts)
    # A country has many subjects of few words: for these a set takes more room than it saves time.
    held = {key: texts if key and len(texts) < FEW else {*texts} for key, texts in quoted.items()}
    return Site(
        tongue=tongue, folder=folder, first=first, published=published, signed=signed,
        ledger=ledger, subjects=subjects_of(published), quoted=held, words=words,
        untold=untold, only_untold=only_untold.difference(said), said="\n".join(said),
    )  # fmt: skip


def subjects_of(published: Published) -> Mapping[str, frozenset[str]]:
    """A school and its units, by the school's id."""
    units: dict[str, set[str]] = {key: {f"school/{key}"} for key in published.rows("schools")}
    for row in published.rows("unit_schools").values():
        units.get(row.get("school_id", ""), set()).add(f"unit/{row.get('unit_id')}")
    return {key: frozenset(values) for key, values in units.items()}


def before(published: Published, ledger: Ledger, tongue: Tongue) -> Iterator[tuple[str, str]]:
    """What facts were in releases, as a page writes it, with their subjects."""
    for fact, known in ledger.facts.items():
        subject = known.row["subject"]
        subject = subject if subject.startswith(("school/", "unit/")) else ""
        for _, value, mark in earlier(known, ledger.past.get(fact, ())):
            yield subject, squeeze(words_before(known, value, mark, published, tongue))


def cells(published: Published) -> Iterator[tuple[str, str]]:
    """Every cell as a page writes it, and years of dates, with the subject of the row."""
    for table, rows in published.tables.items():
        dates = [
            name
            for name in published.headers[table]
            if published.column(table, name).kind == "date"
        ]
        for row in rows.values():
            subject = subject_of(table, row, published)
            subject = subject if subject.startswith(("school/", "unit/")) else ""
            yield from ((subject, squeeze(value)) for value in row.values())
            yield from ((subject, row[name][:4]) for name in dates)
    for row in published.rows("unit_schools").values():  # a campus names all of its schools
        school = published.row("schools", row.get("school_id", ""))
        yield f"unit/{row.get('unit_id')}", squeeze(school.get("name", ""))


def untranslated(published: Published) -> tuple[frozenset[str], frozenset[str]]:
    """The words of cells without a translation, and those of them that stand only in columns where
    other cells have one. None in the language of the tables."""
    if not published.translated:
        return frozenset(), frozenset()
    prose = {(table, column) for table, _, column in published.translated}
    of_prose: set[str] = set()
    others: set[str] = set()
    for table, rows in published.tables.items():
        for key, row in rows.items():
            for name, value in row.items():
                if (table, key, name) not in published.translated:
                    (of_prose if (table, name) in prose else others).add(squeeze(value))
    return frozenset(of_prose | others), frozenset(of_prose - others)


def squeeze(text: str) -> str:
    """The text with single blanks, as a page's words are read."""
    squeezed = " ".join(text.split())
    return text if text == squeezed else squeezed  # the text itself costs no memory


def school_of(path: str, whole: Site) -> str:
    """The school whose page this is; "" for any other page."""
    found = SCHOOL.fullmatch(whole.own(path))
    return found[1] if found and found[1] in whole.subjects else ""


def linked_school(page: Page, link: str, whole: Site) -> str:
    """The school whose page a link of a page leads to, "" for any other address."""
    if not link or "://" in link or "#" in link:
        return ""
    target = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), link))
    return school_of(f"{target}/index.html", whole)
