"""The same data make the same site, whoever builds it where; `make twice` does it with data/."""

import os
from pathlib import Path

from tests.edition import write_edition
from tests.presenting import SHARED_PICTURES
from tests.twice import ONE, OTHER, build, differences


def test_two_builds_write_the_same_bytes(tmp_path: Path) -> None:
    """Another folder, time zone, locale, order of sets, mask and number of processes."""
    data = write_edition(tmp_path / "data")
    one, other = (
        build(tmp_path, place, data, os.environ[SHARED_PICTURES]) for place in (ONE, OTHER)
    )
    assert list(differences(one, other)) == []
    assert len(list(one.rglob("*"))) > 100
    (other / "robots.txt").write_text("x")
    (other / "index.html").chmod(0o600)
    assert [line.partition(":")[0] for line in differences(one, other)] == [
        "index.html", "robots.txt",
    ]  # fmt: skip
