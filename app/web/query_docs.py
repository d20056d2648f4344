"""Query parameters as the contract tells of them.

Routes read the address themselves, because their errors name what would be allowed. FastAPI gets these
descriptions for the document and does not read the address a second time.
"""

from typing import Any

Parameter = dict[str, Any]


def text(name: str, description: str, *, example: str | None = None, default: str | None = None) -> Parameter:
    """A parameter that is given once."""
    schema: Parameter = {"type": "string"}
    if default is not None:
        schema["default"] = default
    return _parameter(name, description, schema, example)


def codes(name: str, description: str, *, example: str | list[str] | None = None) -> Parameter:
    """A parameter that may be repeated: any of its codes will do."""
    examples = [example] if isinstance(example, str) else example
    return _parameter(name, description, {"type": "array", "items": {"type": "string"}}, examples)


def page(things: str) -> Parameter:
    """The number of the page of a list of `things`."""
    return text("page", f"From 1; twenty {things} each", default="1")


def query(*parameters: Parameter) -> dict[str, list[Parameter]]:
    """What a route says of its query; every answer can be had in three languages."""
    return {"parameters": [*parameters, text("lang", "Language of the answer: ar, fr or en")]}


def _parameter(name: str, description: str, schema: Parameter, example: object) -> Parameter:
    if example is not None:
        schema["examples"] = [example]
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}
