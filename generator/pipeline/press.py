"""A school's finished page: from the mould of its shape, or printed and stamped by itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from generator.model import Fact, File, Text
from generator.pages import Site, other_names, school_page
from generator.present.mould import (
    Form,
    Key,
    Mould,
    Slots,
    blank,
    cast,
    fill,
    in_form,
    shape,
)
from generator.present.places import LookedError, place
from generator.shell import PATH, Shell, stamp
from generator.shell.siteindex import search_entry
from generator.shell.stamped import theme_text
from generator.views.schools import School

ANY_SCHOOL = "qxanyschoolqx"  # stands in a path for the id, which no school has
HEAD: Mapping[str, Form] = {
    "h": lambda text, _: theme_text(text.value, "title"),
    "d": lambda text, _: theme_text(" ".join(text.value.split()), "description"),
    "p": lambda text, _: text.value,
}


@dataclass(frozen=True)
class Printed:
    """A school's page, its entry in the search index, and the facts that it shows."""

    file: File
    path: str
    search: Mapping[str, str]
    facts: tuple[Fact, ...]


@dataclass
class Press:
    """Prints school after school, and keeps the moulds of the shapes it has met.

    A shape met for the first time is printed by itself: a mould costs more than one page. None is
    kept for a shape whose template looks at values.
    """

    whole: Site
    shells: Mapping[str, Shell]
    moulds: dict[Key, Mould | None] = field(default_factory=dict)
    met: set[Key] = field(default_factory=set)

    def print(self, school: School) -> Printed:
        """The finished page of a school."""
        mould, slots = self._mould(school)
        if mould is None:
            return printed(school, *self._alone(school, f"schools/{school.id}/"))
        return printed(school, *fill(mould, slots, self.whole.language))

    def _alone(self, school: School, path: str) -> tuple[str, tuple[Fact, ...]]:
        page = school_page(self.whole, school, path)
        return stamp(self.shells[school.kind], page), page.facts

    def _mould(self, school: School) -> tuple[Mould | None, Slots]:
        # Tallies and pictures need their numbers: such pages are never alike but for their values.
        found = None if school.votes or school.years else shape(school)
        if found is None:
            return None, ()
        key, slots = found
        slots.append(Text(school.id))
        if key not in self.met:
            self.met.add(key)
            return None, ()
        if key not in self.moulds:
            self.moulds[key] = self.make(school, slots)
        return self.moulds[key], slots

    def make(self, school: School, slots: Slots) -> Mould | None:
        """The mould of a school's shape; None where its template looks at values."""
        try:
            page = school_page(self.whole, blank(school, slots), f"schools/{ANY_SCHOOL}/")
        except LookedError:
            return None
        head = replace(
            page, title=in_form(page.title, "h"), description=in_form(page.description, "d")
        )
        html = stamp(self.shells[school.kind], head)
        return cast(html.replace(ANY_SCHOOL, place(len(slots) - 1, "p")), page.facts, HEAD)


def printed(school: School, html: str, facts: tuple[Fact, ...]) -> Printed:
    """The page with what the indexes of the site need to know of it."""
    path = f"schools/{school.id}/"
    if not PATH.fullmatch(path):
        raise ValueError(f"{path}: expected a path of plain letters and digits.")
    entry = search_entry(path, school.name.value, other_names(school))
    return Printed(File(f"{path}index.html", html.encode()), path, entry, facts)
