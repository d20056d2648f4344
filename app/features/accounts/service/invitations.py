"""Inviting people, taking invitations back, accepting them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select, update

from app.core.actor import Actor, Role
from app.core.credentials import AccountState
from app.core.db import WriteSession, flush_new
from app.core.errors import FieldError, Invalid, NotFound
from app.core.messages import noop
from app.features.accounts.commands.people import ONE_CITY, GiveRole, InvitePerson
from app.features.accounts.rules.roles import area_for, may_grant
from app.features.accounts.rules.secrets import hash_token, new_token
from app.features.accounts.service.sessions import rotate_sessions
from app.models.account import Account, Invitation, RoleGrant

LIVES = timedelta(days=7)
_OPEN = (Invitation.accepted_at.is_(None), Invitation.revoked_at.is_(None))
NOT_YOURS = noop("You cannot give this role, or not for these places.")
NO_PLACES = noop("The log has no places: give this role without cities and countries.")
YOURSELF = noop("Nobody gives a role to themselves. Ask another administrator.")


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation that was made; the token goes out by mail and is stored nowhere."""

    id: UUID
    token: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Accepted:
    """Whose invitation was taken; `is_new`: the account was made by it."""

    account_id: UUID
    is_new: bool


async def invite(session: WriteSession, actor: Actor, command: InvitePerson, *, now: datetime) -> Invited:
    """Invite somebody; earlier open invitations of the address to the same role at the same places end.

    Raises `Invalid` for a role that the actor cannot give there, for the actor's own address, and for a
    city role without a city.
    """
    check_gives(actor, command)
    own = await session.scalar(select(Account.email).where(Account.pseudonym == actor.pseudonym))
    if own == command.email:
        raise Invalid([FieldError("email", YOURSELF)])
    return await make_invitation(session, command, invited_by=actor.pseudonym, now=now)


def check_gives(actor: Actor, command: GiveRole) -> None:
    """Raises `Invalid` when the actor may not give this role there."""
    if command.lacks_city:
        raise Invalid([FieldError("cities", ONE_CITY)])
    if command.role is Role.AUDITOR and (command.cities or command.countries):
        raise Invalid([FieldError("role", NO_PLACES)])
    if not may_grant(actor, command.role, area_for(command.role, command.cities, command.countries)):
        raise Invalid([FieldError("role", NOT_YOURS)])


async def make_invitation(
    session: WriteSession, command: InvitePerson, *, invited_by: str, now: datetime
) -> Invited:
    """An invitation without asking who makes it: for the operator of the server."""
    places = (sorted(set(command.cities)), sorted(set(command.countries)))
    await end_invitations_to(session, command.email, command.role, places, now=now)
    invited = Invited(uuid4(), new_token(), now + LIVES)
    session.add(
        Invitation(
            id=invited.id,
            email=command.email,
            name=command.name,
            language=str(command.language),
            role=str(command.role),
            cities=places[0],
            countries=places[1],
            token_hash=hash_token(invited.token),
            invited_by=invited_by,
            created_at=now,
            expires_at=invited.expires_at,
            accepted_at=None,
            revoked_at=None,
        )
    )
    await session.flush()
    return invited


async def revoke_invitation(session: WriteSession, actor: Actor, id_: UUID, *, now: datetime) -> None:
    """Take an open invitation back. Raises `NotFound` for one that is not the actor's to give."""
    found = await session.get(Invitation, id_)
    if found is None or not _is_theirs(actor, found):
        raise NotFound()
    if found.accepted_at is None and found.revoked_at is None:
        found.revoked_at = now
    await session.flush()


def _is_theirs(actor: Actor, invitation: Invitation) -> bool:
    role = Role(invitation.role)
    return may_grant(actor, role, area_for(role, invitation.cities, invitation.countries))


async def end_invitations_to(
    session: WriteSession,
    email: str,
    role: Role | None = None,
    places: tuple[list[str], list[str]] | None = None,
    *,
    now: datetime,
) -> None:
    """End what an address could still take: every invitation, or those to one role at the same places."""
    wanted = [Invitation.email == email, *_OPEN]
    if role is not None:
        wanted.append(Invitation.role == str(role))
    for one in await session.scalars(select(Invitation).where(*wanted)):
        if places is None or (sorted(one.cities), sorted(one.countries)) == places:
            one.revoked_at = now
    await session.flush()


async def end_invitations_by(session: WriteSession, pseudonym: str, *, now: datetime) -> None:
    """End open invitations of somebody who may no longer make them: they must not outlive their rights."""
    await session.execute(
        update(Invitation).where(Invitation.invited_by == pseudonym, *_OPEN).values(revoked_at=now)
    )


async def accept_invitation(session: WriteSession, token: str, *, now: datetime) -> Accepted:
    """Take an invitation: makes the account where there is none, and gives the role.

    Raises `NotFound` for an invitation that was used, taken back or is too old: all look alike; `Conflict`
    when another invitation made the account at the same moment.
    """
    row = (
        await session.execute(
            update(Invitation)
            .where(
                Invitation.token_hash == hash_token(token),
                Invitation.accepted_at.is_(None),
                Invitation.revoked_at.is_(None),
                Invitation.expires_at > now,
            )
            .values(accepted_at=now)
            .returning(
                Invitation.email,
                Invitation.name,
                Invitation.language,
                Invitation.role,
                Invitation.cities,
                Invitation.countries,
                Invitation.invited_by,
            )
        )
    ).first()
    if row is None:
        raise NotFound()
    account = await session.scalar(select(Account).where(Account.email == row.email))
    is_new = account is None
    if account is None:
        account = new_account(row.email, row.name, row.language, now=now)
        session.add(account)
        await flush_new(session)
    elif account.state is not AccountState.ACTIVE or account.is_demo or account.pseudonym == row.invited_by:
        raise NotFound()
    await give_role(
        session, account.id, Role(row.role), row.cities, row.countries, granted_by=row.invited_by, now=now
    )
    return Accepted(account.id, is_new)


def new_account(email: str, name: str, language: str, *, now: datetime) -> Account:
    """An account without any role yet."""
    return Account(
        id=uuid4(),
        email=email,
        name=name,
        language=language,
        pseudonym=uuid4().hex[:16],
        state=AccountState.ACTIVE,
        is_demo=False,
        created_at=now,
        ended_at=None,
    )


async def give_role(
    session: WriteSession,
    account_id: UUID,
    role: Role,
    cities: list[str],
    countries: list[str],
    *,
    granted_by: str,
    now: datetime,
) -> None:
    """Give a role, once; every session of the account gets a new token with its next answer."""
    held = await session.execute(
        select(RoleGrant.cities, RoleGrant.countries).where(
            RoleGrant.account_id == account_id, RoleGrant.role == str(role), RoleGrant.ended_at.is_(None)
        )
    )
    wanted = (sorted(set(cities)), sorted(set(countries)))
    if any((sorted(row.cities), sorted(row.countries)) == wanted for row in held):
        return
    session.add(
        RoleGrant(
            account_id=account_id,
            role=str(role),
            cities=wanted[0],
            countries=wanted[1],
            granted_by=granted_by,
            granted_at=now,
            ended_by=None,
            ended_at=None,
        )
    )
    await rotate_sessions(session, account_id)
    await session.flush()
