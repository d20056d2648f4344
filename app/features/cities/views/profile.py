"""What is known of a city as a place, and its part in the network."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.features.cities.rules.standing import Standing
from app.features.places.views import SourceLine
from app.features.wording.views import PlaceLabel


@dataclass(frozen=True, slots=True)
class CityName:
    """The name in one language; `basis` says in words where it comes from, None where nobody said."""

    language: str
    text: str
    basis: str | None


@dataclass(frozen=True, slots=True)
class NetworkFact:
    """A dated fact of membership or engagement. `since` is EDTF, None where no source says."""

    standing: Standing
    since: str | None
    since_start: date | None
    note: str | None
    source: SourceLine | None


@dataclass(frozen=True, slots=True)
class CityProfile:
    """The place: names, ids, population, facts. A fact that nobody has stated is None.

    `language` is the reader's. `population_source` names the source in full where the hub knows its title.
    """

    place: PlaceLabel
    names: tuple[CityName, ...]
    aliases: tuple[str, ...]
    parent: PlaceLabel | None
    parts: tuple[PlaceLabel, ...]
    ids: Mapping[str, str | None]
    population_source: str | None
    is_border: bool | None
    is_host: bool | None
    is_conflict_affected: bool | None
    facts_source: str | None
    standing: Standing
    memberships: tuple[NetworkFact, ...]
    engagements: tuple[NetworkFact, ...]
    is_illustration: bool
    language: str

    @property
    def slug(self) -> str:
        """The stable id of the place, which is its address."""
        return self.place.id

    @property
    def place_facts(self) -> Mapping[str, bool | None]:
        """The three yes/no facts by code."""
        return {
            "border": self.is_border,
            "host": self.is_host,
            "conflict-affected": self.is_conflict_affected,
        }
