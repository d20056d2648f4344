"""Which events to list: read from an address, with what in it could not be understood."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from app.core.addresses import LAST_PAGE, Codes, is_year, understand
from app.core.errors import FieldError
from app.models.hub import EventFormat

FACETS = ("year", "format", "country")
FORMATS = tuple(str(kind) for kind in EventFormat)


class EventFilter(BaseModel):
    """Filters of the list of events: within a filter any code will do, all filters must agree."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    year: tuple[str, ...] = ()
    format: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    page: int = Field(default=1, ge=1, le=LAST_PAGE)

    @property
    def facets(self) -> Mapping[str, tuple[str, ...]]:
        """The codes chosen, by facet."""
        return {"year": self.year, "format": self.format, "country": self.country}

    @property
    def is_empty(self) -> bool:
        """Whether nothing is filtered."""
        return not any(self.facets.values())

    def query(self, **changes: Any) -> dict[str, Any]:
        """The address of this list, with changes."""
        return {**self.facets, "page": self.page if self.page > 1 else None, **changes}

    def without(self, facet: str, code: str) -> dict[str, Any]:
        """The address of this list, from its first page, without one code."""
        return self.query(page=None, **{facet: tuple(c for c in self.facets[facet] if c != code)})


@dataclass(frozen=True, slots=True)
class EventReading:
    """The part of a request that could be understood, and one error for each part that could not."""

    filter: EventFilter
    errors: tuple[FieldError, ...]


def read_event_filter(
    pairs: Iterable[tuple[str, str]], countries: Collection[str], *, ignored: Collection[str] = ()
) -> EventReading:
    """Read URL parameters; nothing raises. Names in `ignored` belong to somebody else (`lang`)."""
    filters: dict[str, Codes] = {"year": is_year, "format": FORMATS, "country": sorted(countries)}
    found = understand(pairs, filters, ignored=ignored)
    return EventReading(EventFilter.model_validate(found.values), found.errors)
