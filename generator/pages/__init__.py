"""The record → pages: prose pages and bodies of school pages, through the templates."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from generator import charts
from generator.charts import citymap
from generator.charts.topology import Area
from generator.findings import Findings, find
from generator.model import Fact, PageSource, Record
from generator.pages import ledgers, lists, long, texts
from generator.pages.data import data_contexts, linked
from generator.present import Language, figures, marks
from generator.present.cards import Cards
from generator.present.citing import Citing, citing
from generator.present.compiled import Kept
from generator.present.embedded import embed_functions
from generator.present.functions import functions, outcome_words, today
from generator.present.guard import refuse_other_pictures
from generator.present.page import Page, linker
from generator.present.places import Place
from generator.present.receipts import receipt_functions
from generator.present.remarks import Remarks, remarks
from generator.present.reports import report_functions
from generator.present.templating import environment, tidy
from generator.present.whereabouts import Whereabouts, whereabouts
from generator.views import changes, in_time, lines, surveys, vote_view
from generator.views import site as siteviews
from generator.views.compare import groups
from generator.views.coverage import coverage
from generator.views.districts import Districts, districts, has_districts
from generator.views.events import events
from generator.views.limits import protection_context, rule
from generator.views.schools import School, schools
from generator.views.totals import Round, decided_in, rounds

# What maintainers do, each on a page of its own.
MAINTAIN = ("index", "edition", "vote", "release", "correction", "survey", "table", "language")


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


def school_pages(whole: Site, ids: Sequence[str]) -> Iterator[tuple[School, PageSource]]:
    """The pages of these schools, in the order of the table."""
    for school in schools(whole.record, ids):
        yield school, school_page(whole, school, f"schools/{school.id}/")


def school_page(whole: Site, school: School, path: str) -> PageSource:
    """The page of one school."""
    units = whole.record.units_of_school.get(school.id, ())
    findings = whole.findings.of(units)
    template, context = f"school/{school.kind}.md.j2", {"school": school, "findings": findings}
    page = render(whole, template, path, context, school.name.value)
    card, said = whole.cards.of_units(units)
    return replace(page, words=other_names(school), card=whole.cards.path(card.name), card_alt=said)


def other_names(school: School) -> tuple[str, ...]:
    """What search shall find the school by beside its name."""
    return school.short_name.value, *(name.value for name in school.names)


def first_of_kind(record: Record) -> dict[str, str]:
    """A school of each kind of school page, by the kind; `School` says which kinds there are."""
    recorded = surveys.surveyed(record) | set(record.units_of_school)
    told = set().union(*(rows for rows in record.plain.values()))
    found: dict[str, str] = {}
    for school_id in record.school_names:
        kind = "figures" if school_id in told else "short"
        found.setdefault("record" if school_id in recorded else kind, school_id)
    return found


def render(
    whole: Site, template: str, path: str, context: Mapping[str, Any], title: str = ""
) -> PageSource:
    """One page. The template sets `description`, and `title` unless it is given."""
    whole.page.turn(path)
    module: Any = whole.environment.get_template(template).make_module(dict(context))
    refuse_other_pictures(whole.page, whole.language)
    whole.places.note(path, whole.page.facts.values())
    card, said = whole.cards.general()
    title, facts = title or plain(module.title), tuple(whole.page.facts.values())
    page = PageSource(
        path=path,
        title=title,
        description=plain(module.description),
        body=whole.remarks.beside(tidy(str(module)), whole.page),
        facts=facts,
        card=whole.cards.path(card.name),
        card_alt=said,
        # The name of a blank view is for a mould, which is cited when it is filled.
        cite="" if isinstance(title, Place) else whole.citing.page(title, path, facts).html,
        refresh=plain(getattr(module, "refresh", "")),
    )
    return linked(page, whole.record, whole.language, whole.citing.base)


def plain(words: str) -> str:
    """Markup as plain text on one line."""
    return " ".join(Markup(words).striptags().split())


def prose(whole: Site) -> Iterator[PageSource]:
    """Every page beside the schools', in the order of the navigation."""
    for template, path, context in contexts(whole):
        yield render(whole, template, path, context)


def contexts(whole: Site) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(template, path, context) of every prose page, in the order of the navigation."""
    record, found = whole.record, rounds(whole.record)
    decided = decided_in(found)
    listed = siteviews.listed(
        record, decided, whole.findings.contested, all_schools=not whole.districts
    )
    yield "pages/index.md.j2", "", home(whole, listed, found)
    whole_group, *some = groups(record, listed, decided)
    if whole.districts:
        yield from lists.state_contexts(record, whole.districts)
    else:
        yield from lists.list_contexts(record, listed, some, map_context(whole, listed))
    yield from long.compare_contexts(whole_group, some)
    yield from long.vote_contexts(found, board_votes(record))
    yield from texts.agreement_contexts(record)
    for name, codes in siteviews.PROGRAM.items():
        terms = siteviews.categories(record, record.rows["terms"], codes, keep_empty=True)
        yield f"pages/program/{name}.md.j2", f"program/{name}/", {"categories": terms}
    yield from record_contexts(whole, found)


def district_pages(whole: Site, ids: Sequence[str]) -> Iterator[PageSource]:
    """The pages of these districts, in this order."""
    if whole.districts:
        for template, path, context in lists.district_contexts(whole.record, whole.districts, ids):
            yield render(whole, template, path, context)


def record_contexts(
    whole: Site, found: Sequence[Round]
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """The pages of feedback, money and arrests, the data pages, and those about the site."""
    record = whole.record
    feedback = record.rows["feedback"]
    yield (
        "pages/feedback.md.j2",
        "feedback/",
        {
            "district": lines(record, "feedback", [row for row in feedback if not row["unit_id"]]),
            "single": lines(record, "feedback", [row for row in feedback if row["unit_id"]]),
        },
    )
    if surveys.has_survey(record):
        yield "pages/surveys.md.j2", "surveys/", {"places": surveys.above_schools(record)}
    for name in ("alternatives", "incidents"):
        yield f"pages/{name}.md.j2", f"{name}/", {"rows": lines(record, name, record.rows[name])}
    yield "pages/costs.md.j2", "costs/", {"kinds": siteviews.cost_kinds(record)}
    yield from data_contexts(record)
    yield from changes.contexts(record)
    yield from long.coverage_contexts(coverage(record), first_asked(found))
    rules = whole.findings
    yield "pages/contradictions.md.j2", "contradictions/", {"rules": rules.contradictions}
    context = {"claims": rules.claims, "verdicts": rules.verdicts}
    yield "pages/claims.md.j2", "claims/", context
    yield "pages/leads.md.j2", "leads/", {"rules": rules.leads}
    yield "pages/legend.md.j2", "legend/", {"marks": marks(whole.language)}
    yield "pages/methods.md.j2", "methods/", rule(record)
    yield "pages/protection.md.j2", "protection/", protection_context(record)
    yield "pages/glossary.md.j2", "glossary/", {}
    yield "pages/about.md.j2", "about/", {}
    for name in MAINTAIN:
        yield f"pages/maintain/{name}.md.j2", f"maintain/{name}/".replace("index/", ""), {}
    yield from ledgers.contexts(record, whole.places, lambda key: facts_of(whole, key))


def facts_of(whole: Site, school_id: str) -> tuple[Fact, ...]:
    """What the page of a school shows."""
    ((_, page),) = school_pages(whole, [school_id])
    return page.facts


def first_asked(rounds: Sequence[Round]) -> Round | None:
    """The first round whose number asked is known."""
    return next((found for found in reversed(rounds) if found.asked), None)


def home(whole: Site, listed: tuple[siteviews.Listed, ...], found: Any) -> dict[str, Any]:
    """The context of the home page."""
    dated = events(whole.record)
    return {
        "missing": siteviews.missing(whole.record),
        "numbers": siteviews.cards(whole.record, found),
        "events": dated,
        "timeline_figure": figures.timeline(dated, whole.language),
        **map_context(whole, listed),
    }


def map_context(whole: Site, listed: tuple[siteviews.Listed, ...]) -> dict[str, Any]:
    """What a page with the map needs: what draws it, None without areas or places; a mark."""
    placed = any(school.record and school.latitude is not None for school in listed)
    return {
        "draw_map": map_drawer(whole, listed) if whole.areas and placed else None,
        "marker": lambda side: Markup(citymap.marker(side)),
    }


def map_drawer(whole: Site, listed: tuple[siteviews.Listed, ...]) -> Any:
    """Draws every school with a record, in the shape of its newest decision, linked from the page
    that is being written."""
    url = linker(whole.page)

    def point(school: siteviews.Listed) -> citymap.Point:
        side = (school.newest.effect if school.newest else "") or "gap"
        said = outcome_words(school.newest, whole.language)
        path = str(url(f"schools/{school.id}/"))
        return citymap.Point(
            school.id, school.name.value, said, path, side, school.longitude, school.latitude
        )

    def draw(title: Markup, alt: Markup) -> Markup:
        points = [point(school) for school in listed if school.record]
        drawn = citymap.draw_map(whole.areas, points, "city-map", plain(title), plain(alt))
        return Markup(drawn.svg)

    return draw


def board_votes(record: Record) -> Any:
    """Votes about no unit of their own, oldest first."""
    return in_time([vote_view(record, row) for row in record.votes.values() if not row["unit_id"]])
