"""What corrections and replies name and the tables alone can't tell: releases, computed values."""

from collections.abc import Iterable
from pathlib import Path

from generator.check.ledger import (
    CORRECTIONS,
    REPLIES,
    Known,
    computed_problems,
    release_problems,
)
from generator.errors import InputError
from generator.model import Release
from generator.read import read_one
from generator.tables import BY_NAME


def refuse_unreleased(data: Path, releases: Iterable[Release]) -> None:
    """InputError for a correction in a release that there is not."""
    raw = read_one(data, BY_NAME[CORRECTIONS])
    problems = list(release_problems(raw, [one.id for one in releases])) if raw else []
    if problems:
        raise InputError(problems)


def refuse_unknown(data: Path, facts: Known) -> None:
    """InputError for a correction or a reply about a computed value that no page shows; `facts` are
    the ids of all that pages show."""
    tables = (read_one(data, BY_NAME[name]) for name in (CORRECTIONS, REPLIES))
    problems = [one for raw in tables if raw for one in computed_problems(raw, facts)]
    if problems:
        raise InputError(problems)
