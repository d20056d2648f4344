"""From what stands in an address to a filter of cities, and what in it cannot be understood."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from app.core.addresses import understand
from app.core.errors import FieldError
from app.features.cities.commands.filter import MAX_QUERY, CityFilter
from app.features.cities.rules.standing import Standing
from app.features.places.views import Gazetteer
from app.models.place import PlaceKind

KINDS = tuple(str(kind) for kind in PlaceKind if kind is not PlaceKind.COUNTRY)


@dataclass(frozen=True, slots=True)
class CityReading:
    """The part of a request that could be understood, and one error for each part that could not."""

    filter: CityFilter
    errors: tuple[FieldError, ...]


def read_city_filter(
    pairs: Iterable[tuple[str, str]], gazetteer: Gazetteer, *, ignored: Collection[str] = ()
) -> CityReading:
    """Read URL parameters; names in `ignored` belong to somebody else. Nothing raises."""
    filters = {
        "country": sorted(gazetteer.real_countries()),
        "kind": KINDS,
        "membership": tuple(Standing),
    }
    found = understand(pairs, filters, longest_search=MAX_QUERY, ignored=ignored)
    return CityReading(CityFilter.model_validate(found.values), found.errors)
