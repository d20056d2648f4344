"""From what went wrong to what the reader sees: problem+json, a notice, or a page.

Kinds of errors and their status are one table. Problem details follow RFC 9457.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from app.core.errors import (
    AppError,
    Conflict,
    FieldError,
    Forbidden,
    Invalid,
    NotFound,
    TooMany,
    Unavailable,
    Unconfirmed,
)
from app.core.languages import LANGUAGES, Language, negotiate
from app.core.messages import noop
from app.web.htmx import VARY, Htmx
from app.web.i18n import Translator, translator
from app.web.identity import actor_of, identify
from app.web.logs import kinds, places
from app.web.redirects import page_behind
from app.web.render import Renderer, page
from app.web.retyped import Typed, typed_in
from app.web.validation import field_errors

log = structlog.get_logger()

STATUS: Mapping[type[AppError], int] = {
    NotFound: 404,
    Forbidden: 403,
    Unconfirmed: 403,
    Conflict: 409,
    Invalid: 422,
    TooMany: 429,
    Unavailable: 503,
}

TITLES: Mapping[int, tuple[str, str, str]] = {
    400: (
        "bad-request",
        noop("The request could not be read"),
        noop("Check the address or the data sent."),
    ),
    403: (
        "forbidden",
        noop("This is not possible for you"),
        noop("Sign in with another role and try again."),
    ),
    404: (
        "not-found",
        noop("Page not found"),
        noop("There is nothing at this address, or it is not open to you."),
    ),
    405: ("method-not-allowed", noop("This action does not exist here"), noop("Go back and try again.")),
    409: (
        "conflict",
        noop("Somebody else changed this meanwhile"),
        noop("Nothing of yours was lost. Compare both versions and save again."),
    ),
    413: ("too-large", noop("This is too large"), noop("Send at most one megabyte.")),
    414: (
        "address-too-long",
        noop("This address is too long"),
        noop("Use fewer filters or shorter words and try again."),
    ),
    415: (
        "unsupported-media-type",
        noop("This kind of data is not accepted here"),
        noop("Send JSON with the header Content-Type: application/json."),
    ),
    422: ("invalid-input", noop("There is a problem"), noop("Some of what was sent cannot be accepted.")),
    429: (
        "too-many-requests",
        noop("Too many requests in a short time"),
        noop("Please wait a little and try again."),
    ),
    431: (
        "headers-too-large",
        noop("Too much was sent along with the request"),
        noop("Delete the cookies of this site in your browser and try again."),
    ),
    500: (
        "internal-error",
        noop("Something went wrong on our side"),
        noop("It has been noted. Nothing you typed was changed; please try again."),
    ),
    503: ("unavailable", noop("Not available for the moment"), noop("Please try again in a minute.")),
}


CONFIRM_FIRST = (
    "confirm-first",
    noop("Confirm that it is you"),
    noop("For this step Medina wants to be sure that it is you. Nothing was changed yet."),
)


class ShowAgain(Exception):
    """Raised with a form to show again: raising rolls back what was written before the refusal."""

    def __init__(self, answer: Response) -> None:
        self.answer = answer


@dataclass(frozen=True, slots=True)
class ProblemView:
    """What the error page shows. `way_on` is where the reader can mend it, and what that is called."""

    status: int
    title: str
    detail: str
    request_id: str
    errors: tuple[tuple[str, str], ...] = ()
    way_on: tuple[str, str] | None = None
    typed: Typed | None = None


def install(app: FastAPI) -> None:
    """Register the handlers."""
    app.add_exception_handler(AppError, _app_error)
    app.add_exception_handler(RequestValidationError, _validation_error)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(ShowAgain, _show_again)
    app.add_exception_handler(Exception, unexpected)


def problem_type(code: str) -> str:
    """The stable `type` of a problem: an address within /docs that explains it."""
    return f"/docs#problem-{code}"


async def _app_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, AppError)
    await identify(request)
    fields = error.errors if isinstance(error, Invalid) else ()
    told = answer(
        request,
        STATUS[type(error)],
        message=error.message,
        params=error.params,
        fields=fields,
        is_unconfirmed=isinstance(error, Unconfirmed),
        typed=await _typed(request, STATUS[type(error)]),
    )
    if isinstance(error, TooMany):
        told.headers["Retry-After"] = str(error.seconds)
    return told


async def _validation_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    if any(item["type"] == "json_invalid" for item in error.errors()):
        return answer(request, 400)
    return answer(request, 422, fields=field_errors(error.errors()))


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    await identify(request)
    status = error.status_code if error.status_code in TITLES else 400
    told = answer(request, status, typed=await _typed(request, status))
    told.headers.update(error.headers or {})
    return told


async def _typed(request: Request, status: int) -> Typed | None:
    return await typed_in(request) if status == 404 and not wants_json(request) else None


async def _show_again(_: Request, error: Exception) -> Response:
    assert isinstance(error, ShowAgain)
    return error.answer


async def unexpected(request: Request, error: Exception) -> Response:
    """500 with the id of the request. The log gets kind and place of the error, never its words."""
    log.error("unexpected", id=request_id(request), kind=kinds(error), where=places(error))
    return answer(request, 500)


def request_id(request: Request) -> str:
    """The id that answer and log give this request; empty before it has one."""
    return str(request.scope.get("state", {}).get("request_id", ""))


def wants_json(request: Request) -> bool:
    """Whether the caller is a program: an API address, or an Accept header that prefers JSON."""
    accept = request.headers.get("Accept", "")
    return request.url.path.startswith(("/api/", "/openapi.json", "/health")) or (
        "json" in accept and "text/html" not in accept
    )


def language_of_error(request: Request) -> Language:
    """The reader's language even where the address names none."""
    first = request.url.path.split("/")[1:2]
    for language in LANGUAGES:
        if first == [language] or (wants_json(request) and request.query_params.get("lang") == language):
            return language
    return negotiate(request.headers.get("Accept-Language"))


def answer(
    request: Request,
    status: int,
    *,
    message: str = "",
    params: Mapping[str, Any] | None = None,
    fields: tuple[FieldError, ...] = (),
    is_unconfirmed: bool = False,
    typed: Typed | None = None,
) -> Response:
    """A problem as the reader can use it: problem+json, a notice for htmx, or a page.

    `status` is one of `TITLES`; `message` is a message id said instead of the usual sentence; `typed` is
    given back to those who may have lost their session while they wrote.
    """
    language = language_of_error(request)
    words = translator(language)
    code, title, detail = CONFIRM_FIRST if is_unconfirmed else TITLES[status]
    said = words.gettext(message or detail, **(params or {}))
    if wants_json(request):
        body: dict[str, Any] = {
            "type": problem_type(code),
            "title": words.gettext(title),
            "status": status,
            "detail": said,
            "instance": request.url.path,
            "request_id": request_id(request),
        }
        if fields:
            body["errors"] = [_pointer(field, words) for field in fields]
        return JSONResponse(
            body,
            status,
            media_type="application/problem+json",
            headers={"Content-Language": language, "Vary": VARY},
        )
    view = ProblemView(
        status,
        words.gettext(title),
        said,
        request_id(request),
        tuple((field.field, words.gettext(field.message, **field.params)) for field in fields),
        _way_on(request, language, words, status, is_unconfirmed=is_unconfirmed),
        typed,
    )
    request.scope.setdefault("path_params", {})["lang"] = language
    blocks = {Htmx.of(request).target: "notice"}
    return page(request, "errors/problem.html", view, status=status, blocks=blocks)


def _way_on(
    request: Request, language: Language, words: Translator, status: int, *, is_unconfirmed: bool
) -> tuple[str, str] | None:
    """Where a reader can prove to be there, or sign in: the same for what is not there and not theirs."""
    renderer: Renderer = request.app.state.renderer
    here = {"next": page_behind(request)}
    if is_unconfirmed:
        return renderer.url(language, "confirm", query=here), words.gettext(noop("Confirm that it is you"))
    if status == 404 and not actor_of(request).is_signed_in:
        return renderer.url(language, "sign-in", query=here), words.gettext(noop("Sign in"))
    return None


def _path(field: str) -> str:
    """A dotted name as a JSON pointer; the document as a whole is the empty one."""
    return "/" + field.replace("~", "~0").replace("/", "~1").replace(".", "/") if field else ""


def _pointer(field: FieldError, words: Translator) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "pointer": _path(field.field),
        "detail": words.gettext(field.message, **field.params),
    }
    if field.allowed:
        entry["allowed"] = list(field.allowed)
    return entry
