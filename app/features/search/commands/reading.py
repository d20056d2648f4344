"""From what stands in an address to a filter, and what in it cannot be understood."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from app.core.errors import FieldError
from app.core.messages import noop
from app.core.text import parse_integer
from app.features.places.views import Gazetteer
from app.features.practices.rules.document import SCHEME_OF_FACET
from app.features.search.commands.filter import FACETS, MAX_PAGE, MAX_QUERY, SORTS, PracticeFilter
from app.features.vocabulary.views import Vocabulary

UNKNOWN_FILTER = noop("There is no filter “%(name)s”.")
UNKNOWN_CODE = noop("The filter “%(name)s” has no code “%(code)s”.")
NOT_A_PAGE = noop("“%(code)s” is not a page number.")
TOO_LONG = noop("The search was longer than %(max_length)s characters and was cut.")

KNOWN = frozenset({*FACETS, "q", "sort", "page"})
EVIDENCE_LEVELS = ("0", "1", "2", "3", "4", "5")
SHOWN = 60
"""Longest code repeated in a message."""


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
        elif name == "sort":
            if text in SORTS:
                plain["sort"] = text
            else:
                errors.append(_unknown(name, UNKNOWN_CODE, text, SORTS))
        elif name == "page":
            number = _page(text)
            if number is None:
                errors.append(_unknown(name, NOT_A_PAGE, text))
            else:
                plain["page"] = number
        elif _is_allowed(name, text, allowed):
            codes.setdefault(name, []).append(text)
        else:
            errors.append(_unknown(name, UNKNOWN_CODE, text, tuple(allowed.get(name, ()))))
    unique = {name: tuple(dict.fromkeys(found)) for name, found in codes.items()}
    return Reading(PracticeFilter.model_validate({**plain, **unique}), tuple(errors))


def _is_allowed(facet: str, code: str, allowed: Mapping[str, Collection[str]]) -> bool:
    if facet == "year":
        return len(code) == 4 and code.isascii() and code.isdigit()
    if facet == "language":
        return 2 <= len(code) <= 3 and code.isascii() and code.isalpha() and code.islower()
    return code in allowed[facet]


def _page(text: str) -> int | None:
    try:
        number = parse_integer(text)
    except ValueError:
        return None
    return number if 1 <= number <= MAX_PAGE else None


def _unknown(name: str, message: str, code: str = "", allowed: tuple[str, ...] = ()) -> FieldError:
    shown = {"name": name[:SHOWN], "code": code[:SHOWN]}
    return FieldError(name[:SHOWN], message, shown, allowed)
