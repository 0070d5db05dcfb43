"""Figures that stand alone on other sites: their lasting ids, the code that brings them there."""

from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup, escape

from generator.model import Record, Text
from generator.present.page import FRAMES, Page
from generator.views import Vote
from generator.views.comparable import DECISIONS
from generator.views.totals import QuestionTotals

TIMELINE = "timeline"
# Pixels that show a figure whole in a column of some 400 px; a longer one is scrolled in its frame.
HEIGHTS = {"tally": 640, "votes": 640, "costs": 720, "coverage": 640, TIMELINE: 720}


def votes_id(cycle: str, question: QuestionTotals) -> str:
    """The figure of the outcomes of a round on one question, by one kind of voters."""
    voters = "" if question.voters == DECISIONS else f"-{question.voters}"
    return plain_id(f"votes-{cycle}-{question.question_id or 'not-found'}{voters}")


def tally_id(vote: Vote) -> str:
    """The figure of the votes counted in one vote."""
    return plain_id(f"tally-{vote.id}")


def costs_id(kind: str) -> str:
    """The figure of the amounts of one kind."""
    return f"costs-{kind}"


def coverage_id(table: str) -> str:
    """The figure of how many units have a row in a table."""
    return f"coverage-{table}"


def plain_id(name: str) -> str:
    """The id as it can stand in an address and in the names of a picture."""
    return name.replace(".", "-")


def path_of(figure_id: str, folder: str, release: str = "") -> str:
    """Where a figure stands under the root of the site, live or as it was in a release; `folder`
    is that of the language ("es/")."""
    return f"{FRAMES}{f'{release}/' if release else ''}{folder}{figure_id}/"


def frame(base_url: str, path: str, title: str) -> Markup:
    """The code that shows the page at `path` inside a page of another site."""
    height = HEIGHTS[path.rstrip("/").rpartition("/")[2].partition("-")[0]]
    address = f"{base_url.rstrip('/')}/{path}"
    return Markup(
        f'<iframe src="{escape(address)}" title="{escape(title)}" width="100%" '
        f'height="{height}" loading="lazy"></iframe>'
    )


def embed_functions(record: Record, page: Page) -> Mapping[str, Callable[..., Any]]:
    """What templates call beside a picture that can stand alone."""

    def code(figure_id: str, title: Markup, release: str = "") -> Markup:
        live = " ".join(title.striptags().split())
        words = record.frozen[page.folder + figure_id] if release else live
        return escape(str(frame(record.edition.base_url, path(figure_id, release), words)))

    def path(figure_id: str, release: str = "") -> str:
        return path_of(figure_id, page.folder, release)

    release = Text(record.last_release)
    return {
        "votes_id": votes_id,
        "tally_id": tally_id,
        "costs_id": costs_id,
        "coverage_id": coverage_id,
        "timeline_id": lambda: TIMELINE,
        "embed_path": path,
        "embed_code": code,
        "frozen_in": lambda figure_id: (
            release if page.folder + figure_id in record.frozen else None
        ),
    }
