"""What a page says in one language it says in the others: the same facts with the same values."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from tests.mutations import another_digit, read

FACT = re.compile(r'<(data|time|span)([^>]*) data-fact="([^"]+)">([^<]*)</\1>')
NUMBER = re.compile(r"\d[\d,.]*\d|\d")
Said = tuple[str, str, str, tuple[str, ...]]


def facts_of(page: Path) -> list[Said]:
    """Every fact of a page as often as it stands there: its id, its element, what programs read of
    it, its numbers. In order of their ids: each language has its own order of words, and of names.

    The numbers of a date are in another order in each language, so they are sorted too.
    """
    return sorted(
        (fact, tag, given.strip(), tuple(sorted(NUMBER.findall(words))))
        for tag, given, fact, words in FACT.findall(read(page))
    )


def differences(site: Path) -> Iterator[tuple[str, Said]]:
    """The page, and each fact that it does not say alike in both languages."""
    below: dict[str, dict[str, Path]] = {"": {}, "es": {}}
    for path in site.rglob("*.html"):
        # Pages stand under es/, figures alone under embed/es/.
        parts = path.relative_to(site).parts
        folder = "es" if "es" in parts[:2] else ""
        below[folder]["/".join(part for part in parts if part != "es")] = path
    assert below[""].keys() == below["es"].keys()
    for path, page in below[""].items():
        one, other = facts_of(page), facts_of(below["es"][path])
        yield from ((path, said) for said in {*one} ^ {*other})
        if {*one} == {*other} and one != other:
            yield from ((path, said) for said in one if one.count(said) != other.count(said))


def test_facts_have_the_same_values_in_both_languages(bilingual_site: Path) -> None:
    assert list(differences(bilingual_site)) == []
    shown = [said for path in (bilingual_site / "es").rglob("*.html") for said in facts_of(path)]
    assert len(shown) > 1000
    assert {tag for _, tag, _, _ in shown} == {"data", "time", "span"}


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("part", [2, 4])
@pytest.mark.parametrize("folder", ["", "es"])
def test_one_digit_is_seen(
    bilingual_site: Path, tmp_path: Path, folder: str, part: int, seed: int
) -> None:
    copy = Path(shutil.copytree(bilingual_site, tmp_path / "copy"))
    rng = Random(seed)
    found = [
        (path, match)
        for path in sorted((copy / folder).rglob("*.html"))
        for match in FACT.finditer(read(path))
        if NUMBER.search(match[part])
    ]
    path, match = rng.choice(found)
    new = another_digit(match[part], rng)
    text = match.string[: match.start(part)] + new + match.string[match.end(part) :]
    path.write_bytes(text.encode())
    assert list(differences(copy))
