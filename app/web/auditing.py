"""What of a request goes into the audit: who, which route, which record, how it ended. Never its content."""

from datetime import UTC, datetime

from fastapi import Request

from app.core.actor import Actor, Role
from app.core.db import Database, WriteSession
from app.features.audit.commands import Entry, Event, Outcome
from app.features.audit.rules import derive_keys
from app.features.audit.service import append
from app.settings import Settings
from app.web.audited import record_of
from app.web.identity import actor_of
from app.web.policy import OFFICIALS, POLICY, READERS, Access

_WRITES = frozenset({Event.WRITE, Event.SIGN_IN, Event.SIGN_OUT, Event.CONFIRM})
"""Events of changes: their entry is written by the transaction of the change itself."""


def note_made(request: Request, id_: object) -> None:
    """Say which record a request has just made; its address cannot name it."""
    request.state.audit_id = str(id_)


def note_actor(request: Request, pseudonym: str) -> None:
    """Say who has come in with this request."""
    request.state.audit_actor = pseudonym


def event_of(access: Access, actor: Actor) -> Event | None:
    """What the audit calls a successful call; None where nothing private can have been read."""
    if access.event is None:
        return None
    is_open = Role.VISITOR in access.roles
    if access.event == Event.READ and is_open and actor.roles.isdisjoint(OFFICIALS | READERS):
        return None
    return Event(access.event)


def is_change(event: Event | None) -> bool:
    """Whether the entry belongs into the transaction of a change."""
    return event in _WRITES


async def audit_change(request: Request, session: WriteSession) -> None:
    """The entry of a change, last in its own transaction: both are kept or neither is."""
    event = event_of(POLICY[_route(request)], actor_of(request))
    if is_change(event):
        assert event is not None
        await append(session, [_entry(request, event)], _keys(request), now=datetime.now(UTC))
        request.state.is_audited = True


async def audit_apart(request: Request, event: Event, outcome: Outcome = Outcome.DONE) -> None:
    """An entry in a short transaction of its own: what was read or refused leaves no other trace."""
    database: Database = request.app.state.database
    async with database.writing() as session:
        await append(session, [_entry(request, event, outcome)], _keys(request), now=datetime.now(UTC))


def is_audited(request: Request) -> bool:
    """Whether the entry of this request was written already."""
    return bool(getattr(request.state, "is_audited", False))


def _entry(request: Request, event: Event, outcome: Outcome = Outcome.DONE) -> Entry:
    kind, id_ = record_of(_route(request), request.path_params)
    id_ = getattr(request.state, "audit_id", id_)
    return Entry(
        actor=getattr(request.state, "audit_actor", None) or actor_of(request).pseudonym,
        event=event,
        route=_route(request),
        object_kind=kind,
        object_id=id_,
        outcome=outcome,
        request_id=str(request.scope.get("state", {}).get("request_id", "")),
    )


def _route(request: Request) -> str:
    return str(request.scope["route"].name)


def _keys(request: Request) -> tuple[bytes, ...]:
    settings: Settings = request.app.state.settings
    return tuple(derive_keys(settings.every_secret))
