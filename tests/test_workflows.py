"""The workflows of the repository: what they may do, and every step that they run, as written."""

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.checkout import GITHUB, WORKFLOWS, Checkout, checkout, jobs, read, steps
from tests.edition import edit

ROOT = Path(__file__).resolve().parents[1]
# Steps that only install, or run the whole suite. What publishes and signs is an action.
LEFT_OUT = {"Install", "Install what lists packages", "Test"}
# The right to write, and what for: nothing else may write anything.
WRITING = {
    ("comment", "comment"): {"pull-requests"},
    ("packages", "propose"): {"contents", "pull-requests"},
    ("publish", "publish"): {"attestations", "id-token", "pages"},
}


def tool(*command: str) -> None:
    """Run one of the tools that judge workflows, without the network."""
    told = [str(Path(sys.executable).parent / command[0]), *command[1:]]
    done = subprocess.run(told, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_they_are_what_github_takes() -> None:
    tool("check-jsonschema", "--builtin-schema", "vendor.github-workflows", *map(str, WORKFLOWS))
    dependabot = ROOT / ".github/dependabot.yml"
    tool("check-jsonschema", "--builtin-schema", "vendor.dependabot", str(dependabot))


def test_an_auditor_of_workflows_finds_nothing() -> None:
    tool("zizmor", "--offline", "--no-progress", "--persona=pedantic", "--quiet", str(ROOT))


def test_no_job_has_more_rights_than_it_needs() -> None:
    assert [path.stem for path in WORKFLOWS if read(path.stem)["permissions"] != {}] == []
    for workflow, name, job in jobs():
        rights = job["permissions"]
        assert set(rights.values()) <= {"read", "write"}
        writes = {right for right, level in rights.items() if level == "write"}
        assert writes == WRITING.get((workflow, name), set()), f"{workflow}: {name}"


def test_what_may_write_runs_no_code_of_a_pull_request() -> None:
    """On a pull request nothing may write; after one, only the main branch is taken."""
    for workflow, _, job in jobs():
        if "pull_request" in read(workflow)[True]:  # YAML reads `on` as true
            assert "write" not in job["permissions"].values()
    taken = [step.get("with", {}) for step in read("comment")["jobs"]["comment"]["steps"]]
    assert not [one for one in taken if "ref" in one or "repository" in one]


def test_actions_are_named_by_their_hashes_and_keep_no_key() -> None:
    for workflow, step in steps():
        if "uses" in step:
            assert re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", step["uses"]), workflow
            if step["uses"].startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False


def test_no_step_pastes_what_github_says_into_a_script() -> None:
    assert [step["name"] for _, step in steps() if GITHUB.search(step.get("run", ""))] == []


# --- every step, as written ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """A checkout of a pull request, with the one before it inside."""
    place = checkout(tmp_path_factory.mktemp("work"))
    checkout(place.folder / "before")
    edit(place.folder / "data", "votes", 2, "seats", "13")
    return place


def test_a_pull_request_is_checked_and_compared(work: Checkout) -> None:
    for step in ("Check the tables", "Build the site", "Compute every value again",
                 "Build the site as it was before", "Compare"):  # fmt: skip
        done = work.run("check", step)
        assert done.returncode == 0, step + done.stdout + done.stderr
    said = (work.folder / "changes.md").read_text(encoding="utf-8")
    head, *_ = said.splitlines()
    assert head.startswith("**before/site → site**: 1 value changed, ")
    assert re.search(r", \d+ pages? changed$", head)
    assert "- schools/000104/" in said
    assert "| votes | heights-2020 | seats | 12 | 13 |" in said
    assert work.summary.startswith("### data: no problems found\n")
    assert work.summary.endswith(said)


def test_a_line_that_is_wrong_is_marked(tmp_path: Path) -> None:
    place = checkout(tmp_path / "work")
    edit(place.folder / "data", "votes", 2, "seats", "12*, or 100%")
    done = place.run("check", "Check the tables")
    lines = (place.folder / "data/votes.csv").read_text(encoding="utf-8").splitlines()
    column = lines[1].index('"12*') + 1
    assert done.returncode == 1
    assert done.stdout.startswith(f"::error file=data/votes.csv,line=2,col={column}::seats: found ")
    assert "12*, or 100%25" in done.stdout.splitlines()[0]
    assert done.stderr.startswith("data/votes.csv:2 seats: found ")
    assert place.summary.startswith("### data: 1 problem\n")
    assert "| data/votes.csv:2 | seats | " in place.summary
    place.run("check", "Say that it is refused")
    said = (place.folder / "changes.md").read_text(encoding="utf-8")
    assert said.startswith("**Refused.** ")


def test_the_main_branch_is_built_for_its_address_and_its_packages_are_listed(
    work: Checkout,
) -> None:
    for step in ("Build the site", "Compute every value again", "List the packages"):
        done = work.run("publish", step, ADDRESS="https://someone.example/record")
        assert done.returncode == 0, step + done.stdout + done.stderr
    home = (work.folder / "site/index.html").read_text(encoding="utf-8")
    assert '<link rel="canonical" href="https://someone.example/record/">' in home
    proof = work.folder / "proof"
    assert sorted(path.name for path in proof.iterdir()) == ["manifest.json", "sbom.cdx.json"]
    assert json.loads((proof / "sbom.cdx.json").read_bytes())["bomFormat"] == "CycloneDX"


def test_packages_are_asked_for_with_their_hashes(tmp_path: Path) -> None:
    """These two ask the network: make says what it would run."""
    place = checkout(tmp_path / "work")
    locks = len(list((place.folder / "requirements").iterdir()))
    locking = place.run("packages", "Lock newer versions", MAKEFLAGS="n").stdout
    assert len(re.findall(r"uv pip compile .* --generate-hashes .*--upgrade", locking)) == locks
    auditing = place.run("packages", "Audit", MAKEFLAGS="n").stdout
    assert "pip_audit --require-hashes --disable-pip --requirement" in auditing


GH = """#!/usr/bin/env bash
echo "$*" >> "$ASKED"
if [ "$1 $2" = "pr list" ]; then cat "$OPEN"; fi
"""


def test_newer_packages_are_proposed_once(tmp_path: Path) -> None:
    def git(*command: str) -> str:
        told = ["git", "-C", str(tmp_path / "work"), "-c", "user.name=a", "-c", "user.email=a@b"]
        return subprocess.run([*told, *command], check=True, capture_output=True, text=True).stdout

    place, asked, open_ = Checkout(tmp_path / "work"), tmp_path / "asked", tmp_path / "open"
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/gh").write_text(GH)
    (tmp_path / "bin/gh").chmod(0o755)
    subprocess.run(["git", "init", "--quiet", "--bare", tmp_path / "origin"], check=True)
    (place.folder / "requirements").mkdir(parents=True)
    (place.folder / ".github").symlink_to(ROOT / ".github")
    lock = place.folder / "requirements/build.txt"
    lock.write_text("one==1\n")
    git("init", "--quiet", "--initial-branch", "main")
    git("add", "requirements")
    git("commit", "--quiet", "--message", "x")
    git("remote", "add", "origin", str(tmp_path / "origin"))
    more = {"PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}", "ASKED": str(asked)}
    more |= {"OPEN": str(open_), "GH_TOKEN": "x"}

    assert place.run("packages", "Propose what is newer", **more).returncode == 0
    assert place.summary == "Nothing is newer.\n"
    assert not asked.exists()

    for is_open in ("", "7\n"):
        open_.write_text(is_open)
        asked.unlink(missing_ok=True)
        lock.write_text(f"one==2{is_open}\n")
        done = place.run("packages", "Propose what is newer", **more)
        assert done.returncode == 0, done.stderr
        assert ("pr create" in asked.read_text()) is (not is_open)
        assert git("diff", "--stat", "main", "origin/newer-packages").count("|") == 1
        git("switch", "--quiet", "main")
        git("branch", "--quiet", "-D", "newer-packages")


# --- the comment --------------------------------------------------------------------------------


@dataclass
class Hub:
    """GitHub, as far as comments go."""

    pulls: list[dict[str, Any]]
    comments: list[dict[str, Any]]
    asked: list[tuple[str, str]] = field(default_factory=list)

    def answer(self, method: str, address: str, body: Any) -> Any:
        """What it says, and what it keeps."""
        path, given = urlsplit(address).path, parse_qs(urlsplit(address).query)
        self.asked.append((method, path))
        if method == "POST":
            made = {"id": 999, "user": {"login": "github-actions[bot]"}, **body}
            self.comments.append(made)
            return made
        if method == "PATCH":
            number = int(path.rpartition("/")[2])
            (known,) = (one for one in self.comments if one["id"] == number)
            known.update(body)
            return known
        page = int(given["page"][0]) - 1
        if path.endswith("/pulls"):
            (head,) = given["head"]
            return [one for one in self.pulls if one["label"] == head][
                page * 100 : page * 100 + 100
            ]
        return self.comments[page * 100 : page * 100 + 100]


@contextmanager
def serving(hub: Hub) -> Iterator[str]:
    """The address at which it answers."""

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            assert self.headers["Authorization"] == "Bearer key"
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            said = json.dumps(hub.answer(self.command, self.path, body)).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        do_GET = do_POST = do_PATCH = answer  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def post(folder: Path, hub: Hub, said: str) -> str:
    """Run the step for the run of a check, and give back what it prints."""
    (folder / "changes").mkdir(parents=True, exist_ok=True)
    (folder / "changes/changes.md").write_text(said, encoding="utf-8")
    if not (folder / ".github").exists():
        (folder / ".github").symlink_to(ROOT / ".github")
    owner = {"owner": {"login": "b"}}
    event = {"head_sha": "new", "head_branch": "more & votes", "head_repository": owner}
    (folder / "event.json").write_text(json.dumps({"workflow_run": event}))
    with serving(hub) as address:
        done = Checkout(folder).run(
            "comment", "Post it", GITHUB_TOKEN="key", GITHUB_API_URL=address,
            GITHUB_REPOSITORY="a/record", GITHUB_EVENT_PATH=str(folder / "event.json"),
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def pull(number: int, sha: str = "new", label: str = "b:more & votes") -> dict[str, Any]:
    """A pull request as the list of GitHub has it."""
    return {"number": number, "head": {"sha": sha}, "label": label}


MARKER = "<!-- sro-record: what a pull request changes -->\n"


def test_one_comment_is_posted_and_brought_up_to_date(tmp_path: Path) -> None:
    others = [{"id": n, "user": {"login": "c"}, "body": MARKER} for n in range(120)]
    hub = Hub([pull(1, "old"), pull(2), pull(3, label="c:more & votes")], list(others))
    assert post(tmp_path, hub, "12 values changed\n").endswith("2 is up to date.\n")
    assert hub.comments[120:] == [
        {
            "id": 999,
            "user": {"login": "github-actions[bot]"},
            "body": MARKER + "12 values changed\n",
        }
    ]
    post(tmp_path, hub, "13 values changed\n")
    assert [one["body"] for one in hub.comments[120:]] == [MARKER + "13 values changed\n"]
    assert hub.comments[:120] == others
    assert hub.asked[-1] == ("PATCH", "/repos/a/record/issues/comments/999")


def test_a_pull_request_that_moved_on_gets_no_comment(tmp_path: Path) -> None:
    hub = Hub([pull(1, "newer")], [])
    assert "nothing is posted" in post(tmp_path, hub, "old news")
    assert hub.comments == []


def test_a_comment_calls_nobody_and_links_nowhere(tmp_path: Path) -> None:
    hub = Hub([pull(2)], [])
    said = "@all ![x](https://x.example/) <img src=x> <!-- y --> www.x.example \u202egpj \x1b[31m\n"
    fold = "<details><summary>3 pages</summary>\n\n- é → “ä” | ٣\n\n</details>\n"
    post(tmp_path, hub, said + fold + "y" * 70_000)
    (body,) = (one["body"].removeprefix(MARKER) for one in hub.comments)
    first, rest = body.split("\n", 1)
    assert first == (
        "@&#8203;all ![x]&#40;https:&#8203;//x.example/) &lt;img src=x> &lt;!-- y --> "
        "www&#46;x.example gpj [31m"
    )
    assert rest.startswith(fold)
    assert len(body) == 60_000


# --- last, when every test above has run --------------------------------------------------------


def test_every_step_is_run_by_a_test() -> None:
    """By what the tests say: any process may run any of them."""
    source = Path(__file__).read_text(encoding="utf-8")
    written = {step["name"] for _, step in steps() if "run" in step}
    assert {name for name in written if f'"{name}"' not in source} == set()
    assert written >= LEFT_OUT
