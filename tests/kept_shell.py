"""MkDocs' pages kept between the builds of a run: it runs once for pages of the same make-up.

What MkDocs makes of a page depends on its words in few places. So it renders stand-ins, once for
all builds whose pages have the same paths and headings under the same settings; the words of a
build are put into their places here, in a tenth of the time. A test compares all bytes.

    with real_mkdocs():
        build(…)  # where MkDocs itself is what a test is about
"""

import fcntl
import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from markdown import Markdown  # type: ignore[import-untyped]
from material.plugins.search.plugin import SearchIndex  # type: ignore[import-untyped]
from mkdocs.config import load_config

from generator.pipeline import rendering
from generator.shell import run_mkdocs
from generator.shell.blocks import split_blocks

# The folder of a run where its processes keep what MkDocs made.
KEPT = "SRO_RECORD_TEST_SHELLS"
WORDS = ("title", "description", "card", "card_alt", "cite")  # that the theme prints as they stand
PLACE = re.compile(r"Qx(\d+)x([a-z_]+)xQ")
BODY = re.compile(r"<(p|h1)>Qx(\d+)xbodyxQ</\1>.*?<p>Qx\2xendxQ</p>", re.DOTALL)
INDEX = "search/search_index.json"


@dataclass(frozen=True)
class Source:
    """A page as MkDocs reads it, taken apart."""

    number: int
    meta: Mapping[str, Any]
    body: str

    def stand_in(self) -> str:
        """The page with its headings, and with marks in place of all other words."""
        meta = {
            name: self.mark(name) if value and name in WORDS else value
            for name, value in self.meta.items()
        }
        lines = [f"{name}: {json.dumps(value)}" for name, value in meta.items()]
        headings = [block for block in split_blocks(self.body) if block.startswith("#")]
        # The theme brings a heading of its own to a page without one.
        tag = "h1" if "<h1" in self.body else "p"
        first, last = f"<{tag}>{self.mark('body')}</{tag}>", f"<p>{self.mark('end')}</p>"
        return "\n\n".join(["\n".join(["---", *lines, "---"]), first, *headings, last, ""])

    def mark(self, name: str) -> str:
        """What stands in the place of words until they are put there."""
        return f"Qx{self.number}x{name}xQ"


def run_kept(config: Path, docs: Path, site: Path, **told: Any) -> None:
    """The same as `run_mkdocs`, byte for byte."""
    paths = sorted(path for path in docs.rglob("*") if path.is_file())
    read = {path.relative_to(docs).as_posix(): path.read_text("utf-8") for path in paths}
    sources = {
        path: source(number, text)
        for number, (path, text) in enumerate(read.items()) if path.endswith(".md")
    }  # fmt: skip
    stand_ins = {**read, **{path: one.stand_in() for path, one in sources.items()}}
    theme = {str(path): path.read_bytes() for path in files_of(config)}
    key = hashlib.sha256(repr((sorted(told.items()), stand_ins, theme)).encode()).hexdigest()
    made = once(Path(os.environ[KEPT]), key, lambda folder: render(config, stand_ins, folder, told))
    shutil.rmtree(site, ignore_errors=True)
    shutil.copytree(made, site)
    title = told.get("words", {}).get("WORD_PERMALINK", "Permanent link")
    contents = {path: html_of(one.body, title) for path, one in sources.items()}
    put_words(site, {sources[path].number: (sources[path], contents[path]) for path in sources})
    put_index(site / INDEX, {address(path): (sources[path], contents[path]) for path in sources})


def source(number: int, text: str) -> Source:
    """A Markdown file taken apart."""
    head, _, body = text.removeprefix("---\n").partition("\n---\n")
    lines = (line.partition(": ") for line in head.splitlines())
    return Source(number, {name: json.loads(value) for name, _, value in lines}, body)


def files_of(config: Path) -> list[Path]:
    """The settings and the theme's own templates."""
    theme = config.parent / "templates/theme"
    return [config, *sorted(path for path in theme.rglob("*") if path.is_file())]


def render(config: Path, files: Mapping[str, str], folder: Path, told: Mapping[str, Any]) -> None:
    """Let MkDocs make the folder of the stand-ins."""
    docs = folder.with_suffix(".docs")
    for path, text in files.items():
        target = docs / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    run_mkdocs(config, docs, folder, **told)
    shutil.rmtree(docs)


def once(kept: Path, key: str, make: Callable[[Path], None]) -> Path:
    """The folder of that key, which the first process that asks for it makes."""
    folder = kept / key
    with (kept / f"{key}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            making = kept / f"{key}.new"
            shutil.rmtree(making, ignore_errors=True)
            make(making)
            making.rename(folder)
    return folder


@cache
def markdown(permalink: str) -> Markdown:
    """Markdown as mkdocs.yml asks for it."""
    root = Path(__file__).resolve().parents[1]
    found = load_config(str(root / "mkdocs.yml"), docs_dir=str(root / "tests"))
    settings = {**found["mdx_configs"]}
    settings["toc"] = {**settings["toc"], "permalink_title": permalink}
    return Markdown(extensions=found["markdown_extensions"], extension_configs=settings)


@cache
def html_of(body: str, permalink: str) -> str:
    """The HTML of a body; most bodies are the same in most builds."""
    made: str = markdown(permalink).reset().convert(body)
    return made


def put_words(site: Path, pages: Mapping[int, tuple[Source, str]]) -> None:
    """Put the words of all pages into their places; each page names others in its menu."""

    def words(place: re.Match[str]) -> str:
        return str(pages[int(place[1])][0].meta[place[2]])

    for path in site.rglob("*.html"):
        parts = BODY.split(path.read_text("utf-8"))
        text = [PLACE.sub(words, part) for part in parts[::3]]
        content = [pages[int(number)][1] for number in parts[2::3]]
        joined = "".join(piece for pair in zip(text, [*content, ""], strict=True) for piece in pair)
        path.write_text(joined, encoding="utf-8")


def put_index(path: Path, pages: Mapping[str, tuple[Source, str]]) -> None:
    """Write the search index as Material's plugin does, of the pages' own words."""
    kept = json.loads(path.read_text("utf-8"))
    index = SearchIndex(**kept["config"])
    for url in dict.fromkeys(entry["location"].partition("#")[0] for entry in kept["docs"]):
        one, content = pages[url]
        index.entries += entries_of(json.dumps(one.meta), content, url)
    path.write_text(index.generate_search_index(None), encoding="utf-8")


@cache
def entries_of(meta: str, content: str, url: str) -> list[dict[str, Any]]:
    """The entries of a page, which only the index reads; most pages are the same in most builds."""
    index = SearchIndex()
    page = SimpleNamespace(meta=json.loads(meta), content=content, toc=(), url=url, title="")
    index.add_entry_from_context(page)
    entries: list[dict[str, Any]] = index.entries
    return entries


def address(path: str) -> str:
    """Where MkDocs puts a Markdown file: "votes/" for votes.md, "" for index.md."""
    return path.removesuffix("index.md") if path.endswith("index.md") else f"{path[:-3]}/"


@contextmanager
def real_mkdocs() -> Iterator[None]:
    """MkDocs itself runs for each build meanwhile."""
    before, rendering.run_mkdocs = rendering.run_mkdocs, run_mkdocs
    try:
        yield
    finally:
        rendering.run_mkdocs = before
