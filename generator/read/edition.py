"""What data/site.toml says → an Edition; every wrong, missing or unknown key is a Problem."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from generator.errors import InputError, Problem
from generator.model import Edition, Licence, Spoken
from generator.read.cells import quoted
from generator.read.policy import (
    LEAST_MIN_CELL,
    is_levels,
    is_texts,
    parse_policy,
    policy_problems,
)
from generator.read.rows import nearest
from generator.read.sentences import spoken_problems, text_problems
from generator.read.toml import parse_toml

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(:\d+)?(/[A-Za-z0-9._~/-]*)?")
LINK = re.compile(r"https?://[A-Za-z0-9.-]+(:\d+)?/[!-~]*")
SPDX = re.compile(r"[A-Za-z0-9.+-]+")
# Letters of addresses alone, and the places of a title and a body.
REPORTS = re.compile(
    r"mailto:[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+"
    r"|https?://[A-Za-z0-9.-]+(:\d+)?/(?:[A-Za-z0-9._~/?&=%+-]|\{title\})*\{body\}"
    r"(?:[A-Za-z0-9._~/?&=%+-]|\{title\})*"
)
CONTACT = re.compile(
    r"mailto:[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+|https://[A-Za-z0-9.-]+(:\d+)?(/[A-Za-z0-9._~/?&=%+-]*)?"
)


@dataclass(frozen=True)
class Key:
    """One key of the file: what fits, in code and in words."""

    fits: Callable[[Any], bool]
    expected: str
    required: bool = False


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and value == value.strip() != "" and value.isprintable()


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _is_count(value: Any, least: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= least


def _are_languages(value: Any) -> bool:
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(code, str) and LANGUAGE.fullmatch(code) for code in value)
        and len(set(value)) == len(value)
    )


KEYS: Mapping[str, Mapping[str, Key]] = {
    "site": {
        "title": Key(_is_text, "a title on one line", required=True),
        "place": Key(_is_text, "a name on one line", required=True),
        "description": Key(_is_text, "a description on one line", required=True),
        "base_url": Key(
            lambda value: isinstance(value, str) and bool(ADDRESS.fullmatch(value)),
            'an address such as "https://example.org/"',
            required=True,
        ),
        "languages": Key(_are_languages, 'codes such as ["en", "es"]', required=True),
        "holds_today": Key(_is_text, "a value of vote_id in votes.csv"),
        "outside_networks": Key(_are_texts, 'a list of networks such as ["Charter"]'),
    },
    "policy": {
        "min_cell": Key(
            lambda value: _is_count(value, LEAST_MIN_CELL),
            "a whole number of 2 or more",
            required=True,
        ),
        "min_group": Key(
            lambda value: _is_count(value, LEAST_MIN_CELL), "a whole number of 2 or more"
        ),
        "totals": Key(is_levels, 'a list of levels: ["network", "whole"], or [] for none'),
        "basis": Key(_is_text, "the rule that the policy rests on, on one line"),
        "respondents": Key(is_texts, 'a list of groups such as ["students", "parents"]'),
        # What stands below these two has Problems of its own.
        "groups": Key(lambda _: True, "published groups, each with those that it joins"),
        "ladders": Key(lambda _: True, "sections [policy.ladders.…]"),
    },
    "licence": {
        "name": Key(_is_text, "the licence's name on one line"),
        "url": Key(
            lambda value: isinstance(value, str) and bool(LINK.fullmatch(value)),
            'the address of its text, such as "https://creativecommons.org/licenses/by/4.0/"',
        ),
        "spdx": Key(
            lambda value: isinstance(value, str) and bool(SPDX.fullmatch(value)),
            'its id in the SPDX list, such as "CC-BY-4.0"',
        ),
    },
    "reports": {
        "address": Key(
            lambda value: isinstance(value, str) and bool(REPORTS.fullmatch(value)),
            'a mail address as "mailto:corrections@example.org", or one on the web with {body}',
        ),
    },
    "security": {
        "contact": Key(
            lambda value: isinstance(value, str) and bool(CONTACT.fullmatch(value)),
            'a mail address as "mailto:security@example.org", or one that begins with https://',
        ),
    },
    # What stands below has Problems of its own.
    "translations": {},
    "textgate": {
        "words": Key(_are_texts, 'a list of words such as ["Exampleton", "Board"]'),
    },
}
# Two sections whose keys are codes of the edition's own.
OPEN = {
    "bounds": Key(lambda value: _is_count(value, 1), "a whole number of 1 or more"),
    "words": Key(_is_text, "words on one line"),
    "texts": Key(_is_text, "a sentence on one line"),
}


SPOKEN: Mapping[str, Key] = {
    "title": Key(_is_text, "the title in this language, on one line", required=True),
    "description": Key(_is_text, "the description in this language, on one line", required=True),
    "words": Key(
        lambda value: isinstance(value, dict) and all(map(_is_text, value.values())),
        "labels for codes in this language",
    ),
    "texts": Key(
        lambda value: isinstance(value, dict) and all(map(_is_text, value.values())),
        "sentences in this language",
    ),
}


def parse_edition(text: str, where: str) -> Edition:
    """The edition that the text of a site.toml declares; raises InputError with all Problems."""
    content = parse_toml(text, where)
    if problems := _problems(content, where):
        raise InputError(problems)
    return _edition(content)


def _problems(content: Mapping[str, Any], where: str) -> list[Problem]:
    known = [*KEYS, *OPEN]
    problems = [
        Problem(where, 0, name, "an unknown section", "only known sections", nearest(name, known))
        for name in content
        if name not in known
    ]
    problems += _translation_problems(content, where)
    problems += _licence_problems(content.get("licence"), where)
    problems += text_problems(content.get("texts"), where)
    for section in (name for name in known if name != "translations"):
        entries = content.get(section, {})
        if isinstance(entries, dict):
            problems += _section_problems(section, entries, where)
        else:
            problems.append(Problem(where, 0, section, "a single value", f"a section [{section}]"))
    policy = content.get("policy", {})
    return problems + (list(policy_problems(policy, where)) if isinstance(policy, dict) else [])


def _translation_problems(content: Mapping[str, Any], where: str) -> list[Problem]:
    """Each language but the first needs a title and a description, and no other has them."""
    site, said = content.get("site"), content.get("translations", {})
    languages = site.get("languages", []) if isinstance(site, dict) else []
    others = languages[1:] if _are_languages(languages) else []
    if not isinstance(said, dict) or not all(isinstance(one, dict) for one in said.values()):
        wanted = "sections such as [translations.es]"
        return [Problem(where, 0, "translations", "a single value", wanted)]
    problems = [
        Problem(where, 0, f"translations.{code}", "a section", "only languages of the site",
                "Name the language in site.languages.")
        for code in said if code not in others
    ]  # fmt: skip
    for code in others:
        problems += _key_problems(SPOKEN, f"translations.{code}", said.get(code, {}), where)
        problems += spoken_problems(code, content.get("texts"), said.get(code, {}), where)
    return problems


def _licence_problems(licence: Any, where: str) -> list[Problem]:
    """A licence needs a name that readers know it by: its own, or that of the SPDX list."""
    if not isinstance(licence, dict) or licence.keys() & {"name", "spdx"}:
        return []
    hint = "Add one of them, or leave the section out: no licence is then said to be chosen."
    return [Problem(where, 0, "licence", "neither name nor spdx", "a licence's name", hint)]


def _section_problems(section: str, entries: Mapping[str, Any], where: str) -> list[Problem]:
    keys = KEYS.get(section) or dict.fromkeys(entries, OPEN[section])
    return _key_problems(keys, section, entries, where)


def _key_problems(
    keys: Mapping[str, Key], section: str, entries: Mapping[str, Any], where: str
) -> list[Problem]:
    problems = []
    for name, value in entries.items():
        key, place = keys.get(name), f"{section}.{name}"
        if key is None:
            hint = nearest(name, list(keys)) or "Delete it."
            problems.append(Problem(where, 0, place, "an unknown key", "only known keys", hint))
        elif not key.fits(value):
            problems.append(Problem(where, 0, place, _shown(value), key.expected))
    return problems + [
        Problem(where, 0, f"{section}.{name}", "nothing", key.expected, "Add the key.")
        for name, key in keys.items()
        if key.required and name not in entries
    ]


def _shown(value: Any) -> str:
    """The value as the file writes it, dates too."""
    return quoted(value) if isinstance(value, str) else json.dumps(value, default=str)


def _edition(content: Mapping[str, Any]) -> Edition:
    site = content["site"]
    return Edition(
        title=site["title"],
        place=site["place"],
        description=site["description"],
        base_url=site["base_url"],
        languages=tuple(site["languages"]),
        policy=parse_policy(content["policy"]),
        bounds=content.get("bounds", {}),
        words=content.get("words", {}),
        texts=content.get("texts", {}),
        translations={
            code: Spoken(
                one["title"], one["description"], one.get("words", {}), one.get("texts", {})
            )
            for code, one in content.get("translations", {}).items()
        },
        allowed_words=frozenset(content.get("textgate", {}).get("words", ())),
        holds_today=site.get("holds_today", ""),
        outside_networks=frozenset(site.get("outside_networks", ())),
        licence=_licence(content.get("licence", {})),
        reports=content.get("reports", {}).get("address", ""),
        security=content.get("security", {}).get("contact", ""),
    )


def _licence(said: Mapping[str, str]) -> Licence:
    spdx = said.get("spdx", "")
    return Licence(said.get("name", spdx), said.get("url", ""), spdx)
