"""Translators' files: complete, with every placeholder, and brought up by one command."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from generator.commands.translate import extracted, run, update
from generator.errors import InputError
from generator.present.catalog import KEPT, parse_catalog
from generator.present.languages import CATALOG
from tests.presenting import ROOT, TEMPLATES

HEAD = """\
msgid ""
msgstr ""
"Language: es\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"Content-Type: text/plain; charset=utf-8\\n"

"""
GOOD = HEAD + 'msgid "Who voted at the school"\nmsgstr "Quién votó en la escuela"\n'
SPANISH = TEMPLATES / CATALOG.format(code="es")
CODES = sorted(path.parent.name for path in TEMPLATES.glob(CATALOG.format(code="*")))


def faults(text: str) -> list[str]:
    with pytest.raises(InputError) as raised:
        parse_catalog(text, "es.po")
    return [str(problem) for problem in raised.value.problems]


def test_a_message_has_its_words_and_a_count_its_form() -> None:
    plural = 'msgid "%(n)s vote"\nmsgid_plural "%(n)s votes"\n'
    plural += 'msgstr[0] "%(n)s voto"\nmsgstr[1] "%(n)s votos"\n'
    found = parse_catalog(f"{GOOD}\n{plural}", "es.po")
    assert found.translate("Who voted at the school") == "Quién votó en la escuela"
    assert [found.plural("%(n)s vote", "%(n)s votes", n) for n in (0, 1, 2)] == [
        "%(n)s votos", "%(n)s voto", "%(n)s votos",
    ]  # fmt: skip


def test_a_message_that_the_file_does_not_have_stops_the_build() -> None:
    found = parse_catalog(GOOD, "es.po")
    for ask in (lambda: found.translate("Who?"), lambda: found.plural("Who?", "Whos?", 1)):
        with pytest.raises(InputError, match=r"es.po: found no words for “Who\?”"):
            ask()


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ('msgid "a"\nmsgstr ""\n', "es.po:7 a: found no words, or a plural without"),
        ('#, fuzzy\nmsgid "a"\nmsgstr "b"\n', "es.po:8 a: found words marked as fuzzy"),
        ('msgid "a %(n)s"\nmsgstr "b"\n', "es.po:7 a %(n)s: found “b”, expected the placeholders"),
        ('msgid "a"\nmsgstr "b %(n)s"\n', "es.po:7 a: found “b %(n)s”, expected the placeholders"),
        ('msgid "<b>a</b>"\nmsgstr "<b>b"\n', "es.po:7 <b>a</b>: found “<b>b”"),
        ('msgid "a"\nmsgid_plural "as"\nmsgstr[0] "b"\nmsgstr[1] ""\n', "es.po:7 a: found no"),
    ],
)
def test_what_is_wrong_in_a_file_is_said_with_its_line(entry: str, fault: str) -> None:
    (found,) = faults(HEAD + entry)
    assert found.startswith(fault)


def test_a_file_without_messages_is_refused() -> None:
    (found,) = faults(HEAD)
    assert found.startswith("es.po: found no messages")


@pytest.mark.parametrize("code", CODES)
def test_every_file_has_the_messages_of_the_code_and_the_templates_and_no_other(code: str) -> None:
    text = (TEMPLATES / CATALOG.format(code=code)).read_text(encoding="utf-8")
    parse_catalog(text, code)
    wanted = {one.id for one in extracted(TEMPLATES) if one.id}
    found = {one.id for one in read_po(text.splitlines()) if one.id}
    assert found == wanted, "run `make translate`, then fill in the words"


def test_the_command_keeps_words_and_begins_a_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    path = tmp_path / CATALOG.format(code="es")
    path.parent.mkdir(parents=True)
    path.write_text(SPANISH.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "page.j2").write_text("{% trans %}A new one{% endtrans %}{{ _('Two') }}")
    run(tmp_path, ["pl"])
    polish = read_po((tmp_path / CATALOG.format(code="pl")).read_text("utf-8").splitlines())
    assert not any(one.string for one in polish if one.id and isinstance(one.id, str))
    spanish = {one.id: one.string for one in read_po(path.read_text("utf-8").splitlines())}
    assert spanish["not found"] == "no encontrado"
    assert not spanish["Two"]
    assert "es/messages.po" in capsys.readouterr().out


def test_words_of_a_message_that_was_worded_anew_have_to_be_read_again() -> None:
    messages = read_po('msgid "Who has voted at the school"\nmsgstr ""\n'.splitlines())
    updated = update(GOOD, messages, "es")
    assert "#, fuzzy" in updated
    assert "Quién votó" in updated
    (fault,) = faults(updated)
    assert "fuzzy" in fault
    # Short messages resemble each other by chance.
    short = read_po('msgid "Who"\nmsgstr ""\n'.splitlines())
    assert "Quién" not in update(GOOD, short, "es")


def test_a_language_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="the language 'zz'"):
        run(tmp_path, ["zz"])


# ---- Spanish

TERMS = {
    r"\bLocal School Council": "Consejo Escolar Local",
    r"\b[Qq]uorum\b": "uórum",
    r"\b[Gg]lossary\b": "losario",
    r"\b[Rr]eceipts?\b": "omprobante",
    r"\b[Aa]greements?\b(?!\.csv)": "cuerdo",
    r"\bschool years?\b": "año escolar|años escolares",
    r"\bnot found\b": "no encontrad|No encontrad|no se encontr|No se encontr|no encontramos|falta",
}


def test_terms_of_the_field_have_their_one_spanish_word() -> None:
    messages = [one for one in read_po(SPANISH.read_text("utf-8").splitlines()) if one.id]
    found, misses = 0, []
    for message in messages:
        ids = message.id if isinstance(message.id, str) else " ".join(message.id)
        said = message.string if isinstance(message.string, str) else " ".join(message.string)
        for term, words in TERMS.items():
            if re.search(term, KEPT.sub("", ids)):
                found += 1
                if not re.search(words, said):
                    misses.append(f"{ids[:80]} → {said[:80]} ({words})")
    assert found > 100
    assert not misses, "\n".join(misses)
