"""`translate`: brings every translator's file up to the messages of the code and the templates."""

import io
from collections.abc import Sequence
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from generator.errors import InputError, Problem
from generator.present.languages import CATALOG

CODE = Path("generator")
KEYWORDS = {"_": None, "gettext": None, "N_": None, "ngettext": (1, 2)}
OPTIONS = {"**.j2": {"trimmed": "true", "newstyle_gettext": "true"}}
# Lines of a header that say nothing true here, or change from day to day.
UNSAID = tuple(
    f'"{name}:'
    for name in (
        *("Project-Id-Version", "Report-Msgid-Bugs-To", "POT-Creation-Date", "PO-Revision-Date"),
        *("Last-Translator", "Language-Team", "Generated-By"),
    )
)
FOR_TRANSLATORS = "Translators:"  # begins a comment that stands in their files too
LEAST_ALIKE = 20  # letters of a message: shorter ones are alike by chance
HEADER = "# Words of the pages. An entry marked as fuzzy, or without words, stops the build."


def run(templates: Path, codes: Sequence[str]) -> None:
    """Update the files of all languages, and begin one for each of `codes` that has none."""
    for code in codes:
        refuse_unknown(code)
    known = {path.parent.name for path in templates.glob(CATALOG.format(code="*"))}
    messages = extracted(templates)
    for code in sorted({*known, *codes}):
        path = templates / CATALOG.format(code=code)
        path.parent.mkdir(parents=True, exist_ok=True)
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        updated = update(before, messages, code)
        path.write_text(updated, encoding="utf-8")
        empty = sum(1 for one in read_po(io.StringIO(updated)) if one.id and is_open(one))
        print(f"{path}: {len(messages):,} messages, {empty} to write or to read")


def is_open(message: object) -> bool:
    """True for a message that a translator has to look at."""
    string = getattr(message, "string", "")
    forms = (string,) if isinstance(string, str) else string
    return bool(getattr(message, "fuzzy", False)) or not all(forms)


def refuse_unknown(code: str) -> None:
    """InputError for a code that names no language."""
    try:
        Locale.parse(code)
    except (ValueError, UnknownLocaleError) as error:
        found, expected = f"the language {code!r}", "a code such as pl, zh or ar"
        raise InputError([Problem(CATALOG, 0, "", found, expected)]) from error


def extracted(templates: Path) -> Catalog:
    """Every message of the code and the templates, in the order of the files."""
    found = Catalog(fuzzy=False)
    for folder, method in ((CODE, "python"), (templates, "jinja2")):
        pattern = "**.py" if method == "python" else "**.j2"
        read = extract_from_dir(
            str(folder), [(pattern, method)], OPTIONS, KEYWORDS, callback=None,
            comment_tags=(FOR_TRANSLATORS,), strip_comment_tags=False,
        )  # fmt: skip
        for name, _, message, comments, _ in sorted(read, key=lambda one: (one[0], one[1])):
            place = Path(name).relative_to(folder) if Path(name).is_absolute() else Path(name)
            where = Path(folder.name, *place.parts).as_posix()
            found.add(message, None, [(where, 0)], auto_comments=comments)
    return found


def update(text: str, messages: Catalog, code: str) -> str:
    """The text of a translator's file with these messages, words kept; a message that was worded
    anew keeps its words, marked as fuzzy."""
    known = read_po(io.StringIO(text), locale=code) if text else Catalog(locale=code, fuzzy=False)
    known.update(messages, update_header_comment=False)
    known.header_comment = HEADER
    for message in known:
        if message.fuzzy and len(str(message.id)) < LEAST_ALIKE:
            message.flags.discard("fuzzy")
            message.string = "" if isinstance(message.id, str) else ("",) * known.num_plurals
    out = io.BytesIO()
    write_po(out, known, width=100, include_lineno=False, ignore_obsolete=True, sort_by_file=True)
    lines = out.getvalue().decode().splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(UNSAID))
