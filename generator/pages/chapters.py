"""The prose pages, chapter by chapter: what their templates are given."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from markupsafe import Markup

from generator.charts import citymap
from generator.pages import lists, long, texts
from generator.pages.data import data_contexts
from generator.pages.site import Site
from generator.present import figures, marks
from generator.present.citing import spoken
from generator.present.functions import outcome_words
from generator.present.page import linker
from generator.views import changes, in_time, lines, surveys, vote_view
from generator.views import site as siteviews
from generator.views.coverage import coverage
from generator.views.events import events
from generator.views.limits import protection_context, rule
from generator.views.pictured import marks_on_map, side_of

Contexts = Iterator[tuple[str, str, dict[str, Any]]]  # template, path, context
# What maintainers do, each on a page of its own.
MAINTAIN = ("index", "edition", "vote", "release", "correction", "survey", "table", "language")
Writer = Callable[[Site], Contexts]


def home(whole: Site) -> Contexts:
    """The first page."""
    dated = events(whole.record)
    yield "pages/index.md.j2", "", {
        "missing": siteviews.missing(whole.record),
        "numbers": siteviews.cards(whole.record, whole.rounds),
        "events": dated,
        "timeline_figure": figures.timeline(dated, whole.language),
        **map_context(whole),
    }  # fmt: skip


def school_lists(whole: Site) -> Contexts:
    """The lists of schools, or of the states and their districts; schools side by side."""
    whole_group, *some = whole.groups
    if whole.districts:
        yield from lists.state_contexts(whole.record, whole.districts)
    else:
        yield from lists.list_contexts(whole.record, whole.listed, some, map_context(whole))
    yield from long.compare_contexts(whole_group, some)


def votes(whole: Site) -> Contexts:
    """The votes by round and question, and those of the board."""
    record = whole.record
    board = [vote_view(record, row) for row in record.votes.values() if not row["unit_id"]]
    yield from long.vote_contexts(whole.rounds, in_time(board))


def agreements(whole: Site) -> Contexts:
    """The agreements, and what they and other texts say of the program."""
    record = whole.record
    yield from texts.agreement_contexts(record)
    for name, codes in siteviews.PROGRAM.items():
        terms = siteviews.categories(record, record.rows["terms"], codes, keep_empty=True)
        yield f"pages/program/{name}.md.j2", f"program/{name}/", {"categories": terms}


def answers(whole: Site) -> Contexts:
    """Feedback, money and arrests."""
    record = whole.record
    feedback = record.rows["feedback"]
    yield "pages/feedback.md.j2", "feedback/", {
        "district": lines(record, "feedback", [row for row in feedback if not row["unit_id"]]),
        "single": lines(record, "feedback", [row for row in feedback if row["unit_id"]]),
    }  # fmt: skip
    if surveys.has_survey(record):
        yield "pages/surveys.md.j2", "surveys/", {"places": surveys.above_schools(record)}
    for name in ("alternatives", "incidents"):
        yield f"pages/{name}.md.j2", f"{name}/", {"rows": lines(record, name, record.rows[name])}
    yield "pages/costs.md.j2", "costs/", {"kinds": siteviews.cost_kinds(record)}


def data(whole: Site) -> Contexts:
    """The tables, and what changed in them."""
    yield from data_contexts(whole.record)
    yield from changes.contexts(whole.record)


def covered(whole: Site) -> Contexts:
    """What is known of each school or campus, and what is not found."""
    # The first round whose number asked is known.
    asked = next((found for found in reversed(whole.rounds) if found.asked), None)
    yield from long.coverage_contexts(coverage(whole.record), asked)


def found(whole: Site) -> Contexts:
    """What rules found in the record."""
    rules = whole.findings
    yield "pages/contradictions.md.j2", "contradictions/", {"rules": rules.contradictions}
    context = {"claims": rules.claims, "verdicts": rules.verdicts}
    yield "pages/claims.md.j2", "claims/", context
    yield "pages/leads.md.j2", "leads/", {"rules": rules.leads}


def about(whole: Site) -> Contexts:
    """The site itself: how to read it, and how it is kept."""
    yield "pages/legend.md.j2", "legend/", {"marks": marks(whole.language)}
    yield "pages/methods.md.j2", "methods/", rule(whole.record)
    yield "pages/protection.md.j2", "protection/", protection_context(whole.record)
    yield "pages/glossary.md.j2", "glossary/", {}
    yield "pages/about.md.j2", "about/", {}
    for name in MAINTAIN:
        yield f"pages/maintain/{name}.md.j2", f"maintain/{name}/".replace("index/", ""), {}


# In the order of the navigation. Each can be written by a process of its own.
CHAPTERS: Mapping[str, Writer] = {
    one.__name__: one
    for one in (
        home, school_lists, votes, agreements, answers, data, covered, found, about,
    )
}  # fmt: skip


def map_context(whole: Site) -> dict[str, Any]:
    """What a page with the map needs: what draws it, None without areas or places; how many marks
    it has of which shape; a mark."""
    marks = marks_on_map(whole.listed) if whole.areas else ()
    return {
        "draw_map": map_drawer(whole) if marks else None,
        "marks": marks,
        "marker": lambda side: Markup(citymap.marker(side)),
    }


def map_drawer(whole: Site) -> Any:
    """Draws every school with a record, in the shape of its newest decision, linked from the page
    that is being written."""
    url = linker(whole.page)

    def point(school: siteviews.Listed) -> citymap.Point:
        side = side_of(school)
        said = outcome_words(school.newest, whole.language)
        path = str(url(f"schools/{school.id}/"))
        return citymap.Point(
            school.id, school.name.value, said, path, side, school.longitude, school.latitude
        )

    def draw(title: Markup, alt: Markup) -> Markup:
        points = [point(school) for school in whole.listed if school.record]
        drawn = citymap.draw_map(whole.areas, points, "city-map", spoken(title), spoken(alt))
        return Markup(drawn.svg)

    return draw
