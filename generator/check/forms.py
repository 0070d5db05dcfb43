"""The forms by which a text points to a person: contacts, numbers, addresses, titles, initials.

Patterns of our own, few and readable; `tests/test_textgate.py` measures what they find and miss.
"""

import re

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*\d*")
POSSESSIVE = re.compile(r"['’]s?$")
SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*\s+[\"'“‘(\[]*$")

# "badge 1234", "star no. 12345", "badge #: 77"
_NO = r"\s?(?:no\.?|num\.?|nr\.?|number|número|núm\.?|nº)?\s?[:#]?\s?#?"
_NAMED = r"\s?(?:(?:no\.?|num\.?|nr\.?|number|número|núm\.?|nº)\s?[:#]?\s?#?|[:#]\s?#?)\s?"
_APART = r"(?<![\w.,$/-])"  # not inside a longer number, an amount or a code
_END = r"(?![\w-])"

CONTACTS = (
    ("an e-mail address", re.compile(r"(?<![\w.+-])[\w.+-]+\s?[@＠]\s?[\w-]+(?:\.[\w-]+)+")),
    (
        "an e-mail address",
        re.compile(
            r"(?<![\w.+-])[\w.+-]+\s?(?:[\[(]at[\])]|\bat\b)\s?[\w-]+"
            r"\s?(?:[\[(]dot[\])]|\bdot\b)\s?\w+",
            re.I,
        ),
    ),
    # In North America area codes and exchanges start with 2 to 9, so that "Public Act 101-0172"
    # and "2019-2020" are no phone numbers.
    (
        "a phone number",
        re.compile(rf"{_APART}(?:\+?1[-. ]?)?\(?[2-9]\d\d[-.) ]+[2-9]\d\d[-. ]\d{{4}}{_END}"),
    ),
    (
        "a phone number",
        re.compile(rf"{_APART}(?:1?[2-9]\d\d[2-9]\d{{6}}|[2-9]\d\d[-.]\d{{4}}){_END}"),
    ),
    ("a phone number", re.compile(r"\+\d[\d ()-]{7,}\d")),
    ("a badge number", re.compile(rf"\b(?:badge|placa){_NO}\d{{2,}}", re.I)),
    # Districts are called "North Star 10" and "White Shield 85".
    ("a badge number", re.compile(rf"\b(?:star|shield)(?:{_NO}\d{{3,}}|{_NAMED}\d\d)", re.I)),
    (
        "a student number",
        re.compile(
            # A district's own letters stand before the number too: "XPS ID 123456".
            rf"\b(?:(?:student|pupil|estudiante|alumn[oa]|(?-i:[A-Z]{{2,6}}))\s+id\w*"
            rf"|student|pupil|alumn[oa])"
            rf"{_NO}\d{{5,}}",
            re.I,
        ),
    ),
    ("a social security number", re.compile(rf"{_APART}\d{{3}}-\d{{2}}-\d{{4}}{_END}")),
)

_SIDE = r"(?:[NSEW]\.?|North|South|East|West)"
_STREET = (
    r"(?:ave|blvd|pkwy|Ave|Avenue|St|Street|Blvd|Boulevard|Rd|Road|Dr|Drive|Ln|Lane|Ct|Court|Pl"
    r"|Place|Ter|Terrace|Pkwy|Parkway|Hwy|Highway|Sq|Square|Cir|Circle)"
)
PLACES = (
    (
        "a street address",
        re.compile(rf"{_APART}\d{{1,5}}\s+(?:{_SIDE}\s+)?(?:[A-Z0-9]\w*\s+){{1,3}}?{_STREET}\b"),
    ),
    ("a street address", re.compile(rf"{_APART}\d{{1,5}}\s+[NSEW]\.?\s+[A-Z0-9]\w+")),
    (
        "a street address",
        re.compile(rf"{_APART}\d{{1,5}}\s+(?:[nsew]\.?\s+)?\w+\s+(?:ave|blvd|st)\b"),
    ),
    ("a street address", re.compile(r"\bP\.?\s?O\.?\s+Box\s+\d+", re.I)),
    ("a number as long as a student's", re.compile(rf"{_APART}\d{{8,9}}{_END}")),
)

QUOTATIONS = (("a quotation of more than 8 words", re.compile(r"[\"“«„][^\"“”«»„]+[\"”»“]")),)

_TITLES = (
    "mr mrs ms mx dr prof rev sgt lt capt cmdr det ofc ald hon fr sr sra srta supt gov sen rep "
    "miss mister officer principal detective coach sergeant lieutenant captain commander "
    "alderman alderwoman alderperson mayor superintendent chief teacher counselor dean professor "
    "doctor reverend father sister brother pastor judge señor señora señorita maestra maestro "
    "oficial director directora profesor profesora don doña"
)
TITLE = re.compile(rf"\b(?:{_TITLES.replace(' ', '|')})\b\.?\s+({WORD.pattern})", re.I)
INITIALS = re.compile(r"(?<![\w.])((?:[^\W\d_]\.\s?)+)(\w?)")
NOT_INITIALS = frozenset({"US", "PA", "DC", "PO", "AM", "PM", "II", "EG", "IE", "NB"})

# A full stop behind these ends no sentence.
ABBREVIATIONS = frozenset("No Nos no nos vs v St Jr p pp ca approx Art Sec Ch para".split())
CALENDAR = (
    "January February March April May June July August September October November December "
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
)
# Words that open a sentence before a capitalised word and are nobody's name.
STARTERS = (
    "A An The This That These Those It Its He She They We Our Their There Here I "
    "In On At By For From To Of Off Up With Without Under Over Before After Since Until During "
    "Between Against Among About Around As If When While Where Why Who Whose Which What How "
    "Because Although Though Unless Whether And But Or Nor So Yet Not No Yes All Any Both Each "
    "Either Every Few Less Many More Most Much Neither None One Only Other Several Some Such Two "
    "Three Four Five Six Seven Eight Nine Ten Also Again Already Another Later Earlier First "
    "Second Third Then Thus Today Now See Same Per Former Like Says Said "
    "El La Los Las Un Una De Del En Con Sin Por Para Según Desde Hasta Este Esta Y O Pero No Sí"
)
