"""The record → pages: prose pages and bodies of school pages, through the templates."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from generator.model import Fact, PageSource, Record
from generator.pages import ledgers, lists
from generator.pages.chapters import CHAPTERS, Contexts
from generator.pages.data import linked
from generator.pages.site import Site, site
from generator.present.citing import spoken
from generator.present.guard import refuse_other_pictures
from generator.present.places import Place
from generator.present.templating import tidy
from generator.views import surveys
from generator.views.schools import School, schools

__all__ = [
    "Site", "contexts", "district_pages", "facts_of", "first_of_kind", "ledger_contexts", "prose",
    "render", "school_page", "school_pages", "site",
]  # fmt: skip


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
    title, facts = title or spoken(module.title), tuple(whole.page.facts.values())
    page = PageSource(
        path=path,
        title=title,
        description=spoken(module.description),
        body=whole.remarks.beside(tidy(str(module)), whole.page),
        facts=facts,
        card=whole.cards.path(card.name),
        card_alt=said,
        # The name of a blank view is for a mould, which is cited when it is filled.
        cite="" if isinstance(title, Place) else whole.citing.page(title, path, facts).html,
        refresh=spoken(getattr(module, "refresh", "")),
    )
    return linked(page, whole.record, whole.language, whole.citing.base)


def prose(whole: Site) -> Iterator[PageSource]:
    """Every page beside the schools', in the order of the navigation."""
    for template, path, context in contexts(whole):
        yield render(whole, template, path, context)


def contexts(whole: Site) -> Contexts:
    """(template, path, context) of every prose page, in the order of the navigation."""
    for chapter in CHAPTERS.values():
        yield from chapter(whole)
    yield from ledger_contexts(whole)


def ledger_contexts(whole: Site) -> Contexts:
    """Those of the ledgers, which name the pages of all chapters."""
    yield from ledgers.contexts(whole.record, whole.places, lambda key: facts_of(whole, key))


def district_pages(whole: Site, ids: Sequence[str]) -> Iterator[PageSource]:
    """The pages of these districts, in this order."""
    if whole.districts:
        for template, path, context in lists.district_contexts(whole.record, whole.districts, ids):
            yield render(whole, template, path, context)


def facts_of(whole: Site, school_id: str) -> tuple[Fact, ...]:
    """What the page of a school shows."""
    ((_, page),) = school_pages(whole, [school_id])
    return page.facts
