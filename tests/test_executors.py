"""The same site whoever stamps it: this process, a pool of processes, the workers of a cluster."""

import os
import pickle
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator import pipeline
from generator.__main__ import main
from generator.errors import InputError, OutputError
from generator.model import Step
from generator.pipeline import stamping, work
from generator.pipeline.executors import Inline, Workplace, in_order, workplace
from generator.pipeline.work import Handle, Work, handed_over
from tests.edition import edit
from tests.ledger_edition import write_ledgers
from tests.presenting import ROOT, settings
from tests.shared import made_once
from tests.twenty import write_twenty

if TYPE_CHECKING:  # late: half a second, which each process of a run would take to collect this
    from distributed import LocalCluster


# The command where Ctrl-C is heard: what stands in the background of a shell may not hear it.
INTERRUPTED = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from generator.__main__ import main
sys.exit(main())
"""


@pytest.fixture(scope="module")
def twenty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The twenty schools in the folder's `data`, and their `site` as one process builds it."""

    def make(folder: Path) -> None:
        pipeline.build(settings(folder, write_twenty(folder / "data")), lambda _: None)

    return made_once(tmp_path_factory, "twenty", make)


@pytest.fixture
def cluster() -> Iterator["LocalCluster"]:
    """Two worker processes on this machine."""
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
    ) as found:
        yield found


@pytest.fixture
def many_partitions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stamping, "PARTITION", 2)


def content(site: Path) -> dict[str, bytes]:
    """The files of a site."""
    found = (path for path in site.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in found}


def test_a_site_of_odd_schools_agrees_with_its_own_data(
    twenty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Rounds of votes that a school had no part in stand on its page too."""
    assert main(["verify", str(twenty / "site")]) == 0, capsys.readouterr().out


@pytest.mark.usefixtures("many_partitions")
def test_a_pool_of_processes_writes_the_same_bytes(twenty: Path, tmp_path: Path) -> None:
    told = settings(tmp_path, twenty / "data", jobs=2)
    pipeline.build(told, lambda _: None)
    assert content(told.out) == content(twenty / "site")
    assert not list((told.build / work.FOLDER).iterdir())


@pytest.mark.usefixtures("many_partitions")
def test_a_cluster_that_loses_a_worker_writes_the_same_bytes(
    twenty: Path, tmp_path: Path, cluster: "LocalCluster"
) -> None:
    told = replace(settings(tmp_path, twenty / "data"), scheduler=cluster.scheduler_address)
    said: list[str] = []
    pipeline.build(told, killing(cluster, said))
    assert said[0].startswith("stamped 2 of 20")
    assert content(told.out) == content(twenty / "site")


def killing(cluster: "LocalCluster", said: list[str]) -> Callable[[Step], None]:
    """Takes what a build says, and kills a worker when the first schools are stamped."""

    def say(step: Step) -> None:
        if step.of:
            if not said:
                os.kill(cluster.workers[0].pid, signal.SIGKILL)
            said.append(step.words)

    return say


def test_ctrl_c_stops_all_processes_without_their_words(twenty: Path, tmp_path: Path) -> None:
    place = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    told = ["build", "--data", str(twenty / "data"), "--out", "site", "--jobs", "2"]
    with subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED, *told], cwd=tmp_path, env=place, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
    ) as building:  # fmt: skip
        assert building.stdout is not None
        assert building.stdout.readline().startswith("checked")
        os.killpg(building.pid, signal.SIGINT)
        # Ends when no process holds the other end any more.
        _, said = building.communicate()
    assert (building.returncode, said) == (130, "stopped; the old site is untouched\n")
    assert not (tmp_path / "site").exists()


def test_a_scheduler_that_does_not_answer_leaves_the_old_site(
    tmp_path: Path,
    twenty: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("generator.pipeline.executors.REACHED_WITHIN", 0.2)
    monkeypatch.chdir(tmp_path)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    out = tmp_path / "site"
    told = ["build", "--data", str(twenty / "data"), "--out", str(out), "--scheduler", address]
    assert main(told) == 1
    assert f"--scheduler: found {address}, which does not answer" in capsys.readouterr().err
    assert not out.exists()


def test_a_cluster_without_workers_is_refused() -> None:
    from distributed import LocalCluster

    with (
        LocalCluster(n_workers=0, host="127.0.0.1", dashboard_address=None) as empty,
        pytest.raises(InputError, match="without workers"),
        workplace(1, empty.scheduler_address),
    ):
        pass


def end_at_once(_: int) -> None:
    """What a process does that the system kills for its memory."""
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_pool_that_loses_a_process_says_so() -> None:
    with (
        pytest.raises(OutputError, match="--jobs: found workers that ended before their work"),
        workplace(2) as where,
    ):
        list(in_order(where, end_at_once, [1]))


def test_results_come_in_order_and_few_are_under_way() -> None:
    began: list[int] = []

    def work_on(item: int) -> int:
        began.append(item)
        return item

    place = Workplace(Inline(), 3, elsewhere=False, stop=lambda: None)
    results = in_order(place, work_on, range(100))
    assert [next(results), next(results)] == [0, 1]
    assert len(began) == 7
    assert list(results) == list(range(2, 100))


@pytest.fixture
def some_work(tmp_path: Path) -> Work:
    return Work(None, tmp_path, tmp_path, (), None)  # type: ignore[arg-type]


def test_only_the_path_of_work_travels(tmp_path: Path, some_work: Work) -> None:
    with handed_over(some_work, tmp_path, elsewhere=True) as handle:
        assert handle.load() is some_work
        there: Handle[Work] = pickle.loads(pickle.dumps(handle))
        assert there.held is None
        assert there == handle
        assert there.load() == some_work
    assert handle.path
    assert not handle.path.exists()


def test_workers_with_another_generator_are_refused(
    tmp_path: Path, some_work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    with handed_over(some_work, tmp_path, elsewhere=True) as handle:
        there: Handle[Work] = pickle.loads(pickle.dumps(handle))
        monkeypatch.setattr(work, "code_digest", lambda: "older")
        with pytest.raises(OutputError, match="another version of the generator"):
            there.load()


@pytest.mark.usefixtures("many_partitions")
def test_a_build_that_ends_early_in_a_pool_leaves_nothing(tmp_path: Path) -> None:
    """A correction of a value that no page shows is known when all pages are."""
    data = write_ledgers(tmp_path / "data")
    edit(data, "corrections", 4, "fact", "schools.district.none")
    told = settings(tmp_path, data, jobs=2)
    with pytest.raises(InputError, match=r"schools\.district\.none"):
        pipeline.build(told, lambda _: None)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".site.lock", "build", "data"]
    assert list((told.build / work.FOLDER).iterdir()) == []
