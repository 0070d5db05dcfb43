"""The pages that list schools: A to Z and by area, or by state and district where many are."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.model import Record
from generator.views import dictionary
from generator.views import site as siteviews
from generator.views.compare import Group
from generator.views.districts import Districts, district_views, state_views

Contexts = Iterator[tuple[str, str, dict[str, Any]]]


def list_contexts(
    record: Record,
    listed: tuple[siteviews.Listed, ...],
    some: Sequence[Group],
    on_map: Mapping[str, Any],
) -> Contexts:
    """All schools of one district: from A to Z, with the map, and by area with the groups that can
    be compared."""
    yield (
        "pages/schools/index.md.j2",
        "schools/",
        {
            "letters": siteviews.by_letter(listed),
            "has_none": any(one.newest and one.newest.effect == "none" for one in listed),
            "school_count": dictionary.school_count(record, with_record=False),
            "program_count": dictionary.school_count(record, with_record=True),
            **on_map,
        },
    )
    areas = {"areas": siteviews.by_area(listed), "groups": {one.path: one for one in some}}
    yield "pages/schools/areas.md.j2", "schools/areas/", areas


def state_contexts(record: Record, shared: Districts) -> Contexts:
    """The states, and the districts of each."""
    states = tuple(state_views(shared))
    count = dictionary.school_count(record, with_record=False)
    context = {"states": states, "school_count": count}
    yield "pages/districts/states.md.j2", "schools/", context
    for state in states:
        yield "pages/districts/state.md.j2", f"states/{state.key}/", {"state": state}


def district_contexts(record: Record, shared: Districts, ids: Sequence[str]) -> Contexts:
    """These districts, each with its schools."""
    for district in district_views(record, shared, ids):
        path = f"districts/{district.link.id}/"
        yield "pages/districts/district.md.j2", path, {"district": district}
