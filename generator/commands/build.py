"""`build`: the data in, the whole site out; says how far it is and what it made."""

import os
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from time import monotonic

from generator.commands.hands import hands_for
from generator.commands.telling import telling
from generator.errors import InputError, Problem, UsageError
from generator.model import Settings, Summary
from generator.write.staging import locked

# The words and looks of the site belong to the checkout, wherever the command is run.
ROOT = Path(__file__).resolve().parents[2]
TEMPLATES, CONFIG = ROOT / "templates", ROOT / "mkdocs.yml"
SCRATCH = Path("build")
EPOCH = "SOURCE_DATE_EPOCH"


def run(
    data: Path, out: Path, base_url: str, jobs: int | None, scheduler: str = "",
    builder: str = "mkdocs",
) -> None:  # fmt: skip
    """Build the site and say what was made; the errors of the stages go through."""
    refuse_missing(builder)
    from generator import pipeline

    settings = Settings(
        data=data,
        out=out,
        templates=TEMPLATES,
        build=SCRATCH,
        config=CONFIG,
        base_url=base_url,
        jobs=jobs or hands_for(data),
        data_date=data_date(os.environ),
        scheduler=scheduler,
        builder=builder,
    )
    refuse_overlap(settings)
    start = monotonic()
    # The scratch folder is written and read by turns: two builds at once would mix their pages.
    with locked(SCRATCH / ".lock", SCRATCH.resolve()), telling(sys.stdout) as say:
        summary = pipeline.build(settings, say)
    print(describe(summary, out, monotonic() - start))


def data_date(environment: Mapping[str, str]) -> str:
    """The ISO day of SOURCE_DATE_EPOCH; "" where it is not set. InputError if it is no number."""
    seconds = environment.get(EPOCH, "")
    if not seconds:
        return ""
    try:
        return datetime.fromtimestamp(int(seconds), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError) as error:
        expected = "seconds since 1970, a whole number"
        problem = Problem(EPOCH, 0, "", f'"{seconds}"', expected, "Correct or unset the variable.")
        raise InputError([problem]) from error


def refuse_missing(builder: str) -> None:
    """Refuse a builder that is not installed, before a second's work is done."""
    if find_spec(builder) is None:
        hint = f"make site BUILDER={builder} installs it."
        found, expected = f"{builder}, which is not installed", "a program that renders the pages"
        raise InputError([Problem("--builder", 0, "", found, expected, hint)])


def refuse_overlap(settings: Settings) -> None:
    """Refuse to replace a folder that the build reads from, before it has begun: UsageError."""
    out = settings.out.resolve()
    data, templates, config, scratch = (
        path.resolve()
        for path in (settings.data, settings.templates, settings.config, settings.build)
    )
    within = [path for path in (data, templates) if path in out.parents]
    around = [path for path in (data, templates, config, scratch) if out in (path, *path.parents)]
    for path in (*within, *around):
        expected = "a folder apart from what the build reads, because a build replaces it whole"
        hint = "Choose another with --out."
        raise UsageError(Problem(str(out), 0, "", f"the place of {path}", expected, hint))


def describe(summary: Summary, out: Path, seconds: float) -> str:
    """What a build made, in a few lines."""
    made = f"{summary.pages:,} pages, {summary.files:,} files ({summary.changed:,} changed)"
    lines = [
        f"{out}: {made}, {summary.bytes / 1e6:,.1f} MB, in {seconds:.1f} s",
        f"charts: {summary.charts_drawn:,} drawn, {summary.charts_shown:,} shown",
    ]
    lines += [f"{sentence}." for sentence in summary.beyond]
    missing = [(label, count) for label, count in summary.not_found.items() if count]
    missing.sort(key=lambda one: (-one[1], one[0]))
    lines.append("not found:" if missing else "not found: nothing")
    lines += [f"{count:8,}  {label}" for label, count in missing]
    return "\n".join(lines)
