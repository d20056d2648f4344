"""The OpenAPI document, and a page that explains it to people."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request, Response

from app.web.errors import TITLES
from app.web.openapi import document
from app.web.render import page, words_of

router = APIRouter(include_in_schema=False)
ROUTERS = (router,)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of an operation."""

    name: str
    place: str
    kind: str
    is_required: bool
    text: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that partners can ask for."""

    id: str
    method: str
    path: str
    title: str
    text: str
    parameters: tuple[Parameter, ...]
    body: str | None
    example: str | None
    answers: tuple[tuple[str, str, str | None], ...]


@dataclass(frozen=True, slots=True)
class SchemaEntry:
    """A kind of object and its fields."""

    name: str
    text: str
    fields: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class ProblemEntry:
    """A problem type with the status it comes with."""

    code: str
    status: int
    title: str
    detail: str


@dataclass(frozen=True, slots=True)
class ApiView:
    """The documentation page."""

    title: str
    version: str
    groups: Mapping[str, tuple[Operation, ...]]
    schemas: tuple[SchemaEntry, ...]
    problems: tuple[ProblemEntry, ...]


@router.get("/openapi.json", name="openapi")
async def openapi(request: Request) -> Response:
    """The OpenAPI 3.1 document."""
    return Response(json.dumps(document(request.app), ensure_ascii=False), media_type="application/json")


@router.get("/docs", name="docs")
async def docs(request: Request) -> Response:
    """The document as a page, and the list of problem types."""
    described = document(request.app)
    words = words_of(request)
    view = ApiView(
        title=described["info"]["title"],
        version=described["info"]["version"],
        groups=_groups(described),
        schemas=tuple(
            SchemaEntry(name, schema.get("description", ""), _fields(schema))
            for name, schema in described.get("components", {}).get("schemas", {}).items()
        ),
        problems=tuple(
            ProblemEntry(code, status, words.gettext(title), words.gettext(detail))
            for status, (code, title, detail) in TITLES.items()
        ),
    )
    return page(request, "documents/api.html", view)


def _groups(described: Mapping[str, Any]) -> Mapping[str, tuple[Operation, ...]]:
    """Operations by their first tag, in the order of the paths."""
    groups: dict[str, tuple[Operation, ...]] = {}
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            tag = (operation.get("tags") or ["other"])[0]
            groups[tag] = (*groups.get(tag, ()), _operation(method, path, operation))
    return groups


def _operation(method: str, path: str, operation: Mapping[str, Any]) -> Operation:
    content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    return Operation(
        id=operation["operationId"],
        method=method.upper(),
        path=path,
        title=operation.get("summary", ""),
        text=operation.get("description", ""),
        parameters=tuple(
            Parameter(
                p["name"],
                p["in"],
                _kind(p.get("schema", {})),
                p.get("required", False),
                p.get("description", ""),
            )
            for p in operation.get("parameters", ())
        ),
        body=_kind(content.get("schema", {})) if content else None,
        example=_example(content),
        answers=tuple(
            (status, response.get("description", ""), _answer_kind(response))
            for status, response in operation["responses"].items()
        ),
    )


def _answer_kind(response: Mapping[str, Any]) -> str | None:
    for content in response.get("content", {}).values():
        return _kind(content.get("schema", {}))
    return None


def _example(content: Mapping[str, Any]) -> str | None:
    examples = [e.get("value") for e in content.get("examples", {}).values()] or [content.get("example")]
    found = examples[0]
    return json.dumps(found, ensure_ascii=False, indent=2) if found is not None else None


def _fields(schema: Mapping[str, Any]) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (name, _kind(field), field.get("description", ""))
        for name, field in schema.get("properties", {}).items()
    )


def _kind(schema: Mapping[str, Any]) -> str:
    """A schema in a few words, such as `list of PracticeItemOut` or `string or null`."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " | ".join(_kind(one) for one in schema["anyOf"])
    if schema.get("type") == "array":
        return f"[{_kind(schema.get('items', {}))}]"
    if "enum" in schema:
        return " | ".join(str(value) for value in schema["enum"])
    return str(schema.get("format") or schema.get("type") or "any")
