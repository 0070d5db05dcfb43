"""What the text gate finds, measured on made sentences that no rule was written with."""

import csv
from pathlib import Path

import pytest

from generator.check.textgate import BUILT_IN, Allowed, gate
from tests.test_textgate import ALLOWED as GIVEN

# As `allow_list` makes it of an edition: its words, the names of its schools, and the calendar.
ALLOWED = Allowed(GIVEN.words, GIVEN.names | BUILT_IN)
CORPUS = Path(__file__).with_name("corpus.csv")
RECALL, SPECIFICITY = 0.75, 0.95


def sentences(split: str, points: str) -> list[str]:
    with CORPUS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [row["text"] for row in rows if (row["split"], row["points"]) == (split, points)]


@pytest.mark.parametrize("split", ["written with", "held back"])
def test_recall_and_specificity(split: str) -> None:
    pointing, harmless = sentences(split, "yes"), sentences(split, "no")
    missed = [text for text in pointing if not gate(text, ALLOWED)]
    stopped = [text for text in harmless if gate(text, ALLOWED)]
    recall = 1 - len(missed) / len(pointing)
    specificity = 1 - len(stopped) / len(harmless)
    print(f"{split}: recall {recall:.2f} of {len(pointing)},", end=" ")
    print(f"specificity {specificity:.2f} of {len(harmless)}")
    print("missed:", *missed, "stopped:", *stopped, sep="\n  ")
    assert recall >= RECALL
    assert specificity >= SPECIFICITY


def test_the_corpus_is_large_enough_and_each_sentence_stands_in_one_part() -> None:
    parts = [set(sentences(split, points)) for split, points in PARTS]
    assert sum(map(len, parts)) >= 120
    assert len(set().union(*parts)) == sum(map(len, parts))
    assert min(map(len, parts)) >= 35


PARTS = [(split, points) for split in ("written with", "held back") for points in ("yes", "no")]
