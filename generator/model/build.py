"""What a build is told and what it tells."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Settings:
    """Where a build reads and writes, and how many processes it may use: here, or the workers of
    the cluster with this `scheduler`.

    `base_url` is "" for the edition's own. `data_date` is the ISO day that the site is dated by, ""
    for the one that follows from the data. `builder` is the program that renders prose pages.
    """

    data: Path
    out: Path
    templates: Path
    build: Path
    config: Path
    base_url: str
    jobs: int
    data_date: str
    scheduler: str = ""
    builder: str = "mkdocs"


@dataclass(frozen=True)
class Step:
    """How far a build is, in words; of long work also how many of how many things are done."""

    words: str
    done: int = 0
    of: int = 0


@dataclass(frozen=True)
class Summary:
    """What a build made; `not_found` counts values that no source had, by what they are.
    `beyond` says which hosts take less."""

    pages: int
    files: int
    changed: int
    bytes: int
    charts_drawn: int
    charts_shown: int
    not_found: Mapping[str, int]
    beyond: tuple[str, ...] = ()
