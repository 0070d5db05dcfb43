"""A stamped page is the page that MkDocs writes, byte for byte; and what goes with it."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown  # type: ignore[import-untyped]
from mkdocs.config import load_config

from generator.errors import InputError
from generator.model import PageSource
from generator.shell import Shell, cut, is_left_out, run_mkdocs, stamp
from generator.shell.blocks import BLOCK, FORBIDDEN, headings, split_blocks, to_html
from generator.shell.siteindex import add_to_search, robots, search_entry, sitemaps
from generator.shell.stamped import (
    DESCRIPTION,
    SPECIMEN,
    TITLE,
    front_matter,
    source,
    specimen,
)

ROOT = Path(__file__).resolve().parents[1]
CONFIG = ROOT / "mkdocs.yml"
BASE = "https://example.org/record/"
EPOCH = 1_700_000_000
SETTINGS = load_config(str(CONFIG), docs_dir=str(ROOT / "tests"))

# Words that mean something to Markdown, HTML, YAML, Jinja, regular expressions or a shell.
NAMES = (
    "Plain School",
    'The "Quoted" School',
    "O'Keeffe & Sons <b>Academy</b> &amp; &lt;x&gt; &copy",
    "مدرسة الأمل (Hope)",
    "بيت ספר \u202bx\u202c",
    "École 🎒👩🏽‍🏫 Ñandú",
    r"Back\slash \1 \g<0> \n C:\x",
    "$1 $& ${x} %s %(title)s 100% {0} {{ x }} {% raw %} {# c #}",
    "*a* _b_ [x](y) ![i](j) `c` ~~d~~ # e",
    "--- ... : - ? | > @ ! % # null",
    "'single' : \"double\" # comment",
    "true",
    "12.5e3",
    TITLE,
    f"{DESCRIPTION} {SPECIMEN}-record/",
    f"schools/{SPECIMEN}-record/",
    '[TOC] {: #id .class } &#x27; &para; data-search-exclude="x"',
    "  blanks at both ends  ",
    "wzxhzdk:0 klzzwxh:0001",
    "long " * 400,
)
TEXT = (
    "*a* _b_ [x](y) {{ jinja }} {: #no } &lt;b&gt; &amp;amp; # x ``` --- \\* \\1 $1 "
    "<i>&#39;</i> 🎒 مدرسة"
)
KINDS = {
    "record": ("What holds today", "Every vote &amp; decision", "Sources (all), 2020–21?"),
    "short": ("What we hold", "Near"),
}


def body(kind: str, name: str, sections: tuple[str, ...]) -> str:
    """A body with the headings of a kind; sections[i], maybe nothing, stands below heading i."""
    blocks = [f"<h1>{escape(name)}</h1>\n<p>{TEXT}</p>"]
    levels = (2, 3, 4)
    for index, (words, section) in enumerate(zip(KINDS[kind], sections, strict=True)):
        blocks.append(f"{'#' * levels[index]} {words} {{: #part-{index} }}")
        blocks += [section] if section else []
    return "\n\n".join(blocks) + "\n"


SECTIONS = (
    "",
    f"<p>{TEXT}</p>\n<p>a<br>b <img src='x.png' alt=''> <data value=\"1\">1</data>\n"
    '<time datetime="2020">2020</time></p>',
    "<section>\n<div>\n<p>one\n# not a heading\n1. not a list\n- nor this\n    nor code\n"
    "> nor that\n| a | b |\n|---|---|\n[x]: http://example.org\n</div>\n</section>",
    '<figure class="chart"><svg viewBox="0 0 1 1" role="img"><title>T &amp; d</title><desc>d</desc>'
    '<g><path d="M0 0"/><text>*x*</text></g></svg>\n<figcaption>_c_</figcaption></figure>',
    "<details><summary>Sum *m*</summary>\n<table><caption>c</caption>\n<tr><th scope=row>a<td>b\n"
    "</table><ul><li>x<li>y</ul></details>\n<dl>\n<div><dt>a</dt><dd>b</dd></div></dl>",
    f"<div>{'<p>' + TEXT + '</p>'}</div>\n" * 500,
)


def invented() -> Iterator[tuple[str, PageSource]]:
    """Twenty pages of two kinds: (kind, page)."""
    for index, name in enumerate(NAMES):
        kind = ("record", "short")[index % 2]
        some = tuple(
            SECTIONS[(index + step) % len(SECTIONS)].rstrip() for step in range(len(KINDS[kind]))
        )
        text = body(kind, name, some)
        at, said = f"schools/{600000 + index}/", f"About {name}"
        yield (
            kind,
            PageSource(
                at, name, said, text, card="cards/a.png", card_alt=name, cite=f"<p>{at}</p>"
            ),
        )


PAGES = tuple(invented())
SPECIMENS = {
    kind: specimen(kind, body(kind, "Any school", ("<p>x</p>",) * len(KINDS[kind])))
    for kind in KINDS
}


def nav_files(entries: object) -> Iterator[str]:
    """The files that mkdocs.yml's navigation names."""
    if isinstance(entries, str):
        yield entries
    elif isinstance(entries, dict):
        for inner in entries.values():
            yield from nav_files(inner)
    elif isinstance(entries, list):
        for inner in entries:
            yield from nav_files(inner)


def put(folder: Path, path: str, text: str) -> None:
    """Write one file, and the folders above it."""
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")


def page_named(title: str, description: str) -> PageSource:
    """A page with nothing on it; the words of its card are as awkward as its title."""
    return PageSource("a/", title, description, "", card="cards/a.png", card_alt=title)


def write_docs(docs: Path, pages: tuple[PageSource, ...]) -> None:
    """A docs folder with a short prose page per entry of the navigation, and the pages given."""
    for path in nav_files(SETTINGS["nav"]):
        head = front_matter(page_named(f"Title of {path.removesuffix('.md')}", f"About {path}"))
        put(docs, path, f"{head}\n# Page {path}\n\n| a | b |\n|--:|---|\n| 1 | 2 |\n")
    head = front_matter(page_named("An agreement", "Text"))
    put(docs, "agreements/moa-2020.md", f"{head}\n# Agreement\n")
    for path in (*SETTINGS["extra_css"], *map(str, SETTINGS["extra_javascript"])):
        put(docs, path, "")
    for page in pages:
        put(docs, f"{page.path}index.md", source(page))


@dataclass(frozen=True)
class Built:
    """A folder that MkDocs wrote."""

    site: Path

    def read(self, path: str) -> str:
        return (self.site / path).read_text(encoding="utf-8")

    def pages(self) -> dict[str, str]:
        """Every HTML file by its path."""
        paths = sorted(self.site.rglob("*.html"))
        return {path.relative_to(self.site).as_posix(): self.read(str(path)) for path in paths}

    def bytes(self) -> dict[str, bytes]:
        """Every file's bytes by its path."""
        files = (path for path in sorted(self.site.rglob("*")) if path.is_file())
        return {path.relative_to(self.site).as_posix(): path.read_bytes() for path in files}


Build = Callable[..., Built]


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    def run(pages: tuple[PageSource, ...], base_url: str = BASE, **options: object) -> Built:
        folder = tmp_path_factory.mktemp("mkdocs")
        write_docs(folder / "docs", pages)
        run_mkdocs(
            CONFIG,
            folder / "docs",
            folder / "site",
            base_url=base_url,
            source_date_epoch=EPOCH,
            **options,  # type: ignore[arg-type]
        )
        return Built(folder / "site")

    return run


@pytest.fixture(scope="module")
def rendered(build: Build) -> Built:
    """The prose pages and the specimens."""
    return build(tuple(SPECIMENS.values()))


@pytest.fixture(scope="module")
def plain(build: Build) -> Built:
    """The same and the twenty pages, all by MkDocs."""
    return build((*SPECIMENS.values(), *(page for _, page in PAGES)))


@pytest.fixture(scope="module")
def shells(rendered: Built) -> dict[str, Shell]:
    return {
        kind: cut(rendered.read(f"{page.path}index.html"), page) for kind, page in SPECIMENS.items()
    }


# ---- the promise


@pytest.mark.parametrize("index", range(len(PAGES)))
def test_a_stamped_page_is_the_page_that_mkdocs_writes(
    index: int, shells: dict[str, Shell], plain: Built
) -> None:
    kind, page = PAGES[index]
    stamped = stamp(shells[kind], page).encode()
    assert stamped == (plain.site / page.path / "index.html").read_bytes()
    assert escape(page.title.strip(), quote=False).encode().replace(b'"', b"&quot;") in stamped


def test_a_prose_page_does_not_depend_on_the_schools(rendered: Built, plain: Built) -> None:
    few, all_ = rendered.pages(), plain.pages()
    assert few == {path: all_[path] for path in few}


def test_a_page_outside_the_navigation_shows_no_empty_sidebar(rendered: Built) -> None:
    html = rendered.read(f"{SPECIMENS['short'].path}index.html")
    assert re.search(r'data-md-type="navigation"\s+hidden', html)
    assert not re.search(r'data-md-type="toc"\s+hidden', html)
    assert not re.search(r'data-md-type="navigation"\s+hidden', rendered.read("votes/index.html"))


def test_every_slot_is_filled(shells: dict[str, Shell]) -> None:
    for shell in shells.values():
        assert sorted(set(shell.slots)) == [
            "body", "card", "card_alt", "cite", "description", "path", "title",
        ]  # fmt: skip
        assert shell.slots.count("body") == 1
        rest = "".join(shell.parts).lower()
        assert "qx" not in rest
        assert BASE in rest


# ---- bodies

TEXTS = st.text(st.characters(exclude_characters="\x02\x03")).map(
    lambda text: escape(" ".join(text.split()))
)
HTML = st.builds(
    lambda tag, text, more: f'<{tag}>{text}\n<b title="{more}">{more}</b> {text}</{tag}>',
    st.sampled_from(["section", "div", "p", "table", "details", "ul", "h1"]),
    TEXTS,
    TEXTS,
)
HEADINGS = st.builds(
    lambda level, words, id_: f"{'#' * level} {words} {{: #{id_} }}",
    st.integers(2, 4),
    st.from_regex(r"\w[\w ,.()'\"–?%$/:;-]{0,30}\w", fullmatch=True).filter(
        lambda words: "_" not in words
    ),
    st.from_regex(r"[A-Za-z][A-Za-z0-9-]{0,9}", fullmatch=True),
)
BODIES = st.lists(st.one_of(HTML, HEADINGS), max_size=8)


def to_markdown_html(text: str) -> str:
    """What Python-Markdown makes of a body, with the extensions that MkDocs gives it."""
    markdown = Markdown(
        extensions=SETTINGS["markdown_extensions"], extension_configs=SETTINGS["mdx_configs"]
    )
    return str(markdown.convert(text))


@given(BODIES)
def test_to_html_writes_what_python_markdown_writes(blocks: list[str]) -> None:
    text = "\n\n".join(blocks)
    assert to_html(text) == to_markdown_html(text)


@pytest.mark.parametrize("section", SECTIONS)
def test_html_comes_out_unchanged(section: str) -> None:
    section = section.rstrip()
    assert to_html(f"\n{section}\n") == section == to_markdown_html(f"{section}\n")


@pytest.mark.parametrize("tag", re.findall(r"\w+", BLOCK.pattern.split("(?:")[1].split(")")[0]))
def test_every_tag_that_may_start_a_block_starts_one(tag: str) -> None:
    text = f"<{tag}>*a*</{tag}>\n\n## B {{: #b }}\n\n<{tag} class='c'>\n_d_\n</{tag}>\n"
    assert to_html(text) == to_markdown_html(text)


def test_a_heading_has_its_permalink() -> None:
    assert to_html("## Votes &amp; more {: #votes }", "Enlace") == (
        '<h2 id="votes">Votes &amp; more'
        '<a class="headerlink" href="#votes" title="Enlace">&para;</a></h2>'
    )


def test_headings_are_told_in_order() -> None:
    blocks = split_blocks("\n## B {: #b }\n\n<p>\n# no\n</p>\n\n### A {: #a }\n")
    assert headings(blocks) == ("## B {: #b }", "### A {: #a }")


@pytest.mark.parametrize("piece", FORBIDDEN)
def test_what_markdown_would_rewrite_is_refused(piece: str) -> None:
    text = f"<div>a{piece}b</div>"
    with pytest.raises(ValueError, match=re.escape(FORBIDDEN[piece])):
        to_html(text)


def test_an_attribute_that_the_search_plugin_removes_is_refused() -> None:
    text = '<p data-search-exclude="x">a</p>'
    with pytest.raises(ValueError, match="the search plugin removes the attribute"):
        to_html(text)
    assert to_html(f"<p>{escape(text)}</p>") == f"<p>{escape(text)}</p>"


def test_a_refusal_says_where() -> None:
    with pytest.raises(ValueError, match="tabs") as refused:
        to_html("<p>Votes of\tthe council</p>")
    assert str(refused.value) == (
        "body: found '\\t' in '<p>Votes of\\tthe council</p>', expected HTML without it, because "
        "tabs become spaces. Tidy or escape what the template printed."
    )


@pytest.mark.parametrize(
    "line",
    [
        "## No anchor",
        "# Too high {: #a }",
        "##### Too low {: #a }",
        "##No blank {: #a }",
        "## With *stars* {: #a }",
        "## With <b>tags</b> {: #a }",
        "## R&D {: #a }",
        "## Two  {: #a }",
        "## A class {: #a .b }",
        "## A {: #1 }",
        "## A {: #a }\n<p>glued</p>",
    ],
)
def test_other_headings_are_refused(line: str) -> None:
    with pytest.raises(ValueError, match="on a line between blank lines, in plain words"):
        to_html(f"<p>a</p>\n\n{line}")


@pytest.mark.parametrize(
    "block",
    [
        "words",
        "\n<p>a</p>",
        "\n\n<p>a</p>",
        "<b>bold</b>",
        " <p>a</p>",
        "<svg></svg>",
        "- a",
        "</p>",
        "<!-- a",
        "<hr>",
    ],
)
def test_other_blocks_are_refused(block: str) -> None:
    with pytest.raises(ValueError, match=r"expected (a heading, or HTML that|HTML without it)"):
        to_html(f"<p>a</p>\n\n{block}")


# ---- cutting and stamping


@pytest.mark.parametrize(
    ("slot", "word"),
    [("title", TITLE), ("description", DESCRIPTION), ("path", SPECIMEN), ("heading", "headerlink")],
)
def test_a_missing_sentinel_is_named(slot: str, word: str, rendered: Built) -> None:
    page = SPECIMENS["short"]
    html = rendered.read(f"{page.path}index.html").replace(word, "gone")
    with pytest.raises(ValueError, match=f"^{page.path}: {slot} not found"):
        cut(html, page)


def test_a_changed_body_is_noticed(rendered: Built) -> None:
    page = SPECIMENS["short"]
    html = rendered.read(f"{page.path}index.html").replace("<p>x</p>", "<p>X</p>")
    with pytest.raises(ValueError, match="body not found"):
        cut(html, page)


@pytest.mark.parametrize("change", [str.lower, str.upper])
def test_a_changed_sentinel_is_noticed(change: Callable[[str], str], rendered: Built) -> None:
    page = SPECIMENS["short"]
    html = rendered.read(f"{page.path}index.html") + change(TITLE)
    with pytest.raises(ValueError, match="found title changed"):
        cut(html, page)


def test_a_second_body_is_noticed(rendered: Built) -> None:
    html = rendered.read(f"{SPECIMENS['short'].path}index.html")
    with pytest.raises(ValueError, match="found body 2 times"):
        cut(html + html, SPECIMENS["short"])


def test_a_specimen_holds_no_sentinel() -> None:
    with pytest.raises(ValueError, match=f"found {TITLE} in its body"):
        specimen("short", f"<p>{TITLE.lower()}</p>")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"path": "schools/a/b/"}, "relative links depend on the depth"),
        ({"path": "schools/a"}, "relative links depend on the depth"),
        ({"path": 'schools/"x"/'}, "plain letters and digits"),
        ({"path": "schools/../"}, "plain letters and digits"),
        ({"title": ""}, "one line of printable text"),
        ({"title": "two\nlines"}, "one line of printable text"),
        ({"title": "bell\x07"}, "one line of printable text"),
        ({"description": " "}, "one line of printable text"),
        ({"description": "\u2028"}, "one line of printable text"),
        ({"body": "<p>no headings</p>"}, "the table of contents is made of them"),
        ({"body": PAGES[1][1].body}, "the table of contents is made of them"),
    ],
)
def test_a_page_that_does_not_fit_is_refused(
    change: dict[str, str], why: str, shells: dict[str, Shell]
) -> None:
    kind, page = PAGES[0]
    with pytest.raises(ValueError, match=why):
        stamp(shells[kind], replace(page, **change))


@given(st.text(min_size=1), st.text(min_size=1))
def test_front_matter_holds_any_text_it_accepts(title: str, description: str) -> None:
    try:
        text = front_matter(page_named(title, description))
    except ValueError:
        return
    fence, inner, rest = text.split("---\n")
    assert (fence, rest) == ("", "")
    assert list(yaml.safe_load(inner)) == ["title", "description", "card", "card_alt", "cite"]
    words = (title, description, "cards/a.png", title, "")
    for value, plain_text in zip(yaml.safe_load(inner).values(), words, strict=True):
        assert value == escape(plain_text, quote=False).replace('"', "&quot;")


# ---- MkDocs


def test_the_same_pages_make_the_same_bytes(build: Build, rendered: Built) -> None:
    again = build(tuple(SPECIMENS.values()))
    assert again.bytes() == rendered.bytes()


def test_a_broken_link_stops_the_build(tmp_path: Path) -> None:
    write_docs(tmp_path / "docs", ())
    put(tmp_path / "docs", "about.md", "# About\n\n[gone](gone.md)\n")
    with pytest.raises(InputError, match=r"about\.md.*gone\.md") as refused:
        run_mkdocs(
            CONFIG, tmp_path / "docs", tmp_path / "out", base_url=BASE, source_date_epoch=EPOCH
        )
    (problem,) = refused.value.problems
    assert problem.where == str(CONFIG)
    assert problem.expected == "a build without warnings"
    assert "INFO" not in problem.found


def test_another_language_has_its_own_shell(build: Build) -> None:
    words = {"WORD_PERMALINK": "Enlace permanente", "NAV_PROGRAM": "Programa"}
    page = SPECIMENS["short"]
    built = build((page,), base_url=f"{BASE}es/", language="es", words=words)
    html = built.read(f"{page.path}index.html")
    stamped = stamp(cut(html, page), replace(page, title="Escuela", description="d", path="a/b/"))
    assert '<html lang="es"' in stamped
    assert f'<link rel="canonical" href="{BASE}es/a/b/">' in stamped
    assert "<title>Escuela - " in stamped
    assert 'href="#part-0" title="Enlace permanente"' in stamped
    assert ">Programa<" in stamped
    assert "Permanent link" not in stamped


class Outside(HTMLParser):
    """What a page loads or runs in a way that a strict content security policy forbids."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.local: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        inline = tag == "script" and "src" not in given and given["type"] != "application/json"
        handler = any(name == "style" or name.startswith("on") for name in given)
        if inline or handler or tag == "style":
            self.found.append(f"inline {self.get_starttag_text()}")
        for name in ("href", "src"):
            address = given.get(name) or ""
            if given.get("rel") == "canonical" or not address:
                continue
            if address.startswith("javascript:") or "//" in address:
                self.found.append(address)
            else:
                self.local.append(address)


def test_pages_load_nothing_from_outside_and_run_nothing_inline(rendered: Built) -> None:
    for path, html in rendered.pages().items():
        reader = Outside()
        reader.feed(html)
        assert not reader.found, path
        assert reader.local, path
    for sheet in rendered.site.rglob("*.css"):
        assert not re.findall(r"@import|url\([\"']?(?:https?:)?//", sheet.read_text())


def test_the_404_page_works_at_any_depth(rendered: Built) -> None:
    reader = Outside()
    reader.feed(rendered.read("404.html"))
    addresses = [address for address in reader.local if not address.startswith("#")]
    assert len(addresses) > 20
    for address in addresses:
        assert address.startswith("/record/"), address
        target = rendered.site / address.removeprefix("/record/")
        if address != "/record/feed.xml":  # the build writes it beside what MkDocs does
            assert target.is_file() or (target / "index.html").is_file(), address


def test_a_school_page_marks_the_tab_of_the_schools(rendered: Built) -> None:
    for path, tab in (
        (SPECIMENS["short"].path, "schools/index"),
        ("agreements/moa-2020/", "agreements/index"),
    ):
        active = re.findall(
            r'md-tabs__item--active">\s*<a href="[^"]*" class="md-tabs__link" '
            r'aria-current="true">([^<]*)<',
            rendered.read(f"{path}index.html"),
        )
        assert active == [f"Title of {tab}"]


def test_schools_are_in_no_menu(plain: Built) -> None:
    page = PAGES[0][1]
    for path, html in plain.pages().items():
        if not path.startswith(page.path):
            assert page.path.removeprefix("schools/") not in html, path


# ---- what stands beside the pages


def test_the_search_index_holds_schools_and_no_specimen(rendered: Built) -> None:
    index = rendered.read("search/search_index.json")
    entry = search_entry("schools/1/", "O'Keeffe & <Co>", ("Old “name”", "A & B"))
    assert entry == {
        "location": "schools/1/",
        "title": "O'Keeffe &amp; &lt;Co&gt;",
        "text": "Old “name” · A &amp; B",
    }
    assert SPECIMEN in index
    before, after = json.loads(index), json.loads(add_to_search(index, [entry]))
    own = [doc for doc in before["docs"] if SPECIMEN not in doc["location"]]
    assert len(own) < len(before["docs"])
    assert after == {"config": before["config"], "docs": [*own, entry]}
    assert set(entry) == set(own[0])


def test_the_search_index_is_written_like_the_plugin_writes_it(build: Build) -> None:
    index = build(()).read("search/search_index.json")
    assert add_to_search(index, ()) == index


def test_the_sitemap_holds_schools_and_no_specimen(rendered: Built) -> None:
    xml = rendered.read("sitemap.xml")
    assert SPECIMEN in xml
    assert "<lastmod>2023-11-14</lastmod>" in xml
    paths = ["schools/1/", "schools/2/", "schools/1/"]
    ((_, done),) = sitemaps(xml, paths, BASE.rstrip("/"), {"en": ""})
    found = re.findall("<loc>(.*)</loc>", done)
    assert found[-2:] == [f"{BASE}schools/1/", f"{BASE}schools/2/"]
    assert found[0] == BASE
    assert len(found) == len(set(found)) == xml.count("<loc>") - len(SPECIMENS) + 2
    assert SPECIMEN not in done
    assert "lastmod" not in done
    assert "xhtml" not in done


def test_the_sitemap_holds_each_page_in_each_language_with_the_others(rendered: Built) -> None:
    xml, folders = rendered.read("sitemap.xml"), {"en": "", "es": "es/"}
    ((_, done),) = sitemaps(xml, ["schools/1/"], BASE, folders)
    ((_, one),) = sitemaps(xml, ["schools/1/"], BASE, {"en": ""})
    found = re.findall("<loc>(.*?)</loc>", done)
    assert found == [
        *re.findall("<loc>(.*)</loc>", one),
        *(f"{BASE}es/{page.removeprefix(BASE)}" for page in re.findall("<loc>(.*)</loc>", one)),
    ]
    links = (
        f'<xhtml:link rel="alternate" hreflang="en" href="{BASE}schools/1/"/>'
        f'<xhtml:link rel="alternate" hreflang="es" href="{BASE}es/schools/1/"/>'
    )
    assert f"<url><loc>{BASE}schools/1/</loc>{links}</url>" in done
    assert f"<url><loc>{BASE}es/schools/1/</loc>{links}</url>" in done
    assert 'xmlns:xhtml="http://www.w3.org/1999/xhtml"' in done


def test_a_long_sitemap_stands_in_parts(rendered: Built) -> None:
    xml, folders = rendered.read("sitemap.xml"), {"en": "", "es": "es/"}
    paths = [f"schools/{number}/" for number in range(10)]
    ((_, whole),) = sitemaps(xml, paths, BASE, folders)
    found = dict(sitemaps(xml, paths, BASE, folders, most=8))
    index = found.pop("sitemap.xml")
    assert re.findall("<loc>(.*?)</loc>", index) == [f"{BASE}{name}" for name in found]
    parts = [re.findall("<url>.*</url>", part) for part in found.values()]
    assert [len(part) for part in parts[:-1]] == [8] * (len(parts) - 1)
    assert [url for part in parts for url in part] == re.findall("<url>.*</url>", whole)
    for document in (index, *found.values()):
        ElementTree.fromstring(document)


def test_robots_names_every_sitemap() -> None:
    assert robots(BASE, f"{BASE}es/") == (
        f"User-agent: *\nAllow: /\n\nSitemap: {BASE}sitemap.xml\nSitemap: {BASE}es/sitemap.xml\n"
    )


def test_specimens_are_left_out_of_the_site(rendered: Built) -> None:
    left_out = [path for path in rendered.bytes() if is_left_out(path)]
    assert left_out == [
        *(f"{page.path}index.html" for page in SPECIMENS.values()),
        "sitemap.xml.gz",
    ]
