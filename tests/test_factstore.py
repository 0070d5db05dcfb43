"""The facts of a build on disk: each once, in the order of ids, found by what they are about."""

from pathlib import Path

import pytest

from generator.errors import OutputError
from generator.model import Fact, Mark
from generator.pipeline.kept import kept
from generator.write.factstore import FactRow, FactStore, fact_store, reading

SEATS = Fact("votes.b.seats", "unit/b", "votes.seats", "2020", 12, "count",
             expression="votes[b].seats")  # fmt: skip
GONE = Fact("votes.a.seats", "unit/a", "votes.seats", "2020", None, "count", mark=Mark.NOT_FOUND,
            expression="votes[a].seats")  # fmt: skip
SHARE = Fact("keep.district.2020", "district", "keep", "2020", 0.5, "share", n=12,
             formula="keep, divided by votes", expression="sql: select 0.5")  # fmt: skip
WORDS = Fact("status.unit.2020", "unit/b", "status", "2020", "kept", "text",
             formula="what was decided", expression="sql: select 'kept'")  # fmt: skip
ALL = (SEATS, GONE, SHARE, WORDS)


def filled(store: FactStore) -> FactStore:
    """The store with all facts, some of them given twice."""
    store.add(kept(ALL).rows)
    store.add(kept([SEATS, GONE]).rows)
    return store


def test_each_fact_stands_once_in_the_order_of_the_ids(tmp_path: Path) -> None:
    rows = {row.id: row for row in kept(ALL).rows}
    with fact_store(tmp_path) as store:
        filled(store)
        assert store.ids() == sorted(rows)
        assert list(store.lines()) == [rows[name].line for name in sorted(rows)]
        assert store.line("votes.a.seats") == rows["votes.a.seats"].line
        assert ("votes.a.seats", "", "not_found") in store.values()
        assert "votes.a.seats" in store
        assert "votes.c.seats" not in store
        assert store.marked("not_found") == {"votes.seats": 1}


def test_a_sealed_store_is_read_by_others_and_gone_at_the_end(tmp_path: Path) -> None:
    with fact_store(tmp_path / "work") as store:
        filled(store).seal()
        subjects = [f"unit/{number}" for number in range(600)]
        with reading(store.path) as other:
            found = sorted(name for _, name, _ in other.about([*subjects, "unit/b"]))
            assert found == ["status.unit.2020", "votes.b.seats"]
            assert list(other.about(["unit/none"])) == []
    assert list((tmp_path / "work").iterdir()) == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"value": "13"}, "12 in one place and 13 in another"),
        ({"value": "", "mark": "withheld"}, "withheld in one place and 12 in another"),
        ({"n": "20"}, "12 in one place and 12 of 20 in another"),
    ],
)
def test_a_fact_with_two_values_is_our_mistake(
    tmp_path: Path, changed: dict[str, str], said: str
) -> None:
    (row,) = kept([SEATS]).rows
    other: FactRow = row._replace(**changed)
    with fact_store(tmp_path) as store:
        store.add([row, other])
        with pytest.raises(ValueError, match=f"votes.b.seats: found {said}, expected one value"):
            list(store.lines())


def test_wordings_are_those_of_computed_facts() -> None:
    found = kept(ALL).wordings
    assert list(found) == [("keep, divided by votes", ""), ("what was decided", "kept")]


def test_a_store_that_cannot_be_written_is_a_message(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(OutputError, match="to be able to write here"),
        fact_store(tmp_path / "file"),
    ):
        pass


def test_a_disk_that_fails_later_is_a_message(tmp_path: Path) -> None:
    rows = [kept([SEATS]).rows[0]._replace(id=f"votes.{number}.seats") for number in range(1000)]
    with pytest.raises(OutputError, match="to be able to write here"):
        fill(tmp_path, rows, "max_page_count = 3")
    assert list(tmp_path.iterdir()) == []


def fill(folder: Path, rows: list[FactRow], setting: str) -> None:
    """Keep the rows in a store with another setting."""
    with fact_store(folder) as store:
        store.base.execute(f"pragma {setting}")
        store.add(rows)
