"""What administrators do with accounts: give and end roles, suspend, let in again; and leaving."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update

from app.core.actor import Actor, Grant, Role
from app.core.credentials import AccountState
from app.core.db import WriteSession, flush_new
from app.core.errors import Conflict, NotFound
from app.core.messages import noop
from app.core.scope import Area
from app.features.accounts.commands.people import GiveRole, SaveAccount
from app.features.accounts.rules.roles import area_for, may_grant, may_manage
from app.features.accounts.service.invitations import (
    check_gives,
    end_invitations_by,
    end_invitations_to,
    give_role,
)
from app.features.accounts.service.sessions import end_sessions, rotate_sessions
from app.features.accounts.service.tokens import revoke_token
from app.models.account import Account, ApiToken, MailedLink, RoleGrant

NOT_ACTIVE = noop("This account is not in use, so it can be given no role.")
ADDRESS_TAKEN = noop("There is an account with this address already.")


async def give_role_to(
    session: WriteSession, actor: Actor, account_id: UUID, command: GiveRole, *, now: datetime
) -> None:
    """Give somebody a role. Raises `NotFound` for an account that is not the actor's to change.

    Raises `Conflict` for an account that is suspended or left: nobody holds a right without being here.
    """
    account = await _managed(session, actor, account_id)
    if account.state is not AccountState.ACTIVE:
        raise Conflict(NOT_ACTIVE)
    check_gives(actor, command)
    await give_role(
        session,
        account.id,
        command.role,
        list(command.cities),
        list(command.countries),
        granted_by=actor.pseudonym,
        now=now,
    )


async def end_role(
    session: WriteSession, actor: Actor, account_id: UUID, grant_id: UUID, *, now: datetime
) -> None:
    """End a role; the next request of every session and token of the account is without it.

    Open invitations that would give it back end too, and those that the person has made.
    """
    account = await _managed(session, actor, account_id)
    grant = await session.scalar(
        select(RoleGrant).where(
            RoleGrant.id == grant_id, RoleGrant.account_id == account.id, RoleGrant.ended_at.is_(None)
        )
    )
    if grant is None or not may_grant(actor, *_given(grant)):
        raise NotFound()
    grant.ended_at, grant.ended_by = now, actor.pseudonym
    places = (sorted(grant.cities), sorted(grant.countries))
    await end_invitations_to(session, account.email, Role(grant.role), places, now=now)
    await end_invitations_by(session, account.pseudonym, now=now)
    await rotate_sessions(session, account.id)
    await session.flush()


async def suspend(session: WriteSession, actor: Actor, account_id: UUID, *, now: datetime) -> None:
    """Shut somebody out at once, with every session; tokens sleep until the account is let in again.

    Open invitations that the person has made end.
    """
    account = await _managed(session, actor, account_id)
    if account.state is AccountState.ACTIVE:
        account.state, account.ended_at = AccountState.SUSPENDED, now
        await end_invitations_by(session, account.pseudonym, now=now)
        await end_sessions(session, account.id, now=now)
    await session.flush()


async def reinstate(session: WriteSession, actor: Actor, account_id: UUID) -> None:
    """Let somebody in again, with the roles they still hold."""
    account = await _managed(session, actor, account_id)
    if account.state is AccountState.SUSPENDED:
        account.state, account.ended_at = AccountState.ACTIVE, None
    await session.flush()


async def let_go(session: WriteSession, actor: Actor, account_id: UUID, *, now: datetime) -> None:
    """Somebody has left: roles, sessions, tokens and invitations end; the account stays for the audit.

    Its address is free again, for a new account should the person come back.
    """
    account = await _managed(session, actor, account_id)
    await end_invitations_to(session, account.email, now=now)
    await end_invitations_by(session, account.pseudonym, now=now)
    account.state, account.ended_at = AccountState.LEFT, now
    account.email = f"{account.pseudonym}@left.invalid"
    await session.execute(
        update(RoleGrant)
        .where(RoleGrant.account_id == account.id, RoleGrant.ended_at.is_(None))
        .values(ended_at=now, ended_by=actor.pseudonym)
    )
    await session.execute(
        update(ApiToken)
        .where(ApiToken.account_id == account.id, ApiToken.revoked_at.is_(None))
        .values(revoked_at=now)
    )
    await end_sessions(session, account.id, now=now)
    await session.flush()


async def end_token_of(
    session: WriteSession, actor: Actor, account_id: UUID, token_id: UUID, *, now: datetime
) -> None:
    """End a token of somebody else. Raises `NotFound` for what is not the actor's to end."""
    account = await _managed(session, actor, account_id)
    await revoke_token(session, account.id, token_id, now=now)


async def _managed(session: WriteSession, actor: Actor, account_id: UUID) -> Account:
    """An account that the actor may change; `NotFound` for others, as for none."""
    account = await session.scalar(select(Account).where(Account.id == account_id).with_for_update())
    if account is None:
        raise NotFound()
    grants = await session.scalars(
        select(RoleGrant).where(RoleGrant.account_id == account_id, RoleGrant.ended_at.is_(None))
    )
    held = [Grant(*_given(grant)) for grant in grants]
    if not may_manage(actor, held, is_self=account_id == actor.account_id):
        raise NotFound()
    return account


def _given(grant: RoleGrant) -> tuple[Role, Area]:
    role = Role(grant.role)
    return role, area_for(role, grant.cities, grant.countries)


async def save_account(session: WriteSession, account_id: UUID, command: SaveAccount) -> None:
    """Change name and language of one's own account."""
    account = await session.get_one(Account, account_id)
    account.name, account.language = command.name, command.language
    await session.flush()


async def change_address(session: WriteSession, account_id: UUID, email: str, *, now: datetime) -> str:
    """Move an account to a new address; gives the old one. Raises `Conflict` when it is somebody's.

    What was mailed to the old address opens nothing any more.
    """
    taken = await session.scalar(select(Account.id).where(Account.email == email, Account.id != account_id))
    if taken is not None:
        raise Conflict(ADDRESS_TAKEN)
    account = await session.get_one(Account, account_id)
    before, account.email = account.email, email
    await session.execute(
        update(MailedLink)
        .where(MailedLink.account_id == account_id, MailedLink.used_at.is_(None))
        .values(used_at=now)
    )
    await flush_new(session)
    return before
