"""The tables, in reading order. To add one: its file, its CSV, and its line here."""

from generator.model import Table
from generator.tables import (
    agreements,
    alternatives,
    claims,
    costs,
    decision_units,
    district_counts,
    enrollments,
    feedback,
    incidents,
    question_options,
    questions,
    readings,
    rosters,
    school_names,
    schools,
    sources,
    terms,
    unit_schools,
    vote_counts,
    votes,
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
    feedback.TABLE,
    alternatives.TABLE,
    costs.TABLE,
    incidents.TABLE,
    district_counts.TABLE,
    readings.TABLE,
    claims.TABLE,
)
BY_NAME = {table.name: table for table in TABLES}
