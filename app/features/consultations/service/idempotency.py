"""Requests that may be sent twice: the same key and the same body get the same answer."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from app.core.actor import Actor
from app.core.db import WriteSession
from app.core.errors import FieldError, Invalid, NotFound
from app.core.messages import noop
from app.models.consultation import StoredAnswer

KEPT = timedelta(days=7)
MOST_CHARACTERS = 200

BAD_KEY = noop("An Idempotency-Key has 1 to %(max_length)s characters")
OTHER_BODY = noop("This Idempotency-Key was used with another body")
FIELD = "Idempotency-Key"


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it was sent: status, Location and body."""

    status: int
    location: str | None
    body: str


def fingerprint(body: bytes) -> str:
    """What tells bodies apart."""
    return sha256(body).hexdigest()


async def claim(
    session: WriteSession, actor: Actor, route: str, key: str, print_: str, *, now: datetime
) -> Answer | None:
    """Take a key for this request; gives the stored answer when it was taken before.

    A second request with the same key waits here until the first one is done. Raises `Invalid`
    when the key was used with another body, and `NotFound` when the answer is of a city that is not
    theirs any more. A claim goes with the transaction that fails.
    """
    if not 0 < len(key) <= MOST_CHARACTERS:
        raise Invalid([FieldError(FIELD, BAD_KEY, {"max_length": MOST_CHARACTERS})])
    same = (StoredAnswer.actor == actor.key, StoredAnswer.route == route, StoredAnswer.key == key)
    await session.execute(delete(StoredAnswer).where(StoredAnswer.stored_at < now - KEPT))
    taken = StoredAnswer(
        actor=actor.key, route=route, key=key, fingerprint=print_, status=0, body="", stored_at=now
    )
    try:
        async with session.begin_nested():
            session.add(taken)
        return None
    except IntegrityError:
        stored = await session.scalar(select(StoredAnswer).where(*same))
    if stored is None:
        raise NotFound()
    if stored.fingerprint != print_:
        raise Invalid([FieldError(FIELD, OTHER_BODY)])
    return Answer(stored.status, stored.location, stored.body)


async def keep(
    session: WriteSession, actor: Actor, route: str, key: str, answer: Answer, consultation_id: UUID
) -> None:
    """Remember the answer for the claimed key, as long as the consultation it tells of exists."""
    stored = (
        await session.scalars(
            select(StoredAnswer).where(
                StoredAnswer.actor == actor.key, StoredAnswer.route == route, StoredAnswer.key == key
            )
        )
    ).one()
    stored.status, stored.location, stored.body = answer.status, answer.location, answer.body
    stored.consultation_id = consultation_id
    await session.flush()
