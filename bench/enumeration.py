"""Does the time of an answer tell that there is an account, or a record that the reader may not see?"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from statistics import NormalDist, median
from time import perf_counter
from typing import Any
from uuid import uuid4

import httpx
from fastapi import FastAPI
from sqlalchemy import func, select

from app.core.actor import Role, official_of
from app.core.credentials import Strength
from app.core.db import Database
from app.core.scope import SYSTEM
from app.features.accounts.service.sessions import begin_session
from app.features.consultations.service.intake import start_consultation
from app.main import create_app
from app.models.consultation import Consultation
from app.settings import Settings
from app.web import throttle
from app.web.rates import Rates
from app.web.security import BROWSER_COOKIE, SESSION_COOKIE
from bench.timing import MILLISECOND
from tests.factories.accounts import MOSUL, make_account
from tests.factories.filed import store_filed

TIMES = 1_000
WARM_UP = 50
PATH = "/en/sign-in"
OK, SEE_OTHER, NOT_FOUND = 200, 303, 404
HIDDEN = 500
LISTS = ("/en/consultations", "/en/practices?q=mosul")
OWN_PAGE = {"Sec-Fetch-Site": "same-origin"}
COUNTS, WAITS = "count_tries", "wait"
"""What throttles and rates ask: the bench is quicker than anybody may be."""

Asks = Callable[[int], Awaitable[int]]
"""Sends one request; gives the status of its answer."""


async def measure(settings: Settings, twin: Settings) -> str:
    """Sign-in mails, denials and lists, without throttles; gives the results as Markdown.

    `twin`: the same for another database with the same content, where hidden rows are put.
    """
    app, other = create_app(settings), create_app(twin)
    counted, waited = vars(throttle)[COUNTS], vars(Rates)[WAITS]
    setattr(throttle, COUNTS, _never)
    setattr(Rates, WAITS, _no_wait)
    try:
        async with app.router.lifespan_context(app), other.router.lifespan_context(other):
            listed = {path: await _listed(app, other, path) for path in LISTS}
            asked = await _asked(app)
            denied = await _denied(app)
    finally:
        setattr(throttle, COUNTS, counted)
        setattr(Rates, WAITS, waited)
    return (
        "## What the time of an answer tells: two kinds in turns\n\n"
        f"A sign-in mail to a known address, and to an unknown one: {_told(*asked)}\n\n"
        f"A consultation of another city, and none at all, asked for by a city lead: {_told(*denied)}\n\n"
        + "\n\n".join(
            f"`{path}` for a visitor, with {HIDDEN} hidden consultations and without: {_told(*pair)}"
            for path, pair in listed.items()
        )
    )


Pair = tuple[list[float], list[float]]
"""Seconds of two kinds of requests."""


async def _asked(app: FastAPI) -> Pair:
    """Known and unknown addresses."""
    database: Database = app.state.database
    async with database.writing() as session:
        for number in range(TIMES):
            await make_account(session, _address("known", number), (Role.CITY_LEAD, [MOSUL]))
    async with _client(app) as client:
        await client.get(PATH)
        client.headers["Cookie"] = f"{BROWSER_COOKIE}=bench"
        token = await _form_token(client)

        async def ask(kind: str, number: int) -> int:
            form = {"email": _address(kind, number), "form_token": token}
            return (await client.post(PATH, data=form, headers=OWN_PAGE)).status_code

        return await _in_turns(partial(ask, "known"), partial(ask, "unknown"), SEE_OTHER)


async def _denied(app: FastAPI) -> Pair:
    """Consultations that a city lead may not see, and that are not there."""
    database: Database = app.state.database
    hidden = [str(id_) for id_, one in (await store_filed(database)).items() if one.place_id != MOSUL]
    async with database.writing() as session:
        lead = await make_account(session, "lead@bench.example", (Role.CITY_LEAD, [MOSUL]))
        secret = await begin_session(session, lead, Strength.PASSKEY, "Bench", now=datetime.now(UTC))
    async with _client(app) as client:
        client.headers["Cookie"] = f"{SESSION_COOKIE}={secret}"

        async def open_hidden(number: int) -> int:
            return (await client.get(f"/en/consultations/{hidden[number % len(hidden)]}")).status_code

        async def open_nothing(_: int) -> int:
            return (await client.get(f"/en/consultations/{uuid4()}")).status_code

        return await _in_turns(open_hidden, open_nothing, NOT_FOUND)


async def _listed(app: FastAPI, other: FastAPI, path: str) -> Pair:
    """A list that shows none of the hidden rows, on the database that has them, and on the one without."""
    database: Database = other.state.database
    async with database.writing(SYSTEM) as session:
        held = await session.scalar(select(func.count()).select_from(Consultation)) or 0
        for _ in range(HIDDEN - held):
            await start_consultation(session, official_of(MOSUL), MOSUL, "en", now=datetime.now(UTC))
    async with _client(app) as without, _client(other) as with_them:

        async def ask(client: httpx.AsyncClient, _: int) -> int:
            return (await client.get(path)).status_code

        return await _in_turns(partial(ask, with_them), partial(ask, without), OK)


async def _in_turns(one: Asks, other: Asks, expected: int) -> Pair:
    """Ask both a thousand times, now one first and now the other; the first fifty are not counted."""
    told: Pair = ([], [])
    for number in range(TIMES):
        kinds = ((one, told[0]), (other, told[1]))
        for ask, seconds in kinds if number % 2 else reversed(kinds):
            began = perf_counter()
            status = await ask(number)
            took = perf_counter() - began
            assert status == expected, status
            if number >= WARM_UP:
                seconds.append(took)
    return told


def _told(one: list[float], other: list[float]) -> str:
    medians = f"{median(one) / MILLISECOND:.2f} ms and {median(other) / MILLISECOND:.2f} ms"
    return f"{len(one)} each, medians {medians}, Mann-Whitney p = {p_value(one, other):.3f}"


def _client(app: FastAPI) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost")


def _address(kind: str, number: int) -> str:
    return f"{kind}.{number:05d}@bench.example"


async def _form_token(client: httpx.AsyncClient) -> str:
    page = (await client.get(PATH)).text
    return page.partition('name="form_token" value="')[2].partition('"')[0]


def p_value(one: Sequence[float], other: Sequence[float]) -> float:
    """Two-sided p of the Mann-Whitney test, by its normal approximation; times hardly ever tie."""
    ranked = sorted((value, number < len(one)) for number, value in enumerate([*one, *other]))
    ranks = sum(rank for rank, (_, is_one) in enumerate(ranked, 1) if is_one)
    n, m = len(one), len(other)
    u = ranks - n * (n + 1) / 2
    spread = (n * m * (n + m + 1) / 12) ** 0.5
    return 2 * (1 - NormalDist().cdf(abs(u - n * m / 2) / spread))


def _no_wait(*_: Any) -> int:
    return 0


async def _never(*_: Any, **__: Any) -> None:
    return None
