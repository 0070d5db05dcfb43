"""The edition in each of its languages: the folder of its pages, its record, its words."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from generator import pages
from generator.charts import Cache
from generator.charts.topology import Area
from generator.check import check
from generator.derive import derive
from generator.model import Edition, Record, Settings
from generator.present import Language
from generator.present.catalog import Catalog, parse_catalog
from generator.present.compiled import Kept
from generator.present.languages import CATALOG, WRITTEN, language
from generator.read import read, read_text


@dataclass(frozen=True)
class Tongue:
    """The edition in one language. `folder` is where its pages stand ("" or "es/"), `catalog` the
    text of the translator's file, "" for the language of the templates. It travels to other
    processes, so it holds nothing that was computed from these."""

    code: str
    folder: str
    record: Record
    catalog: str


def read_tongues(settings: Settings) -> list[Tongue]:
    """The checked and joined record of the edition in each language, the first one first, under the
    address that the build was given."""
    edition, raw = read(settings.data)
    if settings.base_url:
        edition = replace(edition, base_url=settings.base_url)
    checked = check(raw, edition)
    return [
        Tongue(
            code, folder, derive(checked, spoken(edition, code), code if folder else ""),
            catalog_of(settings.templates, code),
        )
        for code, folder in edition.folders.items()
    ]  # fmt: skip


def spoken(edition: Edition, code: str) -> Edition:
    """The edition with its own words in a language; the first is the one that it is written in."""
    said = edition.translations.get(code)
    if said is None:
        return edition
    words = {**edition.words, **said.words}
    return replace(
        edition, title=said.title, first_title=edition.title, description=said.description,
        words=words,
    )  # fmt: skip


def catalog_of(templates: Path, code: str) -> str:
    """The text of the translator's file; "" for the language of the templates."""
    return "" if code == WRITTEN else read_text(templates / CATALOG.format(code=code))


def language_of(tongue: Tongue) -> Language:
    """The language with its words; InputError for a catalog that lacks some."""
    record = tongue.record
    labels = (str(row["label"]) for row in record.options.values())
    own = frozenset((*labels, *(str(row["printed"]) for row in record.rows["readings"])))
    return language(tongue.code, record.edition, parsed(tongue.code, tongue.catalog), own)


def language_named(templates: Path, code: str) -> Language:
    """The language with its words, for what belongs to no edition yet."""
    return language(code, None, parsed(code, catalog_of(templates, code)))


def parsed(code: str, text: str) -> Catalog | None:
    """The catalog of a language's file; None for the language of the templates."""
    return (
        None if code == WRITTEN else parse_catalog(text, f"templates/{CATALOG.format(code=code)}")
    )


def site_of(
    tongue: Tongue,
    templates: Path,
    cache: Cache,
    areas: Iterable[Area],
    code: Kept | None = None,
) -> pages.Site:
    """All that the pages of this language are written from; `code` keeps compiled templates."""
    return pages.site(
        tongue.record, language_of(tongue), templates, cache, areas, tongue.folder, code
    )
