"""Finds the machine's own Chromium, for the fixtures and for `make test`, which may install it.

Playwright's own download of a browser is not used: it comes from no package registry.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence

# The same engine without the windows of a browser around it: a third of the time for each context.
SHELL = "chromium-headless-shell"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
NAMES = (SHELL, *BROWSERS)
MISSING = (
    f"No browser found: looked for {', '.join(NAMES)} on PATH and for a path in CHROMIUM. "
    "The browser tests never skip.\n"
    "  Debian:  apt-get install chromium      Fedora:  dnf install chromium\n"
    "  macOS:   brew install --cask chromium, then make test CHROMIUM=(its path)"
)
# Nothing may leave the machine, and a container's /dev/shm is too small for a browser.
FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    # Each page runs its scripts once: what is compiled best takes longer than it saves, a tenth.
    "--js-flags=--no-opt",
)
FONTS = "fonts-liberation"  # without one family of fonts no text has a width
SOON = ("-o", "Acquire::Retries=0", "-o", "Acquire::http::Timeout=10")


def is_root() -> bool:
    """True for the user who may install packages, and for whom Chromium refuses its sandbox."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def find(names: Sequence[str] = NAMES) -> str | None:
    """The browser's path, CHROMIUM first; None if there is none, or CHROMIUM names no program."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    return next(filter(None, map(shutil.which, names)), None)


def flags() -> list[str]:
    """The flags to start with; the sandbox stays on except for root, where it cannot start."""
    return [*FLAGS, "--no-sandbox"] if is_root() else list(FLAGS)


def install() -> None:
    """Install Debian's shell of Chromium, or where there is no such package, and no browser
    either, all of Chromium."""
    apt("update", "--quiet")
    if not get(SHELL) and find() is None:
        get("chromium")


def get(name: str) -> bool:
    """True if the package was installed, with a family of fonts."""
    return apt("install", "--yes", "--quiet", "--no-install-recommends", name, FONTS)


def apt(*arguments: str) -> bool:
    """True if apt-get did it. What it prints goes beside the path of the browser."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", *SOON, *arguments]
    done = subprocess.run(command, check=False, stdin=subprocess.DEVNULL, stdout=2, env=environment)
    return done.returncode == 0


def main() -> int:
    """Print the browser's path; with --install get the shell first where there is none."""
    if (
        shutil.which(SHELL) is None
        and "--install" in sys.argv[1:]
        and "CHROMIUM" not in os.environ
        and is_root()
        and shutil.which("apt-get")
    ):
        install()
    found = find()
    print(found or MISSING, file=sys.stdout if found else sys.stderr)
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main())
