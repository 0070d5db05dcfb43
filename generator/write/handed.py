"""A file that one process of a build hands to the others, gone when the build is over."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from generator.write.staging import reporting


@contextmanager
def handed(content: bytes, folder: Path) -> Iterator[Path]:
    """The absolute path below `folder` where the content lies meanwhile; OutputError where it can't
    be written."""
    with reporting(folder):
        folder.mkdir(parents=True, exist_ok=True)
        place = Path(mkdtemp(dir=folder.resolve()))
    path = place / "handed"
    try:
        with reporting(path):
            path.write_bytes(content)
        yield path
    finally:
        rmtree(place, ignore_errors=True)


def taken(path: Path) -> bytes:
    """What another process handed over."""
    return path.read_bytes()
