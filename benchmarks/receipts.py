"""The claim: receipts add at most 35 % to a school's page, gzipped.

Chicago's site is built; every school's page is weighed as it is and without its receipts: without
their section, its heading and its line in the table of contents, and without the links that lead
from each value to them. The same compression as web servers use (gzip, level 6).
"""

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.timing import ROOT, generator, scratch

TARGET = 0.35
SECTION = re.compile(
    r'<h2 id="receipts">.*?<section class="sro-receipts".*?</section>\n?', re.DOTALL
)
CONTENTS = re.compile(r'<li class="md-nav__item">\s*<a href="#receipts".*?</li>\s*', re.DOTALL)
LINK = re.compile(r'<a class="f" href="#receipt-[^"]*">(.*?)</a>', re.DOTALL)


@dataclass(frozen=True)
class Weight:
    """A school's page: bytes gzipped with and without receipts, and how many receipts it has."""

    path: str
    whole: int
    without: int
    receipts: int

    @property
    def added(self) -> float:
        """What receipts add, as a share of the page without them."""
        return self.whole / self.without - 1


def weigh(path: Path) -> Weight:
    """The weight of one page; ValueError for a page without receipts."""
    html = path.read_text(encoding="utf-8")
    bare, found = SECTION.subn("", html)
    if found != 1:
        raise ValueError(f"{path}: found {found} sections of receipts, expected one.")
    bare = LINK.sub(r"\1", CONTENTS.sub("", bare))
    count = html.count('<details id="receipt-')
    return Weight(path.parent.name, packed(html), packed(bare), count)


def packed(html: str) -> int:
    """Bytes after gzip."""
    return len(gzip.compress(html.encode(), 6, mtime=0))


def report(found: list[Weight]) -> Iterator[str]:
    """The lines to print."""
    ordered = sorted(found, key=lambda one: one.added)
    total = sum(one.whole for one in found) / sum(one.without for one in found) - 1
    yield f"{len(found)} school pages, gzipped, with receipts beside the same without them:"
    for name, one in (("median", ordered[len(ordered) // 2]), ("most", ordered[-1])):
        said = f"{one.whole:,} bytes for {one.without:,}, {one.receipts} receipts"
        yield f"  {name:8} +{one.added:.1%}  (school {one.path}: {said})"
    yield f"  all      +{total:.1%}"
    over = sum(one.added > TARGET for one in found)
    yield f"  pages above +{TARGET:.0%}: {over}  (none is wanted)"
    yield f"  receipts on a page: {median(one.receipts for one in found):.0f} in the median"


def main() -> None:
    """Print what receipts add."""
    with scratch() as folder:
        generator(folder, "build", "--data", str(ROOT / "data"), "--out", "site")
        schools = [
            path
            for path in sorted((folder / "site/schools").glob("*/index.html"))
            if path.with_name("data.csv").is_file()
        ]
        print("\n".join(report([weigh(path) for path in schools])))


if __name__ == "__main__":
    main()
