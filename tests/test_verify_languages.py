"""verify finds on pages of another language what it finds on those of the first one."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from generator.verify import verify
from generator.verify.languages import Sites
from tests import mutations
from tests.mutations import Mutation, read, remake, replace, rows_of, write_rows
from tests.test_links import faults, files_of, pages

# Those that look at pages alone: they are given the folder of the language.
OF_PAGES: tuple[Mutation, ...] = (
    mutations.address_of_a_source, mutations.broken_markup, mutations.category_word,
    mutations.citation, mutations.datetime_attribute, mutations.deletion_left_out,
    mutations.description_of_a_picture, mutations.description_of_the_map,
    mutations.description_of_the_time_line, mutations.description_of_the_years,
    mutations.digit_of_a_fact, mutations.digit_of_a_text,
    mutations.dropped_clause, mutations.dropped_finding, mutations.dropped_number,
    mutations.dropped_promise, mutations.dropped_receipt, mutations.expression_on_a_page,
    mutations.finding_of_another_school, mutations.finding_twice,
    mutations.insertion_as_plain_words, mutations.label_of_a_bar, mutations.label_of_a_year,
    mutations.length_of_a_bar, mutations.link_to_another_receipt, mutations.mark_of_the_map,
    mutations.mark_to_another, mutations.mark_to_zero, mutations.number_without_a_fact,
    mutations.page_of_a_school, mutations.place_of_a_row, mutations.release_of_a_receipt,
    mutations.status_of_another_clause, mutations.status_of_another_promise,
    mutations.swapped_facts, mutations.swapped_pages, mutations.swapped_rows, mutations.tick,
    mutations.title_of_a_receipt, mutations.value_attribute, mutations.word_of_a_clause,
    mutations.words_of_a_receipt,
)  # fmt: skip


def month_of_a_date(pages: Path, rng: Random) -> None:
    """Another month in the words of a day."""
    other = {"julio": "junio", "agosto": "abril", "febrero": "enero"}
    months = "|".join(other)
    replace(
        pages, rng, rf'(data-fact="[^"]+">\d+ de )({months})',
        lambda found: found[1] + other[found[2]],
    )  # fmt: skip


def date_as_in_english(pages: Path, rng: Random) -> None:
    """A true date in the words of another language."""
    replace(
        pages, rng, r'(<time datetime="2020-07-14" data-fact="[^"]+">)14 de julio de 2020',
        lambda found: found[1] + "July 14, 2020",
    )  # fmt: skip


def category_as_in_english(pages: Path, rng: Random) -> None:
    """A true category in the words of another language."""
    replace(
        pages, rng, r'(data-fact="[^"]+">)en el programa<',
        lambda found: found[1] + "in the program<",
    )  # fmt: skip


def word_of_a_text(pages: Path, rng: Random) -> None:
    """Another word in a translated text."""
    replace(pages, rng, r"(<span data-text>[^<]+) así<", lambda found: found[1] + " no<")


def original_of_a_text(pages: Path, rng: Random) -> None:
    """The words of the data in place of their translation."""
    replace(
        pages, rng, r"<span data-text>([^<]+\.) así<",
        lambda found: f'<span data-text lang="en">{found[1]}<',
    )  # fmt: skip


def language_left_out(pages: Path, rng: Random) -> None:
    """Words of another language that do not say so, of a column where others are translated."""
    words = r'<span data-text lang="en">(?=The most to be paid is left open\.<)'
    replace(pages, rng, words, lambda _: "<span data-text>")


def language_too_much(pages: Path, rng: Random) -> None:
    """A translation that is said to be in the language of the data."""
    replace(pages, rng, r"<span data-text>(?=[^<]+ así<)", lambda _: '<span data-text lang="en">')


def label_of_the_timeline(pages: Path, rng: Random) -> None:
    """What stands at an event of the time line."""
    replace(
        pages, rng, r'(<svg [^>]*class="chart chart-timeline".*?font-size="13px" fill="[^"]+">)\w',
        lambda found: found[1] + "x",
    )  # fmt: skip


def label_of_an_outcome(pages: Path, rng: Random) -> None:
    """The words at a bar."""
    label = r'(<text transform="[^"]+" font-size="13px" fill="currentColor">[A-Z][^<]*) así<'
    replace(pages, rng, label, lambda found: f"{found[1]}<")


def language_of_the_page(pages: Path, rng: Random) -> None:
    """What programs that read aloud are told."""
    replace(pages, rng, r'<html lang="es"', lambda _: '<html lang="en"')


def page_left_out(pages: Path, rng: Random) -> None:
    """A page that one language has and the other has not."""
    rng.choice(sorted(pages.glob("*/index.html"))).unlink()


def fact_left_out(pages: Path, rng: Random) -> None:
    """A value that the page of the first language has, left out with its receipt."""
    page = rng.choice(mutations.schools(pages))
    text = read(page)
    fact = re.escape(rng.choice(re.findall(r'href="#receipt-(rosters[^"]+)"', text)))
    text = re.sub(rf'<a class="f" href="#receipt-{fact}">.*?</a>', "", text)
    text = re.sub(rf'<details id="receipt-{fact}">.*?</details>\n?', "", text, flags=re.DOTALL)
    page.write_bytes(text.encode())


def in_file(path: str, change: Callable[[list[list[str]], Random], None]) -> Mutation:
    """Change the rows of a file of the data, the header not among them."""

    def mutate(pages: Path, rng: Random) -> None:
        header, *rows = rows_of(pages.parent / path)
        change(rows, rng)
        write_rows(pages.parent / path, [header, *rows])

    return mutate


def words_in_the_file(rows: list[list[str]], rng: Random) -> None:
    table = rng.choice(["question_options", "votes", "terms", "rosters"])
    for row in rows:  # of one row alone, no page might say the words
        row[3] += " x" * (row[0] == table)


def number_in_the_file(rows: list[list[str]], rng: Random) -> None:
    rng.choice(rows)[3] += " 7"


def formula_in_the_file(rows: list[list[str]], rng: Random) -> None:
    rng.choice([row for row in rows if row[2] == "formula"])[3] += " O no."


def row_of_nothing(rows: list[list[str]], rng: Random) -> None:
    rows.append(["votes", "no-vote", "caveat", "Nada.", "unreviewed"])


def row_twice(rows: list[list[str]], rng: Random) -> None:
    rows.append(rng.choice(rows))


def status_in_the_file(rows: list[list[str]], rng: Random) -> None:
    rng.choice(rows)[4] = "done"


def column_in_the_dictionary(rows: list[list[str]], rng: Random) -> None:
    row = rng.choice([row for row in rows if row[:2] in (["rosters", "status"], ["votes", "body"])])
    row[6] = re.sub(r"(: [^;]+)(;|$)", r"\1 x\2", row[6])


def code_in_the_dictionary(rows: list[list[str]], rng: Random) -> None:
    rng.choice([row for row in rows if row[6]])[6] = "other: otra cosa"


def row_of_the_dictionary(rows: list[list[str]], rng: Random) -> None:
    rows.pop(rng.randrange(len(rows)))


OF_LANGUAGES: dict[str, Mutation] = {
    one.__name__: one
    for one in (
        *OF_PAGES, category_as_in_english, date_as_in_english, fact_left_out, label_of_an_outcome,
        label_of_the_timeline, language_left_out, language_of_the_page, language_too_much,
        month_of_a_date, original_of_a_text, page_left_out, word_of_a_text,
    )
} | {
    one.__name__: in_file(f"data/{name}-es.csv", one)
    for name, changes in {
        "translations": (
            words_in_the_file, number_in_the_file, formula_in_the_file, row_of_nothing, row_twice,
            status_in_the_file,
        ),
        "dictionary": (column_in_the_dictionary, code_in_the_dictionary, row_of_the_dictionary),
    }.items()
    for one in changes
}  # fmt: skip


@pytest.fixture
def copy(bilingual_site: Path, copied: Callable[[Path], Path]) -> Path:
    """A copy of the site to falsify."""
    return copied(bilingual_site)


def test_a_true_site_in_two_languages_has_no_mismatch(bilingual_site: Path) -> None:
    found = verify(bilingual_site)
    assert found.mismatches == ()
    assert found.pages == len(list(bilingual_site.rglob("*.html")))
    texts = [read(path) for path in (bilingual_site / "es").rglob("*.html")]
    assert any(" así</span>" in text for text in texts)
    assert any('<span data-text lang="en">' in text for text in texts)


def test_every_link_of_a_site_in_two_languages_leads_somewhere(bilingual_site: Path) -> None:
    """The files of all tables are called after the title in the first language."""
    assert not list(faults(pages(bilingual_site), files_of(bilingual_site)))


@pytest.mark.parametrize("name", OF_LANGUAGES)
def test_a_falsehood_in_another_language_is_found(copy: Path, name: str) -> None:
    OF_LANGUAGES[name](copy / "es", Random(name))
    remake(copy)
    assert verify(copy).mismatches


def test_a_language_that_verify_cannot_read_is_told(copy: Path) -> None:
    path = copy / "data/site.toml"
    path.write_text(read(path).replace('["en", "es"]', '["en", "es", "pl"]'), encoding="utf-8")
    (copy / "pl").mkdir()
    shutil.copy(copy / "index.html", copy / "pl/index.html")
    remake(copy)
    found = [str(one) for one in verify(copy).mismatches if "verify cannot read" in str(one)]
    assert found == [
        "data/site.toml: a language that verify cannot read: shown 'pl', recomputed 'en or es'",
        "pl/index.html: a language that verify cannot read: shown 'en', recomputed 'en or es'",
    ]


def test_other_commands_on_a_page_for_maintainers_are_found() -> None:
    found = Sites(commands={"": {"maintain/vote/": ["make check"]}})
    found.commands["es/"] = {"maintain/vote/": ["make clean"]}
    (wrong,) = found.compare()
    assert (wrong.page, wrong.what) == (
        "es/maintain/vote/", "commands that another language has not"
    )  # fmt: skip
    found.commands["es/"] = {"maintain/vote/": ["make check"]}
    assert list(found.compare()) == []
