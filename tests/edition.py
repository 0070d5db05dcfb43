"""A small, complete and wholly invented edition, and ways to change it for a test.

Four schools that do not exist, two of them one campus; votes of every kind; every table has rows.
`write_edition(folder)` writes it, `edit`, `add_row` and `drop_row` change a file that is written.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from generator.model import Table
from generator.read.rows import known_columns
from generator.tables import BY_NAME, TABLES

Rows = Sequence[Mapping[str, str]]
# The tables that every edition has.
ALWAYS = tuple(table for table in TABLES if not table.optional)

SITE = """\
[site]
title = "An invented record"
place = "Exampleton"
description = "Schools, votes and numbers of this edition are invented."
base_url = "https://records.example/"
languages = ["en"]
holds_today = "board-2024"
outside_networks = ["Contract"]

[policy]
min_cell = 10

[bounds]
council = 15
council_without_quorum = 15
board = 7

[words]
"body.council" = "School council"

[textgate]
words = ["Board", "Exampleton", "Education", "Gazette"]
"""


def _rows(columns: str, *lines: str) -> Rows:
    """Rows from lines whose cells are divided by " | "; columns that aren't named are empty."""
    names = columns.split()
    return [
        dict(zip(names, (cell.strip() for cell in line.split("|")), strict=True)) for line in lines
    ]


EDITION: Mapping[str, Rows] = {
    "sources": _rows(
        "source_id title publisher url published retrieved note",
        "minutes | Minutes of invented councils | Exampleton Schools"
        " | https://records.example/minutes | 2020-09 | 2025-01-02 | Invented.",
        "gazette | An invented report on votes | Exampleton Gazette"
        " | https://gazette.example/votes?page=2 | 2020-08-17 | 2025-01-02 |",
        "list-2020 | Invented list of schools | Exampleton Schools"
        " | https://records.example/list | 2020 | 2025-01-03 |",
        "survey | Invented survey | Exampleton Schools | | 2021 | |",
        "board | Invented minutes of the Board | Exampleton Board of Education"
        " | https://records.example/board | 2024-02-22 | 2025-01-03 |",
    ),
    "schools": _rows(
        "school_id name short_name ncessch level is_high_school address zip area_id area"
        " latitude longitude network grades governance opened closed last_listed source_id",
        "000104 | Example Heights High School | EXAMPLE HEIGHTS HS | 990000000104 | HS | true"
        " | 1 N EXAMPLE ST | 00601 | 8 | Example Heights | 41.9 | -87.63 | Network 1 | 9-12"
        " | elected | 1950-09-01 | | 2024-25 | list-2020",
        "900002 | Sample Park High School | SAMPLE PARK HS | 990000900002 | HS | true"
        " | 2 W SAMPLE AVE | 60602 | 27 | Sample Park | 41.87 | -87.7 | Network 2 | 9-12"
        " | appointed | 1960 | | 2024-25 | list-2020",
        "900003 | Specimen Academy of Invented Arts | SPECIMEN HS | | HS | true"
        " | 3 S FIXTURE AVE | 60603 | 30 | Fixture Village | 41.84 | -87.71 | Contract | 7-12"
        " | | 2005-09 | | 2024-25 | list-2020",
        "900004 | Placeholder Science High School | PLACEHOLDER HS | | HS | true"
        " | 3 S FIXTURE AVE | 60603 | 30 | Fixture Village | 41.84 | -87.71 | Network 2 | 9-12"
        " | none | | 2023-06-30 | 2022-23 | list-2020",
    ),
    "school_names": _rows(
        "school_id name name_kind school_year source_id",
        "000104 | Example Heights | printed | | gazette",
        "900002 | Sample Park Academy | listed | 2016-17 | list-2020",
    ),
    "enrollments": _rows(
        "school_id school_year students source_id",
        "000104 | 2020-21 | 1200 | list-2020",
        "000104 | 2024-25 | 1150 | list-2020",
        "900002 | 2020-21 | 640 | list-2020",
        "900002 | 2024-25 | | list-2020",
    ),
    "decision_units": _rows(
        "unit_id name unit_kind part_of source_id",
        "example-heights | Example Heights | school | | minutes",
        "sample-park | Sample Park | school | | minutes",
        "fixture-campus | Fixture Campus | campus | | gazette",
        "specimen | Specimen Academy | part | fixture-campus | gazette",
        "placeholder | Placeholder Science | part | fixture-campus | gazette",
    ),
    "unit_schools": _rows(
        "unit_id school_id match source_id",
        "example-heights | 000104 | certain | list-2020",
        "sample-park | 900002 | likely | list-2020",
        "fixture-campus | 900003 | certain | list-2020",
        "fixture-campus | 900004 | certain | list-2020",
        "specimen | 900003 | certain | list-2020",
        "placeholder | 900004 | certain | list-2020",
    ),
    "questions": _rows(
        "question_id title description source_id",
        "officers-2020 | Keep officers in 2020-21? | A yes kept the officers. | minutes",
        "plan-2021 | Two, one or no officers? | Councils chose a number. | minutes",
        "board-2024 | End the program? | A yes ended it from 2024-25 on. | board",
    ),
    "question_options": _rows(
        "question_id role code label effect position",
        "officers-2020 | option | keep | Keep | keep | 1",
        "officers-2020 | option | remove | Remove | remove | 2",
        "officers-2020 | option | abstain | Abstain | none | 3",
        "officers-2020 | outcome | keep | Officers stay | keep | 1",
        "officers-2020 | outcome | remove | No officers | remove | 2",
        "plan-2021 | option | both | Two officers | keep | 1",
        "plan-2021 | option | one | One officer | reduce | 2",
        "plan-2021 | option | none | No officer | remove | 3",
        "plan-2021 | outcome | keep_both | Both officers stay | keep | 1",
        "plan-2021 | outcome | keep_one | One officer stays | reduce | 2",
        "plan-2021 | outcome | remove | No officers | remove | 3",
        "board-2024 | option | yes | Yes | remove | 1",
        "board-2024 | option | no | No | keep | 2",
        "board-2024 | outcome | remove | The program ends | remove | 1",
    ),
    "votes": _rows(
        "vote_id unit_id cycle vote_date vote_date_precision question_id body body_wording seats"
        " quorum binding outcome outcome_basis officers_after effective_school_year superseded_by"
        " caveat source_id other_source_ids",
        "heights-2020 | example-heights | 2020 | 2020-07-14 | day | officers-2020 | council"
        " | council | 12 | yes | yes | keep | stated | 2 | 2020-21 | | | minutes | gazette",
        "park-2020-advice | sample-park | 2020 | 2020-07 | month | officers-2020"
        " | council_without_quorum | council | | no | no | | | | 2020-21 | park-2020"
        " | Too few members were there. | gazette |",
        "park-2020 | sample-park | 2020 | 2020-08-15 | day | officers-2020 | school_leaders"
        " | principal and network chief | | | yes | remove | stated | 0 | 2020-21 | | | minutes |",
        "fixture-2020 | fixture-campus | 2020 | | | officers-2020 | council | joint council | | yes"
        " | yes | keep | unanimous | | 2020-21 | | No count was printed. | gazette | minutes board",
        "specimen-2020 | specimen | 2020 | 2020 | year | officers-2020 | council_members_poll"
        " | poll of members | | | no | | | | | | | gazette |",
        "heights-2021 | example-heights | 2021 | 2021-06-21 | day | plan-2021 | council | council"
        " | 12 | yes | yes | keep_one | stated | 1 | 2021-22 | | | minutes |",
        "fixture-2021 | fixture-campus | 2021 | 2021-06 | month | plan-2021 | community_poll"
        " | poll of families | | | no | | | | 2021-22 | | A poll decides nothing. | survey |",
        "board-2024 | | 2024 | 2024-02-22 | day | board-2024 | board | Board of Education | 7 | yes"
        " | yes | remove | stated | 0 | 2024-25 | | | board |",
    ),
    "vote_counts": _rows(
        "vote_id option count source_id",
        "heights-2020 | keep | 7 | minutes",
        "heights-2020 | remove | 3 | minutes",
        "heights-2020 | abstain | 1 | minutes",
        "park-2020-advice | keep | 2 | gazette",
        "park-2020-advice | remove | 3 | gazette",
        "heights-2021 | both | 2 | minutes",
        "heights-2021 | one | 6 | minutes",
        "heights-2021 | none | 0 | minutes",
        "fixture-2021 | both | 62 | survey",
        "fixture-2021 | none | 18 | survey",
        "board-2024 | yes | 7 | board",
        "board-2024 | no | 0 | board",
    ),
    "rosters": _rows(
        "unit_id school_year status officers officers_kind wording basis source_id",
        "example-heights | 2019-20 | in_program | 2 | assigned | Two officers are listed."
        " | published_list | list-2020",
        "example-heights | 2020-21 | in_program | 2 | not_said | The council kept both."
        " | restated_from_vote | minutes",
        "example-heights | 2021-22 | in_program | 1 | authorized | One officer is named."
        " | news | gazette",
        "sample-park | 2019-20 | in_program | | | The school was asked to vote. | news | gazette",
        "sample-park | 2020-21 | not_in_program | 0 | assigned | No officers."
        " | restated_from_vote | minutes",
        "fixture-campus | 2020-21 | | | | The list is cut short. | inferred | gazette",
    ),
    "agreements": _rows(
        "agreement_id title agreement_kind parties school_year adopted_on starts_on ends_on"
        " text_held source_id",
        "agreement-2020 | Invented agreement for 2020-21 | agreement | Schools and police"
        " | 2020-21 | 2020-08-26 | 2020-09-01 | 2021-08-31 | excerpt | board",
        "resolution-2024 | Invented resolution to end the program | resolution | | | 2024-02-22"
        " | | | full | board",
    ),
    "terms": _rows(
        "term_id agreement_id category topic summary quantity quantity_unit source_id",
        "t-2020-cost | agreement-2020 | cost | yearly-ceiling | The schools pay at most a ceiling."
        " | 12100000 | dollars | board",
        "t-2020-training | agreement-2020 | training | training-hours"
        " | Officers are trained before they start. | | | board",
        "t-2024-end | resolution-2024 | voting | end | Councils vote on officers no more. | | |"
        " board",
    ),
    "evidence": _rows(
        "term_id school_year due_on due_source_id finding found as_of looked_on looked_in caveat"
        " source_id",
        "t-2020-training | 2020-21 | | | done | Officers were trained. | 2020-10 | | | | gazette",
        "t-2020-training | 2021-22 | | | part | Some officers were trained. | 2021 | | | | gazette",
        "t-2020-training | 2022-23 | 2023-01-31 | board | open | The course had not begun."
        " | 2023-03-01 | | | The report is short. | gazette",
        "t-2024-end | 2024-25 | 2024-09-01 | board | open | The vote was prepared. | 2024-06-01 | |"
        " | | gazette",
        "t-2020-cost | 2025-26 | 2025-08-31 | board | nothing | No source was found. | | 2025-11-02"
        " | board gazette | | board",
        "t-2020-cost | 2020-21 | | | not_done | More was paid. | 2021-09-01 | | | | gazette",
        "t-2020-cost | 2021-22 | | | nothing | No source was found. | | 2025-11-02 | gazette | |"
        " board",
    ),
    "feedback": _rows(
        "feedback_id survey_id survey survey_date asked_by unit_id scope respondent_group question"
        " response count count_mark n n_precision share precision words all_answers source_id",
        "f-1 | district-2021 | Invented survey of the district | 2021 | the district | | district"
        " | families | Should officers stay? | yes | | | | | 0.6 | approximate"
        " | almost 60 percent | | survey",
        "f-2 | heights-2021 | Invented survey of a school | 2021-05-12 | the school"
        " | example-heights | one school | students | Do officers help? | yes | 40 | | 100 | exact"
        " | 0.4 | exact | | yes | survey",
        "f-3 | heights-2021 | Invented survey of a school | 2021-05-12 | the school"
        " | example-heights | one school | students | Do officers help? | no | 60 | | 100 | exact"
        " | 0.6 | exact | | yes | survey",
        "f-4 | heights-2021 | Invented survey of a school | 2021-05-12 | the school"
        " | example-heights | one school | staff | Do officers help? | yes | | withheld | 20"
        " | rounded | | words_only | a few | no | survey",
    ),
    "alternatives": _rows(
        "alternative_id name unit_id school_year amount_usd description source_id",
        "alt-1 | A counselor | sample-park | 2021-22 | 50000 | Paid in place of an officer."
        " | minutes",
        "alt-2 | A climate team | | | | Named without an amount. | gazette",
    ),
    "costs": _rows(
        "cost_id period cost_kind amount_usd precision per description unit_id agreement_id"
        " source_id",
        "c-2020-budget | FY2020 | budget | 33000000 | rounded | | Budget of the program. | | |"
        " gazette",
        "c-2021-ceiling | FY2021 | contract | 12100000 | upper_bound | | Ceiling of the agreement."
        " | | agreement-2020 | board",
        "c-2021-offer | FY2022 | offer | 50000.50 | exact | officer given up | Offered to a school."
        " | example-heights | | gazette",
    ),
    "incidents": _rows(
        "incident_id period period_kind measure people_group count share change rate unit precision"
        " source_id",
        "i-2012 | 2011-12 | school_year | arrests at school | students | 3400 | | | | arrests"
        " | exact | gazette",
        "i-2019 | 2019 | calendar_year | police notifications | students | | 0.25 | | | share"
        " | rounded | gazette",
        "i-fall | 2012 to 2019 | span | fall in arrests | students | | | -0.8 | | change"
        " | rounded | gazette",
    ),
    "district_counts": _rows(
        "count_id topic period as_of value precision basis preferred why source_id",
        "d-keep-a | schools_keep | 2020 | 2020-08-17 | 2 | exact | schools and campuses | yes"
        " | It is the later one. | minutes",
        "d-keep-b | schools_keep | 2020 | 2020-08 | 1 | exact | schools | no"
        " | A vote was still open. | gazette",
        "d-officers | officers | 2019-20 | 2020 | | words_only | officers | | | gazette",
    ),
    "readings": _rows(
        "table row_key column printed why source_id",
        "vote_counts | heights-2020.keep | count | 8 | The minutes are the record. | gazette",
        "votes | fixture-2020 | body | poll | The minutes say council. | minutes",
    ),
    "claims": _rows(
        "claim_id office said_on place statement period measure count_id source_id",
        "claim-keep | Exampleton Board | 2020-08-17 | the minutes | Two schools kept officers."
        " | 2020 | rows_found | d-keep-a | minutes",
        "claim-trained | | 2020 | a report | All officers were trained. | 2019-20 | all_trained | |"
        " gazette",
    ),
}


def write_edition(folder: Path, *, site: str = SITE, **tables: Rows | str | bytes | None) -> Path:
    """Write the edition's files to `folder` (made where missing) and return it.

    A table given by name replaces the invented one: rows, the file's whole text or bytes, or None
    to leave the file out.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "site.toml").write_bytes(site.encode())
    for table in TABLES:
        missing = None if table.optional else ()
        content = tables.get(table.name, EDITION.get(table.name, missing))
        if content is not None:
            (folder / f"{table.name}.csv").write_bytes(_bytes(content, table))
    return folder


def edit(folder: Path, table: str, line: int, column: str, value: str) -> None:
    """Change one cell: `line` as an editor counts it, the header is line 1. Adds a mark column."""
    header, *body = _cells(folder, table)
    if column not in header:
        header, body = [*header, column], [[*row, ""] for row in body]
    body[line - 2][header.index(column)] = value
    _write(folder, table, [header, *body])


def add_row(folder: Path, table: str, /, **cells: str) -> None:
    """Add a row at the end of the file; cells that aren't named are empty."""
    header, *body = _cells(folder, table)
    _write(folder, table, [header, *body, [cells.get(name, "") for name in header]])


def drop_row(folder: Path, table: str, line: int) -> None:
    """Take one line out of the file; the header is line 1."""
    lines = _cells(folder, table)
    _write(folder, table, [*lines[: line - 1], *lines[line:]])


def to_csv(rows: Rows, table: Table) -> str:
    """The text of the table's file: every declared column, and the marks that the rows use."""
    used = {name for row in rows for name in row}
    declared = {column.name for column in table.columns}
    names = [name for name in known_columns(table) if name in used | declared]
    return _text([names, *([row.get(name, "") for name in names] for row in rows)])


def _bytes(content: Rows | str | bytes, table: Table) -> bytes:
    if isinstance(content, bytes):
        return content
    return (content if isinstance(content, str) else to_csv(content, table)).encode()


def _cells(folder: Path, table: str) -> list[list[str]]:
    text = (folder / f"{BY_NAME[table].name}.csv").read_bytes().decode()
    return list(csv.reader(io.StringIO(text, newline="")))


def _write(folder: Path, table: str, rows: Sequence[Sequence[str]]) -> None:
    (folder / f"{table}.csv").write_bytes(_text(rows).encode())


def _text(rows: Sequence[Sequence[str]]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()
