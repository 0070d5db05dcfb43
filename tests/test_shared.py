"""What tests share is made once, and nobody gets what another made."""

from pathlib import Path

import pytest

from tests.shared import made_once


def test_a_folder_is_made_once(tmp_path_factory: pytest.TempPathFactory) -> None:
    made = []

    def make(folder: Path) -> None:
        made.append(folder)
        (folder / "a").write_text("a", encoding="utf-8")

    one, two = (made_once(tmp_path_factory, "of-test-shared", make) for _ in "ab")
    assert one == two
    assert (one / "a").read_text(encoding="utf-8") == "a"
    assert len(made) == 1


def test_a_name_belongs_to_one_maker(tmp_path_factory: pytest.TempPathFactory) -> None:
    def make(folder: Path) -> None: ...

    def other(folder: Path) -> None: ...

    made_once(tmp_path_factory, "of-two-makers", make)
    with pytest.raises(ValueError, match=r"of-two-makers: made by .*\.make; .*\.other needs"):
        made_once(tmp_path_factory, "of-two-makers", other)


def test_what_failed_is_made_anew(tmp_path_factory: pytest.TempPathFactory) -> None:
    tries = []

    def make(folder: Path) -> None:
        tries.append(folder)
        if len(tries) == 1:
            raise OSError("full")

    with pytest.raises(OSError, match="full"):
        made_once(tmp_path_factory, "of-failures", make)
    assert made_once(tmp_path_factory, "of-failures", make).is_dir()
    assert len(tries) == 2
