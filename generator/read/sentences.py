"""`[texts]` of site.toml: sentences that hold of one place alone, each where a page wants it."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from generator.errors import Problem

# Where a sentence may stand: on a page, in the glossary, beside a table, or before the tally of a
# question.
TEXTS = re.compile(
    r"home\.lead|votes\.lead|methods\.(sources|votes)|term\.(area|network)"
    r"|(authority|caveat)\.[a-z_]+|glossary\.[a-z][a-z-]*(\.means)?|tally\.[a-z0-9_-]+"
)


def spoken_problems(
    code: str, texts: Any, said: Mapping[str, Any], where: str
) -> Iterator[Problem]:
    """A sentence that one language has, each of the others has too."""
    spoken, place = said.get("texts", {}), f"translations.{code}.texts"
    if not (isinstance(texts, dict | None) and isinstance(spoken, dict)):
        return
    for name in sorted((texts or {}).keys() ^ spoken.keys()):
        if name in spoken:
            hint = "Add it to [texts], or take it out."
            yield Problem(where, 0, f"{place}.{name}", "a sentence", "only those of texts", hint)
        else:
            wanted = "the sentence in this language"
            yield Problem(where, 0, f"{place}.{name}", "nothing", wanted, "Add the key.")


def text_problems(texts: Any, where: str) -> Iterator[Problem]:
    """A sentence stands where some page looks for it."""
    wanted = "home.lead, votes.lead, methods.sources, methods.votes, term.area, term.network, "
    wanted += "authority.TABLE, caveat.TABLE, glossary.TERM, glossary.TERM.means or tally.QUESTION"
    for name in texts if isinstance(texts, dict) else ():
        if not TEXTS.fullmatch(name):
            yield Problem(where, 0, f"texts.{name}", "an unknown place", wanted)
        term = name.removesuffix(".means")
        if name.startswith("glossary.") and f"{term}.means" not in texts:
            wanted_too = f"{term}.means beside it"
            yield Problem(where, 0, f"texts.{name}", "a term alone", wanted_too, "Explain it.")
