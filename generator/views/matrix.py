"""Agreements side by side: what each says on a topic, and how its quantities went on.

Our summaries are never compared word for word. That a text has no term on a topic says something
only where the text is held in full: else it may stand in the part we have not read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.facts import original, row_key, sources_of, words
from generator.model import N_, Fact, Record, Row, Text
from generator.tables.terms import CATEGORIES
from generator.views import Line, line
from generator.views.site import date_of

AGREEMENT = "agreement"
DOLLARS = "USD"
ADDED, REMOVED, NOT_IN_TEXT = N_("added"), N_("removed"), N_("not in this text")
DAY = (
    "coalesce(nullif({0}.adopted_on, ''), nullif({0}.starts_on, ''), nullif({0}.ends_on, ''),"
    " nullif({0}.school_year, ''), '9999')"
)


@dataclass(frozen=True)
class Term:
    """A term, and its amount as money where it is one."""

    row: Line
    amount: Fact | None


@dataclass(frozen=True)
class Cell:
    """What one agreement says on a topic. `standing` is set for texts held in full alone: added,
    removed, or not in this text. `elsewhere` is True where the text has terms on the topic that are
    not among these: of another category, or without a number."""

    text: Line
    terms: tuple[Term, ...]
    standing: Fact | None
    elsewhere: bool


@dataclass(frozen=True)
class Topic:
    """One topic: the agreements on it in the order of time, and terms of other texts. `title` is
    None where the edition has no words for it."""

    code: str
    title: Text | None
    cells: tuple[Cell, ...]
    others: tuple[Term, ...]


@dataclass(frozen=True)
class Part:
    """The topics of one category."""

    code: str
    title: str
    topics: tuple[Topic, ...]


@dataclass(frozen=True)
class Change:
    """The quantities on one topic from the first agreement that has one to the last. Two at least
    are in one unit; each stands with its own."""

    code: str
    title: Text | None
    steps: tuple[Cell, ...]


@dataclass(frozen=True)
class Matrix:
    """All agreements by time, all topics by category, and the quantities that several have."""

    texts: tuple[Line, ...]
    parts: tuple[Part, ...]
    changes: tuple[Change, ...]


def matrix(record: Record) -> Matrix:
    """Every term of the record in its place."""
    rows = in_time(record)
    texts = {str(row["agreement_id"]): row for row in rows if row["agreement_kind"] == AGREEMENT}
    titles = {str(row["topic"]): words(row, "title") for row in record.rows.get("topics", ())}
    parts = tuple(
        Part(code, title, topics)
        for code, title in CATEGORIES.items()
        if (topics := topics_of(record, code, rows, texts, titles))
    )
    table = record.tables["agreements"].table
    return Matrix(
        tuple(line(table, row) for row in texts.values()), parts, changes(record, texts, titles)
    )


def in_time(record: Record) -> list[Row]:
    """Every text by its first known date, those without one last."""
    return sorted(
        record.rows["agreements"], key=lambda row: (date_of(row), str(row["agreement_id"]))
    )


def topics_of(
    record: Record, category: str, rows: Sequence[Row], texts: Mapping[str, Row],
    titles: Mapping[str, Text],
) -> tuple[Topic, ...]:  # fmt: skip
    """The topics of a category, those that agreements are on first, each part by its words."""
    terms = [row for row in record.rows["terms"] if row["category"] == category]
    places = {str(row["agreement_id"]): place for place, row in enumerate(rows)}
    found = []
    for code in sorted({str(row["topic"]) for row in terms}):
        own = [row for row in terms if row["topic"] == code]
        own.sort(key=lambda row: (places[str(row["agreement_id"])], str(row["term_id"])))
        others = [row for row in own if row["agreement_id"] not in texts]
        on_it = len(others) < len(own)
        cells = (cell_of(record, row, code, own) for row in texts.values()) if on_it else ()
        topic = Topic(
            code, titles.get(code), tuple(cells), tuple(term(record, row) for row in others)
        )
        found.append((not on_it, topic.title.value if topic.title else code, topic))
    return tuple(topic for _, _, topic in sorted(found, key=lambda one: one[:2]))


def cell_of(record: Record, text: Row, topic: str, terms: Sequence[Row]) -> Cell:
    """What one agreement says on one topic."""
    own = [row for row in terms if row["agreement_id"] == text["agreement_id"]]
    whole = sum(
        row["agreement_id"] == text["agreement_id"] and row["topic"] == topic
        for row in record.rows["terms"]
    )
    return Cell(
        line(record.tables["agreements"].table, text),
        tuple(term(record, row) for row in own),
        standing(record, text, topic),
        elsewhere=len(own) < whole,
    )


def term(record: Record, row: Row) -> Term:
    """A term; dollars are told as money."""
    table, key = record.tables["terms"].table, str(row["term_id"])
    if original(row, "quantity_unit") != DOLLARS:
        return Term(line(table, row), None)
    amount = Fact(
        id=f"term_amount.term/{key}.all", subject=f"term/{key}", measure="term_amount",
        period="all", value=row["quantity"], kind="money", unit=DOLLARS,
        formula=N_("The number in the term, in dollars."),
        expression=f"sql: select quantity from terms where term_id = '{key}'"
        f" and quantity_unit = '{DOLLARS}'",
        inputs=(f"terms/{row_key(table, row)}",), sources=sources_of(row),
    )  # fmt: skip
    return Term(line(table, row), amount)


def standing(record: Record, text: Row, topic: str) -> Fact | None:
    """Added, removed or not in this text, for a text that is held in full and has its terms here;
    the earlier agreements that it is held against are held so too."""
    full = full_texts(record)
    key = str(text["agreement_id"])
    if key not in full:
        return None
    before = [topics for name, (day, topics) in full.items() if day < date_of(text) and name != key]
    has, had = topic in full[key][1], any(topic in topics for topics in before)
    if has and (had or not before):
        return None
    value = ADDED if has else REMOVED if had else NOT_IN_TEXT
    return Fact(
        id=f"standing.agreement/{key}.{topic}", subject=f"agreement/{key}", measure="standing",
        period=topic, value=value, kind="text", label=value,
        formula=N_("Whether the text has a term on the topic, and whether an earlier one has it;"
                   " both held in full."),
        expression=f"sql: select {standing_sql(topic)} from agreements a"
        f" where a.agreement_id = '{key}' and {full_sql('a')}",
        inputs=(f"agreements/{key}",), sources=sources_of(text),
    )  # fmt: skip


def full_texts(record: Record) -> dict[str, tuple[str, frozenset[str]]]:
    """The date and the topics of each agreement that is held in full and has terms."""
    topics: dict[str, set[str]] = {}
    for row in record.rows["terms"]:
        topics.setdefault(str(row["agreement_id"]), set()).add(str(row["topic"]))
    return {
        str(row["agreement_id"]): (date_of(row), frozenset(topics[str(row["agreement_id"])]))
        for row in record.rows["agreements"]
        if row["agreement_kind"] == AGREEMENT
        and row["text_held"] == "full"
        and row["agreement_id"] in topics
    }


def full_sql(text: str) -> str:
    """An agreement that is held in full and has terms."""
    return (
        f"{text}.agreement_kind = '{AGREEMENT}' and {text}.text_held = 'full' and exists"
        f" (select 1 from terms n where n.agreement_id = {text}.agreement_id)"
    )


def standing_sql(topic: str) -> str:
    """The value of `standing` for the agreement `a`."""
    has = "exists (select 1 from terms t where t.agreement_id = {}.agreement_id and t.topic = '{}')"
    earlier = (
        "exists (select 1 from agreements e where e.agreement_id <> a.agreement_id"
        f" and {full_sql('e')} and {DAY.format('e')} < {DAY.format('a')}{{}})"
    )
    own, had = has.format("a", topic), earlier.format(f" and {has.format('e', topic)}")
    return (
        f"case when {own} and {earlier.format('')} and not {had} then '{ADDED}'"
        f" when not {own} and {had} then '{REMOVED}' when not {own} then '{NOT_IN_TEXT}' end"
    )


def changes(
    record: Record, texts: Mapping[str, Row], titles: Mapping[str, Text]
) -> tuple[Change, ...]:
    """The topics on which two agreements or more have a quantity in the same unit."""
    numbers: dict[str, list[Row]] = {}
    for row in record.rows["terms"]:
        if row["quantity"] is not None and row["agreement_id"] in texts:
            numbers.setdefault(str(row["topic"]), []).append(row)
    found = []
    for code, rows in sorted(numbers.items()):
        places = sorted({[*texts].index(str(row["agreement_id"])) for row in rows})
        if in_one_unit(rows):
            kept = list(texts.values())[places[0] : places[-1] + 1]
            steps = tuple(cell_of(record, text, code, rows) for text in kept)
            found.append(Change(code, titles.get(code), steps))
    return tuple(found)


def in_one_unit(rows: Sequence[Row]) -> bool:
    """True where two texts have a quantity in the same unit."""
    pairs = {(original(row, "quantity_unit"), row["agreement_id"]) for row in rows}
    units = [unit for unit, _ in pairs]
    return len(units) > len(set(units))
