"""The maintainer's reasons; problems of a change without one, and of one without a change."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.changelog.spans import REASONS, SCHOOLS, Span
from generator.diff import Change
from generator.diff.tables import keys_of
from generator.downloads.lines import line
from generator.errors import Problem
from generator.model import PublicTable, Record, Row, numbers
from generator.tables import BY_NAME

Key = tuple[str, str, str, str]  # since, table, row_key, column
Values = tuple[str, str, str, str]  # old, old_mark, new, new_mark
ABOUT_FACTS, VALUE = "facts", "value"
NEED_NONE = frozenset({"row_added", "column_added", "table_added"})
ADD = (
    "Add this line with new_data, source_revised, our_error or method in place of REASON, and a "
    "sentence in place of WHY: "
)
TAKE_AWAY = "Correct the line, or take it away."


@dataclass(frozen=True)
class Book:
    """Where the reasons stand: the name of their file, its columns, and the line of each."""

    where: str
    columns: Sequence[str]
    lines: Mapping[Key, int]

    def problem(self, key: Key, found: str, expected: str, hint: str = TAKE_AWAY) -> Problem:
        """A Problem of the line with this key."""
        return Problem(self.where, self.lines.get(key, 0), "", found, expected, hint)

    def missing(self, key: Key, values: Values, found: str) -> Problem:
        """A Problem of a change that has no line, with the line that it needs."""
        given = dict(zip(("since", "table", "row_key", "column"), key, strict=True))
        given |= dict(zip(("old", "old_mark", "new", "new_mark"), values, strict=True))
        given |= {"reason": "REASON", "why": "WHY"}
        text = line(given.get(name, "") for name in self.columns).rstrip("\n")
        head = "" if self.lines else f" (the first line is {','.join(self.columns)})"
        return Problem(self.where, 0, "", found, "a line with its reason", f"{ADD}{text}{head}")


@dataclass(frozen=True)
class Reason:
    """One line of the reasons."""

    key: Key
    values: Values
    row: Row


def reasons_of(record: Record) -> dict[Key, Reason]:
    """All lines by their keys."""
    found = (_reason(row) for row in record.rows.get(REASONS, ()))
    return {one.key: one for one in found}


def _reason(row: Row) -> Reason:
    since, table, row_key, column, *values = (
        str(row[name] or "")
        for name in ("since", "table", "row_key", "column", "old", "old_mark", "new", "new_mark")
    )
    old, old_mark, new, new_mark = values
    return Reason((since, table, row_key, column), (old, old_mark, new, new_mark), row)


def columns_of(public: PublicTable | None) -> tuple[str, ...]:
    """The columns of the file of reasons; those that are declared where there is none yet."""
    if public is None:
        return tuple(column.name for column in BY_NAME[REASONS].columns)
    return tuple(map(str, public.frame))


def new_ids(reasons: Iterable[Reason]) -> dict[str, dict[str, str]]:
    """The ids that schools got in place of others, by release and old id."""
    found: dict[str, dict[str, str]] = {}
    for one in reasons:
        since, table, row_key, column = one.key
        if table == SCHOOLS and row_key and not column and one.values[2]:
            found.setdefault(since, {})[row_key] = one.values[2]
    return found


def key_of(since: str, change: Change) -> Key:
    """What the line of a change has to be about."""
    return since, change.table, change.row_key, change.column


def reason_for(since: str, change: Change, reasons: Mapping[Key, Reason]) -> Reason | None:
    """The line of a change: its own, or one about its whole column."""
    own = reasons.get(key_of(since, change))
    if own is None and change.kind == "value_changed":
        return reasons.get((since, change.table, "", change.column))
    return own


def is_wording(change: Change) -> bool:
    """True for other words with the same numbers in a cell of prose; words that are gone are not
    other words."""
    table = BY_NAME.get(change.table)
    if change.kind != "value_changed" or table is None or not change.new:
        return False
    column = next((one for one in table.columns if one.name == change.column), None)
    return bool(column and column.prose) and numbers(change.old) == numbers(change.new)


def unexplained(span: Span, reasons: Mapping[Key, Reason], book: Book) -> Iterator[Problem]:
    """A Problem for each change that needs a line and has none."""
    for change in span.changes:
        if change.kind in NEED_NONE or is_wording(change):
            continue
        if reason_for(span.since, change, reasons) is None:
            found = f"{described(change)} since release {span.since} without a reason"
            is_school = change.kind == "row_removed" and change.table == SCHOOLS
            values = ("", "", "SUCCESSOR", "") if is_school else values_of(change)
            yield book.missing(key_of(span.since, change), values, found)


def wrong_lines(
    known: Mapping[str, Span], reasons: Mapping[Key, Reason], book: Book
) -> Iterator[Problem]:
    """A Problem for each line about a release or a change that is not there, by the spans' `since`;
    lines about facts are held to the facts elsewhere."""
    changed = {key_of(since, one): one for since, span in known.items() for one in span.changes}
    columns = Counter(
        (since, one.table, "", one.column)
        for since, span in known.items() for one in span.changes if one.kind == "value_changed"
    )  # fmt: skip
    for key, one in reasons.items():
        if key[0] not in known:
            releases = ", ".join(known) or "none yet"
            hint = f"Releases are: {releases}."
            yield book.problem(key, f'"{key[0]}" in since', "the id of a release", hint)
        elif key[1] != ABOUT_FACTS:
            yield from _wrong_line(one, changed.get(key), columns[key], known[key[0]], book)


def _wrong_line(
    one: Reason, change: Change | None, cells: int, span: Span, book: Book
) -> Iterator[Problem]:
    """`cells` is how many of a column changed, where the line is about a whole one."""
    about = named(one.key)
    if change is None and cells:
        # The number keeps a later slip in the column from being explained along with the rest.
        if one.values != ("", "", str(cells), ""):
            found = f"a reason for {about}: {told(one.values)}"
            hint = "Write that number into new, after you have looked at each of them."
            yield book.problem(one.key, found, f"{cells} in new: as many cells changed", hint)
    elif change is None:
        found = f"a reason for {about}, which did not change"
        yield book.problem(one.key, found, f"a change since release {one.key[0]}")
    elif change.kind == "row_removed":
        yield from _wrong_successor(one, span, book)
    elif one.values != values_of(change):
        found = f"a reason for {about}: {told(one.values)}"
        yield book.problem(one.key, found, f"{told(values_of(change))}, as it changed")


def _wrong_successor(one: Reason, span: Span, book: Book) -> Iterator[Problem]:
    """What took the place of a row that is gone has to be there; a school's has to be named."""
    _, table, row_key, _ = one.key
    old, old_mark, new, new_mark = one.values
    if old or old_mark or new_mark:
        found = f"a value in the line of {named(one.key)}"
        yield book.problem(one.key, found, "old and marks empty, since the whole row is gone")
    if table == SCHOOLS and not new:
        hint = "Write the id that took its place into new."
        found = f"the school {row_key} gone without a successor"
        yield book.problem(one.key, found, "the school_id of its successor in new", hint)
    elif new and new not in keys_in(span, table):
        expected = f"the key of a row of {table}"
        yield book.problem(one.key, f'"{new}" as the successor of {row_key}', expected)


def keys_in(span: Span, table: str) -> frozenset[str]:
    """The keys of a table's rows on the newer side."""
    return keys_of(span.new.files.get(table, b""), span.new.keys.get(table, ()))


def values_of(change: Change) -> Values:
    """What a line has to say of a change."""
    return change.old, change.old_mark, change.new, change.new_mark


def described(change: Change) -> str:
    """A change in words for a message."""
    about = named(("", change.table, change.row_key, change.column))
    if change.kind == "value_changed":
        return f"{about}: {told(values_of(change))}"
    return f"{about}: {change.kind.replace('_', ' ')}"


def named(key: Key) -> str:
    """The place of a change for a message."""
    return " ".join(filter(None, key[1:]))


def told(values: Values) -> str:
    """From what to what, for a message."""
    old, old_mark, new, new_mark = values
    return f"{_said(old, old_mark)} → {_said(new, new_mark)}"


def _said(value: str, mark: str) -> str:
    return f'"{value}"' if value else f"({mark or 'empty'})"
