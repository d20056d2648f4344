"""The OpenAPI document: FastAPI's, with problems declared as what they are."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from app.core.actor import TokenScope

DESCRIPTION = (
    "Good practices of cities, places, events, support and figures in Arabic, French and English. "
    "The language of an answer follows `?lang=` or `Accept-Language`. Errors are RFC 9457 problem details; "
    "their types are listed at /docs. A program of an account shows its token as "
    "`Authorization: Bearer medina_…`."
)


def document(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI 3.1 document of the app, built once."""
    if app.openapi_schema is None:
        built = get_openapi(
            title=app.title,
            version=app.version,
            openapi_version="3.1.0",
            description=DESCRIPTION,
            routes=app.routes,
            license_info={"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        )
        _declare_problems(built)
        _declare_tokens(built)
        app.openapi_schema = built
    return app.openapi_schema


def _declare_tokens(built: dict[str, Any]) -> None:
    """Everything may be asked without a token; what a token adds depends on its scopes and its owner."""
    built.setdefault("components", {})["securitySchemes"] = {
        "token": {
            "type": "http",
            "scheme": "bearer",
            "description": "A token of an account. Scopes: " + ", ".join(TokenScope) + ".",
        }
    }
    for path in built["paths"].values():
        for method, operation in path.items():
            operation["security"] = [{"token": []}] if method == "post" else [{}, {"token": []}]


def _declare_problems(built: dict[str, Any]) -> None:
    """Errors are `application/problem+json`, and FastAPI's own 422 form does not exist here."""
    for methods in built["paths"].values():
        for operation in methods.values():
            responses = operation["responses"]
            responses.pop("422", None)
            for status, response in responses.items():
                content = response.get("content", {})
                if not status.startswith("2") and "application/json" in content:
                    content["application/problem+json"] = content.pop("application/json")
    schemas = built.get("components", {}).get("schemas", {})
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
