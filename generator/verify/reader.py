"""HTML → Page: one pass over the text."""

from collections.abc import Callable, Mapping
from sys import intern

from generator.verify.endings import Attributes, Endings
from generator.verify.markup import attributes
from generator.verify.page import (
    RECEIPT,
    SOURCE,
    Cited,
    Clause,
    Page,
    Picture,
    Receipt,
    Shown,
    TableRow,
)

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
ENTRIES = ("correction-", "request-")
DIGITS = frozenset("0123456789")


def read_page(path: str, html: str) -> Page:
    """The page; markup that does not nest is read as far as it goes."""
    reader = _Reader(path)
    reader.read(html)
    reader.page.broken = reader.broken
    # Cut off behind its last value, a page would say all that it has to.
    if not html.rstrip().endswith("</html>"):
        reader.page.broken.append("the page has no end")
    return reader.page


class _Reader(Endings):
    """Notes what begins: the elements that a check is about, each with what its end has to do."""

    def begin(self, tag: str, given: str) -> None:
        """Note what begins; outside of drawings a slash at a tag's end says nothing."""
        if self.drawing and given.endswith("/"):
            if tag == "path":
                self._path(attributes(given))
            return
        watched = tag in WATCHED or "data-fact" in given or "data-text" in given
        ending = self._open(tag, attributes(given)) if watched else ""
        if tag not in VOID:
            self.stack.append((tag, ending))

    def end(self, tag: str) -> None:
        """Close the element, and those in it that were left open."""
        stack = self.stack
        if stack and stack[-1][0] == tag:
            ending = stack.pop()[1]
            if ending:
                self._close(ending)
            return
        if all(name != tag for name, _ in stack[-8:]):
            return
        name = ""
        while name != tag:
            name, ending = stack.pop()
            if ending:
                self._close(ending)

    def data(self, text: str) -> None:
        """Keep text for whoever waits for it; a number that nobody covers is a stray one."""
        for sink in self.sinks:
            sink.append(text)
        if self.main and not self.covered and not DIGITS.isdisjoint(text):
            self.page.strays.append(" ".join(text.split()))

    def _open(self, tag: str, given: Attributes) -> str:
        """Note what begins here; a word for `_close` where its end matters."""
        if "data-fact" in given:
            return self._fact(tag, given)
        if "data-text" in given:
            self.text_language = given.get("lang", "")
            return self._sink("piece" if self.clause else "text", covers=True)
        begin = BEGIN.get(tag)
        if begin is not None:
            return begin(self, given)
        if tag in HEADINGS and self.main:
            return self._sink("heading", covers=True)
        return ""

    def _fact(self, tag: str, given: Attributes) -> str:
        page, row = self.page, self.row
        if row is not None:
            row.facts.append(len(page.shown))
            if row.cells:
                row.cells[-1].append(len(page.shown))
        value = given.get("value", given.get("datetime", ""))
        receipt = self.receipt.fact if self.receipt else ""
        page.shown.append(
            Shown(intern(given["data-fact"]), tag, value, given.get("class") == "mark", receipt,
                  self.link, self.article)
        )  # fmt: skip
        return self._sink("fact", covers=True)

    def _begin_html(self, given: Attributes) -> str:
        self.page.language = given.get("lang", "")
        return ""

    def _begin_meta(self, given: Attributes) -> str:
        if given.get("name") == "description":
            self.page.description = given.get("content", "")
        if given.get("property", "").startswith("og:"):
            self.page.shared.setdefault(given["property"], given.get("content", ""))
        return ""

    def _begin_link(self, given: Attributes) -> str:
        if given.get("rel") == "canonical":
            self.page.canonical = given.get("href", "")
        return ""

    def _begin_main(self, given: Attributes) -> str:
        if given.get("class") != "embed":
            return ""
        self.main += 1
        self.page.frames += 1
        return "main"

    def _begin_footer(self, _: Attributes) -> str:
        self.foot = self.page.frames > 0
        return "foot"

    def _begin_title(self, _: Attributes) -> str:
        return "" if self.picture else self._sink("title", covers=True)

    def _begin_desc(self, _: Attributes) -> str:
        return self._sink("desc", covers=True)

    def _begin_p(self, given: Attributes) -> str:
        if given.get("class") != "sro-redline":
            return ""
        keys = given.get("data-earlier", ""), given.get("data-later", "")
        self.clause = Clause(*keys, self.article)
        self.page.clauses.append(self.clause)
        return "clause"

    def _begin_ins(self, _: Attributes) -> str:
        self.mode = "ins"
        return "mode"

    def _begin_del(self, _: Attributes) -> str:
        self.mode = "del"
        return "mode"

    def _begin_article(self, given: Attributes) -> str:
        if "md-content__inner" in given.get("class", ""):
            self.main += 1
            return "main"
        self.article = given.get("id", "")
        self.page.articles.append(self.article)
        return "article"

    def _begin_a(self, given: Attributes) -> str:
        href = given.get("href", "")
        if href.startswith(f"#{SOURCE}"):
            self.attributes = given
            if self.receipt:
                self.receipt.sources.append(href.removeprefix(f"#{SOURCE}"))
            return self._sink("cite", covers=True)
        if self.receipt:
            self.receipt.links.append(href)
        elif href.startswith("#reply-"):
            self.page.reply_links[href.removeprefix("#reply-")] += 1
        if self.page.frames:
            self.page.links.append(href)
        if self.article:
            self.page.article_links.setdefault(self.article, href)
            if self.article.startswith(ENTRIES):
                self.page.entry_links.append(href)
        if self.row is not None and not self.row.cells and not self.row.link:
            self.row.link = href
        if self.map and "aria-label" in given:
            self.page.markers.append((href, given["aria-label"]))
        if self.listing and self.page.sources:
            self.page.sources[-1].link = href
        self.link = href
        return "link"

    def _begin_section(self, given: Attributes) -> str:
        if given.get("class") == "sro-receipts":
            self.page.has_receipts = True
        return ""

    def _begin_details(self, given: Attributes) -> str:
        if given.get("id", "").startswith(RECEIPT):
            self.receipt = Receipt(given["id"].removeprefix(RECEIPT))
            self.page.receipts.append(self.receipt)
            return self._sink("receipt")
        if given.get("class") == "sro-cite":
            self.citing = True
            return "citing"
        return ""

    def _begin_summary(self, _: Attributes) -> str:
        return self._sink("summary") if self.receipt else ""

    def _begin_code(self, _: Attributes) -> str:
        return self._sink("code", covers=True)

    def _begin_ol(self, given: Attributes) -> str:
        self.listing = given.get("class") == "sro-sources"
        return "list"

    def _begin_li(self, given: Attributes) -> str:
        if self.listing and given.get("id", "").startswith(SOURCE):
            self.page.sources.append(Cited(given["id"].removeprefix(SOURCE)))
            return self._sink("source", covers=True)
        return ""

    def _begin_table(self, given: Attributes) -> str:
        self.grid = "sro-grid" in given.get("class", "")
        if self.waiting:
            self.waiting.first = len(self.page.rows)
            return "table"
        return ""

    def _begin_tr(self, _: Attributes) -> str:
        self.row = TableRow(self.grid)
        self.page.rows.append(self.row)
        return "row"

    def _begin_th(self, _: Attributes) -> str:
        return self._sink("header") if self.row is not None else ""

    def _begin_td(self, _: Attributes) -> str:
        if self.row is None:
            return ""
        self.row.cells.append([])
        return self._sink("cell")

    def _begin_svg(self, given: Attributes) -> str:
        self.covered += 1
        self.drawing += 1
        kind = given.get("class", "")
        self.map = kind == "map"
        if kind.startswith("chart chart-"):
            own = given.get("aria-labelledby", "").partition("-t ")[0]
            self.picture = Picture(kind.removeprefix("chart chart-"), own)
            self.page.pictures.append(self.picture)
            self.waiting = self.picture
        return "svg"

    def _begin_path(self, given: Attributes) -> str:
        self._path(given)
        return ""

    def _path(self, given: Attributes) -> None:
        if self.picture and given.get("d"):
            self.picture.bars.append(given["d"])

    def _begin_text(self, given: Attributes) -> str:
        if not self.picture:
            return ""
        self.attributes = given
        return self._sink("label")

    def _close(self, ending: str) -> None:
        END[ending](self)


BEGIN: Mapping[str, Callable[[_Reader, Attributes], str]] = {
    name.removeprefix("_begin_"): begin
    for name, begin in vars(_Reader).items()
    if name.startswith("_begin_")
}
END: Mapping[str, Callable[[Endings], None]] = {
    name.removeprefix("_end_"): end
    for name, end in vars(Endings).items()
    if name.startswith("_end_")
}
WATCHED = HEADINGS | BEGIN.keys()
