"""Builds that are killed, have no room, no right to write, no network or a wrong clock."""

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from generator.release import MANIFEST
from tests.presenting import ROOT

# Builds as the command does. Where `kept` stands, what MkDocs makes of the same pages is kept:
# it takes most of the time of a build, and kills are to come at all the rest too. What is kept is
# no part of the build, so it may be longer than its files may.
BUILD = """
import hashlib, os, resource, shutil, signal, sys
from pathlib import Path
from generator.__main__ import main
from generator.pipeline import rendering
work, most = Path(sys.argv[1]), int(sys.argv[2])
def limit(most):
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))
def kept(config, docs, shell, **told):
    found = hashlib.sha256(repr(sorted(told.items())).encode())
    for path in sorted(path for path in docs.rglob("*") if path.is_file()):
        found.update(str(path.relative_to(docs)).encode() + path.read_bytes())
    place = work / "kept" / found.hexdigest()
    limit(resource.RLIM_INFINITY)
    if not place.is_dir():
        true(config, docs, shell, **told)
        half = place.with_name(f"{place.name}.{os.getpid()}")
        shutil.copytree(shell, half)
        half.rename(place)
    shutil.rmtree(shell, ignore_errors=True)
    shutil.copytree(place, shell)
    limit(most or resource.RLIM_INFINITY)
true = rendering.run_mkdocs
if (work / "kept").is_dir():
    rendering.run_mkdocs = kept
if most:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    limit(most)
print("begun", flush=True)
sys.exit(main(["build", "--data", str(work / "data"), "--out", str(work / "site")]))
"""
NETWORK = """
import socket, sys
def refuse(*_, **__):
    raise OSError("no network here")
socket.socket.connect = socket.socket.connect_ex = refuse
socket.getaddrinfo = socket.create_connection = refuse
"""


def command(work: Path, most: int = 0, before: str = "") -> list[str]:
    """The command line of a build in `work`, where no file may be longer than `most` bytes."""
    return [sys.executable, "-c", before + BUILD, str(work), str(most)]


def run(
    work: Path, most: int = 0, before: str = "", **more: str
) -> subprocess.CompletedProcess[str]:
    """One build to its end."""
    return subprocess.run(
        command(work, most, before), cwd=work, env=surroundings(**more), capture_output=True,
        text=True, check=False,
    )  # fmt: skip


def surroundings(**more: str) -> Mapping[str, str]:
    """The environment of a build; it finds the checkout from wherever it runs."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **more}


def state(site: Path) -> str:
    """Which site stands there, if it is whole; else what is wrong with it."""
    try:
        named = json.loads((site / MANIFEST).read_bytes())["files"]
    except (OSError, ValueError) as error:
        return f"no manifest: {error}"
    held = {
        path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()
    } - {MANIFEST}  # fmt: skip
    if held != {one["path"] for one in named}:
        return "other files than the manifest names"
    for one in named:
        content = (site / one["path"]).read_bytes()
        if hashlib.sha256(content).hexdigest() != one["sha256"]:
            return f"another {one['path']}"
    return hashlib.sha256((site / MANIFEST).read_bytes()).hexdigest()


def kill_builds(
    work: Path, change: Callable[[int], None], states: Callable[[], set[str]], kills: int, seed: int
) -> tuple[list[str], int]:
    """Start builds of changed data and kill each, with all its processes, at a random moment of the
    time that one takes. What was wrong afterwards, and how many came too late."""
    dice, wrong, late = random.Random(seed), [], 0
    start = time.monotonic()
    if (done := run(work)).returncode:
        return [done.stderr], 0
    span = time.monotonic() - start
    for number in range(kills):
        change(number)
        with subprocess.Popen(
            command(work), cwd=work, env=surroundings(), stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, start_new_session=True,
        ) as building:  # fmt: skip
            assert building.stdout is not None
            building.stdout.readline()
            time.sleep(dice.random() * span)
            late += building.poll() is not None
            with suppress(ProcessLookupError):
                os.killpg(building.pid, signal.SIGKILL)
        if (found := state(work / "site")) not in states():
            wrong.append(f"kill {number}: {found}")
    return wrong, late


def leftovers(work: Path) -> list[str]:
    """What stands beside the site, but for what always does."""
    return sorted(
        path.name for path in work.iterdir()
        if path.name not in {"site", "data", "build", "kept", ".site.lock"}
    )  # fmt: skip
