"""The link by which a reader reports a problem with a value: it names value, release and page."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from markupsafe import Markup, escape

from generator.model import N_, Fact, Record
from generator.present import Language
from generator.present.page import Page
from generator.present.places import Place, place
from generator.present.receipts import is_released

# Few words: the link stands in each receipt of each page.
SUBJECT, RELEASE, UNRELEASED = N_("Problem"), N_("Release"), N_("not released yet")
MAIL = "?subject={title}&body={body}"
# Stand for what differs from value to value; quoting and escaping leave them as they are.
ID, WHEN, WHERE = "QxvalueqX", "QxreleaseqX", "QxpageqX"
SAFE = "/:"
PLAIN = re.compile(r"[\w.~/:-]*", re.ASCII)


def report_functions(
    record: Record, language: Language, page: Page
) -> Mapping[str, Callable[[Fact], Markup] | bool]:
    """`reports` is False where the edition names no address, `report` gives the link of a fact."""
    address = record.edition.reports
    if not address:
        return {"reports": False}
    form = re.split(f"({ID}|{WHEN}|{WHERE})", link_form(address, language))
    places = {name: [at for at, part in enumerate(form) if part == name] for name in PARTS}
    root = f"{record.edition.base_url.rstrip('/')}/{page.folder}"
    never = quoted(language.translate(UNRELEASED))

    def link(fact: Fact) -> str:
        release = record.last_release if is_released(record, fact) else never
        parts = list(form)
        for name, words in zip(PARTS, (quoted(fact.id), release, quoted(root + page.path)),
                               strict=True):  # fmt: skip
            for at in places[name]:
                parts[at] = words
        return "".join(parts)

    def report(fact: Fact) -> Markup:
        if isinstance(fact.id, Place):
            return Markup(place(fact.id.number, "p"))
        return Markup(link(fact))

    def form_of(number: int, _: int) -> Callable[[Any], str]:
        return lambda slots: link(slots[number])

    page.forms["p"] = form_of
    return {"reports": True, "report": report}


PARTS = (ID, WHEN, WHERE)


def link_form(address: str, language: Language) -> str:
    """The link for an attribute, with a mark for each part that differs. A mail address gets a
    subject and a body; an address on the web says itself where they belong."""
    words = language.translate
    subject, lines = f"{words(SUBJECT)}: {ID}", (f"{words(RELEASE)}: {WHEN}", WHERE, "", "")
    pattern = address if "{body}" in address else address + MAIL
    # Mail wants CR and LF, and every form takes them.
    found = pattern.replace("{title}", quote(subject, safe=SAFE))
    return str(escape(found.replace("{body}", quote("\r\n".join(lines), safe=SAFE))))


@lru_cache(maxsize=4096)  # the page of many receipts, and ids that stand on many pages
def quoted(text: str) -> str:
    """The text as a part of an address."""
    return text if PLAIN.fullmatch(text) else quote(text, safe=SAFE)
