"""An invented edition of twenty schools whose names and rows are as awkward as a check lets pass.

None, one and most votes; a school without a unit; a closed school; four schools on one campus, and
one in two units; every sort of markup in a name; a name in Arabic; one of 200 letters.
"""

from collections.abc import Mapping
from pathlib import Path

from tests.edition import EDITION, SITE, Rows, write_edition

# Words that mean something to Markdown, HTML, YAML, Jinja, regular expressions, or to ourselves.
NAMES = (
    "<b>Bold</b> & <script>alert(1)</script> School",
    'The "Quoted" School\'s Annex &amp; &lt;b&gt; &copy;',
    "{{ school.name }} {% raw %} {# c #} %(title)s %s 100%",
    "*Starred* _School_ [a](b) ![c](d) `e` ~~f~~ # 1",
    "مدرسة المثال",
    "Long Name " * 19 + "Academy 20",
    "null --- : | > yes # 'a' \"b\"",
    r"Back\slash \1 \g<0> $1 ${x}",
    "École Ñandú 🎒 東京",
    "QxTitleqX qxspecimenqx-record",
    "## Heading {: #today .x }",
    "1. First | Second | wzxhzdk:0",
    "Plain Example School",
    "Shared Campus One",
    "Shared Campus Two",
    "Shared Campus Three",
)
IDS = (*(f"91{number:04}" for number in range(len(NAMES) - 1)), "91.x_y-z")
PLAIN, CAMPUS = IDS[12], IDS[13:]
MOST = IDS[0]
ODD = '<i>one</i> & *two* {{ three }} _four_ \\5 # 6 | "seven"'

# What stands before the votes on one question, in letters that no other word here has.
TALLY = '\n[texts]\n"tally.safety_plan" = "Ψήφοι"\n'


def _schools() -> Rows:
    return [
        {
            "school_id": key, "name": name, "short_name": f"HS {number} <x> & *y*",
            "level": "HS", "address": ODD, "area_id": "" if number == 3 else "8",
            "area": "" if number == 3 else "Example <Heights> & *Co*",
            "latitude": "41.9", "longitude": "-87.65", "network": "Network {{ 1 }}",
            "grades": "9-12", "closed": "2021-06-30" if number == 1 else "",
            "last_listed": "2020-21" if number in (1, 2) else "2024-25", "caveat": ODD,
            "source_id": "list-2020",
        }
        for number, (key, name) in enumerate(zip(IDS, NAMES, strict=True))
    ]  # fmt: skip


def _votes() -> tuple[Rows, Rows]:
    """Votes and tallies: most votes at the first school, one at the next, none later."""
    base = {"source_id": "minutes", "body": "council", "body_wording": ODD, "caveat": ODD}
    votes: list[Mapping[str, str]] = []
    counts: list[Mapping[str, str]] = []
    for year in range(2012, 2024):
        first, last = f"most-{year}-a", f"most-{year}-b"
        common = {
            **base, "unit_id": "most", "cycle": str(year), "question_id": "officers-2020",
            "outcome": "keep", "outcome_basis": "stated",
            "effective_school_year": f"{year}-{(year + 1) % 100:02}",
        }  # fmt: skip
        dates = (f"{year}-06", f"{year}-07-14")
        kinds = ("month", "day")
        for vote, date, kind, later in zip((first, last), dates, kinds, (last, ""), strict=True):
            votes.append(
                {**common, "vote_id": vote, "vote_date": date, "vote_date_precision": kind,
                 "superseded_by": later}
            )  # fmt: skip
            counts += [
                {"vote_id": vote, "option": option, "count": str(year % 4 + place),
                 "source_id": "minutes", "note": ODD}
                for place, option in enumerate(("keep", "remove", "abstain"))
            ]  # fmt: skip
    once = {"vote_id": "once-2020", "unit_id": "once", "cycle": "2020"}
    return [*votes, {**base, **once}, *({**base, **vote} for vote in JOINT)], [
        *counts,
        *PLAN_COUNTS,
    ]


# One vote of every sort that the campus did not have in the small edition.
JOINT: Rows = [
    {"vote_id": "joint-2018-a", "unit_id": "joint", "cycle": "2018",
     "body": "council_without_quorum", "question_id": "safety_plan", "outcome": "keep",
     "outcome_basis": "stated"},
    {"vote_id": "joint-2018-b", "unit_id": "joint", "cycle": "2018",
     "body": "council_without_quorum"},
    {"vote_id": "joint-2019", "unit_id": "joint", "cycle": "2019", "question_id": "safety_plan",
     "body": "school_leaders", "quorum": "no", "outcome": "keep", "outcome_basis": "inferred"},
    {"vote_id": "joint-2020", "unit_id": "joint", "cycle": "2020", "vote_date": "2020",
     "vote_date_precision": "year"},
    {"vote_id": "joint-2021", "unit_id": "joint", "cycle": "2021", "body": ""},
    {"vote_id": "joint-2022", "unit_id": "joint", "cycle": "2022", "vote_date": "2022-05",
     "vote_date_precision": "month", "question_id": "safety_plan", "body": "community_poll",
     "outcome": "keep", "outcome_basis": "stated"},
    {"vote_id": "joint-2023", "unit_id": "joint", "cycle": "2023", "question_id": "safety_plan",
     "body": "community_poll", "outcome": "keep", "outcome_basis": "stated"},
]  # fmt: skip
PLAN: Rows = [
    {"question_id": "safety_plan", "role": role, "code": code, "label": f"{code} {ODD}",
     "effect": effect, "position": str(place)}
    for place, (role, code, effect) in enumerate(
        (("option", "yes", "none"), ("option", "no", "none"), ("outcome", "keep", "keep")), 1
    )
]  # fmt: skip
PLAN_COUNTS: Rows = [
    {"vote_id": vote, "option": option, "count": "3", "source_id": "minutes"}
    for vote in ("joint-2019", "joint-2022")
    for option in ("yes", "no")
]


def tables() -> dict[str, Rows]:
    """The rows of every table: those of the small edition, and sixteen schools more."""
    votes, counts = _votes()
    units = {"most": (MOST,), "once": (IDS[1],), "none": (IDS[3],), "joint": (PLAIN, *CAMPUS)}
    names = [("most", NAMES[0]), ("once", NAMES[1]), ("none", NAMES[3]), ("joint", ODD)]
    more: dict[str, Rows] = {
        "schools": _schools(),
        "school_names": [
            {"school_id": key, "name": f"Alias {number} <of> & *{key}*", "name_kind": "printed",
             "source_id": "gazette"}
            for number, key in enumerate(IDS)
        ],
        "decision_units": [
            {"unit_id": key, "name": name, "unit_kind": "campus" if key == "joint" else "school",
             "caveat": ODD, "source_id": "minutes"}
            for key, name in names
        ],
        "unit_schools": [
            {"unit_id": unit, "school_id": school, "match": "possible", "note": ODD,
             "source_id": "list-2020"}
            for unit, schools in units.items()
            for school in schools
        ],
        "questions": [
            {"question_id": "safety_plan", "title": ODD, "description": ODD, "source_id": "minutes"}
        ],
        "question_options": PLAN,
        "votes": votes,
        "vote_counts": counts,
        "rosters": [
            {"unit_id": unit, "school_year": f"{year}-{year % 100 + 1}", "status": "in_program",
             "officers": "1", "officers_kind": "assigned", "wording": ODD, "basis": "news",
             "note": ODD, "source_id": "gazette"}
            for unit in units
            for year in (range(2019, 2024) if unit == "most" else (2021,))
        ],
        "feedback": [
            {"feedback_id": f"odd-{number}", "survey_id": f"odd-{number}", "survey": ODD,
             "asked_by": ODD, "unit_id": "most", "scope": "one school", "respondent_group": ODD,
             "question": ODD, "response": ODD, "precision": "words_only", "words": words,
             "n": n, "n_precision": "exact" if n else "", "note": ODD, "source_id": "survey"}
            for number, (words, n) in enumerate(((ODD, ""), (ODD, "20"), ("", "30"), ("", "0")))
        ],
        "alternatives": [
            {"alternative_id": "odd-1", "name": ODD, "unit_id": "most", "description": ODD,
             "note": ODD, "source_id": "gazette"}
        ],
        "agreements": [  # so many that a sentence names some
            {"agreement_id": f"agreement-of-{year}", "title": "Invented agreement.",
             "agreement_kind": "agreement", "parties": "Schools and police",
             "adopted_on": f"{year}-08", "text_held": "none", "source_id": "gazette"}
            for year in range(2014, 2024)
        ],
        "costs": [
            {"cost_id": f"odd-{number}", "period": f"{ODD} {number}", "cost_kind": "paid",
             "amount_usd": "1234.5", "precision": "exact", "per": ODD, "description": ODD,
             "unit_id": "most", "note": ODD, "source_id": "gazette"}
            for number in range(2)
        ] + [  # two bars, which a sentence names, and so many that it names some
            {"cost_id": f"{kind}-{year}", "period": f"FY{year}", "cost_kind": kind,
             "amount_usd": str(10 * year), "precision": "exact", "per": "school",
             "description": "Invented.", "source_id": "gazette"}
            for kind, years in (("contract", range(2022, 2023)), ("budget", range(2001, 2012)))
            for year in years
        ],
    }  # fmt: skip
    return {name: [*rows, *more.get(name, ())] for name, rows in EDITION.items()}


def write_twenty(folder: Path) -> Path:
    """Write the edition to `folder` and return it."""
    return write_edition(folder, site=f"{SITE}{TALLY}", **tables())
