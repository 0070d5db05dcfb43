"""Serves a folder on this machine the way a static host would, for the tests."""

from collections.abc import Iterator, Mapping
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


def headers_of(site: Path) -> dict[str, str]:
    """What the site's `_headers` asks hosts to send with every file."""
    path, *lines = (site / "_headers").read_text(encoding="utf-8").splitlines()
    if path != "/*":
        raise ValueError(f"_headers: found {path}, expected /* first")
    return dict(line.strip().split(": ", 1) for line in lines)


class Handler(SimpleHTTPRequestHandler):
    """Files of a folder, each with the headers given, and the folder's own page of errors."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *args: object, headers: Mapping[str, str], directory: str) -> None:
        self.extra_headers = headers
        super().__init__(*args, directory=directory)

    def end_headers(self) -> None:
        for name, value in self.extra_headers.items():
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
def serve(folder: Path, headers: Mapping[str, str] | None = None) -> Iterator[str]:
    """Yield the address ("http://127.0.0.1:40123", no slash at the end) that serves `folder`."""
    handler = partial(Handler, headers=headers or {}, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
