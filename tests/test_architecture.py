"""The walls between the stages: who may import whom, and who may touch the world outside."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "generator"

# The one list of modules: each imports only what stands before it. A new module is added here, and
# its row says what it may do: a presenter sees only what derive hands on, a writer may touch disks.
GROUND = "errors model tables".split()
READERS = "read check derive".split()
PRESENTERS = (
    "facts diff views findings charts present downloads finder pages feeds embeds release"
    " changelog leaflets starter"
).split()
WRITERS = "write shell verify".split()
TOP = "pipeline protect commands __main__".split()
ORDER = [*GROUND, *READERS, *PRESENTERS, *WRITERS, *TOP]

# A unit, or one module of a unit that otherwise computes only.
# verify computes everything a second time: what both programs say is not one program's mistake.
ALONE = {"verify"}

TOUCH_THE_WORLD = {"read", *WRITERS, "generator.protect.command", "commands", "__main__"}
FOREIGN = {
    "glob", "logging", "os", "requests", "shutil", "socket", "subprocess", "tempfile", "time",
    "urllib.request",
}  # fmt: skip
EFFECTS = {
    "exists", "glob", "is_dir", "is_file", "iterdir", "mkdir", "now", "read_bytes", "read_text",
    "rglob", "rmdir", "today", "unlink", "utcnow", "write_bytes", "write_text",
}  # fmt: skip
SPEAKING = {"breakpoint", "input", "open", "print"}
SKIPS = {"importorskip", "skip", "skipif", "skipTest", "xfail"}


def unit(module: str) -> str:
    """The entry of ORDER a module belongs to: generator.protect.audit → protect."""
    return module.split(".")[1]


def imports(module: str, tree: ast.AST, is_package: bool = False) -> Iterator[tuple[int, str]]:
    """Every import of a module of ours, lazy ones too: (line, generator.x or generator.x.y)."""
    here = module if is_package else module.rpartition(".")[0]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [name.name for name in node.names]
        elif isinstance(node, ast.ImportFrom):
            parts = here.split(".")
            anchor = parts[: len(parts) - node.level + 1] if node.level else []
            base = ".".join([*anchor, *filter(None, [node.module])])
            names = [f"{base}.{name.name}" for name in node.names]
        else:
            continue
        yield from ((node.lineno, name) for name in names if name.startswith("generator."))


def wrong_imports(module: str, source: str, is_package: bool = False) -> list[str]:
    """What `module` imports against the order or through a wall."""
    own, found = unit(module), []
    if own not in ORDER:
        return [f'generator/{own}: add "{own}" to ORDER in tests/test_architecture.py']
    for line, name in imports(module, ast.parse(source), is_package):
        other = unit(name)
        if other == own or (other in ORDER and ORDER.index(other) < ORDER.index(own)):
            if own in ALONE and other not in (own, "errors"):
                why = "it shares no code with what it checks"
            elif own in PRESENTERS and other in READERS:
                why = "a presenter sees only what derive hands on"
            else:
                continue
        elif other in ORDER:
            why = "imports point up the list only"
        else:
            why = f'add "{other}" to ORDER in tests/test_architecture.py'
        found.append(f"{module}:{line} imports {name}: {why}")
    return found


def effects(module: str, source: str) -> list[str]:
    """Where a module that computes touches the disk, prints or asks the time."""
    if {module, unit(module)} & TOUCH_THE_WORLD:
        return []
    found = []
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in SPEAKING:
                found.append((node.lineno, f"{name}()"))
            case ast.Call(func=ast.Attribute(attr=name)) if name in EFFECTS:
                found.append((node.lineno, f".{name}()"))
            case ast.Import(names=names):
                found += [(node.lineno, n.name) for n in names if n.name in FOREIGN]
            case ast.ImportFrom(module=name) if name in FOREIGN:
                found.append((node.lineno, str(name)))
    return [f"{module}:{line} {what}: only {sorted(TOUCH_THE_WORLD)} may" for line, what in found]


def skips(source: str) -> list[int]:
    """Lines on which a test leaves itself out."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if (isinstance(node, ast.Attribute) and node.attr in SKIPS)
        or (isinstance(node, ast.alias) and node.name in SKIPS)
    ]


def modules() -> Iterator[tuple[str, str, bool]]:
    """(dotted name, source, is a package) of each module but the package's own empty one."""
    for path in sorted(PACKAGE.rglob("*.py")):
        is_package = path.name == "__init__.py"
        place = (path.parent if is_package else path.with_suffix("")).relative_to(ROOT)
        if path.parent != PACKAGE or not is_package:
            yield ".".join(place.parts), path.read_text(encoding="utf-8"), is_package


def test_imports_point_up_the_list() -> None:
    found = [line for module in modules() for line in wrong_imports(*module)]
    assert not found, "\n".join(found)


def test_only_the_edges_touch_the_world() -> None:
    found = [line for name, source, _ in modules() for line in effects(name, source)]
    assert not found, "\n".join(found)


def test_the_package_itself_imports_nothing() -> None:
    source = (PACKAGE / "__init__.py").read_text(encoding="utf-8")
    assert not list(imports("generator", ast.parse(source), is_package=True))


def test_the_proof_shares_no_code_with_the_solver() -> None:
    parts = {name: source for name, source, _ in modules() if unit(name) == "protect"}
    for one, other in (("audit", "suppress"), ("suppress", "audit")):
        source = parts.get(f"generator.protect.{one}", "")
        names = [name for _, name in imports(f"generator.protect.{one}", ast.parse(source))]
        assert not [name for name in names if name.startswith(f"generator.protect.{other}")]


def test_no_test_skips() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in sorted((ROOT / "tests").rglob("*.py"))
        for line in skips(path.read_text(encoding="utf-8"))
    ]
    assert not found, f"a test runs or it goes: {found}"


def test_templates_escape_everything() -> None:
    off = re.compile(r"\|\s*safe\b|autoescape\s+false")
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in sorted((ROOT / "templates").rglob("*"))
        if path.is_file()
        for match in off.finditer(path.read_text(encoding="utf-8", errors="replace"))
    ]
    assert not found, found


@pytest.mark.parametrize(
    ("module", "source", "why"),
    [
        ("generator.model", "from generator.read import rows", "imports point up"),
        ("generator.model", "import generator.read", "imports point up"),
        ("generator.model", "from generator import read", "imports point up"),
        ("generator.model", "from .read import rows", "imports point up"),
        ("generator.model", "def late():\n    from . import read", "imports point up"),
        ("generator.tables.votes", "from ..read import rows", "imports point up"),
        ("generator.write", "from generator.protect.audit import prove", "imports point up"),
        ("generator.pages", "from generator.read import rows", "a presenter sees only"),
        ("generator.facts", "from generator.derive import tally", "a presenter sees only"),
        ("generator.verify.words", "from generator.present import shown", "it shares no code"),
        ("generator.verify", "from generator.model import Fact", "it shares no code"),
        ("generator.verify", "from generator.write import read_files", "it shares no code"),
        ("generator.gadget", "", 'generator/gadget: add "gadget" to ORDER'),
        ("generator.pages", "from generator.gadget import turn", 'add "gadget" to ORDER'),
    ],
)
def test_the_checker_sees_a_wrong_import(module: str, source: str, why: str) -> None:
    (found,) = wrong_imports(module, source)
    assert why in found


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("generator.read", "import generator.model\nfrom generator.tables import TABLES"),
        ("generator.tables.votes", "from generator.tables.common import SOURCE"),
        ("generator.tables.votes", "from .common import SOURCE\nimport pandas as pd"),
    ],
)
def test_the_checker_lets_right_imports_pass(module: str, source: str) -> None:
    assert wrong_imports(module, source) == []


@pytest.mark.parametrize(
    "source",
    [
        "print(1)",
        "open('a')",
        "path.write_text('a')",
        "def f(p):\n    return p.read_bytes()",
        "import time",
        "from subprocess import run",
        "datetime.now()",
        "pd.Timestamp.today()",
    ],
)
def test_the_checker_sees_an_effect(source: str) -> None:
    assert len(effects("generator.facts", source)) == 1
    assert effects("generator.read", source) == []


@pytest.mark.parametrize(
    "source",
    ["@pytest.mark.xfail\ndef f(): ...", "pytest.skip('later')", "from pytest import importorskip"],
)
def test_the_checker_sees_a_skip(source: str) -> None:
    assert len(skips(source)) == 1
