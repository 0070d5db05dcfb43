"""The parts of verify: words, expressions, pages; each against another way to say the same."""

import shutil
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from random import Random

import pytest
from babel.dates import format_date, format_skeleton
from babel.numbers import format_currency, format_decimal, format_percent
from hypothesis import example, given
from hypothesis import strategies as st

from generator.__main__ import main
from generator.pipeline import build
from generator.present import MARKS as WORDS
from generator.present import without_sign_of_zero
from generator.present.catalog import parse_catalog
from generator.present.languages import CATALOG, WRITTEN
from generator.verify import evaluate as verify_evaluate
from generator.verify import verify
from generator.verify.evaluate import EvaluationError, Evaluator, Result
from generator.verify.markup import Markup, attributes
from generator.verify.mismatch import Mismatch
from generator.verify.pictures import check_bars
from generator.verify.published import Published, Resource
from generator.verify.reader import read_page
from generator.verify.tongue import CODES, ENGLISH, TONGUES
from generator.verify.words import (
    is_school_year,
    number,
    say,
    say_date,
    say_money,
    say_number,
    say_share,
)
from tests.edition import SITE, write_edition
from tests.mutations import remake
from tests.presenting import TEMPLATES, settings
from tests.shared import small

LOCALES = {"en": "en_US", "es": "es_US"}
AMOUNTS = st.decimals(min_value=-(10**9), max_value=10**9, places=4)


@given(AMOUNTS)
@example(Decimal("-0.0004"))
def test_numbers_are_written_as_babel_writes_them(value: Decimal) -> None:
    for locale in LOCALES.values():
        said = format_decimal(value, locale=locale)
        share = format_percent(value, "#,##0.#%", locale=locale)
        assert say_number(value) == without_sign_of_zero(said)
        assert say_share(value) == without_sign_of_zero(share)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_money_is_written_as_babel_writes_it(value: Decimal) -> None:
    form = "¤#,##0.00" if value % 1 else "¤#,##0"
    for locale in LOCALES.values():
        said = format_currency(value, "USD", form, locale=locale, currency_digits=False)
        assert say_money(value, "USD") == said


@given(st.dates())
def test_days_and_months_are_written_as_babel_writes_them(day: date) -> None:
    for code, locale in LOCALES.items():
        assert say_date(str(day), TONGUES[code]) == format_date(day, "long", locale=locale)
        month = format_skeleton("yMMMM", day.replace(year=2020), locale=locale)
        assert say_date(f"2020-{day.month:02}", TONGUES[code]) == month


def test_verify_has_the_words_of_every_catalog() -> None:
    for code, tongue in TONGUES.items():
        text = (TEMPLATES / CATALOG.format(code=code)).read_text() if code != WRITTEN else ""
        translate = parse_catalog(text, code).translate if text else str
        assert dict(tongue.marks) == {mark.value: translate(said) for mark, said in WORDS.items()}
        assert tongue.flags == (translate("yes"), translate("no"))
        letters = (*tongue.standing.values(), tongue.over)
        assert letters == tuple(map(translate, ("in", "out", "?", "end")))
        assert tongue.own_words == {translate("share from 0 to 1")}
        never, unchanged, first, before, day = (
            translate(said) for said in (
                "In no release yet.", "First in release %(release)s, unchanged since.",
                "First in release %(release)s.", "In release %(release)s it was %(value)s.",
                "Published: %(date)s.",
            )
        )  # fmt: skip
        assert tongue.in_none == never
        assert tongue.unchanged.format(release="r") == unchanged % {"release": "r"}
        assert tongue.first.format(release="r") == first % {"release": "r"}
        said = before % {"release": "r", "value": "v"}
        assert tongue.before.format(release="r", words="v") == said
        assert tongue.published.format(day="d") == day % {"date": "d"}


@pytest.mark.parametrize(
    ("value", "said"),
    [("2020", "2020"), ("2020-07", "July 2020"), ("2020-13", None), ("soon", None), ("", None)],
)
def test_dates_are_as_precise_as_they_are(value: str, said: str | None) -> None:
    assert say_date(value, ENGLISH) == said


@pytest.mark.parametrize("text", ["", "x", "NaN", "Infinity", "1e400", "9" * 40])
def test_no_number_is_no_number(text: str) -> None:
    assert number(text) is None
    assert say(text, "count", "", ENGLISH) is None


def test_school_years_follow_on() -> None:
    assert is_school_year("2019-20")
    assert is_school_year("1999-00")
    assert not is_school_year("2019-21")
    assert not is_school_year("2019")


def test_a_query_about_one_of_many_does_not_read_them_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite takes some thousand steps to read all of these rows, and a dozen to find one."""
    rows = {f"s{i}": {"id": f"s{i}", "of": f"d{i // 5}"} for i in range(5000)}
    resource = Resource("t", "", ("id",), len(rows), (), (("of", "d", "id"),))
    monkeypatch.setattr(verify_evaluate, "STEPS", 1000)
    looks = Evaluator(Published({"t": resource}, {"t": rows}, {"t": ("id", "of")}, {}, {}))
    assert looks("sql: select count(*) from t where id = 's4711'").value == "1"
    assert looks("sql: select count(*) from t where of = 'd77'").value == "5"
    with pytest.raises(EvaluationError, match="interrupted"):
        looks("sql: select count(*) from t where id <> ''")


def test_a_join_looks_rows_up_by_their_key_and_not_by_what_many_have(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Through the question, of which there is one, each of 2,000 votes would read all others."""
    rows = {f"v{i}": {"id": f"v{i}", "of": "q"} for i in range(2000)}
    resource = Resource("t", "", ("id",), len(rows), (), (("of", "q", "id"),))
    monkeypatch.setattr(verify_evaluate, "STEPS", 100_000)
    evaluate = Evaluator(Published({"t": resource}, {"t": rows}, {"t": ("id", "of")}, {}, {}))
    joined = "select count(*) from t a join t b on b.of = a.of and b.id = a.id"
    assert evaluate.query(joined) == [(2000,)]


def test_a_title_may_hold_a_number(tmp_path: Path) -> None:
    """The files of all tables are called after it, and the data page names one in a command."""
    site = SITE.replace("An invented record", "An invented record of 2020")
    build(settings(tmp_path, write_edition(tmp_path / "data", site=site)), lambda _: None)
    assert verify(tmp_path / "site").mismatches == ()


@pytest.fixture(scope="module")
def evaluate() -> Evaluator:
    """An evaluator of one small table."""
    rows = {
        "a.b-1": {"key": "a.b", "part": "1", "n": "2", "n_mark": ""},
        "c-2": {"key": "c", "part": "2", "n": "", "n_mark": "withheld"},
        "d-3": {"key": "d", "part": "3", "n": "40", "n_mark": ""},
    }
    header = ("key", "part", "n", "n_mark")
    return Evaluator(Published({}, {"t": rows}, {"t": header}, {}, {"policy": {"min_cell": 10}}))


@pytest.mark.parametrize(
    ("expression", "value", "mark"),
    [
        ("t[a.b-1].n", "2", ""),
        ("t[c-2].n", None, "withheld"),
        ("t[c-2].n_mark", "withheld", ""),
        ("sql: select count(*) from t where n = ''", "1", ""),
        ("sql: select n from t where key = 'e'", None, ""),
        ("sql: select n from t where key = 'c'", None, ""),
        ("sql: select sum(n) * 1.0 / 4 from t", "10.5", ""),
        ("sql: select (select n from t where key = 'd') - (select count(*) from t)", "37", ""),
        ("site.toml[policy].min_cell", "10", ""),
    ],
)
def test_an_expression_has_a_value(
    evaluate: Evaluator, expression: str, value: str | None, mark: str
) -> None:
    found: Result = evaluate(expression)
    assert (found.value, found.mark) == (value, mark)


@pytest.mark.parametrize(
    "expression",
    [
        "",
        "2",
        "t[x].n",
        "t[a.b-1].x",
        "u[a.b-1].n",
        "site.toml[policy].x",
        "sql: ",
        "sql: select n from t",
        "sql: select key, n from t where key = 'd'",
        "sql: select n from u",
        "sql: delete from t",
        "sql: update t set n = '1'",
        "sql: insert into t values ('', '', '', '')",
        "sql: drop table t",
        "sql: attach '/somewhere/verify-other.db' as other",
        "sql: pragma user_version = 2",
        "sql: select load_extension('x')",
        "sql: select readfile('/etc/passwd')",
        "sql: select 1; select 2",
        "sql: create table u (x text)",
        "sql: vacuum into '/somewhere/v.db'",
        "sql: with recursive r(x) as (select 1 union all select x + 1 from r) select max(x) from r",
        "sql: select count(*) from t a, t b, t c, t d, t e, t f, t g, t h, t i, t j, t k, t l, t m,"
        " t n, t o, t p, t q",
    ],
)
def test_an_expression_can_do_nothing_else(evaluate: Evaluator, expression: str) -> None:
    with pytest.raises(EvaluationError):
        evaluate(expression)
    assert evaluate("sql: select count(*) from t").value == "3"


def test_a_page_is_read_with_its_receipts_and_pictures() -> None:
    page = read_page(
        "votes/index.html",
        '<html lang="en"><title>T - S</title><article class="md-content__inner"><h1>A 1</h1>'
        '<p>1 <a class="f" href="#receipt-a"><data value="7" data-fact="a">7</data></a></p>'
        '<figure><svg class="chart chart-tally"><desc>Yes 7</desc><path d="M0,0h9v18h-9Z"/>'
        '<text transform="translate(5,6)">7</text></svg></figure>'
        '<table><tr><th><a href="../schools/1/">Yes</a></th><td><span class="mark" data-fact="b">'
        "not found</span></td></tr></table>"
        '<details id="receipt-a"><summary>N: <data value="7" data-fact="a">7</data></summary>'
        '<code>t/1</code><sup><a href="#source-s">[1]</a></sup> In no release yet.</details>'
        '<ol class="sro-sources"><li id="source-s">Minutes <a href="https://a.example/">Open</a>'
        "</li></ol></article>",
    )
    assert (page.language, page.title, page.headings, page.strays) == (
        "en",
        "T - S",
        ["A 1"],
        ["1"],
    )
    assert [(one.fact, one.tag, one.value, one.receipt) for one in page.shown] == [
        ("a", "data", "7", ""), ("b", "span", "", ""), ("a", "data", "7", "a"),
    ]  # fmt: skip
    (picture,) = page.pictures
    assert (picture.description, picture.bars) == ("Yes 7", ["M0,0h9v18h-9Z"])
    assert [(one.words, one.x) for one in picture.labels] == [("7", 5.0)]
    (row,) = page.rows[picture.first : picture.last]
    assert (row.header, row.link, row.cells) == ("Yes", "../schools/1/", [[1]])
    (receipt,) = page.receipts
    assert (receipt.summary, receipt.codes, receipt.sources) == ("N: 7", ["t/1"], ["s"])
    assert page.cites == [("[1]", "s")]
    assert [(one.id, one.link) for one in page.sources] == [("s", "https://a.example/")]


def two_of_a_period(label: str) -> list[Mismatch]:
    """What is found on a page with two amounts of one period, one of them labelled so."""
    rows = "".join(
        f'<tr><th>FY2023</th><td><data value="{n}" data-fact="{n}">${n}</data></td>'
        f"<td><span data-text>{said}</span> <span data-text>{said} So says a note.</span></td></tr>"
        for n, said in ((10, "Proposed."), (20, "Approved."))
    )
    labels = ("FY2023: Proposed.", label, "$10", "$20")
    page = read_page(
        "costs/index.html",
        '<html lang="en"><article class="md-content__inner"><svg class="chart chart-bars">'
        "<desc>$10 for FY2023 and $20 for FY2023</desc>"
        '<path d="M0,0h50v18h-50Z"/><path d="M0,0h100v18h-100Z"/>'
        + "".join(f"<text>{words}</text>" for words in labels)
        + f"</svg><table>{rows}</table></article></html>",
    )
    (picture,) = page.pictures
    return [*check_bars(page, picture, page.rows, None)]  # type: ignore[arg-type]


def test_bars_of_one_period_are_told_apart_by_what_they_are() -> None:
    assert two_of_a_period("FY2023: Approved.") == []
    for wrong in ("FY2023", "FY2023: Proposed.", "FY2023: Approved. So says a note."):
        assert len(two_of_a_period(wrong)) == 1


class Standard(HTMLParser):
    """What the standard library finds on a page: tags with their attributes, and texts."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[object] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        self.found.append(f"/{tag}")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_data(self, data: str) -> None:
        if "/script" not in self.raw and "/style" not in self.raw and data:
            self.found.append(data)

    @property
    def raw(self) -> str:
        """The end of the script or style that the parser is in, "" elsewhere."""
        return f"/{self.cdata_elem}" if self.cdata_elem else ""


class Ours(Markup):
    """The same by the reader of verify."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[object] = []

    def begin(self, tag: str, given: str) -> None:
        self.found.append((tag, attributes(given)))

    def end(self, tag: str) -> None:
        self.found.append(f"/{tag}")

    def data(self, text: str) -> None:
        self.found.append(text)


def test_pages_are_read_as_the_standard_library_reads_them(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 30
    for path in pages:
        html = path.read_text(encoding="utf-8")
        standard, ours = Standard(), Ours()
        standard.feed(html)
        standard.close()
        ours.read(html)
        scripts = {"script", "style", "/script", "/style"}
        expected = [
            one for one in standard.found
            if (one[0] if isinstance(one, tuple) else one) not in scripts
        ]  # fmt: skip
        assert ours.found == expected, path
        assert ours.broken == []


@pytest.mark.parametrize(
    "html",
    ['<p title="a>b', "a < b", "</p", "<a b='c\"d>", "<", "<!-- not ended", "< p>"],
)
def test_markup_that_does_not_fit_is_told_and_not_guessed_at(html: str) -> None:
    assert read_page("a.html", f"<p>whole</p>{html}").broken


def test_an_open_quote_takes_no_time() -> None:
    assert read_page("a.html", "<a " + "b " * 100_000 + '"').broken


def test_of_two_attributes_the_first_counts() -> None:
    page = read_page("a.html", '<data value="7" value="8" data-fact="a" DATA-FACT="b">7</data>')
    assert [(one.fact, one.value) for one in page.shown] == [("a", "7")]


def test_a_slash_outside_a_drawing_ends_nothing() -> None:
    """As in browsers: what follows stands inside the element."""
    page = read_page("a.html", '<data value="7" data-fact="a"/>8</data>')
    assert [one.words for one in page.shown] == ["8"]


@given(st.text(alphabet="<>/=\"' adetrhscop&;#1", max_size=300))
def test_any_text_can_be_read_as_a_page(text: str) -> None:
    assert read_page("a.html", text).path == "a.html"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of the invented edition; who changes it restores it."""
    folder = tmp_path_factory.mktemp("parts")
    return Path(shutil.copytree(small(tmp_path_factory) / "site", folder / "site"))


def broken(site: Path) -> Iterator[Path]:
    """Files that verify reads, one of each kind."""
    names = "manifest.json data/facts.csv data/votes.csv data/dictionary.csv data/site.toml"
    pages = "data/datapackage.json schools/000104/index.html schools/000104/data.csv"
    yield from (site / name for name in f"{names} {pages}".split())


@pytest.mark.parametrize("place", range(8))
def test_a_broken_file_is_a_mismatch_and_no_crash(site: Path, place: int) -> None:
    path = list(broken(site))[place]
    whole = path.read_bytes()
    rng = Random(place)
    middle = rng.randrange(len(whole))
    try:
        for content in (b"", b"\xff", b"{}", b"[]", whole[:middle], b'a,b\n"c'):
            path.write_bytes(content)
            remake(site) if path.name != "manifest.json" else None
            assert verify(site).mismatches
    finally:
        path.write_bytes(whole)
        remake(site)
    assert verify(site).mismatches == ()


def test_the_command_says_what_it_looked_at(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(site)]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"{site}: ")
    assert said.endswith(" pages; no mismatch\n")


def test_the_command_ends_with_1_and_names_each_mismatch(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = site / "votes/index.html"
    whole = page.read_bytes()
    page.write_bytes(whole.replace(b'value="7"', b'value="8"', 1))
    try:
        assert main(["verify", str(site)]) == 1
    finally:
        page.write_bytes(whole)
    first, *_, last = capsys.readouterr().err.splitlines()
    assert first.startswith("votes/index.html: a changed file: shown ")
    assert last == f"{site}: found 2 mismatches, expected a site that agrees with its own data."


def test_a_folder_that_is_not_there_is_a_message(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", str(tmp_path / "no")]) == 1
    assert "found no such folder, expected a site" in capsys.readouterr().err


def test_every_mark_has_words() -> None:
    from generator.model import Mark

    assert set(CODES) == {mark.value for mark in Mark}
