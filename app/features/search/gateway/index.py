"""The index on disk or in memory: searched by everybody, written by one at a time."""

import fcntl
import json
import shutil
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from threading import Lock

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


class SearchIndex:
    """The index of published practices. `open` it once per process."""

    def __init__(self, index: Index, folder: Path | None) -> None:
        self._index = index
        self._folder = folder
        self._schema = index.schema
        self._position = Position()
        self._lock = Lock()

    @classmethod
    def open(cls, path: Path) -> "SearchIndex":
        """The index in a folder below `path`, empty where there is none that this version can read."""
        folder = path / version()
        try:
            return cls(_make(folder), folder)
        except (OSError, ValueError):
            shutil.rmtree(folder, ignore_errors=True)
            return cls(_make(folder), folder)

    @classmethod
    def in_memory(cls) -> "SearchIndex":
        """An index for tests."""
        return cls(_make(None), None)

    def close(self) -> None:
        """Nothing is kept open between changes; here for symmetry with `open`."""

    @property
    def position(self) -> Position:
        """How far the index follows the publications."""
        if self._folder is None:
            return self._position
        try:
            return Position(**json.loads((self._folder / "position.json").read_text()))
        except (OSError, ValueError, TypeError):
            return Position()

    def moved_to(self, position: Position) -> None:
        """Note how far the index has come; written after the commit, so never too far."""
        self._position = position
        if self._folder is not None:
            new = self._folder / "position.json.new"
            new.write_text(json.dumps({"sequence": position.sequence, "happened_at": position.happened_at}))
            new.replace(self._folder / "position.json")
        self._index.reload()

    @contextmanager
    def writing(self) -> Iterator[Batch]:
        """Change the index; waits until nobody else, in any process, does."""
        with self._lock, self._locked_file():
            writer = self._index.writer(_HEAP, 1)
            try:
                yield Batch(writer, self)
            except BaseException:
                writer.rollback()
                raise
            finally:
                writer.wait_merging_threads()

    def _locked_file(self) -> AbstractContextManager[None]:
        return nullcontext() if self._folder is None else _flock(self._folder / "writer.lock")

    def search(self, filter_: PracticeFilter, thesaurus: Thesaurus) -> Found:
        """One page of what the filter asks for, with counts; `thesaurus` says what words may mean."""
        return look_up(self._schema, self._index.searcher(), filter_, thesaurus)


def _make(folder: Path | None) -> Index:
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    index = Index(build_schema(), str(folder) if folder else None)
    index.register_tokenizer(SPACES, analyzer())
    index.reload()
    return index


@contextmanager
def _flock(path: Path) -> Iterator[None]:
    """Hold a lock that other processes respect; it ends with the process, whatever happens."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
