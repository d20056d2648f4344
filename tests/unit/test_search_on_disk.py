"""The life of an index on disk: one writes, everybody reads, what cannot be read is thrown away."""

import fcntl
from contextlib import suppress
from pathlib import Path

import pytest

from app.features.search.commands.indexed import Position
from app.features.search.gateway import IndexBusy, SearchIndex
from tests.factories.search import a_practice, slugs


def test_what_is_written_is_there_after_opening_again(tmp_path: Path) -> None:
    with SearchIndex.open(tmp_path).writing() as batch:
        batch.put([a_practice("it", "plan")])
        batch.commit(Position(7, "then", (6, 7)))
    again = SearchIndex.open(tmp_path)
    assert slugs(again, "plan") == ("it",)
    assert again.position == Position(7, "then", (6, 7))


def test_every_open_index_sees_a_change_at_once(tmp_path: Path) -> None:
    writer, reader = SearchIndex.open(tmp_path), SearchIndex.open(tmp_path)
    assert slugs(reader, "plan") == ()
    with writer.writing() as batch:
        batch.put([a_practice("it", "plan"), a_practice("other", "plan")])
        batch.commit(Position(1))
    assert slugs(reader, "plan") == ("it", "other")
    with writer.writing() as batch:
        batch.remove(["other"])
        batch.put([a_practice("it", "a better plan")])
        batch.commit(Position(2))
    assert slugs(reader, "plan") == ("it",)


def test_a_batch_shows_nothing_before_its_commit(tmp_path: Path) -> None:
    index = SearchIndex.open(tmp_path)
    with suppress(RuntimeError), index.writing() as batch:
        batch.put([a_practice("it", "plan")])
        raise RuntimeError
    assert slugs(index, "plan") == ()
    with index.writing() as batch:
        batch.put([a_practice("other", "plan")])
        assert slugs(index, "plan") == ()
        batch.commit(Position(1))
    assert slugs(index, "plan") == ("other",)


def test_one_at_a_time_may_write(tmp_path: Path) -> None:
    index = SearchIndex.open(tmp_path)
    with index.writing(), pytest.raises(IndexBusy), SearchIndex.open(tmp_path).writing(patience=0):
        pass
    (lock,) = tmp_path.glob("*/writer.lock")
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with pytest.raises(IndexBusy), index.writing(patience=0):
            pass


def test_an_unreadable_index_and_those_of_other_versions_are_thrown_away(tmp_path: Path) -> None:
    with SearchIndex.open(tmp_path).writing() as batch:
        batch.put([a_practice("it", "plan")])
        batch.commit(Position(3))
    (folder,) = (path for path in tmp_path.iterdir() if path.is_dir())
    earlier = folder.rename(folder.with_name("0123456789ab"))
    (tmp_path / "kept").mkdir()
    assert SearchIndex.open(tmp_path).position == Position()
    assert not earlier.exists()
    assert (tmp_path / "kept").exists()
    (folder / "meta.json").write_text("{")
    assert slugs(SearchIndex.open(tmp_path), "plan") == ()
