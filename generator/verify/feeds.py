"""Feeds against the published tables: every change and decision once, and no other entry."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

from generator.verify.kept import moved
from generator.verify.languages import Sites
from generator.verify.ledger import Ledger
from generator.verify.mismatch import Mismatch
from generator.verify.published import Published, Row
from generator.verify.site import Site

ATOM = "{http://www.w3.org/2005/Atom}"
NAME = "feed.xml"
ADDED = "row_added"
EVERY = "*"  # no id of a school
CANONICAL = re.compile(r'<link rel="canonical" href="([^"]*)"')


@dataclass(frozen=True)
class Expected:
    """What an entry has to be: its day, the words for what it was and what it is."""

    day: str
    words: tuple[tuple[str, ...], ...] = ()


def check_feeds(
    folder: Path, held: frozenset[str], every: Sites, published: Published, ledger: Ledger
) -> Iterator[Mismatch]:
    """The feed of the site and of each school, in each language."""
    base = address_of(folder)
    for below, whole in every.by_folder.items():
        told = by_school(expected(whole, ledger))
        schools = {f"schools/{key}/": key for key in published.rows("schools")}
        schools |= {f"schools/{old}/": new for old, new in moved(published).items()}
        for page, school in {"": "", **schools}.items():
            path = f"{below}{page}{NAME}"
            if path not in held:
                yield Mismatch(path, "", "no feed")
                continue
            wanted = told.get(school) or told.get(EVERY, {})
            text = (folder / path).read_bytes()
            yield from check_feed(path, text, wanted, f"{base}/{below}{page}", held, base)


def address_of(folder: Path) -> str:
    """The address that the site was built for, as its first page says; it need not be the
    edition's own."""
    page = folder / "index.html"
    found = CANONICAL.search(page.read_text("utf-8", "replace")) if page.is_file() else None
    return unescape(found[1]).rstrip("/") if found else ""


def check_feed(
    path: str, text: bytes, wanted: Mapping[str, Expected], page: str, held: frozenset[str],
    base: str,
) -> Iterator[Mismatch]:  # fmt: skip
    """One feed: its own address, its entries with their days and words, and where they lead."""
    try:
        feed = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        yield Mismatch(path, "", "a feed that can't be read", str(error), "XML")
        return
    own = page + NAME
    links = {link.get("rel"): link.get("href", "") for link in feed.findall(f"{ATOM}link")}
    for what, found, right in (
        ("id", said(feed, "id"), own), ("self", links.get("self", ""), own),
        ("page", links.get("alternate", ""), page),
    ):  # fmt: skip
        if found != right:
            yield Mismatch(path, "", f"{what} of the feed", found, right)
    entries = feed.findall(f"{ATOM}entry")
    days = [said(entry, "updated") for entry in entries]
    if days != sorted(days, reverse=True) or (days and said(feed, "updated") != days[0]):
        yield Mismatch(path, "", "order of the days", " ".join(days), said(feed, "updated"))
    keys = [said(entry, "id").removeprefix(f"{own}#") for entry in entries]
    if sorted(keys) != sorted(wanted):
        yield Mismatch(path, "", "entries", " ".join(sorted(keys)), " ".join(sorted(wanted)))
        return
    for key, entry in zip(keys, entries, strict=True):
        yield from check_entry(path, key, entry, wanted[key], held, base)


def check_entry(
    path: str, key: str, entry: ElementTree.Element, wanted: Expected, held: frozenset[str],
    base: str,
) -> Iterator[Mismatch]:  # fmt: skip
    """One entry: its day, its words, a page that is there."""
    if said(entry, "updated") != f"{wanted.day}T00:00:00Z":
        yield Mismatch(path, "", f"day of {key}", said(entry, "updated"), wanted.day)
    if not said(entry, "title"):
        yield Mismatch(path, "", f"title of {key}")
    content = said(entry, "content")
    for words in wanted.words:
        if not any(one in content for one in words):
            yield Mismatch(path, "", f"words of {key}", content, " or ".join(words))
    link = entry.find(f"{ATOM}link")
    href = (link.get("href", "") if link is not None else "").partition("#")[0]
    if f"{href.removeprefix(f'{base}/')}index.html" not in held:
        yield Mismatch(path, "", f"link of {key}", href, "a page of the site")


def said(element: ElementTree.Element, name: str) -> str:
    """The words of a part of the feed."""
    return element.findtext(f"{ATOM}{name}") or ""


Told = dict[str, tuple[Expected, frozenset[str]]]


def expected(whole: Site, ledger: Ledger) -> Told:
    """Each entry by what its id ends with, and the schools that it is about: none for all of them,
    "" for the site's own feed alone."""
    told: Told = {}
    new: dict[str, tuple[Expected, frozenset[str]]] = {}
    for release in ledger.releases[:1]:
        told[f"release/{release}"] = Expected(release), frozenset()
    nowhere = frozenset({""})
    for row in whole.published.rows("changelog").values():
        if not row["release"]:
            continue
        about = frozenset(row["school_ids"].split())
        if row["kind"] == ADDED:
            key = f"added/{row['release']}/{row['table']}"
            before = new.get(key, (None, frozenset()))[1]
            new[key] = Expected(row["release"]), before | about
        else:
            words = both(row, whole) if row["kind"] == "value_changed" else ()
            told[f"change/{row['change_id']}"] = (Expected(row["release"], words), about or nowhere)
    for key, row in whole.published.rows("corrections").items():
        if row["decided_on"]:
            words = ((squeeze(row["problem"]),), (squeeze(row["why"]),))
            about = school_of(row["fact"], whole)
            told[f"correction/{key}"] = Expected(row["decided_on"], words), about or nowhere
    added = {key: (one, about or nowhere) for key, (one, about) in new.items()}
    return {**told, **added}


def by_school(told: Told) -> Mapping[str, Mapping[str, Expected]]:
    """The entries of each school's feed that has some of its own, of the site's (""), and of any
    other school's (EVERY)."""
    common = {key: one for key, (one, about) in told.items() if not about}
    found = {"": {key: one for key, (one, _) in told.items()}, EVERY: common}
    for key, (one, about) in told.items():
        for school in about - {""}:
            found.setdefault(school, dict(common))[key] = one
    return found


def both(row: Row, whole: Site) -> tuple[tuple[str, ...], ...]:
    """The words for a cell before and after."""
    column = whole.published.column(row["table"], row["column"])

    def words(name: str) -> tuple[str, ...]:
        value = row[name]
        if not value:
            return (whole.tongue.marks[row[f"{name}_mark"] or "not_found"],)
        if column.kind == "flag":
            return (whole.tongue.flags[value != "true"],)
        return (column.labels.get(value, value), value)

    return words("old"), words("new")


def squeeze(text: str) -> str:
    """The text with single blanks."""
    return " ".join(text.split())


def school_of(address: str, whole: Site) -> frozenset[str]:
    """The school of the row that an address names; of a unit, its first one."""
    published = whole.published
    table, _, key = address.partition(".")
    row = published.row(table, key) or published.row(table, key.rpartition(".")[0])
    if not row:
        kind, _, name = key.rpartition(".")[0].partition("/")
    elif row.get("school_id"):
        kind, name = "school", row["school_id"]
    else:
        row = published.row("votes", row.get("vote_id", "")) or row
        kind, name = "unit", row.get("unit_id", "")
    if kind == "school":
        return frozenset({name} & published.rows("schools").keys())
    pairs = published.rows("unit_schools").values()
    found = [pair["school_id"] for pair in pairs if kind == "unit" and pair["unit_id"] == name]
    return frozenset(sorted(found)[:1])
