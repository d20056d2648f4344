"""The index of the library: Tantivy, derived from published practices, rebuilt at will."""

from app.features.search.gateway.index import Batch, IndexBusy, SearchIndex

__all__ = ["Batch", "IndexBusy", "SearchIndex"]
