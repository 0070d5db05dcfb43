"""Ways to falsify a finished site, each at a random place, for the tests of verify.

Each takes the site's folder and a random generator and changes files; `remake` then writes the
manifest anew, so that sums alone can't tell.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from random import Random

from generator.model import File
from generator.release import MANIFEST, Entry, entry, manifest

Mutation = Callable[[Path, Random], None]
Rows = list[list[str]]

FACT = re.compile(r'<(data|time|span)([^>]*) data-fact="([^"]+)">([^<]+)</\1>')
PROOF = re.compile(r'<details id="receipt-([^"]+)">.*?</details>\n?', re.DOTALL)


def remake(site: Path) -> None:
    """The manifest that fits the files as they are now."""
    paths = [path for path in site.rglob("*") if path.is_file() and path != site / MANIFEST]
    files = (File(path.relative_to(site).as_posix(), path.read_bytes()) for path in paths)
    (site / MANIFEST).write_bytes(manifest(map(entry, files)))


def read(path: Path) -> str:
    """The text of a file, its ends of lines as they are."""
    return path.read_bytes().decode()


def rows_of(path: Path) -> Rows:
    """The cells of a CSV file."""
    return list(csv.reader(io.StringIO(read(path), newline="")))


def write_rows(path: Path, rows: Rows) -> None:
    """Write a CSV file as the generator does."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    path.write_bytes(out.getvalue().encode())


def schools(site: Path) -> list[Path]:
    """The pages of schools, of the site or in the folder of a language."""
    found = (site / "schools").glob("*/index.html")
    return sorted(path for path in found if re.fullmatch(r"\d+", path.parent.name))


def replace(site: Path, rng: Random, pattern: str, change: Callable[[re.Match[str]], str]) -> None:
    """Change one place that the pattern finds on one page. Only what a reader sees is taken."""
    found = [
        (path, match)
        for path in sorted(site.rglob("*.html"))
        for match in re.finditer(pattern, read(path), re.DOTALL)
    ]
    path, match = rng.choice(found)
    text, new = match.string, change(match)
    assert new != match[0]
    path.write_bytes((text[: match.start()] + new + text[match.end() :]).encode())


def another_digit(text: str, rng: Random) -> str:
    """The text with one of its digits another."""
    place = rng.choice([i for i, letter in enumerate(text) if letter.isdigit()])
    digit = rng.choice([one for one in "0123456789" if one != text[place]])
    return text[:place] + digit + text[place + 1 :]


def in_group(group: int, rng: Random) -> Callable[[re.Match[str]], str]:
    """Another digit in one group of what is found."""

    def change(match: re.Match[str]) -> str:
        start, end = match.start(group) - match.start(), match.end(group) - match.start()
        return match[0][:start] + another_digit(match[group], rng) + match[0][end:]

    return change


def digit_of_a_fact(site: Path, rng: Random) -> None:
    """A digit in the words of a fact."""
    replace(site, rng, r'data-fact="[^"]+">([^<]*\d[^<]*)<', in_group(1, rng))


def digit_of_a_text(site: Path, rng: Random) -> None:
    """A digit in quoted words."""
    replace(site, rng, r"<span data-text>([^<]*\d[^<]*)<", in_group(1, rng))


def value_attribute(site: Path, rng: Random) -> None:
    """The number that programs read."""
    replace(site, rng, r'<data value="([^"]*\d)"', in_group(1, rng))


def datetime_attribute(site: Path, rng: Random) -> None:
    """The date that programs read."""
    replace(site, rng, r'<time datetime="([^"]+)"', in_group(1, rng))


def citation(site: Path, rng: Random) -> None:
    """The number of a citation."""
    replace(site, rng, r'<a href="#source-[^"]+">\[(\d+)\]</a>', in_group(1, rng))


def address_of_a_source(site: Path, rng: Random) -> None:
    """Where a source links to."""
    replace(site, rng, r'<a href="https://records\.example/', lambda found: found[0] + "x")


def expression_on_a_page(site: Path, rng: Random) -> None:
    """The formula that a receipt prints."""
    replace(site, rng, r"<code>select ", lambda _: "<code>select 1 + ")


def number_without_a_fact(site: Path, rng: Random) -> None:
    """A number in a page's own words."""
    replace(site, rng, r"<p>[A-Z]", lambda found: f"<p>In 7 schools {found[0][3:]}")


def label_of_a_bar(site: Path, rng: Random) -> None:
    """A number beside a bar."""
    label = r'(<text transform="[^"]+" font-size="13px" fill="currentColor">)(\d[\d,]*)</text>'
    replace(site, rng, label, in_group(2, rng))


def label_of_a_year(site: Path, rng: Random) -> None:
    """What a cell of the picture of years says."""
    label = r'font-weight="bold" fill="currentColor">(in|out|sí|no|\?)<'
    other = {"in": "out", "out": "in", "?": "in", "sí": "no", "no": "sí"}
    replace(
        site, rng, label, lambda found: found[0].replace(f">{found[1]}<", f">{other[found[1]]}<")
    )


def tick(site: Path, rng: Random) -> None:
    """A number or a year under a picture."""
    replace(site, rng, r'<text text-anchor="middle" [^>]*>(\d+)</text>', in_group(1, rng))


def length_of_a_bar(site: Path, rng: Random) -> None:
    """How long a bar is."""
    replace(site, rng, r'd="M0,[\d.]+h(\d\d+)[\d.]*v18h', in_group(1, rng))


def description_of_a_picture(site: Path, rng: Random) -> None:
    """The words for those who don't see a picture."""
    kinds = r"Vot[eo]s (?:counted|contados)|Schools or campuses with|Escuelas o campus con"
    said = rf"<desc[^>]*>(?:{kinds})[^<]* (\d+)[^<]*<"
    replace(site, rng, said, in_group(1, rng))


def description_of_the_map(site: Path, rng: Random) -> None:
    """How many marks of a shape the map has, for those who don't see it."""
    replace(site, rng, r'<desc id="city-map-d">[^<]*?(\d+)', in_group(1, rng))


def description_of_the_time_line(site: Path, rng: Random) -> None:
    """A day or a year of the time line, for those who don't see it."""
    replace(site, rng, r'<desc id="timeline[^>]*>[^<]*?(\d\d+)(?=[^<]*</desc>)', in_group(1, rng))


def description_of_the_years(site: Path, rng: Random) -> None:
    """The status of school years, for those who don't see their cells."""
    other = {"In the program": "Program over", "En el programa": "Programa terminado"}
    said = rf'(<desc id="years-[^>]*>[^<]*?)({"|".join(other)})(?=:)'
    replace(site, rng, said, lambda found: found[1] + other[found[2]])


def mark_of_the_map(site: Path, rng: Random) -> None:
    """The outcome that a mark of the map names."""
    replace(
        site, rng, r'(<a href="schools/[^>]*aria-label="[^"]*: )[^"]*"',
        lambda found: found[1] + 'Everyone agreed"',
    )  # fmt: skip


def mark_to_zero(site: Path, rng: Random) -> None:
    """What is not found, told as none."""
    replace(
        site, rng, r'<span class="mark" data-fact="([^"]+)">[^<]+</span>',
        lambda found: f'<data value="0" data-fact="{found[1]}">0</data>',
    )  # fmt: skip


def mark_to_another(site: Path, rng: Random) -> None:
    """Another reason why a value is empty."""
    replace(
        site, rng, r'(<span class="mark" data-fact="[^"]+">)(not found|no encontrado)<',
        lambda found: f"{found[1]}{'withheld' if found[2] == 'not found' else 'reservado'}<",
    )  # fmt: skip


def mark_to_zero_in_all_files(site: Path, rng: Random) -> None:
    """What is not found, told as none on pages and in all lists of facts."""
    rows = rows_of(site / "data/facts.csv")[1:]
    row = rng.choice([row for row in rows if row[6] and row[9].startswith("rosters[")])
    change_fact(site, row[0], value="0", mark="")
    for page in site.rglob("*.html"):
        marked = f'<span class="mark" data-fact="{row[0]}">{"not found"}</span>'
        shown = f'<data value="0" data-fact="{row[0]}">0</data>'
        page.write_bytes(read(page).replace(marked, shown).encode())


def category_word(site: Path, rng: Random) -> None:
    """The word for a category."""
    words = {
        "yes": "no", "no": "yes", "in the program": "not in the program", "high school": "x",
        "sí": "no", "en el programa": "fuera del programa",
    }  # fmt: skip
    replace(
        site, rng, rf'(data-fact="[^"]+">)({"|".join(words)})<',
        lambda found: f"{found[1]}{words[found[2]]}<",
    )  # fmt: skip


def dropped_receipt(site: Path, rng: Random) -> None:
    """A number without a receipt."""
    replace(site, rng, PROOF.pattern, lambda _: "")


def words_of_a_receipt(site: Path, rng: Random) -> None:
    """What a receipt says of how a value comes about."""
    replace(site, rng, r"</summary>[A-Z]", lambda found: f"{found[0][:-1]}Not so: {found[0][-1]}")


def title_of_a_receipt(site: Path, rng: Random) -> None:
    """What a receipt says that a cell is."""
    cell = r'<details id="receipt-votes\.[^"]+"><summary>'
    replace(site, rng, cell, lambda found: f"{found[0]}Other ")


def place_of_a_row(site: Path, rng: Random) -> None:
    """Where in its source a row stands."""
    place = "</code> <span data-text>A place that no row names.</span>"
    replace(site, rng, r"</code>(?=<sup class=\"cite\">)", lambda _: place)


def release_of_a_receipt(site: Path, rng: Random) -> None:
    """Since when a value is on the site."""
    said = r"In no release yet\.|Todavía en ninguna edición publicada\."
    replace(site, rng, said, lambda _: "First in a release, unchanged since.")


def broken_markup(site: Path, rng: Random) -> None:
    """A tag that each program reads in its own way."""
    replace(site, rng, r"<td>(?=<a)", lambda _: '<td title="a><td>')


def dropped_number(site: Path, rng: Random) -> None:
    """A receipt without a number."""
    page = rng.choice(schools(site))
    text = read(page)
    fact = rng.choice(sorted(set(re.findall(r'href="#receipt-([^"]+)"', text))))
    link = rf'<a class="f" href="#receipt-{re.escape(fact)}">.*?</a>'
    page.write_bytes(re.sub(link, "", text).encode())


def link_to_another_receipt(site: Path, rng: Random) -> None:
    """A number that leads to another number's receipt."""
    page = rng.choice(schools(site))
    text = read(page)
    one, other = rng.sample(sorted(set(re.findall(r'href="#receipt-([^"]+)"', text))), 2)
    page.write_bytes(text.replace(f'"#receipt-{one}"', f'"#receipt-{other}"', 1).encode())


def swapped_pages(site: Path, rng: Random) -> None:
    """What two schools' pages say, each under the other's address."""
    one, other = rng.sample(schools(site), 2)
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)


def swapped_rows(site: Path, rng: Random) -> None:
    """What the list of votes says of two schools, each in the other's row."""
    page = site / "votes/index.html"
    text = read(page)
    rows = re.findall(r"</th>(<td>(?:(?!</tr>).)*data-fact=(?:(?!</tr>).)*)</tr>", text)
    one, other = rng.choice([(a, b) for a in rows for b in rows if unit(a) != unit(b)])
    swapped = text.replace(one, "\0").replace(other, one).replace("\0", other)
    page.write_bytes(swapped.encode())


def unit(row: str) -> str:
    """The first vote that a row shows, without its year."""
    found = re.search(r'data-fact="votes\.([a-z]+)', row)
    return found[1] if found else ""


def swapped_facts(site: Path, rng: Random) -> None:
    """A fact of one school on another school's page, in place of one with the same measure."""
    pages = {page: FACT.findall(read(page)) for page in schools(site)}
    pairs = [
        (page, one[2], found)
        for page, facts in pages.items()
        for other, others in pages.items()
        for one in facts
        for found in others
        if other != page and one[2].split(".")[-1] == found[2].split(".")[-1] and one[2] != found[2]
    ]
    page, fact, (tag, attributes, other, words) = rng.choice(pairs)
    own = re.compile(rf'<(data|time|span)[^>]* data-fact="{re.escape(fact)}">[^<]+</\1>')
    element = f'<{tag}{attributes} data-fact="{other}">{words}</{tag}>'
    text = own.sub(lambda _: element, read(page)).replace(f"receipt-{fact}", f"receipt-{other}")
    page.write_bytes(text.encode())


def cell_of_a_table(site: Path, rng: Random) -> None:
    """A cell that a fact is computed from."""
    facts = [row for row in rows_of(site / "data/facts.csv")[1:] if "[" in row[9] and row[4]]
    table, key, column = re.findall(r"(\w+)\[(.+)\]\.(\w+)", rng.choice(
        [row[9] for row in facts if not row[9].startswith("site.toml")]
    ))[0]  # fmt: skip
    path = site / f"data/{table}.csv"
    header, *rows = rows_of(path)
    keys = keys_of(site, table)
    (row,) = [row for row in rows if ".".join(row[header.index(name)] for name in keys) == key]
    old = row[header.index(column)]
    row[header.index(column)] = another_digit(old, rng) if re.search(r"\d", old) else f"{old}x"
    write_rows(path, [header, *rows])


def keys_of(site: Path, table: str) -> list[str]:
    """The key columns of a table."""
    resources = json.loads(read(site / "data/datapackage.json"))["resources"]
    (key,) = [one["schema"]["primaryKey"] for one in resources if one["name"] == table]
    return list(key)


def dropped_row_of_a_table(site: Path, rng: Random) -> None:
    """A row of a table, and its count in the data package."""
    path = rng.choice(sorted(p for p in (site / "data").glob("*.csv") if p.stem in TABLES))
    header, *rows = rows_of(path)
    rows.pop(rng.randrange(len(rows)))
    write_rows(path, [header, *rows])
    package = json.loads(read(site / "data/datapackage.json"))
    for resource in package["resources"]:
        resource["rows"] -= resource["name"] == path.stem
    (site / "data/datapackage.json").write_text(json.dumps(package), encoding="utf-8")


TABLES = (
    "votes",
    "vote_counts",
    "rosters",
    "schools",
    "terms",
    "agreements",
    "feedback",
    "sources",
)


def change_fact(site: Path, fact: str, **cells: str) -> None:
    """Change a fact's row in facts.csv and in every school's data.csv."""
    for path in (site / "data/facts.csv", *(site / "schools").glob("*/data.csv")):
        header, *rows = rows_of(path)
        for row in rows:
            if row[0] == fact:
                for name, value in cells.items():
                    row[header.index(name)] = value
        write_rows(path, [header, *rows])


def some_fact(site: Path, rng: Random, having: str, *, cell: bool = False) -> dict[str, str]:
    """A fact with a value in that column; a cell of a table where no other says that value."""
    header, *rows = rows_of(site / "data/facts.csv")
    facts = [dict(zip(header, row, strict=True)) for row in rows]
    found = [fact for fact in facts if fact[having]]
    return rng.choice([fact for fact in found if "[" in fact["expression"] or not cell])


def facts_and_pages_alike(site: Path, rng: Random) -> None:
    """A number changed in all lists of facts and on every page, words and attribute."""
    rows = rows_of(site / "data/facts.csv")[1:]
    counts = [row for row in rows if row[0].startswith("vote_counts.") and row[4]]
    row = rng.choice(counts)
    fact, old = row[0], row[4]
    new = another_digit(old, rng).lstrip("0") or "10"
    change_fact(site, fact, value=new)
    for page in site.rglob("*.html"):
        shown, other = (f'<data value="{n}" data-fact="{fact}">{n}</data>' for n in (old, new))
        page.write_bytes(read(page).replace(shown, other).encode())


VERDICTS = ("supported", "contradicted", "cannot be tested with what is found")


def verdict_of_a_statement(site: Path, rng: Random) -> None:
    """Another verdict in all lists of facts and on every page."""
    change_verdict(site, rng)


def verdict_by_decree(site: Path, rng: Random) -> None:
    """Another verdict, in all lists and on every page, and a query that says just that."""
    fact, old, new = change_verdict(site, rng)
    change_fact(site, fact, expression=f"sql: select '{new}'")
    for page in site.rglob("*.html"):
        text = read(page).replace(escape(old, quote=False), f"select '{new}'")
        page.write_bytes(text.replace(escape(old), f"select &#39;{new}&#39;").encode())


def change_verdict(site: Path, rng: Random) -> tuple[str, str, str]:
    """Another verdict of some statement, everywhere: its fact, its query as it was, the verdict."""
    rows = rows_of(site / "data/facts.csv")[1:]
    row = rng.choice([row for row in rows if row[2] == "verdict"])
    new = rng.choice([words for words in VERDICTS if words != row[4]])
    change_fact(site, row[0], value=new)
    for page in site.rglob("*.html"):
        shown, other = (f'data-fact="{row[0]}">{words}<' for words in (row[4], new))
        page.write_bytes(read(page).replace(shown, other).encode())
    return row[0], row[9].removeprefix("sql: "), new


def count_of_a_rule(site: Path, rng: Random) -> None:
    """How much a rule finds, changed in all lists and on every page."""
    rows = rows_of(site / "data/facts.csv")[1:]
    row = rng.choice([row for row in rows if row[2] in ("contradictions", "leads")])
    fact, old, new = row[0], row[4], str(int(row[4]) + rng.randint(1, 3))
    change_fact(site, fact, value=new)
    for page in site.rglob("*.html"):
        shown, other = (f'<data value="{n}" data-fact="{fact}">{n}</data>' for n in (old, new))
        page.write_bytes(read(page).replace(shown, other).encode())


FINDING = re.compile(r'<article class="sro-finding" id="finding-.*?</article>', re.DOTALL)


def dropped_finding(site: Path, rng: Random) -> None:
    """A contradiction that its page no longer shows, and no receipt of it either."""
    page = site / "contradictions/index.html"
    text = read(page)
    text = text.replace(rng.choice(FINDING.findall(text)), "")
    shown = set(re.findall(r'href="#receipt-([^"]+)"', text))
    text = PROOF.sub(lambda found: found[0] if found[1] in shown else "", text)
    page.write_bytes(text.encode())


def finding_twice(site: Path, rng: Random) -> None:
    """A contradiction that stands twice, the second time under another name."""
    page = site / "contradictions/index.html"
    text = read(page)
    found = rng.choice(FINDING.findall(text))
    other = re.sub(r'(id="finding-[^"]+)"', r'\1-again"', found, count=1)
    page.write_bytes(text.replace(found, found + other).encode())


def finding_of_another_school(site: Path, rng: Random) -> None:
    """A contradiction under another school's name."""
    page = site / "contradictions/index.html"
    text = read(page)
    heads = re.findall(r'<h3><a href="../schools/[^"]+" translate="no">.*?</a></h3>', text)
    one, other = rng.choice([(a, b) for a in heads for b in heads if a != b])
    page.write_bytes(text.replace(one, other, 1).encode())


PROMISE = re.compile(r'<article class="sro-promise" id="promise-.*?</article>', re.DOTALL)


def dropped_promise(site: Path, rng: Random) -> None:
    """A promise that its page no longer shows, and no receipt of it either."""
    page = site / "promises/index.html"
    text = read(page)
    text = text.replace(rng.choice(PROMISE.findall(text)), "")
    shown = set(re.findall(r'href="#receipt-([^"]+)"', text))
    text = PROOF.sub(lambda found: found[0] if found[1] in shown else "", text)
    page.write_bytes(text.encode())


def status_of_another_promise(site: Path, rng: Random) -> None:
    """The status of one promise under another, its true receipt with it."""
    page = site / "promises/index.html"
    text = read(page)
    found = re.findall(r'<a class="f" href="#receipt-promise_status.*?</a>', text)
    one, other = rng.choice([(a, b) for a in found for b in found if a != b])
    page.write_bytes(text.replace(one, other, 1).encode())


REDLINE = re.compile(r'<p class="sro-redline".*?</p>', re.DOTALL)


def on_redline(site: Path, rng: Random, pattern: str, new: str) -> None:
    """Change a place in the clauses of two texts."""
    page = site / "agreements/full-2022/index.html"
    text = read(page)
    found = [one for one in REDLINE.findall(text) if re.search(pattern, one)]
    old = rng.choice(found)
    page.write_bytes(text.replace(old, re.sub(pattern, new, old, count=1), 1).encode())


def word_of_a_clause(site: Path, rng: Random) -> None:
    """Another word in a clause."""
    on_redline(site, rng, r"(Officers|schools|text)(?=[ .])", "others")


def insertion_as_plain_words(site: Path, rng: Random) -> None:
    """What is new in a clause, told as if it had always stood there."""
    on_redline(site, rng, r"<ins>.*?(<span data-text[^>]*>.*?</span>)</ins>", r"\1")


def deletion_left_out(site: Path, rng: Random) -> None:
    """What is gone from a clause, not told."""
    on_redline(site, rng, r"<del>.*?</del>", "")


def dropped_clause(site: Path, rng: Random) -> None:
    """A clause whose status stands without its words."""
    on_redline(site, rng, r'<p class="sro-redline".*</p>', "")


def status_of_another_clause(site: Path, rng: Random) -> None:
    """The status of one clause beside another's words."""
    page = site / "agreements/full-2022/index.html"
    text = read(page)
    found = re.findall(r'<a class="f" href="#receipt-clause\.agreement.*?</a>', text)
    one, other = rng.choice([(a, b) for a in found for b in found if a != b])
    page.write_bytes(text.replace(one, other, 1).encode())


def said_by_decree(measure: str) -> Mutation:
    """Another text for a computed value, in the list of facts, on the pages and in receipts."""

    def change(site: Path, rng: Random) -> None:
        rows = [row for row in rows_of(site / "data/facts.csv")[1:] if row[2] == measure]
        row = rng.choice(rows)
        new = rng.choice([one[4] for one in rows if one[4] != row[4]])
        change_fact(site, row[0], value=new)
        for page in site.rglob("*.html"):
            shown, other = (f'data-fact="{row[0]}">{words}<' for words in (row[4], new))
            page.write_bytes(read(page).replace(shown, other).encode())

    change.__doc__ = f"Another value of {measure}."
    return change


def embeds(site: Path) -> list[Path]:
    """The pages of figures alone."""
    return sorted((site / "embed").glob("*/index.html"))


def in_embed(site: Path, rng: Random, pattern: str, change: Callable[[re.Match[str]], str]) -> None:
    """Change one place on the page of some figure."""
    found = [(p, m) for p in embeds(site) for m in re.finditer(pattern, read(p), re.DOTALL)]
    path, match = rng.choice(found)
    text = match.string
    path.write_bytes((text[: match.start()] + change(match) + text[match.end() :]).encode())


def figure_of_another_vote(site: Path, rng: Random) -> None:
    """What two figures say, each under the other's address, names of pictures and all."""
    one, other = rng.sample([page for page in embeds(site) if "tally-" in str(page)], 2)
    first, second = read(one), read(other)
    one.write_bytes(second.replace(other.parent.name, one.parent.name).encode())
    other.write_bytes(first.replace(one.parent.name, other.parent.name).encode())


def row_of_a_figure(site: Path, rng: Random) -> None:
    """A row of a figure's table, and no more."""
    in_embed(site, rng, r"<tr><th scope=\"row\">(?:(?!</tr>).)*</tr>", lambda _: "")


def bar_of_a_figure(site: Path, rng: Random) -> None:
    """How long a bar of a figure is."""
    in_embed(site, rng, r'd="M0,[\d.]+h(\d\d+)[\d.]*v18h', in_group(1, rng))


def receipt_of_a_figure(site: Path, rng: Random) -> None:
    """Where a value of a figure leads to."""
    in_embed(site, rng, r"#receipt-[a-z]", lambda found: f"{found[0]}x")


def title_of_a_figure(site: Path, rng: Random) -> None:
    """What a figure is called in the bar of a browser."""
    in_embed(site, rng, "<title>[A-Z]", lambda found: f"<title>No {found[0][-1]}")


def address_of_a_figure(site: Path, rng: Random) -> None:
    """The page that a figure says it comes from."""
    in_embed(site, rng, r'rel="canonical" href="[^"]*', lambda found: f"{found[0]}x/")


def number_on_a_figure(site: Path, rng: Random) -> None:
    """A number in the words of a figure's page."""
    in_embed(site, rng, r"<p>(?=[A-Z])", lambda _: "<p>In 7 schools: ")


def figure_without_its_frame(site: Path, rng: Random) -> None:
    """A figure whose words nobody would look at."""
    in_embed(site, rng, r'<main class="embed">', lambda _: "<main>")


def title_in_how_to_cite(site: Path, rng: Random) -> None:
    """Another title in the citation of a page."""
    replace(site, rng, r'class="sro-cite".*?<p><code>', lambda found: f"{found[0]}Another ")


def state_in_how_to_cite(site: Path, rng: Random) -> None:
    """A release that there is not, in a citation."""
    pattern = r"Not released yet\.|Todavía sin edición publicada\."
    replace(site, rng, pattern, lambda _: "Release 2025-01-10.")


def address_in_how_to_cite(site: Path, rng: Random) -> None:
    """Another address for BibTeX."""
    replace(site, rng, r"  url = \{", lambda found: f"{found[0]}https://other.example/")


def sign_in_how_to_cite(site: Path, rng: Random) -> None:
    """A sign that BibTeX takes for a comment."""
    replace(site, rng, r"  note = \{", lambda found: f"{found[0]}% ")


def how_to_cite_left_out(site: Path, rng: Random) -> None:
    """A page without its citation."""
    replace(site, rng, r'<details class="sro-cite".*?</details>', lambda _: "")


def citation_of_a_figure(site: Path, rng: Random) -> None:
    """Another day at the foot of a figure, one that the site does know."""
    in_embed(site, rng, r"(up to <span data-text>)[\d-]+", lambda found: f"{found[1]}2020-08-17")


def code_of_another_figure(site: Path, rng: Random) -> None:
    """Code that brings another figure than the one above it."""
    replace(site, rng, r"/embed/[a-z0-9-]+/(?=&#34; title)", lambda _: "/embed/costs-budget-x/")


def title_in_the_code(site: Path, rng: Random) -> None:
    """Another title in the code for a frame."""
    replace(site, rng, r"(&#34; title=&#34;)[^&]", lambda found: f"{found[1]}Not: ")


def figure_on_no_page(site: Path, rng: Random) -> None:
    """A figure that its page no longer shows."""
    page = site / "coverage/index.html"
    text = re.sub(r"<figure.*?</figure>", "", read(page), count=1, flags=re.DOTALL)
    page.write_bytes(re.sub(r"<p><code>&lt;iframe.*?</p>", "", text, flags=re.DOTALL).encode())


def dropped_fact(site: Path, rng: Random) -> None:
    """A fact that no list holds any more."""
    fact = some_fact(site, rng, "id")["id"]
    for path in (site / "data/facts.csv", *(site / "schools").glob("*/data.csv")):
        write_rows(path, [row for row in rows_of(path) if row[0] != fact])


def fact_twice(site: Path, rng: Random) -> None:
    """A fact that stands twice."""
    path = site / "data/facts.csv"
    header, *rows = rows_of(path)
    write_rows(path, [header, *rows, rng.choice(rows)])


def fact_on_no_page(site: Path, rng: Random) -> None:
    """A true fact that no page shows."""
    path = site / "data/facts.csv"
    header, *rows = rows_of(path)
    query = "sql: select count(*) from votes where 1 = 1"
    row = ["m.district.all", "district", "m", "all", "8", "", "", "", "", query, "", "", ""]
    write_rows(path, [header, *rows, row])


def changed_column(name: str, value: Callable[[str], str]) -> Mutation:
    """Another value in one column of a fact, in all lists alike."""

    def change(site: Path, rng: Random) -> None:
        fact = some_fact(site, rng, name, cell=name == "unit")
        change_fact(site, fact["id"], **{name: value(fact[name])})

    change.__doc__ = f"Another {name} of a fact."
    return change


def expression_of_a_count(site: Path, rng: Random) -> None:
    """What a count counts, changed in all lists and in the receipts."""
    rows = rows_of(site / "data/facts.csv")[1:]
    row = rng.choice([row for row in rows if row[9].startswith("sql: select count(*)")])
    query = row[9] + (" and 1 = 0" if " where " in row[9] else " where 1 = 0")
    change_fact(site, row[0], expression=query)


def subject_of_another_school(site: Path, rng: Random) -> None:
    """A fact told of another school, in all lists alike."""
    facts = [row for row in rows_of(site / "data/facts.csv")[1:] if row[1].startswith("school/")]
    row = rng.choice(facts)
    change_fact(site, row[0], subject=rng.choice(sorted({f[1] for f in facts} - {row[1]})))


def row_of_a_school(site: Path, rng: Random) -> None:
    """A row of a school's own list of facts."""
    path = rng.choice(schools(site)).with_name("data.csv")
    header, *rows = rows_of(path)
    rows.pop(rng.randrange(len(rows)))
    write_rows(path, [header, *rows])


def page_of_a_school(site: Path, rng: Random) -> None:
    """A school without a page."""
    rng.choice(schools(site)).unlink()


def missing_file(site: Path, rng: Random) -> None:
    """A file of the manifest."""
    rng.choice(sorted(path for path in site.rglob("*.*") if path.name != MANIFEST)).unlink()


def extra_file(site: Path, rng: Random) -> None:
    """A file that the manifest does not name."""
    folder = rng.choice(sorted(path for path in site.rglob("*") if path.is_dir()))
    (folder / f"extra-{rng.randrange(100)}.txt").write_bytes(b"")


def changed_file(site: Path, rng: Random) -> None:
    """A byte more in any file."""
    path = rng.choice(sorted(path for path in site.rglob("*.*") if path.name != MANIFEST))
    path.write_bytes(path.read_bytes() + b" ")


def entry_of_the_manifest(site: Path, rng: Random) -> None:
    """A file's line in the manifest."""
    named = json.loads(read(site / MANIFEST))["files"]
    named.pop(rng.randrange(len(named)))
    (site / MANIFEST).write_bytes(manifest(Entry(**one) for one in named))


# Seen from the files alone: the manifest stays as it was.
OF_FILES: tuple[Mutation, ...] = (missing_file, extra_file, changed_file, entry_of_the_manifest)
# Seen although the manifest fits the changed files.
OF_CONTENT: Mapping[str, Mutation] = {
    one.__name__: one
    for one in (
        address_in_how_to_cite, how_to_cite_left_out, sign_in_how_to_cite,
        state_in_how_to_cite, title_in_how_to_cite,
        address_of_a_source, category_word, cell_of_a_table, citation, count_of_a_rule,
        datetime_attribute,
        description_of_a_picture, description_of_the_map, description_of_the_time_line,
        description_of_the_years,
        digit_of_a_fact, digit_of_a_text, dropped_fact,
        dropped_finding, dropped_number, dropped_promise,
        dropped_receipt, dropped_row_of_a_table, expression_of_a_count, expression_on_a_page,
        fact_on_no_page, fact_twice, facts_and_pages_alike, finding_of_another_school,
        finding_twice, label_of_a_bar, label_of_a_year,
        length_of_a_bar, link_to_another_receipt, mark_of_the_map, mark_to_another, mark_to_zero,
        mark_to_zero_in_all_files, number_without_a_fact, page_of_a_school, row_of_a_school,
        status_of_another_clause, status_of_another_promise, deletion_left_out, dropped_clause,
        insertion_as_plain_words, word_of_a_clause,
        subject_of_another_school, swapped_facts, swapped_pages, swapped_rows, tick,
        value_attribute, verdict_by_decree, verdict_of_a_statement,
        broken_markup, place_of_a_row, release_of_a_receipt, title_of_a_receipt,
        words_of_a_receipt,
        address_of_a_figure, bar_of_a_figure, citation_of_a_figure, code_of_another_figure,
        figure_of_another_vote, figure_on_no_page, figure_without_its_frame, number_on_a_figure,
        receipt_of_a_figure, row_of_a_figure, title_in_the_code, title_of_a_figure,
    )
} | {
    f"{measure}_by_decree": said_by_decree(measure)
    for measure in ("promise_status", "standing", "in_force", "clause")
} | {
    f"{name}_of_a_fact": changed_column(name, change)
    for name, change in {
        "id": lambda text: f"{text}x",
        "measure": lambda text: f"{text}x",
        "period": lambda _: "1999",
        "value": lambda text: f"{text}1",
        "unit": lambda text: f"{text}x",
        "mark": lambda _: "withheld",
        "n": lambda text: f"{text}7",
        "formula": lambda text: f"{text} Or not.",
        "expression": lambda text: f"{text}x",
        "inputs": lambda text: f"{text}x",
        "sources": lambda text: f"{text}x",
    }.items()
}  # fmt: skip
