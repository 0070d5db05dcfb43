"""Atom feeds: what changed from release to release, for the site and for each school (RFC 4287).

A host that goes by names sends `feed.xml` as XML, which readers of feeds take: no header of ours
says more, since no address may have two rules.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from markupsafe import Markup

from generator.model import BY_NAME_MARK, File, Mark, Record, Row, Text
from generator.pages import Site
from generator.present import FLAGS, MARKS
from generator.present.citing import spoken
from generator.present.whereabouts import schools_of
from generator.views.changes import moved
from generator.views.days import data_day

NAME, WORDS = "feed.xml", "parts/feed.j2"
NEVER = "1970-01-01"  # of a feed that has nothing to date it by
ADDED = "row_added"
HEAD = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{code}">
"""


@dataclass(frozen=True)
class Entry:
    """One change in plain words. `key` tells it from all others and stays the same, `day` is that
    of the release or of the decision, `path` the page that shows it; `schools` whom it is about."""

    key: str
    day: str
    title: str
    content: str
    path: str
    schools: tuple[str, ...] = ()


@dataclass(frozen=True)
class Feed:
    """The address of a feed and of the page that it belongs to, its title, its entries."""

    address: str
    page: str
    title: str
    entries: Sequence[Entry]


@dataclass(frozen=True)
class Form:
    """What all feeds of a language share; `since` dates those without an entry."""

    code: str
    author: str
    root: str
    since: str

    def text(self, feed: Feed) -> bytes:
        """The feed as a file."""
        day = feed.entries[0].day if feed.entries else self.since
        lines = [
            HEAD.format(code=escape(self.code)),
            f"<id>{escape(feed.address)}</id>\n<title>{escape(feed.title)}</title>\n",
            f"<updated>{day}T00:00:00Z</updated>\n",
            f"<author><name>{escape(self.author)}</name></author>\n",
            f'<link rel="self" type="application/atom+xml" href="{escape(feed.address)}"/>\n',
            f'<link rel="alternate" type="text/html" href="{escape(feed.page)}"/>\n',
            *(self.entry(feed, entry) for entry in feed.entries),
            "</feed>\n",
        ]
        return "".join(lines).encode()

    def entry(self, feed: Feed, entry: Entry) -> str:
        """One entry of a feed."""
        own = feed.page.removeprefix(self.root)
        link = self.root + (own or entry.path)
        if "#" in entry.path:  # a place on a page of its own
            link = self.root + entry.path
        return (
            f"<entry>\n<id>{escape(f'{feed.address}#{entry.key}')}</id>\n"
            f"<title>{escape(entry.title)}</title>\n<updated>{entry.day}T00:00:00Z</updated>\n"
            f'<link rel="alternate" type="text/html" href="{escape(link)}"/>\n'
            f'<content type="text">{escape(entry.content)}</content>\n</entry>\n'
        )


@dataclass(frozen=True)
class Feeds:
    """All feeds of one language: what is told of everything, of each school that something is told
    of, and of every school alike; `before` are the ids that a school had before its own."""

    record: Record
    form: Form
    every: Sequence[Entry]
    own: Mapping[str, Sequence[Entry]]
    alike: Sequence[Entry]
    before: Mapping[str, Sequence[str]]

    def site(self) -> File:
        """The feed of the site."""
        root = self.form.root
        feed = Feed(root + NAME, root, self.record.edition.title, self.every)
        return File(NAME, self.form.text(feed))

    def of_school(self, school_id: str) -> Iterator[File]:
        """The feed of a school, and the same under each id that it had before: whoever follows it
        by that one goes on to read what changes about it."""
        title = f"{self.record.school_names[school_id].value} - {self.record.edition.title}"
        entries = newest_first([*self.own.get(school_id, ()), *self.alike])
        for name in (school_id, *self.before.get(school_id, ())):
            page = f"{self.form.root}schools/{name}/"
            yield File(
                f"schools/{name}/{NAME}", self.form.text(Feed(page + NAME, page, title, entries))
            )


def feeds(whole: Site) -> Feeds:
    """The feeds of the site in one language, under their paths in it."""
    record, words = whole.record, whole.environment.get_template(WORDS).module
    root = f"{record.edition.base_url.rstrip('/')}/{whole.page.folder}"
    whole.page.turn("", None)  # the words print values without receipts
    first = list(first_release(record, words))
    told = [*changes(whole, words), *decisions(whole, words), *first]
    own = by_school([*new_rows(record, words, by_school=True), *told])
    every = newest_first([*new_rows(record, words, by_school=False), *told])
    since = max((entry.day for entry in every), default=data_day(record) or NEVER)
    form = Form(whole.language.code, record.edition.title, root, first[0].day if first else since)
    before: dict[str, list[str]] = {}
    for old, new in moved(record).items():
        before.setdefault(new, []).append(old)
    return Feeds(record, form, every, own, first, before)


def newest_first(entries: Iterable[Entry]) -> list[Entry]:
    """The entries by day, those of a day by their keys."""
    return sorted(sorted(entries, key=lambda one: one.key), key=lambda one: one.day, reverse=True)


def by_school(entries: Iterable[Entry]) -> Mapping[str, list[Entry]]:
    """The entries about each school; most have none."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        for school in entry.schools:
            found.setdefault(school, []).append(entry)
    return found


def first_release(record: Record, words: Any) -> Iterator[Entry]:
    """The release that all began with; none before it."""
    release = min(record.first_release.values(), default="")
    if release:
        title, content = said(words.first(Text(release)))
        yield Entry(f"release/{release}", release, title, content, "")


def changes(whole: Site, words: Any) -> Iterator[Entry]:
    """Every released change but rows that were added."""
    for row in released(whole.record):
        if row["kind"] != ADDED:
            yield change(whole, words, row)


def change(whole: Site, words: Any, row: Row) -> Entry:
    """One change of a value, of a row, of a column or of a table."""
    translate, release = whole.language.translate, str(row["release"])
    public = whole.record.tables.get(str(row["table"]))
    columns = {column.name: column for column in public.table.columns} if public else {}
    column = columns.get(str(row["column"]))

    def cell(name: str) -> Text:
        value = str(row[name] or "")
        if not value:
            return Text(
                translate(MARKS[BY_NAME_MARK.get(str(row[f"{name}_mark"]), Mark.NOT_FOUND)])
            )
        if column and column.kind == "flag":
            return Text(translate(FLAGS[value == "true"]))
        return Text(translate(column.values[value]) if column and value in column.values else value)

    title, content = said(
        words.change(
            str(row["kind"]), Text(translate(public.table.title) if public else str(row["table"])),
            Text(translate(column.title) if column else str(row["column"] or "")),
            Text(str(row["row_key"] or "")), Text(release), cell("old"), cell("new"),
            str(row["reason"] or ""), Text(str(row["why"])) if row["why"] else None,
        )
    )  # fmt: skip
    schools = tuple(str(row["school_ids"] or "").split())
    known = tuple(one for one in schools if one in whole.record.school_names)
    table = f"data/{row['table']}/" if public else "data/"
    path = f"schools/{known[0]}/" if len(known) == 1 else table
    return Entry(f"change/{row['change_id']}", release, title, content, path, known)


def new_rows(record: Record, words: Any, *, by_school: bool) -> Iterator[Entry]:
    """One entry for each table and release that have new rows, or for each school with some."""
    rows: dict[tuple[str, str], dict[str, None]] = {}
    for row in released(record):
        if row["kind"] == ADDED:
            schools = dict.fromkeys(str(row["school_ids"] or "").split())
            rows.setdefault((str(row["release"]), str(row["table"])), {}).update(schools)
    for (release, table), found in rows.items():
        name = Text(record.tables[table].table.title if table in record.tables else table)
        title, content = said(words.added(name, Text(release), by_school))
        key = f"added/{release}/{table}"
        yield Entry(key, release, title, content, f"data/{table}/", tuple(found))


def decisions(whole: Site, words: Any) -> Iterator[Entry]:
    """Every report of an error that was decided."""
    for row in whole.record.rows.get("corrections", ()):
        if row["decided_on"]:
            key, address = str(row["correction_id"]), str(row["fact"])
            problem, why = Text(str(row["problem"])), Text(str(row["why"]))
            title, content = said(words.decided(str(row["decision"]), problem, why))
            _, named, _ = whole.places.place(address)
            schools = tuple(schools_of(whole.record, address, named))
            path = f"corrections/#correction-{key}"
            yield Entry(f"correction/{key}", str(row["decided_on"]), title, content, path, schools)


def released(record: Record) -> Iterator[Row]:
    """The changes that a release holds."""
    return (row for row in record.rows.get("changelog", ()) if row["release"])


def said(printed: Markup) -> tuple[str, str]:
    """Title and content, on two lines of what a macro prints."""
    title, _, content = printed.strip().partition("\n")
    return spoken(title), spoken(content)
