"""What routes ask for: sessions, the reader's language, who is asking, the search index."""

import asyncio
import hmac
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Annotated, cast

from fastapi import Depends, Request

from app.core.actor import Actor
from app.core.db import Database, ReadSession, WriteSession
from app.core.errors import FieldError, Forbidden, Invalid, NotFound, Unconfirmed
from app.core.languages import LANGUAGES, Language, negotiate
from app.core.messages import noop
from app.features.accounts.queries.identify import Caller, OpenSession
from app.features.accounts.service.sessions import note_use, renew_session
from app.features.mail.service import has_mail
from app.features.publication.service import has_changes
from app.features.search.gateway import SearchIndex
from app.features.search.service import follow
from app.settings import Settings
from app.web.forms import read_form
from app.web.identity import (
    FORM_HEADER,
    accepted_form_tokens,
    actor_of,
    caller_of,
    identify,
    keep_session,
)
from app.web.origins import SAFE_METHODS, require_json
from app.web.policy import authorize

PAGE_TOO_OLD = noop("This page was open for too long. Load it anew and send it again; nothing was changed.")
UNKNOWN_LANGUAGE = noop("Choose one of the languages ar, fr and en")


def settings_of(request: Request) -> Settings:
    """The settings the app was made with."""
    return cast(Settings, request.app.state.settings)


def database_of(request: Request) -> Database:
    """The app's database."""
    return cast(Database, request.app.state.database)


def index_of(request: Request) -> SearchIndex:
    """The app's search index."""
    return cast(SearchIndex, request.app.state.index)


def language_of(request: Request) -> Language:
    """The language of a page from its path; of an API answer from `?lang=` or Accept-Language."""
    named = request.path_params.get("lang") or request.query_params.get("lang")
    if named is None:
        return negotiate(request.headers.get("Accept-Language"))
    for language in LANGUAGES:
        if language == named:
            return language
    if "lang" in request.path_params:
        raise NotFound()
    raise Invalid([FieldError("lang", UNKNOWN_LANGUAGE, {}, LANGUAGES)])


async def _read_session(request: Request) -> AsyncIterator[ReadSession]:
    async with database_of(request).reading() as session:
        yield session


async def _write_session(request: Request) -> AsyncIterator[WriteSession]:
    """Commit before the first byte of the answer; then mails go out and the index follows."""
    database = database_of(request)
    async with database.writing() as session:
        yield session
    wake_mail(request, session)
    if has_changes(session):
        async with database.reading() as reading:
            await follow(reading, index_of(request))


def wake_mail(request: Request, session: WriteSession) -> None:
    """After a commit: let mails go out that the session put into the outbox."""
    if has_mail(session):
        cast(asyncio.Event, request.app.state.mail_wake).set()


async def guard(request: Request) -> AsyncIterator[None]:
    """Run around every route: who is asking, may they knock, did our own page send this?"""
    caller = await identify(request)
    access = authorize(request.scope["route"].name, caller.actor)
    if caller.session is not None:
        await _keep_up(request, caller.session)
    if access.is_confirmed and not (caller.session and caller.session.is_confirmed):
        raise Unconfirmed()
    require_json(request)
    await _check_form_token(request)
    yield


async def _keep_up(request: Request, held: OpenSession) -> None:
    """Note that a session is in use; give it a new token where rights have changed since the last answer."""
    if not (held.must_rotate or held.needs_note):
        return
    now = datetime.now(UTC)
    async with database_of(request).writing() as session:
        if held.must_rotate:
            keep_session(request, await renew_session(session, held.id, now=now))
        else:
            await note_use(session, held.id, now=now)


async def _check_form_token(request: Request) -> None:
    """Refuse a change that carries our cookie but not the token of our form."""
    if request.method in SAFE_METHODS:
        return
    accepted = accepted_form_tokens(request)
    if not accepted:
        return
    given = request.headers.get(FORM_HEADER) or await _form_field(request)
    if not any(hmac.compare_digest(given.encode(), token.encode()) for token in accepted):
        raise Forbidden(PAGE_TOO_OLD)


async def _form_field(request: Request) -> str:
    """The token among the fields of a form; other bodies carry it in a header."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in ("application/x-www-form-urlencoded", "multipart/form-data"):
        return ""
    return (await read_form(request)).token


GUARD = Depends(guard, scope="function")
Reads = Annotated[ReadSession, Depends(_read_session, scope="function")]
Writes = Annotated[WriteSession, Depends(_write_session, scope="function")]
Who = Annotated[Actor, Depends(actor_of)]
Asking = Annotated[Caller, Depends(caller_of)]
Lang = Annotated[Language, Depends(language_of)]
Index = Annotated[SearchIndex, Depends(index_of)]
Config = Annotated[Settings, Depends(settings_of)]
