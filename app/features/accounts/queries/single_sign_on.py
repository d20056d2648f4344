"""Who is on the way to the identity provider, and what for."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.features.accounts.rules.secrets import hash_token
from app.models.account import OidcRequest


async def purpose_of(
    session: AsyncSession, state: str, browser_hash: str, issuer: str, *, now: datetime
) -> str | None:
    """What this browser went to the provider for; None when it did not, or too long ago."""
    found: str | None = await session.scalar(
        select(OidcRequest.purpose).where(
            OidcRequest.state_hash == hash_token(state),
            OidcRequest.browser_hash == browser_hash,
            OidcRequest.issuer == issuer,
            OidcRequest.expires_at > now,
        )
    )
    return found
