"""What the end of each element adds to a Page: the words between its tags."""

import re

from generator.verify.markup import Markup
from generator.verify.page import SOURCE, Clause, Label, Page, Picture, Receipt, TableRow

COORDINATE = re.compile(r"-?\d+(?:\.\d+)?")
Attributes = dict[str, str]


class Endings(Markup):
    """Fills a Page. `stack` holds the open elements, each with what its end has to do."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.page = Page(path)
        self.stack: list[tuple[str, str]] = []
        self.sinks: list[list[str]] = []
        self.covered = 0
        self.drawing = 0
        self.main = 0
        self.receipt: Receipt | None = None
        self.row: TableRow | None = None
        self.picture: Picture | None = None
        self.waiting: Picture | None = None
        self.clause: Clause | None = None
        self.mode = ""
        self.link = ""
        self.article = ""
        self.text_language = ""
        self.grid = self.map = False
        self.attributes: Attributes = {}
        self.listing = False
        self.foot = self.citing = False

    def _sink(self, ending: str, *, covers: bool = False) -> str:
        self.sinks.append([])
        self.covered += covers
        return ending

    def _words(self, *, covers: bool = False) -> str:
        self.covered -= covers
        return " ".join("".join(self.sinks.pop()).split())

    def _end_fact(self) -> None:
        self.page.shown[-1].words = self._words(covers=True)

    def _end_text(self) -> None:
        words = self._words(covers=True)
        self.page.texts.append(words)
        self.page.languages.append(self.text_language)
        if self.foot:
            self.page.days.append(words)

    def _end_foot(self) -> None:
        self.foot = False

    def _end_piece(self) -> None:
        words = self._words(covers=True)
        if self.clause:
            self.clause.pieces.append((self.mode, words, self.text_language))

    def _end_mode(self) -> None:
        self.mode = ""

    def _end_clause(self) -> None:
        self.clause = None

    def _end_heading(self) -> None:
        self.page.headings.append(self._words(covers=True).removesuffix("¶"))

    def _end_title(self) -> None:
        words = self._words(covers=True)
        self.page.title = self.page.title or words

    def _end_desc(self) -> None:
        words = self._words(covers=True)
        if self.picture:
            self.picture.description = words
        if self.map:
            self.page.map_description = words

    def _end_main(self) -> None:
        self.main -= 1

    def _end_article(self) -> None:
        self.article = ""

    def _end_link(self) -> None:
        self.link = ""

    def _end_cite(self) -> None:
        source = self.attributes.get("href", "").removeprefix(f"#{SOURCE}")
        self.page.cites.append((self._words(covers=True), source))

    def _end_receipt(self) -> None:
        words = self._words()
        if self.receipt:
            self.receipt.words = words
        self.receipt = None

    def _end_summary(self) -> None:
        words = self._words()
        if self.receipt:
            self.receipt.summary = words

    def _end_code(self) -> None:
        words = "".join(self.sinks.pop())
        self.covered -= 1
        own = self.page.citations if self.citing else self.page.codes
        (self.receipt.codes if self.receipt else own).append(words)

    def _end_citing(self) -> None:
        self.citing = False

    def _end_list(self) -> None:
        self.listing = False

    def _end_source(self) -> None:
        self.page.sources[-1].words = self._words(covers=True)

    def _end_table(self) -> None:
        if self.waiting:
            self.waiting.last = len(self.page.rows)
        self.waiting = None

    def _end_row(self) -> None:
        self.row = None

    def _end_header(self) -> None:
        words = self._words()
        if self.row is not None and not self.row.header:
            self.row.header = words

    def _end_cell(self) -> None:
        words = self._words()
        if self.row is not None:
            self.row.words.append(words)

    def _end_svg(self) -> None:
        self.covered -= 1
        self.drawing -= 1
        self.picture, self.map = None, False

    def _end_label(self) -> None:
        given = self.attributes
        x = given.get("transform", "").removeprefix("translate(").partition(",")[0]
        if self.picture:
            self.picture.labels.append(
                Label(
                    self._words(),
                    given.get("text-anchor") == "middle",
                    given.get("font-weight") == "bold",
                    float(x) if COORDINATE.fullmatch(x) else 0.0,
                )
            )
