"""Words of the data in another language: beside the originals, with the same numbers."""

from collections.abc import Iterator

from generator.errors import Problem
from generator.model import STATUS, RawTable, numbers
from generator.read.cells import quoted

STATUSES = ("unreviewed", "reviewed")
NOBODY = "Write unreviewed until a second person has read it."


def translations_of(raw: RawTable) -> dict[str, str]:
    """The columns of translations in the file, each with the column that it translates."""
    found = {str(name): raw.table.translated(str(name)) for name in raw.frame}
    return {name: column.name for name, column in found.items() if column}


def translation_problems(raw: RawTable) -> Iterator[Problem]:
    """A translation without its original or with other numbers, and a row without its status."""
    names = translations_of(raw)
    for name, original in names.items():
        cells = raw.frame[raw.frame[name] != ""]
        for row, words, said in zip(cells.index, cells[original], cells[name], strict=True):
            line = raw.lines[row]
            if not words:
                hint = f"Empty it, or fill {original}."
                yield Problem(raw.where, line, name, "a translation of nothing", "none", hint)
            elif numbers(said) != numbers(words):
                yield Problem(
                    raw.where, line, name, "other numbers than in the original",
                    f"the numbers of {original}", "Write the same numbers in the same digits.",
                )  # fmt: skip
    if names or STATUS in raw.frame:
        yield from _status_problems(raw, list(names))


def _status_problems(raw: RawTable, names: list[str]) -> Iterator[Problem]:
    """A status beside each row that has a translation, and beside no other."""
    if STATUS not in raw.frame:
        hint = f"Add the column. {NOBODY}"
        yield Problem(raw.where, 1, STATUS, "no such column", "it beside translations", hint)
        return
    has = (raw.frame[names] != "").any(axis=1)
    for row, translated, status in zip(raw.frame.index, has, raw.frame[STATUS], strict=True):
        expected = STATUSES if translated else ("",)
        if status not in expected:
            wanted = f"one of: {', '.join(STATUSES)}" if translated else "an empty cell"
            hint = NOBODY if translated else "The row has no translation."
            found = quoted(status) if status else "an empty cell"
            yield Problem(raw.where, raw.lines[row], STATUS, found, wanted, hint)
