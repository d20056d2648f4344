"""JSON answers for partners: written once by pydantic, with the language they are in."""

from typing import Any

from fastapi import Request, Response
from pydantic import BaseModel

from app.web.deps import language_of
from app.web.htmx import VARY
from app.web.problems import Problem

PROBLEMS: dict[int | str, dict[str, Any]] = {
    "default": {"model": Problem, "description": "A problem (RFC 9457); `type` says which"}
}


def json_out(
    request: Request, body: BaseModel, *, status: int = 200, headers: dict[str, str] | None = None
) -> Response:
    """`body` as JSON."""
    return Response(
        body.model_dump_json(),
        status,
        media_type="application/json",
        headers={"Content-Language": language_of(request), "Vary": VARY, **(headers or {})},
    )


def next_page(request: Request, *, has_next: bool, number: int) -> str | None:
    """The path of the page after `number` with the same query, or None at the end."""
    if not has_next:
        return None
    url = request.url.include_query_params(page=number + 1)
    return f"{url.path}?{url.query}"
