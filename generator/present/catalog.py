"""A translator's file (gettext .po) → the words of a language; every gap in it is a Problem."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from gettext import c2py
from io import StringIO

from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from generator.errors import InputError, Problem

# What a translation holds as often as the original, in any order.
KEPT = re.compile(r"%\(\w+\)s|%%|<[^<>]*>|&#?\w+;")
UPDATE = "Run `make translate`, then fill in the words."


@dataclass(frozen=True)
class Catalog:
    """The words of a language by the English ones. `many` holds its plural forms in order, and
    `form` says which of them a count takes; `where` names the file in messages."""

    where: str
    one: Mapping[str, str]
    many: Mapping[str, tuple[str, ...]]
    form: Callable[[int], int]

    def translate(self, message: str) -> str:
        """The words for a message; InputError for one that the file does not have."""
        if message in self.one:
            return self.one[message]
        raise InputError([self._missing(message)])

    def plural(self, one: str, many: str, count: int) -> str:
        """The words for a message with a count."""
        if one in self.many:
            return self.many[one][self.form(count)]
        raise InputError([self._missing(one)])

    def _missing(self, message: str) -> Problem:
        return Problem(self.where, 0, "", f"no words for “{message}”", "every message", UPDATE)


def parse_catalog(text: str, where: str) -> Catalog:
    """The catalog of a file's text; InputError with every message that is empty, marked as fuzzy,
    or that lacks a placeholder or an element of the original."""
    found = read_po(StringIO(text))
    messages = [message for message in found if message.id]
    problems = [problem for one in messages for problem in _problems(one, found.num_plurals, where)]
    if not messages:
        problems.append(Problem(where, 0, "", "no messages", "a translator's file", UPDATE))
    if problems:
        raise InputError(problems)
    return Catalog(
        where,
        one={one.id: str(one.string) for one in messages if isinstance(one.id, str)},
        many={
            one.id[0]: tuple(one.string or ()) for one in messages if not isinstance(one.id, str)
        },
        form=c2py(found.plural_expr),
    )


def _problems(message: Message, plurals: int, where: str) -> Iterator[Problem]:
    """What is wrong with one message."""
    ids = [message.id] if isinstance(message.id, str) else list(message.id)
    said = [message.string] if isinstance(message.string, str) else list(message.string or ())
    line = message.lineno or 0
    if message.fuzzy:
        hint = "Read it, then take the mark away."
        yield Problem(where, line, ids[0], "words marked as fuzzy", "words that were read", hint)
    if not all(said) or len(said) != (1 if isinstance(message.id, str) else plurals):
        hint = "Fill in the words."
        yield Problem(where, line, ids[0], "no words, or a plural without", "all forms", hint)
        return
    fits = [Counter(KEPT.findall(one)) for one in ids]
    for words in said:
        if Counter(KEPT.findall(words)) not in fits:
            wanted = "the placeholders and elements of the original"
            yield Problem(where, line, ids[0], f"“{words}”", wanted, "Write each once more.")
