"""`summarise`: a raw survey export → private counts. Prints no count: a log is no private place."""

from collections.abc import Mapping
from pathlib import Path

from generator.errors import InputError, Problem
from generator.model import File

LEFT_OUT = "left_out.csv"
OWNER_ONLY = 0o600


def run(raw: Path, questionnaire: Path, private: Path) -> None:
    """Count the export and write the counts to `private`, beside those of other surveys.

    Counts of the same year and question are replaced. InputError for unusable input; then nothing
    is written.
    """
    from generator.protect.private import COUNTS_FILE, KEYS, QUESTIONS_FILE
    from generator.protect.questionnaire import parse_questionnaire, questions_toml
    from generator.protect.summarise import counts_csv, left_out_csv, summarise
    from generator.read.private import read_private, refuse_work_tree
    from generator.read.rows import decode
    from generator.write.beside import write_beside

    refuse_work_tree(raw, "a raw export")
    refuse_work_tree(private, "private counts")
    asked = parse_questionnaire(
        decode(read_private(questionnaire.parent, questionnaire.name), questionnaire.name),
        questionnaire.name,
    )
    found = summarise(read_private(raw.parent, raw.name), raw.name, asked)
    new = {one.id: {key: getattr(one, key) for key in KEYS} for one in asked.questions}
    counts, questions = kept_counts(private, asked.school_year, set(new)), old_questions(private)
    write_beside(
        private,
        [
            File(LEFT_OUT, left_out_csv(found)),
            File(QUESTIONS_FILE, questions_toml({**questions, **new})),
            File(COUNTS_FILE, counts_csv({**counts, **found.counts})),
        ],
        mode=OWNER_ONLY,
    )
    print(f"{private}: wrote {COUNTS_FILE} and {QUESTIONS_FILE}; {LEFT_OUT} says what was left out")


def kept_counts(
    private: Path, year: str, questions: set[str]
) -> dict[tuple[str, str, str, str, str], int]:
    """The counts that stand in the folder for other years and questions."""
    from generator.check.schema import cell_problems
    from generator.protect.private import COUNTS, COUNTS_FILE
    from generator.read.private import private_place, read_private
    from generator.read.rows import parse_table

    if not (private / COUNTS_FILE).exists():
        return {}
    place = private_place(private, COUNTS_FILE)
    table = parse_table(read_private(private, COUNTS_FILE), place, COUNTS)
    if problems := cell_problems(table):
        raise InputError(problems)
    names = [column.name for column in COUNTS.columns]
    rows = table.frame[names].itertuples(index=False, name=None)
    return {
        (school, when, question, group, answer): int(count)
        for school, when, question, group, answer, count in rows
        if when != year or question not in questions
    }


def old_questions(private: Path) -> Mapping[str, Mapping[str, str]]:
    """The questions that stand in the folder."""
    from generator.protect.private import KEYS, QUESTIONS_FILE
    from generator.read.private import private_place, read_private
    from generator.read.rows import decode
    from generator.read.toml import parse_toml

    if not (private / QUESTIONS_FILE).exists():
        return {}
    place = private_place(private, QUESTIONS_FILE)
    found = parse_toml(decode(read_private(private, QUESTIONS_FILE), place), place, private=True)
    if any(not isinstance(one, dict) or set(one) != set(KEYS) for one in found.values()):
        raise InputError([Problem(place, 0, "", "other keys", f"sections with {', '.join(KEYS)}")])
    return found
