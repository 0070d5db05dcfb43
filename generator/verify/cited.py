"""How a page is to be cited: its title, where its data stand, its address; text and BibTeX."""

import re
from collections.abc import Iterator, Mapping, Sequence

from generator.verify.factrow import same
from generator.verify.mismatch import Mismatch
from generator.verify.page import Page
from generator.verify.site import Site

ENTRY = re.compile(r"@misc\{([^\s,{}]+),\n((?:  \w+ = \{.*\},?\n)+)\}")
FIELD = re.compile(r"  (\w+) = \{(.*)\},?")
SIGN = re.compile(r"\\([&%$#_])|\{\\text(\w+)\}|([{}\\&%$#_~^])")
SPELLED = {
    "backslash": "\\", "braceleft": "{", "braceright": "}", "asciitilde": "~", "asciicircum": "^",
}  # fmt: skip
ENDS = (".", "?", "!", "…")


def check_cited(page: Page, whole: Site) -> Iterator[Mismatch]:
    """Both forms; the page for addresses that are missing has none."""
    if not page.canonical and not page.citations:
        return
    if len(page.citations) != len(("text", "BibTeX")):
        yield Mismatch(page.path, "", "ways to cite", str(len(page.citations)), "2")
        return
    text, bibtex = page.citations
    title, site = page.shared.get("og:title", ""), site_title(whole)
    release = standing(page, whole)
    note = f"{state(release, whole)} {whole.tongue.cited}"
    expected = " ".join([sentence(title), sentence(site), note, page.canonical])
    if text != expected:
        yield Mismatch(page.path, "", "citation", text, expected)
    fields = {
        "title": f"{{{title}}}", "author": f"{{{site}}}",
        "year": (release or whole.newest)[:4], "note": note, "url": page.canonical,
    }  # fmt: skip
    found = read_bibtex(bibtex)
    wanted = {name: value for name, value in fields.items() if value}
    if found != wanted:
        yield Mismatch(page.path, "", "citation for BibTeX", bibtex, str(wanted))


def site_title(whole: Site) -> str:
    """The title of the site in the language of the page."""
    said = whole.published.section("translations").get(whole.tongue.code, {})
    title = whole.published.section("site").get("title", "")
    return str(said.get("title", title) if isinstance(said, dict) and whole.folder else title)


def standing(page: Page, whole: Site) -> str:
    """The newest release, where its tables are those of the site or it says the same of each fact
    that the page shows; "" where it does not."""
    ledger = whole.ledger
    if ledger.unchanged or not ledger.releases:
        return ledger.releases[-1] if ledger.releases else ""
    for shown in page.shown:
        known, past = ledger.facts.get(shown.fact), ledger.past.get(shown.fact)
        if known is None or not past:
            return ""
        _, value, mark = past[-1]
        if not same(value, known.value or "") or mark != ("" if known.value else known.mark):
            return ""
    return ledger.releases[-1]


def state(release: str, whole: Site) -> str:
    """What a citation says of releases, and of the newest source where the page is in none."""
    tongue, releases, day = whole.tongue, whole.ledger.releases, whole.newest
    if release:
        return tongue.release.format(release=release)
    said = tongue.changed.format(release=releases[-1]) if releases else tongue.cited_early
    return f"{said} {tongue.newest.format(day=day)}" if day else said


def sentence(text: str) -> str:
    """The text with an end."""
    return text if text.endswith(ENDS) else f"{text}."


def read_bibtex(entry: str) -> Mapping[str, str]:
    """The fields of an entry as text, the braces around a name kept; none where it is no entry."""
    found = ENTRY.fullmatch(entry)
    if not found:
        return {}
    fields = [FIELD.fullmatch(line) for line in found[2].splitlines()]
    return {one[1]: read_field(one[1], one[2]) for one in fields if one}


def read_field(name: str, text: str) -> str:
    """A field's text; a sign that means something to BibTeX and stands bare makes it none."""
    if name in ("title", "author") and text[:1] == "{" and text[-1:] == "}":
        return f"{{{plain(text[1:-1])}}}"
    return text if name == "url" else plain(text)


def plain(text: str) -> str:
    """The text without what is written for BibTeX; "" where a sign stands bare."""
    signs: Sequence[tuple[str, str, str]] = SIGN.findall(text)
    if any(bare for _, _, bare in signs):
        return ""
    return SIGN.sub(lambda found: found[1] or SPELLED.get(found[2], ""), text)
