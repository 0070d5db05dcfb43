"""`release`: freeze what the site publishes of its data, for good."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from generator.commands.build import CONFIG, SCRATCH, TEMPLATES
from generator.commands.verify import verified
from generator.errors import InputError, Problem
from generator.model import File, Record, Release, Settings
from generator.read.releases import is_release_id, read_releases
from generator.release import FIGURES, MANIFEST, freeze, manifest
from generator.write.manifests import files_of
from generator.write.staging import reporting

if TYPE_CHECKING:
    from generator.pipeline.tongues import Tongue

RELEASES = "releases"
PACKAGES = "packages.cdx.json"
ANEW = "Build it anew, and name the address that it was built for with --base-url."


def run(
    release_id: str, data: Path, site: Path, base_url: str = "", packages: Path | None = None
) -> None:
    """Freeze the site's data and figures as a release of the data folder; InputError where it can't
    be. `base_url` is the address that the site was built for, "" for the edition's own; `packages`
    the list of what built it."""
    releases = read_releases(data)
    refuse_id(release_id, releases)
    listed = packages_in(packages) if packages else []
    verified(site)
    # Late: pandas takes half a second, and an id can be refused before.
    from generator.changelog.kept import kept_tables
    from generator.pipeline.history import read_told

    told = read_told(settings_of(data, site, base_url))
    tongues = told.tongues
    kept = tuple(kept_tables(told.record, releases))
    refuse_other_data(data, site, tongues, kept)
    files = freeze(
        release_id,
        releases[-1].id if releases else "",
        [*data_of(release_id, data, site, tongues, {file.path for file in kept}), *listed],
        figures_of(release_id, data, site, tongues),
        manifest(files_of(site, (site / MANIFEST).read_bytes())),
    )
    write_release(data / RELEASES / release_id, files)
    size = sum(len(file.content) for file in files)
    print(f"{data}/{RELEASES}/{release_id}: {len(files)} files, {size / 1e6:.1f} MB, frozen")
    if waiting := unreleased(told.record):
        print(f"accepted reports without a release, in corrections.csv: {', '.join(waiting)}")


def packages_in(path: Path) -> list[File]:
    """The list of packages as it is frozen: whoever builds this release again needs the same."""
    where, hint = str(path), "make sbom writes one."
    try:
        content = path.read_bytes()
        told = json.loads(content)
        if told["bomFormat"] == "CycloneDX" and told["components"]:
            return [File(PACKAGES, content)]
    except OSError as error:
        raise _refusal(where, f"no file ({error.strerror})", "a list of packages", hint) from error
    except (ValueError, KeyError, TypeError):
        pass
    raise _refusal(where, "something else", "a list of packages (CycloneDX, as JSON)", hint)


def unreleased(record: Record) -> list[str]:
    """The accepted reports whose row does not say the release with the corrected value."""
    rows = record.rows.get("corrections", ())
    return [
        str(row["correction_id"])
        for row in rows
        if row["decision"] == "accepted" and not row["release"]
    ]


def refuse_id(release_id: str, releases: tuple[Release, ...]) -> None:
    """Refuse an id that is no day, is taken, or lies before a release: history is not rewritten."""
    found = f'"{release_id}"'
    if not is_release_id(release_id):
        raise _refusal("ID", found, "a day, as 2026-11-24", "Name the day of the release.")
    if releases and release_id <= releases[-1].id:
        hint = "A release is never changed; make a new one."
        raise _refusal("ID", found, f"a day after {releases[-1].id}, the last release", hint)


def refuse_other_data(
    data: Path, site: Path, tongues: "Sequence[Tongue]", kept: Sequence[File]
) -> None:
    """Refuse a site whose tables or earlier releases are not those of the data folder; `kept` are
    the files of tables that are gone."""
    from generator.pipeline.datafiles import table_files, texts
    from generator.release import published

    tables = table_files(tongues[0].record, texts(data))
    problems = [
        Problem(
            f"{site}/{file.path}", 0, "", "other content", f"what {data} gives", "Build it anew."
        )
        for file in (*tables, *kept, *published(read_releases(data)))
        if not (site / file.path).is_file() or (site / file.path).read_bytes() != file.content
    ]
    if problems:
        raise InputError(problems)


def figures_of(release_id: str, data: Path, site: Path, tongues: "Sequence[Tongue]") -> list[File]:
    """The figures that stand alone, as they will always stand in this release.

    They are printed anew, since a frozen figure cites its release. So that nothing is frozen that
    the site does not show, the live ones have to come out as they stand there.
    """
    from generator.pipeline import figures

    pictures = figures.drawn()  # anew, and once for both
    live = {file.path: file.content for file in figures.figures_in(tongues, TEMPLATES, pictures)}
    refuse_others("figure", live, set(names_of(site)), data, site)
    frozen = figures.figures_in(tongues, TEMPLATES, pictures, release_id)
    return [figures.style(TEMPLATES), *frozen]


def refuse_others(
    what: str, live: Mapping[str, bytes], shown: set[str], data: Path, site: Path
) -> None:
    """Refuse a site that shows (by its paths) anything else than what its data give."""
    problems = [
        Problem(f"{site}/{path}", 0, "", f"another {what}", f"what {data} gives", ANEW)
        for path in sorted(shown | live.keys())
        if path not in live or not same(site / path, live[path])
    ]
    if problems:
        raise InputError(problems)


def settings_of(data: Path, site: Path, base_url: str) -> Settings:
    """What a build of this site was told."""
    return Settings(data, site, TEMPLATES, SCRATCH, CONFIG, base_url, jobs=1, data_date="")


def names_of(site: Path) -> Iterator[str]:
    """The paths of live figures; those of releases stand in folders named by days."""
    for path in (site / FIGURES).rglob("*.html"):
        place = path.relative_to(site)
        if not is_release_id(place.parts[1]):
            yield place.as_posix()


def same(path: Path, content: bytes) -> bool:
    """True for a file with this content."""
    return path.is_file() and path.read_bytes() == content


def data_of(
    release_id: str, data: Path, site: Path, tongues: "Sequence[Tongue]", kept: Collection[str]
) -> list[File]:
    """The files of the site's data folder, those that name the release made anew for it.

    So that nothing else changes, the live ones have to come out as they stand there. Left out are
    pages, and the tables as JSON, which says no more than the CSV beside it and is twice as long;
    and the tables `kept` at their old addresses, which no new release holds.
    """
    from generator.charts import MemoryCache
    from generator.pipeline.datafiles import SPOKEN, is_zipped
    from generator.pipeline.packed import packed_files
    from generator.pipeline.tongues import site_of

    record = tongues[0].record
    whole = site_of(tongues[0], TEMPLATES, MemoryCache(), ())
    twice = {f"{name}.json" for name in record.tables}
    held = [
        File(f"data/{path.name}", path.read_bytes())
        for path in sorted((site / "data").iterdir())
        if path.is_file()
        and path.suffix != ".html"
        and path.name not in twice
        and f"data/{path.name}" not in kept
    ]
    spoken = {f"data/{name}-{one.code}.csv" for name in SPOKEN for one in tongues[1:]}
    inside = [
        (file.path, [file.content])
        for file in held
        if file.path not in spoken and is_zipped(file.path)
    ]
    live = {file.path: file.content for file in packed_files(whole, inside, record.in_release)}
    refuse_others("file", live, set(live), data, site)
    named = {file.path: file for file in packed_files(whole, inside, release_id)}
    frozen = [named.get(file.path, file) for file in held]
    return [replace(file, path=file.path.removeprefix("data/")) for file in frozen]


def write_release(folder: Path, files: tuple[File, ...]) -> None:
    """Write the release whole, or nothing of it."""
    with reporting(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        half = Path(mkdtemp(prefix=".", dir=folder.parent))
        for file in files:
            path = half / file.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.content)
            path.chmod(0o644)
        for inside in (half, *(path for path in half.rglob("*") if path.is_dir())):
            inside.chmod(0o755)
        half.rename(folder)


def _refusal(where: str, found: str, expected: str, hint: str) -> InputError:
    return InputError([Problem(where, 0, "", found, expected, hint)])
