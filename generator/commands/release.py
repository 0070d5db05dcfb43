"""`release`: freeze what the site publishes of its data, for good."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

from generator.commands.verify import verified
from generator.errors import InputError, Problem
from generator.model import File, Release
from generator.read.releases import is_release_id, read_releases
from generator.release import MANIFEST, freeze
from generator.write.staging import reporting

RELEASES = "releases"


def run(release_id: str, data: Path, site: Path) -> None:
    """Freeze the site's data as a release of the data folder; InputError where it can't be."""
    releases = read_releases(data)
    refuse_id(release_id, releases)
    verified(site)
    refuse_other_data(data, site)
    files = freeze(
        release_id,
        releases[-1].id if releases else "",
        list(data_of(site)),
        (site / MANIFEST).read_bytes(),
    )
    write_release(data / RELEASES / release_id, files)
    size = sum(len(file.content) for file in files)
    print(f"{data}/{RELEASES}/{release_id}: {len(files)} files, {size / 1e6:.1f} MB, frozen")


def refuse_id(release_id: str, releases: tuple[Release, ...]) -> None:
    """Refuse an id that is no day, is taken, or lies before a release: history is not rewritten."""
    found = f'"{release_id}"'
    if not is_release_id(release_id):
        raise _refusal("ID", found, "a day, as 2026-11-24", "Name the day of the release.")
    if releases and release_id <= releases[-1].id:
        hint = "A release is never changed; make a new one."
        raise _refusal("ID", found, f"a day after {releases[-1].id}, the last release", hint)


def refuse_other_data(data: Path, site: Path) -> None:
    """Refuse a site whose tables or earlier releases are not those of the data folder."""
    # Late: pandas takes half a second, and an id can be refused before.
    from generator.check import check
    from generator.derive import derive
    from generator.pipeline.datafiles import table_files, texts
    from generator.read import read
    from generator.release import published

    edition, raw = read(data)
    record = derive(check(raw, edition), edition)
    tables = table_files(record, texts(data))
    problems = [
        Problem(
            f"{site}/{file.path}", 0, "", "other content", f"what {data} gives", "Build it anew."
        )
        for file in (*tables, *published(read_releases(data)))
        if not (site / file.path).is_file() or (site / file.path).read_bytes() != file.content
    ]
    if problems:
        raise InputError(problems)


def data_of(site: Path) -> Iterator[File]:
    """The files that stand directly in the site's data folder, pages left out."""
    for path in sorted((site / "data").iterdir()):
        if path.is_file() and path.suffix != ".html":
            yield File(path.name, path.read_bytes())


def write_release(folder: Path, files: tuple[File, ...]) -> None:
    """Write the release whole, or nothing of it."""
    with reporting(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        half = Path(mkdtemp(prefix=".", dir=folder.parent))
        for file in files:
            (half / file.path).write_bytes(file.content)
            (half / file.path).chmod(0o644)
        half.chmod(0o755)
        half.rename(folder)


def _refusal(where: str, found: str, expected: str, hint: str) -> InputError:
    return InputError([Problem(where, 0, "", found, expected, hint)])
