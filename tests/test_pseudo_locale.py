"""All pages in a language that nobody speaks: words that no translator would ever see stand out.

Every message has its letters replaced by others and is longer by half; every value is written the
Japanese way. So a Latin letter that is no data never went through gettext.
"""

import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import Environment

from generator.__main__ import main
from generator.leaflets import cite_words, leaflets
from generator.model import PageSource, Past, Record, Text
from generator.pages import Site
from generator.pipeline.figures import figures_of
from generator.pipeline.history import read_told
from generator.present import Language, plain, shown
from generator.present.languages import language
from generator.present.theme import theme_words
from generator.starter import begun
from tests.agreements_edition import write_agreements
from tests.changed_edition import build_changed
from tests.districts_edition import write_districts
from tests.edition import EDITION, SITE, add_row, drop_row, edit, write_edition
from tests.found_edition import write_found
from tests.ledger_edition import write_ledgers
from tests.parts_edition import shorten_pages
from tests.presenting import TEMPLATES, all_pages, record_of, site_of, unwritten
from tests.protect.survey import write_data, write_private
from tests.protect.test_memory import release
from tests.shared import made_once
from tests.twenty import write_twenty

ELSEWHERE = Path(__file__).parent / "golden/elsewhere/data"
LATIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
OTHER = "αβςδεφγηιϊκλμνοπθρστυϋωχψζΑΒΞΔΕΦΓΗΙΪΚΛΜΝΟΠΘΡΣΤΥΫΩΧΨΖ"
LETTERS = str.maketrans(LATIN, OTHER)
# What a translator leaves as it stands: placeholders, elements, entities.
KEPT = re.compile(r"(%\(\w+\)s|%%|<[^<>]*>|&#?\w+;)")
ADDRESS = r"https://records\.example/[^<\"]*"
HAS_LATIN = re.compile("[A-Za-z]")
# Attributes whose words are read out or shown.
SPOKEN = {"alt", "aria-label", "aria-description", "placeholder", "title", "data-count", "label"}
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


def pseudo(message: str) -> str:
    """The message in other letters and longer by half, with everything that has to stay."""
    parts = KEPT.split(message)
    words = [part if place % 2 else part.translate(LETTERS) for place, part in enumerate(parts)]
    return "".join(words) + " ·" * max(1, len(message) // 4)


def spoken(record: Record, heard: set[str]) -> Language:
    """The pseudo-language of an edition; `heard` takes in every message that is asked for."""

    def one(message: str) -> str:
        heard.add(message)
        return pseudo(message)

    def plural(one_: str, many: str, count: int) -> str:
        return one(one_ if count == 1 else many)

    return replace(
        language("en", record.edition), locale="ja_JP", translate=one, translate_plural=plural,
        words={},
    )  # fmt: skip


class Words(HTMLParser):
    """The page's own words: text outside data, and the attributes that are read out.

    `strict` are words between data, which has marks of its own there; `mixed` are attributes and
    the words of pictures, where data stand without a mark.
    """

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.strict: list[str] = []
        self.mixed: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        is_data = (
            tag == "code"
            or "data-fact" in given
            or "data-text" in given
            or given.get("translate") == "no"
        )
        self.mixed += [given[name] or "" for name in sorted(SPOKEN & given.keys())]
        if tag not in VOID:
            self.open.append((tag, is_data))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.mixed += [value or "" for name, value in attrs if name in SPOKEN]

    def handle_endtag(self, tag: str) -> None:
        opened, _ = self.open.pop()
        assert opened == tag, f"</{tag}> closes <{opened}>"

    def handle_data(self, data: str) -> None:
        if any(is_data for _, is_data in self.open) or not data.strip():
            return
        is_picture = any(tag == "svg" for tag, _ in self.open)
        (self.mixed if is_picture else self.strict).append(data)


def headings_apart(body: str) -> Iterator[str]:
    """The HTML of a body; a heading is Markdown, whose words may hold data."""
    return (block for block in body.split("\n\n") if not block.startswith("#"))


def headings(body: str) -> Iterator[str]:
    """The words of the headings, without their anchors and escapes."""
    for block in body.split("\n\n"):
        if block.startswith("#"):
            words = block.lstrip("# ").rpartition(" {: #")[0]
            yield unescape(re.sub(r"\\([\\`*_{}\[\]#!|])", r"\1", words))


def data_words(record: Record) -> set[str]:
    """Everything that cells of the edition say."""
    cells = {
        str(value)
        for public in record.tables.values()
        for column in public.table.columns
        for value in public.frame[column.name].dropna().unique()
    }
    # The words of an option are data, and a translation of them is asked for all the same.
    return {record.edition.place, record.edition.title, *cells, *map(pseudo, cells)}


def left_over(words: str, data: set[str]) -> str:
    """The words without the data in them, the longest of these first; "" for a piece of data."""
    if any(words.strip() in value for value in data):
        return ""
    for value in sorted((value for value in data if value in words), key=len, reverse=True):
        words = words.replace(value, " ")
    return words


def untranslated(whole: Site, page: PageSource, cells: set[str]) -> list[str]:
    """Every piece of the page with Latin letters that are no data."""
    reader = Words()
    for block in headings_apart(page.body):
        reader.feed(block)
    reader.close()
    data = cells | {shown(fact, whole.language) for fact in page.facts}
    mixed = [*reader.mixed, *headings(page.body), page.description, page.title]
    return [
        *(words for words in reader.strict if HAS_LATIN.search(words)),
        *(w for w in mixed if HAS_LATIN.search(w) and HAS_LATIN.search(left_over(w, data))),
    ]


def write_small(folder: Path) -> Path:
    """The small edition with stated totals, a decision of no day, one of which an abstention alone
    is known, and a table of one row."""
    data = write_edition(folder)
    for topic, value in (("schools_asked", "5"), ("schools_with_officers", "3"), ("officers", "6")):
        period = "2020" if topic == "schools_asked" else "2020-21"
        add_row(
            data, "district_counts", count_id=f"more-{topic}", topic=topic, period=period,
            as_of="2020", value=value, precision="exact", preferred="yes", source_id="minutes",
        )  # fmt: skip
    for column in ("vote_date", "vote_date_precision"):
        edit(data, "votes", 9, column, "")
    for column in ("outcome", "outcome_basis"):
        edit(data, "votes", 5, column, "")
    counted = {"vote_id": "fixture-2020", "option": "abstain", "count": "1"}
    add_row(data, "vote_counts", **counted, source_id="minutes")
    drop_row(data, "readings", 3)
    return data


def write_bare(folder: Path) -> Path:
    """Four schools and their units, of which nothing is known."""
    site = re.sub(r"(holds_today|outside_networks) = .*\n", "", SITE)
    kept = ("sources", "schools", "decision_units", "unit_schools")
    return write_edition(
        folder, site=site, **{name: EDITION[name] if name in kept else () for name in EDITION}
    )


def write_survey(folder: Path) -> Path:
    """A survey that was protected, released, and protected again: its counts are kept."""
    private, data = write_private(folder.parent / "private"), write_data(folder)
    for is_released in (False, True):
        assert main(["protect", "--private", str(private), "--data", str(data)]) == 0
        if not is_released:
            release(data)
    return data


def write_empty(folder: Path) -> Path:
    """An edition without any row, as a new one is."""
    site = re.sub(r"(holds_today|outside_networks) = .*\n", "", SITE)
    return write_edition(folder, site=site, **{table.name: () for table in begun()})


def write_elsewhere(folder: Path) -> Path:
    """The edition without areas, networks and places, without its own sentences."""
    shutil.copytree(ELSEWHERE, folder)
    site = folder / "site.toml"
    text = site.read_text(encoding="utf-8").replace("elsewhere.example", "records.example")
    site.write_text(re.sub(r"\[texts\]\n(.+\n)+", "", text), encoding="utf-8")
    return folder


WRITERS: Mapping[str, Callable[[Path], Path]] = {
    "small": write_small,
    "twenty": write_twenty,
    "bare": write_bare,
    "found": write_found,
    "survey": write_survey,
    "agreements": write_agreements,
    "ledgers": write_ledgers,
    "districts": write_districts,
    "empty": write_empty,
    "elsewhere": write_elsewhere,
}


IN_PARTS = ("districts", "small")


@dataclass(frozen=True)
class Said:
    """Every page of some editions, and every message that was asked for."""

    sites: Mapping[str, Site]
    pages: Mapping[str, Mapping[str, PageSource]]
    heard: set[str]


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Said:
    sites, heard = {}, set[str]()
    for name, write in WRITERS.items():
        data = write(tmp_path_factory.mktemp(name) / "data")
        language_ = spoken(record_of(data), heard)
        sites[name] = site_of(data, language_, past=released(data) if name == "small" else {})
    data = made_once(tmp_path_factory, "changed", build_changed) / "data"
    record = read_told(unwritten(data.parent, data)).record
    sites["changed"] = site_of(data, spoken(record, heard), known=record)
    for site in sites.values():
        for day in ("", "2025-01-02"):
            list(leaflets(site, day))
        cite_words(site).too_long(Text("votes.csv"))
    found = {}
    for name, site in sites.items():
        with pytest.MonkeyPatch.context() as patch:
            # No edition of tests has lists so long that they stand on several pages.
            if name in IN_PARTS:
                shorten_pages(patch)
            found[name] = {**all_pages(site), **alone(site)}
    return Said(sites, found, heard)


def alone(site: Site) -> dict[str, PageSource]:
    """The figures that stand alone, live ones and those of a release, as pages."""
    files = [*figures_of(site, ""), *figures_of(site, "2025-01-02")]
    # The edition's own name and addresses are data, told apart by their place on the page.
    own = re.compile(f"{re.escape(site.record.edition.title)}|{ADDRESS}")
    return {
        f"{number}-{file.path}": PageSource(
            file.path, "", "", own.sub("", file.content.decode().partition("</head>")[2])
            .removesuffix("</html>\n"), facts,
        )
        for number, (file, facts) in enumerate(files)
    }  # fmt: skip


def released(data: Path) -> dict[str, tuple[Past, ...]]:
    """Every fact of the edition in a first release, every second one withheld there."""
    facts = {fact.id: fact for page in all_pages(site_of(data)).values() for fact in page.facts}
    return {
        fact.id: (
            Past("2025-01-02", "", "withheld")
            if number % 2
            else Past("2025-01-02", plain(fact.value), fact.mark or ""),
        )
        for number, fact in enumerate(facts.values())
    }


@pytest.mark.parametrize("name", [*WRITERS, "changed"])
def test_every_word_of_every_page_went_through_gettext(said: Said, name: str) -> None:
    site = said.sites[name]
    cells = {words for words in data_words(site.record) if HAS_LATIN.search(words)}
    wrong = [
        f"{path}: {words!r}"
        for path, page in said.pages[name].items()
        for words in untranslated(site, page, cells)
    ]
    assert not wrong, "\n".join(sorted(set(wrong))[:40])


def test_every_sentence_of_the_templates_stands_on_some_page(said: Said) -> None:
    """A sentence that no edition brings was never tried: give tests/twenty.py a row for it."""
    found = {
        f"{path.relative_to(TEMPLATES)}:{line} {message}"
        for path in sorted(TEMPLATES.rglob("*.j2"))
        # Of no page: tests/test_feeds.py, tests/test_new.py
        if path.name != "feed.j2" and "edition" not in path.parts
        for line, message in messages(said.sites["small"].environment, path)
        if message not in said.heard | NEVER_SAID
    }
    assert not found, "\n".join(sorted(found))


NEVER_SAID = {
    # Of a table that is gone, which takes another generator: tests/test_changes.py; of a release
    # that changed nothing, and of a cell that was empty: tests/test_changes_site.py.
    "Its last file stays at its address",
    "Nothing changed in the tables.",
    "(empty)",
    # Figures of a release stand in an edition that has one: tests/test_embeds.py.
    "This code keeps the figure as it was in release %(release)s. "
    '<a href="%(link)s">See it alone</a>.',
    # Only a table without a look of its own, which no edition here has, says it.
    "No row of this table is about this school.",
    # What pages say in a language that the data are translated into: tests/test_translations.py.
    "The words of the sources stand in English here where nobody has translated them: titles of "
    "articles, for one.",
    "What the data say in words was translated for this site, and a second person has not read "
    "the translation yet.",
}


def messages(environment: Environment, path: Path) -> Iterator[tuple[int, str]]:
    """The messages of a template with their lines, the first form of a plural."""
    for line, _, found in environment.extract_translations(path.read_text("utf-8")):
        message = found if isinstance(found, str) else (found or ("",))[0]
        if message:
            yield line, message


def test_the_words_of_the_theme_went_through_gettext(said: Said) -> None:
    words = theme_words(said.sites["small"].record.edition, said.sites["small"].language)
    own = {name: words_ for name, words_ in words.items() if not name.startswith("SITE_")}
    assert own
    assert not [words_ for words_ in own.values() if HAS_LATIN.search(words_)]


# ---- the pseudo-language itself


def test_the_letters_are_others_and_what_has_to_stay_stays() -> None:
    said = pseudo("Of %(n)s <b>rows</b> &amp; 100%%")
    assert said == "Οφ %(n)s <b>ροωσ</b> &amp; 100%%" + " ·" * 8
    assert len(LATIN) == len(OTHER) == len(set(OTHER))


def test_words_that_bypass_gettext_are_seen() -> None:
    reader = Words()
    reader.feed(
        '<p title="read out" class="c">bare <span data-fact="x">data</span> <code>a</code>'
        '<b translate="no">Name <i>more</i></b><svg><text>in a picture</text></svg> after<br></p>'
    )
    assert [words.strip() for words in reader.strict] == ["bare", "after"]
    assert reader.mixed == ["read out", "in a picture"]
    assert left_over("Name: bare", {"Name"}) == " : bare"
    assert left_over(" of a name ", {"One of a name"}) == ""


# ---- the theme's own partials, which MkDocs renders


def test_partials_of_the_theme_hold_no_words() -> None:
    """They print what the theme or mkdocs.yml translates."""
    found = []
    for path in sorted((TEMPLATES / "theme").rglob("*.html")):
        text = re.sub(r"\{[{%#].*?[#%}]\}", "", path.read_text("utf-8"), flags=re.DOTALL)
        reader = Words()
        reader.handle_endtag = lambda tag: None  # type: ignore[method-assign]
        reader.feed(text)
        found += [
            f"{path.name}: {words.strip()!r}"
            for words in (*reader.strict, *reader.mixed)
            if HAS_LATIN.search(words)
        ]
    assert not found, "\n".join(found)
