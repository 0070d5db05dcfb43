"""The tables, in reading order. To add one: its file, its CSV, and its line here."""

from generator.model import Table
from generator.tables import (
    agreements,
    alternatives,
    changelog,
    changes,
    claims,
    clauses,
    corrections,
    costs,
    decision_units,
    district_counts,
    enrollments,
    evidence,
    feedback,
    incidents,
    question_options,
    questions,
    readings,
    replies,
    requests,
    rosters,
    school_names,
    schools,
    sources,
    survey_answers,
    terms,
    topics,
    unit_schools,
    vote_counts,
    votes,
    waivers,
)

TABLES: tuple[Table, ...] = (
    sources.TABLE,
    schools.TABLE,
    school_names.TABLE,
    enrollments.TABLE,
    decision_units.TABLE,
    unit_schools.TABLE,
    questions.TABLE,
    question_options.TABLE,
    votes.TABLE,
    vote_counts.TABLE,
    rosters.TABLE,
    agreements.TABLE,
    terms.TABLE,
    topics.TABLE,
    clauses.TABLE,
    evidence.TABLE,
    feedback.TABLE,
    survey_answers.TABLE,
    alternatives.TABLE,
    costs.TABLE,
    incidents.TABLE,
    district_counts.TABLE,
    readings.TABLE,
    claims.TABLE,
    corrections.TABLE,
    replies.TABLE,
    requests.TABLE,
    waivers.TABLE,
    changes.TABLE,
)
# Made by the build and published like the others; no file in data/ holds them.
DERIVED: tuple[Table, ...] = (changelog.TABLE,)
BY_NAME = {table.name: table for table in (*TABLES, *DERIVED)}

# The version of what the tables are, apart from the releases of what they say: a table or a column
# that is new raises the second number, one that is gone or another the first.
SCHEMA_VERSION = "1.1.0"
