"""What a host is told beside the pages: headers, redirects, robots.txt, security.txt."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from generator.verify.files import NOJEKYLL, SECURITY
from generator.verify.kept import moved, text_of
from generator.verify.mismatch import Mismatch
from generator.verify.published import Published

HEADERS, REDIRECTS, ROBOTS = "_headers", "_redirects", "robots.txt"
CSP = "Content-Security-Policy"
META = re.compile(rf'<meta http-equiv="{CSP}" content="([^"]*)"')
CANONICAL = re.compile(r'<link rel="canonical" href="([^"]*)"')
HEAD = 4096  # a page's policy stands before anything that could break it
EMBEDS = "embed/"
BY_DAY = {
    "sources": ("published", "retrieved"),
    "evidence": ("looked_on",),
    "corrections": ("received_on", "decided_on"),
    "replies": ("received_on",),
    "requests": ("sent_on", "answered_on"),
}
Rules = Mapping[str, Mapping[str, str]]


def check_hosting(folder: Path, held: Sequence[str], published: Published) -> Iterator[Mismatch]:
    """All of them."""
    yield from check_headers(folder, held)
    _, *others = [str(code) for code in published.section("site").get("languages", ["en"])]
    below = ["", *(f"{code}/" for code in others)]
    expected = [
        f"/{language}schools/{old}{end} /{language}schools/{new}/ 301"
        for old, new in moved(published).items() for language in below for end in ("", "/")
    ]  # fmt: skip
    lines = text_of(folder / REDIRECTS).splitlines()
    found = [line for line in lines if not line.startswith("#")]
    if sorted(found) != sorted(expected) or REDIRECTS not in held:
        yield Mismatch(REDIRECTS, "", "redirects", "; ".join(found), "; ".join(expected))
    if NOJEKYLL not in held or (folder / NOJEKYLL).read_bytes():
        yield Mismatch(NOJEKYLL, "", "a file that is missing or not empty")
    root = root_of(folder)
    robots = f"User-agent: *\nAllow: /\n\nSitemap: {root}sitemap.xml\n"
    if text_of(folder / ROBOTS) != robots:
        yield Mismatch(ROBOTS, "", "rules", text_of(folder / ROBOTS), robots)
    wanted = security(published, root)
    if text_of(folder / SECURITY) != wanted or (SECURITY in held) != bool(wanted):
        yield Mismatch(SECURITY, "", "contact", text_of(folder / SECURITY), wanted)


def check_headers(folder: Path, held: Sequence[str]) -> Iterator[Mismatch]:
    """Each page gets from the host what its own meta element says, and who may frame it, once."""
    rules, fault = read_rules(text_of(folder / HEADERS))
    if fault or HEADERS not in held:
        yield Mismatch(HEADERS, "", "a line that no host can read", fault)
    for path in held:
        if not path.endswith(".html"):
            continue
        with (folder / path).open("rb") as page:
            said = META.search(page.read(HEAD).decode(errors="replace").replace("&#39;", "'"))
        framed = "*" if path.startswith(EMBEDS) else "'none'"
        expected = [f"{said[1]}; frame-ancestors {framed}"] if said else ["a policy in the page"]
        for address in {f"/{path.removesuffix('index.html')}", f"/{path}"}:
            given = [
                more[CSP] for rule, more in rules.items() if CSP in more and fits(rule, address)
            ]
            if given != expected and not (address.endswith("/index.html") and not given):
                yield Mismatch(path, "", "policy of the host", "; and ".join(given), *expected)


def read_rules(text: str) -> tuple[Rules, str]:
    """The headers by the rule of their addresses, and the first line that is none of them."""
    rules: dict[str, dict[str, str]] = {}
    rule = ""
    for line in text.splitlines():
        name, colon, value = line.strip().partition(": ")
        if line.startswith("/") and line not in rules:
            rule = line
            rules[rule] = {}
        elif line.startswith(" ") and rule and colon and name not in rules[rule]:
            rules[rule][name] = value
        elif not line.startswith("#"):
            return rules, line or "an empty line"
    return rules, ""


def fits(rule: str, address: str) -> bool:
    """True where a rule is for an address; * at its end stands for anything."""
    return address.startswith(rule[:-1]) if rule.endswith("*") else address == rule


def root_of(folder: Path) -> str:
    """The address of the site, as its home page says it."""
    found = CANONICAL.search(text_of(folder / "index.html"))
    return found[1] if found else ""


def security(published: Published, root: str) -> str:
    """security.txt as the edition gives it; "" without a contact, or a day to count from."""
    contact = str(published.section("security").get("contact", ""))
    days = [
        row.get(name, "")
        for table, names in BY_DAY.items()
        for row in published.rows(table).values()
        for name in names
    ]
    newest = max((day for day in days if len(day) == len("2026-01-31")), default="")
    if not contact or not newest:
        return ""
    day = date.fromisoformat(newest)
    last = date.max if day > date.max - timedelta(364) else day + timedelta(364)
    languages = [str(code) for code in published.section("site").get("languages", ())]
    return (
        f"Contact: {contact}\nExpires: {last}T00:00:00Z\n"
        f"Preferred-Languages: {', '.join(languages)}\nCanonical: {root}{SECURITY}\n"
    )
