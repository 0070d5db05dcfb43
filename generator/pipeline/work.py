"""What each process of a build has to know, handed over once and not with each partition."""

import hashlib
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Generic, TypeVar
from uuid import uuid4

from generator.charts.topology import Area
from generator.errors import OutputError, Problem
from generator.pipeline.tongues import Tongue
from generator.write import Place, read_files
from generator.write.handed import handed, taken

PACKAGE = Path(__file__).resolve().parents[1]
FOLDER = "work"


@dataclass(frozen=True)
class Work:
    """All that a partition needs beside the ids of its schools and the shells of its pages. Paths
    are absolute: the processes of a cluster stand elsewhere, and see the same folders. `areas` are
    those of the map, `place` is where finished files go."""

    tongue: Tongue
    templates: Path
    cache: Path
    areas: tuple[Area, ...]
    place: Place


Held = TypeVar("Held")


@dataclass(frozen=True)
class Handle(Generic[Held]):
    """What is handed over, by a key of its own and the file that holds it. In the process that made
    it, it stays at hand itself; to others only key and path travel."""

    key: str
    path: Path | None = field(default=None, compare=False)
    held: Held | None = field(default=None, compare=False, repr=False)

    def __getstate__(self) -> tuple[str, Path | None]:
        return self.key, self.path

    def __setstate__(self, state: tuple[str, Path | None]) -> None:
        self.__dict__.update(key=state[0], path=state[1], held=None)

    def load(self) -> Held:
        """What was handed over; other processes read it from its file."""
        found: Held = _read(self.path) if self.held is None else self.held
        return found


@lru_cache(maxsize=2)  # the work of a language and its shells
def _read(path: Path | None) -> Any:
    if path is None:
        raise ValueError("found a handle without a file, expected it in its own process alone")
    code, content = pickle.loads(taken(path))
    if code != code_digest():
        expected, hint = "workers with the generator that builds", "Bring them up to date."
        where = Problem(str(PACKAGE), 0, "", "another version of the generator", expected, hint)
        raise OutputError(where)
    return pickle.loads(content)


@cache
def code_digest() -> str:
    """What the sources of the generator are, in this process: others would make other pages."""
    sources = [file.content for file in read_files(PACKAGE) if file.path.endswith(".py")]
    return hashlib.sha256(b"\0".join(sources)).hexdigest()


@contextmanager
def handed_over(held: Held, build: Path, *, elsewhere: bool) -> Iterator[Handle[Held]]:
    """The handle of something while it is worked with; it is written where others need it, with
    what tells the generator's version."""
    key = uuid4().hex
    if not elsewhere:
        yield Handle(key, held=held)
        return
    content = pickle.dumps((code_digest(), pickle.dumps(held, pickle.HIGHEST_PROTOCOL)))
    with handed(content, build / FOLDER) as path:
        yield Handle(key, path, held)
