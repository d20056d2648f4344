"""What routes ask for: sessions, the reader's language, who is asking, the search index."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Annotated, TypeVar, cast

import structlog
from fastapi import Depends, Request

from app.core.actor import Actor
from app.core.db import Database, ReadSession, WriteSession
from app.core.errors import FieldError, Invalid, NotFound
from app.core.languages import LANGUAGES, Language, negotiate
from app.core.messages import noop
from app.features.accounts.queries.identify import Caller
from app.features.mail.service import has_mail
from app.features.publication.service import has_changes
from app.features.search.gateway import SearchIndex
from app.features.search.service import follow
from app.settings import Settings
from app.web.auditing import audit_change
from app.web.identity import actor_of, caller_of
from app.web.logs import kinds, places

log = structlog.get_logger()

Found = TypeVar("Found")

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
    async with database_of(request).reading(actor_of(request).scope) as session:
        yield session


async def _write_session(request: Request) -> AsyncIterator[WriteSession]:
    """Commit before the first byte of the answer; then mails go out and the index follows."""
    database = database_of(request)
    async with database.writing(actor_of(request).scope) as session:
        yield session
        await audit_change(request, session)
    wake_mail(request, session)
    if has_changes(session):
        await _follow(database, index_of(request))


async def _follow(database: Database, index: SearchIndex) -> None:
    """Let the index follow. What was saved is saved: where this fails, the next change catches up."""
    try:
        async with database.reading() as reading:
            await follow(reading, index)
    except Exception as error:
        log.error("index-stays-behind", kind=kinds(error), where=places(error))


def wake_mail(request: Request, session: WriteSession) -> None:
    """After a commit: let mails go out that the session put into the outbox."""
    if has_mail(session):
        cast(asyncio.Event, request.app.state.mail_wake).set()


def _at_once(find: Callable[[Request], Found]) -> Callable[[Request], Awaitable[Found]]:
    """A dependency that runs where its request runs: FastAPI sends plain functions to another thread."""

    async def found(request: Request) -> Found:
        return find(request)

    return found


Reads = Annotated[ReadSession, Depends(_read_session, scope="function")]
Writes = Annotated[WriteSession, Depends(_write_session, scope="function")]
Who = Annotated[Actor, Depends(_at_once(actor_of))]
Asking = Annotated[Caller, Depends(_at_once(caller_of))]
Lang = Annotated[Language, Depends(_at_once(language_of))]
Index = Annotated[SearchIndex, Depends(_at_once(index_of))]
Config = Annotated[Settings, Depends(_at_once(settings_of))]
