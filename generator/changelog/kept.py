"""Old addresses of tables that are gone: the last file that a release holds stays there."""

from collections.abc import Iterator, Sequence

from generator.changelog.spans import tables_of
from generator.model import File, Record, Release


def kept_tables(record: Record, releases: Sequence[Release]) -> Iterator[File]:
    """The CSVs of tables that releases hold and that are published no more, as they were last."""
    last = {name: content for one in releases for name, content in tables_of(one).files.items()}
    for name, content in last.items():
        if name not in record.tables:
            yield File(f"data/{name}.csv", content)
