"""The index on disk or in memory: searched by everybody, written by one at a time."""

import fcntl
import json
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from math import inf
from pathlib import Path
from threading import Lock
from time import monotonic, sleep

from tantivy import Index, IndexWriter

from app.features.search.commands.filter import PracticeFilter
from app.features.search.commands.indexed import IndexedPractice, Position
from app.features.search.gateway.lookup import look_up
from app.features.search.gateway.schema import (
    SLUG,
    SPACES,
    analyzer,
    build_document,
    build_schema,
    version,
)
from app.features.search.rules.thesaurus import Thesaurus
from app.features.search.views import Found

_HEAP = 30_000_000
_LOOK_AGAIN = 0.02
_POSITION = "position.json"


class Batch:
    """Changes to the index that become visible together, with `commit`."""

    def __init__(self, writer: IndexWriter, index: "SearchIndex") -> None:
        self._writer = writer
        self._index = index

    def clear(self) -> None:
        """Forget every practice."""
        self._writer.delete_all_documents()

    def put(self, practices: Iterable[IndexedPractice]) -> None:
        """Add practices, in place of earlier ones with the same slug."""
        for practice in practices:
            self.remove((practice.slug,))
            self._writer.add_document(build_document(practice))

    def remove(self, slugs: Iterable[str]) -> None:
        """Take practices out."""
        for slug in slugs:
            self._writer.delete_documents_by_term(SLUG, slug)

    def commit(self, position: Position) -> None:
        """Show the changes to everybody and note how far the index has come."""
        self._writer.commit()
        self._index.moved_to(position)


class IndexBusy(Exception):
    """Somebody else has been changing the index for longer than one cares to wait."""


class SearchIndex:
    """The index of published practices. `open` it once per process."""

    def __init__(self, index: Index, folder: Path | None) -> None:
        self._index = index
        self._schema = index.schema
        self._folder = folder
        self._position = Position()
        self._stamp: tuple[int, int] | None = None
        self._lock = Lock()

    @classmethod
    def open(cls, path: Path) -> "SearchIndex":
        """The index in a folder below `path`, empty where there is none that this version can read."""
        folder = path / version()
        if not _is_sound(folder):
            _forget_other_versions(path)
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
        return cls(_make(str(folder)), folder)

    @classmethod
    def in_memory(cls) -> "SearchIndex":
        """An index for tests."""
        return cls(_make(None), None)

    def close(self) -> None:
        """Nothing is kept open between changes; here for symmetry with `open`."""

    @property
    def position(self) -> Position:
        """How far the index follows the changes, whoever moved it there."""
        if self._folder is None:
            return self._position
        try:
            sequence, happened_at, seen = json.loads((self._folder / _POSITION).read_text())
        except (OSError, ValueError):
            return Position()
        return Position(sequence, happened_at, tuple(seen))

    def moved_to(self, position: Position) -> None:
        """Note how far the index has come; written after the commit, so never too far."""
        self._position = position
        if self._folder is not None:
            new = self._folder / f"{_POSITION}.new"
            new.write_text(json.dumps([position.sequence, position.happened_at, position.seen]))
            new.replace(self._folder / _POSITION)
        self._index.reload()

    @contextmanager
    def writing(self, patience: float = inf) -> Iterator[Batch]:
        """Change the index alone among all processes. Raises `IndexBusy` after `patience` seconds."""
        with self._turn(patience):
            writer = self._index.writer(_HEAP, 1)
            try:
                yield Batch(writer, self)
            except BaseException:
                writer.rollback()
                raise
            finally:
                writer.wait_merging_threads()

    def _turn(self, patience: float) -> AbstractContextManager[object]:
        return self._lock if self._folder is None else _file_lock(self._folder / "writer.lock", patience)

    def search(self, filter_: PracticeFilter, thesaurus: Thesaurus) -> Found:
        """One page of what the filter asks for, with counts; `thesaurus` says what words may mean."""
        self._see_changes()
        return look_up(self._schema, self._index.searcher(), filter_, thesaurus)

    def _see_changes(self) -> None:
        """Read the index anew if any process has changed it."""
        if self._folder is None:
            return
        try:
            status = (self._folder / _POSITION).stat()
        except OSError:
            return
        stamp = (status.st_mtime_ns, status.st_ino)
        if stamp != self._stamp:
            self._index.reload()
            self._stamp = stamp


def _make(folder: str | None) -> Index:
    index = Index(build_schema(), folder)
    index.config_reader("manual")
    index.register_tokenizer(SPACES, analyzer())
    index.reload()
    return index


def _is_sound(folder: Path) -> bool:
    """Whether there is an index that this version of Tantivy can read."""
    try:
        return folder.is_dir() and Index.exists(str(folder)) and Index.is_compatible(str(folder))
    except (OSError, ValueError):
        return False


def _forget_other_versions(path: Path) -> None:
    for folder in path.glob(f"*/{_POSITION}"):
        if re.fullmatch("[0-9a-f]{12}", folder.parent.name):
            shutil.rmtree(folder.parent, ignore_errors=True)


@contextmanager
def _file_lock(path: Path, patience: float) -> Iterator[None]:
    """Hold a lock that other processes respect; it ends with the process, whatever happens."""
    deadline = monotonic() + patience
    with path.open("w") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if monotonic() > deadline:
                    raise IndexBusy from None
                sleep(_LOOK_AGAIN)
        yield
