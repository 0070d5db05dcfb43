"""Finds the machine's own Chromium, for the fixtures and for `make test`, which may install it.

Playwright's own download of a browser is not used: it comes from no package registry.
"""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome")
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
)


def is_root() -> bool:
    """True for the user who may install packages, and for whom Chromium refuses its sandbox."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def find() -> str | None:
    """The browser's path, CHROMIUM first; None if there is none, or CHROMIUM names no program."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    return next(filter(None, map(shutil.which, NAMES)), None)


def flags() -> list[str]:
    """The flags to start with; the sandbox stays on except for root, where it cannot start."""
    return [*FLAGS, "--no-sandbox"] if is_root() else list(FLAGS)


def install() -> None:
    """Install Debian's Chromium and one family of fonts, without which no text has a width."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    packages = ("--no-install-recommends", "chromium", "fonts-liberation")
    for arguments in (("update", "--quiet"), ("install", "--yes", "--quiet", *packages)):
        subprocess.run(
            ["apt-get", *arguments], check=True, stdin=subprocess.DEVNULL, env=environment
        )


def main() -> int:
    """Print the browser's path; with --install put one there first if there is none."""
    if (
        find() is None
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
