"""One's own account: roles, devices, passkeys, codes, tokens."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.actor import HUB_ROLES, Role
from app.core.credentials import Strength
from app.core.languages import LANGUAGES, Language
from app.features.accounts.rules.secrets import hash_token
from app.features.accounts.rules.sessions import adds_passkey, is_live
from app.features.accounts.views.account import (
    AccountView,
    DeviceLine,
    GrantLine,
    IdentityLine,
    InvitationOffer,
    PasskeyLine,
    TokenLine,
)
from app.models.account import (
    Account,
    ApiToken,
    ExternalIdentity,
    Invitation,
    Passkey,
    RecoveryCode,
    RoleGrant,
    SignInSession,
)


async def own_account(
    session: AsyncSession, account_id: UUID, session_id: UUID | None, *, now: datetime
) -> AccountView:
    """Everything on the page of one's own account: seven small statements, whatever there is."""
    account = (await session.scalars(select(Account).where(Account.id == account_id))).one()
    grants = (
        await session.scalars(
            select(RoleGrant)
            .where(RoleGrant.account_id == account_id, RoleGrant.ended_at.is_(None))
            .order_by(RoleGrant.granted_at)
        )
    ).all()
    roles = [Role(grant.role) for grant in grants]
    devices = await session.scalars(
        select(SignInSession)
        .where(SignInSession.account_id == account_id, SignInSession.ended_at.is_(None))
        .order_by(SignInSession.seen_at.desc())
    )
    passkeys = await session.scalars(
        select(Passkey).where(Passkey.account_id == account_id).order_by(Passkey.created_at)
    )
    codes = await session.scalar(
        select(func.count())
        .select_from(RecoveryCode)
        .where(RecoveryCode.account_id == account_id, RecoveryCode.used_at.is_(None))
    )
    identities = await session.scalars(
        select(ExternalIdentity)
        .where(ExternalIdentity.account_id == account_id)
        .order_by(ExternalIdentity.created_at)
    )
    tokens = await session.scalars(
        select(ApiToken).where(ApiToken.account_id == account_id).order_by(ApiToken.created_at.desc())
    )
    return AccountView(
        name=account.name,
        email=account.email,
        language=account.language,
        is_demo=account.is_demo,
        grants=tuple(
            GrantLine(grant.id, grant.role, tuple(grant.cities), tuple(grant.countries), grant.granted_at)
            for grant in grants
        ),
        devices=tuple(
            DeviceLine(
                one.id, one.device, str(one.strength), one.created_at, one.seen_at, one.id == session_id
            )
            for one in devices
            if is_live(
                created_at=one.created_at, seen_at=one.seen_at, ended_at=one.ended_at, roles=roles, now=now
            )
        ),
        passkeys=tuple(PasskeyLine(one.id, one.name, one.created_at, one.used_at) for one in passkeys),
        recovery_codes=codes or 0,
        identities=tuple(IdentityLine(one.issuer, one.created_at, one.used_at) for one in identities),
        tokens=tuple(token_line(one, now) for one in tokens),
    )


def token_line(token: ApiToken, now: datetime) -> TokenLine:
    """A token as its owner and administrators see it."""
    return TokenLine(
        token.id,
        token.name,
        token.prefix,
        tuple(token.scopes),
        tuple(token.cities),
        tuple(token.countries),
        str(token.ceiling),
        token.created_at,
        token.expires_at,
        token.used_at,
        is_live=token.revoked_at is None and token.expires_at > now,
    )


async def has_passkey(session: AsyncSession, account_id: UUID) -> bool:
    """Whether an account has a passkey."""
    found = await session.scalar(select(Passkey.id).where(Passkey.account_id == account_id).limit(1))
    return found is not None


async def open_invitation(session: AsyncSession, token: str, *, now: datetime) -> InvitationOffer | None:
    """What an invitation offers; None when it is good for nothing (any more)."""
    row = (
        await session.execute(
            select(
                Invitation.email,
                Invitation.name,
                Invitation.role,
                Invitation.cities,
                Invitation.countries,
                Invitation.expires_at,
            ).where(
                Invitation.token_hash == hash_token(token),
                Invitation.accepted_at.is_(None),
                Invitation.revoked_at.is_(None),
                Invitation.expires_at > now,
            )
        )
    ).first()
    if row is None:
        return None
    return InvitationOffer(
        row.email, row.name, row.role, tuple(row.cities), tuple(row.countries), row.expires_at
    )


async def known_devices(session: AsyncSession, account_id: UUID) -> frozenset[str]:
    """Browsers that an account was used from before."""
    found = await session.scalars(
        select(SignInSession.device).where(SignInSession.account_id == account_id).distinct()
    )
    return frozenset(found)


async def mail_of(session: AsyncSession, account_id: UUID) -> tuple[str, Language]:
    """Address and language for mails to an account."""
    row = (
        await session.execute(select(Account.email, Account.language).where(Account.id == account_id))
    ).one()
    language = next((one for one in LANGUAGES if one == row.language), LANGUAGES[-1])
    return row.email, language


async def pseudonym_of(session: AsyncSession, account_id: UUID) -> str:
    """How the audit knows an account."""
    return (await session.scalars(select(Account.pseudonym).where(Account.id == account_id))).one()


async def needs_passkey(session: AsyncSession, account_id: UUID) -> bool:
    """Whether an account has a role in the hub."""
    found = await session.scalar(
        select(RoleGrant.id)
        .where(
            RoleGrant.account_id == account_id,
            RoleGrant.ended_at.is_(None),
            RoleGrant.role.in_(sorted(str(role) for role in HUB_ROLES)),
        )
        .limit(1)
    )
    return found is not None


async def may_add_passkey(
    session: AsyncSession, account_id: UUID, strength: Strength, *, is_confirmed: bool
) -> bool:
    """Whether a session may add a passkey: a mailbox alone is enough for the first one only."""
    first = not await has_passkey(session, account_id)
    return adds_passkey(strength, is_first=first, is_confirmed=is_confirmed)
