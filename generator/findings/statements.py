"""Contradictions between statements: may a decision be taken up again, or not?"""

from collections.abc import Iterator

from generator.findings.found import Finding, Rule, lines
from generator.model import Record


def revisit_return(record: Record) -> Iterator[Finding]:
    """A statement that councils may vote again at any time, and those that what was voted out can't
    come back. One report may hold both: it is the statements that are rows."""
    for said in record.rows["claims"]:
        against = [other for other in record.rows["claims"] if other["measure"] == "no_return"]
        if said["measure"] == "revisit" and against:
            yield Finding(
                rule="revisit_return",
                id=f"revisit_return.{said['claim_id']}",
                sides=(lines(record, "claims", [said]), lines(record, "claims", against)),
                rows=(said,),
            )


REVISIT_RETURN = Rule(
    "revisit_return", revisit_return, "claims",
    "measure = 'revisit' and exists (select 1 from claims o where o.measure = 'no_return')",
)  # fmt: skip
RULES = (REVISIT_RETURN,)
