"""Reading the query of an address: what can be understood of it, and what cannot."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.core.errors import FieldError
from app.core.messages import noop
from app.core.text import parse_integer, western_digits

UNKNOWN_FILTER = noop("There is no filter “%(name)s”.")
UNKNOWN_CODE = noop("The filter “%(name)s” has no code “%(code)s”.")
NOT_A_PAGE = noop("“%(code)s” is not a page number.")
TOO_LONG = noop("The search was longer than %(max_length)s characters and was cut.")

LAST_PAGE = 100_000
SHOWN = 60
"""Longest code repeated in a message."""

Codes = Collection[str] | Callable[[str], bool]
"""The codes that a filter accepts: a list, or for an open list the form of its codes."""


def is_year(code: str) -> bool:
    """Whether a code has the form of a year."""
    return len(code) == 4 and code.isascii() and code.isdigit()


def is_language(code: str) -> bool:
    """Whether a code has the form of a language's."""
    return 2 <= len(code) <= 3 and code.isascii() and code.isalpha() and code.islower()


@dataclass(frozen=True, slots=True)
class Understood:
    """What an address asks for.

    `codes` are the codes of each filter, `single` what is given once (`q`, `sort`, `page`); `errors` has
    one error for each part that was not understood, with the allowed values beside it.
    """

    codes: Mapping[str, tuple[str, ...]]
    single: Mapping[str, str | int]
    errors: tuple[FieldError, ...]

    @property
    def values(self) -> dict[str, Any]:
        """Everything that was understood, by name."""
        return {**self.single, **self.codes}


def understand(
    pairs: Iterable[tuple[str, str]],
    filters: Mapping[str, Codes],
    *,
    sorts: Collection[str] = (),
    longest_search: int = 0,
    is_paged: bool = True,
    ignored: Collection[str] = (),
) -> Understood:
    """Read the parameters of an address. Nothing raises.

    `longest_search` of 0 means that there is no search by words, no `sorts` that there is one order only.
    Names in `ignored` belong to somebody else (`lang`, a comparison). Digits of any script are accepted.
    """
    known = _names(filters, sorts, longest_search, is_paged)
    codes: dict[str, list[str]] = {}
    single: dict[str, str | int] = {}
    errors: list[FieldError] = []
    for name, value in pairs:
        text = value.strip()
        if name in ignored or (not text and name in known):
            continue
        if name not in known:
            errors.append(_error(name, UNKNOWN_FILTER, text, known))
        elif name == "q":
            if len(text) > longest_search:
                errors.append(FieldError("q", TOO_LONG, {"max_length": longest_search}))
            single["q"] = text[:longest_search]
        elif name == "page":
            if number := _page(text):
                single["page"] = number
            else:
                errors.append(_error(name, NOT_A_PAGE, text))
        elif name == "sort":
            if text in sorts:
                single["sort"] = text
            else:
                errors.append(_error(name, UNKNOWN_CODE, text, tuple(sorts)))
        elif (code := _accepted(text, filters[name])) is not None:
            codes.setdefault(name, []).append(code)
        else:
            allowed = filters[name]
            errors.append(_error(name, UNKNOWN_CODE, text, () if callable(allowed) else tuple(allowed)))
    unique = {name: tuple(dict.fromkeys(found)) for name, found in codes.items()}
    return Understood(unique, single, tuple(errors))


def _names(
    filters: Mapping[str, Codes], sorts: Collection[str], longest_search: int, is_paged: bool
) -> tuple[str, ...]:
    own = {"q": longest_search > 0, "sort": bool(sorts), "page": is_paged}
    return tuple(sorted({*filters, *(name for name, is_there in own.items() if is_there)}))


def _accepted(text: str, allowed: Codes) -> str | None:
    """The code in our digits, where it is one."""
    for code in (text, western_digits(text)):
        if allowed(code) if callable(allowed) else code in allowed:
            return code
    return None


def _page(text: str) -> int | None:
    try:
        number = parse_integer(text)
    except ValueError:
        return None
    return number if 1 <= number <= LAST_PAGE else None


def _error(name: str, message: str, code: str, allowed: tuple[str, ...] = ()) -> FieldError:
    return FieldError(name[:SHOWN], message, {"name": name[:SHOWN], "code": code[:SHOWN]}, allowed)
