"""A school's finished page: from the mould of its shape, or printed and stamped by itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from generator.model import Fact, File
from generator.pages import Site, other_names, school_page
from generator.present.mould import Mould, Moulds, blank, cast, fill, forms_of, in_form, shape
from generator.present.places import Form
from generator.shell import PATH, Shell, stamp
from generator.shell.siteindex import search_entry
from generator.shell.stamped import theme_text
from generator.views.schools import School

ANY_SCHOOL = "qxanyschoolqx"  # stands in a path for the id, which no school has
CITED = "QxCitedLaterqX"  # in a mould: how to cite depends on what all of the page's facts say
HEAD: Mapping[str, Form] = {
    "h": lambda number, _: lambda slots: theme_text(slots[number].value, "title"),
    "d": lambda number, _: (
        lambda slots: theme_text(" ".join(slots[number].value.split()), "description")
    ),
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
    """Prints school after school, and keeps the moulds of the shapes of whole pages."""

    whole: Site
    shells: Mapping[str, Shell]
    moulds: Moulds = field(default_factory=Moulds)

    def print(self, school: School) -> Printed:
        """The finished page of a school."""
        # Tallies, pictures and findings need their numbers: such pages differ in more than values.
        found = None if school.units or school.survey else shape(school, numbered=True)
        if found:
            key, slots = found
            mould = self.moulds.get(key, lambda: self.make(school))
            if mould:
                self.whole.page.turn(f"schools/{school.id}/")
                html, found_facts = fill(mould, slots)
                # Replies stand on the pages of their own: such a page is printed by itself.
                if not self.whole.remarks.on(self.whole.page.path, found_facts):
                    facts = tuple(map(self.whole.page.note, found_facts))
                    cited = self.whole.citing.page(school.name.value, self.whole.page.path, facts)
                    return printed(school, html.replace(CITED, cited.html), facts)
        page = school_page(self.whole, school, f"schools/{school.id}/")
        return printed(school, stamp(self.shells[school.kind], page), page.facts)

    def make(self, school: School) -> Mould:
        """The mould of a school's shape; LookedError where its template looks at values."""
        page, forms = self.whole.page, forms_of(self.whole.language)
        view = blank(school, numbered=True)
        with page.blank():
            made = school_page(self.whole, view, f"schools/{ANY_SCHOOL}/")
        title, description = in_form(made.title, "h"), in_form(made.description, "d")
        head = replace(made, title=title, description=description, cite=CITED)
        html = stamp(self.shells[school.kind], head).replace(ANY_SCHOOL, view.id)
        return cast(html, made.facts, {**forms, **page.forms, **HEAD})


def printed(school: School, html: str, facts: tuple[Fact, ...]) -> Printed:
    """The page with what the indexes of the site need to know of it."""
    path = f"schools/{school.id}/"
    if not PATH.fullmatch(path):
        raise ValueError(f"{path}: expected a path of plain letters and digits.")
    entry = search_entry(path, school.name.value, other_names(school))
    return Printed(File(f"{path}index.html", html.encode()), path, entry, facts)
