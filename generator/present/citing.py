"""How to cite a page or the data: as text, and as an entry for BibTeX."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment
from markupsafe import Markup, escape

from generator.model import Fact, Past, Record, Text, slug
from generator.present import plain

# BibTeX counts braces, those behind a backslash too; so they are spelled out. Letters beyond ASCII
# stay: LaTeX reads Unicode since 2018, biber always has.
BIBTEX = str.maketrans(
    {
        **{sign: f"\\{sign}" for sign in "&%$#_"},
        "\\": r"{\textbackslash}", "{": r"{\textbraceleft}", "}": r"{\textbraceright}",
        "~": r"{\textasciitilde}", "^": r"{\textasciicircum}",
    }
)  # fmt: skip
ENDS = (".", "?", "!", "…")


@dataclass(frozen=True)
class Citation:
    """A thing to cite; `note` is what stands between its title and its address."""

    key: str
    title: str
    site: str
    year: str
    note: str
    url: str

    @property
    def text(self) -> str:
        """The citation as text."""
        parts = [sentence(self.title), sentence(self.site)] if self.title else [sentence(self.site)]
        return " ".join([*parts, self.note, self.url])

    @property
    def bibtex(self) -> str:
        """The citation as an entry: the outer braces of names keep capitals as they are."""
        fields = {
            "title": f"{{{bibtex_text(self.title or self.site)}}}",
            "author": f"{{{bibtex_text(self.site)}}}",
            "year": self.year,
            "note": bibtex_text(self.note),
            "url": self.url,
        }
        lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
        return ",\n".join([f"@misc{{{self.key}", *lines]) + "\n}"

    @property
    def html(self) -> str:
        """Both, to be copied."""
        return f"<p><code>{escape(self.text)}</code></p>\n<p><code>{escape(self.bibtex)}</code></p>"


def bibtex_text(text: str) -> str:
    """A text for a field in braces."""
    return text.translate(BIBTEX)


def sentence(text: str) -> str:
    """The text with a full stop, unless it has an end of its own."""
    return text if text.endswith(ENDS) else f"{text}."


@dataclass(frozen=True)
class Citing:
    """Cites the pages of a language under the address `base`, in the edition's and translators'
    words: `released` for what stands in a release, `changed` for what does not."""

    record: Record
    base: str
    released: str
    changed: str
    sources: str
    day: str

    def page(self, title: str, path: str, facts: Sequence[Fact]) -> Citation:
        """A page by its path below `base`, with the facts that it shows."""
        release = standing(self.record, facts)
        year = (release or self.day)[:4]
        state = self.released if release else self.changed
        site = self.record.edition.title
        where = f"{slug(site)}:{path}".rstrip(":/")
        return Citation(where, title, site, year, f"{state} {self.sources}", self.base + path)


def citing(record: Record, folder: str, environment: Environment) -> Citing:
    """What cites the pages of one language, whose pages stand in `folder`."""
    words: Any = environment.get_template("parts/cite.j2").module
    day = newest(record)
    said = {
        "released": spoken(words.released(Text(record.last_release))),
        "changed": unreleased(record, words),
        "sources": spoken(words.sources()),
    }
    base = f"{record.edition.base_url.rstrip('/')}/{folder}"
    return Citing(record, base, day=day, **said)


def unreleased(record: Record, words: Any) -> str:
    """The words for what stands in no release as it is: when it changed, and how new it is."""
    last, day = record.last_release, newest(record)
    said = [words.changed(Text(last)) if last else words.unreleased()]
    return " ".join(map(spoken, [*said, *([words.newest(Text(day))] if day else [])]))


def spoken(markup: object) -> str:
    """Markup as plain words on one line."""
    return " ".join(Markup(str(markup)).striptags().split())


def standing(record: Record, facts: Iterable[Fact]) -> str:
    """The newest release, where it says the same of these facts; "" where it does not, and before
    the first."""
    if record.in_release:
        return record.in_release
    last = record.last_release
    return last if last and all(same(fact, record.past.get(fact.id, ())) for fact in facts) else ""


def same(fact: Fact, past: Sequence[Past]) -> bool:
    """True for a fact that is as the last release has it."""
    if not past or past[-1].mark != (fact.mark or ""):
        return False
    said, now = past[-1].value, fact.value
    return float(said or "nan") == now if isinstance(now, float) else said == plain(now)


def newest(record: Record) -> str:
    """The newest day on which a source was published, "" where none says a day."""
    days = [str(row["published"] or "") for row in record.rows["sources"]]
    return max((day for day in days if day.count("-") == 2), default="")
