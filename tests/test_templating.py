"""What a template may print, and what its functions make of it."""

import datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, UndefinedError
from markdown import Markdown  # type: ignore[import-untyped]
from markupsafe import Markup
from mkdocs.config import load_config

from generator.model import Fact, Mark, Text
from generator.present.languages import language
from generator.present.page import Page, attr
from generator.present.templating import environment, heading, tidy
from generator.read.edition import parse_edition
from tests.edition import SITE

ROOT = Path(__file__).resolve().parents[1]
ENGLISH = language("en", parse_edition(SITE, "site.toml"))
SETTINGS = load_config(str(ROOT / "mkdocs.yml"), docs_dir=str(ROOT / "tests"))
SEVEN = Fact(
    id="a.b", subject="district", measure="a", period="2020", value=7, kind="count",
    expression="sql: select 7", sources=("minutes", "gazette"),
)  # fmt: skip
GONE = Fact(
    id="a.c", subject="district", measure="a", period="2020", value=None, kind="count",
    mark=Mark.WITHHELD,
)  # fmt: skip
SEVEN_HTML = '<a class="f" href="#receipt-a.b"><data value="7" data-fact="a.b">7</data></a>'


def make(page: Page) -> Environment:
    """The environment in English, without template files, that writes on the page."""
    return environment(Path("nowhere"), ENGLISH, page)


def write(template: str, path: str = "", **values: Any) -> str:
    """What a template prints on the page of that path."""
    return make(Page(path)).from_string(template).render(**values)


# ---- what may be printed


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (7, "int"),
        (7.5, "float"),
        ("seven", "str"),
        (None, "NoneType"),
        (True, "bool"),
        (datetime.date(2020, 7, 14), "date"),
        (["a"], "list"),
    ],
)
@pytest.mark.parametrize(
    "template",
    [
        "{{ value }}",
        "{% trans value=value %}A {{ value }}.{% endtrans %}",
        '{{ _("A %(value)s.", value=value) }}',
        "{% trans n=seven, value=value %}A {{ value }}.{% pluralize %}{{ value }}s{% endtrans %}",
    ],
)
def test_a_bare_value_is_refused(template: str, value: Any, kind: str) -> None:
    with pytest.raises(TypeError) as refused:
        write(template, value=value, seven=SEVEN)
    assert str(refused.value) == (
        f"a template printed {value!r}: found {kind}, expected a Fact or a Text. "
        "Make one in views.py, or use _() for words and attr() for codes."
    )


@pytest.mark.parametrize("template", ["{{ gone }}", "{{ seven.gone }}", "{% if gone %}{% endif %}"])
def test_a_name_that_is_not_there_is_refused(template: str) -> None:
    with pytest.raises(UndefinedError, match="gone"):
        write(template, seven=SEVEN)


def test_facts_texts_and_markup_are_printed() -> None:
    html = write(
        "{{ fact }} {{ gone }} {{ text }} {{ markup }}",
        fact=SEVEN, gone=GONE, text=Text("<b>"), markup=Markup("<i>x</i>"),
    )  # fmt: skip
    assert html == (
        f'{SEVEN_HTML} <a class="f" href="#receipt-a.c"><span class="mark" data-fact="a.c">'
        "withheld</span></a> <span data-text>&lt;b&gt;</span> <i>x</i>"
    )


def test_a_placeholder_is_a_fact_a_text_or_markup() -> None:
    html = write(
        "{% trans n=fact, who=text, x=markup %}{{ n }} of <b>{{ who }}</b> {{ x }}{% endtrans %}",
        fact=SEVEN, text=Text("A & B"), markup=Markup("<i>x</i>"),
    )  # fmt: skip
    assert html == f"{SEVEN_HTML} of <b><span data-text>A &amp; B</span></b> <i>x</i>"


@pytest.mark.parametrize(("count", "words"), [(0, "many"), (1, "one"), (7, "many")])
def test_a_plural_follows_its_fact(count: int, words: str) -> None:
    number = Fact("a.b", "district", "a", "2020", count, "count")
    template = "{% trans n=number %}one{% pluralize %}many{% endtrans %}"
    assert write(template, number=number) == words


def test_a_page_remembers_its_facts_with_their_first_release() -> None:
    page = Page(released={"a.c": "2025-01-02"})
    env = make(page)
    template = env.from_string("{{ one }} {% trans two=two %}{{ two }}{% endtrans %}")
    template.render(one=SEVEN, two=GONE)
    assert page.facts["a.b"] == SEVEN
    assert page.facts["a.c"].first_release == "2025-01-02"
    page.turn("next/")
    template.render(one=SEVEN, two=SEVEN)
    assert list(page.facts) == ["a.b"]


def test_a_share_that_we_computed_needs_its_denominator() -> None:
    share = Fact("a.s", "district", "a", "2020", 0.5, "share", expression="sql: select 0.5")
    with pytest.raises(ValueError, match=r"a\.s: found a share without n, expected its denom"):
        write("{{ share }}", share=share)
    printed_elsewhere = Fact("f.s", "district", "f", "2020", 0.5, "share", expression="f[s].share")
    assert "50%" in write("{{ share }}", share=printed_elsewhere)


def test_a_list_in_words_keeps_its_markup() -> None:
    pieces = [Markup("<b>a</b>"), Markup("b"), Markup("c &amp; d")]
    assert write("{{ join(pieces) }}", pieces=pieces) == "<b>a</b>, b, and c &amp; d"
    assert write("{{ join(pieces) }}", pieces=pieces[:1]) == "<b>a</b>"
    assert write("{{ join(pieces) }}", pieces=[]) == ""


def test_a_fact_inside_a_link_has_no_link_of_its_own() -> None:
    assert write("{{ fact|bare }}", fact=SEVEN) == '<data value="7" data-fact="a.b">7</data>'
    assert write("{{ fact|as_citation }}", fact=SEVEN) == "7"


# ---- headings


class Headings(HTMLParser):
    """The level, anchor, words and markup of each heading."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[list[str]] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self.found.append([tag, given.get("id") or "", ""])
            self.inside = True
        elif given.get("class") == "headerlink":
            self.inside = False
        elif self.inside:
            self.found[-1][2] += f"<{tag}>"

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and not tag.startswith("h")

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.found[-1][2] += data


def headings(body: str) -> list[list[str]]:
    """What Python-Markdown, with the settings of the site, makes of a body's headings."""
    markdown = Markdown(
        extensions=SETTINGS["markdown_extensions"], extension_configs=SETTINGS["mdx_configs"]
    )
    reader = Headings()
    reader.feed(markdown.convert(body))
    return reader.found


def titled(words: str) -> str:
    """A body with one heading of data."""
    made = write('{{ heading(2, _("%(t)s", t=t), "x") }}', t=Text(words))
    return tidy(f"<p>a</p>\n{made}<p>b</p>")


NAMES = [
    "O'Keeffe & Sons",
    "&amp; &lt;b&gt; &copy; &#39;",
    "# 1 ## 2 #",
    "snake_case __x__ *y* **z** `code` ~~gone~~ ~a~",
    "<b>Bold</b> <script>x</script> <br> a<b",
    "[a](b) ![c](d) [e][f] [g]: h <http://example.org> www.example.org",
    "x {: #other .class } {{ jinja }} {% raw %}",
    r"back\slash \* \\ \# \~ \a \( \. \-",
    "a | b || c",
    "! $ % ^ + - = . : ; ? @ / , ( ) ' \" ~",
    "- list 1. list > quote",
    "مدرسة 東京 🎒",
    "trailing #",
]


@pytest.mark.parametrize("words", NAMES)
def test_a_heading_says_the_words_and_nothing_else(words: str) -> None:
    assert headings(titled(words)) == [["h2", "x", words]]


# Cells hold neither line breaks nor characters that cannot be seen; no blanks at their ends.
PRINTABLE = st.text(
    st.characters(exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")), min_size=1
).map(lambda text: " ".join(text.split())).filter(bool)  # fmt: skip


@given(PRINTABLE)
def test_any_cell_can_be_a_heading(words: str) -> None:
    assert headings(titled(words)) == [["h2", "x", words]]


@pytest.mark.parametrize("level", [2, 3, 4])
def test_a_heading_has_its_level_and_stands_alone(level: int) -> None:
    body = tidy(f"<p>a</p>{heading(level, Markup('Votes &amp; more'), 'votes')}<p>b</p>")
    assert body == f"<p>a</p>\n\n{'#' * level} Votes &amp; more {{: #votes }}\n\n<p>b</p>\n"


# ---- codes, addresses, citations


@pytest.mark.parametrize("code", ["", "a-1", "votes/x-2020.keep", "a_b:c", "é"])
def test_a_code_is_printed_as_it_is(code: str) -> None:
    assert attr(code) == code


@pytest.mark.parametrize("code", ["a b", 'a"', "a>", "a&b", "a'", "a\n", "#a", 7, None, SEVEN])
def test_text_is_no_code(code: Any) -> None:
    with pytest.raises(ValueError, match=r"expected a code of letters, digits and \. : / - _\."):
        attr(code)


@pytest.mark.parametrize(
    ("page", "path", "address"),
    [
        ("", "", ""),
        ("", "schools/", "schools/"),
        ("", "schools/1/", "schools/1/"),
        ("", "data/votes.csv", "data/votes.csv"),
        ("", "votes/#round-2020", "votes/#round-2020"),
        ("schools/", "schools/", "./"),
        ("schools/", "schools/1/", "1/"),
        ("schools/", "votes/", "../votes/"),
        ("schools/1/", "schools/2/", "../2/"),
        ("schools/1/", "schools/", "../"),
        ("schools/1/", "schools/1/data.csv", "data.csv"),
        ("schools/1/", "schools/1/", "./"),
        ("schools/1/", "data/votes.csv", "../../data/votes.csv"),
        ("schools/1/", "votes/#board", "../../votes/#board"),
        ("program/training/", "agreements/a-2020/", "../../agreements/a-2020/"),
        ("schools/1/", "#sources", "#sources"),
    ],
)
def test_addresses_are_relative_to_their_page(page: str, path: str, address: str) -> None:
    assert write("{{ url(target) }}", path=page, target=path) == address


def test_an_address_is_escaped() -> None:
    assert write("{{ url(target) }}", target='a"b&c/') == "a&#34;b&amp;c/"


def test_sources_are_numbered_at_their_first_use() -> None:
    html = write(
        "{{ cite(a) }} {{ cite(b, none, a) }} {{ cite(c) }} {{ cite(d) }}",
        a=SEVEN, b=Text("x", ("list", "minutes")), c=("list",), d=GONE,
    )  # fmt: skip
    assert html == (
        '<sup class="cite"><a href="#source-minutes">[1]</a>'
        '<a href="#source-gazette">[2]</a></sup> '
        '<sup class="cite"><a href="#source-list">[3]</a><a href="#source-minutes">[1]</a>'
        '<a href="#source-gazette">[2]</a></sup> '
        '<sup class="cite"><a href="#source-list">[3]</a></sup> '
    )


def test_each_page_numbers_its_own_sources() -> None:
    page = Page()
    template = make(page).from_string("{{ cite(a) }}")
    first = template.render(a=("x",))
    assert template.render(a=("y",)) == '<sup class="cite"><a href="#source-y">[2]</a></sup>'
    page.turn("next/")
    assert template.render(a=("x",)) == first


TERM = '{{ term("sro", _("officers")) }}'
TERM_HTML = '<a class="sro-term" href="../../glossary/#sro">officers</a>'


def test_a_term_is_linked_at_its_first_use_on_each_page() -> None:
    page = Page("schools/1/")
    template = make(page).from_string(f"{TERM}, {TERM}")
    assert template.render() == f"{TERM_HTML}, officers"
    assert template.render() == "officers, officers"
    page.turn("schools/2/")
    assert template.render() == f"{TERM_HTML}, officers"


def test_what_is_kept_links_a_term_only_where_the_page_has_not() -> None:
    page = Page("schools/1/")
    env = make(page)
    said = env.from_string(f"{{% macro said() %}}{TERM}{{% endmacro %}}").module
    template = env.from_string("{{ kept(said) }}, {{ kept(said) }}")
    for number in (1, 2):
        page.turn(f"schools/{number}/")
        assert template.render(said=said.said) == f"{TERM_HTML}, officers"  # type: ignore[attr-defined]


# ---- bodies


def test_a_tidy_body_has_no_blank_line_but_around_headings() -> None:
    rendered = (
        "\n\n  <h1>a</h1>\n\n   <p>b\n\n c</p>  \n" + str(heading(2, Markup("d"), "d"))
        + "\n\n" + str(heading(3, Markup("e"), "e")) + "\n <p>f</p>\n\n\n"
    )  # fmt: skip
    assert tidy(rendered) == (
        "<h1>a</h1>\n<p>b\nc</p>\n\n## d {: #d }\n\n### e {: #e }\n\n<p>f</p>\n"
    )


def test_a_body_may_begin_and_end_with_a_heading() -> None:
    made = str(heading(2, Markup("d"), "d"))
    assert tidy(made) == "## d {: #d }\n"
    assert tidy(made + "<p>a</p>" + made) == "## d {: #d }\n\n<p>a</p>\n\n## d {: #d }\n"


def test_a_body_of_nothing_is_one_line_end() -> None:
    assert tidy(" \n\n ") == "\n"


# ---- what says the same on page after page


CARD = "{% macro card(flag) %}{{ seven if flag else gone }}{{ seen(cite(seven)) }}{% endmacro %}"


def keeping(page: Page, written: list[Markup]) -> Environment:
    """An environment for CARD, which tells `written` each time that the macro is rendered."""

    def seen(words: Markup) -> Markup:
        written.append(words)
        return words

    env = make(page)
    env.globals.update(seven=SEVEN, gone=GONE, seen=seen)
    env.globals.update(card=env.from_string(CARD).module.card)  # type: ignore[attr-defined]
    return env


def test_what_is_kept_is_written_once_and_noted_on_every_page() -> None:
    page, written = Page("schools/1/"), list[Markup]()
    template = keeping(page, written).from_string("{{ own }} {{ kept(card, true) }}")
    first = template.render(own=Text("One"))
    page.turn("schools/2/")
    assert template.render(own=Text("Two")) == first.replace("One", "Two")
    assert SEVEN_HTML in first
    assert len(written) == 1
    assert list(page.facts) == ["a.b"]
    assert page.cites == {"minutes": 1, "gazette": 2}


def test_what_is_kept_follows_its_arguments_and_the_sources_before_it() -> None:
    page = Page()
    template = keeping(page, []).from_string("{{ cite(before) }}{{ kept(card, flag) }}")
    assert SEVEN_HTML in template.render(before=(), flag=True)
    assert ">withheld<" in template.render(before=(), flag=False)
    page.turn("")
    numbered = template.render(before=("list",), flag=True)
    assert '<a href="#source-minutes">[2]</a>' in numbered


def test_a_template_brings_no_globals_of_its_own() -> None:
    with pytest.raises(ValueError, match=r"found globals \['a'\] of one template"):
        make(Page()).from_string("", globals={"a": 1})
