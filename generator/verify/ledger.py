"""facts.csv against the tables: each fact is computed again, its own `value` is only compared."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from sys import intern

from generator.verify.evaluate import NOT_FOUND, Cell, EvaluationError, Evaluator, Result
from generator.verify.factrow import check_fact, same
from generator.verify.files import RELEASES
from generator.verify.mismatch import Mismatch, UnusableError
from generator.verify.published import Published, Row, read_csv, to_row
from generator.verify.tongue import CODES, ENGLISH, Tongue
from generator.verify.words import number, say

FACTS, CHANGES = "data/facts.csv", "changelog"
SAID = frozenset({"count", "number", "money", "share", "date"})
COLUMNS = (
    "id subject measure period value unit mark n formula expression inputs sources first_release"
).split()


@dataclass(frozen=True, slots=True)
class Known:
    """A fact recomputed: its value (None where `mark` says why), and the words for it on a page."""

    row: Row
    value: str | None
    mark: str
    kind: str
    words: tuple[str, ...]
    cell: Cell | None


Past = tuple[str, str, str]


@dataclass
class Ledger:
    """The facts by id, and all rows as they stand; `past` are (release, value, mark) of each fact
    in the first release that holds it and in each that says something else, `releases` all of
    them; the tables of the last one are those of the site where it is `unchanged`.
    """

    rows: list[Row] = field(default_factory=list)
    facts: dict[str, Known] = field(default_factory=dict)
    by_subject: dict[str, list[Row]] = field(default_factory=dict)
    past: Mapping[str, tuple[Past, ...]] = field(default_factory=dict)
    releases: tuple[str, ...] = ()
    unchanged: bool = False


def read_ledger(
    folder: Path, published: Published, evaluate: Evaluator
) -> tuple[Ledger, list[Mismatch]]:
    """Every fact recomputed, and what disagrees. UnusableError without the file or its columns."""
    wrong: list[Mismatch] = []
    table = read_csv(folder, FACTS, wrong)
    if not table or table[0] != COLUMNS:
        raise UnusableError(Mismatch(FACTS, "", "no facts with the columns " + ", ".join(COLUMNS)))
    releases = read_releases(folder)
    ledger = Ledger(
        past=read_past(folder), releases=releases,
        unchanged=is_unchanged(folder, releases, published),
    )  # fmt: skip
    table.reverse()
    table.pop()
    while table:  # each row goes as its fact comes: a country's would not fit twice
        row = to_row(COLUMNS, table.pop())
        intern(row["id"])  # pages name it
        if row["id"] in ledger.facts:
            wrong.append(Mismatch(FACTS, row["id"], "the fact stands twice"))
        known, faults = recompute(row, published, evaluate)
        wrong += faults
        ledger.rows.append(row)
        ledger.facts[row["id"]] = known
        ledger.by_subject.setdefault(row["subject"], []).append(row)
    wrong += check_denominators(ledger)
    wrong += check_releases(ledger)
    return ledger, wrong


def read_frozen(
    folder: Path, release: str, published: Published, evaluate: Evaluator, facts: frozenset[str]
) -> tuple[Ledger, list[Mismatch]]:
    """These facts of a release, recomputed from its own tables, and what disagrees."""
    wrong: list[Mismatch] = []
    ledger = Ledger(releases=(release,))
    for cells in read_csv(folder, f"{RELEASES}/{release}/facts.csv", wrong)[1:]:
        row = to_row(COLUMNS, cells)
        ledger.rows.append(row)
        if row["id"] in facts:
            ledger.facts[row["id"]], faults = recompute(row, published, evaluate)
            wrong += faults
    return ledger, wrong


def recompute(row: Row, published: Published, evaluate: Evaluator) -> tuple[Known, list[Mismatch]]:
    """One fact from its expression alone."""
    try:
        result = evaluate(row["expression"])
    except EvaluationError as error:
        fault = Mismatch(FACTS, row["id"], "expression", row["expression"], str(error))
        return Known(row, None, row["mark"], "text", (), None), [fault]
    cell, unit = result.cell, row["unit"]
    kind = kind_in(cell, published) if cell else kind_of(result.value, unit)
    mark = "" if result.value is not None else result.mark or row["mark"]
    words = words_for(result, kind, unit, mark, published, ENGLISH)
    known = Known(row, result.value, mark, kind, words, cell)
    faults = check_fact(row, result, published, evaluate)
    return known, [Mismatch(FACTS, row["id"], *fault) for fault in faults]


def kind_in(cell: Cell, published: Published) -> str:
    """The kind of a cell, by the dictionary."""
    return published.column(cell.table, cell.column).kind


def kind_of(value: str | None, unit: str) -> str:
    """The kind of a computed value, which no dictionary names: its unit says share, money, date."""
    if value is not None and unit == "date":
        return "date"
    if value is None or number(value) is None:
        return "text"
    return {"share": "share", "USD": "money"}.get(unit, "number")


def in_language(ledger: Ledger, spoken: Published, tongue: Tongue) -> Ledger:
    """The same facts with the words that pages of another language may show."""
    facts = {}
    for fact, known in ledger.facts.items():
        result = Result(known.value, known.mark, known.cell)
        words = words_for(result, known.kind, known.row["unit"], known.mark, spoken, tongue)
        facts[fact] = replace(known, words=words)
    return replace(ledger, facts=facts)


def words_for(
    result: Result, kind: str, unit: str, mark: str, published: Published, tongue: Tongue
) -> tuple[str, ...]:
    """The words that a page may show; none for a value that is not of its kind."""
    value, cell = result.value, result.cell
    if value is None:
        return (tongue.marks[mark],) if mark in CODES else ()
    said = say(value, kind, unit, tongue) if kind in SAID else None
    if said is not None:
        return (said,)
    if kind == "flag":
        return (tongue.flags[value != "true"],)
    if cell is None:
        return (published.computed(value, "value"),)
    if translated := published.translated.get((cell.table, cell.key, cell.column)):
        return (translated,)
    code = f"{cell.column}.{value}"
    column = published.column(cell.table, cell.column)
    words = published.section("words")
    label = option_label(cell, published) or column.labels.get(value)
    plain = (words.get(code) if kind == "category" else None) or label or value
    within = words.get(f"{code}.in_sentence")
    return (plain, within) if within else (plain,)


def option_label(cell: Cell, published: Published) -> str:
    """The words of a vote's outcome on the scale of its question, "" for any other cell."""
    if (cell.table, cell.column) != ("votes", "outcome"):
        return ""
    key = f"{cell.row.get('question_id', '')}.outcome.{cell.row['outcome']}"
    return published.row("question_options", key).get("label", "")


def check_denominators(ledger: Ledger) -> Iterator[Mismatch]:
    """A computed share has its n; an n is itself a value of the same subject or period."""
    values: dict[str, set[str]] = {}
    for known in ledger.facts.values():
        if known.value is not None:
            values.setdefault(known.row["period"], set()).add(known.value)
    for known in ledger.facts.values():
        row = known.row
        if known.kind == "share" and not known.cell and not row["n"]:
            yield Mismatch(FACTS, row["id"], "a share of ours without its n")
        if not row["n"]:
            continue
        if row["n"] not in values.get(row["period"], set()):
            yield Mismatch(FACTS, row["id"], "n", row["n"], "a value of the same period")
        few = number(row["n"])
        value = number(known.value or "")
        if known.kind == "number" and few is not None and value is not None and value > few:
            yield Mismatch(FACTS, row["id"], "n", row["n"], f"at least {known.value}")


def check_releases(ledger: Ledger) -> Iterator[Mismatch]:
    """`first_release` is the first release on the site whose facts hold the id."""
    for row in ledger.rows:
        expected = ledger.past[row["id"]][0][0] if row["id"] in ledger.past else ""
        if row["first_release"] != expected:
            yield Mismatch(FACTS, row["id"], "first_release", row["first_release"], expected)


def read_releases(folder: Path) -> tuple[str, ...]:
    """The releases on the site, in their order."""
    return tuple(sorted(path.parent.name for path in (folder / RELEASES).glob("*/facts.csv")))


def is_unchanged(folder: Path, releases: Sequence[str], published: Published) -> bool:
    """True where the last release holds the tables as they are; one without rows may be new. The
    table of changes is not looked at: it comes from the others."""
    if not releases:
        return False
    now, then = folder / "data", folder / RELEASES / releases[-1]
    for name in published.resources.keys() - {CHANGES}:
        frozen = then / f"{name}.csv"
        if not frozen.is_file():
            if published.rows(name):
                return False
        elif frozen.read_bytes() != (now / f"{name}.csv").read_bytes():
            return False
    return True


def read_past(folder: Path) -> dict[str, tuple[Past, ...]]:
    """What the releases on the site say of each fact, in their order."""
    past: dict[str, tuple[Past, ...]] = {}
    for path in sorted((folder / RELEASES).glob("*/facts.csv")):
        header, *rows = read_csv(folder, path.relative_to(folder).as_posix(), []) or [[]]
        for row in (to_row(header, cells) for cells in rows):
            fact, value, mark = (row.get(name, "") for name in ("id", "value", "mark"))
            before = past.get(fact, ())
            if not before or before[-1][1:] != (value, mark):
                past[fact] = (*before, (path.parent.name, value, mark))
    return past


def words_before(known: Known, value: str, mark: str, published: Published, tongue: Tongue) -> str:
    """The words for another value of the same fact; the text itself where it is of another kind."""
    cell = known.cell
    if cell:  # under no key: a translation is of the words that stand there now
        cell = replace(cell, key="", row={**cell.row, cell.column: value})
    kind = kind_in(cell, published) if cell else kind_of(value, known.row["unit"])
    result = Result(value or None, mark, cell)
    said = words_for(result, kind, known.row["unit"], mark or NOT_FOUND, published, tongue)
    return said[0] if said else value


def earlier(known: Known, past: Sequence[Past]) -> Sequence[Past]:
    """What the fact was before it was what it is."""
    if not past:
        return ()
    _, value, mark = past[-1]
    now = same(value, known.value or "") and mark == ("" if known.value else known.mark)
    return past[:-1] if now else past
