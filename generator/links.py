"""Keys are unique and references exist."""

from collections.abc import Iterator, Mapping

from generator.cells import quoted
from generator.errors import Problem
from generator.kinds import parse
from generator.model import Column, RawTable
from generator.rows import nearest


def key_problems(raw: RawTable) -> Iterator[Problem]:
    """Every row whose key an earlier row has; says the line of the first one."""
    key = list(raw.table.key)
    twins = raw.frame[raw.frame.duplicated(key, keep=False)]
    first: dict[tuple[str, ...], int] = {}
    for row, values in zip(twins.index, twins[key].itertuples(index=False, name=None), strict=True):
        line = raw.lines[row]
        seen = first.setdefault(values, line)
        if seen != line:
            found = " and ".join(quoted(value) for value in values)
            wanted = f"a key that no other row has; line {seen} has the same"
            hint = "Delete or correct one of the two rows."
            yield Problem(raw.where, line, ", ".join(key), found, wanted, hint)


def reference_problems(raw: RawTable, tables: Mapping[str, RawTable]) -> Iterator[Problem]:
    """Every id that no row of the table it refers to has; suggests the nearest one."""
    for column in raw.table.columns:
        if column.refers:
            yield from _dangling(raw, column, tables)


def _dangling(raw: RawTable, column: Column, tables: Mapping[str, RawTable]) -> Iterator[Problem]:
    target, name = column.refers.split(".")
    known = set(tables[target].frame[name])
    cells = raw.frame[column.name]
    missing = {text: ids for text in cells.unique() if (ids := _missing(text, column, known))}
    order = sorted(known)
    for row in raw.frame.index[cells.isin(list(missing))]:
        for absent in missing[cells[row]]:
            hint = nearest(absent, order) or "Add the row there, or correct the id."
            wanted = f"a {name} of {target}.csv"
            yield Problem(raw.where, raw.lines[row], column.name, quoted(absent), wanted, hint)


def _missing(text: str, column: Column, known: set[str]) -> tuple[str, ...]:
    # An id that is no id at all has its Problem already.
    if not text or parse(text, column) is None:
        return ()
    return tuple(one for one in text.split(" ") if one not in known)
