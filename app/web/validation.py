"""What pydantic found wrong, as field errors that can be translated."""

from collections.abc import Iterable, Mapping
from typing import Any

from app.core.errors import FieldError
from app.core.messages import noop

_MESSAGES: Mapping[str, str] = {
    "missing": noop("Give an answer"),
    "extra_forbidden": noop("This field is not known here"),
    "string_too_short": noop("Write at least %(min_length)s characters"),
    "string_too_long": noop("Write at most %(max_length)s characters"),
    "string_type": noop("This must be text"),
    "int_parsing": noop("This must be a whole number, like 250000"),
    "int_type": noop("This must be a whole number, like 250000"),
    "int_from_float": noop("This must be a whole number, like 250000"),
    "float_parsing": noop("This must be a number"),
    "bool_parsing": noop("This must be yes or no"),
    "bool_type": noop("This must be yes or no"),
    "greater_than_equal": noop("This must be %(ge)s or more"),
    "less_than_equal": noop("This must be %(le)s or less"),
    "enum": noop("Choose one of the answers given"),
    "literal_error": noop("Choose one of the answers given"),
    "list_type": noop("This must be a list"),
    "tuple_type": noop("This must be a list"),
    "dict_type": noop("This must be an object"),
    "model_type": noop("This must be an object"),
    "model_attributes_type": noop("This must be an object"),
    "too_long": noop("Give at most %(max_length)s"),
    "too_short": noop("Give at least %(min_length)s"),
    "date_from_datetime_parsing": noop("This must be a real date, such as 2026-03-31"),
    "date_parsing": noop("This must be a real date, such as 2026-03-31"),
    "uuid_parsing": noop("There is no such record"),
}
_FALLBACK = noop("This value is not accepted")
_OUTER = ("body", "query", "path", "header", "cookie")


def field_errors(errors: Iterable[Mapping[str, Any]]) -> tuple[FieldError, ...]:
    """One `FieldError` per error of pydantic or FastAPI.

    A validator of ours that raises ValueError with a marked message keeps that message.
    """
    return tuple(_one(error) for error in errors)


def _one(error: Mapping[str, Any]) -> FieldError:
    where = [str(part) for part in error["loc"] if part not in _OUTER]
    context = dict(error.get("ctx") or {})
    cause = context.pop("error", None)
    if isinstance(cause, ValueError) and str(cause):
        params = cause.args[1] if len(cause.args) > 1 and isinstance(cause.args[1], dict) else {}
        return FieldError(".".join(where), str(cause.args[0]), params)
    allowed = _allowed(str(context.get("expected", "")))
    return FieldError(".".join(where), _MESSAGES.get(error["type"], _FALLBACK), context, allowed)


def _allowed(expected: str) -> tuple[str, ...]:
    """`'a', 'b' or 'c'` of pydantic as a tuple."""
    return tuple(part for part in expected.split("'")[1::2]) if "'" in expected else ()
