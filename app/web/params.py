"""Simple filters of the interface for partners: names and codes checked against what is allowed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from fastapi import Request

from app.core.errors import FieldError, Invalid
from app.core.messages import noop
from app.core.text import parse_integer

UNKNOWN_FILTER = noop("There is no filter “%(name)s”.")
UNKNOWN_CODE = noop("The filter “%(name)s” has no code “%(code)s”.")
NOT_A_PAGE = noop("“%(code)s” is not a page number.")

LAST_PAGE = 10_000
SHOWN = 60
"""Longest code repeated in a message."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Codes by filter, and the number of the page."""

    codes: Mapping[str, tuple[str, ...]]
    page: int


def chosen_filters(request: Request, allowed: Mapping[str, Collection[str]], *, paged: bool = True) -> Chosen:
    """What the query of a request asks for. Raises `Invalid` naming what is not known, with what is."""
    codes: dict[str, list[str]] = {name: [] for name in allowed}
    page = 1
    errors: list[FieldError] = []
    known = (*allowed, *(("page",) if paged else ()))
    for name, value in request.query_params.multi_items():
        code = value.strip()
        params = {"name": name[:SHOWN], "code": code[:SHOWN]}
        if name == "lang" or (name in known and not code):
            continue
        if name not in known:
            errors.append(FieldError(name[:SHOWN], UNKNOWN_FILTER, params, known))
        elif name == "page":
            number = _page(code)
            page = number or page
            errors += [] if number else [FieldError(name, NOT_A_PAGE, params)]
        elif code not in allowed[name]:
            errors.append(FieldError(name, UNKNOWN_CODE, params, tuple(sorted(allowed[name]))))
        else:
            codes[name].append(code)
    if errors:
        raise Invalid(errors)
    return Chosen({name: tuple(dict.fromkeys(found)) for name, found in codes.items()}, page)


def _page(text: str) -> int | None:
    try:
        number = parse_integer(text)
    except ValueError:
        return None
    return number if 1 <= number <= LAST_PAGE else None
