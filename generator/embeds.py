"""Figures alone on small pages of their own, for frames on other sites: live, and frozen."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from generator.model import Fact, File, Record, Text
from generator.pages import Site
from generator.present.citing import spoken
from generator.present.embedded import (
    TIMELINE,
    costs_id,
    coverage_id,
    path_of,
    tally_id,
    votes_id,
)
from generator.present.functions import unit_path
from generator.present.guard import refuse_other_pictures
from generator.present.page import FRAMES, linker
from generator.views import votes_of

STYLE = "embed.css"  # under the assets; a release keeps its own beside its figures
INDEX = "index.html"


@dataclass(frozen=True)
class Embed:
    """A figure by its lasting id; `origin` is the path of the page that shows it with its sources,
    `template` and `context` print it."""

    id: str
    origin: str
    template: str
    context: Mapping[str, Any]


@dataclass(frozen=True)
class Frame:
    """What every such page is told: the policy for its head, and the release that it is frozen in,
    "" for a live one."""

    policy: str
    release: str = ""


def of_page(path: str, context: Mapping[str, Any]) -> Iterator[Embed]:
    """The figures of a page beside the schools', from its path and the context of its template."""
    match path:
        case "" if context["timeline_figure"].rows:
            yield Embed(TIMELINE, path, "timeline", context)
        case "votes/":
            for one in context["rounds"]:
                for question in one.questions:
                    about = {"round": one, "question": question}
                    yield Embed(votes_id(one.cycle, question), path, "votes", about)
        case "costs/":
            for kind in context["kinds"]:
                if kind.charted:
                    yield Embed(costs_id(kind.code), path, "costs", {"kind": kind})
        case "coverage/":
            for part in context["parts"]:
                if part.periods:
                    yield Embed(coverage_id(part.table), path, "coverage", {"part": part})


def of_school(record: Record, school_id: str) -> Iterator[Embed]:
    """The tallies of a school. Those of a campus belong to the first of its schools."""
    path = f"schools/{school_id}/"
    for vote in votes_of(record, record.units_of_school.get(school_id, ())):
        if vote.tally and unit_path(record, vote.unit_id) == path:
            yield Embed(tally_id(vote), path, "tally", {"vote": vote})


def embed_file(whole: Site, embed: Embed, frame: Frame) -> tuple[File, tuple[Fact, ...]]:
    """The page of a figure, and the facts that it shows: all of them are its origin's too.

    A live page stands under its path on the site, a frozen one under its path in the release. Its
    values link to their receipts; those of a frozen page, which later pages may not bear out, to
    none.
    """
    folder = whole.page.folder
    whole.page.turn(path_of(embed.id, folder, frame.release))
    url = linker(whole.page)
    whole.page.proofs = None if frame.release else str(url(embed.origin or "./"))
    template = whole.environment.get_template(f"embeds/{embed.template}.html.j2")
    html = template.render({**embed.context, **shared(whole, embed, frame)})
    refuse_other_pictures(whole.page, whole.language)
    where = f"{path_of(embed.id, folder)}{INDEX}"
    content = "\n".join(line.strip() for line in html.split("\n") if line.strip())
    return File(where, f"{content}\n".encode()), tuple(whole.page.facts.values())


def shared(whole: Site, embed: Embed, frame: Frame) -> Mapping[str, Any]:
    """What the frame of every figure prints."""
    record, page = whole.record, whole.page
    address = f"{record.edition.base_url.rstrip('/')}/{page.folder}{embed.origin}"
    style = f"{FRAMES}{frame.release}" if frame.release else "assets"
    return {
        "figure_id": embed.id,
        "words": lambda markup: escape(spoken(markup)),
        "code": Markup(escape(whole.language.code)),
        "direction": Markup(escape(whole.language.direction)),
        "policy": Markup(escape(frame.policy)),
        "style": linker(page)(f"{style}/{STYLE}"),
        "site_title": Markup(escape(record.edition.title)),
        "canonical": Markup(escape(address)),
        "origin": embed.origin or "./",
        "frozen": Text(frame.release) if frame.release else None,
        "last_release": Text(record.last_release) if record.last_release else None,
        "newest": newest(record),
    }


def newest(record: Record) -> Text | None:
    """The newest day on which a source was published."""
    days = [str(row["published"] or "") for row in record.rows["sources"]]
    day = max((day for day in days if day.count("-") == 2), default="")
    return Text(day) if day else None
