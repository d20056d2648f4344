"""Which private rows a database session may touch, whoever wrote its statements."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Area:
    """A set of cities (place ids) and of whole countries (ISO 3166-1 codes), or everywhere."""

    cities: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    is_everywhere: bool = False

    def covers(self, place_id: str, country_code: str | None) -> bool:
        """Whether a place of a country lies within."""
        return self.is_everywhere or place_id in self.cities or country_code in self.countries

    def __and__(self, other: "Area") -> "Area":
        """What is named by both. A city that one names and a country that the other names do not meet."""
        if self.is_everywhere:
            return other
        if other.is_everywhere:
            return self
        return Area(self.cities & other.cities, self.countries & other.countries)

    def __bool__(self) -> bool:
        """Whether anything lies within."""
        return self.is_everywhere or bool(self.cities or self.countries)

    def __or__(self, other: "Area") -> "Area":
        """Everything that lies within one or the other."""
        return Area(
            self.cities | other.cities,
            self.countries | other.countries,
            self.is_everywhere or other.is_everywhere,
        )


NOWHERE = Area()
EVERYWHERE = Area(is_everywhere=True)


@dataclass(frozen=True, slots=True)
class Scope:
    """What somebody may touch; nothing private unless a field says so.

    `own`: all consultations of these places, drafts too, to read and to write.
    `hub`: consultations of these places that were sent to the hub, to read; to write if `may_edit`.
    `is_desk`: unpublished practices and the hub's own record (events, support, figures, corrections).
    `network`: published copies for the network, wherever they are from.
    `partner`: published copies for partners, about these places.
    `is_system`: everything: migrations, loading of content, rebuilding the index.
    """

    own: Area = NOWHERE
    hub: Area = NOWHERE
    may_edit: bool = False
    is_desk: bool = False
    is_network: bool = False
    partner: Area = NOWHERE
    is_system: bool = False


PUBLIC = Scope()
SYSTEM = Scope(is_system=True)
