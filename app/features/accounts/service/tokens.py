"""Tokens for programs."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select, update

from app.core.db import WriteSession
from app.core.errors import Conflict, FieldError, Invalid, NotFound
from app.core.messages import noop
from app.features.accounts.commands.people import MakeToken
from app.features.accounts.rules.secrets import API_PREFIX, hash_token, new_api_token
from app.features.accounts.rules.tokens import files_within
from app.models.account import ApiToken

MOST = 20
SHOWN = 6
FILES_WHOLE = noop("A program that files consultations handles them whole: choose the last step.")
TOO_MANY = noop("You have twenty tokens already. End one first.")


async def make_token(session: WriteSession, account_id: UUID, command: MakeToken, *, now: datetime) -> str:
    """A new token, shown this once. Raises `Invalid` where its uses do not go with its ceiling."""
    if not all(files_within(scope, command.ceiling) for scope in command.scopes):
        raise Invalid([FieldError("ceiling", FILES_WHOLE)])
    live = await session.scalar(
        select(func.count())
        .select_from(ApiToken)
        .where(ApiToken.account_id == account_id, ApiToken.revoked_at.is_(None), ApiToken.expires_at > now)
    )
    if (live or 0) >= MOST:
        raise Conflict(TOO_MANY)
    token = new_api_token()
    session.add(
        ApiToken(
            account_id=account_id,
            name=command.name,
            prefix=token[: len(API_PREFIX) + SHOWN],
            token_hash=hash_token(token),
            scopes=sorted(str(scope) for scope in set(command.scopes)),
            cities=sorted(set(command.cities)),
            countries=sorted(set(command.countries)),
            ceiling=command.ceiling,
            created_at=now,
            expires_at=now + timedelta(days=command.days),
            used_at=None,
            revoked_at=None,
        )
    )
    await session.flush()
    return token


async def revoke_token(session: WriteSession, account_id: UUID, id_: UUID, *, now: datetime) -> None:
    """End a token of an account. Raises `NotFound` for one of another."""
    ended = await session.scalar(
        update(ApiToken)
        .where(ApiToken.id == id_, ApiToken.account_id == account_id)
        .values(revoked_at=func.coalesce(ApiToken.revoked_at, now))
        .returning(ApiToken.id)
    )
    if ended is None:
        raise NotFound()


async def note_token_use(session: WriteSession, id_: UUID, *, now: datetime) -> None:
    """Remember that a token was used."""
    await session.execute(update(ApiToken).where(ApiToken.id == id_).values(used_at=now))
