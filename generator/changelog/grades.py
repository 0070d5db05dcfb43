"""What a change means for whoever used the value: four grades."""

from generator.changelog.reasons import Reason
from generator.diff import Change

BREAKING, CORRECTION, ADDITION, WORDING = "breaking", "correction", "addition", "wording"
# New data adds to what was published. Another method replaces it, as does a mistake put right: what
# was cited may not stand any more.
BY_REASON = {
    "new_data": ADDITION,
    "source_revised": CORRECTION,
    "our_error": CORRECTION,
    "method": CORRECTION,
}


def grade(change: Change, reason: Reason | None) -> str:
    """The grade of a change that has all the reasons it needs."""
    if change.kind in ("table_gone", "column_gone"):
        return BREAKING
    if change.kind in ("row_added", "column_added", "table_added"):
        return ADDITION
    if reason is None:
        return WORDING
    if change.kind == "row_removed" and reason.values[2]:
        return BREAKING  # the same thing under another id
    return BY_REASON[str(reason.row["reason"])]
