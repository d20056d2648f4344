"""HTML forms: what was typed, what is wrong with it, and the command it makes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from fastapi import Request
from pydantic import BaseModel, ValidationError
from starlette.exceptions import HTTPException

from app.core.errors import FieldError, Invalid
from app.web.bounds import MAX_FIELDS, faults_of_form
from app.web.i18n import Translator
from app.web.validation import field_errors

TOKEN_FIELD = "form_token"
"""The hidden field that proves that our own page made the form; it is no answer."""
_FORM = "application/x-www-form-urlencoded"
_DEEPEST = 8
_LONGEST_NUMBER = 6
Command = TypeVar("Command", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Form:
    """What was typed, per field; errors by field, already in the reader's language; the form's own token."""

    values: Mapping[str, list[str]]
    errors: Mapping[str, str] = field(default_factory=dict)
    token: str = ""

    def get(self, name: str, default: str = "") -> str:
        """The (last) value typed into a field."""
        typed = self.values.get(name)
        return typed[-1] if typed else default

    def all(self, name: str) -> list[str]:
        """All values of a repeated field."""
        return list(self.values.get(name, ()))

    def error(self, name: str) -> str | None:
        """What is wrong with a field, or None."""
        return self.errors.get(name)

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Pairs (field, text) for the summary on top."""
        return list(self.errors.items())

    def rejected(self, error: Invalid, words: Translator) -> "Form":
        """The same form with its errors, to be shown again."""
        return Form(self.values, translated(error.errors, words), self.token)


async def read_form(request: Request) -> Form:
    """Read a form of at most `MAX_FIELDS` fields; files are not accepted.

    Raises 413 for more fields, and `Invalid` for texts and lists over the limits of `app.web.bounds`.
    """
    is_plain = request.headers.get("Content-Type", "").startswith(_FORM)
    if is_plain and (await request.body()).count(b"&") >= MAX_FIELDS:
        raise HTTPException(413)
    async with request.form(max_files=0, max_fields=MAX_FIELDS) as data:
        values: dict[str, list[str]] = {}
        for name, value in data.multi_items():
            if isinstance(value, str):
                values.setdefault(name, []).append(value.replace("\r\n", "\n").replace("\x00", ""))
    token = values.pop(TOKEN_FIELD, [""])[-1]
    if faults := faults_of_form(values):
        raise Invalid(faults)
    return Form(values, token=token)


def command_from(kind: type[Command], data: Mapping[str, Any]) -> Command:
    """Build a command from plain data. Raises `Invalid` with one error per field."""
    try:
        return kind.model_validate(data)
    except ValidationError as error:
        raise Invalid(field_errors([dict(item) for item in error.errors()])) from error


def translated(errors: Iterable[FieldError], words: Translator) -> dict[str, str]:
    """Field errors as finished texts; the first error of a field wins."""
    texts: dict[str, str] = {}
    for error in errors:
        texts.setdefault(error.field, words.gettext(error.message, **error.params))
    return texts


def nested(values: Mapping[str, list[str]], lists: frozenset[str] = frozenset()) -> dict[str, Any]:
    """Flat field names as nested data: `needs.0.text` becomes {"needs": [{"text": …}]}.

    Names in `lists` (last part of a field name) stay lists; other fields give their last value.
    Empty texts are left out, so that an untouched field is an unanswered one.
    """
    tree: dict[str, Any] = {}
    for name, typed in values.items():
        *parents, last = name.split(".", _DEEPEST)
        node = tree
        for part in parents:
            child = node.setdefault(part, {})
            if not isinstance(child, dict):
                child = node[part] = {}
            node = child
        kept = [value for value in typed if value.strip()]
        if last in lists:
            node[last] = kept
        elif kept:
            node[last] = kept[-1]
    listed = _listed(tree)
    assert isinstance(listed, dict)
    return listed


def _listed(node: Any) -> Any:
    """Objects whose keys are all numbers become lists in that order."""
    if not isinstance(node, dict):
        return node
    children = {key: _listed(child) for key, child in node.items()}
    if children and all(key.isdecimal() and len(key) <= _LONGEST_NUMBER for key in children):
        return [children[key] for key in sorted(children, key=int)]
    return children
