"""The pages that list schools: A to Z and by area, or by state and district where many are."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.model import Record, Text
from generator.views import dictionary
from generator.views import site as siteviews
from generator.views.compare import Group
from generator.views.districts import (
    District,
    Districts,
    district_views,
    state_views,
)
from generator.views.parts import cut, name_of

# The most rows on a page. A row has up to 2.5 kB with the receipts of a district's four numbers,
# and 1.2 kB with that of a school's one: both make pages of about 400 kB.
DISTRICTS, SCHOOLS = 150, 300
# A row of the list from A to Z has no receipt: 450 bytes.
LISTED, BELOW = 750, "schools/list/"  # beside them stand the pages of schools
Contexts = Iterator[tuple[str, str, dict[str, Any]]]


def list_contexts(
    record: Record,
    listed: tuple[siteviews.Listed, ...],
    some: Sequence[Group],
    on_map: Mapping[str, Any],
) -> Contexts:
    """All schools of one district: from A to Z, with the map, and by area with the groups that can
    be compared."""
    whole = {
        "has_none": any(one.newest and one.newest.effect == "none" for one in listed),
        "school_count": dictionary.school_count(record, with_record=False),
        "program_count": dictionary.school_count(record, with_record=True),
        **on_map,
    }
    ordered = [row for _, rows in siteviews.by_letter(listed) for row in rows]
    for part in cut(ordered, "schools/", name_of, LISTED, BELOW):
        context = {"letters": siteviews.by_letter(part.rows), "cut": part, **whole}
        yield "pages/schools/index.md.j2", part.path, context
    areas = {"areas": siteviews.by_area(listed), "groups": {one.path: one for one in some}}
    yield "pages/schools/areas.md.j2", "schools/areas/", areas


def state_contexts(record: Record, shared: Districts) -> Contexts:
    """The states, and the districts of each."""
    states = tuple(state_views(shared))
    count = dictionary.school_count(record, with_record=False)
    context = {"states": states, "school_count": count}
    yield "pages/districts/states.md.j2", "schools/", context
    for state in states:
        for part in cut(state.districts, f"states/{state.key}/", named_district, DISTRICTS):
            yield "pages/districts/state.md.j2", part.path, {"state": state, "cut": part}


def district_contexts(record: Record, shared: Districts, ids: Sequence[str]) -> Contexts:
    """These districts, each with its schools."""
    for district in district_views(record, shared, ids):
        path = f"districts/{district.link.id}/"
        for part in cut(district.rows, path, name_of, SCHOOLS):
            yield "pages/districts/district.md.j2", part.path, {"district": district, "cut": part}


def named_district(one: District) -> Text:
    """What a district stands under in the list of its state."""
    return one.link.name
