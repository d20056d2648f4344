"""Puts the parts together: the only module that knows every one of them."""

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles

from app.core.db import Database
from app.core.rowsecurity import is_above_row_security
from app.features.confidentiality import service as _walls  # noqa: F401 - without them no session opens
from app.features.mail.service import delivering
from app.features.places.queries import demo_cities
from app.features.search.gateway import SearchIndex
from app.features.search.service import follow
from app.routers import api, documents, health, pages, reports
from app.settings import Settings
from app.web import errors
from app.web.failures import CatchFailures
from app.web.gate import Gate
from app.web.guard import GUARD
from app.web.head import AnswerHead
from app.web.headers import SecurityHeaders
from app.web.identity import Cookies
from app.web.limits import LimitBody, NoZeroBytes
from app.web.logs import RequestLog
from app.web.mail import gateway_for
from app.web.policy import check_every_route
from app.web.render import STATIC, Renderer
from app.web.single_sign_on import provider_for

VERSION = "0.1.0"
log = structlog.get_logger()


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Open the database, bring the index up to date, deliver mails, and close everything at the end."""
    settings: Settings = app.state.settings
    database = Database(settings.async_database_url)
    app.state.database = database
    app.state.mail_wake = asyncio.Event()
    app.state.index = SearchIndex.open(settings.index_path)
    async with database.reading() as session:
        await follow(session, app.state.index)
        app.state.demo_cities = await demo_cities(session) if settings.demo else {}
    if not settings.demo and await is_above_row_security(database.reads):
        log.warning("row security is passed by", role=database.url.username)
    # Objects made at start live for ever; the collector need not look at them with every page.
    gc.collect()
    gc.freeze()
    async with delivering(database, gateway_for(settings), app.state.mail_wake):
        yield
    if app.state.provider is not None:
        await app.state.provider.aclose()
    app.state.index.close()
    await database.aclose()


def create_app(settings: Settings) -> FastAPI:
    """The application for these settings. Fails when a route has no entry in the policy table."""
    app = FastAPI(
        title="Medina",
        version=VERSION,
        lifespan=lifespan,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        dependencies=[GUARD],
    )
    app.state.settings = settings
    app.state.provider = provider_for(settings)
    errors.install(app)
    for router in (*health.ROUTERS, *documents.ROUTERS, *reports.ROUTERS, *api.ROUTERS, *pages.ROUTERS):
        app.include_router(router)
    app.state.renderer = Renderer(app)
    check_every_route(app)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.add_middleware(LimitBody)
    app.add_middleware(NoZeroBytes)
    app.add_middleware(Gate, settings=settings)
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=1)
    app.add_middleware(Cookies)
    app.add_middleware(CatchFailures)
    app.add_middleware(SecurityHeaders, is_https=settings.is_https)
    app.add_middleware(RequestLog)
    app.add_middleware(AnswerHead)
    return app
