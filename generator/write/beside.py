"""Write a few files into a folder that others write to as well: each whole, or none at all."""

from collections.abc import Iterable
from pathlib import Path

from generator.model import File
from generator.write.staging import reporting

FILE_MODE = 0o644


def write_beside(folder: Path, files: Iterable[File], mode: int = FILE_MODE) -> None:
    """Write all files beside their places, then move each to its place, in order.

    Until all are written no old file is touched. A new folder is open to its owner alone where the
    files are. Raises OutputError for what the system refuses.
    """
    ready: list[tuple[Path, Path]] = []
    with reporting(folder):
        folder.mkdir(mode=mode | (mode & 0o444) >> 2, parents=True, exist_ok=True)
        try:
            for file in files:
                temporary = folder / f".{file.path}.new"
                ready.append((temporary, folder / file.path))
                temporary.touch(mode)
                temporary.chmod(mode)
                temporary.write_bytes(file.content)
            for temporary, path in ready:
                temporary.replace(path)
        finally:
            for temporary, _ in ready:
                temporary.unlink(missing_ok=True)
