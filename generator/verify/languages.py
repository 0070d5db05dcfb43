"""The site in each of its languages: where the pages of each stand, and that none has others."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from generator.verify.asked import receipts_named
from generator.verify.ledger import Ledger, in_language
from generator.verify.listed import Lists
from generator.verify.mismatch import Mismatch
from generator.verify.page import Page
from generator.verify.published import DATA, SITE, Published
from generator.verify.site import Site, site
from generator.verify.spoken import speak
from generator.verify.tongue import TONGUES

MAINTAIN = "maintain/"  # pages whose codes are commands to type
UNREADABLE = "a language that verify cannot read"


@dataclass
class Sites:
    """What the pages of each language are held to, by their folder, the first language's ("")
    last; `unread` are the folders of languages that verify does not know. `shown` are the facts of
    each page, as often as they stand there, by folder and by the path below it; `named` are the
    receipts that pages link to on others: (the page, its folder, the other's path below it, the
    fact). `commands` are those of each page for maintainers, by folder and by the path below
    it."""

    by_folder: dict[str, Site] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)
    shown: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)
    named: list[tuple[str, str, str, str]] = field(default_factory=list)
    commands: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    lists: Lists = field(default_factory=Lists)

    def of(self, path: str) -> Site | None:
        """What a page is held to; None for one in a language that verify can't read."""
        if any(path.startswith(folder) for folder in self.unread):
            return None
        return next((one for name, one in self.by_folder.items() if path.startswith(name)), None)

    def keep(self, page: Page, whole: Site) -> None:
        """Note the facts of a page, for `compare`."""
        found = tuple(shown.fact for shown in page.shown)
        self.shown.setdefault(whole.folder, {})[whole.own(page.path)] = found
        self.lists.keep(page, whole.folder, whole.own(page.path))
        if whole.own(page.path).startswith(MAINTAIN):
            self.commands.setdefault(whole.folder, {})[whole.own(page.path)] = page.codes
        self.named += ((page.path, whole.folder, *one) for one in receipts_named(page, whole))

    def compare(self) -> Iterator[Mismatch]:
        """Each page in each language, with the same facts as often, and each receipt that another
        page links to."""
        for page, folder, path, fact in self.named:
            if fact not in self.shown.get(folder, {}).get(path, ()):
                yield Mismatch(page, fact, "a link to no receipt", folder + path)
        for folder, typed in sorted(self.commands.items()):
            for path in sorted(typed):
                if typed[path] != self.commands.get("", {}).get(path):
                    yield Mismatch(folder + path, "", "commands that another language has not")
        every = {path for pages in self.shown.values() for path in pages}
        first = self.shown.get("", {})
        for folder in sorted(self.by_folder):
            pages = self.shown.get(folder, {})
            for path in sorted(every - pages.keys()):
                yield Mismatch(folder + path, "", "a page that only another language has")
            for path in sorted(pages.keys() & first.keys()) if folder else ():
                here, there = Counter(pages[path]), Counter(first[path])
                for fact in sorted((here - there) | (there - here)):
                    times, expected = str(here[fact]), str(there[fact])
                    what = "times that the fact stands here, and on the page of the first language"
                    yield Mismatch(folder + path, fact, what, times, expected)


def sites(
    folder: Path, published: Published, ledger: Ledger, under: str = DATA
) -> tuple[Sites, list[Mismatch]]:
    """What the pages of all languages of the edition are held to, and what is wrong with the files
    that say the words of one; `under` is the folder of the tables."""
    found, wrong = Sites(), []
    first, *others = [str(code) for code in published.section("site").get("languages", ["en"])]
    for code in (*others, first):
        below = "" if code == first else f"{code}/"
        tongue = TONGUES.get(code)
        if tongue is None:
            found.unread.append(below)
            wrong.append(Mismatch(f"{under}/{SITE}", "", UNREADABLE, code, " or ".join(TONGUES)))
            continue
        words, facts = published, ledger
        if below:
            words, faults = speak(folder, published, code, ledger.rows, under)
            wrong += faults
        if below or code != "en":
            facts = in_language(ledger, words, tongue)
        found.by_folder[below] = site(words, published, facts, tongue, below, first)
    return found, wrong
