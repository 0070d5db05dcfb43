"""Free text that may point to a person: contacts, numbers, addresses, titles and unknown names.

It finds what has a form. It cannot see a name that begins a sentence before a lower-case word, a
name in small letters, a short one in capitals or one that is also a school's: a person still reads
every text. What a signed waiver lets pass is no Problem.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from generator.check import forms, unique
from generator.check.waivers import INITIALS, TITLE, UNKNOWN_NAME, Waiver, text_sum
from generator.errors import Problem
from generator.model import Column, RawTable

NAME_COLUMNS = {
    "schools": ("name", "short_name", "area", "network"),
    "school_names": ("name",),
    "decision_units": ("name",),
}
QUOTATION = "a quotation of more than 8 words"
EXPECTED = "words that point to no person"
REWORD = "Say it without."
READ = "Say it without, or have it read by a person who signs for it in waivers.csv."
UNSIGNED = "Its waiver is not signed: whoever has read the text fills reviewed_by and reviewed_on."
SUMMARISE = "Say in our words what was meant."
ALLOW = "Say it without, or allow the word in site.toml under [textgate]."
ACRONYM, LONGEST_QUOTATION = 3, 8

Patterns = Iterable[tuple[str, re.Pattern[str]]]


@dataclass(frozen=True)
class Allowed:
    """Capitalised words that are nobody's: `words` the edition's own, `names` those of places.

    After a title only `words` count, since many a school is named after a person.
    """

    words: frozenset[str]
    names: frozenset[str]

    def has(self, word: str) -> bool:
        """Whether text may hold the word."""
        return word in self.words or word in self.names or _is_acronym(word)


@dataclass(frozen=True, order=True)
class Finding:
    """The number of the first character, counted from 1, and what is there; never the text."""

    at: int
    kind: str
    length: int = field(default=0, compare=False, repr=False)

    def covers(self, other: "Finding") -> bool:
        """Whether the other begins within this one."""
        return self.at <= other.at < self.at + self.length


def tokens(texts: Iterable[str]) -> frozenset[str]:
    """The words of the texts, without possessive endings."""
    return frozenset(_bare(word) for text in texts for word in forms.WORD.findall(text))


BUILT_IN = frozenset((*forms.CALENDAR.split(), *unique.RACES.split())) - unique.ALSO_NAMES
STARTERS = frozenset(forms.STARTERS.split())


def gate(
    text: str,
    allowed: Allowed,
    *,
    prose: bool = True,
    capitals: bool = True,
    quotes: bool = True,
) -> tuple[Finding, ...]:
    """What in the text may point to a person, in order of place.

    Without `prose` (names, addresses of schools) only contacts and personal numbers are looked
    for; without `capitals` (titles of sources) any word may be capitalised; without `quotes` (what
    people said) nobody is quoted at length.
    """
    found = set(_matches(text, forms.CONTACTS))
    if prose:
        found |= {*_matches(text, forms.PLACES), *_titles(text, allowed)}
        found |= {Finding(at + 1, kind, end - at) for kind, at, end in unique.find_unique(text)}
    if prose and capitals:
        found |= set(_initials(text, allowed))
        names = _unknown_names(text, allowed)
        found |= {name for name in names if not any(one.covers(name) for one in found)}
    if not quotes:
        found |= {one for one in _matches(text, forms.QUOTATIONS) if _is_long(text, one)}
    return tuple(sorted(found))


def allow_list(tables: Mapping[str, RawTable], words: Iterable[str]) -> Allowed:
    """The edition's allowed words and those in the names of its schools, units and areas."""
    names = [
        text
        for table, columns in NAME_COLUMNS.items()
        if table in tables
        for column in columns
        for text in tables[table].frame[column].unique()
    ]
    return Allowed(tokens(words), tokens(names) | BUILT_IN)


def text_problems(
    raw: RawTable,
    allowed: Allowed,
    waived: frozenset[Waiver] = frozenset(),
    unsigned: frozenset[Waiver] = frozenset(),
) -> Iterator[Problem]:
    """A Problem for every finding in the table's free text that no signed waiver lets pass."""
    for name, column in _texts(raw):
        cells = raw.frame[name]
        findings = {
            text: found for text in cells.unique() if (found := _gate_of(column, text, allowed))
        }
        for row in raw.frame.index[cells.isin(list(findings))]:
            for finding in findings[cells[row]]:
                waiver = (raw.table.name, name, text_sum(cells[row]), finding.kind)
                if waiver in waived:
                    continue
                found_here = f"{finding.kind} at character {finding.at}"
                hint = UNSIGNED if waiver in unsigned else _hint(finding.kind)
                yield Problem(raw.where, raw.lines[row], name, found_here, EXPECTED, hint)


def _texts(raw: RawTable) -> Iterator[tuple[str, Column]]:
    """The columns of free text in the file, each with what it is declared to hold."""
    yield from ((column.name, column) for column in raw.table.columns if column.kind == "text")
    for name in map(str, raw.frame):
        if column := raw.table.translated(name):
            yield name, column


def _gate_of(column: Column, text: str, allowed: Allowed) -> tuple[Finding, ...]:
    return gate(text, allowed, prose=column.prose, capitals=column.capitals, quotes=column.quotes)


def _hint(kind: str) -> str:
    if kind == UNKNOWN_NAME:
        return ALLOW
    if kind == QUOTATION:
        return SUMMARISE
    return READ if kind in unique.REVIEWED else REWORD


def _is_long(text: str, quotation: Finding) -> bool:
    said = text[quotation.at - 1 : quotation.at - 1 + quotation.length]
    return len(said.split()) > LONGEST_QUOTATION


def _finding(match: re.Match[str], kind: str) -> Finding:
    return Finding(match.start() + 1, kind, match.end() - match.start())


def _matches(text: str, patterns: Patterns) -> Iterator[Finding]:
    for kind, pattern in patterns:
        for match in pattern.finditer(text):
            yield _finding(match, kind)


def _titles(text: str, allowed: Allowed) -> Iterator[Finding]:
    for match in forms.TITLE.finditer(text):
        word = match.group(1)
        if word[0].isupper() and _bare(word) not in allowed.words:
            yield _finding(match, TITLE)


def _initials(text: str, allowed: Allowed) -> Iterator[Finding]:
    for match in forms.INITIALS.finditer(text):
        letters = "".join(filter(str.isalpha, match.group(1)))
        before_a_name = match.group(1)[-1].isspace() and match.group(2).isupper()
        known = letters in forms.NOT_INITIALS or letters in allowed.words
        if letters.isupper() and not known and (len(letters) > 1 or before_a_name):
            yield _finding(match, INITIALS)


def _unknown_names(text: str, allowed: Allowed) -> Iterator[Finding]:
    matches = list(forms.WORD.finditer(text))
    for at, match in enumerate(matches):
        word = _bare(match.group())
        if not word[:1].isupper() or allowed.has(word):
            continue
        following = matches[at + 1].group() if at + 1 < len(matches) else ""
        if word in unique.ALSO_NAMES and following[:1].islower():
            continue
        if _opens_sentence(text, matches, at) and (word in STARTERS or not following[:1].isupper()):
            continue
        yield _finding(match, UNKNOWN_NAME)


def _opens_sentence(text: str, matches: list[re.Match[str]], at: int) -> bool:
    if at == 0:
        return True
    before = matches[at - 1]
    gap = text[before.end() : matches[at].start()]
    abbreviated = gap.startswith(".") and before.group() in forms.ABBREVIATIONS
    return bool(forms.SENTENCE_END.search(gap)) and not abbreviated


def _is_acronym(word: str) -> bool:
    # Longer ones must be allowed: a name in capitals looks the same.
    letters = word.rstrip("0123456789")
    return len(word) == 1 or (word.isupper() and (len(letters) <= ACRONYM or letters != word))


def _bare(word: str) -> str:
    return forms.POSSESSIVE.sub("", word)
