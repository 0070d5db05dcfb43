"""Broken editions and the exact words in which each is refused; traps that must not be refused."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from generator.check import check
from generator.commands.check import count_rows
from generator.errors import InputError
from generator.model import Table
from generator.read import read, read_edition, read_tables
from generator.tables import BY_NAME
from tests.edition import add_row, edit, write_edition

Change = Callable[[Path], object]

UTF8 = "Save the file as UTF-8 without BOM."
QUOTES = "Check the quotes: each opens and closes around a whole cell."
RECORD = "only its declared columns, since it holds the public record and nothing more"
NO_COLUMN = "found no such column, expected every declared column. Add it; its cells may be empty."
COMMA = "Put quotes around a cell that holds a comma."
NUMBER = "Move footnote marks and units to a note."
BOUNDS = "Check the number, or declare wider bounds."
DATE = "expected a date: 2020, 2020-07 or 2020-07-14. Write as much of the date as is known."
FORMULA = "expected text that no spreadsheet takes for a formula. Begin with a word."
SEEN = "expected only characters that can be seen. Delete it."
BODY = "Check the count; a poll of the community has its own body."
HIDDEN = "found a value not shown here (it may count few people)"
NO_ONE = "expected words that point to no person. Say it without."
SMALL = "It is not repeated: empty the cell and write withheld in its mark."


def cell(table: str, line: int, column: str, value: str) -> Change:
    """The change of one cell."""
    return lambda data: edit(data, table, line, column, value)


def swap(file: str, old: bytes, new: bytes) -> Change:
    """The change of a file's bytes, where `old` stands first."""

    def change(data: Path) -> None:
        content = (data / file).read_bytes()
        assert old in content
        (data / file).write_bytes(content.replace(old, new, 1))

    return change


def site(old: str, new: str) -> Change:
    """A change of site.toml."""
    return swap("site.toml", old.encode(), new.encode())


def recode(file: str, encoding: str) -> Change:
    """The file saved in another encoding."""
    return lambda data: (data / file).write_bytes((data / file).read_text("utf-8").encode(encoding))


def link(data: Path) -> None:
    """A table's file moved out of the folder, a link in its place."""
    (data / "terms.csv").rename(data.parent / "terms.csv")
    (data / "terms.csv").symlink_to(data.parent / "terms.csv")


FILES: dict[str, tuple[Change, str]] = {
    "missing file": (
        lambda data: (data / "terms.csv").unlink(),
        "data/terms.csv: found no such file, expected a file."
        " Add it; a table without rows has its header line only.",
    ),
    "missing site.toml": (
        lambda data: (data / "site.toml").unlink(),
        "data/site.toml: found no such file, expected a file. Describe the edition in it.",
    ),
    "two missing files": (
        lambda data: ((data / "terms.csv").unlink(), (data / "site.toml").unlink()),
        "data/site.toml: found no such file, expected a file. Describe the edition in it.\n"
        "data/terms.csv: found no such file, expected a file."
        " Add it; a table without rows has its header line only.",
    ),
    "empty file": (
        lambda data: (data / "terms.csv").write_bytes(b""),
        "data/terms.csv: found an empty file, expected a header line."
        " Write at least the header line.",
    ),
    "file of no table": (
        lambda data: (data / "arrests.csv").write_bytes(b"year\n"),
        "data/arrests.csv: found a file of no table, expected only declared tables."
        " Declare the table in generator/tables, or take the file away.",
    ),
    "symbolic link": (
        link,
        "data/terms.csv: found a symbolic link, expected only files of the folder itself."
        " Put the file itself here.",
    ),
    "byte order mark": (
        recode("votes.csv", "utf-8-sig"),
        f"data/votes.csv:1: found a byte order mark (BOM), expected UTF-8 without BOM. {UTF8}",
    ),
    "UTF-16": (
        recode("votes.csv", "utf-16"),
        f"data/votes.csv:1: found UTF-16, expected UTF-8 without BOM. {UTF8}",
    ),
    "UTF-16 without BOM": (
        recode("votes.csv", "utf-16-le"),
        f"data/votes.csv:1: found a NUL byte, expected UTF-8 text. {UTF8}",
    ),
    "Latin 1": (
        swap("votes.csv", b"Too few", b"Tr\xe8s"),
        f"data/votes.csv:3: found a byte that is not UTF-8 (0xe8), expected UTF-8 text. {UTF8}",
    ),
    "NUL": (
        swap("votes.csv", b"Too few", b"Too\0few"),
        f"data/votes.csv:3: found a NUL byte, expected UTF-8 text. {UTF8}",
    ),
    "cut in the middle": (
        lambda data: (data / "votes.csv").write_bytes((data / "votes.csv").read_bytes()[:-40]),
        "data/votes.csv:9: found 11 cells, expected 21 cells, as in the header."
        " Put quotes around a cell that holds a comma.",
    ),
    "a cell of 100 MB": (
        swap("votes.csv", b"Too few", b"x" * 100_000_000),
        "data/votes.csv:3: found a row that is not CSV (field larger than field limit (131072)),"
        f" expected cells and commas. {QUOTES}",
    ),
    "lone carriage return": (
        swap("votes.csv", b"Too few", b"Too\rfew"),
        "data/votes.csv:3: found a carriage return without a line feed, expected a line feed at the"
        " end of lines. Save the file with the line ends of Unix or Windows.",
    ),
    "open quote": (
        swap("unit_schools.csv", b"certain,", b'"certain,'),
        "data/unit_schools.csv:2: found a row that is not CSV (unexpected end of data),"
        f" expected cells and commas. {QUOTES}",
    ),
    "text behind a quote": (
        swap("unit_schools.csv", b"certain,", b'"certain"x,'),
        "data/unit_schools.csv:2: found a row that is not CSV (',' expected after '\"'),"
        f" expected cells and commas. {QUOTES}",
    ),
}
COLUMNS: dict[str, tuple[Change, str]] = {
    "missing column": (
        swap("votes.csv", b"quorum,", b""),
        f"data/votes.csv:1 quorum: {NO_COLUMN}",
    ),
    "unknown column": (
        swap("votes.csv", b"outcome,", b"outcom,"),
        f'data/votes.csv:1: found the column "outcom", expected {RECORD}.'
        f' Did you mean "outcome"?\ndata/votes.csv:1 outcome: {NO_COLUMN}',
    ),
    "who voted how": (
        swap("vote_counts.csv", b",note,", b",member,"),
        f'data/vote_counts.csv:1: found the column "member", expected {RECORD}.'
        f" Delete the column, or declare it.\ndata/vote_counts.csv:1 note: {NO_COLUMN}",
    ),
    "unknown column of others' figures": (
        swap("enrollments.csv", b",locator", b",race"),
        'data/enrollments.csv:1: found the column "race", expected only its declared columns.'
        f" Delete the column, or declare it.\ndata/enrollments.csv:1 locator: {NO_COLUMN}",
    ),
    "mark of a column without marks": (
        swap("questions.csv", b",caveat,", b",caveat_mark,"),
        f'data/questions.csv:1: found the column "caveat_mark", expected {RECORD}.'
        f" Delete the column, or declare it.\ndata/questions.csv:1 caveat: {NO_COLUMN}",
    ),
    "duplicate column": (
        swap("costs.csv", b",note,", b",period,"),
        f"data/costs.csv:1 note: {NO_COLUMN}\n"
        "data/costs.csv:1 period: found the column 2 times, expected it once."
        " Delete or rename one.",
    ),
    "too many cells": (
        swap("unit_schools.csv", b"list-2020\n", b"list-2020,x\n"),
        f"data/unit_schools.csv:2: found 6 cells, expected 5 cells, as in the header. {COMMA}",
    ),
    "too few cells": (
        swap("unit_schools.csv", b",list-2020\n", b"\n"),
        f"data/unit_schools.csv:2: found 4 cells, expected 5 cells, as in the header. {COMMA}",
    ),
    "empty line": (
        swap("unit_schools.csv", b"list-2020\n", b"list-2020\n\n"),
        "data/unit_schools.csv:3: found an empty line, expected 5 cells, as in the header."
        " Delete the line.",
    ),
}
CELLS: dict[str, tuple[Change, str]] = {
    "line break": (
        lambda data: (
            edit(data, "votes", 3, "caveat", "Too few\nwere there."),
            edit(data, "votes", 4, "seats", "0"),
        ),
        "data/votes.csv:3 caveat: found a line break at character 8, expected a cell on one line."
        " Put the text on one line.\n"
        'data/votes.csv:5 seats: found "0", expected a whole number from 1 to 100.'
        f" {BOUNDS}",
    ),
    "control character": (
        cell("votes", 2, "caveat", "a bell\x07 rang"),
        "data/votes.csv:2 caveat: found a character that cannot be seen (U+0007) at character 7,"
        f" {SEEN}",
    ),
    "turned text": (
        cell("votes", 2, "caveat", "a \u202eturn"),
        "data/votes.csv:2 caveat: found a character that turns the direction of text (U+202E) at"
        f" character 3, {SEEN}",
    ),
    "hidden character in an id": (
        cell("votes", 2, "cycle", "20\u200b20"),
        "data/votes.csv:2 cycle: found a character that cannot be seen (U+200B) at character 3,"
        f" {SEEN}",
    ),
    "blank behind": (
        cell("votes", 2, "caveat", "a blank "),
        "data/votes.csv:2 caveat: found a blank at the end, expected a cell without blanks around"
        " it. Delete the blank.",
    ),
    "no-break space before": (
        cell("votes", 2, "outcome", "\u00a0keep"),
        "data/votes.csv:2 outcome: found a blank at the start, expected a cell without blanks"
        " around it. Delete the blank.",
    ),
    **{
        f"formula {start}": (
            cell("votes", 2, "caveat", f'{start}HYPERLINK("x")'),
            f'data/votes.csv:2 caveat: found text that starts with "{start}", {FORMULA}',
        )
        for start in "=+-@＝＋－＠"
    },
    "endless cell": (
        cell("votes", 2, "caveat", "a " * 3000 + "b"),
        "data/votes.csv:2 caveat: found 6001 characters, expected at most 5000 characters."
        " Check the quotes around it.",
    ),
    "required cell empty": (
        cell("vote_counts", 2, "count", ""),
        "data/vote_counts.csv:2 count: found an empty cell, expected a whole number from 0 to"
        " 100000. Fill the cell, or leave out the row.",
    ),
    "footnote in a count": (
        cell("vote_counts", 2, "count", "12*"),
        'data/vote_counts.csv:2 count: found "12*", expected a whole number from 0 to 100000.'
        f" {NUMBER}",
    ),
    "zero before a count": (
        cell("vote_counts", 2, "count", "07"),
        'data/vote_counts.csv:2 count: found "07", expected a whole number from 0 to 100000.'
        f" {NUMBER}",
    ),
    "count below its bound": (
        cell("votes", 2, "seats", "0"),
        f'data/votes.csv:2 seats: found "0", expected a whole number from 1 to 100. {BOUNDS}',
    ),
    "commas in a number": (
        cell("terms", 2, "quantity", "12,100,000"),
        f'data/terms.csv:2 quantity: found "12,100,000", expected a number. {NUMBER}',
    ),
    "number below its bound": (
        cell("incidents", 4, "change", "-1.5"),
        f'data/incidents.csv:4 change: found "-1.5", expected a number from -1 to 1. {BOUNDS}',
    ),
    "dollar sign": (
        cell("costs", 2, "amount_usd", "$33M"),
        'data/costs.csv:2 amount_usd: found "$33M", expected an amount of money such as 1200 or'
        " 1200.50, of 0 or more. Leave out signs and commas; move remarks to a note.",
    ),
    "share above one": (
        cell("feedback", 2, "share", "60"),
        'data/feedback.csv:2 share: found "60", expected a share from 0 to 1.'
        " Write 60 percent as 0.6.",
    ),
    "percent sign": (
        cell("feedback", 2, "share", "60%"),
        'data/feedback.csv:2 share: found "60%", expected a share from 0 to 1.'
        " Write 60 percent as 0.6.",
    ),
    "American date": (
        cell("votes", 2, "vote_date", "7/14/2020"),
        f'data/votes.csv:2 vote_date: found "7/14/2020", {DATE}',
    ),
    "impossible day": (
        cell("votes", 2, "vote_date", "2020-02-30"),
        f'data/votes.csv:2 vote_date: found "2020-02-30", {DATE}',
    ),
    "month 13": (
        cell("votes", 2, "vote_date", "2020-13"),
        f'data/votes.csv:2 vote_date: found "2020-13", {DATE}',
    ),
    "full-width digits": (
        cell("votes", 2, "vote_date", "２０２０"),
        f'data/votes.csv:2 vote_date: found "２０２０", {DATE}',
    ),
    "two school years": (
        cell("rosters", 2, "school_year", "2019-21"),
        'data/rosters.csv:2 school_year: found "2019-21", expected a school year such as 2025-26.'
        " Write both years, the second with two digits.",
    ),
    "label in place of a code": (
        cell("rosters", 2, "status", "in program"),
        'data/rosters.csv:2 status: found "in program", expected one of: in_program,'
        " not_in_program. Use one of these codes, or declare a new one.",
    ),
    "flag in capitals": (
        cell("schools", 2, "is_high_school", "TRUE"),
        'data/schools.csv:2 is_high_school: found "TRUE", expected true or false.'
        " Write it in small letters.",
    ),
    "id in capitals": (
        cell("question_options", 2, "code", "Keep it"),
        'data/question_options.csv:2 code: found "Keep it", expected an id of small letters, digits'
        " and single hyphens, underscores or full stops."
        " Correct the id here and wherever it is used.",
    ),
    "ids divided by semicolons": (
        cell("votes", 2, "other_source_ids", "gazette; board"),
        'data/votes.csv:2 other_source_ids: found "gazette; board", expected different ids divided'
        " by single spaces. Write them like: first-id second-id.",
    ),
    "address that runs a script": (
        cell("sources", 2, "url", "javascript:alert(1)"),
        'data/sources.csv:2 url: found "javascript:alert(1)", expected an address that starts with'
        " https:// or http://. Copy it from the browser; write a blank as %20.",
    ),
    "unknown mark": (
        cell("votes", 3, "seats_mark", "unknown"),
        'data/votes.csv:3 seats_mark: found "unknown", expected one of: not_found, withheld,'
        " redacted, not_held, requested, not_reported, not_applicable, not_yet_due."
        " Use one of these codes, or declare a new one.",
    ),
    "mark beside a value": (
        cell("votes", 2, "seats_mark", "not_found"),
        'data/votes.csv:2 seats_mark: found the mark "not_found" beside a value, expected a mark'
        " only beside an empty cell. Empty the cell, or the mark.",
    ),
    "not held, but who says so": (
        lambda data: (
            edit(data, "votes", 3, "seats_mark", "not_held"),
            edit(data, "votes", 3, "source_id", ""),
        ),
        'data/votes.csv:3 seats_mark: found the mark "not_held" without a source, expected the'
        " source in which the agency says so. Name it in source_id, or write not_found.\n"
        "data/votes.csv:3 source_id: found an empty cell, expected an id of small letters, digits"
        " and single hyphens, underscores or full stops. Fill the cell, or leave out the row.",
    ),
}
LINKS: dict[str, tuple[Change, str]] = {
    "duplicate key": (
        lambda data: add_row(
            data,
            "vote_counts",
            vote_id="heights-2020",
            option="keep",
            count="7",
            source_id="minutes",
        ),
        'data/vote_counts.csv:14 vote_id, option: found "heights-2020" and "keep", expected a key'
        " that no other row has; line 2 has the same. Delete or correct one of the two rows.",
    ),
    "dangling unit": (
        cell("rosters", 2, "unit_id", "exmple-heights"),
        'data/rosters.csv:2 unit_id: found "exmple-heights", expected a value of unit_id in'
        ' decision_units.csv. Did you mean "example-heights"?',
    ),
    "dangling school": (
        cell("enrollments", 2, "school_id", "999999"),
        'data/enrollments.csv:2 school_id: found "999999", expected a value of school_id in'
        " schools.csv. Add the row there, or correct the id.",
    ),
    "lost zeros": (
        cell("enrollments", 2, "school_id", "104"),
        'data/enrollments.csv:2 school_id: found "104", expected a value of school_id in'
        " schools.csv. Add the row there, or correct the id.",
    ),
    "dangling source": (
        cell("votes", 2, "source_id", "minute"),
        'data/votes.csv:2 source_id: found "minute", expected a value of source_id in sources.csv.'
        ' Did you mean "minutes"?',
    ),
    "dangling other source": (
        cell("votes", 2, "other_source_ids", "gazette bord"),
        'data/votes.csv:2 other_source_ids: found "bord", expected a value of source_id in'
        ' sources.csv. Did you mean "board"?',
    ),
    "dangling question": (
        cell("votes", 2, "question_id", "officers-2019"),
        'data/votes.csv:2 question_id: found "officers-2019", expected a value of question_id in'
        ' questions.csv. Did you mean "officers-2020"?',
    ),
    "dangling vote": (
        cell("vote_counts", 2, "vote_id", "heights-2019"),
        'data/vote_counts.csv:2 vote_id: found "heights-2019", expected a value of vote_id in'
        ' votes.csv. Did you mean "heights-2021"?',
    ),
    "dangling agreement": (
        cell("terms", 2, "agreement_id", "agreement-2019"),
        'data/terms.csv:2 agreement_id: found "agreement-2019", expected a value of agreement_id in'
        ' agreements.csv. Did you mean "agreement-2020"?',
    ),
    "dangling campus": (
        cell("decision_units", 5, "part_of", "fixture-camp"),
        'data/decision_units.csv:5 part_of: found "fixture-camp", expected a value of unit_id in'
        ' decision_units.csv. Did you mean "fixture-campus"?',
    ),
}
RULES: dict[str, tuple[Change, str]] = {
    "a reading of no column": (
        cell("readings", 2, "column", "board"),
        'data/readings.csv:2 column: found "board", expected the name of a column of that table.'
        " Write the name as it stands in the first line of that file.",
    ),
    "a reading of another table's column": (
        cell("readings", 2, "column", "vote_date"),
        'data/readings.csv:2 column: found "vote_date", expected the name of a column of that'
        " table. Write the name as it stands in the first line of that file.",
    ),
    "a unit without a school": (
        lambda data: add_row(
            data,
            "decision_units",
            unit_id="lonely",
            name="Lonely School",
            unit_kind="school",
            source_id="minutes",
        ),
        'data/decision_units.csv:7 unit_id: found "lonely", expected a unit that has a school in'
        " unit_schools.csv. Add a row there: a unit's rows stand on the pages of its schools.",
    ),
    "tally larger than the seats": (
        cell("vote_counts", 2, "count", "9"),
        'data/vote_counts.csv:2 count: found "9", 13 with the other options, expected at most 12,'
        f" the seats of the body (seats in votes.csv). {BODY}",
    ),
    "tally larger than any such body": (
        cell("vote_counts", 6, "count", "14"),
        'data/vote_counts.csv:6 count: found "14", 16 with the other options, expected at most 15,'
        f" the seats of such a body (bounds.council_without_quorum in site.toml). {BODY}",
    ),
    "tally of one option larger than the body": (
        cell("vote_counts", 12, "count", "8"),
        'data/vote_counts.csv:12 count: found "8", expected at most 7, the seats of the body'
        f" (seats in votes.csv). {BODY}",
    ),
    "tally larger than the councils of a campus": (
        lambda data: add_row(
            data,
            "vote_counts",
            vote_id="fixture-2020",
            option="keep",
            count="31",
            source_id="minutes",
        ),
        'data/vote_counts.csv:14 count: found "31", expected at most 30, 15 for each of 2 schools'
        f" (bounds.council in site.toml). {BODY}",
    ),
    "option of another question": (
        cell("vote_counts", 5, "option", "both"),
        'data/vote_counts.csv:5 option: found "both", expected an option of the vote\'s question in'
        " question_options.csv. Correct the option, or the question of the vote.",
    ),
    "outcome off the question's scale": (
        cell("votes", 2, "outcome", "keep_both"),
        'data/votes.csv:2 outcome: found "keep_both", expected an outcome of this question in'
        " question_options.csv. Add the outcome to the question's scale, or correct it.",
    ),
    "vote replaced by itself": (
        cell("votes", 2, "superseded_by", "heights-2020"),
        'data/votes.csv:2 superseded_by: found "heights-2020", expected another vote.'
        " Name the later vote, or leave it empty.",
    ),
    "precision that isn't the date's": (
        cell("votes", 2, "vote_date_precision", "month"),
        'data/votes.csv:2 vote_date_precision: found "month", expected the precision of the date'
        " beside it. Write day for 2020-07-14, month for 2020-07, year for 2020.",
    ),
    "precision without a date": (
        cell("votes", 5, "vote_date_precision", "day"),
        'data/votes.csv:5 vote_date_precision: found "day", expected the precision of the date'
        " beside it. Write day for 2020-07-14, month for 2020-07, year for 2020.",
    ),
    "number of officers of no kind": (
        cell("rosters", 2, "officers_kind", ""),
        "data/rosters.csv:2 officers_kind: found an empty cell, expected what the number counts:"
        " authorized, assigned, present or not_said."
        " Write not_said where the source does not say.",
    ),
    "counts that don't add up to n": (
        lambda data: (
            edit(data, "feedback", 3, "count", "30"),
            edit(data, "feedback", 3, "share", "0.3"),
        ),
        'data/feedback.csv:3 n: found "100", expected counts that add up to n.'
        " Check the counts, or say no in all_answers.\n"
        'data/feedback.csv:4 n: found "100", expected counts that add up to n.'
        " Check the counts, or say no in all_answers.",
    ),
    "share that isn't count by n": (
        cell("feedback", 3, "share", "0.5"),
        'data/feedback.csv:3 share: found "0.5", expected count divided by n, to the rounding.'
        " Keep what the source prints and leave out what it does not.",
    ),
}
PEOPLE: dict[str, tuple[Change, str]] = {
    "few students": (
        cell("enrollments", 2, "students", "9"),
        "data/enrollments.csv:2 students: found a figure about fewer than 10 people, expected 10 or"
        f" more people. {SMALL}",
    ),
    "no students": (
        cell("enrollments", 2, "students", "0"),
        "data/enrollments.csv:2 students: found a figure about fewer than 10 people, expected 10 or"
        f" more people. {SMALL}",
    ),
    "small group": (
        cell("feedback", 5, "n", "7"),
        "data/feedback.csv:5 n: found a figure about fewer than 10 people, expected 10 or more"
        f" people, or an empty group. {SMALL}",
    ),
    "few people, misspelt": (
        cell("enrollments", 2, "students", "7*"),
        f"data/enrollments.csv:2 students: {HIDDEN}, expected a whole number from 0 to 50000."
        f" {NUMBER}",
    ),
    "few people of a group": (
        cell("feedback", 3, "count", "7 of 100"),
        f"data/feedback.csv:3 count: {HIDDEN}, expected a whole number of 0 or more. {NUMBER}",
    ),
    "no figure of students": (
        cell("enrollments", 2, "students", "x"),
        'data/enrollments.csv:2 students: found "x", expected a whole number from 0 to 50000.'
        f" {NUMBER}",
    ),
    "many students, misspelt": (
        cell("enrollments", 2, "students", "1,204"),
        'data/enrollments.csv:2 students: found "1,204", expected a whole number from 0 to 50000.'
        f" {NUMBER}",
    ),
    "no count and no n": (
        lambda data: (edit(data, "feedback", 3, "count", "x"), edit(data, "feedback", 3, "n", "?")),
        f'data/feedback.csv:3 count: found "x", expected a whole number of 0 or more. {NUMBER}\n'
        f'data/feedback.csv:3 n: found "?", expected a whole number of 0 or more. {NUMBER}',
    ),
    "e-mail in a note": (
        cell("rosters", 2, "note", "write to zelda@records.example"),
        f"data/rosters.csv:2 note: found an e-mail address at character 10, {NO_ONE}",
    ),
    "phone in a place": (
        cell("rosters", 2, "locator", "line 3, call 773-555-0142"),
        f"data/rosters.csv:2 locator: found a phone number at character 14, {NO_ONE}",
    ),
    "name in a caveat": (
        cell("votes", 2, "caveat", "as the minutes by Quimbly say"),
        "data/votes.csv:2 caveat: found an unknown capitalised word at character 19,"
        " expected words that point to no person."
        " Say it without, or allow the word in site.toml under [textgate].",
    ),
}
SITE: dict[str, tuple[Change, str]] = {
    "min_cell 1": (
        site("min_cell = 10", "min_cell = 1"),
        "data/site.toml policy.min_cell: found 1, expected a whole number of 2 or more.",
    ),
    "min_cell 0": (
        site("min_cell = 10", "min_cell = 0"),
        "data/site.toml policy.min_cell: found 0, expected a whole number of 2 or more.",
    ),
    "min_cell true": (
        site("min_cell = 10", "min_cell = true"),
        "data/site.toml policy.min_cell: found true, expected a whole number of 2 or more.",
    ),
    "min_cell missing": (
        site("min_cell = 10", ""),
        "data/site.toml policy.min_cell: found nothing, expected a whole number of 2 or more."
        " Add the key.",
    ),
    "misspelt key": (
        site("place", "palce"),
        "data/site.toml site.palce: found an unknown key, expected only known keys."
        ' Did you mean "place"?\n'
        "data/site.toml site.place: found nothing, expected a name on one line. Add the key.",
    ),
    "misspelt section": (
        site("[bounds]", "[bound]"),
        "data/site.toml bound: found an unknown section, expected only known sections."
        ' Did you mean "bounds"?',
    ),
    "not TOML": (
        site('title = "An', "title = An"),
        "data/site.toml:2: found a fault at character 9 (Invalid value), expected TOML."
        " Check quotes, brackets and equal signs.",
    ),
    "not TOML to the end": (
        lambda data: (data / "site.toml").write_text('[site]\ntitle = "A"\nplace =\n\n'),
        "data/site.toml:3: found a fault at character 8 (Invalid value), expected TOML."
        " Check quotes, brackets and equal signs.",
    ),
    "a value that is cut off": (
        lambda data: (data / "site.toml").write_text('[site]\ntitle = "A"\nplaces = [\n\n'),
        "data/site.toml:3: found a fault at the end of the file (Invalid value), expected TOML."
        " Check quotes, brackets and equal signs.",
    ),
    "a number of 5,000 digits": (
        site("min_cell = 10", f"min_cell = {'9' * 5_000}"),
        "data/site.toml: found a number of thousands of digits, or as many brackets, expected"
        " values to read. Check quotes, brackets and equal signs.",
    ),
    "5,000 brackets": (
        site("min_cell = 10", f"min_cell = {'[' * 5_000}"),
        "data/site.toml: found a number of thousands of digits, or as many brackets, expected"
        " values to read. Check quotes, brackets and equal signs.",
    ),
    "address without https": (
        site("https://records.example/", "records.example"),
        'data/site.toml site.base_url: found "records.example",'
        ' expected an address such as "https://example.org/".',
    ),
    "language twice": (
        site('["en"]', '["en", "en"]'),
        'data/site.toml site.languages: found ["en", "en"], expected codes such as ["en", "es"].',
    ),
    "today's vote is none": (
        site("board-2024", "board-2023"),
        'data/site.toml site.holds_today: found "board-2023", expected a value of vote_id in'
        ' votes.csv. Did you mean "board-2024"?',
    ),
    "unknown network": (
        site('["Contract"]', '["Kontract"]'),
        'data/site.toml site.outside_networks: found "Kontract", expected a value of network in'
        ' schools.csv. Did you mean "Contract"?',
    ),
    "bound of no body": (
        site("board = 7", "bord = 7"),
        'data/site.toml bounds: found "bord", expected a code of body in votes.csv.'
        ' Did you mean "board"?',
    ),
    "label of no code": (
        site("body.council", "body.counsel"),
        'data/site.toml words: found "body.counsel", expected column.code of a category.'
        ' Did you mean "body.council"?',
    ),
    "sentence of no place": (
        site("[textgate]", '[texts]\n"home.led" = "A sentence."\n\n[textgate]'),
        "data/site.toml texts.home.led: found an unknown place, expected home.lead, votes.lead,"
        " methods.sources, methods.votes, term.area, term.network, authority.TABLE, caveat.TABLE,"
        " glossary.TERM, glossary.TERM.means or tally.QUESTION.",
    ),
    "sentence of no table": (
        site("[textgate]", '[texts]\n"caveat.vote" = "A caveat."\n\n[textgate]'),
        'data/site.toml texts: found "vote", expected a table of the edition.'
        ' Did you mean "votes"?',
    ),
    "sentence of no question": (
        site("[textgate]", '[texts]\n"tally.plan-2012" = "Votes on it"\n\n[textgate]'),
        'data/site.toml texts: found "plan-2012", expected a value of question_id in'
        ' questions.csv. Did you mean "plan-2021"?',
    ),
    "term without a meaning": (
        site("[textgate]", '[texts]\n"glossary.poll" = "Poll"\n\n[textgate]'),
        "data/site.toml texts.glossary.poll: found a term alone, expected glossary.poll.means"
        " beside it. Explain it.",
    ),
    "bound of zero": (
        site("board = 7", "board = 0"),
        "data/site.toml bounds.board: found 0, expected a whole number of 1 or more.",
    ),
}
REFUSED = FILES | COLUMNS | CELLS | LINKS | RULES | PEOPLE | SITE

TAKEN: dict[str, Change] = {
    "nothing changed": lambda data: None,
    "line ends of Windows": lambda data: (data / "votes.csv").write_bytes(
        (data / "votes.csv").read_bytes().replace(b"\n", b"\r\n")
    ),
    "no line feed at the end": lambda data: (data / "votes.csv").write_bytes(
        (data / "votes.csv").read_bytes().rstrip(b"\n")
    ),
    "a folder for releases that holds none": lambda data: (data / "releases").mkdir(),
    "HTML": cell("votes", 2, "caveat", "<script>alert(1)</script> and <b>bold</b>"),
    "Markdown": cell("votes", 2, "caveat", "**bold** [a](javascript:alert(1)) | cell | # none"),
    "Jinja": cell("votes", 2, "caveat", "{{ 7 * 7 }} {% raw %} {# none #}"),
    "mark of our own choice": cell("votes", 3, "seats_mark", "redacted"),
    "not held, with a source": cell("votes", 3, "seats_mark", "not_held"),
    "a bound that no tally reaches": site("council = 15", f"council = {10**30}"),
    "a number that starts with a minus": cell("incidents", 4, "change", "-0.25"),
    "an empty group": cell("feedback", 5, "n", "0"),
    "an accent": cell("votes", 2, "caveat", "se votó en español"),
}


@pytest.mark.parametrize(("change", "message"), REFUSED.values(), ids=REFUSED)
def test_a_broken_edition_is_refused_in_these_words(
    tmp_path: Path, change: Change, message: str
) -> None:
    data = write_edition(tmp_path / "data")
    change(data)
    with pytest.raises(InputError) as error:
        count_rows(data)
    assert str(error.value) == message


@pytest.mark.parametrize("change", TAKEN.values(), ids=TAKEN)
def test_what_only_looks_broken_is_taken(tmp_path: Path, change: Change) -> None:
    data = write_edition(tmp_path / "data")
    change(data)
    assert count_rows(data)


VOTES = BY_NAME["vote_counts"]
KINDLESS: dict[str, tuple[Table, str]] = {
    "no kind": (
        replace(VOTES, kind=""),  # type: ignore[arg-type]
        "data/vote_counts.csv: found a table without a kind, expected one of: public_record,"
        " survey, published_elsewhere. Declare its kind.",
    ),
    "unknown kind": (
        replace(VOTES, kind="census"),  # type: ignore[arg-type]
        'data/vote_counts.csv: found the kind "census", expected one of: public_record,'
        " survey, published_elsewhere. Declare its kind.",
    ),
    "no authority": (
        replace(VOTES, authority=""),
        "data/vote_counts.csv: found a public record without an authority,"
        " expected the rule that makes it public. Name the authority in the declaration.",
    ),
    "survey": (
        replace(VOTES, kind="survey"),
        "data/vote_counts.csv: found a survey without a protection record, expected rows that the"
        " gate has protected. Protect the counts first; no row of it was read.",
    ),
}


@pytest.mark.parametrize(("table", "message"), KINDLESS.values(), ids=KINDLESS)
def test_a_table_of_no_lawful_kind_is_refused(tmp_path: Path, table: Table, message: str) -> None:
    data = write_edition(tmp_path / "data")
    edition, raw = read(data)
    raw["vote_counts"] = replace(raw["vote_counts"], table=table)
    with pytest.raises(InputError) as error:
        check(raw, edition)
    assert str(error.value) == message


@pytest.mark.parametrize(
    "content",
    [
        b"vote_id,option,count,note,source_id\nheights-2020,keep,77777*,zz 88888,minutes\n",
        b"heights-2020,keep,77777,zz 88888,minutes\n",
        b"vote_id,option,count,note,source_id\nheights-2020,keep,77777,zz 88888\n",
        b'vote_id,option,count,note,source_id\nheights-2020,keep,77777,"zz 88888\n',
    ],
    ids=["wrong cells", "no header", "short row", "open quote"],
)
def test_no_message_about_a_survey_shows_a_value(tmp_path: Path, content: bytes) -> None:
    data = write_edition(tmp_path / "data", vote_counts=content)
    survey = replace(VOTES, kind="survey")
    tables = [survey if name == "vote_counts" else table for name, table in BY_NAME.items()]
    with pytest.raises(InputError) as error:
        check(read_tables(data, tables), read_edition(data))
    assert not [word for word in ("7777", "8888", "keep", "heights") if word in str(error.value)]


def test_a_long_list_of_problems_is_cut_with_its_number(tmp_path: Path) -> None:
    data = write_edition(tmp_path / "data")
    for number in range(60):
        add_row(data, "unit_schools", unit_id=f"none-{number}", school_id="000104")
    with pytest.raises(InputError) as error:
        count_rows(data)
    lines = str(error.value).splitlines()
    assert len(error.value.problems) == 180
    assert len(lines) == 51
    assert lines[-1] == "… and 130 more problems."


def test_a_value_of_a_mark_beside_a_small_count_is_not_shown(tmp_path: Path) -> None:
    data = write_edition(tmp_path / "data")
    edit(data, "feedback", 5, "count_mark", "3")
    edition, raw = read(data)
    with pytest.raises(InputError, match="count_mark: found a value not shown here"):
        check(raw, edition)
