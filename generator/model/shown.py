"""What a reader gets to see: facts, texts, pictures, pages, files."""

from dataclasses import dataclass
from typing import Literal

from generator.model.declared import Kind, Mark


@dataclass(frozen=True, init=False)
class Fact:
    """One value that a page may print, with all that is needed to compute it again.

    `id` is table.row-key.column for a cell and measure.subject.period for a computed value.
    `value` is None exactly where `mark` says why. A share is 0–1 and has its denominator in `n`.
    `inputs` are row addresses ("votes/lindblom-2020"), `sources` source ids, both in reading order.
    """

    id: str
    subject: str
    measure: str
    period: str
    value: int | float | str | None
    kind: Kind
    unit: str = ""
    mark: Mark | None = None
    n: int | None = None
    label: str = ""
    formula: str = ""
    expression: str = ""
    inputs: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    first_release: str = ""

    # No object is made more often. A frozen dataclass sets each field by a call of its own, which
    # takes three times as long.
    def __init__(
        self,
        id: str,
        subject: str,
        measure: str,
        period: str,
        value: int | float | str | None,
        kind: Kind,
        unit: str = "",
        mark: Mark | None = None,
        n: int | None = None,
        label: str = "",
        formula: str = "",
        expression: str = "",
        inputs: tuple[str, ...] = (),
        sources: tuple[str, ...] = (),
        first_release: str = "",
    ) -> None:
        self.__dict__.update(
            id=id, subject=subject, measure=measure, period=period, value=value, kind=kind,
            unit=unit, mark=mark, n=n, label=label, formula=formula, expression=expression,
            inputs=inputs, sources=sources, first_release=first_release,
        )  # fmt: skip


@dataclass(frozen=True)
class Past:
    """What a fact was from a release on: value and mark as the release's facts.csv writes them."""

    release: str
    value: str
    mark: str


@dataclass(frozen=True)
class Text:
    """A sourced cell of words. `lang` is set where it differs from the page's language."""

    value: str
    sources: tuple[str, ...] = ()
    lang: str = ""


FigureKind = Literal["tally", "outcomes", "bars", "timeline", "years"]


@dataclass(frozen=True)
class Datum:
    """One bar, point or cell of a picture; its words are already in the page's language.

    `value` is a count or an amount, on a timeline a decimal year (2020.5 is July 2020); None
    exactly where `mark` says why. `side` is what it means for officers (keep reduce remove none),
    how a ballot counts it (for against abstain), or gap; it picks colour and pattern. `text` stands
    in place of the number ("$12.1M"), beside a point, or in a cell ("A"). `group` is the heading or
    lane it stands under. `end` makes a point on a timeline a span.
    """

    label: str
    value: float | None
    side: str
    mark: str = ""
    text: str = ""
    group: str = ""
    end: float | None = None


@dataclass(frozen=True)
class Figure:
    """What a picture shows and nothing about where: equal figures are drawn once and shared.

    `axis` are the words under the axis, with the denominator ("schools and campuses, of 72");
    `top` is the end of the axis where pictures are to be compared, else the greatest value.
    """

    kind: FigureKind
    rows: tuple[Datum, ...]
    axis: str = ""
    top: float | None = None


@dataclass(frozen=True)
class Chart:
    """A figure drawn: an SVG without ids, title and description, and the key it is kept by.

    `charts.place` adds what differs by occurrence. The numbers stand in a table beside it.
    """

    figure: Figure
    key: str
    svg: str


@dataclass(frozen=True)
class PageSource:
    """A page before MkDocs or its shell: plain title and description, the body as Markdown whose
    blocks are headings with fixed anchors and HTML. `words` are other words to find it by,
    `facts` all that it shows. `card` is the path of the picture that goes with links to it,
    `card_alt` the same in words. `cite` is how to cite it, as HTML, `refresh` where a browser goes
    on to at once; `linked` what search engines are told of the data that it describes, as JSON-LD.
    """

    path: str
    title: str
    description: str
    body: str
    facts: tuple[Fact, ...] = ()
    words: tuple[str, ...] = ()
    card: str = ""
    card_alt: str = ""
    cite: str = ""
    refresh: str = ""
    linked: str = ""


@dataclass(frozen=True)
class File:
    """A file of the site: its path under the site's root, with forward slashes, and its bytes."""

    path: str
    content: bytes
