"""README and known issues beside the tables: their numbers are those of the tables."""

import re
from collections.abc import Iterator
from pathlib import Path

from generator.verify.mismatch import Mismatch
from generator.verify.published import Published

README, ISSUES = "README.txt", "known-issues.txt"
NUMBER = re.compile(r"\d[\d,]*")
TABLE = re.compile(r"(\w+)\.csv: ")
GAP = re.compile(r"- (\w+): ")
READING = re.compile(r"- (\w+), (\S+), (\w+): ")
PERIOD = re.compile(r"- .+, ([\d-]+): ")
# What says the period of a row, in the tables whose coverage is told, in their order.
PERIODS = (("rosters", "school_year"), ("votes", "cycle"), ("feedback", "survey_date"))


def check_leaflets(folder: Path, under: str, published: Published) -> Iterator[Mismatch]:
    """Both files."""
    yield from check_readme(f"{under}/{README}", lines(folder / under / README), published)
    yield from check_issues(f"{under}/{ISSUES}", lines(folder / under / ISSUES), published)


def lines(path: Path) -> list[str]:
    """The lines of a file, those that were broken whole again; none where it can't be read."""
    try:
        text = path.read_bytes().decode()
    except (OSError, ValueError):
        return []
    return text.replace("\n  ", " ").splitlines()


def check_readme(path: str, said: list[str], published: Published) -> Iterator[Mismatch]:
    """Each table with its number of rows, in order."""
    told = {found[1]: line for line in said if (found := TABLE.match(line))}
    for name, resource in published.resources.items():
        shown = numbers(told.get(name, ""))[-1:]
        if shown != [resource.rows]:
            yield Mismatch(path, "", f"rows of {name}", str(*shown), str(resource.rows))


def check_issues(path: str, said: list[str], published: Published) -> Iterator[Mismatch]:
    """Empty cells, rows of periods and readings are counted again, caveats looked up."""
    table, told, places = "", [], []
    for line in said:
        if found := TABLE.match(line):
            table = found[1]
        elif not line.startswith("- "):
            table = "" if not line else table
        elif found := READING.match(line):
            told.append((found[1], found[2], found[3], line))
        elif table and (found := GAP.match(line)):
            yield from check_gap(path, table, found[1], numbers(line[found.end() :]), published)
        elif found := PERIOD.match(line):
            places.append((found[1], numbers(line[found.end() :])))
        elif english(published) and (not table or line[2:] not in caveats(table, published)):
            yield Mismatch(path, "", "a line that the tables do not say", line)
    yield from check_readings(path, told, published)
    # Years without a row are told too: how many of them, no row can say.
    shown, expected = [one for one in places if one[1][:1] != [0]], coverage(published)
    if shown != expected:
        yield Mismatch(path, "", "rows of periods", str(shown), str(expected))


def numbers(text: str) -> list[int]:
    """The numbers in a text."""
    return [int(one.replace(",", "")) for one in NUMBER.findall(text)]


def english(published: Published) -> bool:
    """True where the words of both files are those of the data package."""
    return str(published.section("site").get("languages", ["en"])[0]) == "en"


def caveats(table: str, published: Published) -> str:
    """What the data package says of a table."""
    return published.resources[table].said if table in published.resources else ""


def check_gap(
    path: str, table: str, name: str, shown: list[int], published: Published
) -> Iterator[Mismatch]:
    """Empty cells of a column, and the rows that there are."""
    rows = published.rows(table).values()
    expected = [sum(not row.get(name) for row in rows), len(rows)]
    if shown != expected:
        yield Mismatch(path, "", f"empty cells of {table}.{name}", str(shown), str(expected))


def check_readings(
    path: str, told: list[tuple[str, str, str, str]], published: Published
) -> Iterator[Mismatch]:
    """Every other reading of a cell, with what the source prints."""
    rows = list(published.rows("readings").values())
    if len(told) != len(rows):
        yield Mismatch(path, "", "other readings", str(len(told)), str(len(rows)))
    for (*place, line), row in zip(told, rows, strict=False):
        parts = row.get("table"), row.get("row_key"), row.get("column")
        words = f"“{row.get('printed')}”", row.get("why", "")
        if tuple(place) != parts or any(" ".join(one.split()) not in line for one in words):
            yield Mismatch(path, "", "a reading", line, " ".join(map(str, (*parts, *words))))


def coverage(published: Published) -> list[tuple[str, list[int]]]:
    """Of each period, how many decision units a table has a row of, and of how many."""
    units = {
        key for key, row in published.rows("decision_units").items()
        if row.get("unit_kind") != "part"
    }  # fmt: skip
    found = []
    for table, column in PERIODS:
        held: dict[str, set[str]] = {}
        for row in published.rows(table).values():
            cell = row.get(column, "")
            period = cell[:4] if table == "feedback" else cell
            if period and (row.get("unit_id") or table == "feedback"):
                held.setdefault(period, set()).add(row.get("unit_id", ""))
        found += [(one, [len(held[one] & units), len(units)]) for one in sorted(held)]
    return found
