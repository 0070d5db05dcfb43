"""The small edition in two languages with invented reports of errors, replies and requests."""

from pathlib import Path

from tests.bilingual_edition import BILINGUAL, translate
from tests.edition import SITE, Rows, edit, write_edition
from tests.presenting import AREAS


def _rows(columns: str, *lines: str) -> Rows:
    names = columns.split()
    return [
        dict(zip(names, (cell.strip() for cell in line.split("|")), strict=True)) for line in lines
    ]


CORRECTIONS = _rows(
    "correction_id fact received_on reporter problem evidence source_id decision decided_on why"
    " release",
    "seats | votes.heights-2020.seats | 2025-02-01 | council | Another number of seats was"
    " reported. | The minutes name twelve seats. | minutes | accepted | 2025-02-11"
    " | The minutes say so. |",
    "arrests | incidents.i-2012.count | 2025-01-20 | journalist | The count is said to be of"
    " another year. | | | open | | |",
    "schools | schools.district.all | 2025-03-01 | resident | A school is said to be missing."
    " | | | declined | 2025-03-01 | The list has four schools. |",
    "row | rosters.sample-park.2020-21.minutes | 2025-03-02 | not_said"
    " | The row is said to be about another year. | | | open | | |",
    "place | schools.000104.latitude | 2025-03-03 | maintainer | It lies outside of the city."
    " | | | declined | 2025-03-05 | The place was looked at again. |",
)
REPLIES = _rows(
    "reply_id fact school_id unit_id office received_on words source_id",
    "heights | votes.heights-2020.outcome | | | a school | 2025-02-20"
    " | The council meant one year only. | gazette",
    "park | | 900002 | | a school | 2025-02-21 | The school has a safety team. | gazette",
    "board | votes.board-2024 | | | the Board | 2025-02-22 | The vote was on the whole plan."
    " | board",
)
REQUESTS = _rows(
    "request_id office asked sent_on due_on law answer answered_on answer_note covers source_id",
    "quorum | Exampleton Schools | Minutes of the councils | 2024-12-01 | 2024-12-08"
    " | Invented Records Act, section 3 | open | | | votes.fixture-2021.quorum |",
    "late | Exampleton Schools | The list of officers | 2024-10-01 | 2024-10-08"
    " | Invented Records Act, section 3 | partly | 2024-10-20 | Half of the list was sent. |"
    " | list-2020",
    "undated | Exampleton Board | The plan | 2025-01-01 | | | no_records | 2025-01-05 | | |",
)
REPORTING = """
[reports]
address = "mailto:errors@records.example"
"""


def write_ledgers(folder: Path, site: str = SITE) -> Path:
    """Write the edition in one language to `folder` and return it."""
    data = write_edition(
        folder,
        site=site.replace('"Gazette"]', '"Gazette", "Schools", "Minutes", "Half"]') + REPORTING,
        corrections=CORRECTIONS, replies=REPLIES, requests=REQUESTS,
    )  # fmt: skip
    edit(data, "votes", votes_line(data, "fixture-2021"), "quorum", "")
    edit(data, "votes", votes_line(data, "fixture-2021"), "quorum_mark", "requested")
    (data / "areas.topojson").write_text(AREAS, encoding="utf-8")
    return data


def write_spoken_ledgers(folder: Path) -> Path:
    """Write it in two languages."""
    data = write_ledgers(folder, BILINGUAL)
    for name, prose in (
        ("corrections", ["problem", "evidence", "why"]),
        ("replies", ["words"]),
        ("requests", ["asked", "answer_note"]),
    ):
        translate(data / f"{name}.csv", prose)
    return data


def votes_line(data: Path, vote: str) -> int:
    """The line of a vote, as an editor counts it."""
    lines = (data / "votes.csv").read_text("utf-8").splitlines()
    return next(at for at, line in enumerate(lines, 1) if line.startswith(f"{vote},"))
