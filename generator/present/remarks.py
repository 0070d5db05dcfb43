"""What stands beside a value: the reply of an office, the request for it, a report of an error.

Most editions have few. So pages are printed without them, and what belongs beside a value is set
there afterwards: the templates of values, and the moulds of what repeats itself, need not look.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from jinja2 import Environment
from markupsafe import Markup, escape

from generator.model import Fact, Record, Row, Text
from generator.present.page import Page, linker
from generator.present.whereabouts import row_of
from generator.views import Line, line, subject_of

PLACE = re.compile(r'<p class="sro-place">.*?</p>')
PAGE = re.compile(r"schools/([^/]+)/")


@dataclass(frozen=True)
class Remark:
    """One row of a ledger about a value: `code` is the decision of a report, `office` replies."""

    kind: Literal["correction", "request", "reply"]
    key: str
    code: str = ""
    office: Text | None = None


@dataclass(frozen=True)
class Remarks:
    """All of them by the address of a value or a row, and the replies about a whole school."""

    record: Record
    words: Callable[..., Markup]
    by_address: Mapping[str, tuple[Remark, ...]]
    by_school: Mapping[str, tuple[Remark, ...]]

    def of(self, fact: Fact) -> tuple[Remark, ...]:
        """What belongs beside a value, by itself or by its row."""
        if not self.by_address:
            return ()
        return self.by_address.get(fact.id, ()) + self.by_address.get(row_of(fact), ())

    def on(self, path: str, facts: Iterable[Fact]) -> bool:
        """True for a page that has any."""
        return bool(self.of_page(path)) or any(map(self.of, facts if self.by_address else ()))

    def of_page(self, path: str) -> tuple[Remark, ...]:
        """The replies about the school whose page this is."""
        found = PAGE.fullmatch(path)
        return self.by_school.get(found[1], ()) if found else ()

    def replies(self, page: Page) -> Iterator[Line]:
        """The replies that stand on a page, each once, in order of their keys."""
        every = [*self.of_page(page.path), *(r for f in page.facts.values() for r in self.of(f))]
        keys = {remark.key for remark in every if remark.kind == "reply"}
        table = self.record.tables["replies"].table if keys else None
        for row in self.record.rows.get("replies", ()) if table else ():
            if row["reply_id"] in keys and table:
                yield line(table, row, subject_of(row))

    def beside(self, body: str, page: Page) -> str:
        """The body of a page with a link beside each value that has a reply or a request, and with
        all remarks in its receipt. Of a row, the link stands beside its first value on the page."""
        url = linker(page)
        told: set[Remark] = set()
        for remark in self.of_page(page.path):
            head = PLACE.search(body)
            link = f'\n<p class="sro-flag">{self.link(remark, url)}</p>'
            body = body[: head.end()] + link + body[head.end() :] if head else body
        for fact in list(page.facts.values()) if self.by_address else ():
            key = escape(fact.id)
            for remark in self.of(fact):
                words = f" {self.link(remark, url)}"
                receipt = f'<details id="receipt-{key}">'
                value = f'<a class="f" href="#receipt-{key}">'
                body = inserted(body, receipt, "</details>", words, behind=False)
                if remark.kind != "correction" and remark not in told:
                    before, body = body, inserted(body, value, "</a>", words, behind=True)
                    told |= {remark} if body != before else set()
        return body

    def link(self, remark: Remark, url: Callable[[str], Markup]) -> Markup:
        """The link of a remark, in words."""
        path = f"{remark.kind}s/#{remark.kind}-{remark.key}"
        href = Markup(f"#reply-{escape(remark.key)}") if remark.kind == "reply" else url(path)
        return Markup(self.words(remark.kind, remark.code, remark.office, href).strip())


def inserted(body: str, start: str, end: str, words: str, *, behind: bool) -> str:
    """The body with words before or `behind` the end of the first element that starts so."""
    at = body.find(start)
    if at < 0:
        return body
    stop = body.index(end, at) + (len(end) if behind else 0)
    return body[:stop] + words + body[stop:]


def remarks(record: Record, environment: Environment) -> Remarks:
    """Those of an edition; the templates have the words of their links."""
    words: Any = environment.get_template("parts/remarks.j2").module
    found: dict[str, list[Remark]] = {}
    schools: dict[str, list[Remark]] = {}
    for row in record.rows.get("corrections", ()):
        if row["decision"] != "declined":
            remark = Remark("correction", str(row["correction_id"]), str(row["decision"]))
            found.setdefault(str(row["fact"]), []).append(remark)
    for row in record.rows.get("requests", ()):
        for address in str(row["covers"] or "").split() if row["answer"] == "open" else ():
            found.setdefault(address, []).append(Remark("request", str(row["request_id"])))
    for row in record.rows.get("replies", ()):
        remark = Remark("reply", str(row["reply_id"]), office=Text(
            str(row["office"]), lang=str(row.get("office_lang") or "")))  # fmt: skip
        if row["fact"]:
            found.setdefault(str(row["fact"]), []).append(remark)
        for school in schools_about(record, row):
            schools.setdefault(school, []).append(remark)
    return Remarks(record, words.link, _frozen(found), _frozen(schools))


def schools_about(record: Record, row: Row) -> tuple[str, ...]:
    """The schools that a reply is about as a whole."""
    if row["school_id"]:
        return (str(row["school_id"]),)
    return record.schools_of_unit.get(str(row["unit_id"]), ()) if row["unit_id"] else ()


def _frozen(found: Mapping[str, list[Any]]) -> dict[str, tuple[Any, ...]]:
    return {key: tuple(values) for key, values in found.items()}
