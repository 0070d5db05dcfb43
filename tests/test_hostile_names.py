"""No id, no name and no link of an edition leads out of its folder, or out of the site's."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.check.kinds import fault_of
from generator.commands.check import count_rows
from generator.errors import InputError
from generator.pipeline import build
from generator.tables import TABLES
from generator.write.paths import path_fault
from tests.edition import EDITION, edit, write_edition
from tests.presenting import settings

HOSTILE = (
    "../x", "..", "a/../../x", "/etc/passwd", "~root", "a/b", "a\\b", "c:x", "x\0y", "x\ny", "CON",
    "a.", ".a", "a..b", "a ", " a", "a\u2215b", "a\u2044b", "\uff0e\uff0e\uff0fa", "\u202ea",
    "%2e%2e", "a" * 101, "é", "$(x)", "-a", "a?b", "a#b", "a*", "<a>", "'a'",
)  # fmt: skip
IDS = [(table, column) for table in TABLES for column in table.columns if column.kind == "id"]


def test_there_are_ids_to_try() -> None:
    assert len(IDS) > 50


@pytest.mark.parametrize("name", HOSTILE)
def test_no_id_of_any_table_leads_anywhere(name: str) -> None:
    lax = [f"{table.name}.{column.name}" for table, column in IDS if not fault_of(name, column)]
    assert lax == []


@pytest.mark.parametrize("name", ["a", "a" * 100, "con", "000104", "a.b-c_d"])
def test_an_id_is_an_id(name: str) -> None:
    assert not [column for _, column in IDS if fault_of(name, column)]


@pytest.mark.parametrize("name", [one for one in HOSTILE if one.isprintable()])
def test_the_check_names_each_hostile_id_where_it_stands(tmp_path: Path, name: str) -> None:
    data = write_edition(tmp_path / "data")
    tried = {
        table.name: next(column.name for column in table.columns if column.kind == "id")
        for table in TABLES
        if table.name in EDITION and table.kind != "survey"
    }
    for table, column in tried.items():
        edit(data, table, 2, column, name)
    with pytest.raises(InputError) as caught:
        count_rows(data)
    found = {(one.where, one.line, one.column) for one in caught.value.problems}
    assert {(f"data/{table}.csv", 2, column) for table, column in tried.items()} <= found
    assert len(tried) > 15


def test_an_id_that_is_too_long_says_by_how_much_to_shorten_it() -> None:
    _, column = IDS[0]
    fault = fault_of("a" * 101, column)
    assert fault is not None
    assert fault.hint == "Shorten it to 100 letters, here and wherever it is used."


def test_names_of_networks_areas_and_titles_stay_inside_the_site(tmp_path: Path) -> None:
    """Words of these are free; addresses are made from plain letters of them."""
    data = write_edition(tmp_path / "data")
    names = ("../../x", "/etc/<b>&amp;", "\u2215\u2215", "x" * 180)
    for line, name in enumerate(names, 2):
        for column in ("network", "area", "name", "short_name"):
            edit(data, "schools", line, column, name)
    edit(data, "schools", 5, "network", names[0])  # two schools: a group with an address
    text = (data / "site.toml").read_text(encoding="utf-8").replace('"Contract"', '"/etc/<b>&amp;"')
    title = text.replace("An invented record", "../../a/b.zip")
    (data / "site.toml").write_text(title, encoding="utf-8")
    build(settings(tmp_path, data), lambda _: None)
    made = [path.relative_to(tmp_path / "site") for path in (tmp_path / "site").rglob("*")]
    assert Path("compare/network-x/index.html") in made
    assert Path("data/a-b-zip.zip") in made
    assert [path for path in made if path_fault(path.as_posix())] == []
    beside = sorted(path.name for path in tmp_path.iterdir())
    assert beside == [".site.lock", "build", "data", "site"]


# --- links ----------------------------------------------------------------------------------------


def moved(path: Path) -> None:
    """What stood in the edition stands outside of it now, and a link in its place."""
    outside = path.parent.parent / f"outside-{path.name}"
    path.rename(outside)
    path.symlink_to(outside)


def linked(name: str) -> Callable[[Path], str]:
    def change(data: Path) -> str:
        if not (data / name).exists():
            (data / name).mkdir()
        moved(data / name)
        return f"data/{name}: found a symbolic link, expected only files of the folder itself."

    return change


def dangling(data: Path) -> str:
    (data / "later.csv").symlink_to(data.parent / "nothing")
    return "data/later.csv: found a symbolic link, expected only files of the folder itself."


def to_itself(data: Path) -> str:
    (data / "again").symlink_to(data)
    return "data/again: found a symbolic link, expected only files of the folder itself."


def pipe(data: Path) -> str:
    (data / "terms.csv").unlink()
    os.mkfifo(data / "terms.csv")
    return "data/terms.csv: found no such file, expected a file."


LINKS = [linked(name) for name in ("votes.csv", "site.toml", "releases", ".hidden", "notes")]


@pytest.mark.parametrize("change", [*LINKS, dangling, to_itself, pipe])
def test_a_link_in_the_edition_is_refused(tmp_path: Path, change: Callable[[Path], str]) -> None:
    data = write_edition(tmp_path / "data")
    said = change(data)
    for refuse in (count_rows, lambda data: build(settings(tmp_path, data), lambda _: None)):
        with pytest.raises(InputError) as caught:
            refuse(data)
        assert said in str(caught.value)
    assert not (tmp_path / "site").exists()


def test_the_edition_itself_may_stand_behind_a_link(tmp_path: Path) -> None:
    """Whoever names the folder says where it is; a file of it says nothing of others."""
    write_edition(tmp_path / "real")
    (tmp_path / "data").symlink_to(tmp_path / "real")
    assert count_rows(tmp_path / "data") == count_rows(tmp_path / "real")
