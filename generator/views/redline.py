"""Two agreements held in full, clause by clause: added, removed, changed, the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Literal

from generator.facts import original, sources_of
from generator.model import N_, Fact, Record, Row, Text
from generator.views import Line, line
from generator.views.dictionary import number_fact
from generator.views.matrix import AGREEMENT, in_time

ADDED, REMOVED, CHANGED, SAME = N_("added"), N_("removed"), N_("changed"), N_("the same")
CODES = {ADDED: "added", REMOVED: "removed", CHANGED: "changed", SAME: "same"}


@dataclass(frozen=True)
class Piece:
    """Words of a clause: in both texts, in the earlier alone, or in the later alone."""

    kind: Literal["both", "removed", "added"]
    words: Text


@dataclass(frozen=True)
class Clause:
    """One clause of two texts. `earlier` and `later` are the keys of its rows, "" for none."""

    earlier: str
    later: str
    number: Line
    status: Fact
    code: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class ClauseCount:
    """How many clauses have a status."""

    code: str
    count: Fact


@dataclass(frozen=True)
class Redline:
    """The later text against the nearest earlier one that is held in full."""

    earlier: Line
    later: Line
    counts: tuple[ClauseCount, ...]
    clauses: tuple[Clause, ...]


def redlines(record: Record) -> dict[str, Redline]:
    """The redline of each agreement that has an earlier one held in full, by its id."""
    clauses: dict[str, list[Row]] = {}
    for row in record.rows.get("clauses", ()):
        clauses.setdefault(str(row["agreement_id"]), []).append(row)
    texts = [
        row
        for row in in_time(record)
        if row["agreement_kind"] == AGREEMENT and row["agreement_id"] in clauses
    ]
    return {
        str(later["agreement_id"]): redline(
            record, earlier, later,
            clauses[str(earlier["agreement_id"])], clauses[str(later["agreement_id"])],
        )
        for earlier, later in pairwise(texts)
    }  # fmt: skip


def redline(
    record: Record, earlier: Row, later: Row, old: Sequence[Row], new: Sequence[Row]
) -> Redline:
    """Clauses in the order of the later text; one that it no longer has stands where it stood."""
    before = {str(row["clause"]): row for row in old}
    after = {str(row["clause"]): row for row in new}
    table = record.tables["agreements"].table
    names = in_order(old, new)
    found = tuple(clause(record, earlier, later, before.get(n), after.get(n)) for n in names)
    return Redline(
        line(table, earlier), line(table, later),
        tuple(clause_count(earlier, later, found, status) for status in CODES), found,
    )  # fmt: skip


def in_order(old: Sequence[Row], new: Sequence[Row]) -> list[str]:
    """The clauses of both texts: those of the later in its order, each that is gone behind the one
    that stood before it."""
    names = [str(row["clause"]) for row in sorted(new, key=lambda row: int(row["position"]))]
    place = 0
    for row in sorted(old, key=lambda row: int(row["position"])):
        name = str(row["clause"])
        if name in names:
            place = names.index(name) + 1
        else:
            names.insert(place, name)
            place += 1
    return names


def clause(
    record: Record, earlier: Row, later: Row, old: Row | None, new: Row | None
) -> Clause:  # fmt: skip
    """One clause of both texts, or of one."""
    table = record.tables["clauses"].table
    one = new or old
    if one is None:
        raise ValueError("clause: found none in either text, expected one.")
    keys = [f"{row['agreement_id']}.{row['clause']}" if row else "" for row in (old, new)]
    status = status_of(old, new)
    first, second, name = earlier["agreement_id"], later["agreement_id"], one["clause"]
    fact = Fact(
        id=f"clause.agreement/{second}.{name}", subject=f"agreement/{second}", measure="clause",
        period=str(name), value=status, kind="text", label=status,
        formula=N_("The clause in this text and in the one before it, word for word."),
        expression=f"sql: select {status_sql(str(first), str(second), str(name))}",
        inputs=tuple(f"clauses/{key}" for key in keys if key), sources=sources_of(one),
    )  # fmt: skip
    signed = (str(original(row, "words")) if row else "" for row in (old, new))
    before, after = signed
    pieces = compared(before, after, record.edition.languages[0])
    return Clause(keys[0], keys[1], line(table, one), fact, CODES[status], pieces)


def status_of(old: Row | None, new: Row | None) -> str:
    """Added, removed, changed or the same; `status_sql` says the same."""
    if old is None or new is None:
        return ADDED if old is None else REMOVED
    return SAME if original(old, "words") == original(new, "words") else CHANGED


def status_sql(earlier: str, later: str, name: str) -> str:
    """The status of a clause of that name in two texts."""
    words = "(select words from clauses where agreement_id = '{}' and clause = '{}')"
    old, new = words.format(earlier, name), words.format(later, name)
    return (
        f"case when {old} is null then '{ADDED}' when {new} is null then '{REMOVED}'"
        f" when {old} = {new} then '{SAME}' else '{CHANGED}' end"
    )


def clause_count(
    earlier: Row, later: Row, clauses: Sequence[Clause], status: str
) -> ClauseCount:  # fmt: skip
    """How many clauses of both texts have this status."""
    first, second = str(earlier["agreement_id"]), str(later["agreement_id"])
    code = CODES[status]
    fact = number_fact(
        "clauses", f"agreement/{second}", code, sum(one.code == code for one in clauses),
        f"select {count_sql(first, second)[status]}",
        N_("Clauses of this text and the one before it, held against each other by their names."),
    )  # fmt: skip
    return ClauseCount(code, fact)


def count_sql(first: str, second: str) -> dict[str, str]:
    """The number of clauses of each status."""
    gone = (
        "(select count(*) from clauses c where c.agreement_id = '{}' and not exists (select 1"
        " from clauses d where d.agreement_id = '{}' and d.clause = c.clause))"
    )
    both = (
        "(select count(*) from clauses c join clauses d on d.clause = c.clause where"
        f" c.agreement_id = '{first}' and d.agreement_id = '{second}' and c.words {{}} d.words)"
    )
    return {
        ADDED: gone.format(second, first), REMOVED: gone.format(first, second),
        CHANGED: both.format("<>"), SAME: both.format("="),
    }  # fmt: skip


def compared(old: str, new: str, language: str = "") -> tuple[Piece, ...]:
    """The words of both, those of the earlier alone before those of the later alone. Blanks at the
    ends of pieces are left out. What was signed is held word for word in the `language` in which
    it stands in the data: translations of two clauses may differ where the clauses don't."""

    def text(words: list[str]) -> Text:
        return Text(" ".join(words), lang=language)

    before, after = old.split(), new.split()
    found: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Piece("both", text(before[a:b])))
            continue
        found += [Piece("removed", text(before[a:b]))] if a < b else []
        found += [Piece("added", text(after[c:d]))] if c < d else []
    return tuple(found)
