"""Asking for a sign-in mail: does the time of the answer tell whether there is an account?"""

from collections.abc import Sequence
from statistics import NormalDist, median
from time import perf_counter
from typing import Any

import httpx

from app.core.actor import Role
from app.core.db import Database
from app.main import create_app
from app.settings import Settings
from app.web import throttle
from app.web.rates import Rates
from app.web.security import BROWSER_COOKIE
from bench.timing import MILLISECOND
from tests.factories.accounts import MOSUL, make_account

TIMES = 1_000
WARM_UP = 50
PATH = "/en/sign-in"
SEE_OTHER = 303
COUNTS, WAITS = "count_tries", "wait"
"""What throttles and rates ask: the bench is quicker than anybody may be."""


async def measure(settings: Settings) -> str:
    """Known and unknown addresses in turns, without throttles; gives the result as Markdown."""
    app = create_app(settings)
    known: list[float] = []
    unknown: list[float] = []
    counted, waited = vars(throttle)[COUNTS], vars(Rates)[WAITS]
    setattr(throttle, COUNTS, _never)
    setattr(Rates, WAITS, _no_wait)
    try:
        async with app.router.lifespan_context(app):
            database: Database = app.state.database
            async with database.writing() as session:
                for number in range(TIMES):
                    await make_account(session, _address("known", number), (Role.CITY_LEAD, [MOSUL]))
            transport = httpx.ASGITransport(app)
            async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
                await client.get(PATH)
                client.headers["Cookie"] = f"{BROWSER_COOKIE}=bench"
                token = await _form_token(client)
                for number in range(TIMES):
                    kinds = (("known", known), ("unknown", unknown))
                    for kind, seconds in kinds if number % 2 else reversed(kinds):
                        took = await _ask(client, _address(kind, number), token)
                        if number >= WARM_UP:
                            seconds.append(took)
    finally:
        setattr(throttle, COUNTS, counted)
        setattr(Rates, WAITS, waited)
    return (
        f"## Enumeration: {len(known)} known and {len(unknown)} unknown addresses in turns\n\n"
        f"median {median(known) / MILLISECOND:.2f} ms and {median(unknown) / MILLISECOND:.2f} ms; "
        f"Mann-Whitney p = {p_value(known, unknown):.3f}"
    )


def _address(kind: str, number: int) -> str:
    return f"{kind}.{number:05d}@bench.example"


async def _form_token(client: httpx.AsyncClient) -> str:
    page = (await client.get(PATH)).text
    return page.partition('name="form_token" value="')[2].partition('"')[0]


async def _ask(client: httpx.AsyncClient, address: str, token: str) -> float:
    """Seconds until the answer."""
    began = perf_counter()
    answer = await client.post(
        PATH,
        data={"email": address, "form_token": token},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    took = perf_counter() - began
    assert answer.status_code == SEE_OTHER, answer.status_code
    return took


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
