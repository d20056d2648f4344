"""Beginning, renewing and ending sessions."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import delete, func, update

from app.core.credentials import Strength
from app.core.db import WriteSession
from app.core.errors import NotFound
from app.features.accounts.rules.secrets import hash_token, new_token
from app.features.accounts.rules.sessions import ABSOLUTE
from app.models.account import SignInSession

KEPT = timedelta(days=30)
"""How long ended sessions stay in the list of devices."""


async def begin_session(
    session: WriteSession,
    account_id: UUID,
    strength: Strength,
    device: str,
    *,
    now: datetime,
    is_confirmed: bool = True,
) -> str:
    """Sign somebody in; gives the token for their cookie. Sessions that ended long ago are forgotten.

    `is_confirmed`: coming in has proven enough for the steps that want to be sure.
    """
    token = new_token()
    await session.execute(
        delete(SignInSession).where(
            SignInSession.account_id == account_id, SignInSession.created_at < now - ABSOLUTE - KEPT
        )
    )
    session.add(
        SignInSession(
            id=uuid4(),
            account_id=account_id,
            token_hash=hash_token(token),
            strength=strength,
            device=device,
            created_at=now,
            seen_at=now,
            confirmed_at=now if is_confirmed else None,
            must_rotate=False,
            ended_at=None,
        )
    )
    await session.flush()
    return token


async def renew_session(
    session: WriteSession,
    session_id: UUID,
    *,
    now: datetime,
    strength: Strength | None = None,
    is_confirmed: bool = False,
) -> str:
    """Give a session a new token; the old one is good for nothing from now on."""
    token = new_token()
    changes: dict[str, object] = {"token_hash": hash_token(token), "must_rotate": False, "seen_at": now}
    if strength is not None:
        changes["strength"] = strength
    if is_confirmed:
        changes["confirmed_at"] = now
    await session.execute(
        update(SignInSession)
        .where(SignInSession.id == session_id, SignInSession.ended_at.is_(None))
        .values(changes)
    )
    return token


async def note_use(session: WriteSession, session_id: UUID, *, now: datetime) -> None:
    """Remember that a session was used."""
    await session.execute(update(SignInSession).where(SignInSession.id == session_id).values(seen_at=now))


async def end_session(session: WriteSession, session_id: UUID, *, now: datetime) -> None:
    """Sign a browser out."""
    await session.execute(
        update(SignInSession)
        .where(SignInSession.id == session_id, SignInSession.ended_at.is_(None))
        .values(ended_at=now)
    )


async def end_own_session(session: WriteSession, account_id: UUID, id_: UUID, *, now: datetime) -> None:
    """Sign one of somebody's own browsers out. Raises `NotFound` for a session of somebody else."""
    ended = await session.scalar(
        update(SignInSession)
        .where(SignInSession.id == id_, SignInSession.account_id == account_id)
        .values(ended_at=func.coalesce(SignInSession.ended_at, now))
        .returning(SignInSession.id)
    )
    if ended is None:
        raise NotFound()


async def end_sessions(
    session: WriteSession, account_id: UUID, *, now: datetime, but: UUID | None = None
) -> None:
    """Sign all browsers of an account out, or all but one."""
    statement = update(SignInSession).where(
        SignInSession.account_id == account_id, SignInSession.ended_at.is_(None)
    )
    if but is not None:
        statement = statement.where(SignInSession.id != but)
    await session.execute(statement.values(ended_at=now))


async def rotate_sessions(session: WriteSession, account_id: UUID) -> None:
    """Let every session of an account get a new token with its next answer: its rights have changed.

    What was proven before does not count for the new rights: a mail is enough for a city, not for the hub.
    """
    await session.execute(
        update(SignInSession)
        .where(SignInSession.account_id == account_id, SignInSession.ended_at.is_(None))
        .values(must_rotate=True, confirmed_at=None)
    )
