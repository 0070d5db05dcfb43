"""What the partitions of a build have told so far, and what is told of it at the end."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field

from generator.model import Fact, Record, Summary
from generator.pipeline.hosts import Size, beyond
from generator.pipeline.kept import Kept, Wording
from generator.pipeline.partition import Stamped
from generator.pipeline.rendering import Chapter
from generator.present.receipts import MEASURES
from generator.write import Tree, written
from generator.write.factstore import FactStore

# Beyond as many stamped pages the search of the theme, which loads its index whole, leaves them to
# the finder, which loads a part.
MOST_SEARCHED = 5_000


@dataclass
class Gathered:
    """The new tree and the store of facts, with what is counted on the way. `search` has the
    entries of the prose pages that are stamped, in one language, `schools` those of schools and
    districts, as far as they are kept, and `paths` where all of them stand in it."""

    tree: Tree
    store: FactStore
    wordings: dict[Wording, Fact] = field(default_factory=dict)
    search: list[Mapping[str, str]] = field(default_factory=list)
    schools: list[Mapping[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    pages: int = 0
    drawn: int = 0
    shown: int = 0

    def add(self, part: Stamped) -> None:
        """Take in one partition."""
        self.tree.note(part.files)
        self.keep(part.kept)
        self.paths += [entry["location"] for entry in part.search]
        if len(self.paths) <= MOST_SEARCHED:
            self.schools += part.search
        else:
            self.schools.clear()
        self.pages += len(part.search)
        self.drawn += part.drawn
        self.shown += part.shown

    def written(self, chapters: "Iterable[Future[Chapter]]") -> Iterator[Chapter]:
        """The chapters as they come, taken in."""
        for coming in chapters:
            chapter = coming.result()
            self.tree.note(chapter.files)
            self.keep(chapter.kept)
            self.drawn += chapter.drawn
            self.shown += chapter.shown
            yield chapter

    def keep(self, facts: Kept) -> None:
        """Take in the facts of some pages."""
        self.store.add(facts.rows)
        self.wordings.update(facts.wordings)

    def find(self, entry: Mapping[str, str]) -> None:
        """Take in what search says of a prose page."""
        self.paths.append(entry["location"])
        self.search.append(entry)

    def turn(self) -> None:
        """Begin the next language: each has the same pages."""
        self.search.clear()
        self.schools.clear()
        self.paths.clear()

    @property
    def searched(self) -> list[Mapping[str, str]]:
        """The entries of all stamped pages that search finds."""
        return [*self.search, *self.schools]

    def summary(self, record: Record) -> Summary:
        """What was made, and how many values are not found by the words for the kind of value."""
        names = {
            f"{name}.{column.name}": f"{public.table.title}: {column.title}"
            for name, public in record.tables.items()
            for column in public.table.columns
        }
        counts: Counter[str] = Counter()
        for measure, number in self.store.marked("not_found").items():
            counts[names.get(measure) or MEASURES.get(measure, measure)] += number
        done = written(self.tree)
        return Summary(
            pages=self.pages, files=done.files, changed=done.changed, bytes=done.bytes,
            charts_drawn=self.drawn, charts_shown=self.shown, not_found=counts,
            beyond=beyond(Size(done.bytes, done.files)),
        )  # fmt: skip
