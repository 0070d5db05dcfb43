"""The claim: a page of ours costs less than one of Hugo and a tenth of one of plain MkDocs.

Made editions are built by `sro-record build` from their tables, with the pictures in the cache. The
others get what our build has found out already, page by page, and nothing of it is read, checked or
computed by them. Hugo gets each page's content as HTML and one layout, which is a page of ours
without its content; it copies data, figures and assets as static files. MkDocs gets the Markdown
that our pages are made from, with our mkdocs.yml, and none of the other files. Beside them: writing
the same files from Python, and `cp -r` of the finished site.

    python -m benchmarks.scale --sizes 1000 10000 --rounds 3
    python -m benchmarks.scale --editions build/usa --rounds 1

Hugo is left out where it is not installed (requirements/peers.txt). Sizes beyond 10,000, and
editions that are given, are built by us alone, and copied. What the rounds make stays until the
end: three rounds of 10,000 schools take 10 GB.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from statistics import median

from benchmarks.made_edition import EVERY, write
from benchmarks.pages import Place, place
from benchmarks.timing import ROUNDS, generator, place_of, scratch, set_aside

BEYOND = 10_000  # schools
ARTICLE = re.compile(r"(<article[^>]*>)(.*)(?=</article>)", re.DOTALL)
TITLE = re.compile(r"(?<=<title>).*?(?=</title>)")
DESCRIPTION = re.compile(r'(?<=<meta name="description" content=").*?(?=">)')
HUGO = """\
baseURL = "https://made.example/"
title = "Made"
disableKinds = ["taxonomy", "term", "rss", "sitemap", "404"]
[security]
allowContent = [".*"]
"""
# A process of its own starts each command: what it starts counts as large as itself at least.
MEASURE = """\
import json, resource, subprocess, sys, time
start = time.monotonic()
status = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
clock = time.monotonic() - start
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([status, clock, used.ru_utime + used.ru_stime, used.ru_maxrss]))
"""
COPY = """\
import os, pathlib, sys
for place, content in [
    (path, path.read_bytes()) for path in pathlib.Path("ours").rglob("*") if path.is_file()
]:
    target = "floor/" + str(place)
    os.makedirs(os.path.dirname(target), exist_ok=True)
    with open(target, "wb") as file:
        file.write(content)
"""


@dataclass(frozen=True)
class Spent:
    """Seconds by the clock and of all processors, and the most memory of one process in MB."""

    clock: float
    processor: float
    memory: float


@dataclass(frozen=True)
class Task:
    """A command to run, and the folder that it makes."""

    command: Sequence[str]
    makes: str


def tasks(hugo: str, schools: int) -> dict[str, Task]:
    """What is measured at a size, by name; `hugo` is the command, "" where there is none."""
    ours = (sys.executable, "-m", "generator", "build", "--data", "made", "--out", "ours")
    found = {
        "ours, one process": Task((*ours, "--jobs", "1"), "ours"),
        "ours, two processes": Task((*ours, "--jobs", "2"), "ours"),
    }
    if schools <= BEYOND:
        plain = "from benchmarks.scale import build_plain; build_plain()"
        found["plain MkDocs"] = Task((sys.executable, "-c", plain), "plain")
        if hugo:
            command = (hugo, "--quiet", "--noBuildLock", "-s", "hugo", "-d", "../by-hugo")
            found["Hugo"] = Task(command, "by-hugo")
        found["written from Python"] = Task((sys.executable, "-c", COPY), "floor")
    return {**found, "cp -r": Task(("cp", "-r", "ours", "copy"), "copy")}


def build_plain() -> None:
    """MkDocs alone, in the folder of an edition, from the Markdown that is there."""
    words = json.loads(Path("words.json").read_text("utf-8"))
    Place(Path(), 0, words).build("plain")


def spend(task: Task, folder: Path) -> Spent:
    """What a run of the task costs, with all processes that it starts; its folder is new."""
    set_aside(folder / task.makes)
    lean = (sys.executable, "-S", "-c", MEASURE, *task.command)
    done = subprocess.run(lean, cwd=folder, env=place_of(), stdout=subprocess.PIPE, check=False)
    status, clock, processor, memory = json.loads(done.stdout)
    if status:
        raise SystemExit(f"{' '.join(task.command[:4])} ended with {status}.")
    return Spent(clock, processor, memory / 1000)


def for_hugo(folder: Path) -> None:
    """The finished site in `ours` as Hugo takes it: contents, one layout, the other files."""
    site, target = folder / "ours", folder / "hugo"
    example = next(iter(sorted(site.glob("schools/1*/index.html"))))
    layout = ARTICLE.sub(r"\1{{ .Content }}", example.read_text("utf-8"))
    layout = TITLE.sub("{{ .Title }}", DESCRIPTION.sub("{{ .Description }}", layout))
    for kind in ("single", "list", "home"):
        save(target / "layouts" / "_default" / f"{kind}.html", layout)
    save(target / "hugo.toml", HUGO)
    for path in site.rglob("*"):
        if path.is_file():
            text = path.read_text("utf-8") if path.name == "index.html" else ""
            body = ARTICLE.search(text)
            if body:
                save(target / "content" / content_path(path, site), content(text, body[2]))
            else:
                save(target / "static" / path.relative_to(site), path.read_bytes())


def content_path(page: Path, site: Path) -> Path:
    """Where Hugo wants a page's content: one with pages below it has another name."""
    has_more = any(child.is_dir() for child in page.parent.iterdir())
    return page.relative_to(site).with_name("_index.html" if has_more else "index.html")


def content(page: str, body: str) -> str:
    """A page's content with what its layout has to know."""
    head = {
        name: unescape(found[0]) if (found := one.search(page)) else ""
        for name, one in (("title", TITLE), ("description", DESCRIPTION))
    }
    return f"{json.dumps(head)}\n\n{body.replace('{{', '&#123;{')}"


def save(path: Path, content: str | bytes) -> None:
    """A file with this content."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


def prepare(folder: Path, schools: int, hugo: str) -> None:
    """A made edition, every picture of it, and what the others take of it."""
    if schools > BEYOND:
        write(folder / "made", schools, EVERY)
        generator(folder, "build", "--data", "made", "--out", "ours")
        return
    made = place(folder, schools, EVERY)
    save(folder / "words.json", json.dumps(dict(made.words)))
    if hugo:
        for_hugo(folder)


def measure(folder: Path, what: Mapping[str, Task], rounds: int) -> dict[str, Spent]:
    """The medians of each task, the tasks in turn, round by round."""
    found: dict[str, list[Spent]] = {}
    for _ in range(rounds):
        for name, task in what.items():
            found.setdefault(name, []).append(spend(task, folder))
    return {name: middle(spents) for name, spents in found.items()}


def middle(spents: Sequence[Spent]) -> Spent:
    """The median of each figure."""
    return Spent(
        median(one.clock for one in spents), median(one.processor for one in spents),
        median(one.memory for one in spents),
    )  # fmt: skip


COLUMNS = ("clock s", "processor s", "ms a page", "memory MB", "made MB", "pages", "clock / ours")


def report(folder: Path, name: str, found: Mapping[str, Spent]) -> Iterator[str]:
    """The lines to print: what each task cost and made, and its time against ours."""
    pages, _ = pages_and_size(folder / "ours")
    yield f"{name}, {pages:,} pages"
    yield f"{'':22}" + "".join(f"{name:>13}" for name in COLUMNS)
    ours = next(iter(found.values())).clock
    for name, one in found.items():
        count, size = pages_and_size(folder / tasks("hugo", 0)[name].makes)
        cells = (
            f"{one.clock:.1f}", f"{one.processor:.1f}", f"{one.processor / pages * 1e3:.2f}",
            f"{one.memory:.0f}", f"{size / 1e6:.0f}", f"{count:,}", f"{one.clock / ours:.2f}",
        )  # fmt: skip
        yield f"{name:22}" + "".join(f"{cell:>13}" for cell in cells)


def pages_and_size(site: Path) -> tuple[int, int]:
    """How many pages a site has, and its bytes."""
    files = [path for path in site.rglob("*") if path.is_file()]
    pages = sum(path.name == "index.html" for path in files)
    return pages, sum(path.stat().st_size for path in files)


def main() -> None:
    """Print a table for each size."""
    parser = argparse.ArgumentParser(description="Measure this generator against others.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000], help="schools")
    parser.add_argument("--editions", type=Path, nargs="+", default=[], help="instead of sizes")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="of which the median counts")
    told = parser.parse_args()
    hugo = shutil.which("hugo", path=f"{Path(sys.executable).parent}:{os.environ['PATH']}") or ""
    with scratch() as whole:
        for schools in () if told.editions else told.sizes:
            folder = whole / str(schools)
            prepare(folder, schools, hugo)
            found = measure(folder, tasks(hugo, schools), told.rounds)
            print("\n".join(report(folder, f"{schools:,} schools", found)), flush=True)
        for edition in told.editions:
            folder = whole / edition.name
            shutil.copytree(edition, folder / "made")
            generator(folder, "build", "--data", "made", "--out", "ours")
            found = measure(folder, tasks("", BEYOND + 1), told.rounds)
            print("\n".join(report(folder, edition.name, found)), flush=True)


if __name__ == "__main__":
    main()
