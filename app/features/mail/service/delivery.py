"""Sending what is due. No transaction is open while a mail server is spoken to.

A mail is claimed, sent, and noted as sent: three steps, so that it goes out once on the normal path.
When the process ends between the last two, it goes out again with the same Message-ID.
"""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta

import structlog

from app.core.db import Database
from app.features.mail.commands import Letter
from app.features.mail.gateway import MailGateway
from app.features.mail.queries import count_due
from app.features.mail.rules import MOST_ATTEMPTS, NOBODY, wait_before_next
from app.features.mail.service.outbox import (
    claim_next,
    forget_old,
    note_failed,
    note_given_up,
    note_sent,
    release,
)

log = structlog.get_logger()

AT_ONCE = 4
SEND_SECONDS = 60.0
"""Longest time for one mail; shorter than its lease."""

PAUSE_SECONDS = 30.0
TIDY_SECONDS = 3_600.0
"""How often old mails are forgotten where none goes out."""
SETTLE_SECONDS = 0.1
"""After a call: answers go out first, so that their time tells nothing of what is sent."""
LAST_SECONDS = 10.0
"""At the end of the process, time for mails that are being sent."""

EXPIRED = "Expired"
LOST = "Lost"

Clock = Callable[[], datetime]


async def deliver_due(
    database: Database, gateway: MailGateway, *, now: datetime, stopping: asyncio.Event | None = None
) -> int:
    """Try each mail that is due at `now` once, a few at the same time; gives how many were sent.

    What a gateway raises concerns one mail and is noted there. Stops between mails when `stopping` is set.
    """
    async with database.reading() as reading:
        due = await count_due(reading, now=now)
    if not due:
        return 0
    began = time.monotonic()

    def clock() -> datetime:
        return now + timedelta(seconds=time.monotonic() - began)

    async def carry() -> int:
        sent = 0
        while stopping is None or not stopping.is_set():
            async with database.writing() as session:
                letter = await claim_next(session, now=now, moment=clock())
            if letter is None:
                break
            sent += await _deliver(database, gateway, letter, clock)
        return sent

    async with asyncio.TaskGroup() as group:
        carriers = [group.create_task(carry()) for _ in range(min(due, AT_ONCE))]
    await forget(database, moment=clock())
    return sum(carrier.result() for carrier in carriers)


async def forget(database: Database, *, moment: datetime) -> None:
    """Delete what need not be kept any longer."""
    async with database.writing() as session:
        await forget_old(session, moment=moment)


async def _deliver(database: Database, gateway: MailGateway, letter: Letter, clock: Clock) -> bool:
    """Send one claimed mail and note what became of it; says whether it was sent."""
    if letter.expires_at is not None and letter.expires_at <= clock():
        await _give_up(database, letter, EXPIRED, clock)
        return False
    if letter.attempts > MOST_ATTEMPTS:  # the last attempt ended with its process
        await _give_up(database, letter, LOST, clock)
        return False
    try:
        async with asyncio.timeout(SEND_SECONDS):
            if letter.recipient != NOBODY:
                await gateway.send(letter)
    except asyncio.CancelledError:
        async with database.writing() as session:
            await release(session, letter)
        raise
    except Exception as error:
        await _note_failure(database, letter, type(error).__name__, clock)
        return False
    async with database.writing() as session:
        await note_sent(session, letter, moment=clock())
    log.info("mail-sent", kind=letter.kind, mail=str(letter.id), attempts=letter.attempts)
    return True


async def _note_failure(database: Database, letter: Letter, error: str, clock: Clock) -> None:
    wait = wait_before_next(letter.attempts, random.random())
    if wait is None:
        await _give_up(database, letter, error, clock)
        return
    async with database.writing() as session:
        await note_failed(session, letter, error, moment=clock(), wait=wait)
    log.warning("mail-waits", kind=letter.kind, mail=str(letter.id), attempts=letter.attempts, error=error)


async def _give_up(database: Database, letter: Letter, error: str, clock: Clock) -> None:
    async with database.writing() as session:
        await note_given_up(session, letter, error, moment=clock())
    log.error("mail-given-up", kind=letter.kind, mail=str(letter.id), attempts=letter.attempts, error=error)


@asynccontextmanager
async def delivering(database: Database, gateway: MailGateway, wake: asyncio.Event) -> AsyncIterator[None]:
    """Deliver in the background: when `wake` is set, and twice a minute.

    At the end mails that are being sent have ten seconds; what is left is given back to the outbox.
    """
    stopping = asyncio.Event()
    task = asyncio.create_task(_keep_delivering(database, gateway, wake, stopping))
    try:
        yield
    finally:
        stopping.set()
        wake.set()
        await asyncio.wait({task}, timeout=LAST_SECONDS)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _keep_delivering(
    database: Database, gateway: MailGateway, wake: asyncio.Event, stopping: asyncio.Event
) -> None:
    tidy_at = time.monotonic()
    while not stopping.is_set():
        wake.clear()
        try:
            await deliver_due(database, gateway, now=datetime.now(UTC), stopping=stopping)
            if time.monotonic() >= tidy_at:
                tidy_at = time.monotonic() + TIDY_SECONDS
                await forget(database, moment=datetime.now(UTC))
        except Exception as error:
            log.error("mail-delivery-failed", kind=type(error).__name__)
        with suppress(TimeoutError):
            async with asyncio.timeout(PAUSE_SECONDS):
                await wake.wait()
        if not stopping.is_set():
            await asyncio.sleep(SETTLE_SECONDS)
