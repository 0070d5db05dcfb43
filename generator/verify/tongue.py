"""The languages that verify can read: the words that pages have beside the data. Written anew.

Words of the data are in the published files; these stand in templates alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Tongue:
    """A language. `marks` are the reasons for an empty cell by their codes, `flags` yes and no,
    `day` and `month` the forms of a date, `standing` the letters of a school year by the status in
    it ("" for unknown), with `over` for a program that has ended; `told` are those letters by how
    the sentence about such years begins; then what receipts and the list of sources say;
    `own_words` are the phrases of pages that hold digits. The last five are sentences of
    citations: of a page in a release, of one changed since, of one before the first; of the newest
    source; of where facts come from."""

    code: str
    marks: Mapping[str, str]
    flags: tuple[str, str]
    months: tuple[str, ...]
    day: str
    month: str
    standing: Mapping[str, str]
    over: str
    told: Mapping[str, str]
    published: str
    in_none: str
    unchanged: str
    first: str
    before: str
    because: str
    report_number: str
    report_value: str
    unreleased: str
    reported: Mapping[str, str]
    request: str
    reply: str
    own_words: frozenset[str]
    release: str
    changed: str
    cited_early: str
    newest: str
    cited: str


CODES = (
    "not_found", "withheld", "redacted", "not_held", "requested", "not_reported",
    "not_applicable", "not_yet_due",
)  # fmt: skip


def _marks(*words: str) -> Mapping[str, str]:
    return dict(zip(CODES, words, strict=True))


ENGLISH = Tongue(
    code="en",
    marks=_marks(
        "not found", "withheld", "redacted by the source", "not held by the office", "requested",
        "not reported", "not applicable", "not yet due",
    ),
    flags=("yes", "no"),
    months=(
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ),
    day="{month} {day}, {year}",
    month="{month} {year}",
    standing={"in_program": "in", "not_in_program": "out", "": "?"},
    over="end",
    told={
        "In the program": "in", "Not in the program": "out", "Program over": "end",
        "Not found": "?",
    },
    published="Published: {day}.",
    in_none="In no release yet.",
    unchanged="First in release {release}, unchanged since.",
    first="First in release {release}.",
    before="In release {release} it was {words}.",
    because="Why it changed ({reason}): {why}",
    report_number="Report a problem with this number",
    report_value="Report a problem with this value",
    unreleased="not released yet",
    reported={"open": "A report of an error is open",
              "accepted": "A report of an error was accepted"},
    request="The request for it",
    reply="A reply by {office}",
    own_words=frozenset({"share from 0 to 1"}),
    release="Release {release}.",
    changed="Changed since release {release}.",
    cited_early="Not released yet.",
    newest="Newest source: {day}.",
    cited="Facts from public sources, which the page names.",
)  # fmt: skip
SPANISH = Tongue(
    code="es",
    marks=_marks(
        "no encontrado", "reservado", "tachado por la fuente", "la oficina no lo tiene",
        "solicitado", "no se informó", "no aplica", "aún no vence",
    ),
    flags=("sí", "no"),
    months=(
        "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre",
        "octubre", "noviembre", "diciembre",
    ),
    day="{day} de {month} de {year}",
    month="{month} de {year}",
    standing={"in_program": "sí", "not_in_program": "no", "": "?"},
    over="fin",
    told={
        "En el programa": "sí", "Fuera del programa": "no", "Programa terminado": "fin",
        "No encontrado": "?",
    },
    published="Publicado: {day}.",
    in_none="Todavía en ninguna edición publicada.",
    unchanged="Apareció primero en la edición publicada {release}; sin cambios desde entonces.",
    first="Apareció primero en la edición publicada {release}.",
    before="En la edición publicada {release} era {words}.",
    because="Por qué cambió ({reason}): {why}",
    report_number="Avisar de un problema con este número",
    report_value="Avisar de un problema con este valor",
    unreleased="aún no publicado",
    reported={"open": "Hay un aviso de error abierto",
              "accepted": "Se aceptó un aviso de un error"},
    request="La solicitud de este valor",
    reply="Una respuesta de {office}",
    own_words=frozenset({"proporción de 0 a 1"}),
    release="Edición publicada {release}.",
    changed="Cambió desde la edición publicada {release}.",
    cited_early="Todavía sin edición publicada.",
    newest="Fuente más nueva: {day}.",
    cited="Datos de fuentes públicas, que la página nombra.",
)  # fmt: skip
TONGUES: Mapping[str, Tongue] = {one.code: one for one in (ENGLISH, SPANISH)}
