"""The link of a receipt by which readers report a problem: it names value, release and page."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from generator.verify.ledger import Known, earlier
from generator.verify.page import Page, Receipt
from generator.verify.site import Site
from generator.verify.words import NUMBERS


def report_words(known: Known, whole: Site) -> Iterator[str]:
    """What the link says, where the edition has one."""
    if address_of(whole):
        is_number = known.value is not None and known.kind in NUMBERS
        yield whole.tongue.report_number if is_number else whole.tongue.report_value


def report_faults(page: Page, receipt: Receipt, known: Known, whole: Site) -> Iterator[str]:
    """What the link is expected to hold and does not."""
    address = address_of(whole)
    found = [link for link in receipt.links if urlsplit(link).scheme]
    if len(found) != bool(address):
        yield "a link" if address else "no link"
        return
    for link in found:
        if not link.startswith(re.split(r"[?{]", address, maxsplit=1)[0]):
            yield address
        said = [value for _, value in parse_qsl(urlsplit(link).query, keep_blank_values=True)]
        lines = [line for value in said for line in value.splitlines()]
        for words in (known.row["id"], release_of(known, whole), page.canonical):
            if not any(line == words or line.endswith(f": {words}") for line in lines):
                yield words


def release_of(known: Known, whole: Site) -> str:
    """The newest release, where the value is the one that it has."""
    past = whole.ledger.past.get(known.row["id"], ())
    if past and len(earlier(known, past)) < len(past):
        return whole.ledger.releases[-1]
    return whole.tongue.unreleased


def address_of(whole: Site) -> str:
    """Where readers report, as the edition says; "" where it does not."""
    return str(whole.published.section("reports").get("address", ""))
