"""The words of the data in another language, beside the originals and on pages."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from generator import pages
from generator.check import check
from generator.errors import InputError
from generator.model import PageSource, Settings
from generator.pipeline.tongues import Tongue, read_tongues, site_of
from generator.read import read
from tests.bilingual_edition import BILINGUAL
from tests.edition import edit, write_edition
from tests.presenting import PICTURES, ROOT, TEMPLATES, settings, unwritten
from tests.test_pseudo_locale import Words, headings, headings_apart


def bilingual(folder: Path) -> Path:
    """The small invented edition in two languages, without any translation of its words."""
    data = write_edition(folder / "data")
    (data / "site.toml").write_text(BILINGUAL, encoding="utf-8")
    return data


def problems(data: Path) -> list[str]:
    def look() -> None:
        edition, raw = read(data)
        check(raw, edition)

    with pytest.raises(InputError) as raised:
        look()
    return [str(problem).split("/", 1)[1] for problem in raised.value.problems]


def spanish(told: Settings) -> Tongue:
    return read_tongues(told)[1]


def page_of(tongue: Tongue, path: str) -> PageSource:
    """One page of a language."""
    whole = site_of(tongue, TEMPLATES, PICTURES, ())
    if path.startswith("schools/") and path.count("/") > 1:
        ((_, page),) = pages.school_pages(whole, [path.split("/")[1]])
        return page
    return next(page for page in pages.prose(whole) if page.path == path)


# ---- the columns


def translated(data: Path, caveat: str, words: str, status: str = "unreviewed") -> None:
    edit(data, "votes", 2, "caveat", caveat)
    edit(data, "votes", 2, "caveat_es", words)
    edit(data, "votes", 2, "translation_status", status)


def test_a_translated_cell_stands_on_pages_of_its_language_and_on_no_other(tmp_path: Path) -> None:
    data = bilingual(tmp_path)
    translated(data, "Told by 12 people.", "Lo dijeron 12 personas.")
    english, tongue = read_tongues(settings(tmp_path, data))
    assert "Lo dijeron 12 personas." in page_of(tongue, "votes/").body
    assert "Told by 12 people." not in page_of(tongue, "votes/").body
    assert "Told by 12 people." in page_of(english, "votes/").body
    assert "Lo dijeron" not in page_of(english, "votes/").body
    assert "Consejo escolar" in page_of(tongue, "votes/").body


def test_words_without_a_translation_say_their_language(tmp_path: Path) -> None:
    data = bilingual(tmp_path)
    edit(data, "votes", 2, "caveat", "Told by 12 people.")
    english, tongue = read_tongues(settings(tmp_path, data))
    assert '<span data-text lang="en">Told by 12 people.</span>' in page_of(tongue, "votes/").body
    assert "<span data-text>Told by 12 people.</span>" in page_of(english, "votes/").body


UNREVIEWED = "otra persona todavía no ha leído la traducción"
STAYS = "Aquí quedan en inglés las palabras de las fuentes que nadie ha traducido"


@pytest.mark.parametrize(("status", "told"), [("unreviewed", True), ("reviewed", False)])
def test_a_page_says_that_its_translations_are_unreviewed(
    tmp_path: Path, status: str, told: bool
) -> None:
    data = bilingual(tmp_path)
    translated(data, "Told by 12 people.", "Lo dijeron 12 personas.", status)
    english, tongue = read_tongues(settings(tmp_path, data))
    for path in ("votes/", "schools/000104/", "schools/"):
        body = page_of(tongue, path).body
        assert (UNREVIEWED in body) == told
        assert STAYS in body
        assert "translated" not in page_of(english, path).body


@pytest.mark.parametrize(
    ("caveat", "words", "status", "fault"),
    [
        ("", "Algo.", "unreviewed", "votes.csv:2 caveat_es: found a translation of nothing"),
        ("By 12.", "De 13.", "unreviewed", "votes.csv:2 caveat_es: found other numbers than"),
        ("By 12.", "De 12 y 12.", "reviewed", "votes.csv:2 caveat_es: found other numbers than"),
        ("By 12.", "De 12.", "", "votes.csv:2 translation_status: found an empty cell"),
        ("By 12.", "De 12.", "done", 'votes.csv:2 translation_status: found "done"'),
        ("By 12.", "", "reviewed", 'votes.csv:2 translation_status: found "reviewed", expected'),
        ("By 12.", "De 12, por Juan Pérez.", "reviewed", "votes.csv:2 caveat_es: found an unk"),
    ],
)
def test_a_translation_keeps_the_rules(
    tmp_path: Path, caveat: str, words: str, status: str, fault: str
) -> None:
    data = bilingual(tmp_path)
    translated(data, caveat, words, status)
    assert problems(data)[0].startswith(fault)


def test_a_translation_of_what_is_no_prose_is_refused(tmp_path: Path) -> None:
    data = bilingual(tmp_path)
    edit(data, "votes", 2, "outcome_es", "conservar")
    assert problems(data)[0].startswith('votes.csv:1: found the column "outcome_es"')


def test_a_translation_needs_the_column_of_its_status(tmp_path: Path) -> None:
    data = bilingual(tmp_path)
    edit(data, "votes", 2, "caveat", "By 12.")
    edit(data, "votes", 2, "caveat_es", "De 12.")
    assert problems(data)[0].startswith("votes.csv:1 translation_status: found no such column")


def test_a_language_says_its_title_and_description(tmp_path: Path) -> None:
    data = bilingual(tmp_path)
    text = BILINGUAL.replace('title = "Un registro inventado"\n', "")
    (data / "site.toml").write_text(text + "[translations.pl]\n", encoding="utf-8")
    assert problems(data) == [
        "site.toml translations.es.title: found nothing, expected the title in this language, "
        "on one line. Add the key.",
        "site.toml translations.pl: found a section, expected only languages of the site. "
        "Name the language in site.languages.",
    ]


# ---- the edition for Chicago


@pytest.fixture(scope="module")
def chicago(tmp_path_factory: pytest.TempPathFactory) -> Tongue:
    return spanish(settings(tmp_path_factory.mktemp("spanish"), ROOT / "data"))


def test_every_text_of_the_edition_has_its_spanish_words(chicago: Tongue) -> None:
    missing, found = [], 0
    for name, public in chicago.record.tables.items():
        for column in public.table.columns:
            if column.prose and (name, column.name) not in KEPT_AS_THEY_ARE:
                texts = public.frame[[column.name, f"{column.name}_lang"]].dropna(
                    subset=[column.name]
                )
                english = texts[texts[f"{column.name}_lang"].notna()][column.name]
                where = f"{name}.{column.name}"
                missing += [f"{where}: {text}" for text in english if WORD.search(text)]
                found += len(texts)
    assert not missing
    assert found > 1000


# Titles and publishers of sources are quoted in the language that they were printed in.
KEPT_AS_THEY_ARE = {("sources", "title"), ("sources", "publisher")}
WORD = re.compile(r"[^\W\d_]{3}")  # a locator is often a number with its letter


def test_facts_are_the_same_in_both_languages(chicago: Tongue) -> None:
    english = read_tongues(unwritten(Path("unused"), ROOT / "data"))[0]
    schools = ["609720", "609715", "610385", "400032", "609674"]
    found = []
    for tongue in (english, chicago):
        whole = site_of(tongue, TEMPLATES, PICTURES, ())
        made = [*pages.prose(whole), *(page for _, page in pages.school_pages(whole, schools))]
        # Some lists are sorted by words, so the order is the language's own.
        found.append(
            {page.path: {one.id: replace(one, label="") for one in page.facts} for page in made}
        )
    assert found[0] == found[1]
    assert sum(map(len, found[0].values())) > 2000


def test_no_english_message_stands_on_a_spanish_page(chicago: Tongue) -> None:
    from babel.messages.pofile import read_po

    text = (TEMPLATES / "locales/es/messages.po").read_text(encoding="utf-8")
    english = {
        " ".join(one.id.split())
        for one in read_po(text.splitlines())
        if isinstance(one.id, str) and one.id != one.string and "%(" not in one.id
    }
    whole = site_of(chicago, TEMPLATES, PICTURES, ())
    schools = pages.school_pages(whole, ["609720", "610385", "609679", "609772"])
    for page in (*pages.prose(whole), *(page for _, page in schools)):
        words = Words()
        for block in headings_apart(page.body):
            words.feed(block)
        said = {" ".join(part.split()) for part in (*words.strict, *headings(page.body))}
        assert not said & english, page.path


# ---- sentences of the edition's own


def test_each_language_has_each_sentence_of_the_edition(tmp_path: Path) -> None:
    data = bilingual(tmp_path)
    site = data / "site.toml"
    text = site.read_text(encoding="utf-8")
    first = text.replace("[translations.es]", '[texts]\n"home.lead" = "One"\n\n[translations.es]')
    site.write_text(first, encoding="utf-8")
    assert problems(data) == [
        "site.toml translations.es.texts.home.lead: found nothing, expected the sentence in this "
        "language. Add the key."
    ]
    other = '[translations.es.texts]\n"votes.lead" = "Otra"\n'
    site.write_text(f"{text}\n{other}", encoding="utf-8")
    assert problems(data) == [
        "site.toml translations.es.texts.votes.lead: found a sentence, expected only those of "
        "texts. Add it to [texts], or take it out."
    ]


def test_a_sentence_stands_in_the_language_of_the_page_with_its_link(tmp_path: Path) -> None:
    data = bilingual(tmp_path)
    site = data / "site.toml"
    text = site.read_text(encoding="utf-8").replace(
        "[translations.es]",
        '[texts]\n"home.lead" = "See a [poll](#tally) & <b>."\n"caveat.votes" = "In English."\n\n'
        "[translations.es]",
    )
    text += '\n[translations.es.texts]\n"home.lead" = "Un [sondeo](#tally)."\n'
    site.write_text(text + '"caveat.votes" = "En español."\n', encoding="utf-8")
    tongue = spanish(settings(tmp_path, data))
    assert 'Un <a class="sro-term" href="glossary/#tally">sondeo</a>. ' in page_of(tongue, "").body
    assert "En español." in page_of(tongue, "votes/").body
    first = read_tongues(settings(tmp_path, data))[0]
    body = page_of(first, "").body
    assert 'See a <a class="sro-term" href="glossary/#tally">poll</a> &amp; &lt;b&gt;. ' in body
    assert "In English." in page_of(first, "votes/").body
