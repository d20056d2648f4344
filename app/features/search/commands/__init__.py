"""What may be asked of the library, and how it is read from an address."""

from app.features.search.commands.filter import FACETS, SORTS, PracticeFilter

__all__ = ["FACETS", "SORTS", "PracticeFilter"]
