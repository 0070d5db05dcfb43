"""What `verify` reads of a page or of the tables' files, read once for all sites that have it.

Most falsehoods of tests stand on one page or in one file, and to read the rest again would take
most of the time of a test. Remembered is what depends on the bytes alone; a test compares what
`verify` finds with what it finds anew.

    with anew():
        verify(site)
"""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from generator import verify
from generator.verify import formats, pages
from generator.verify.evaluate import Evaluator
from generator.verify.ledger import Ledger
from generator.verify.mismatch import Mismatch
from generator.verify.page import Page
from generator.verify.published import DATA, Published
from tests.replaced import Replaced

MOST = 400  # pages and folders; those that nobody asked for longest are forgotten
HOMES: Mapping[str, Any] = {"read_page": pages, "check_tables": formats, "read_ledger": verify}
REPLACED = Replaced.of(HOMES)
TRUE, anew = REPLACED.true, REPLACED.anew


@dataclass
class Memory:
    """Answers by what they are made of, the one asked for last at the end."""

    found: OrderedDict[Hashable, Any] = field(default_factory=OrderedDict)

    def once(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """What was made for that key."""
        if key not in self.found:
            self.found[key] = make()
            if len(self.found) > MOST:
                self.found.popitem(last=False)
        self.found.move_to_end(key)
        return self.found[key]

    def read_page(self, path: str, html: str) -> Page:
        """The page; what its reader notes of it later is noted on a copy."""
        read = self.once((path, sum_of(html.encode())), lambda: TRUE["read_page"](path, html))
        return replace(read)

    def check_tables(
        self,
        folder: Path,
        under: str,
        held: frozenset[str],
        published: Published,
        named: tuple[str, ...],
    ) -> Iterator[Mismatch]:
        """What is wrong with the files of all tables, by all files that stand beside them."""
        known = frozenset(path for path in held if path.rpartition("/")[0] == under)
        key = (under, sums_in(folder / under, "*"), known, named)
        given = (folder, under, held, published, named)
        yield from self.once(key, lambda: tuple(TRUE["check_tables"](*given)))

    def read_ledger(
        self, folder: Path, published: Published, evaluate: Evaluator
    ) -> tuple[Ledger, list[Mismatch]]:
        """All facts, by all files of the data with those of releases."""
        given = (folder, published, evaluate)
        key = ("ledger", sums_in(folder / DATA, "**/*"))
        ledger, wrong = self.once(key, lambda: TRUE["read_ledger"](*given))
        return ledger, list(wrong)


def sum_of(content: bytes) -> bytes:
    """A number of the content, another one for each."""
    return hashlib.blake2b(content, digest_size=16).digest()


def sums_in(folder: Path, pattern: str) -> tuple[tuple[str, bytes], ...]:
    """The files there with the sums of what they hold."""
    files = sorted(path for path in folder.glob(pattern) if path.is_file())
    return tuple((path.relative_to(folder).as_posix(), sum_of(path.read_bytes())) for path in files)


def install() -> None:
    """Remember from now on."""
    memory = Memory()
    REPLACED.put({name: getattr(memory, name) for name in HOMES})
