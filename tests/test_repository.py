"""What a stranger's checkout may hold: no machine's paths, small modules, locks that fit."""

import ast
import re
import subprocess
import sys
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("build", "supply", "test")
MODULE_LINES, FUNCTION_LINES = 300, 50

# Brackets keep a pattern from matching the line that states it. A path counts where it begins:
# "https://example.org/work/" is an address.
FOREIGN = re.compile(
    r"pythonhosted[.]org|pypi[.]org/simple|registry[.]npmjs|index[-]url|file[:]//"
    r"|(?<![\w.~)}*-])/(?:root|work|tmp|home/\w+|Users/\w+)/"
)


def listed(*options: str) -> list[Path]:
    """Files that git knows, or would take with the next `git add`."""
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z", *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


def foreign(text: str) -> list[str]:
    """Registry hosts and paths of one machine in a text."""
    return [match.group() for match in FOREIGN.finditer(text)]


def generator() -> list[Path]:
    """The modules of the package."""
    return sorted((ROOT / "generator").rglob("*.py"))


def pins(name: str) -> dict[str, str]:
    """What a lock file installs: name → version, with whatever condition stands beside it."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    return dict(re.findall(r"^([\w.-]+)==(.+?) \\$", text, flags=re.MULTILINE))


def test_no_file_names_a_machine() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {what}"
        for path in listed("--cached", "--others", "--exclude-standard")
        for what in foreign(path.read_text(encoding="utf-8", errors="replace"))
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "text",
    ["--extra-index" + "-url x", "see /ro" + "ot/x", "cd /wo" + "rk/main", "file:" + "///opt"],
)
def test_a_machine_is_recognised(text: str) -> None:
    assert foreign(text)


def test_an_address_is_no_machine() -> None:
    assert not foreign("https://example.org/wo" + "rk/programs and build/tm" + "p/x")


# What only Chicago's edition may say: it stands in data/.
OF_CHICAGO = re.compile(
    r"Chicago|Illinois|community area|Local School Council|safety.?plan"
    r"|\bC[P]S\b|\bLS[C]\b|\bCP[D]\b|\b4[12]\.\d|-8[78]\.\d",
    re.IGNORECASE,
)


def test_nothing_of_one_place_is_in_code_or_templates() -> None:
    """Words that belong to an edition stand in its site.toml: tests/golden/elsewhere has others."""
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in listed("--cached", "generator", "templates", "mkdocs.yml")
        for match in OF_CHICAGO.finditer(path.read_text(encoding="utf-8", errors="replace"))
    ]
    assert not found, "\n".join(found)


def test_the_built_site_is_not_kept() -> None:
    assert [path.name for path in listed("--cached", "site")] == [".gitignore"]


def test_each_module_says_what_it_is() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in generator()
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert not silent, f"no docstring: {silent}"


def test_modules_and_functions_stay_short() -> None:
    found = []
    for path in generator():
        source, place = path.read_text(encoding="utf-8"), path.relative_to(ROOT)
        lines = source.count("\n")
        if lines > MODULE_LINES:
            found.append(f"{place}: {lines} lines, at most {MODULE_LINES}")
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > FUNCTION_LINES:
                    where = f"{place}:{node.lineno} {node.name}"
                    found.append(f"{where}: {length} lines, at most {FUNCTION_LINES}")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_its_hash(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    assert "://" not in text
    blocks = re.split(r"\n(?=[\w])", re.sub(r"^ *#.*\n", "", text, flags=re.MULTILINE))
    bare = [block.split()[0] for block in blocks if "--hash=sha256:" not in block]
    assert not bare, bare
    assert len(blocks) == len(pins(name))


def test_one_environment_can_hold_all_locks() -> None:
    for less, more in pairwise(LOCKS):
        assert pins(less).items() <= pins(more).items()


def test_the_locks_hold_what_is_declared() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        declared = tomllib.load(file)
    project = declared["project"]
    extras = project["optional-dependencies"]
    wanted = {
        "build": [*project["dependencies"], *extras["backend"]],
        "supply": [*project["dependencies"], *extras["properdocs"], *extras["supply"]],
        "test": [one for extra in extras.values() for one in extra],
    }
    for name, requirements in wanted.items():
        names = {re.split(r"[^\w.-]", one)[0].lower() for one in requirements}
        assert names <= set(pins(name)), "run `make lock`"
    assert declared["build-system"]["requires"] == extras["backend"]
    assert pins("build")["setuptools"] == extras["backend"][0].partition("==")[2]


GUARD = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def test_every_promise_about_people_names_a_test_that_exists() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    lines = text.partition("## What protects people")[2].splitlines()
    promises = [line for line in lines if line.startswith("|")][2:]
    assert len(promises) >= 30
    lacking = []
    for line in promises:
        found = GUARD.search(line)
        path = ROOT / found[1] if found else ROOT / "none"
        source = path.read_text(encoding="utf-8") if path.is_file() else ""
        if not found or not re.search(rf"^def {found[2]}\(", source, flags=re.MULTILINE):
            lacking.append(line)
    assert not lacking, "\n".join(lacking)


def test_the_build_lock_has_no_solver() -> None:
    """The public site is built, checked and attacked where the solver can't be imported."""
    assert "highspy" not in pins("build")
    assert "highspy" in pins("test")
    program = (
        "import sys; sys.modules['highspy'] = None;"
        "import generator.pipeline, generator.verify, generator.check, generator.read;"
        "import generator.commands.build, generator.commands.check, generator.commands.verify"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "benchmarks/README.md"])
def test_what_a_document_links_to_is_there(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)", text) if "://" not in link]
    missing = [link for link in links if not ((ROOT / name).parent / link).is_file()]
    assert not missing
