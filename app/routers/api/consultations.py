"""`/api/v1/consultations`: whole for the city itself and the hub, for others what is published."""

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Header, Path, Request, Response

from app.core.errors import FieldError, Invalid, NotFound
from app.core.messages import noop
from app.features.consultations.commands.requests import ConsultationFilter, FileConsultation
from app.features.consultations.queries.desk import desk_record
from app.features.consultations.queries.lists import list_consultations
from app.features.consultations.queries.published import list_public_consultations, public_consultation
from app.features.consultations.schemas import ConsultationListOut, ConsultationOut
from app.features.consultations.service.idempotency import Answer, claim, fingerprint, keep
from app.features.consultations.service.intake import file_consultation
from app.features.places.views import Gazetteer
from app.routers.api.consultations_example import EXAMPLE
from app.web.auditing import note_made
from app.web.deps import Reads, Who, Writes, language_of
from app.web.forms import command_from
from app.web.jsonout import PROBLEMS, json_out, next_page
from app.web.query_docs import page, query, text
from app.web.reference import OnShelf

router = APIRouter(prefix="/api/v1/consultations", tags=["consultations"], responses=PROBLEMS)

KNOWN = tuple(ConsultationFilter.model_fields)
SHOWN = 80
"""Longest value repeated in a message."""
ROUTE = "api.consultation.file"

QUERY = query(
    text("state", "draft, submitted, in review, published or archived", example="published"),
    text("country", "ISO 3166-1 code", example="IQ"),
    text("illustrations", "true: consultations of an invented city instead of real ones"),
    page("consultations"),
)


@router.get(
    "",
    name="api.consultations",
    operation_id="listConsultations",
    response_model=ConsultationListOut,
    openapi_extra=QUERY,
)
async def list_all(request: Request, session: Reads, shelf: OnShelf, actor: Who) -> Response:
    """An official gets those of the own city, the hub all (drafts only with `state=draft`).

    Everybody else gets what is published, as far as its city allows.
    """
    wanted = _filter(request, shelf.gazetteer)
    if actor.reads_consultations:
        rows = await list_consultations(session, actor, wanted)
        following = next_page(request, has_next=rows.has_next, number=rows.number)
        return json_out(request, ConsultationListOut.of_rows(rows, shelf, following))
    public = await list_public_consultations(session, wanted)
    following = next_page(request, has_next=public.has_next, number=public.number)
    return json_out(request, ConsultationListOut.of_public(public, shelf, following))


def _filter(request: Request, gazetteer: Gazetteer) -> ConsultationFilter:
    """The filter of the address; names and codes that do not exist are refused."""
    given = {name: value for name, value in request.query_params.items() if name != "lang" and value}
    unknown = [
        FieldError(name[:SHOWN], noop("There is no filter “%(name)s”."), {"name": name[:SHOWN]}, KNOWN)
        for name in given
        if name not in KNOWN
    ]
    if unknown:
        raise Invalid(unknown)
    wanted = command_from(ConsultationFilter, given)
    countries = tuple(sorted(gazetteer.countries if wanted.illustrations else gazetteer.real_countries()))
    if wanted.country is not None and wanted.country not in countries:
        message = noop("There is no country “%(code)s”.")
        raise Invalid([FieldError("country", message, {"code": wanted.country[:SHOWN]}, countries)])
    return wanted


@router.post(
    "",
    name=ROUTE,
    operation_id="fileConsultation",
    status_code=201,
    response_model=ConsultationOut,
    openapi_extra=query(),
    responses={
        201: {
            "description": "Stored; `Location` is its address",
            "headers": {"Location": {"schema": {"type": "string"}, "description": "Path of it"}},
        }
    },
)
async def file(
    request: Request,
    session: Writes,
    shelf: OnShelf,
    actor: Who,
    command: Annotated[FileConsultation, Body(openapi_examples={"round table": {"value": EXAMPLE}})],
    idempotency_key: Annotated[
        str | None,
        Header(description="Send the same key again to get the same answer instead of a second consultation"),
    ] = None,
) -> Response:
    """File a consultation of the own city; with `submit` false it stays a draft that may be incomplete.

    Numbers and dates may be written in any digits.
    """
    now = datetime.now(UTC)
    if idempotency_key is not None:
        print_ = fingerprint(await request.body())
        earlier = await claim(session, actor, ROUTE, idempotency_key, print_, now=now)
        if earlier is not None:
            return _again(earlier)
    stored = await file_consultation(session, actor, command, language_of(request), now=now)
    note_made(request, stored.id)
    body = ConsultationOut.of_record(await desk_record(session, actor, stored.id), shelf)
    location = request.app.url_path_for("api.consultation", id=stored.id)
    answer = json_out(request, body, status=201, headers={"Location": location})
    if idempotency_key is not None:
        kept = Answer(answer.status_code, location, bytes(answer.body).decode())
        await keep(session, actor, ROUTE, idempotency_key, kept, stored.id)
    return answer


def _again(answer: Answer) -> Response:
    """The stored answer, as it was sent the first time: in the language of then, whatever is asked now."""
    headers = {"Idempotent-Replayed": "true"}
    if answer.location:
        headers["Location"] = answer.location
    return Response(answer.body, answer.status, headers, media_type="application/json")


@router.get(
    "/{id}",
    name="api.consultation",
    operation_id="getConsultation",
    response_model=ConsultationOut,
    openapi_extra=query(),
)
async def get_one(
    request: Request,
    session: Reads,
    shelf: OnShelf,
    actor: Who,
    id: Annotated[UUID, Path(description="As in the list")],
) -> Response:
    """The whole consultation for its city and the hub; for others what is published of it."""
    try:
        body = ConsultationOut.of_record(await desk_record(session, actor, id), shelf)
    except NotFound:
        body = ConsultationOut.of_published(await public_consultation(session, id), shelf)
    return json_out(request, body)
