"""The record with its past: what releases say of its facts, and every change since the first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from generator.changelog import History, explained, with_changelog
from generator.derive import in_language
from generator.model import Record, Release, Settings
from generator.pipeline.packed import in_release
from generator.pipeline.tongues import Tongue, read_tongues
from generator.read.reasons import reasons_in
from generator.read.releases import read_releases
from generator.release import first_releases, frozen_figures, histories


@dataclass(frozen=True)
class Told:
    """The edition in each of its languages, with what its releases say; and the changes."""

    tongues: tuple[Tongue, ...]
    releases: tuple[Release, ...]
    changes: History

    @property
    def record(self) -> Record:
        """The record in the first language."""
        return self.tongues[0].record


def read_told(settings: Settings) -> Told:
    """All that a build begins with. InputError for data that is wrong, for a release that is not as
    it was frozen, and for a change of a published value without a reason."""
    releases = read_releases(settings.data)
    tongues = read_tongues(settings)
    changes = explained(tongues[0].record, releases, *reasons_in(settings.data))
    return Told(tuple(with_past(tongues, releases, changes)), releases, changes)


def with_past(
    tongues: Sequence[Tongue], releases: Sequence[Release], changes: History
) -> list[Tongue]:
    """The tongues, their records with what the releases, in their order, say of facts and figures,
    and with the changes among their tables."""
    first = tongues[0].record.edition.languages[0]
    # The tables are published in the first language, whatever the pages speak.
    same = in_release(tongues[0].record, releases)
    found = []
    for tongue in tongues:
        table = in_language(changes.table, tongue.code, first) if tongue.folder else changes.table
        known = with_history(with_changelog(tongue.record, table), releases)
        found.append(replace(tongue, record=replace(known, in_release=same)))
    return found


def with_history(record: Record, releases: Sequence[Release]) -> Record:
    """The record with what its releases, in their order, say of its facts and figures."""
    past = histories(releases)
    return replace(
        record,
        first_release=first_releases(past),
        past=past,
        releases=tuple(one.id for one in releases),
        last_release=releases[-1].id if releases else "",
        frozen=frozen_figures(releases[-1]) if releases else {},
    )
