"""From a stored record of the hub to the answers of its form."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from app.core.languages import DEFAULT_LANGUAGE, MultiText
from app.core.values import Texts
from app.features.wording.rules import answers_of

NOT_ASKED = frozenset({"slug", "source_language"})


def answers_of_record(
    record: object, command: type[BaseModel], names: Mapping[str, str | None]
) -> dict[str, Any]:
    """The answers that `command` would be made of; `names` has the slugs of other records."""
    answers: dict[str, Any] = {}
    for name, field in command.model_fields.items():
        if name in NOT_ASKED:
            continue
        if name in names:
            answers[name] = names[name]
        elif isinstance(field.annotation, type) and issubclass(field.annotation, Texts):
            answers[name] = answers_of(getattr(record, name))
        else:
            answers[name] = getattr(record, name if hasattr(record, name) else f"{name}_edtf")
            if answers[name] == "":
                answers[name] = None
    return answers


def source_language_of(record: object, command: type[BaseModel]) -> str:
    """The language that the texts of a record were written in."""
    for name, field in command.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, Texts):
            text = MultiText.load(getattr(record, name))
            if text:
                return text.source
    return DEFAULT_LANGUAGE
