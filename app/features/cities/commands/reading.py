"""From what stands in an address to a filter of cities, and what in it cannot be understood."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from app.core.errors import FieldError
from app.core.messages import noop
from app.core.text import parse_integer
from app.features.cities.commands.filter import FACETS, MAX_PAGE, MAX_QUERY, CityFilter
from app.features.cities.rules.standing import Standing
from app.features.places.views import Gazetteer
from app.models.place import PlaceKind

UNKNOWN_FILTER = noop("There is no filter “%(name)s”.")
UNKNOWN_CODE = noop("The filter “%(name)s” has no code “%(code)s”.")
NOT_A_PAGE = noop("“%(code)s” is not a page number.")
TOO_LONG = noop("The search was longer than %(max_length)s characters and was cut.")

KNOWN = frozenset({*FACETS, "q", "page"})
KINDS = tuple(str(kind) for kind in PlaceKind if kind is not PlaceKind.COUNTRY)
SHOWN = 60
"""Longest code repeated in a message."""


@dataclass(frozen=True, slots=True)
class CityReading:
    """The part of a request that could be understood, and one error for each part that could not."""

    filter: CityFilter
    errors: tuple[FieldError, ...]


def read_city_filter(
    pairs: Iterable[tuple[str, str]], gazetteer: Gazetteer, *, ignored: Collection[str] = ()
) -> CityReading:
    """Read URL parameters; names in `ignored` belong to somebody else. Nothing raises."""
    allowed: Mapping[str, Collection[str]] = {
        "country": sorted(gazetteer.countries),
        "kind": KINDS,
        "membership": tuple(Standing),
    }
    codes: dict[str, list[str]] = {}
    plain: dict[str, str | int] = {}
    errors: list[FieldError] = []
    for name, value in pairs:
        text = value.strip()
        if name in ignored or not text:
            continue
        if name not in KNOWN:
            errors.append(_unknown(name, UNKNOWN_FILTER, allowed=tuple(sorted(KNOWN))))
        elif name == "q":
            if len(text) > MAX_QUERY:
                errors.append(FieldError("q", TOO_LONG, {"max_length": MAX_QUERY}))
            plain["q"] = text[:MAX_QUERY]
        elif name == "page":
            number = _page(text)
            if number is None:
                errors.append(_unknown(name, NOT_A_PAGE, text))
            else:
                plain["page"] = number
        elif text in allowed[name]:
            codes.setdefault(name, []).append(text)
        else:
            errors.append(_unknown(name, UNKNOWN_CODE, text, tuple(allowed[name])))
    unique = {name: tuple(dict.fromkeys(found)) for name, found in codes.items()}
    return CityReading(CityFilter.model_validate({**plain, **unique}), tuple(errors))


def _page(text: str) -> int | None:
    try:
        number = parse_integer(text)
    except ValueError:
        return None
    return number if 1 <= number <= MAX_PAGE else None


def _unknown(name: str, message: str, code: str = "", allowed: tuple[str, ...] = ()) -> FieldError:
    shown = {"name": name[:SHOWN], "code": code[:SHOWN]}
    return FieldError(name[:SHOWN], message, shown, allowed)
