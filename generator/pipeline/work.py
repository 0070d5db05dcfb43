"""What each process of a build has to know, handed over once and not with each partition."""

import hashlib
import pickle
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from uuid import uuid4

from generator.errors import OutputError, Problem
from generator.pipeline.tongues import Tongue
from generator.shell import Shell
from generator.write import Place, read_files
from generator.write.handed import handed, taken

PACKAGE = Path(__file__).resolve().parents[1]
FOLDER = "work"


@dataclass(frozen=True)
class Work:
    """All that a partition needs beside the ids of its schools. Paths are absolute: the processes
    of a cluster stand elsewhere, and see the same folders. `place` is where finished files go;
    `code` tells the generator's version."""

    tongue: Tongue
    templates: Path
    cache: Path
    shells: Mapping[str, Shell]
    place: Place
    code: str


@dataclass(frozen=True)
class Handle:
    """A Work by a key of its own and the file that holds it. In the process that made it, the Work
    itself stays at hand; to others only key and path travel."""

    key: str
    path: Path | None = field(default=None, compare=False)
    work: Work | None = field(default=None, compare=False, repr=False)

    def __getstate__(self) -> tuple[str, Path | None]:
        return self.key, self.path

    def __setstate__(self, state: tuple[str, Path | None]) -> None:
        self.__dict__.update(key=state[0], path=state[1], work=None)

    def load(self) -> Work:
        """The Work; other processes read it from its file."""
        return self.work or _read(self.path)


@lru_cache(maxsize=1)
def _read(path: Path | None) -> Work:
    if path is None:
        raise ValueError("found work without a file, expected it in this process alone")
    found: Work = pickle.loads(taken(path))
    if found.code != code_digest():
        expected, hint = "workers with the generator that builds", "Bring them up to date."
        where = Problem(str(PACKAGE), 0, "", "another version of the generator", expected, hint)
        raise OutputError(where)
    return found


@cache
def code_digest() -> str:
    """What the sources of the generator are, in this process: others would make other pages."""
    sources = [file.content for file in read_files(PACKAGE) if file.path.endswith(".py")]
    return hashlib.sha256(b"\0".join(sources)).hexdigest()


@contextmanager
def handed_over(work: Work, build: Path, *, elsewhere: bool) -> Iterator[Handle]:
    """The handle of a Work while it is worked on; it is written where others need it."""
    key = uuid4().hex
    if not elsewhere:
        yield Handle(key, work=work)
        return
    with handed(pickle.dumps(work, pickle.HIGHEST_PROTOCOL), build / FOLDER) as path:
        yield Handle(key, path, work)
