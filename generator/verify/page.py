"""A page of the site as verify reads it: facts, sourced texts, receipts, pictures, tables."""

from collections import Counter
from dataclasses import dataclass, field

RECEIPT = "receipt-"
SOURCE = "source-"


@dataclass
class Shown:
    """An occurrence of a fact: its element, what its attributes and its words say.

    `receipt` is the fact whose receipt it stands in, `link` the address of the link around it,
    `article` the id of the article; each "" for none.
    """

    fact: str
    tag: str
    value: str
    marked: bool
    receipt: str
    link: str
    article: str
    words: str = ""


@dataclass
class Receipt:
    """A receipt: all its words, its summary's, the codes in it (expression, rows), its sources, the
    addresses of its other links."""

    fact: str
    words: str = ""
    summary: str = ""
    codes: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)


@dataclass
class TableRow:
    """A row of a table: the words of its header, the address that the header links to, and for
    each of its other cells the facts in it, as places in the page's list, and its words.

    `facts` are all of the row's, those of its header too. A `grid` has a fact of its own in each
    cell; in other tables a row is about one thing.
    """

    grid: bool = False
    header: str = ""
    link: str = ""
    facts: list[int] = field(default_factory=list)
    cells: list[list[int]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)


@dataclass
class Label:
    """Words in a picture: `middle` and `bold` as drawn, `x` where, in the picture's own units."""

    words: str
    middle: bool
    bold: bool
    x: float


@dataclass
class Picture:
    """A picture of a figure: its kind and id, labels and bars (their widths), its description, and
    the rows of the first table behind it, from `first` to `last` of the page's rows."""

    kind: str
    id: str = ""
    labels: list[Label] = field(default_factory=list)
    bars: list[str] = field(default_factory=list)
    description: str = ""
    first: int = -1
    last: int = -1


@dataclass
class Cited:
    """A source in the list at a page's end: its id, its words, the address that it links to."""

    id: str
    words: str = ""
    link: str = ""


@dataclass
class Clause:
    """A clause of two texts: the keys of its rows, "" for none, and its words as (ins, del or "",
    words, the language that they say they are in)."""

    earlier: str
    later: str
    article: str
    pieces: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass
class Page:
    """All that verify looks at on one page; `languages` are those that its texts say they are in,
    in their order, "" for the page's; `articles` are their ids, `article_links` the addresses
    of the first link in each article, by its id, `entry_links` those of all links in the entries of
    a ledger, `reply_links` how many outside of receipts lead to each reply. `canonical` is the
    address that it names as its own, `shared` what a link to it shows elsewhere, `citations` how to
    cite it (text, BibTeX). On the page of a figure alone, `frames` are the elements that hold all
    it says, `links` the addresses of its links, `days` the texts at its foot, `origin` the path of
    the page that it comes from."""

    path: str
    language: str = ""
    title: str = ""
    description: str = ""
    shown: list[Shown] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    strays: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    citations: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)
    has_receipts: bool = False
    rows: list[TableRow] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    markers: list[tuple[str, str]] = field(default_factory=list)
    map_description: str = ""
    cites: list[tuple[str, str]] = field(default_factory=list)
    sources: list["Cited"] = field(default_factory=list)
    clauses: list[Clause] = field(default_factory=list)
    articles: list[str] = field(default_factory=list)
    article_links: dict[str, str] = field(default_factory=dict)
    entry_links: list[str] = field(default_factory=list)
    reply_links: Counter[str] = field(default_factory=Counter)
    canonical: str = ""
    shared: dict[str, str] = field(default_factory=dict)
    frames: int = 0
    links: list[str] = field(default_factory=list)
    days: list[str] = field(default_factory=list)
    origin: str = ""
