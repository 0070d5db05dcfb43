"""All that the pages of one language are written from."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from jinja2 import Environment

from generator import charts
from generator.charts.topology import Area
from generator.findings import Findings, find
from generator.model import Record
from generator.present import Language
from generator.present.cards import Cards
from generator.present.citing import Citing, citing
from generator.present.compiled import Kept
from generator.present.embedded import embed_functions
from generator.present.functions import functions, today
from generator.present.page import Page
from generator.present.receipts import receipt_functions
from generator.present.remarks import Remarks, remarks
from generator.present.reports import report_functions
from generator.present.templating import environment
from generator.present.whereabouts import Whereabouts, whereabouts
from generator.views import surveys, vote_view
from generator.views.compare import Group, groups
from generator.views.districts import Districts, districts, has_districts
from generator.views.site import Listed, listed
from generator.views.totals import Round, decided_in, rounds


@dataclass(frozen=True)
class Site:
    """All that pages are written from: the record, a language, its templates, the map's areas, what
    the rules found in the record, where pages show what the ledgers name and what they say, and the
    districts, None for an edition about one."""

    record: Record
    language: Language
    environment: Environment
    page: Page
    areas: tuple[Area, ...]
    findings: Findings
    cards: Cards
    places: Whereabouts
    remarks: Remarks
    citing: Citing
    districts: Districts | None

    @cached_property
    def rounds(self) -> tuple[Round, ...]:
        """The rounds of votes."""
        return tuple(rounds(self.record))

    @cached_property
    def listed(self) -> tuple[Listed, ...]:
        """The schools as lists show them; with districts, those with a record."""
        contested, some = self.findings.contested, bool(self.districts)
        return listed(self.record, decided_in(self.rounds), contested, all_schools=not some)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """What can be compared: all schools first, then those of each area or network."""
        return tuple(groups(self.record, self.listed, decided_in(self.rounds)))


def site(
    record: Record,
    language: Language,
    templates: Path,
    cache: charts.Cache,
    areas: Iterable[Area],
    folder: str = "",
    code: Kept | None = None,
) -> Site:
    """The site of one language; `folder` is where its pages stand ("es/"), `code` keeps what
    compiling its templates gave."""
    page = Page(folder=folder, released=record.first_release)
    env = environment(templates, language, page, code)
    env.globals.update(functions(record, language, cache, page))
    env.globals.update(embed_functions(record, page))
    env.globals.update(receipt_functions(record, language, page))
    env.globals.update(report_functions(record, language, page))
    row = today(record)
    env.globals["has_survey"] = surveys.has_survey(record)
    env.globals["today"] = vote_view(record, row) if row else None
    cards = Cards(record, language, env)
    said = remarks(record, env)
    env.globals["page_replies"] = lambda: list(said.replies(page))
    places, known = whereabouts(record), districts(record) if has_districts(record) else None
    cited = citing(record, folder, env)
    return Site(
        record, language, env, page, tuple(areas), find(record), cards, places, said, cited, known
    )
