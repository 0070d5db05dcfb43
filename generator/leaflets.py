"""What goes with the tables in words: README, known issues, licence, and how to cite them."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from textwrap import fill
from typing import Any

from markupsafe import Markup

from generator.model import File, Record, Text, slug
from generator.pages import Site
from generator.present.citing import Citation, newest, spoken, unreleased
from generator.views import Line, dictionary, lines
from generator.views.coverage import Coverage, totals
from generator.views.dictionary import TableView

README, ISSUES, LICENCE, CFF = "README.txt", "known-issues.txt", "LICENCE.txt", "CITATION.cff"
TEMPLATES = {README: "readme", ISSUES: "known-issues", LICENCE: "licence"}
WIDTH = 90
ITEM = re.compile(r"- |[\w.-]+\.\w+: ")  # its further lines are set in
EXPECTED = frozenset(
    {"not_applicable", "not_yet_due"}
)  # a cell that is empty for that lacks nothing
PATH = "data/"


def leaflets(whole: Site, release: str) -> Iterator[File]:
    """The files in words that go with the tables, as they stand in this release, "" for none."""
    cited = citation(whole, release)
    context = contents(whole, cited)
    whole.page.turn(PATH)
    for name, template in TEMPLATES.items():
        page = whole.environment.get_template(f"leaflets/{template}.txt.j2")
        yield File(PATH + name, plain_text(page.render(context)).encode())
    yield File(PATH + CFF, cff(whole, cited, release).encode())


def citation(whole: Site, release: str) -> Citation:
    """How to cite all the data: in this release, or as they are now."""
    edition, words = whole.record.edition, cite_words(whole)
    day = release or newest(whole.record)
    state = spoken(words.released(Text(release))) if release else unreleased(whole.record, words)
    note = f"{state} {spoken(words.data_sources())}"
    url = f"{edition.base_url.rstrip('/')}/{PATH}"
    return Citation(f"{slug(edition.title)}:data", "", edition.title, day[:4], note, url)


def cite_words(whole: Site) -> Any:
    """The macros of citations."""
    return whole.environment.get_template("parts/cite.j2").module


def contents(whole: Site, cited: Citation) -> Mapping[str, Any]:
    """What the templates are told."""
    record = whole.record
    edition, titles = record.edition, record.sources
    words = {
        "title": edition.title, "description": edition.description, "citation": cited.text,
        "home": cited.url, "licence_url": edition.licence.url,
    }  # fmt: skip
    return {
        **{name: Text(said) for name, said in words.items() if said},
        **{name: None for name, said in words.items() if not said},
        "licence": licence_line(whole),
        "tables": [gaps(dictionary.table_view(record, name)) for name in record.tables],
        "parts": [held(part, record) for part in totals(record)],
        "readings": lines(record, "readings", record.rows["readings"]),
        "source_of": lambda line: source_of(line, titles),
    }


def licence_line(whole: Site) -> Text:
    """On what terms, in a sentence."""
    name = whole.record.edition.licence.name
    return Text(spoken(cite_words(whole).terms(Text(name) if name else None)))


def gaps(table: TableView) -> TableView:
    """The table with those of its columns alone whose empty cells lack something."""
    found = [
        one
        for one in table.columns
        if one.mark and one.mark not in EXPECTED and one.empty_cells.value
    ]
    return replace(table, columns=tuple(found))


def held(part: Coverage, record: Record) -> Coverage:
    """The coverage of a table while there was a program: afterwards no row is missing."""
    periods = (one for one in part.periods if one.name.value < record.over_from)
    return replace(part, periods=tuple(periods))


def source_of(line: Line, sources: Mapping[str, Any]) -> Text:
    """The title of the source that prints another value."""
    return Text(str(sources[line.sources[0]]["title"]))


def plain_text(rendered: str) -> str:
    """A rendered template as text: its lines broken where they are long, one blank line at most."""
    lines = [Markup(line).striptags() for line in rendered.split("\n")]
    broken = [
        fill(line, WIDTH, subsequent_indent="  " if ITEM.match(line) else "",
             break_long_words=False, break_on_hyphens=False)
        for line in lines
    ]  # fmt: skip
    return re.sub(r"\n{3,}", "\n\n", "\n".join(broken)).strip("\n") + "\n"


def cff(whole: Site, cited: Citation, release: str) -> str:
    """CITATION.cff (version 1.2.0). What JSON quotes, YAML reads."""
    edition, licence = whole.record.edition, whole.record.edition.licence
    found: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": spoken(cite_words(whole).message()),
        "type": "dataset",
        "title": edition.title,
        "abstract": edition.description,
        "authors": [{"name": edition.title}],
        **({"version": release, "date-released": release} if release else {}),
        **({"license": licence.id} if licence.id else {}),
        **({"license-url": licence.url} if licence.url and not licence.id else {}),
        "url": cited.url,
    }
    return "".join(
        f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in found.items()
    )
