"""What is made of one file of an edition, computed once for all editions of a process that have it.

Most editions of tests differ from others in one or two files, and to read, check and order the
rest again would take most of their time. Only what depends on nothing but a file's own content is
remembered, or on that and what it is given beside it; a test compares it with what is computed
anew, and at the end of a run nothing that is remembered has changed.

    with anew():
        read_record(…)  # where reading itself is what a test is about
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from generator import check, derive, read
from generator.model import CheckedTable, PublicTable, RawTable, Row, Table
from tests.replaced import Replaced

MOST = 400  # tables; those that nobody asked for longest are forgotten
PROBLEMS = ("cell_problems", "key_problems", "mark_problems", "text_problems",
            "translation_problems")  # fmt: skip
HOMES: Mapping[str, Any] = {
    "parse_table": read,
    **dict.fromkeys((*PROBLEMS, "reference_problems", "typed_frame"), check),
    **dict.fromkeys(("by_key", "in_language", "to_rows"), derive),
}
REPLACED = Replaced.of(HOMES)
TRUE, anew = REPLACED.true, REPLACED.anew


@dataclass
class Known:
    """A table as read, what was computed of it, by the function and what else this was given, and
    the frames among that with the sums of their cells."""

    raw: RawTable
    found: dict[Hashable, Any] = field(default_factory=dict)
    frames: list[tuple[pd.DataFrame, int]] = field(default_factory=list)

    def keep(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The frame, whose place in memory nothing else takes from now on."""
        self.frames.append((frame, sum_of(frame)))
        return frame


@dataclass
class Memory:
    """The tables by what they were read from, the one asked for last at the end, and by the places
    in memory of their frames."""

    by_content: OrderedDict[Hashable, Known] = field(default_factory=OrderedDict)
    by_frame: dict[int, Known] = field(default_factory=dict)

    def parse_table(self, content: bytes, where: str, table: Table) -> RawTable:
        """The table as read before, if it was."""
        # By identity: a declaration that a test changed is another one. The table keeps it alive.
        key = (content, where, id(table))
        if key not in self.by_content:
            known = Known(TRUE["parse_table"](content, where, table))
            self.by_content[key] = known
            self.keep(known, known.raw.frame)
            if len(self.by_content) > MOST:
                self.forget()
        self.by_content.move_to_end(key)
        return self.by_content[key].raw

    def forget(self) -> None:
        """Let go of the table that nobody asked for longest."""
        _, gone = self.by_content.popitem(last=False)
        for frame, _ in gone.frames:
            del self.by_frame[id(frame)]

    def keep(self, known: Known, frame: pd.DataFrame) -> pd.DataFrame:
        """The frame, from now on known as made of that table."""
        self.by_frame[id(frame)] = known
        return known.keep(frame)

    def of_raw(self, raw: RawTable) -> Known | None:
        """What is known of a table; None where it is not as it was read."""
        known = self.by_frame.get(id(raw.frame))
        if known is None or known.raw.frame is not raw.frame or known.raw.lines is not raw.lines:
            return None
        same = (known.raw.table, known.raw.where) == (raw.table, raw.where)
        return known if same else None

    def problems(self, name: str) -> Callable[..., list[Any]]:
        """A function of a table and of what can be compared that finds problems."""

        def remembered(raw: RawTable, *more: Hashable) -> list[Any]:
            known = self.of_raw(raw)
            if known is None:
                return list(TRUE[name](raw, *more))
            if (name, more) not in known.found:
                known.found[name, more] = list(TRUE[name](raw, *more))
            return list(known.found[name, more])

        return remembered

    def reference_problems(self, raw: RawTable, tables: Mapping[str, RawTable]) -> list[Any]:
        """References by the tables that they lead to, which stand beside the answer so that no
        other frame takes their places in memory."""
        known = self.of_raw(raw)
        if known is None:
            return list(TRUE["reference_problems"](raw, tables))
        leads = {column.refers.split(".")[0] for column in raw.table.columns if column.refers}
        frames = [tables[name].frame if name in tables else None for name in sorted(leads)]
        key = ("reference_problems", tuple(map(id, frames)))
        if key not in known.found:
            known.found[key] = frames, list(TRUE["reference_problems"](raw, tables))
        return list(known.found[key][1])

    def typed_frame(self, raw: RawTable) -> pd.DataFrame:
        """The values of a table."""
        known = self.of_raw(raw)
        return self.frame(known, "typed_frame", lambda: TRUE["typed_frame"](raw))

    def by_key(self, table: CheckedTable) -> pd.DataFrame:
        """Those in the order of their keys."""
        known = self.by_frame.get(id(table.frame))
        same = known and known.raw.table.key == table.table.key
        made = known if same else None
        return self.frame(made, ("by_key", id(table.frame)), lambda: TRUE["by_key"](table))

    def in_language(self, table: PublicTable, *more: str) -> PublicTable:
        """Those with their words in a language."""
        known = self.by_frame.get(id(table.frame))
        same = known and known.raw.table.columns is table.table.columns
        key = ("in_language", id(table.frame), more)
        frame = self.frame(
            known if same else None, key, lambda: TRUE["in_language"](table, *more).frame
        )
        return replace(table, frame=frame)

    def to_rows(self, frame: pd.DataFrame) -> Sequence[Row]:
        """The same as mappings, which are only read."""
        known = self.by_frame.get(id(frame))
        if known is None:
            return TRUE["to_rows"](frame)  # type: ignore[no-any-return]
        key = ("to_rows", id(frame))
        if key not in known.found:
            known.found[key] = TRUE["to_rows"](frame)
        return list(known.found[key])

    def frame(
        self, known: Known | None, key: Hashable, make: Callable[[], pd.DataFrame]
    ) -> pd.DataFrame:
        """A frame that is made once where its table is known."""
        if known is None:
            return make()
        if key not in known.found:
            known.found[key] = self.keep(known, make())
        found: pd.DataFrame = known.found[key]
        return found

    def changed(self) -> list[str]:
        """The tables of whose frames one is no longer as it was made."""
        return [
            known.raw.where
            for known in self.by_content.values()
            if any(sum_of(frame) != before for frame, before in known.frames)
        ]


def sum_of(frame: pd.DataFrame) -> int:
    """A number that is another one for other cells or columns."""
    return hash((tuple(frame), *(tuple(map(repr, frame[name].tolist())) for name in frame)))


def install() -> Memory:
    """Remember from now on."""
    memory = Memory()
    REPLACED.put({name: memory.problems(name) for name in PROBLEMS})
    REPLACED.put({name: getattr(memory, name) for name in HOMES if name not in PROBLEMS})
    return memory
