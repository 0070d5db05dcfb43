"""The command line: exit codes, what is printed where, and the server, in its own process."""

import io
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from generator import pipeline
from generator.__main__ import main
from generator.commands import build, hands, serve, telling
from generator.errors import InputError, OutputError, UsageError
from generator.model import Settings, Step, Summary
from generator.pipeline.hosts import Size, beyond, expected

# Stands in for the pipeline in every Python that the tests start: Python imports a sitecustomize
# by itself. What it does is said in the file `act` of the data.
STUB = """
import signal
import sys
from types import ModuleType

signal.signal(signal.SIGINT, signal.default_int_handler)


def build(settings, say):
    from generator.errors import InputError, PolicyError, Problem
    from generator.model import File, Step, Summary
    from generator.write import write_tree

    act = (settings.data / "act").read_text().strip()
    say(Step(f"doing {act}"))
    if act == "bad input":
        raise InputError([Problem("act", line, "", "bad", "good") for line in range(1, 61)])
    if act == "policy":
        raise PolicyError("a rule is not kept")
    if act == "bug":
        raise KeyError("our bug")
    if act == "wait":
        signal.pause()
    pages = [File(f"{name}.html", f"<p>{act} é".encode()) for name in ("index", "404", "a/index")]
    written = write_tree(settings.out, [*pages, File("data/votes.csv", b"a,b")])
    missing = {"dates": 1234, "tallies": 0, f"day {settings.data_date}": 1}
    return Summary(3, written.files, written.changed, 1_234_567, 12, 640, missing)


import generator

pipeline = ModuleType("generator.pipeline")
pipeline.__path__ = [f"{generator.__path__[0]}/pipeline"]  # its modules stay as they are
pipeline.build = build
sys.modules["generator.pipeline"] = pipeline
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder to run in: data that say "one", and the stub."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "act").write_text("one")
    (tmp_path / "stub").mkdir()
    (tmp_path / "stub" / "sitecustomize.py").write_text(STUB, encoding="utf-8")
    return tmp_path


def surroundings(place: Path, root: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != build.EPOCH}
    path = os.pathsep.join([str(place / "stub"), str(root)])
    return kept | {"PYTHONPATH": path, "PYTHONUTF8": "1", "COLUMNS": "100"} | more


def run(place: Path, root: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "generator", *arguments],
        cwd=place,
        env=surroundings(place, root, **more),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def act(place: Path, words: str) -> None:
    """Say in one step what the stub is to do: a look at a half-written file would build twice."""
    (place / "data" / ".act").write_text(words)
    (place / "data" / ".act").replace(place / "data" / "act")


# --- build --------------------------------------------------------------------------------------


def test_a_build_says_how_far_it_is_and_what_it_made(place: Path, root: Path) -> None:
    done = run(place, root, "build")
    assert (done.returncode, done.stderr) == (0, "")
    first, made, charts, *missing = done.stdout.splitlines()
    assert first == "doing one"
    assert made.startswith("site: 3 pages, 4 files (4 changed), 1.2 MB, in ")
    assert made.endswith(" s")
    assert charts == "charts: 12 drawn, 640 shown"
    assert missing == ["not found:", "   1,234  dates", "       1  day "]
    assert (place / "site" / "index.html").read_text(encoding="utf-8") == "<p>one é"


def test_a_second_build_says_what_changed(place: Path, root: Path) -> None:
    run(place, root, "build", "--out", "elsewhere")
    act(place, "two")
    done = run(place, root, "build", "--out", "elsewhere")
    assert "elsewhere: 3 pages, 4 files (3 changed)" in done.stdout


def test_bad_input_ends_with_1_and_leaves_the_old_site(place: Path, root: Path) -> None:
    run(place, root, "build")
    act(place, "bad input")
    done = run(place, root, "build")
    assert done.returncode == 1
    lines = done.stderr.splitlines()
    assert lines[0] == "act:1: found bad, expected good."
    assert lines[-1] == "… and 10 more problems."
    assert len(lines) == 51
    assert (place / "site" / "index.html").read_text(encoding="utf-8") == "<p>one é"


def test_a_rule_that_cannot_be_kept_ends_with_3(place: Path, root: Path) -> None:
    act(place, "policy")
    done = run(place, root, "build")
    assert (done.returncode, done.stderr) == (3, "a rule is not kept\n")
    assert not (place / "site").exists()


def test_our_bugs_keep_their_traceback(place: Path, root: Path) -> None:
    act(place, "bug")
    done = run(place, root, "build")
    assert done.returncode == 1
    assert "Traceback" in done.stderr
    assert "KeyError: 'our bug'" in done.stderr


def test_a_folder_of_somebody_else_is_left_alone(place: Path, root: Path) -> None:
    (place / "letters").mkdir()
    (place / "letters" / "dear.txt").write_text("kept")
    done = run(place, root, "build", "--out", "letters")
    assert done.returncode == 1
    assert done.stderr.startswith(f"{place}/letters: found files that no build has put there")
    assert (place / "letters" / "dear.txt").read_text() == "kept"


def test_one_build_at_a_time_and_ctrl_c_ends_with_130(place: Path, root: Path) -> None:
    run(place, root, "build")
    act(place, "wait")
    with subprocess.Popen(
        [sys.executable, "-m", "generator", "build"],
        cwd=place,
        env=surroundings(place, root),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as building:
        assert building.stdout is not None
        assert building.stdout.readline() == "doing wait\n"
        second = run(place, root, "build", "--out", "elsewhere")
        building.send_signal(signal.SIGINT)
        _, said = building.communicate()
    assert second.returncode == 1
    assert second.stderr.startswith(f"{place}/build: found another build at work, expected one")
    assert (building.returncode, said) == (130, "stopped; the old site is untouched\n")
    assert (place / "site" / "index.html").read_text(encoding="utf-8") == "<p>one é"


def test_the_day_comes_from_the_environment(place: Path, root: Path) -> None:
    done = run(place, root, "build", SOURCE_DATE_EPOCH="1700000000")
    assert done.stdout.endswith("       1  day 2023-11-14\n")


def test_a_day_that_is_no_number_is_a_problem(place: Path, root: Path) -> None:
    done = run(place, root, "build", SOURCE_DATE_EPOCH="today")
    expected = (
        'SOURCE_DATE_EPOCH: found "today", expected seconds since 1970, a whole number. '
        "Correct or unset the variable.\n"
    )
    assert (done.returncode, done.stderr) == (1, expected)


@pytest.mark.parametrize("seconds", ["1e9", "99999999999999999999", "-99999999999999", "1 0"])
def test_a_day_outside_the_calendar_is_a_problem(seconds: str) -> None:
    with pytest.raises(InputError, match="expected seconds since 1970"):
        build.data_date({build.EPOCH: seconds})


def test_no_day_leaves_it_to_the_data() -> None:
    assert build.data_date({}) == build.data_date({build.EPOCH: ""}) == ""
    assert build.data_date({build.EPOCH: "0"}) == "1970-01-01"


# --- how many processes --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("schools", "processors", "expected"),
    [(0, 4, 1), (652, 4, 1), (1_000, 4, 2), (2_000, 2, 2), (10_000, 1, 1), (100_000, 64, 8)],
)
def test_a_process_for_each_500_schools_and_each_processor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, schools: int, processors: int, expected: int
) -> None:
    (tmp_path / "schools.csv").write_text("school_id\n" + "a school\n" * schools)
    monkeypatch.setattr(hands, "processors", lambda: processors)
    assert hands.hands_for(tmp_path) == expected


def test_what_cannot_be_read_is_left_to_the_build_to_tell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_: Path) -> NoReturn:
        raise PermissionError

    (tmp_path / "schools.csv").write_text("school_id\n")
    monkeypatch.setattr(Path, "read_bytes", refused)
    assert hands.hands_for(tmp_path) == 1
    assert hands.hands_for(tmp_path / "nowhere") == 1


@pytest.mark.parametrize(("jobs", "expected"), [(None, 3), (1, 1), (5, 5)])
def test_a_build_takes_the_processes_that_it_is_given_or_that_it_is_worth(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int | None, expected: int
) -> None:
    asked: list[int] = []

    def stopped(settings: Settings, _: object) -> NoReturn:
        asked.append(settings.jobs)
        raise InterruptedError

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(pipeline, "build", stopped)
    monkeypatch.setattr(build, "hands_for", lambda _: 3)
    with pytest.raises(InterruptedError):
        build.run(tmp_path / "data", tmp_path / "site", "", jobs)
    assert asked == [expected]


# --- what is not replaced -----------------------------------------------------------------------


def settings(place: Path, out: Path) -> Settings:
    return Settings(
        data=place / "data",
        out=out,
        templates=place / "templates",
        build=place / "build",
        config=place / "mkdocs.yml",
        base_url="",
        jobs=1,
        data_date="",
    )


@pytest.mark.parametrize(
    "out", [".", "..", "data", "data/site", "templates", "templates/x", "build"]
)
def test_what_a_build_reads_is_never_replaced(tmp_path: Path, out: str) -> None:
    with pytest.raises(UsageError, match="expected a folder apart from what the build reads"):
        build.refuse_overlap(settings(tmp_path, tmp_path / out))


@pytest.mark.parametrize("out", ["data", ".", "/"])
def test_a_build_into_what_it_reads_is_wrong_use_and_ends_with_2(
    place: Path, root: Path, out: str
) -> None:
    done = run(place, root, "build", "--out", out)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"{(place / out).resolve()}: found the place of ")
    assert done.stderr.endswith(" because a build replaces it whole. Choose another with --out.\n")
    assert (place / "data" / "act").read_text() == "one"


@pytest.mark.parametrize("out", ["site", "build/site", "database", "new/data"])
def test_a_folder_apart_is_fine(tmp_path: Path, out: str) -> None:
    build.refuse_overlap(settings(tmp_path, tmp_path / out))


# --- progress -----------------------------------------------------------------------------------


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_shows_one_line_written_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "10")
    stream = Terminal()
    with telling.telling(stream) as say:
        say(Step("reading"))
        say(Step("drawing charts"))
    assert stream.getvalue() == "\r\x1b[Kreading\r\x1b[Kdrawing c\r\x1b[K"


def test_a_terminal_is_clean_before_an_error_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    stream = Terminal()

    def fail() -> None:
        with telling.telling(stream) as say:
            say(Step("reading"))
            raise InputError([])

    with pytest.raises(InputError):
        fail()
    assert stream.getvalue().endswith("\r\x1b[K")


@pytest.mark.parametrize("stream", [io.StringIO(), Terminal()])
def test_elsewhere_progress_is_lines(monkeypatch: pytest.MonkeyPatch, stream: io.StringIO) -> None:
    monkeypatch.setenv("TERM", "dumb")
    with telling.telling(stream) as say:
        say(Step("reading"))
        say(Step("drawing charts"))
    assert stream.getvalue() == "reading\ndrawing charts\n"


def test_long_work_says_how_fast_it_goes_and_how_long_it_will_go_on() -> None:
    timed = telling.Timed(iter([5.0, 10.0, 20.0, 21.0, 23.0, 24.0]).__next__)
    steps = [(100, 100_000), (600, 100_000), (1_100, 100_000), (100, 200), (200, 200), (0, 0)]
    assert [timed.said(Step(f"stamped {done}", done, of)) for done, of in steps] == [
        "stamped 100",
        "stamped 600, 100 a second, 17 min left",
        "stamped 1100, 67 a second, 25 min left",
        "stamped 100",  # the next language
        "stamped 200, 50 a second, 0 s left",
        "stamped 0",
    ]


def test_nothing_missing_is_said_too() -> None:
    said = build.describe(Summary(1, 2, 0, 0, 0, 0, {"dates": 0}), Path("site"), 0.04)
    assert said.splitlines()[0] == "site: 1 pages, 2 files (0 changed), 0.0 MB, in 0.0 s"
    assert said.endswith("not found: nothing")


def test_hosts_that_take_less_are_named() -> None:
    assert beyond(Size(10**9, 20_000)) == ()
    found = beyond(Size(2_949_000_000, 410_000))
    assert found == (
        "GitHub Pages takes 1 GB: this edition needs 2.9 GB",
        "GitLab Pages takes 1 GB: this edition needs 2.9 GB, and 200,000 files: this edition needs"
        " 410,000",
        "Cloudflare Pages without a plan takes 20,000 files: this edition needs 410,000",
    )
    said = build.describe(Summary(1, 2, 0, 0, 0, 0, {}, found), Path("site"), 0.04)
    assert said.splitlines()[2] == "GitHub Pages takes 1 GB: this edition needs 2.9 GB."
    assert expected(Size(500, 4), schools=2, of=100, languages=2) == Size(50_000, 400)


# --- arguments ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "the following arguments are required: COMMAND"),
        (["bild"], "invalid choice: 'bild'"),
        (["build", "--jobs", "0"], "found '0', expected a whole number from 1"),
        (["build", "--jobs", "two"], "found 'two', expected a whole number from 1"),
        (["build", "--scheduler", "here"], "found 'here', expected tcp://host:port"),
        (["build", "--jobs", "²"], "found '²', expected a whole number from 1"),
        (["build", "--base-url", "example.org"], "expected https://… or http://…"),
        (["build", "--base-url", "https://example.org/?a"], "expected https://… or http://…"),
        (["build", "--port", "1"], "unrecognized arguments: --port 1"),
        (["check", "--out", "site"], "unrecognized arguments: --out site"),
        (["serve", "--port", "65536"], "expected a whole number up to 65535"),
    ],
)
def test_wrong_use_ends_with_2(
    capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    printed = capsys.readouterr()
    assert caught.value.code == 2
    assert said in printed.err
    assert printed.err.startswith("usage: sro-record")
    assert printed.out == ""


def test_help_imports_nothing_heavy(place: Path, root: Path) -> None:
    script = (
        "import sys\nfrom generator.__main__ import main\n"
        "try:\n    main(['--help'])\n"
        "finally:\n    print(sorted({'pandas', 'altair', 'jinja2'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=surroundings(place, root),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith("usage: sro-record")
    assert done.stdout.endswith("[]\n")


def test_check_reads_the_data_and_writes_nothing(place: Path, root: Path) -> None:
    before = sorted(place.rglob("*"))
    done = run(place, root, "check", "--data", "data")
    assert done.returncode == 1
    assert "site.toml" in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(place.rglob("*")) == before


# --- serve --------------------------------------------------------------------------------------


def fetch(url: str, method: str = "GET") -> tuple[int, str, str]:
    """Status, type and text of an answer, whatever the status."""
    try:
        with urlopen(Request(url, method=method)) as answer:
            return answer.status, answer.headers["Content-Type"], answer.read().decode()
    except HTTPError as error:
        with error:
            return error.code, error.headers["Content-Type"], error.read().decode()


def until(lines: Iterator[str], start: str) -> str:
    """The first line that starts so; fails when the process has said all it will."""
    seen = []
    for line in lines:
        seen.append(line)
        if line.startswith(start):
            return line
    pytest.fail(f"no line starts with {start!r} in {seen}")


def test_serve_builds_again_when_data_change_and_keeps_the_old_site(
    place: Path, root: Path
) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "generator", "serve", "--port", "0"],
        cwd=place,
        env=surroundings(place, root),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as server:
        try:
            assert server.stdout is not None
            lines = iter(server.stdout)
            url = until(lines, "serving site at ").split()[3]
            until(lines, "not found")
            assert fetch(url) == (200, "text/html; charset=utf-8", "<p>one é")

            act(place, "two")
            assert until(lines, "changed: ") == "changed: data/act\n"
            until(lines, "not found")
            assert fetch(url)[2] == "<p>two é"

            act(place, "bad input")
            until(lines, "act:1: found bad, expected good.")
            until(lines, "the build ended with 1; the old site is still served")
            assert fetch(url)[2] == "<p>two é"

            act(place, "bug")
            until(lines, "KeyError: 'our bug'")
            until(lines, "the build ended with 1; the old site is still served")

            act(place, "three")
            until(lines, "not found")
            assert fetch(url)[2] == "<p>three é"
        finally:
            server.send_signal(signal.SIGINT)
            rest = server.stdout.read() if server.stdout else ""
    assert (server.returncode, rest.splitlines()[-1]) == (0, "stopped")


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder and the address that serves it."""
    out = tmp_path / "site"
    (out / "schools" / "none").mkdir(parents=True)
    (out / "index.html").write_text("<p>home", encoding="utf-8")
    (out / "schools" / "index.html").write_text("<p>schools", encoding="utf-8")
    with serve.serving(out, "127.0.0.1", 0) as url:
        yield out, url


def test_a_missing_page_is_the_sites_own(served: tuple[Path, str]) -> None:
    out, url = served
    assert fetch(f"{url}nowhere/")[0] == 404
    (out / "404.html").write_text("<p>not here", encoding="utf-8")
    missing = (404, "text/html; charset=utf-8", "<p>not here")
    assert fetch(f"{url}nowhere/") == fetch(f"{url}schools/none/") == missing
    assert fetch(f"{url}nowhere/", "HEAD") == (404, "text/html; charset=utf-8", "")
    assert fetch(f"{url}schools") == (200, "text/html; charset=utf-8", "<p>schools")
    assert fetch(url, "PUT")[0] == 501


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.csv", "text/csv; charset=utf-8"),
        ("a.js", "text/javascript; charset=utf-8"),
        ("a.svg", "image/svg+xml"),
        ("a.json", "application/json"),
        ("a.woff2", "font/woff2"),
        ("a.png", "image/png"),
        ("CNAME", "application/octet-stream"),
    ],
)
def test_files_have_the_types_that_a_host_gives(
    served: tuple[Path, str], name: str, kind: str
) -> None:
    out, url = served
    (out / name).write_bytes(b"x")
    with urlopen(f"{url}{name}") as answer:
        assert answer.headers["Content-Type"] == kind
        assert answer.headers["Cache-Control"] == "no-store"


def test_the_server_shows_nothing_outside_the_site(served: tuple[Path, str]) -> None:
    out, url = served
    (out.parent / "secret").write_text("secret")
    assert fetch(f"{url}../secret")[0] == fetch(f"{url}%2e%2e/secret")[0] == 404


def test_a_port_in_use_is_a_message(served: tuple[Path, str]) -> None:
    out, url = served
    port = int(url.rstrip("/").rpartition(":")[2])
    with (
        pytest.raises(OutputError, match=r"expected a free port\. Choose another with --port"),
        serve.serving(out, "127.0.0.1", port),
    ):
        pass


@pytest.mark.parametrize(
    ("before", "after", "names"),
    [
        ({}, {}, []),
        ({"a": (1, 1)}, {"a": (1, 1)}, []),
        ({}, {"b": (1, 1), "a": (1, 1)}, ["a", "b"]),
        ({"a": (1, 1)}, {}, ["a"]),
        ({"a": (1, 1)}, {"a": (2, 1)}, ["a"]),
        ({"a": (1, 1)}, {"a": (1, 2)}, ["a"]),
    ],
)
def test_what_changed_between_two_looks(
    before: serve.Look, after: serve.Look, names: list[str]
) -> None:
    assert serve.changed(before, after) == names


def test_watching_builds_at_first_and_at_every_change(capsys: pytest.CaptureFixture[str]) -> None:
    one, two = {"a": (1, 1)}, {"a": (2, 1)}
    built = []
    serve.watch(iter([one, one, two, two, one]), lambda: built.append("site"))
    assert len(built) == 3
    assert capsys.readouterr().out == "changed: a\nchanged: a\n"


def test_many_changes_are_told_in_short() -> None:
    assert serve.describe(list("ab")) == "a, b"
    assert serve.describe(list("abcdefg")) == "a, b, c, d, e and 2 more"


def test_a_look_sees_files_of_folders_and_files_by_name(tmp_path: Path) -> None:
    for name in ("d/a.csv", "d/.a.csv.swp", "d/a.csv~", "mkdocs.yml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("12")
    places = [tmp_path / "d", tmp_path / "mkdocs.yml", tmp_path / "none"]
    seen = next(serve.looks(places, 0))
    assert sorted(seen) == [str(tmp_path / "d/a.csv"), str(tmp_path / "mkdocs.yml")]
    assert {size for _, size in seen.values()} == {2}


def test_the_build_of_the_server_is_the_one_of_the_command_line() -> None:
    command = serve.build_command(Path("d"), Path("o"), "https://example.org/")
    assert command[1:] == [
        *("-m", "generator", "build", "--data", "d", "--out", "o"),
        *("--base-url", "https://example.org/"),
    ]
    assert "--base-url" not in serve.build_command(Path("d"), Path("o"), "")
