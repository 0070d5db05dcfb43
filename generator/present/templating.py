"""The Jinja environment: data reaches a template as Fact or Text, words through gettext."""

import re
from collections.abc import Callable, MutableMapping
from functools import cache, lru_cache
from html import escape as escape_html
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.runtime import Undefined
from markupsafe import Markup, escape

from generator.model import Fact, Text
from generator.present import Language, fact_html, in_sentence, shown, text_html
from generator.present.compiled import Compiled, Kept
from generator.present.moulder import moulder
from generator.present.page import Page, attr, citer, explainer, keeper, linker
from generator.present.places import LookedError, Place

HEADING = "\ue000"
APART = Markup(f"\n{HEADING}\n")  # ends a run of HTML lines: what follows is a block of its own


class Templates(Environment):
    """Templates that all see the same globals: Jinja's own lookup through a chain for each
    template takes a twentieth of a page's time."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The environment's own globals; ValueError for a template that brings others."""
        if d:
            raise ValueError(f"found globals {sorted(d)} of one template, expected none.")
        return self.globals


def environment(
    templates: Path, language: Language, page: Page, code: Kept | None = None
) -> Environment:
    """The environment of one language. Undefined names, bare values and bare text are errors.

    What a template prints, it prints on `page`: facts are noted there, with their first release.
    `code` keeps what compiling gave for the next build.
    """
    html = printer(language, page)
    env = Templates(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=Compiled(code),
        extensions=["jinja2.ext.i18n"],
        finalize=html,
    )
    env.policies["ext.i18n.trimmed"] = True
    env.newstyle_gettext = True  # type: ignore[attr-defined]
    env.globals.update(
        gettext=translator(language, html),
        ngettext=plural_translator(language, html),
        _=translator(language, html),
        heading=heading,
        apart=APART,
        attr=attr,
        page=page,
        url=linker(page),
        cite=citer(page),
        term=explainer(page),
        kept=keeper(page),
        **moulder(page, language),
        join=joiner(language),
    )
    env.filters["as_citation"] = lambda fact: citation(fact, language)
    env.filters["as_code"] = as_code
    env.filters["bare"] = lambda value: html(value, link=False)
    env.filters["in_sentence"] = lambda fact: html(fact, in_sentence(fact, language))
    env.filters["bare_in_sentence"] = lambda fact: html(
        fact, in_sentence(fact, language), link=False
    )
    return env


def as_code(text: str) -> Markup:
    """Lines to type, in a `pre`: as references, so that neither ends nor blanks of lines are lost
    when the page's own are tidied."""
    return Markup(str(escape(str(text).strip("\n"))).replace("\n", "&#10;"))


def citation(fact: Fact, language: Language) -> Markup:
    """The words of a fact inside a citation, which is a source itself: it has no receipt."""
    return escape(shown(fact, language))


Printer = Callable[..., object]


def printer(language: Language, page: Page) -> Printer:
    """What every `{{ … }}` passes through: markup as it is, Facts and Texts as elements."""

    def html(value: object, words: str = "", *, link: bool = True) -> object:
        if isinstance(value, Markup):
            return value
        if isinstance(value, Fact):
            refuse_bare_share(value)
            page.note(value)
            linked = link and page.proofs is not None
            return fact_html(value, language, words, link=linked, proofs=page.proofs or "")
        if isinstance(value, Text):
            return text_html(value, language)
        if isinstance(value, Undefined):
            return value
        raise TypeError(
            f"a template printed {value!r}: found {type(value).__name__}, expected a Fact or a "
            "Text. Make one in views.py, or use _() for words and attr() for codes."
        )

    return html


def refuse_bare_share(fact: Fact) -> None:
    """A share that we computed must have its denominator; one printed elsewhere may lack it."""
    if fact.kind == "share" and fact.expression.startswith("sql:") and fact.n is None:
        raise ValueError(f"{fact.id}: found a share without n, expected its denominator beside it.")


def translator(language: Language, html: Printer) -> Callable[..., Markup]:
    """gettext with named placeholders; placeholders are Facts, Texts or markup."""

    @cache
    def alone(message: str) -> Markup:
        return Markup(language.translate(message)) % {}

    def gettext(message: str, /, **variables: object) -> Markup:
        if not variables:
            return alone(message)
        values = {name: html(value) for name, value in variables.items()}
        return Markup(language.translate(message)) % values

    return gettext


def plural_translator(language: Language, html: Printer) -> Callable[..., Markup]:
    """ngettext whose number is a Fact."""

    def ngettext(one: str, many: str, number: Fact, /, **variables: object) -> Markup:
        values = {name: html(value) for name, value in variables.items()}
        if type(number.value) is Place:
            raise LookedError
        count = int(str(number.value))
        return Markup(language.translate_plural(one, many, count)) % values

    return ngettext


def joiner(language: Language) -> Callable[[list[Markup]], Markup]:
    """Markup pieces as a list in words: "a, b and c"."""
    from babel.lists import format_list

    def join(pieces: list[Markup]) -> Markup:
        marks = [f"\ue010{index}\ue011" for index in range(len(pieces))]
        words = str(escape(format_list(marks, locale=language.locale)))
        for mark, piece in zip(marks, pieces, strict=True):
            words = words.replace(mark, str(escape(piece)))
        return Markup(words)

    return join


@lru_cache(maxsize=1024)  # most headings stand on every page of their kind
def heading(level: int, words: Markup, anchor: str) -> Markup:
    """A Markdown heading with a fixed anchor, on a line of its own; `tidy` sets it apart."""
    text = escape_html(words.striptags(), quote=False)
    plain = re.sub(r"([\\`*_{}\[\]#!|])", r"\\\1", text)
    return Markup(f"\n{HEADING}{'#' * level} {plain} {{: #{attr(anchor)} }}\n")


def set_apart(line: str) -> str:
    """A heading between blank lines; a blank line for the mark alone."""
    return f"\n{line[1:]}\n" if len(line) > 1 else ""


def tidy(rendered: str) -> str:
    """Rendered template → Markdown whose blocks are headings and runs of HTML lines.

    Blank lines and indentation go, headings stand alone between blank lines.
    """
    lines = (line.strip() for line in rendered.split("\n"))
    blocks = (set_apart(line) if line.startswith(HEADING) else line for line in lines if line)
    return "\n".join(blocks).strip("\n").replace("\n\n\n", "\n\n") + "\n"
