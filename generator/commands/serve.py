"""`serve`: the site at an address of this machine, built anew when what it is made from changes.

A page has the same bytes as on its host: no reload script is put in, so reload by hand.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from time import sleep

from generator.commands.build import CONFIG, TEMPLATES
from generator.errors import EXIT_OK, OutputError, Problem

# What each watched file looked like: when it was changed last, and its size.
Look = Mapping[str, tuple[int, int]]

SECONDS = 1.0
SHOWN = 5
# Python asks the machine for the rest of the types, and machines differ.
TYPES = {
    ".css": "text/css",
    ".csv": "text/csv",
    ".html": "text/html",
    ".js": "text/javascript",
    ".json": "application/json",
    ".md": "text/markdown",
    ".svg": "image/svg+xml",
    ".topojson": "application/json",
    ".txt": "text/plain",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xml": "application/xml",
    ".zip": "application/zip",
}


def run(data: Path, out: Path, base_url: str, host: str, port: int) -> None:
    """Build, serve and watch until Ctrl-C."""
    command = build_command(data, out, base_url)
    with serving(out, host, port) as address:
        print(f"serving {out} at {address} (stop with Ctrl-C)", flush=True)
        try:
            watch(looks([data, TEMPLATES, CONFIG], SECONDS), lambda: _build(command))
        except KeyboardInterrupt:
            print("\nstopped", flush=True)


def build_command(data: Path, out: Path, base_url: str) -> list[str]:
    """The command line that builds the site.

    A process of its own: it sees a change of the generator too, and its bugs don't stop us.
    """
    command = [sys.executable, "-m", "generator", "build", "--data", str(data), "--out", str(out)]
    return [*command, "--base-url", base_url] if base_url else command


def changed(before: Look, after: Look) -> list[str]:
    """The files that came, went or changed between two looks, sorted."""
    return sorted(
        name for name in before.keys() | after.keys() if before.get(name) != after.get(name)
    )


def watch(seen: Iterator[Look], build: Callable[[], None]) -> None:
    """Build after the first look, then whenever one differs from the look before.

    A look is taken before the build, so that a change during it is seen at the next.
    """
    before = next(seen)
    build()
    for after in seen:
        if names := changed(before, after):
            print(f"changed: {describe(names)}", flush=True)
            build()
        before = after


def describe(names: Sequence[str]) -> str:
    """The first few names and how many more there are."""
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more


def looks(places: Sequence[Path], seconds: float) -> Iterator[Look]:
    """One look at all files of the places after another, for ever."""
    while True:
        yield look(places)
        sleep(seconds)


def look(places: Iterable[Path]) -> Look:
    """When each file was changed, and its size; hidden files and backups of editors left out."""
    found = {}
    for path in (path for place in places for path in (place, *sorted(place.rglob("*")))):
        if path.name.startswith(".") or path.name.endswith("~"):
            continue
        try:
            state = path.stat()
        except FileNotFoundError:  # gone since it was listed
            continue
        if path.is_file():
            found[str(path)] = (state.st_mtime_ns, state.st_size)
    return found


@contextmanager
def serving(out: Path, host: str, port: int) -> Iterator[str]:
    """Serve the folder that stands at `out` at each request; yields the address."""
    try:
        server = ThreadingHTTPServer((host, port), partial(Handler, directory=str(out)))
    except OSError as error:
        hint = "Choose another with --port; 0 takes a free one."
        found = f'"{error.strerror}"'
        raise OutputError(Problem(f"{host}:{port}", 0, "", found, "a free port", hint)) from error
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://{host}:{server.server_address[1]}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Handler(SimpleHTTPRequestHandler):
    """Answers as a host of static pages does: 404.html for what is missing, no lists of folders."""

    extensions_map = TYPES | {"": "application/octet-stream"}

    def guess_type(self, path: str | os.PathLike[str]) -> str:
        """The type by our own list, with the encoding that all our texts have."""
        kind = self.extensions_map.get(Path(path).suffix.lower()) or super().guess_type(path)
        return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind

    def end_headers(self) -> None:
        """Let nothing be kept: the page may be another after the next build."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def list_directory(self, path: str | os.PathLike[str]) -> None:
        """A folder without index.html is missing, as it will be on the host."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """The site's own page for what is missing; every other error as it is."""
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        content = page.read_bytes()
        self.log_error("404 %s", self.path)
        self.send_response(code)
        self.send_header("Content-Type", self.guess_type(page))
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing of what went well."""


def _build(command: Sequence[str]) -> None:
    code = subprocess.run(command, check=False).returncode
    if code != EXIT_OK:
        print(f"the build ended with {code}; the old site is still served", flush=True)
