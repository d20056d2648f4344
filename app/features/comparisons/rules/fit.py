"""Does what holds for a practice hold for a city? One condition at a time, never summed up."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from babel.languages import get_official_languages


class Verdict(StrEnum):
    """Whether a condition holds for the city."""

    HOLDS = "holds"
    DOES_NOT = "does not"
    UNKNOWN = "unknown"


class Band(StrEnum):
    """Sizes of cities, by inhabitants.

    Source: the classes of the OECD and the European Commission (small 50 000 to 200 000, medium to
    500 000, metropolitan to 1.5 million, large metropolitan above), with small towns below them.
    """

    TOWN = "town"
    SMALL = "small"
    MEDIUM = "medium"
    METROPOLITAN = "metropolitan"
    LARGE = "large"


_UPPER = {Band.TOWN: 50_000, Band.SMALL: 200_000, Band.MEDIUM: 500_000, Band.METROPOLITAN: 1_500_000}


@dataclass(frozen=True, slots=True)
class Overlap:
    """The verdict on one condition and the codes that city and practice share."""

    verdict: Verdict
    shared: tuple[str, ...] = ()


def overlap(city: Collection[str], practice: Sequence[str], *, complete: bool = True) -> Overlap:
    """Do city and practice share a code?

    Unknown where either has none; or where none is shared while not all codes of the practice are
    known (`complete` is false), for one of the missing ones might be shared.
    """
    shared = tuple(code for code in practice if code in city)
    if shared:
        return Overlap(Verdict.HOLDS, shared)
    if not city or not practice or not complete:
        return Overlap(Verdict.UNKNOWN)
    return Overlap(Verdict.DOES_NOT)


def band_of(population: int | None) -> Band | None:
    """The size of a city; None where its population is not reported."""
    if population is None:
        return None
    return next((band for band, upper in _UPPER.items() if population < upper), Band.LARGE)


def official_languages(country_code: str) -> tuple[str, ...]:
    """Official languages of a whole country, in law or in fact, as CLDR lists them."""
    return tuple(get_official_languages(country_code, de_facto=True))
