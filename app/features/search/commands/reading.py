"""From what stands in an address to a filter, and what in it cannot be understood."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from app.core.addresses import Codes, is_language, is_year, understand
from app.core.errors import FieldError
from app.features.places.views import Gazetteer
from app.features.practices.rules.document import SCHEME_OF_FACET
from app.features.search.commands.filter import MAX_QUERY, SORTS, PracticeFilter
from app.features.vocabulary.views import Vocabulary

EVIDENCE_LEVELS = ("0", "1", "2", "3", "4", "5")


@dataclass(frozen=True, slots=True)
class Reading:
    """The part of a request that could be understood, and one error for each part that could not."""

    filter: PracticeFilter
    errors: tuple[FieldError, ...]


def allowed_codes(vocabulary: Vocabulary, gazetteer: Gazetteer) -> Mapping[str, Collection[str]]:
    """Codes that each facet accepts; `year` and `language` are open lists checked by their form."""
    concepts = {
        facet: tuple(concept.code for concept in vocabulary.scheme(scheme))
        for facet, scheme in SCHEME_OF_FACET.items()
    }
    return {
        **concepts,
        "country": tuple(sorted(gazetteer.real_countries())),
        "city": tuple(p.id for p in gazetteer.places.values() if not p.is_illustration),
        "evidence": EVIDENCE_LEVELS,
    }


def read_filter(
    pairs: Iterable[tuple[str, str]], allowed: Mapping[str, Collection[str]], *, ignored: Collection[str] = ()
) -> Reading:
    """Read URL parameters. Names in `ignored` belong to somebody else (`lang`, a comparison).

    Nothing raises: what is unknown becomes an error with the allowed values beside it.
    """
    filters: dict[str, Codes] = {**allowed, "year": is_year, "language": is_language}
    found = understand(pairs, filters, sorts=SORTS, longest_search=MAX_QUERY, ignored=ignored)
    return Reading(PracticeFilter.model_validate(found.values), found.errors)
