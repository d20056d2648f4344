"""Parts that several published copies share, already allowed to leave."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Around:
    """What a copy takes from other records, read by the service.

    `event` is None unless it is itself published; `country_of` maps place ids to countries;
    `illustrated` are the ids of invented places.
    """

    sources: tuple[Mapping[str, Any], ...] = ()
    event: Mapping[str, Any] | None = None
    event_starts: date | None = None
    event_place: str | None = None
    office: Mapping[str, Any] | None = None
    person: str | None = None
    country_of: Mapping[str, str] | None = None
    illustrated: frozenset[str] = frozenset()

    def country(self, place_id: str | None, otherwise: str | None = None) -> str | None:
        """The country of a place, or what is stated where no place is."""
        return (self.country_of or {}).get(place_id) if place_id else otherwise

    def is_illustration(self, *place_ids: str | None) -> bool:
        """Whether one of the places is invented."""
        return any(place_id in self.illustrated for place_id in (*place_ids, self.event_place) if place_id)


def only(*codes: str | None) -> tuple[str, ...]:
    """The codes that are there."""
    return tuple(code for code in codes if code)
