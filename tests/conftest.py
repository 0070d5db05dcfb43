"""Fixtures that every test may use: the real site, built once, and the address that serves it."""

import compileall
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from shutil import copytree, rmtree
from tempfile import mkdtemp

import pytest
from hypothesis import settings

from generator.pipeline import build, figures, rendering
from tests import remembered, reread
from tests.bilingual_edition import write_bilingual
from tests.kept_shell import KEPT, run_kept
from tests.presenting import PICTURES, SHARED_PICTURES
from tests.presenting import settings as told_of
from tests.server import Headers, joining, rules_of, serve
from tests.shared import made_once, put_back

ROOT = Path(__file__).resolve().parents[1]
BUILD_SECONDS = 600

# A shared machine stalls now and then: a slow example is no failure. CI tries the same examples
# each time, so that a red run says something about the change; people get new ones at every run.
settings.register_profile("people", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "people")


def pytest_configure(config: pytest.Config) -> None:
    """Make the folders of pictures and shells before the processes of a run start, which inherit
    their names; builds and releases in the tests' own process take MkDocs' pages and pictures from
    there."""
    for variable, prefix in ((SHARED_PICTURES, "pictures-"), (KEPT, "shells-")):
        if variable not in os.environ:
            folder = mkdtemp(prefix=prefix)
            os.environ[variable] = folder
            config.add_cleanup(partial(rmtree, folder, ignore_errors=True))
    if sys.dont_write_bytecode and not hasattr(config, "workerinput"):
        # Else each process that a test starts compiles the generator again, for half a second.
        compileall.compile_dir(ROOT / "generator", quiet=2)
    rendering.run_mkdocs = run_kept
    figures.drawn = lambda: PICTURES


@pytest.fixture(scope="session", autouse=True)
def _remembering() -> Iterator[None]:
    """Files that editions of the run share are read and checked once, and nobody changes what was
    made of them; pages that sites share are read once."""
    memory = remembered.install()
    reread.install()
    yield
    assert memory.changed() == []


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the finished site, built from data/ by the command that people run."""
    return made_once(tmp_path_factory, "built", build_real) / "site"


def build_real(folder: Path) -> None:
    """Build data/ into the folder's `site`."""
    out = folder / "site"
    done = subprocess.run(
        [sys.executable, "-m", "generator", "build", "--data", "data", "--out", str(out)],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=BUILD_SECONDS,
        check=False,
    )
    if done.returncode:
        pytest.fail(f"the build ended with {done.returncode}:\n{done.stdout}{done.stderr}", False)


@pytest.fixture(scope="session")
def _copies() -> dict[Path, Path]:
    """The copies that tests of this process have changed and put back, by what they are of."""
    return {}


@pytest.fixture
def copied(
    tmp_path_factory: pytest.TempPathFactory, _copies: dict[Path, Path]
) -> Iterator[Callable[[Path], Path]]:
    """Gives a copy of a folder to change: copied(site). It is put back for the next test, which
    takes a fraction of the time of a copy."""
    used = []

    def copy(folder: Path) -> Path:
        if folder not in _copies:
            _copies[folder] = copytree(folder, tmp_path_factory.mktemp("copied") / "copy")
        used.append(folder)
        return _copies[folder]

    yield copy
    for folder in used:
        put_back(folder, _copies[folder])


@pytest.fixture(scope="session")
def site_headers(site: Path) -> Headers:
    """Headers that the host sends with each file: what the site's own `_headers` asks for."""
    return joining(rules_of(site))


@pytest.fixture(scope="session")
def site_url(site: Path, site_headers: Headers) -> Iterator[str]:
    """The address of the served site, without a slash at the end."""
    with serve(site, site_headers) as url:
        yield url


@pytest.fixture(scope="session")
def bilingual_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the invented edition in two languages; nobody changes it."""
    return made_once(tmp_path_factory, "bilingual", build_bilingual) / "site"


def build_bilingual(folder: Path) -> None:
    """Write that edition to the folder's `data` and build its `site`."""
    build(told_of(folder, write_bilingual(folder / "data")), lambda _: None)
