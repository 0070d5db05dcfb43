"""Changes in words: a table for a terminal, Markdown for a pull request, JSON for programs."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict

from generator.diff.pages import Pages
from generator.diff.tables import Change, Kind

FORMAT_VERSION = 1
KINDS: Mapping[Kind, str] = {  # more than one; the heading of a column
    "table_gone": "tables gone",
    "column_gone": "columns gone",
    "row_removed": "rows removed",
    "value_changed": "values changed",
    "row_added": "rows added",
    "column_added": "columns added",
    "table_added": "tables added",
}
COLUMNS = ("table", "row", "column", "before", "after")
LINES = 500  # in a terminal; who wants all takes the JSON
LONGEST, COMMENT = 48, 60_000  # a comment on a pull request holds 65,536 characters
SPECIAL = str.maketrans({"|": "\\|", "\n": " ", "\r": " ", "<": "&lt;", "`": "\\`", "*": "\\*",
                         "_": "\\_", "[": "\\[", "\\": "\\\\"})  # fmt: skip
SAME = "No differences."
GAPS = ("closed", "opened")
LISTED = 100  # pages of a kind in a comment


def terminal(
    changes: Iterable[Change], names: tuple[str, str], pages: Pages | None = None
) -> Iterator[str]:
    """Lines for a terminal: the counts, then a change a line in columns."""
    found = list(changes)
    yield f"{names[0]} → {names[1]}: {summary(found, pages)}"
    shown = [[_short(cell) for cell in _line(one)] for one in found[:LINES]]
    if not shown:
        return
    widths = [max(map(len, column)) for column in zip(COLUMNS, *shown, strict=True)]
    for line in (COLUMNS, ["-" * width for width in widths], *shown):
        padded = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        yield "  ".join(padded).rstrip()
    if len(found) > LINES:
        yield f"… and {len(found) - LINES:,} more; --format json has them all."


def markdown(
    changes: Iterable[Change], names: tuple[str, str], pages: Pages | None = None
) -> Iterator[str]:
    """Lines of Markdown that fit a comment: pages, counts by table, then the changes."""
    found = list(changes)
    yield f"**{_escaped(names[0])} → {_escaped(names[1])}**: {summary(found, pages)}"
    yield from _listed(pages)
    if not found:
        return
    yield from ("", *_counts(found), "", *row(COLUMNS), *row(["---"] * len(COLUMNS)))
    room = COMMENT - sum(len(line) + 1 for line in _listed(pages))
    for number, one in enumerate(found):
        (line,) = row(map(_short, _line(one)))
        room -= len(line) + 1
        if room < 0:
            yield from ("", f"… and {len(found) - number:,} more.")
            return
        yield line


def as_json(
    changes: Iterable[Change], names: tuple[str, str], pages: Pages | None = None
) -> Iterator[str]:
    """Lines of one JSON object, a change a line, none of them held: there may be a million."""
    old, new = (json.dumps(name, ensure_ascii=False) for name in names)
    start = f'{{"format_version": {FORMAT_VERSION}, "old": {old}, "new": {new}, "changes": ['
    counts: Counter[str] = Counter()
    gaps: Counter[str] = Counter()
    for one in changes:
        counts[one.kind] += 1
        gaps.update(_gap(one))
        yield start
        start = json.dumps(_plain(one), ensure_ascii=False) + ","
    yield start.removesuffix(",")
    ends = {"counts": {kind: counts[kind] for kind in KINDS}, "gaps": {g: gaps[g] for g in GAPS}}
    told = ends if pages is None else {**ends, "pages": asdict(pages)}
    yield f"], {json.dumps(told, ensure_ascii=False).removeprefix('{')}"


Format = Callable[[Iterable[Change], tuple[str, str], Pages | None], Iterator[str]]
FORMATS: Mapping[str, Format] = {
    "terminal": terminal,
    "markdown": markdown,
    "json": as_json,
}


def summary(found: Sequence[Change], pages: Pages | None = None) -> str:
    """How many changes there are of each kind, in words; then gaps, then pages of two sites."""
    counts = Counter(one.kind for one in found)
    gaps = Counter(gap for one in found for gap in _gap(one))
    told = [(counts[kind], KINDS[kind]) for kind in KINDS]
    told += [(gaps[gap], f"gaps {gap}") for gap in GAPS]
    told += [(len(some), f"pages {name}") for name, some in _pages(pages)]
    return ", ".join(_counted(count, words) for count, words in told if count) or SAME


def _counted(count: int, words: str) -> str:
    thing, done = words.split()
    return f"{count:,} {thing.removesuffix('s') if count == 1 else thing} {done}"


def _gap(one: Change) -> Iterator[str]:
    """A cell that was empty and has a value now closes a gap, the opposite opens one."""
    if one.kind == "value_changed" and bool(one.old) != bool(one.new):
        yield "closed" if one.new else "opened"


def _pages(pages: Pages | None) -> Iterator[tuple[str, Sequence[str]]]:
    if pages:
        yield from {"changed": pages.changed, "added": pages.added, "gone": pages.gone}.items()


def _listed(pages: Pages | None) -> Iterator[str]:
    """The addresses of pages, folded away: a comment opens with what matters."""
    for name, some in _pages(pages):
        if some:
            yield from (
                "",
                f"<details><summary>{_counted(len(some), f'pages {name}')}</summary>",
                "",
            )
            yield from (f"- {_escaped(_short(address))}" for address in some[:LISTED])
            yield from ([f"- … and {len(some) - LISTED:,} more"] if len(some) > LISTED else [])
            yield from ("", "</details>")


def _counts(found: Sequence[Change]) -> Iterator[str]:
    kinds = [kind for kind in KINDS if any(one.kind == kind for one in found)]
    counts = Counter((one.table, one.kind) for one in found)
    yield from row(["table", *(KINDS[kind] for kind in kinds)])
    yield from row(["---", *["---:"] * len(kinds)])
    for table in dict.fromkeys(one.table for one in found):
        numbers = (f"{counts[table, kind]:,}" if counts[table, kind] else "" for kind in kinds)
        yield from row([table, *numbers])


def _line(one: Change) -> Sequence[str]:
    """The cells of a change in a report; what has no values says its kind."""
    if one.kind == "value_changed":
        return one.table, one.row_key, one.column, _cell(one.old, one.old_mark), _cell(
            one.new, one.new_mark
        )  # fmt: skip
    kind = f"({one.kind.replace('_', ' ')})"
    goes = one.kind in ("row_removed", "column_gone", "table_gone")
    return one.table, one.row_key, one.column, kind if goes else "", "" if goes else kind


def _cell(value: str, mark: str) -> str:
    return value or (f"({mark.replace('_', ' ')})" if mark else "(empty)")


def _plain(one: Change) -> Mapping[str, str]:
    return {
        "table": one.table, "row_key": one.row_key, "column": one.column, "kind": one.kind,
        "old": one.old, "old_mark": one.old_mark, "new": one.new, "new_mark": one.new_mark,
    }  # fmt: skip


def row(cells: Iterable[str]) -> tuple[str]:
    """A row of a table in Markdown, whatever the cells hold."""
    return ("| " + " | ".join(map(_escaped, cells)) + " |",)


def _short(text: str) -> str:
    """A text on one line, cut in its middle where it is long: often only its end differs."""
    line = "".join(one if one.isprintable() else " " for one in text)
    half = (LONGEST - 1) // 2
    return line if len(line) <= LONGEST else f"{line[:half]}…{line[-half:]}"


def _escaped(text: str) -> str:
    return text.translate(SPECIAL)
