"""How hard the prose of the site is to read, by the formulas made for English and for Spanish."""

import random
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

PAGES, SEED, GRADE = 30, 20240222, 9.0
EASE = 60.0  # Spanish: from 60 on a text is "normal", as newspapers are; more is easier
LEAST_WORDS = 60  # a page of fewer is no prose to judge
TOLD = ("p", "dd", "li", "figcaption", "summary", "caption")
# Data, names and addresses are the sources' words, not ours.
OTHERS = ("data-text", "translate")
SILENT = ("sro-sources", "sro-receipts", "sro-columns", "sro-letters", "sro-pairs", "sro-gaps")
SILENT_TAGS = ("header", "footer", "nav", "svg", "code", "sup", "tbody", "form", "script", "head")
VOID = ("br", "img", "input", "link", "meta", "hr", "wbr")


class Prose(HTMLParser):
    """Gathers the sentences that the site itself says, one entry an element."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[bool, bool]] = []  # of each element: is it told, is it silent
        self.said: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        names = dict(attrs)
        classes = set((names.get("class") or "").split())
        silent = (
            tag in SILENT_TAGS or bool(classes & set(SILENT)) or any(x in names for x in OTHERS)
        )
        self.open.append((tag in TOLD, silent))
        if tag in TOLD:
            self.said.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and self.open:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if any(told for told, _ in self.open) and not any(silent for _, silent in self.open):
            self.said[-1] += data


def sentences(html: str) -> list[list[str]]:
    """The words of each sentence of a page that is one: three words at least and a stop."""
    reader = Prose()
    reader.feed(html)
    found = []
    for said in reader.said:
        for sentence in re.findall(r"[^.!?]+[.!?](?=\s|$)", " ".join(said.split()) + " "):
            words = re.findall(r"[^\W\d_]+(?:['’][a-z]+)?", sentence)
            if len(words) > 2:
                found.append(words)
    return found


def syllables(word: str) -> int:
    """Groups of vowels, without a silent e at the end; one at least."""
    word = re.sub(r"(?<![aeiouyl])e$|(?<=[^aeiouytd])ed$|(?<=[^aeiouyscxzgh])es$", "", word.lower())
    return max(1, len(re.findall(r"[aeiouy]+", word)))


def grade(said: list[list[str]]) -> float:
    """0.39 words a sentence + 11.8 syllables a word − 15.59 (Kincaid and others, 1975)."""
    words = [word for sentence in said for word in sentence]
    return 0.39 * len(words) / len(said) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def spanish_syllables(word: str) -> int:
    """Groups of vowels, a weak one with an accent apart; one at least."""
    word = re.sub(r"[íú]", "-i-", word.lower())
    return max(1, len(re.findall(r"[aeiouáéóü]+", word)))


def ease(said: list[list[str]]) -> float:
    """206.84 − 60 syllables a word − 1.02 words a sentence (Fernández Huerta, 1959)."""
    words = [word for sentence in said for word in sentence]
    long = sum(map(spanish_syllables, words)) / len(words)
    return 206.84 - 60 * long - 1.02 * len(words) / len(said)


def chosen_of(site: Path, folder: str) -> dict[str, list[list[str]]]:
    """The sentences of the prose pages of a language, and of as many schools as make thirty."""
    draw, root = random.Random(SEED), site / folder
    own = [path for path in sorted(root.rglob("*.html")) if folder or "es" not in path.parts]
    schools = [path for path in own if path.parent.parent.name == "schools"]
    prose = [path for path in own if path not in schools]
    chosen: dict[str, list[list[str]]] = {}
    for path in (*prose, *draw.sample(schools, len(schools))):
        if path in prose or len(chosen) < PAGES:
            said = sentences(path.read_text("utf-8"))
            if sum(map(len, said)) >= LEAST_WORDS:
                chosen[str(path.relative_to(site))] = said
    assert len(chosen) >= PAGES
    return chosen


def test_thirty_pages_are_easy_to_read(site: Path) -> None:
    grades = {path: round(grade(said), 1) for path, said in chosen_of(site, "").items()}
    assert {path: found for path, found in grades.items() if found > GRADE} == {}


def test_thirty_spanish_pages_are_no_harder_than_a_newspaper(site: Path) -> None:
    eases = {path: round(ease(said), 1) for path, said in chosen_of(site, "es").items()}
    assert {path: found for path, found in eases.items() if found < EASE} == {}


@pytest.mark.parametrize(
    ("word", "count"),
    [("council", 2), ("vote", 1), ("agreement", 3), ("asked", 1), ("table", 2), ("decided", 3)],
)
def test_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


def test_a_hard_sentence_has_a_high_grade() -> None:
    easy = sentences("<p>A council voted on its officers. It kept both of them.</p>")
    hard = sentences(
        "<p>Notwithstanding intergovernmental memoranda, administrative responsibilities "
        "regarding the prioritization of alternative interventions necessitate consultation.</p>"
    )
    assert grade(easy) < 6 < GRADE < grade(hard)


def test_data_and_sources_are_not_judged() -> None:
    html = "<p>We read <span data-text>words of others here</span> it. <code>a b c.</code></p>"
    assert sentences(html) == [["We", "read", "it"]]
