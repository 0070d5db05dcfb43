"""What search engines are told of the data: the pages name files and tables that are there."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from generator.verify.mismatch import Mismatch
from generator.verify.published import DATA, Published

SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def check_linked(folder: Path, held: list[str], published: Published) -> Iterator[Mismatch]:
    """The page of all tables, and that of each."""
    there = frozenset(held)
    for table in ("", *published.resources):
        path = f"{DATA}/{table}/" if table else f"{DATA}/"
        file = folder / path / "index.html"
        text = file.read_text("utf-8") if file.is_file() else ""
        try:
            (found,) = map(json.loads, SCRIPT.findall(text))
            yield from check_dataset(f"{path}index.html", path, found, there, published)
        except (ValueError, KeyError, TypeError, AttributeError):
            yield Mismatch(f"{path}index.html", "", "no description for search engines")


def check_dataset(
    page: str, path: str, said: dict[str, Any], there: frozenset[str], published: Published
) -> Iterator[Mismatch]:
    """One description: its address is that of its page, its files are on the site, it names the
    edition."""
    base = str(said["url"]).removesuffix(path)
    title = str(published.section("site").get("title", ""))
    if not str(said["url"]).endswith(path) or not str(said["name"]).startswith(title):
        yield Mismatch(page, "", "description for search engines", str(said["url"]), path)
    files = [str(one["contentUrl"]) for one in said["distribution"]]
    pages = [f"{one['url']}index.html" for one in said.get("hasPart", [])]
    for address in (*files, *pages):
        if not address.startswith(base) or address.removeprefix(base) not in there:
            yield Mismatch(page, "", "a file for search engines that is not there", address)
    known = {row.get("url", "") for row in published.rows("sources").values()}
    for address in said.get("isBasedOn", []):
        if address not in known:
            yield Mismatch(page, "", "a source for search engines that is none", address)
