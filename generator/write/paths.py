"""What a path of the site may be: one that every system can store and every host can serve."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from generator.errors import OutputError, Problem

# Refused by Windows, or with a meaning of their own in an address; surrogates fit no file name.
UNSAFE = re.compile('[\x00-\x1f\x7f\\\\:*?"<>|#%\ud800-\udfff]')
# Windows opens a device for these, in any folder and with any ending.
DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
LONGEST = 200  # bytes: file systems hold 255, and half-written files have a longer name
HINT = "Change the id or the name that the path is made from."
# Most paths are of these alone: such a one is the same whatever its case.
PLAIN = re.compile(r"[a-z0-9_-]+(?:[./][a-z0-9_-]+)*")


@dataclass
class Claims:
    """The paths of a tree and their folders, each once, whatever its case."""

    plain: set[str] = field(default_factory=set)
    others: dict[str, str] = field(default_factory=dict)

    def add(self, path: str) -> None:
        """Note a path and its folders; OutputError if it is unsafe or taken.

        Two paths are the same if only case or the composition of letters differs: on some systems
        they would be one file.
        """
        refuse_unsafe(path)
        fold = str if PLAIN.fullmatch(path) else _fold
        for folder in _folders(path):
            if (before := self._at(fold(folder[:-1]))) not in ("", folder):
                raise _taken(path, before)
            self._note(fold(folder[:-1]), folder)
        if before := self._at(fold(path)):
            raise _taken(path, before)
        self._note(fold(path), path)

    def _at(self, key: str) -> str:
        """The path or folder (with a slash) that has this place; "" for none."""
        if key in self.plain:
            return key
        return f"{key}/" if f"{key}/" in self.plain else self.others.get(key, "")

    def _note(self, key: str, name: str) -> None:
        if name.rstrip("/") == key:
            self.plain.add(name)  # most are: no second text is held for them
        else:
            self.others[key] = name


def _taken(path: str, before: str) -> OutputError:
    expected = "each path once, whatever its case"
    return OutputError(Problem(path, 0, "", f"{before} beside it", expected, HINT))


def refuse_unsafe(path: str) -> None:
    """OutputError for a path that not every system can store."""
    if fault := path_fault(path):
        raise OutputError(Problem(ascii(path), 0, "", fault, "a safe path in the site", HINT))


def _folders(path: str) -> Iterator[str]:
    """The folders above a path, each with a slash at its end."""
    at = path.find("/")
    while at >= 0:
        yield path[: at + 1]
        at = path.find("/", at + 1)


def path_fault(path: str) -> str:
    """What makes a path unsafe, in words; "" for a path that every system can store."""
    if found := UNSAFE.search(path):
        return f"the character {found[0]!a}"
    if path.startswith("/"):
        return "an absolute path"
    return next(filter(None, map(_part_fault, path.split("/"))), "")


@lru_cache(maxsize=4096)  # the folder of a school has several files, and all schools' have the same
def _part_fault(name: str) -> str:
    if name in ("", ".", ".."):
        return f'"{name}" as a part'
    if name.endswith((".", " ")) or name.startswith(" "):
        return "a part with a blank or a full stop at its end"
    if DEVICE.fullmatch(name):
        return f'"{name}", a device of Windows'
    if len(name.encode()) > LONGEST:
        return f"a part of more than {LONGEST} bytes"
    return ""


def _fold(path: str) -> str:
    return unicodedata.normalize("NFC", path.casefold())
