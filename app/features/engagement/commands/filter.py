"""Which events to list: read from an address, with what in it could not be understood."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from app.core.errors import FieldError
from app.core.messages import noop
from app.core.text import parse_integer, western_digits
from app.models.hub import EventFormat

UNKNOWN_FILTER = noop("There is no filter “%(name)s”.")
UNKNOWN_CODE = noop("The filter “%(name)s” has no code “%(code)s”.")
NOT_A_PAGE = noop("“%(code)s” is not a page number.")

FACETS = ("year", "format", "country")
KNOWN = (*FACETS, "page")
FORMATS = tuple(str(kind) for kind in EventFormat)
MAX_PAGE = 10_000
SHOWN = 60
"""Longest code repeated in a message."""


class EventFilter(BaseModel):
    """Filters of the list of events: within a filter any code will do, all filters must agree."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    year: tuple[str, ...] = ()
    format: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    page: int = Field(default=1, ge=1, le=MAX_PAGE)

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
    codes: dict[str, list[str]] = {facet: [] for facet in FACETS}
    page = 1
    errors: list[FieldError] = []
    for name, value in pairs:
        text = value.strip()
        if name in ignored or not text:
            continue
        if name not in KNOWN:
            errors.append(_error(name, UNKNOWN_FILTER, text, KNOWN))
        elif name == "page":
            number = _page(text)
            page = number or page
            errors += [] if number else [_error(name, NOT_A_PAGE, text)]
        else:
            code = western_digits(text) if name == "year" else text
            allowed = _allowed(name, countries)
            if _is_year(code) if name == "year" else code in allowed:
                codes[name].append(code)
            else:
                errors.append(_error(name, UNKNOWN_CODE, text, allowed))
    chosen = {name: tuple(dict.fromkeys(found)) for name, found in codes.items()}
    return EventReading(EventFilter(**chosen, page=page), tuple(errors))


def _allowed(facet: str, countries: Collection[str]) -> tuple[str, ...]:
    """Allowed codes; years are an open list."""
    return {"format": FORMATS, "country": tuple(sorted(countries)), "year": ()}[facet]


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isascii() and text.isdigit()


def _page(text: str) -> int | None:
    try:
        number = parse_integer(text)
    except ValueError:
        return None
    return number if 1 <= number <= MAX_PAGE else None


def _error(name: str, message: str, code: str, allowed: tuple[str, ...] = ()) -> FieldError:
    return FieldError(name[:SHOWN], message, {"name": name[:SHOWN], "code": code[:SHOWN]}, allowed)
