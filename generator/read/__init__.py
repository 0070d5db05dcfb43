"""The data folder → an Edition and RawTables; the one stage before `write` that reads the disk."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from generator.errors import InputError, Problem
from generator.model import Edition, RawTable, Table
from generator.read.edition import parse_edition
from generator.read.rows import decode, parse_table
from generator.tables import TABLES

SITE, PROTECTION, AREAS = "site.toml", "protection.json", "areas.topojson"
HEADER_ONLY = "Add it; a table without rows has its header line only."


def read(data: Path) -> tuple[Edition, dict[str, RawTable]]:
    """The edition and all its tables; raises InputError with the Problems of every file at once."""
    try:
        tables = read_tables(data)
    except InputError as error:
        raise InputError(sorted({*error.problems, *_edition_problems(data)})) from error
    return read_edition(data), tables


def read_edition(data: Path) -> Edition:
    """What `site.toml` in the folder says. Raises InputError with every Problem of the file."""
    _refuse_missing_folder(data)
    where = _place(data, SITE)
    content = _content(data / SITE, where, "Describe the edition in it.")
    return parse_edition(decode(content, where), where)


def read_tables(data: Path, tables: Sequence[Table] = TABLES) -> dict[str, RawTable]:
    """Every declared table's text cells, by table name, in the order of `tables`.

    An optional table without a file is left out; a survey comes with its protection record.
    Sub-folders are not looked into. Raises InputError with the Problems of all files at once.
    """
    _refuse_missing_folder(data)
    problems = [*_strays(data, tables), *_links(data), *_lone_record(data, tables)]
    raw: dict[str, RawTable] = {}
    for table in tables:
        name = f"{table.name}.csv"
        where = _place(data, name)
        if table.optional and not (data / name).exists():
            continue
        try:
            content = _content(data / name, where, HEADER_ONLY)
            raw[table.name] = parse_table(content, where, table)
            if table.kind == "survey":
                raw[table.name] = replace(raw[table.name], protection=_record(data))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(sorted(set(problems)))
    return raw


def read_one(data: Path, table: Table) -> RawTable | None:
    """The text cells of one table; None where the edition has no file of it."""
    name = f"{table.name}.csv"
    if not (data / name).is_file():
        return None
    where = _place(data, name)
    return parse_table(_content(data / name, where, ""), where, table)


def _record(data: Path) -> str:
    """The text of the protection record, "" where there is none."""
    path, where = data / PROTECTION, _place(data, PROTECTION)
    return decode(_content(path, where, ""), where) if path.exists() else ""


def _lone_record(data: Path, tables: Sequence[Table]) -> Iterator[Problem]:
    surveys = [table.name for table in tables if table.kind == "survey"]
    if (data / PROTECTION).exists() and not any((data / f"{one}.csv").exists() for one in surveys):
        hint = "Protect the counts again, or take the record away."
        where = _place(data, PROTECTION)
        yield Problem(where, 0, "", "a protection record of no table", "a survey beside it", hint)


def _edition_problems(data: Path) -> tuple[Problem, ...]:
    try:
        read_edition(data)
    except InputError as error:
        return error.problems
    return ()


def _place(data: Path, name: str) -> str:
    """How messages name a file: with its folder, but without the machine's path to it."""
    return f"{data.resolve().name}/{name}"


def _refuse_missing_folder(data: Path) -> None:
    if not data.is_dir():
        hint = "Name the folder that holds site.toml and the tables."
        raise InputError([Problem(str(data), 0, "", "no such folder", "an edition's folder", hint)])


def _content(path: Path, where: str, hint: str) -> bytes:
    if path.is_symlink():
        raise InputError([_link(where)])
    if not path.is_file():
        raise InputError([Problem(where, 0, "", "no such file", "a file", hint)])
    try:
        return path.read_bytes()
    except OSError as error:
        found = f"a file that cannot be read ({error.strerror})"
        raise InputError([Problem(where, 0, "", found, "a readable file")]) from error


def _link(where: str) -> Problem:
    # A link may point outside the folder, at counts that were never meant to be read here.
    hint = "Put the file itself here."
    return Problem(where, 0, "", "a symbolic link", "only files of the folder itself", hint)


def _links(data: Path) -> Iterator[Problem]:
    for path in _entries(data):
        if path.is_symlink():
            yield _link(_place(data, path.name))


def _strays(data: Path, tables: Sequence[Table]) -> Iterator[Problem]:
    known = {f"{table.name}.csv" for table in tables}
    hint = "Declare the table in generator/tables, or take the file away."
    for path in _entries(data):
        if path.suffix.lower() == ".csv" and path.name not in known:
            where = _place(data, path.name)
            yield Problem(where, 0, "", "a file of no table", "only declared tables", hint)


def _entries(data: Path) -> list[Path]:
    return sorted(data.iterdir())


def count_schools(data: Path) -> int:
    """How many schools the edition has, roughly and at once: lines of a table not yet checked. None
    where it can't be read, which `read` then tells."""
    try:
        return max(0, read_bytes(data / "schools.csv").count(b"\n") - 1)
    except OSError:
        return 0


def read_outlines(data: Path) -> tuple[str, str]:
    """The text that outlines the areas of the map, "" where the edition has none, and how messages
    name its file. InputError where it is no text."""
    where, content = _place(data, AREAS), read_bytes(data / AREAS)
    return decode(content, where) if content else "", where


def read_bytes(path: Path) -> bytes:
    """What a file holds, nothing where there is none."""
    return path.read_bytes() if path.is_file() else b""


def read_text(path: Path) -> str:
    """The text of a file, "" where there is none."""
    return path.read_text(encoding="utf-8") if path.is_file() else ""
