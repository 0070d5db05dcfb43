"""Words that may point to one person without a name: a person reads such a text before it is shown.

"The only girl on the team" names nobody and everybody knows who it is. What is looked for: words of
uniqueness beside a person, twins, a grade together with a race or ethnicity, a relation of someone
in office. `tests/protect/test_textgate_corpus.py` measures what is found on sentences held back.
"""

import re
from collections.abc import Iterator

ONE_OF_A_KIND = "a word of uniqueness beside a person"
TWINS = "twins or triplets"
GRADE_AND_RACE = "a grade together with a race or ethnicity"
RELATIVE = "a relative of someone in office"
REVIEWED = frozenset({ONE_OF_A_KIND, TWINS, GRADE_AND_RACE, RELATIVE})

RACES = (
    "Black White Latino Latina Latinx Latine Latinos Latinas Hispanic Hispanics Asian Asians "
    "African American Americans Native Indigenous Arab Arabs Mexican Mexicans Muslim Muslims "
    "Jewish Jews Filipino Polish Chinese Indian Ukrainian Venezuelan Somali"
)
# These are names of people too.
ALSO_NAMES = frozenset({"Black", "White", "Indian"})
_RACE = rf"(?:{'|'.join(RACES.split())}|white|black)"
_ONE = (
    "girl boy student pupil child kid daughter son mother father parent guardian teacher "
    "substitute librarian nurse coach counselor janitor clerk aide woman man person member "
    "graduate valedictorian captain freshman sophomore junior senior grader immigrant refugee "
    "Christian Catholic survivor victim "
    "niña niño madre padre alumna alumno maestra maestro estudiante"
)
_MANY = "girls boys students pupils children kids parents teachers women men people members"
_KIN = "daughter son mother father sister brother wife husband niece nephew cousin child twin"
_OFFICE = "principal officer teacher coach chief sergeant member counselor nurse president"
# Between the word and the person stand only words that describe the person.
_BREAKS = (
    "time times year years day days week month semester vote votes round of in at on for with the "
    "a an to from by and or that who whether was were is are had has have if when where school "
    "schools question thing part place reason meeting grade"
)
_BETWEEN = rf"(?:(?!(?:{_BREAKS.replace(' ', '|')})\b)[^\W\d_]+[ -]){{0,3}}?"
_PERSON = rf"(?:{_ONE.replace(' ', '|')})\b"
_PEOPLE = rf"(?:{_MANY.replace(' ', '|')})\b"
_MOST = "youngest|oldest|eldest|tallest|smallest|newest|loudest|longest-serving"
_HERS = r"(?:the|an?|our|my|its|her|his|their|\w+['’]s|la|el|una?|su)"

_FIRST = rf"first|last|{_MOST}|únic[oa]|primera?"
_OWN = r"(?:her|his|their|our|my|the)\s+(?:class|grade|team|school|family|group|council)"
_FORMS = (
    (ONE_OF_A_KIND, rf"\b(?:only|sole|lone|single)\s+{_BETWEEN}{_PERSON}"),
    (ONE_OF_A_KIND, rf"\b{_HERS}\s+(?:only|sole)\s+{_BETWEEN}{_PEOPLE}"),
    (ONE_OF_A_KIND, rf"(?:\b{_HERS}\s+|^)(?:very\s+)?(?:{_FIRST})\s+{_BETWEEN}{_PERSON}"),
    (ONE_OF_A_KIND, rf"\b(?:{_MOST})\s+of\s+the\s+{_BETWEEN}{_PEOPLE}"),
    (
        ONE_OF_A_KIND,
        rf"\b(?:only|first|last|sole)\s+one\s+(?:who|to|without|with|(?:in|of|on|at)\s+{_OWN})\b",
    ),
    (
        ONE_OF_A_KIND,
        rf"\bone\s+of\s+(?:the\s+|only\s+)*(?:two|three|few)\s+{_BETWEEN}{_PEOPLE}",
    ),
    (ONE_OF_A_KIND, rf"\b(?:{_HERS}\s+)?one\s+{_RACE}\s+{_BETWEEN}{_PERSON}"),
    (TWINS, r"\b(?:twins?|triplets?|gemel[oa]s?|mellizos?)\b(?!\s+(?:city|cities))"),
    (RELATIVE, rf"\b(?:{_OFFICE.replace(' ', '|')})['’]s\s+(?:{_KIN.replace(' ', '|')})\b"),
)
PATTERNS = tuple((kind, re.compile(form, re.I)) for kind, form in _FORMS)
_GRADE = re.compile(
    r"\b(?:(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth"
    r"|\d{1,2}(?:st|nd|rd|th))[ -]grade(?:rs?)?|grade\s+\d{1,2}|freshm[ae]n|sophomores?"
    r"|(?:juniors?|seniors?)(?!\s+(?:high|officer|staff)))\b",
    re.I,
)
_RACE_WORD = re.compile(rf"\b{_RACE}\b")
_SENTENCE = re.compile(r"[^.!?;]+(?:[.!?;](?!\s|$)[^.!?;]*)*")


def find_unique(text: str) -> Iterator[tuple[str, int, int]]:
    """(kind, start, end) of each place to be read by a person, characters counted from 0."""
    for kind, pattern in PATTERNS:
        for match in pattern.finditer(text):
            yield kind, match.start(), match.end()
    for sentence in _SENTENCE.finditer(text):
        grade, race = _GRADE.search(sentence[0]), _RACE_WORD.search(sentence[0])
        if grade and race:
            start = sentence.start() + min(grade.start(), race.start())
            yield GRADE_AND_RACE, start, sentence.start() + max(grade.end(), race.end())
