"""What is remembered of editions is what would be computed, and a change of it is seen."""

from pathlib import Path

import pytest

from generator.errors import InputError
from generator.pipeline.history import read_told
from tests.bilingual_edition import write_bilingual
from tests.edition import edit, write_edition
from tests.presenting import record_of, unwritten
from tests.remembered import Memory, anew, install


def test_a_record_is_the_same_however_often_it_is_read(tmp_path: Path) -> None:
    data = write_bilingual(tmp_path / "data")
    told = unwritten(tmp_path, data)
    with anew():
        expected = [str(vars(tongue.record)) for tongue in read_told(told).tongues]
    for _ in range(3):
        assert [str(vars(tongue.record)) for tongue in read_told(told).tongues] == expected
    edit(data, "votes", 2, "seats", "13")
    with anew():
        other = [str(vars(tongue.record)) for tongue in read_told(told).tongues]
    assert other != expected
    assert [str(vars(tongue.record)) for tongue in read_told(told).tongues] == other


def test_what_another_file_says_now_is_seen(tmp_path: Path) -> None:
    """References and allowed words: the table that has the problem is as it was."""
    data = write_edition(tmp_path / "data")
    record_of(data)
    edit(data, "sources", 2, "source_id", "other")
    with pytest.raises(InputError) as now:
        record_of(data)
    with anew(), pytest.raises(InputError) as then:
        record_of(data)
    assert now.value.problems == then.value.problems
    assert "minutes" in str(now.value)


def test_who_changes_what_is_remembered_is_told(tmp_path: Path) -> None:
    data = write_edition(tmp_path / "data")
    with anew():
        memory = install()
        frame = record_of(data).tables["votes"].frame
        assert memory.changed() == []
        frame["seats"] = 99
        assert memory.changed() == ["data/votes.csv"]


def test_what_is_forgotten_is_computed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.remembered.MOST", 5)
    data = write_edition(tmp_path / "data")
    with anew():
        memory: Memory = install()
        found = [str(vars(record_of(data))) for _ in range(2)]
        assert len(memory.by_content) == 5
        assert len(memory.by_frame) == sum(len(one.frames) for one in memory.by_content.values())
    with anew():
        assert found == [str(vars(record_of(data)))] * 2
