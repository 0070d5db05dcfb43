"""Builds that end early leave the old site as it was, and the next build is right."""

import errno
import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator.errors import OutputError
from generator.model import File
from generator.write import write_tree
from tests.edition import edit, write_edition
from tests.killing import NETWORK, kill_builds, leftovers, run, state
from tests.shared import made_once

SEATS = ("13", "14")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a built site, and what MkDocs made of it; nobody changes it."""
    return made_once(tmp_path_factory, "killing", build_kept)


def build_kept(folder: Path) -> None:
    write_edition(folder / "data")
    (folder / "kept").mkdir()
    done = run(folder)
    assert done.returncode == 0, done.stderr


@pytest.fixture
def work(kept: Path, tmp_path: Path) -> Path:
    """A copy of it to work in."""
    return Path(shutil.copytree(kept, tmp_path / "work"))


def changing(work: Path) -> tuple[Callable[[int], None], Callable[[], set[str]]]:
    """Changes the data by turns; and which sites may stand there: those of both."""
    whole = set()
    for seats in SEATS:
        edit(work / "data", "votes", 2, "seats", seats)
        done = run(work)
        assert done.returncode == 0, done.stderr
        whole.add(state(work / "site"))
    assert len(whole) == 2
    return lambda number: edit(work / "data", "votes", 2, "seats", SEATS[number % 2]), lambda: whole


def test_a_killed_build_leaves_a_whole_site_and_the_next_is_right(work: Path) -> None:
    change, states = changing(work)
    wrong, _ = kill_builds(work, change, states, kills=5, seed=9)
    assert wrong == []
    done = run(work)
    assert (done.returncode, done.stderr) == (0, "")
    assert state(work / "site") in states()
    assert leftovers(work) == []


def test_no_room_for_a_file_leaves_the_old_site(work: Path) -> None:
    """Each file has to be shorter than some of the site's; then there is room again."""
    before = state(work / "site")
    edit(work / "data", "votes", 2, "seats", "11")
    for most in (1, 1_000, 100_000):
        done = run(work, most)
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        assert re.search("File too large|disk I/O error", done.stderr)
        assert state(work / "site") == before
    done = run(work)
    assert done.returncode == 0
    assert state(work / "site") != before
    assert leftovers(work) == []


OLD = [File("index.html", b"old"), *(File(f"a/{n}.txt", b"%d" % n) for n in range(9))]
NEW = [File("index.html", b"new"), *(File(f"a/{n}.txt", b"%d!" % n) for n in range(9))]


@pytest.mark.parametrize("after", range(10))
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO])
def test_a_disk_that_fails_at_any_file_leaves_the_old_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int, code: int
) -> None:
    out = tmp_path / "site"
    write_tree(out, OLD)
    true, left = os.write, iter(range(after))

    def fail(target: int, content: bytes) -> int:
        if next(left, None) is None:
            raise OSError(code, os.strerror(code))
        return true(target, content)

    monkeypatch.setattr(os, "write", fail)
    with pytest.raises(OutputError, match=os.strerror(code)):
        write_tree(out, NEW)
    monkeypatch.undo()
    assert files(out) == {file.path: file.content for file in OLD}
    write_tree(out, NEW)
    assert files(out) == {file.path: file.content for file in NEW}
    assert sorted(path.name for path in tmp_path.iterdir()) == [".site.lock", "site"]


def files(folder: Path) -> dict[str, bytes]:
    found: Iterator[Path] = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_the_clock_changes_nothing(work: Path) -> None:
    """Files from the future, and a clock that went back, as after a flat battery."""
    before = state(work / "site")
    for path in (work / "data").iterdir():
        os.utime(path, (4_000_000_000, 4_000_000_000))
    past = "import time\ntime.time = lambda: 0.0\n"
    done = run(work, before=past)
    assert (done.returncode, done.stderr) == (0, "")
    assert state(work / "site") == before


def test_a_build_asks_no_network(work: Path) -> None:
    """MkDocs included, which runs in a process of its own, with the same refusal."""
    shutil.rmtree(work / "kept")
    (work / "refuse").mkdir()
    (work / "refuse/sitecustomize.py").write_text(NETWORK)
    before = state(work / "site")
    path = os.pathsep.join([str(work / "refuse"), str(Path(__file__).parents[1])])
    done = run(work, before="import socket\nassert socket.getaddrinfo.__name__ == 'refuse'\n",
               PYTHONPATH=path)  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert state(work / "site") == before
