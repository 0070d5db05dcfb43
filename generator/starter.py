"""A fresh edition: its files, from the declarations and the templates of an edition."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from textwrap import wrap
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from generator.model import N_, Column, File, Table
from generator.present import FLAGS, MARKS, Language
from generator.present.functions import COLUMN_KINDS
from generator.tables import TABLES

FOLDER = "edition"  # of the templates
WIDTH = 100
# What each key of site.toml is, as it stands beside the key and in the README of the tables.
SAID: Mapping[str, str] = {
    "site": N_("What the site says of itself."),
    "site.title": N_("The name of the site, at the top of every page."),
    "site.place": N_("The place that the record is about, as sentences name it."),
    "site.description": N_("One sentence for search engines and for links that people share."),
    "site.base_url": N_("Where the site will stand. Links, feeds and citations are made from it."),
    "site.languages": N_("The languages of the site. The first is that of the tables."),
    "site.holds_today": N_(
        "The vote_id of the decision in votes.csv that says what holds today. Leave it out as long "
        "as you have not found one: the pages then say so."
    ),
    "site.outside_networks": N_(
        "Networks, as schools.csv writes them, whose schools the district does not run. Their "
        "pages say that it is not found whether the decision that holds today reached them."
    ),
    "reports": N_("How readers report an error."),
    "reports.address": N_(
        "A mail address, or one on the web that says where title and body belong, as "
        "https://example.org/issues/new?title={title}&body={body}. Take no person's own address."
    ),
    "security": N_("Whom to tell when the site itself is attacked or leaks something."),
    "security.contact": N_("A mail address or one on the web. Take no person's own address."),
    "licence": N_(
        "On what terms others may use the tables. Without the section the site says that no "
        "licence has been chosen."
    ),
    "licence.spdx": N_("Its id in the SPDX list."),
    "licence.name": N_("Its name, for one that is not in the list."),
    "licence.url": N_("The address of its text."),
    "policy": N_("What protects people who answered a survey."),
    "policy.min_cell": N_("Counts of fewer people than this are never shown. Ten is usual."),
    "policy.min_group": N_("Groups of fewer people are withheld whole. Without it: min_cell."),
    "policy.totals": N_(
        "Which sums above a school are published: those of networks, of the whole."
    ),
    "policy.basis": N_("The rule or law that the policy rests on, with its source."),
    "policy.respondents": N_("The groups that a survey asked, as its export names them."),
    "policy.groups": N_("The groups that are published, each with those that it joins."),
    "policy.ladders": N_(
        "For a question, the answers and the steps that join them into fewer. A person chooses the "
        "step before the counts are there."
    ),
    "bounds": N_(
        "The most votes that a body can cast, by its code in the column body of votes.csv. A tally "
        "above it is refused."
    ),
    "words": N_(
        "Your own words where the program's do not fit: for a code of a table (column.code), and "
        "as they stand inside a sentence (column.code.in_sentence)."
    ),
    "texts": N_(
        "Sentences that hold of your place alone, by where they stand: on a page (home.lead, "
        "votes.lead, methods.sources, methods.votes), in the glossary (glossary.TERM with "
        "glossary.TERM.means), beside a table (caveat.TABLE, authority.TABLE), before the votes on "
        "a question (tally.QUESTION), or as the name of a part (term.area, term.network). "
        "[words](#term) links to the glossary. Each language needs the same keys."
    ),
    "translations": N_("The same in each language but the first."),
    "textgate": N_("What looks for names of people in free text."),
    "textgate.words": N_(
        "Capitalised words that free text may hold: offices, papers, programs, places. Never "
        "a person."
    ),
}


@dataclass(frozen=True)
class Program:
    """Where the program that builds an edition comes from, and which version of it; "" for an
    address that is not known."""

    source: str
    version: str


def edition_files(
    name: str, place: str, program: Program, templates: Path, languages: tuple[Language, ...]
) -> Iterator[File]:
    """Every file of a new edition by its path in the edition's folder."""
    shared = {"name": name, "place": place, "program": program}
    for table in begun():
        yield File(f"data/{table.name}.csv", header(table).encode())
    first, *_ = languages
    write = writer(templates, first, languages)
    for template, path in (
        ("site.toml", "data/site.toml"),
        ("Makefile", "Makefile"),
        ("gitignore", ".gitignore"),
    ):
        yield File(path, write(f"{FOLDER}/{template}.j2", shared).encode())
    for one in languages:
        write = writer(templates, one, languages)
        end = "" if one is first else f".{one.code}"
        yield File(f"README{end}.md", write(f"{FOLDER}/README.md.j2", shared).encode())
        yield File(f"data/README{end}.md", write(f"{FOLDER}/tables.md.j2", shared).encode())


def begun() -> tuple[Table, ...]:
    """The tables that a new edition begins with."""
    return tuple(table for table in TABLES if not table.later)


def header(table: Table) -> str:
    """The header line of the table's file: a table without rows."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerow(column.name for column in table.columns)
    return out.getvalue()


Writer = Any


def writer(templates: Path, language: Language, languages: tuple[Language, ...]) -> Writer:
    """Writes a template in the language. What comes out is Markdown or TOML, so nothing is escaped
    as in HTML; what goes in was looked at before."""
    env = Environment(
        loader=FileSystemLoader(templates),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        extensions=["jinja2.ext.i18n"],
    )
    env.policies["ext.i18n.trimmed"] = True
    env.install_gettext_callables(  # type: ignore[attr-defined]
        language.translate, language.translate_plural, newstyle=True
    )
    env.globals.update(
        said=lambda key: language.translate(SAID[key]),
        comment=lambda key: "\n".join(
            wrap(SAID[key], WIDTH, initial_indent="# ", subsequent_indent="# ")
        ),
        keys=tuple(SAID),
        begun=begun(),
        later=tuple(table for table in TABLES if table.later),
        header=lambda table: header(table).strip(),
        holds=lambda column: holds(column, language),
        empty=lambda column: empty(column, language),
        languages=languages,
        language=language,
    )

    def write(template: str, context: Mapping[str, Any]) -> str:
        return env.get_template(template).render(context)

    return write


def holds(column: Column, language: Language) -> str:
    """What a cell of the column holds, in words and codes."""
    say = language.translate
    values = dict(column.values)
    if column.kind == "flag":
        values = {"true": FLAGS[True], "false": FLAGS[False]}
    codes = "; ".join(f"`{code}` ({say(words)})" for code, words in values.items())
    if column.refers:
        table, _, name = column.refers.partition(".")
        return f"{say(COLUMN_KINDS[column.kind])}: `{table}.csv`, `{name}`"
    return codes or say(COLUMN_KINDS[column.kind])


def empty(column: Column, language: Language) -> str:
    """What an empty cell of the column says; "" where none may be empty, or it says nothing."""
    if column.required:
        return language.translate(N_("has to be filled"))
    return language.translate(MARKS[column.empty]) if column.empty else ""
