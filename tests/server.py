"""Serves a folder on this machine the way a static host would, for the tests."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

STRICT = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
Headers = Callable[[str], Mapping[str, str]]
Rules = Sequence[tuple[str, Mapping[str, str]]]


def rules_of(site: Path) -> Rules:
    """The rules of the site's `_headers` in order: what addresses, which headers."""
    rules: list[tuple[str, dict[str, str]]] = []
    for line in (site / "_headers").read_text(encoding="utf-8").splitlines():
        if line.startswith("/"):
            rules.append((line, {}))
        elif line.startswith(" "):
            name, value = line.strip().split(": ", 1)
            rules[-1][1][name] = value
        elif not line.startswith("#"):
            raise ValueError(f"_headers: found {line!r}, expected a path, a header or a comment")
    return rules


def is_for(pattern: str, path: str) -> bool:
    """True where a rule is for an address; * stands at the end alone, for anything."""
    start, star, _ = pattern.partition("*")
    return path.startswith(start) if star else path == pattern


def joining(rules: Rules) -> Headers:
    """Headers as hosts send them that join the values of all rules that fit, by commas."""

    def headers(path: str) -> Mapping[str, str]:
        found: dict[str, list[str]] = {}
        for pattern, lines in rules:
            for name, value in lines.items() if is_for(pattern, path) else ():
                found.setdefault(name, []).append(value)
        return {name: ", ".join(values) for name, values in found.items()}

    return headers


def replacing(rules: Rules) -> Headers:
    """Headers as hosts send them that take the last rule which has one."""

    def headers(path: str) -> Mapping[str, str]:
        return {
            name: value
            for pattern, lines in rules if is_for(pattern, path)
            for name, value in lines.items()
        }  # fmt: skip

    return headers


class Handler(SimpleHTTPRequestHandler):
    """Files of a folder, each with the headers given, and the folder's own page of errors."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *args: object, headers: Headers, directory: str) -> None:
        self.extra_headers = headers
        super().__init__(*args, directory=directory)

    def end_headers(self) -> None:
        # Of a file that is some seconds old a browser asks at each page whether it is another now.
        if self.path.startswith("/assets/"):
            self.send_header("Cache-Control", "max-age=600")
        for name, value in self.extra_headers(self.path.partition("?")[0]).items():
            self.send_header(name, value)
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer a missing address with the site's own 404.html, as static hosts do."""
        own = Path(self.directory) / "404.html"
        if code != 404 or not own.is_file():
            super().send_error(code, message, explain)
            return
        body = own.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing: a failing test prints what it needs."""


@contextmanager
def serve(folder: Path, headers: Headers = lambda _: {}) -> Iterator[str]:
    """Yield the address ("http://127.0.0.1:40123", no slash at the end) that serves `folder`, with
    the headers for the path of each address."""
    handler = partial(Handler, headers=headers, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
