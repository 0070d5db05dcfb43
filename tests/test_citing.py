"""How to cite a page: the text, the entry for BibTeX, and which release its data stand in."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator import leaflets, pages
from generator.model import Fact, Licence, Mark, Past
from generator.present.citing import Citation, bibtex_text, newest, same, standing
from generator.verify.cited import read_bibtex as second_reader
from tests.edition import write_edition
from tests.presenting import all_pages, record_of, site_of

CITED = Citation(
    "record:schools/900001", "Peña & Sons {100%} #1 High_School", "Récord: $5 ~^\\", "2026",
    "Release 2026-11-26. Facts.", "https://records.example/schools/900001/",
)  # fmt: skip
COMMANDS = {
    "textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}", "textasciitilde": "~",
    "textasciicircum": "^",
}  # fmt: skip


def read_bibtex(entry: str) -> tuple[str, str, Mapping[str, str]]:
    """A strict reader of one entry: kind, key, fields as a reader of the paper sees them.

    ValueError for what BibTeX or LaTeX would stumble over.
    """
    found = re.fullmatch(r"@(\w+)\{([^\s,{}\"#%'()=~\\]+),\n(.*)\n\}", entry, re.DOTALL)
    if not found:
        raise ValueError("no entry")
    fields: dict[str, str] = {}
    rest = found[3]
    while rest:
        head = re.match(r"\s*([a-z]+) = \{", rest)
        if not head or head[1] in fields:
            raise ValueError(f"no field: {rest[:20]!r}")
        depth, place = 1, head.end()
        while depth:
            if place == len(rest):
                raise ValueError("braces do not match")
            depth += {"{": 1, "}": -1}.get(rest[place], 0)
            place += 1
        raw, rest = rest[head.end() : place - 1], rest[place:]
        if rest and not rest.startswith(",\n"):
            raise ValueError(f"no comma: {rest[:20]!r}")
        rest = rest.removeprefix(",\n")
        fields[head[1]] = raw if head[1] == "url" else typeset(raw)
    return found[1], found[2], fields


def typeset(text: str) -> str:
    """What LaTeX makes of a field; ValueError for a sign that would not be printed as it is."""
    out, place = [], 0
    while place < len(text):
        sign = text[place]
        if sign == "\\":
            word = re.match(r"[A-Za-z]+", text[place + 1 :])
            if word:
                out.append(COMMANDS[word[0]])
                place += 1 + len(word[0])
                continue
            if text[place + 1] not in "&%$#_":
                raise ValueError(f"what is \\{text[place + 1]}?")
            out.append(text[place + 1])
            place += 2
            continue
        if sign in "&%$#_~^":
            raise ValueError(f"a bare {sign}")
        if sign not in "{}":
            out.append(sign)
        place += 1
    return "".join(out)


def test_a_citation_as_text() -> None:
    assert CITED.text == (
        "Peña & Sons {100%} #1 High_School. Récord: $5 ~^\\. Release 2026-11-26. Facts. "
        "https://records.example/schools/900001/"
    )
    assert replace(CITED, title="Why?").text.startswith("Why? Récord")
    assert replace(CITED, title="").text.startswith("Récord: $5 ~^\\. Release")


def test_a_citation_for_bibtex() -> None:
    assert CITED.bibtex == (
        "@misc{record:schools/900001,\n"
        "  title = {{Peña \\& Sons {\\textbraceleft}100\\%{\\textbraceright} \\#1 "
        "High\\_School}},\n"
        "  author = {{Récord: \\$5 {\\textasciitilde}{\\textasciicircum}{\\textbackslash}}},\n"
        "  year = {2026},\n"
        "  note = {Release 2026-11-26. Facts.},\n"
        "  url = {https://records.example/schools/900001/}\n"
        "}"
    )
    assert "year" not in replace(CITED, year="").bibtex


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1))
def test_bibtex_reads_back_what_was_said(title: str) -> None:
    title = " ".join(title.split()) or "x"
    cited = replace(CITED, title=title)
    kind, key, fields = read_bibtex(cited.bibtex)
    assert (kind, key) == ("misc", CITED.key)
    assert fields == {
        "title": title, "author": CITED.site, "year": "2026", "note": CITED.note, "url": CITED.url,
    }  # fmt: skip
    again = {name: value.removeprefix("{").removesuffix("}") if name == "author" else value
             for name, value in second_reader(cited.bibtex).items()}  # fmt: skip
    assert again["title"] == f"{{{title}}}"
    assert (again["author"], again["note"]) == (CITED.site, CITED.note)


@pytest.mark.parametrize("text", ["a & b", "50%", "a_b", "#1", "{", "a~b", "\\LaTeX", "^", "$"])
def test_the_readers_refuse_what_is_written_bare(text: str) -> None:
    entry = CITED.bibtex.replace("Release 2026-11-26. Facts.", text)
    if text != "{":
        assert second_reader(entry)["note"] == ""
    with pytest.raises((ValueError, KeyError)):
        read_bibtex(entry)
    assert typeset(bibtex_text(text)) == text


def test_html_of_a_citation_is_escaped() -> None:
    html = replace(CITED, title='<b>"A" & B</b>').html
    assert "&lt;b&gt;&#34;A&#34; &amp; B&lt;/b&gt;" in html
    assert html.count("<p><code>") == 2


# ---- which release


FACT = Fact("a.b.c", "a", "a.c", "", 7, "count")
SAME = (Past("2025-01-01", "7", ""),)


@pytest.mark.parametrize(
    ("fact", "past", "expected"),
    [
        (FACT, SAME, True),
        (FACT, (), False),
        (FACT, (Past("2025-01-01", "8", ""),), False),
        (FACT, (*SAME, Past("2025-02-01", "8", "")), False),
        (FACT, (Past("2025-01-01", "8", ""), Past("2025-02-01", "7", "")), True),
        (replace(FACT, value=None, mark=Mark.NOT_FOUND), (Past("", "", "not_found"),), True),
        (replace(FACT, value=None, mark=Mark.NOT_FOUND), (Past("", "", "withheld"),), False),
        (replace(FACT, value=0.1), (Past("", "0.1", ""),), True),
        (replace(FACT, value=0.000001), (Past("", "0.000001", ""),), True),
        (replace(FACT, value=0.1), (Past("", "", "not_found"),), False),
        (replace(FACT, value=10.0), (Past("", "10", ""),), True),
        (replace(FACT, value="keep"), (Past("", "keep", ""),), True),
    ],
)
def test_a_fact_is_as_the_last_release_has_it(
    fact: Fact, past: tuple[Past, ...], expected: bool
) -> None:
    assert same(fact, past) is expected


def test_a_page_stands_in_the_newest_release_whose_facts_are_its_own(tmp_path: Path) -> None:
    record = record_of(write_edition(tmp_path / "data"))
    assert standing(record, [FACT]) == ""
    later = replace(record, last_release="2025-02-01", past={"a.b.c": SAME})
    assert standing(later, [FACT]) == "2025-02-01"
    assert standing(later, [FACT, replace(FACT, id="new")]) == ""
    assert standing(replace(later, in_release="2025-02-01"), [replace(FACT, id="new")]) != ""
    assert newest(record) == "2024-02-22"


def test_every_page_says_how_to_cite_it(tmp_path: Path) -> None:
    found = all_pages(site_of(write_edition(tmp_path / "data")))
    for path, page in found.items():
        assert f"https://records.example/{path}</code>" in page.cite
        assert "Not released yet. Newest source: 2024-02-22." in page.cite
        entry = re.findall("<code>(@misc.*?)</code>", page.cite, re.DOTALL)[0]
        _, key, fields = read_bibtex(entry.replace("&#39;", "'").replace("&amp;", "&"))
        assert key == f"an-invented-record:{path}".rstrip(":/")
        assert (fields["title"], fields["year"]) == (page.title, "2024")


def test_a_changed_value_takes_its_pages_out_of_the_release_and_no_others(tmp_path: Path) -> None:
    data = write_edition(tmp_path / "data")
    facts = {fact.id: fact for page in all_pages(site_of(data)).values() for fact in page.facts}
    whole = site_of(data, past={one: (past_of(fact),) for one, fact in facts.items()})
    changed = {**whole.record.past, "rosters.sample-park.2020-21.minutes.officers":
               (Past("2025-02-01", "9", ""),)}  # fmt: skip
    other = site_of(data, past=changed)
    said = {path: "Changed since release 2025-02-01." in page.cite
            for path, page in all_pages(other).items()}  # fmt: skip
    assert said["schools/900002/"]
    assert not said["schools/000104/"]
    assert not any("Changed since" in page.cite for page in all_pages(whole).values())


def past_of(fact: Fact) -> Past:
    value = "" if fact.value is None else str(fact.value).removesuffix(".0")
    return Past("2025-02-01", value, fact.mark or "")


# ---- CITATION.cff


CFF_KEYS = frozenset(
    "abstract authors cff-version commit contact date-released doi identifiers keywords license "
    "license-url message preferred-citation references repository repository-artifact "
    "repository-code title type url version".split()
)


@pytest.mark.parametrize("release", ["", "2025-01-10"])
@pytest.mark.parametrize(
    ("licence", "expected"),
    [
        (Licence(), {}),
        (Licence("CC-BY-4.0", "", "CC-BY-4.0"), {"license": "CC-BY-4.0"}),
        (Licence("Our terms", "https://x.example/"), {"license-url": "https://x.example/"}),
    ],
)
def test_the_citation_file_has_what_version_1_2_0_asks_for(
    tmp_path: Path, release: str, licence: Licence, expected: Mapping[str, str]
) -> None:
    found = cff_of(site_of(write_edition(tmp_path / "data")), release, licence)
    assert found["cff-version"] == "1.2.0"
    assert found.keys() >= {"message", "title", "authors"}
    assert found.keys() <= CFF_KEYS
    assert found["type"] == "dataset"
    assert found["authors"] == [{"name": "An invented record"}]
    assert {name: found[name] for name in found if name.startswith("license")} == expected
    assert found.get("version", "") == found.get("date-released", "") == release


def cff_of(whole: pages.Site, release: str, licence: Licence) -> dict[str, object]:
    edition = replace(whole.record.edition, licence=licence)
    other = replace(whole, record=replace(whole.record, edition=edition))
    text = leaflets.cff(other, leaflets.citation(other, release), release)
    found = yaml.safe_load(text)
    for line in text.splitlines():
        json.loads(line.partition(": ")[2])
    assert isinstance(found, dict)
    return found


def test_words_of_a_licence(tmp_path: Path) -> None:
    whole = site_of(write_edition(tmp_path / "data"))
    said = {file.path: file.content.decode() for file in leaflets.leaflets(whole, "")}
    assert "No licence has been chosen for these tables yet." in said["data/LICENCE.txt"]
    assert "No licence has been chosen for these tables yet." in said["data/README.txt"]
    edition = replace(whole.record.edition, licence=Licence("CC BY", "https://cc.example/by"))
    other = replace(whole, record=replace(whole.record, edition=edition))
    said = {file.path: file.content.decode() for file in leaflets.leaflets(other, "")}
    assert "under this licence: CC BY.\nhttps://cc.example/by\n" in said["data/LICENCE.txt"]
