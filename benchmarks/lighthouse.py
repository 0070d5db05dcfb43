"""The claim: home, the list and a school's page reach 98 in all four of Lighthouse, on a phone.

Optional, and no part of CI: Lighthouse comes from npm (`make lighthouse` puts it into build/). The
built site is served as a static host does, packed and with its own headers; `localhost` counts as
safe, so nothing but the site is judged. A busy machine lowers the first of the four.
"""

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from tests.browser import chromium
from tests.browser.addresses import find
from tests.server import Handler, joining, rules_of

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = ROOT / "build" / "lighthouse" / "node_modules" / ".bin" / "lighthouse"
CHOSEN = ("", "schools/", "most votes")
LEAST = 98
PACKED = {".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript"}


class Packing(Handler):
    """Sends pages, styles and scripts packed, whatever else as it is."""

    def do_GET(self) -> None:  # noqa: N802
        asked = Path(self.translate_path(self.path))
        file = asked / "index.html" if asked.is_dir() else asked
        if file.suffix not in PACKED or not file.is_file():
            super().do_GET()
            return
        body = gzip.compress(file.read_bytes())
        self.send_response(200)
        self.send_header("Content-Type", PACKED[file.suffix])
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The address of the site, packed."""
    handler = partial(Packing, headers=joining(rules_of(site)), directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def scores(address: str) -> dict[str, int]:
    """The four scores of one page, 0 to 100, and on standard error what costs the page points."""
    own = ["--no-sandbox"] if chromium.is_root() else []
    flags = " ".join(["--headless=new", "--disable-gpu", "--disable-dev-shm-usage", *own])
    done = subprocess.run(
        [str(PROGRAM), address, "--quiet", "--output=json", f"--chrome-flags={flags}"],
        env={**os.environ, "CHROME_PATH": str(chromium.find(chromium.BROWSERS))},
        stdout=subprocess.PIPE, check=True,
    )  # fmt: skip
    report = json.loads(done.stdout)
    for audit in report["audits"].values():
        if audit.get("score") is not None and audit["score"] < 0.9:
            shown = (audit["id"], audit.get("displayValue", ""))
            print("   ", *shown, file=sys.stderr)
    return {name: round(100 * part["score"]) for name, part in report["categories"].items()}


def main() -> int:
    """Print the scores of the chosen pages; 1 if one is below LEAST."""
    site = Path(sys.argv[1] if sys.argv[1:] else ROOT / "site").resolve()
    addresses, low = find(site), False
    with served(site) as url:
        for name in CHOSEN:
            found = scores(f"{url}/{addresses[name]}")
            print(name or "home", found)
            low = low or min(found.values()) < LEAST
    return int(low)


if __name__ == "__main__":
    sys.exit(main())
