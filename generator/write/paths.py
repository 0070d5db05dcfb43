"""What a path of the site may be: one that every system can store and every host can serve."""

import re
import unicodedata
from itertools import accumulate

from generator.errors import OutputError, Problem

# Refused by Windows, or with a meaning of their own in an address; surrogates fit no file name.
UNSAFE = re.compile('[\x00-\x1f\x7f\\\\:*?"<>|#%\ud800-\udfff]')
# Windows opens a device for these, in any folder and with any ending.
DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
LONGEST = 200  # bytes: file systems hold 255, and half-written files have a longer name
HINT = "Change the id or the name that the path is made from."


def claim(path: str, taken: dict[str, str]) -> None:
    """Note a path and its folders in `taken`; OutputError if it is unsafe or taken.

    Two paths are the same if only case or the composition of letters differs: on some systems
    they would be one file.
    """
    if fault := path_fault(path):
        raise OutputError(Problem(ascii(path), 0, "", fault, "a safe path in the site", HINT))
    *folders, _ = accumulate(path.split("/"), lambda above, name: f"{above}/{name}")
    names = [f"{folder}/" for folder in folders]
    clash = [taken[_fold(name)] for name in names if taken.get(_fold(name), name) != name]
    clash += [taken[_fold(path)]] if _fold(path) in taken else []
    if clash:
        found = f"{clash[0]} beside it"
        raise OutputError(Problem(path, 0, "", found, "each path once, whatever its case", HINT))
    taken.update((_fold(name), name) for name in (*names, path))


def path_fault(path: str) -> str:
    """What makes a path unsafe, in words; "" for a path that every system can store."""
    if found := UNSAFE.search(path):
        return f"the character {found[0]!a}"
    if path.startswith("/"):
        return "an absolute path"
    for name in path.split("/"):
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
    return unicodedata.normalize("NFC", path.rstrip("/").casefold())
