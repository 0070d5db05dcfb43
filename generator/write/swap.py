"""Exchange two folders: in one step where the system can, else so that it can be undone."""

import ctypes
import errno
import os
from pathlib import Path

AT_FDCWD, RENAME_EXCHANGE = -100, 2
# What a kernel, a C library or a file system answers that knows no exchange.
NO_EXCHANGE = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP}
MOUNTS = Path("/proc/self/mountinfo")


def swap(new: Path, out: Path, *, mounted: bool = False) -> None:
    """Put the folder `new` in the place of `out`; what `out` held is in `new` afterwards.

    A mount point can't be renamed: with `mounted` the entries at its top are exchanged one by one,
    so that each is whole but not all are of the same tree, and its hidden entries stay unless
    `new` has them too.
    """
    if mounted:
        _swap_entries(new, out)
    elif out.exists():
        _exchange(new, out)
    else:
        new.rename(out)


def recover(out: Path) -> Path:
    """Put back what a kill between two renames left aside; the path where such a folder stands."""
    aside = out.with_name(f".{out.name}.old")
    if aside.exists() and not out.exists():
        aside.rename(out)
    return aside


def is_mount(folder: Path) -> bool:
    """True for a mount point. A bind mount of the same disk shows only in the system's list."""
    listing = MOUNTS.read_text(errors="surrogateescape") if MOUNTS.exists() else ""
    name = str(folder)
    for character in ("\\", " ", "\t", "\n"):
        name = name.replace(character, f"\\{ord(character):03o}")
    return os.path.ismount(folder) or name in {line.split(" ")[4] for line in listing.splitlines()}


def _swap_entries(new: Path, out: Path) -> None:
    gone = {path.name for path in out.iterdir() if not path.name.startswith(".")}
    for name in sorted(gone | {path.name for path in new.iterdir()}):
        source, target = new / name, out / name
        if not source.exists():
            target.rename(source)
        else:
            swap(source, target)


def _exchange(new: Path, out: Path) -> None:
    try:
        _rename_exchange(new, out)
    except OSError as error:
        if error.errno not in NO_EXCHANGE:
            raise
        _rename_twice(new, out)


def _rename_exchange(new: Path, out: Path) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "renameat2"):
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), str(out))
    paths = os.fsencode(new), os.fsencode(out)
    if libc.renameat2(AT_FDCWD, paths[0], AT_FDCWD, paths[1], RENAME_EXCHANGE):
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code), str(out))


def _rename_twice(new: Path, out: Path) -> None:
    """For a moment there is no `out`; whatever happens then, `finally` or `recover` undoes."""
    aside = recover(out)
    out.rename(aside)
    try:
        new.rename(out)
    finally:
        aside.rename(new if out.exists() else out)
